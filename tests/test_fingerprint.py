import datasketch
import naive
import numpy as np
import pyarrow as pa
import pytest
import xxhash
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup import _core
from dedup.columns import chunks
from dedup.config import Config
from dedup.errors import ConfigError
from dedup.fingerprint import identities, permutations, sign_sets, signatures

ASSIGNED = st.characters(exclude_categories=("Cs", "Cn", "Co"))
INDIC = st.text(
    st.characters(min_codepoint=0x900, max_codepoint=0xD7F, exclude_categories=("Cn",)) | st.sampled_from("न्तम्पँ़ड 12aB।\u200c\u200d")
)
TEXTS = st.text(ASSIGNED) | INDIC | st.text(st.sampled_from("ab AB.कखन्तथ้ไทยあ漢"))


def naive_signatures(texts, config=None):
    config = config or Config()
    a, b = (column.tolist() for column in permutations(config.num_perm, config.seed))
    return [naive.signature(naive.shingles(text, config.shingle, config.ngram, config.char_ngram), a, b) for text in texts]


@settings(max_examples=300, deadline=None)
@given(st.lists(TEXTS, max_size=4), st.sampled_from(["auto", "word", "char"]), st.integers(1, 6), st.integers(1, 6))
def test_equals_the_naive_oracle(texts, shingle, ngram, char_ngram):
    config = Config(shingle=shingle, ngram=ngram, char_ngram=char_ngram, num_perm=16)
    assert signatures(texts, config).tolist() == naive_signatures(texts, config)


@pytest.mark.parametrize("num_perm", [1, 7, 64, 100, 128, 256])
def test_equals_datasketch_affine32_for_the_same_shingle_hashes(num_perm):
    text = "सरकार ने कहा कि नई योजना अगले महीने से लागू होगी और किसानों को सीधे खाते में राशि मिलेगी"
    shingles = naive.shingles(text)
    sketch = datasketch.MinHash(num_perm, seed=7, hashfunc=lambda shingle: naive.shingle_hash(shingle) >> 32, scheme="affine32")
    sketch.update_batch(shingles)
    assert (signatures([text], Config(num_perm=num_perm, seed=7))[0] == sketch.hashvalues).all()


@settings(deadline=None)
@given(
    st.lists(st.lists(st.binary(max_size=80)), max_size=4),
    st.sampled_from(["sha1", "xxh32"]),
    st.integers(1, 140),
    st.integers(0, 2**32 - 1),
)
def test_sets_of_bytes_equal_update_batch_of_datasketch(sets, hash, num_perm, seed):
    keywords = {"hashfunc": xxhash.xxh32_intdigest} if hash == "xxh32" else {}
    signed = sign_sets(sets, num_perm, seed, hash)
    assert signed.shape == (len(sets), num_perm)
    for row, members in zip(signed, sets, strict=True):
        sketch = datasketch.MinHash(num_perm, seed=seed, **keywords)
        sketch.update_batch(members)
        assert (row == sketch.hashvalues).all()


def test_sets_of_bytes_find_themselves_in_an_index_of_datasketch():
    index = datasketch.MinHashLSH(0.8, 128)
    sketch = datasketch.MinHash(128)
    sketch.update_batch([b"one", b"two", b"three"])
    index.insert("old", sketch)
    row = sign_sets([[b"three", b"two", b"one"]])[0]
    assert index.query(datasketch.MinHash(hashvalues=row, scheme="affine32")) == ["old"]


def test_an_unknown_member_hash_is_refused():
    with pytest.raises(ValueError, match="sha1 or xxh32"):
        sign_sets([[b"x"]], hash="md5")


@given(st.lists(st.sampled_from(["", "a", "b" * 200, "b" * 100 + "c" + "b" * 99, "हिंदी"]), max_size=30))
def test_equal_texts_are_found(texts):
    assert _core.first_same_text(chunks(texts), 1).tolist() == [texts.index(text) for text in texts]


@settings(max_examples=200, deadline=None)
@given(TEXTS, TEXTS)
def test_identities_agree_where_units_do(left, right):
    one, other = identities([left, right])
    assert (one == other).all() == (naive.units(left) == naive.units(right))


