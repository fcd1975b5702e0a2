"""Leftovers out of text that another tool extracted."""

from typing import Any

import pyarrow as pa

from dedup import _core
from dedup.boilerplate import cues
from dedup.boilerplate.spans import removed_column
from dedup.boilerplate.templates import Templates
from dedup.columns import buffers, column
from dedup.config import Config
from dedup.document import ARTICLE, REMOVED


def strip_text(
    texts: Any,
    titles: Any | None = None,
    config: Config | None = None,
    *,
    hosts: Any | None = None,
    templates: Templates | None = None,
) -> pa.RecordBatch:
    """Return the texts without leftovers, one row a text, in the columns of document.ARTICLE; what is unknown is "".

    `texts` and `titles` are string columns (Arrow or a list). A first line that is a headline moves to `title`; a headline that is given
    is only looked for and cut where the text repeats it. Dates are ISO 8601, `tags` are joined by ", ". What `config.strip` = "off" leaves
    untouched has no metadata either. The removed spans ascend; with the white space around them they are all that the text lost, so
    stripping twice is stripping once. A text of leftovers stacked by the thousand, too costly to peel, comes back as it is. With
    `templates` and the host of each text, what recurs on the pages of its host is cut as well.
    """
    config = config or Config()
    column_in = buffers(texts)
    rows = len(column_in[0]) - 1
    if config.strip == "off":
        return _batch({"text": column(column_in)}, rows, pa.array([[]] * rows, REMOVED))
    known = buffers(titles if titles is not None else [])
    places = buffers(hosts if hosts is not None else [])
    learnt = templates.core if templates is not None else None
    columns, removed = _core.strip_text(column_in, known, cues.load(config), config.strip, places, learnt, config.threads)
    return _batch({name: column(values) for name, values in columns}, rows, removed_column(removed))


def _batch(columns: dict[str, pa.Array], rows: int, removed: pa.Array) -> pa.RecordBatch:
    empty = pa.array([""] * rows, pa.large_string())
    return pa.RecordBatch.from_arrays(
        [*(columns.get(name, empty) for name in ARTICLE.names[:-2]), pa.nulls(rows, REMOVED), removed], schema=ARTICLE
    )
