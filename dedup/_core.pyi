"""The border to the Rust core. Strings cross as (offsets int64[n + 1], data uint8[]), numbers as NumPy arrays; no copy.

Functions over batches release the GIL; `threads` is 0 for one a processor and changes no result. Bad arguments are ValueError,
bad data is DedupError.
"""

from pathlib import Path
from typing import Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from dedup.columns import Texts

PARTS: list[str]
REASONS: list[str]

def content_ids(texts: Texts) -> Texts:
    """Return xxh3_128 of each text as 32 hexadecimal digits."""

# --- fingerprints, candidate pairs, verification, clusters; a column of texts comes in pieces, numbered through ---

_U32: TypeAlias = npt.NDArray[np.uint32]
_U64: TypeAlias = npt.NDArray[np.uint64]
_Shingle: TypeAlias = tuple[str, int, int]
"""(auto | word | char, units in a shingle of words, units in a shingle of characters)."""

def first_same_text(texts: list[Texts], threads: int) -> _U32:
    """Return for each text the row of the first text equal to it, uint32[n]; now and then its own row though there is one."""

def first_equal(keys: _U64) -> _U32:
    """Return for each row of keys, uint64[n, 2], the first row equal to it, uint32[n]."""

def sign(texts: list[Texts], rows: _U32, permutations: tuple[_U32, _U32], shingle: _Shingle, threads: int) -> tuple[_U32, _U64, _U64]:
    """Return for the m rows of the texts their signatures uint32[m, num_perm], identities uint64[m, 2], units uint64[m]."""

def sign_members(
    members: Texts, sets: npt.NDArray[np.int64], hash: Literal["sha1", "xxh32"], permutations: tuple[_U32, _U32], threads: int
) -> _U32:
    """Return the signatures of sets of bytes, uint32[n, num_perm]: set i has members sets[i] to sets[i + 1]."""

def candidates(
    signatures: _U32, identities: _U64, active: _U32, banding: tuple[int, int, int, int], threads: int
) -> tuple[_U32, _U32, tuple[int, int, int]]:
    """Return the candidate pairs among the active rows, uint32[m, 2], ascending; their equal signature values, uint32[m];
    and how many pairs were screened, buckets hot, pairs skipped. Banding is (bands, rows, least equal values, max_bucket).
    """

def overlaps(texts: list[Texts], pairs: _U32, shingle: _Shingle, threads: int) -> _U32:
    """Return for pairs of rows, uint32[m, 2], the sizes of (both, left, right) shingle sets, uint32[m, 3]."""

def components(rows: int, edges: _U32) -> _U32:
    """Return the smallest row of each row's connected component, uint32[rows], for edges uint32[m, 2]."""

def keepers(rank: _U32, edges: _U32, giant: int) -> tuple[_U32, _U32]:
    """Return for each row the row of lowest rank in its component, and its neighbour on the shortest way there.

    A component of more than `giant` rows falls into stars: in order of rank a free row keeps, its free neighbours follow it.
    """

# --- index ---

_Matches: TypeAlias = tuple[_U32, Texts, npt.NDArray[np.float64], npt.NDArray[np.bool_], npt.NDArray[np.bool_], npt.NDArray[np.int64]]
"""(row of the text, ids, similarity, estimated, exact, first seen in ms)."""
_Lists: TypeAlias = tuple[npt.NDArray[np.int64], _U32]
"""Lists of numbers: (offsets int64[n + 1], values)."""

def create_index(path: Path, config: str) -> None:
    """Make an empty index with these settings (one line of JSON); OutputError where the folder is not empty."""

def index_config(path: Path) -> str:
    """Return the settings with which an index was made; ArtefactError where there is none."""

