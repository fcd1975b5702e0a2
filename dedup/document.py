"""The shapes of a document on its way through the pipeline, and the values that single calls return."""

from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

DERIVED = "\0"
"""Ends an id that was derived from the content, until ids are settled."""

SPAN = pa.struct([("start", pa.int64()), ("end", pa.int64()), ("reason", pa.string()), ("text", pa.large_string())])
REMOVED = pa.list_(SPAN)
"""Removed spans: character offsets into the decoded input, the reason, the text that was cut."""

READ = pa.schema(
    [
        ("id", pa.large_string()),
        ("source_file", pa.large_string()),
        ("source_line", pa.int64()),
        ("text", pa.large_string()),
        ("html", pa.large_binary()),
        ("url", pa.large_string()),
        ("title", pa.large_string()),
        ("published", pa.large_string()),
        ("lang", pa.large_string()),
        ("site", pa.large_string()),
        ("author", pa.large_string()),
        ("modified", pa.large_string()),
        ("dateline", pa.large_string()),
        ("subtitle", pa.large_string()),
        ("tags", pa.large_string()),
        ("extra", pa.large_string()),
    ]
)
"""What readers yield. '' stands for absent; `html` wins over `text`; `extra` holds the unknown fields as a JSON object."""

ARTICLE = pa.schema(
    [
        (name, pa.large_string())
        for name in (
            *("text", "title", "subtitle", "author", "dateline", "published", "modified"),
            *("site", "lang", "url", "tags", "encoding", "problem"),
        )
    ]
    + [("kept", REMOVED), ("removed", REMOVED)]
)
"""What both strippers find, '' where unknown: `dateline` is what was cut before a text's first sentence (place, date, agency), dates are
ISO 8601, `problem` says why a page could not be used.

`kept` are the parts of a page's text, with what each is (paragraph, heading, list, …) as reason; null for a text.
"""

STRIPPED = pa.schema(
    [
        ("id", pa.large_string()),
        ("source_file", pa.large_string()),
        ("source_line", pa.int64()),
        ("url", pa.large_string()),
        ("site", pa.large_string()),
        ("title", pa.large_string()),
        ("subtitle", pa.large_string()),
        ("author", pa.large_string()),
        ("dateline", pa.large_string()),
        ("published", pa.large_string()),
        ("modified", pa.large_string()),
        ("lang", pa.large_string()),
        ("tags", pa.large_string()),
        ("text", pa.large_string()),
        ("chars_before", pa.int64()),
        ("chars_after", pa.int64()),
        ("removed", REMOVED),
        ("extra", pa.large_string()),
    ]
)
"""What stripping makes of it."""

DECISION = pa.schema(
    [
        ("keep", pa.bool_()),
        ("reason", pa.string()),
        ("cluster_id", pa.large_string()),
        ("cluster_size", pa.int64()),
        ("dup_of", pa.large_string()),
        ("similarity", pa.float32()),
        ("estimated", pa.float32()),
        ("via", pa.large_string()),
        ("event_id", pa.large_string()),
        ("event_similarity", pa.float32()),
        ("event_terms", pa.list_(pa.struct([("term", pa.large_string()), ("share", pa.float32())]))),
        ("story_id", pa.large_string()),
    ]
)
"""What the later stages decide: '' and null stand for "does not apply"."""

EVENT_COLUMNS = ("event_id", "event_similarity", "event_terms", "story_id")
"""The columns of a row that say which event it reports, and why."""

ROW = pa.schema(
    [
        STRIPPED.field(name)
        for name in (
            *("id", "source_file", "source_line", "url", "site", "title", "subtitle"),
            *("author", "dateline", "published", "modified", "lang", "tags"),
        )
    ]
    + list(DECISION)
    + [STRIPPED.field(name) for name in ("chars_before", "chars_after", "text", "removed", "extra")]
)
"""The one row schema of kept and removed documents (documented in the README)."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """Input that could not be used: where it stood, why, and what it was (shortened when very long)."""

    source_file: str
    source_line: int
    cause: str
    id: str = ""
    input: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A removed or kept stretch: character offsets into the decoded input, why it went or what it is, the text."""

    start: int
    end: int
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Stripped:
    """One stripped document."""

    text: str
    title: str = ""
    subtitle: str = ""
    author: str = ""
    dateline: str = ""
    published: str = ""
    modified: str = ""
    site: str = ""
    lang: str = ""
    url: str = ""
    tags: str = ""
    kept: list[Span] = field(default_factory=list)
    removed: list[Span] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """Return the fields as plain values, for JSON."""
        import dataclasses

        return dataclasses.asdict(self)


@dataclass(frozen=True, slots=True)
class Cluster:
    """Near-duplicates of one another: `id` is the smallest member's id, `kept` the member that stays."""

    id: str
    kept: str
    members: list[str]