def test_spelling_case_and_punctuation_do_not_matter():
    pairs = [("हिन्दी भाषा।", "हिंदी, भाषा"), ("फ़ॉलो करें", "फालो करें"), ("सन् २०२३", "सन् 2023"), ("STRASSE", "straße"), ("क्\u200dष", "क्ष")]
    for left, right in pairs:
        one, other = identities([left, right])
        assert (one == other).all(), (left, right)


def test_vowel_signs_and_letters_matter():
    for left, right in [("में", "म"), ("की", "का"), ("बड़ा", "बडा"), ("कल", "कला")]:
        one, other = identities([left, right])
        assert (one != other).any(), (left, right)


def test_languages_without_spaces_get_shingles_of_characters():
    left = "政府は来月から新しい制度を始めると発表した。農家には直接支払われる。"
    right = left.replace("来月", "今年")
    apart, word = signatures([left, right]), signatures([left, right], Config(shingle="word"))
    assert (apart[0] == apart[1]).mean() > 0.4
    assert (word[0] == word[1]).mean() < 0.1
    assert naive.shingles("ภาษาไทย") == {tuple("ภาษาไ"), tuple("าษาไท"), tuple("ษาไทย")}


def test_a_text_without_words_is_all_ones_and_a_short_one_is_not():
    signed = signatures(["", " । … ❤️", "एक", "दो", "एक दो"])
    assert (signed[:2] == 2**32 - 1).all()
    assert len({row.tobytes() for row in signed[1:]}) == 4


def test_any_bytes_that_decode_are_signed():
    noise = np.random.default_rng(5).integers(0, 256, 200_000, np.uint8).tobytes().decode("utf-8", "replace")
    noisy = np.random.default_rng(6).integers(0, 0xD7FF, 3_000)
    texts = [noise[:3_000], "".join(chr(code) for code in noisy if naive.unicodedata.category(chr(code)) != "Cn")]
    assert signatures(texts, Config(num_perm=8)).tolist() == naive_signatures(texts, Config(num_perm=8))
    assert signatures([noise]).shape == (1, 128)


def test_a_document_of_50_megabytes_has_the_signature_of_its_shingles():
    part = "".join(f"शब्द{number} " for number in range(3_000))
    long = part * (50_000_000 // len(part.encode()) + 1)
    assert len(long.encode()) >= 50_000_000
    assert (signatures([long]) == signatures([part + part[: part.index("शब्द4 ")]])).all()


def test_threads_rows_and_arrow_types_change_nothing():
    texts = [f"खबर {number} " * (number % 9) + "आज की बड़ी खबर" for number in range(300)]
    want = signatures(texts, Config(threads=1))
    assert (signatures(texts, Config(threads=3)) == want).all()
    assert (signatures(pa.array(texts)) == want).all()
    assert (signatures(pa.chunked_array([texts[:100], texts[100:]])) == want).all()
    assert (signatures(pa.array(["x", *texts])[1:]) == want).all()
    assert (np.concatenate([signatures(texts[:7]), signatures(texts[7:])]) == want).all()


def test_no_texts_have_no_signatures():
    assert signatures([]).shape == (0, 128)
    assert sign_sets([]).shape == (0, 128)


def test_null_is_an_empty_text():
    assert (signatures(pa.array([None, "x"]))[0] == 2**32 - 1).all()


def test_bad_arguments_are_named():
    texts = chunks(["x"])
    with pytest.raises(ValueError, match="row lies beyond"):
        _core.sign(texts, np.array([1], np.uint32), permutations(4, 1), ("auto", 5, 5), 1)
    with pytest.raises(ValueError, match="auto, word or char"):
        _core.sign(texts, np.array([0], np.uint32), permutations(4, 1), ("line", 5, 5), 1)
    with pytest.raises(ValueError, match="1 to 64"):
        _core.sign(texts, np.array([0], np.uint32), permutations(4, 1), ("auto", 0, 5), 1)
    with pytest.raises(ConfigError):
        Config(ngram=65)