class Index:
    """An open index. Times are milliseconds since 1970; documents first seen before `since` do not count."""

    def __init__(
        self,
        path: Path,
        writable: bool,
        permutations: tuple[_U32, _U32],
        shingle: _Shingle,
        banding: tuple[int, int, int, int],
        threshold: float,
    ) -> None:
        """Open an index; ArtefactError where it is damaged or another one writes, OutputError where it cannot be written."""

    def matches(self, texts: Texts, since: int, best: bool, threads: int) -> _Matches:
        """Return what the texts duplicate: all, or the best of each."""

    def add(
        self, ids: Texts, texts: Texts, seen: npt.NDArray[np.int64], since: int, check: bool, threads: int
    ) -> tuple[_Matches, npt.NDArray[np.uint8]]:
        """Add documents as one durable batch; return the best match of each (with `check`), and 0 new, 1 updated, 2 unchanged."""

    def add_known(
        self, ids: Texts, seen: npt.NDArray[np.int64], identities: _U64, shingles: _Lists, signatures: _Lists, since: int
    ) -> npt.NDArray[np.uint8]:
        """Add documents by shingles, or where there are none by signature; identities uint64[2 n]. Returns what `add` does."""

    def remove(self, ids: Texts) -> npt.NDArray[np.bool_]:
        """Remove documents as one durable batch; return which were there."""

    def documents(self, start: int, count: int) -> tuple[Texts, npt.NDArray[np.int64], _U64, _Lists, _Lists, int] | None:
        """Return up to `count` documents from number `start` on: ids, first seen, identities, shingles, signatures, next number."""

    def compact(self, since: int) -> None:
        """Write the index anew without what was removed or has expired."""

    def verify(self) -> tuple[int, int, int, int]:
        """Return the documents, removed documents, commits and keys that were found whole; ArtefactError for damage."""

    def info(self) -> dict[str, Any]:
        """Return counts and bytes."""

    def close(self) -> None:
        """Close the files."""

# --- events ---

def event_terms(texts: Texts) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.uint32]]:
    """Return the word stems of each text as hashes: (ends int64[n + 1], keys uint32[]); row i holds keys[ends[i]:ends[i + 1]], each once."""

def cluster_events(
    titles: Texts,
    texts: Texts,
    ids: Texts,
    times: npt.NDArray[np.float64],
    labels: npt.NDArray[np.int64] | None,
    prior: tuple[npt.NDArray[np.uint32], npt.NDArray[np.float32]],
    window_days: float,
    threshold: float,
    threads: int,
) -> tuple[
    npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.float32], tuple[npt.NDArray[np.int64], Texts, npt.NDArray[np.float32]]
]:
    """Return (event int64[n], story int64[n], similarity float32[n], (ends int64[n + 1], terms, shares float32[])).

    `times` are days since 1970, NaN where unknown; `labels` name near-duplicates; `prior` are ascending stem hashes with the share of
    documents that hold each. `event` is the row of the smallest id of the article's event, `story` that of its story, `similarity` the mean similarity to its other
    members (1 where alone), terms[ends[i]:ends[i + 1]] what article i shares with them. ValueError for lengths that differ.
    """

_Prior = tuple[npt.NDArray[np.uint32], npt.NDArray[np.float32]]
_Held = tuple[Texts, Texts, Texts, Texts, npt.NDArray[np.float64], npt.NDArray[np.float64]]
_Joined = tuple[
    Texts,
    npt.NDArray[np.float32],
    tuple[npt.NDArray[np.int64], Texts, npt.NDArray[np.float32]],
    npt.NDArray[np.uint32],
    npt.NDArray[np.float64],
    npt.NDArray[np.float64],
    Texts,
]

