"""Slow, readable oracles for the fast paths of the core."""

import math
import re
import unicodedata
from collections import Counter
from html.parser import HTMLParser
from itertools import combinations, pairwise

import regex
import xxhash

from dedup.event import background

# Words, shingles, signatures, similarity.

WORD = regex.compile(r"(?!\p{M})[\p{Alphabetic}\p{N}][\p{Alphabetic}\p{M}\p{N}\u00ad\u200c\u200d\u2060\ufeff]*")
JOINERS = regex.compile(r"[\u00ad\u200c\u200d\u2060\ufeff]")
UNSPACED = regex.compile(
    r"[\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u1950-\u19FF\u1A20-\u1AAF\u1B00-\u1B7F\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3040-\u312F"
    r"\u31A0-\u31BF\u31F0-\u31FF\u3400-\u4DBF\u4E00-\u9FFF\uA980-\uA9FF\uAA60-\uAADF\uF900-\uFAFF\U0001B000-\U0001B16F\U00020000-\U0003FFFF]"
)
STOPS = {"ङ": "क-घ", "ञ": "च-झ", "ण": "ट-ढ", "न": "त-ध", "म": "प-भ"}
SAME_LENGTH = str.maketrans(
    {"\u0901": "\u0902", "\u0911": "\u0906", "\u0949": "\u093e", "\u0929": "\u0928", "\u0931": "\u0930", "\u0934": "\u0933"}
)


def key(word: str) -> str:
    """The fold of a word."""
    word = unicodedata.normalize("NFKC", JOINERS.sub("", word))
    word = "".join(lower for character in word for upper in character.upper() for lower in upper.lower())
    word = "".join(str(unicodedata.decimal(character, character)) for character in word)
    word = regex.sub("(?<![डढ])\u093c", "", word.translate(SAME_LENGTH))
    for nasal, stops in STOPS.items():
        word = regex.sub(f"{nasal}\u094d(?=[{stops}])", "\u0902", word)
    return word


def units(text: str, shingle: str = "auto") -> list[tuple[str, bool]]:
    """(key, is a character) of each unit."""
    found: list[tuple[str, bool]] = []
    for word in WORD.findall(text):
        folded = key(word)
        if shingle == "char":
            found += ([(" ", True)] if found else []) + [(character, True) for character in folded]
        elif shingle == "word":
            found.append((folded, False))
        else:
            pieces = regex.findall(f"{UNSPACED.pattern}|(?:(?!{UNSPACED.pattern}).)+", folded, regex.DOTALL)
            found += [(piece, bool(UNSPACED.match(piece))) for piece in pieces]
    return found


def shingles(text: str, shingle: str = "auto", ngram: int = 5, char_ngram: int = 5) -> set[tuple[str, ...]]:
    """The set of n-grams, as tuples of keys: no hashing at all."""
    keys = units(text, shingle)
    lengths = [char_ngram if character else ngram for _, character in keys]
    found = {tuple(key for key, _ in keys[at : at + n]) for at, n in enumerate(lengths) if at + n <= len(keys)}
    return found or ({tuple(key for key, _ in keys)} if keys else set())


def jaccard(left: set[tuple[str, ...]], right: set[tuple[str, ...]]) -> float:
    return len(left & right) / len(left | right) if left | right else 0.0


SEEDS = (0x6A09E667F3BCC909, 0xBB67AE8584CAA73B, 0x3C6EF372FE94F82B, 0xA54FF53A5F1D36F1)
FACTORS = (0x510E527FADE682D1, 0x9B05688C2B3E6C1F, 0x1F83D9ABFB41BD6B, 0x5BE0CD19137E2179)
MASK = 2**64 - 1


def key_hash(key: str) -> int:
    """The 64-bit hash of a unit."""
    data = key.encode()
    hashed = 0
    for at in range(0, len(data), 32):
        block = data[at : at + 32].ljust(32, b"\0")
        carried = hashed * FACTORS[0] & MASK
        hashed = carried << 32 | carried >> 32
        for lane, (seed, factor) in enumerate(zip(SEEDS, FACTORS, strict=True)):
            product = (int.from_bytes(block[8 * lane : 8 * lane + 8], "little") ^ seed) * factor & MASK
            hashed += product ^ product >> 32
        hashed &= MASK
    return hashed


