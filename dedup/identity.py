"""Ids: those that rows bring, else from content; one id names one text."""

import itertools

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import xxhash

from dedup import _core
from dedup.columns import buffers, column
from dedup.document import DERIVED, Rejected


def with_ids(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Return the batch of `document.READ` with an id in every row: the xxh3_128 of the page or text where none was given.

    Derived ids end in a NUL: `without_clashes` then knows that an equal one is a copy and numbers it.
    """
    missing = pc.equal(batch["id"], "")
    given = pc.replace_substring(batch["id"], DERIVED, "\ufffd")
    if not pc.any(missing).as_py():
        return batch.set_column(batch.schema.get_field_index("id"), "id", given)
    derived = column(_core.content_ids(buffers(batch["text"])))
    is_html = np.asarray(pc.greater(pc.binary_length(batch["html"]), 0))
    if is_html.any():
        pages = batch["html"].to_pylist()
        derived = pa.array(
            [xxhash.xxh3_128_hexdigest(pages[row]) if is_html[row] else found for row, found in enumerate(derived.to_pylist())],
            pa.large_string(),
        )
    marked = pc.binary_join_element_wise(derived, pa.scalar(DERIVED, pa.large_string()), pa.scalar("", pa.large_string()))
    ids = pc.if_else(missing, marked, given)
    return batch.set_column(batch.schema.get_field_index("id"), "id", ids)


def id_ranks(articles: pa.Table) -> npt.NDArray[np.int64]:
    """Return int64[n]: the place of each article in the order of ids, equal ids in the order of their other columns."""
    names = ("id", "url", "title", "published", "source_file", "source_line")
    order = pc.sort_indices(articles.select(names), sort_keys=[(name, "ascending") for name in names])
    ranks = np.empty(len(articles), np.int64)
    ranks[np.asarray(order)] = np.arange(len(articles))
    return ranks


def days(articles: pa.Table) -> pa.Array:
    """Return the dates of publication as days since 1970 (UTC), float64[n], null where there is none."""
    return pa.array(_core.date_days(buffers(articles["published"])), from_pandas=True)


def without_clashes(articles: pa.Table) -> tuple[pa.Table, list[Rejected]]:
    """Return the articles whose ids name one text each, and the rest as rejected rows.

    Equal derived ids are copies: they are numbered. Rows that share a given id and the text are copies as well and stay;
    of rows that share a given id over different texts the longest stays, of equally long ones the smaller text.
    """
    ids = articles["id"].combine_chunks().dictionary_encode() if articles.num_rows else None
    if ids is None:
        return articles, []
    codes = np.asarray(ids.indices)
    shared = np.flatnonzero(np.bincount(codes)[codes] > 1)
    names = articles["id"].to_pylist() if shared.size else []
    derived = np.asarray(pc.ends_with(articles["id"], DERIVED))
    stay = np.ones(len(articles), bool)
    rejected: list[Rejected] = []
    if shared.size:
        groups: dict[int, list[int]] = {}
        for row in shared.tolist():
            groups.setdefault(int(codes[row]), []).append(row)
        for rows in groups.values():
            if derived[rows[0]]:
                continue
            texts = [articles["text"][row].as_py() for row in rows]
            longest = max(map(len, texts))
            chosen = min(text for text in texts if len(text) == longest)
            for row, text in zip(rows, texts, strict=True):
                if text != chosen:
                    stay[row] = False
                    place = (articles["source_file"][row].as_py(), articles["source_line"][row].as_py())
                    cause = f"id '{names[row]}' also names a longer or equal other text; give each text its own id"
                    rejected.append(Rejected(*place, cause, names[row], text))
    if derived.any():
        names = names or articles["id"].to_pylist()
        used = {name for name, own in zip(names, derived.tolist(), strict=True) if not own}
        for row in np.flatnonzero(derived).tolist():
            names[row] = _free(names[row].removesuffix(DERIVED), used)
            used.add(names[row])
        column_ids = pa.array(names, pa.large_string())
        articles = articles.set_column(articles.schema.get_field_index("id"), "id", column_ids)
    return (articles if stay.all() else articles.filter(pa.array(stay))), rejected


def _free(name: str, used: set[str]) -> str:
    """The name, or the first of name-2, name-3, … that is not used."""
    if name not in used:
        return name
    number = next(number for number in itertools.count(2) if f"{name}-{number}" not in used)
    return f"{name}-{number}"