class EventStream:
    """Articles one after another; only what the window can still join is held. `len` is the number of articles held."""

    def __init__(self, prior: _Prior, window_days: float, threshold: float) -> None: ...
    @staticmethod
    def restore(
        prior: _Prior,
        window_days: float,
        threshold: float,
        held: _Held,
        settled: tuple[int, float, int, float],
        replaced: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]],
        clock: npt.NDArray[np.float64],
        moved: tuple[Texts, Texts],
        corpus: tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32], int],
        refrains: tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32], npt.NDArray[np.float32], npt.NDArray[np.float32]],
    ) -> EventStream:
        """Return the stream whose `state` this is, as if it had not been interrupted; ValueError for lengths that differ."""

    def add(self, ids: Texts, titles: Texts, texts: Texts, times: npt.NDArray[np.float64]) -> _Joined:
        """Take articles in their order; return for each (event, similarity, (ends, terms, shares), size, first, last, copy of).

        `times` are days since 1970, NaN where unknown, as are `first` and `last`. ValueError for lengths that differ.
        """

    def settle(self) -> None:
        """Group the articles whose events are not final anew."""

    def final_until(self) -> float:
        """Return the day since 1970 up to which no event changes any more, NaN where none is final."""

    def moved(self) -> tuple[Texts, Texts]:
        """Return the articles whose event has changed since this was last asked, and their events."""

    def state(
        self,
    ) -> tuple[
        _Held,
        tuple[int, float, int, float],
        tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]],
        npt.NDArray[np.float64],
        tuple[Texts, Texts],
        tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32], int],
        tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32], npt.NDArray[np.float32], npt.NDArray[np.float32]],
    ]:
        """Return what `restore` takes: ((ids, titles, texts, events, times, arrived), (settled, at, closed, final until), (when, replaced), clock, moved, corpus,
        refrains).

        The first `closed` articles were let go and are kept until their events are final; `settled` is how many of the others took part in
        the last grouping, and the date then; `final until` the day up to which all events are final. `replaced` are the rows that a new version
        has replaced since the last grouping, `when` how many rows there were then. The corpus are the words (keys) of the dated
        articles that were let go, how many held each, and the number of those articles; the refrains how their sentences begin (keys), in how many windows each came, the day that
        counted as the last of these windows, and the day when it came last.
        """

    def __len__(self) -> int: ...

# --- dates and JSON lines ---

def parse_dates(texts: Texts) -> Texts:
    """Return each text that is a date as ISO 8601, with time and offset where stated; '' for what is no date, or ambiguous."""

def date_days(texts: Texts) -> npt.NDArray[np.float64]:
    """Return ISO 8601 dates as days since 1970-01-01 (UTC), float64[n]; NaN for ''."""

def parse_jsonl(
    chunk: npt.NDArray[np.uint8], fields: list[tuple[str, list[str]]], first_line: int, max_bytes: int, threads: int
) -> list[dict[str, Any]]:
    """Return the documents of whole JSON lines as columns, and the lines that cannot be used, in at most a batch a thread.

    `fields` names for each role (id, text, html, title, url, date, lang, site, author, modified, dateline, subtitle, tags) the fields
    that may hold it: the first that is not empty wins, else the first. Columns by role (a list of authors or tags has one a line),
    `extra` (the other fields, a JSON object as written), `line`, `start` and `end` (bytes) int64[n], `has_text` and `has_html` bool[n]; `lines`, the
    number of lines; `refused_line`, `refused_start`, `refused_end` int64[m] and `cause`.
    """

_Written: TypeAlias = (
    Texts | npt.NDArray[np.int64] | npt.NDArray[np.float64] | npt.NDArray[np.bool_] | tuple[npt.NDArray[np.int64], list["_WrittenColumn"]]
)
_WrittenColumn: TypeAlias = tuple[str, _Written, npt.NDArray[np.bool_] | None]
"""(name, values by the type of their array, rows that are null); lists of objects are (first int64[n + 1], columns)."""

def write_jsonl(
    columns: list[_WrittenColumn], extra: Texts, ours: list[str], wanted: npt.NDArray[np.bool_], threads: int
) -> npt.NDArray[np.uint8]:
    """Return the wanted rows as JSON lines, uint8[], as json.dumps(ensure_ascii=False) writes them; NaN and null rows are null.

    The fields of `extra` (a JSON object a row, or '') follow as they were written. One named like a column goes into an object
    `given`, or nowhere when the row has all the fields of `ours`. ValueError for columns of other lengths, DedupError for an
    extra that is no JSON object.
    """

# --- HTML ---

_Spans = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.uint8], Texts]