def place(at: int) -> int:
    """The multiplier of a place in a shingle: splitmix64, made odd."""
    z = (at + 1) * 0x9E3779B97F4A7C15 & MASK
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & MASK
    z = (z ^ z >> 27) * 0x94D049BB133111EB & MASK
    return (z ^ z >> 31) | 1


def shingle_hash(shingle: tuple[str, ...]) -> int:
    """The 64-bit hash of an n-gram; its upper half goes into the signature."""
    return sum(key_hash(key) * place(at) for at, key in enumerate(shingle)) & MASK


def signature(shingles: set[tuple[str, ...]], a: list[int], b: list[int]) -> list[int]:
    """MinHash by its definition, scheme affine32 of datasketch 2."""

    def fmix(h: int) -> int:
        h = (h ^ h >> 16) * 0x85EBCA6B % 2**32
        h = (h ^ h >> 13) * 0xC2B2AE35 % 2**32
        return h ^ h >> 16

    hashes = [fmix(shingle_hash(shingle) >> 32) for shingle in shingles]
    return [min(((x * h + y) % 2**32 for h in hashes), default=2**32 - 1) for x, y in zip(a, b, strict=True)]


def near_pairs(sets: list[set[tuple[str, ...]]], threshold: float) -> set[tuple[int, int]]:
    """All pairs of non-empty sets at or above the threshold, by brute force."""
    rows = [row for row, members in enumerate(sets) if members]
    return {(i, j) for i, j in combinations(rows, 2) if jaccard(sets[i], sets[j]) >= threshold}


def components(rows: int, edges: set[tuple[int, int]]) -> list[int]:
    """The smallest row of each row's component."""
    labels = list(range(rows))
    changed = True
    while changed:
        changed = False
        for i, j in edges:
            low = min(labels[i], labels[j])
            changed |= labels[i] != low or labels[j] != low
            labels[i] = labels[j] = low
    return labels


# HTML: the lines of a page as its block elements part them.


class _Lines(HTMLParser):
    BLOCKS = frozenset({"p", "div", "li", "ul", "h2"})

    def __init__(self) -> None:
        super().__init__()
        self.lines = [""]

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in self.BLOCKS or tag == "br":
            self.lines.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.BLOCKS:
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        self.lines[-1] += data


def html_lines(source: str) -> list[str]:
    """The lines of text of a well-formed page without code in it, white space folded."""
    parser = _Lines()
    parser.feed(source)
    parser.close()
    return [line for line in (" ".join(line.split()) for line in parser.lines) if line]


# Events.

EVENT_KINDS = {"word": (0, 1.0), "pair": (1, 0.7), "sound": (2, 0.35)}


def event_terms(text: str) -> Counter[tuple[str, ...]]:
    """Count the terms of a text of small plain letters that are their own stems."""
    words = text.split()
    sounds = [re.sub(r"(.)\1+", r"\1", ("a" if word[0] in "aeiou" else "") + re.sub("[aeiou]", "", word)) for word in words]
    terms = [("word", word) for word in words] + [("pair", *pair) for pair in pairwise(words)]
    return Counter(terms + [("sound", sound) for sound in sounds if len(sound) >= 3])


def event_vectors(texts: list[str], days: list[float], window: float) -> list[dict[tuple[str, ...], float]]:
    """Weigh the terms of each text by the articles of its window and, where it has a date, by the words of all dated ones outside it."""
    keys, shares = background()
    known = dict(zip(keys.tolist(), shares.tolist(), strict=True))

    def share(term: tuple[str, ...]) -> float:
        if term[0] == "pair":
            return 0.1 * min(share(("word", word)) for word in term[1:])
        seed = EVENT_KINDS[term[0]][0]
        return known.get(xxhash.xxh3_64_intdigest(term[1].encode(), seed=seed) >> 32, 0.0)

    counts, vectors = [event_terms(text) for text in texts], []
    distinct = [1 + sum(term[0] == "word" for term in terms) for terms in counts]
    dated = {frozenset(text.split()) for text, day in zip(texts, days, strict=True) if not math.isnan(day)}
    for row, terms in enumerate(counts):
        near = [other for other, day in enumerate(days) if math.isnan(days[row]) or abs(day - round(days[row])) <= window]
        vector = {}
        brief = min(1.0, sum(distinct[other] for other in near) / len(near) / 24) ** 1.5
        for term, count in terms.items():
            seen = sum(term in counts[other] for other in near)
            before = share(term) if share(term) >= 1 / 3 else brief * share(term)
            if term[0] == "word" and not math.isnan(days[row]):
                outside = max(0, sum(term[1] in words for words in dated) - seen)
                before = (outside + 1000 * before) / (max(0, len(dated) - len(near)) + 1000)
            part = min(1.0, (seen + 20 * before) / (len(near) + 20))
            burst = math.log(part / max(before, 5e-4))
            if burst > 0 and part < 1 and (seen > 1 or term[0] == "word"):
                vector[term] = -math.log(part) * burst**0.2 * count / (count + 1.2) * EVENT_KINDS[term[0]][1]
        length = math.sqrt(sum(weight**2 for weight in vector.values())) or 1.0
        scale = (min(max(distinct[row], 4), 20) / 20) ** -0.6 / length
        vectors.append({term: weight * scale for term, weight in vector.items()})
    return vectors