def extract_html(
    pages: Texts,
    urls: Texts,
    encodings: Texts,
    cues: Cues,
    level: str = "normal",
    mode: str = "body",
    markdown: bool = False,
    selected: npt.NDArray[np.int64] | None = None,
    model: bytes | None = None,
    threads: int = 0,
    hosts: Texts | None = None,
    templates: Templates | None = None,
) -> tuple[list[Texts], _Spans, _Spans]:
    """Return the articles of pages (bytes) as columns, the kept and the removed spans.

    Columns: text, title, subtitle, author, dateline (""), published, modified, site, lang, url, tags, encoding, problem; text and names are
    in NFC. Spans: (offsets int64[n + 1], starts int64[m], ends int64[m], codes uint8[m], texts), codes are places in PARTS or REASONS, starts
    and ends characters of the decoded page, whose letters the texts have. An encoding of '' is found out. `level` is that of `strip_text`;
    `mode` is body or full; `selected` are rows of (page, byte of a start tag in the UTF-8 page, 0 content or 1 remove) that site rules
    chose; `model` replaces the one that is built in; with `hosts` (one a page) and `templates` what recurs on the pages of a host is left
    out.
    """

def decode_html(page: bytes, encoding: str) -> str:
    """Return the page decoded as `extract_html` decodes it, '' where it cannot be."""

def html_blocks(
    pages: Texts, urls: Texts, model: bytes, threads: int
) -> tuple[
    npt.NDArray[np.int64],
    Texts,
    npt.NDArray[np.float32],
    npt.NDArray[np.float32],
    tuple[npt.NDArray[np.int64], npt.NDArray[np.uint32]],
    Texts,
]:
    """Return the blocks of pages as training sees them.

    (first block of each page int64[n + 1], texts, features float32[blocks * features], margins float32[blocks], (offsets
    int64[blocks + 1], words uint32[]), titles). A margin is minus infinity where the model's sieve holds a block back.
    """

def html_features() -> list[str]:
    """Return the names of the features of a block."""

# --- text ---

class Cues:
    """Compiled cue phrases."""

    def __init__(self, entries: list[tuple[str, str, str]]) -> None:
        """Compile (language, reason, phrase) entries; ValueError for an unknown reason or a phrase without a word."""

class Templates:
    """What recurs on the pages of each host, learnt from their texts and their HTML."""

    def __init__(self, state: bytes | None = None) -> None:
        """Begin with nothing, or with what `to_bytes` gave; DedupError for bytes that are damaged or no state."""

    def learn(self, texts: Texts, hosts: Texts, threads: int) -> None:
        """Take the pages into the samples of their hosts; a host of "" is passed over."""

    def learn_html(self, pages: Texts, encodings: Texts, hosts: Texts, threads: int) -> None:
        """Take pages of HTML (bytes), read block by block; those that cannot be read are passed over."""

    def merge(self, other: Templates) -> None:
        """Take in what the other state has seen."""

    def to_bytes(self) -> bytes:
        """Return the state; equal states give equal bytes."""

    def hosts(self) -> list[tuple[str, int]]:
        """Return the hosts with the pages in their samples, ascending by name."""

def strip_text(
    texts: Texts, titles: Texts, cues: Cues, level: str, hosts: Texts, templates: Templates | None, threads: int
) -> tuple[
    list[tuple[str, Texts]],
    tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.uint8], Texts],
]:
    """Return the stripped texts and their metadata as named columns, and the removed spans.

    `titles` has a headline a text ("" where unknown) or no row at all, `hosts` a host a text where there are templates. `level` is gentle, normal or aggressive. The spans are
    (first int64[n + 1], start int64[m], end int64[m], reason uint8[m], text): those of row i are first[i]..first[i + 1], start and end
    count characters of the input, reason indexes REASONS.
    """

def paragraphs(texts: Texts, least: int) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.int64], npt.NDArray[np.int64], Texts]:
    """Return the lines of at least `least` characters as (row uint32[m], start int64[m], end int64[m], text); offsets count characters."""

def without_paragraphs(
    texts: Texts, rows: npt.NDArray[np.uint32], starts: npt.NDArray[np.int64], ends: npt.NDArray[np.int64], mark: str
) -> Texts:
    """Return the texts without those stretches (characters, ascending, apart), or with `mark` in front of each where it is not ''."""