def held_by_one_word(vectors: list[dict[tuple[str, ...], float]], texts: list[str]) -> bool:
    """Tell whether four fifths of what words add between up to ten articles of fewer than 25 words is of one word."""
    if not 2 <= len(vectors) <= 10 or any(1 + len(set(text.split())) >= 25 for text in texts):
        return False
    added = {
        word: sum(a.get(word, 0.0) * b.get(word, 0.0) for a, b in combinations(vectors, 2))
        for word in {term for vector in vectors for term in vector if term[0] == "word"}
    }
    return max(added.values()) >= 0.8 * sum(added.values())


def events(ids: list[str], texts: list[str], days: list[float], window: float, threshold: float) -> set[frozenset[str]] | None:
    """Merge the two clusters of the highest worth again and again, every mean from scratch; None where rounding would decide."""
    vectors = event_vectors(texts, days, window)

    def alike(a: int, b: int) -> float:
        terms = sum(weight * vectors[b].get(term, 0.0) for term, weight in vectors[a].items())
        apart = days[a] - days[b]
        return terms - (0.0 if math.isnan(apart) else 0.018 * (apart / window) ** 2)

    clusters = [[row] for row in range(len(texts))]
    while True:
        worths = []
        for (left, a), (right, b) in combinations(enumerate(clusters), 2):
            dated = [days[row] for row in a + b if not math.isnan(days[row])]
            if not dated or max(dated) - min(dated) <= window:
                mean = sum(alike(x, y) for x in a for y in b) / (len(a) * len(b))
                worths.append((mean / (1 + 0.3 * math.log(min(len(a), len(b), 10))), left, right))
        worths.sort(reverse=True)
        is_tied = len(worths) > 1 and worths[0][0] >= threshold and worths[0][0] - worths[1][0] < 1e-6
        if is_tied or any(abs(worth - threshold) < 1e-6 for worth, _, _ in worths):
            return None
        if not worths or worths[0][0] < threshold:
            apart = [
                cluster for cluster in clusters if held_by_one_word([vectors[row] for row in cluster], [texts[row] for row in cluster])
            ]
            whole = [cluster for cluster in clusters if cluster not in apart] + [[row] for cluster in apart for row in cluster]
            return {frozenset(ids[row] for row in cluster) for cluster in whole}
        _, left, right = worths[0]
        clusters[left] += clusters.pop(right)


def joined_by_model(
    vectors: list[list[float]], events: list[int], days: list[float], threshold: float, window: float
) -> set[frozenset[int]]:
    """Join the two events of the highest mean cosine, all means from scratch, until none reaches the threshold within the window."""
    groups = [[row for row, event in enumerate(events) if event == name] for name in sorted(set(events))]

    def mean(left: list[int], right: list[int]) -> float:
        cosines = [sum(a * b for a, b in zip(vectors[x], vectors[y], strict=True)) for x in left for y in right]
        return sum(cosines) / len(cosines)

    def is_near(left: list[int], right: list[int]) -> bool:
        dates = [days[row] for row in left + right if not math.isnan(days[row])]
        return not dates or max(dates) - min(dates) <= window

    while pairs := [(mean(a, b), a, b) for a, b in combinations(groups, 2) if is_near(a, b) and mean(a, b) >= threshold]:
        _, left, right = max(pairs, key=lambda pair: pair[0])
        groups = [group for group in groups if group not in (left, right)] + [left + right]
    return {frozenset(group) for group in groups}
