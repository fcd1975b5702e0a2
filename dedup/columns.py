"""String columns across the border to the Rust core, without a copy."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Texts = tuple[npt.NDArray[np.int64], npt.NDArray[np.uint8]]
"""A string column as the core takes it: (offsets int64[n + 1], data uint8[])."""


def chunks(column: Any) -> list[Texts]:
    """Return `buffers` of each chunk of a string column (Arrow array, chunked array, or a list of str): no chunk is copied."""
    if not isinstance(column, pa.ChunkedArray):
        return [buffers(column)]
    return [buffers(chunk) for chunk in column.chunks] or [buffers([])]


def buffers(column: Any) -> Texts:
    """Return the offsets and bytes of a string column (Arrow array, chunked array, or a list of str); null becomes ''."""
    if not isinstance(column, (pa.Array, pa.ChunkedArray)):
        column = pa.array(column, pa.large_string())
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
    if column.type != pa.large_string():
        column = column.cast(pa.large_string())
    if column.null_count:
        column = column.fill_null("")
    if len(column) == 0:
        return np.zeros(1, np.int64), np.zeros(0, np.uint8)
    _, offsets, data = column.buffers()
    starts = np.frombuffer(offsets, np.int64)[column.offset : column.offset + len(column) + 1]
    return starts, np.frombuffer(data, np.uint8) if data is not None and data.size else np.zeros(0, np.uint8)


def column(texts: Texts) -> pa.LargeStringArray:
    """Return the Arrow column over the core's (offsets, data), sharing their memory."""
    offsets, data = texts
    return pa.LargeStringArray.from_buffers(len(offsets) - 1, pa.py_buffer(offsets), pa.py_buffer(data))


def binary_column(values: Any) -> pa.LargeBinaryArray:
    """Return an Arrow binary column, or a sequence of bytes or str, as one large binary array; null is b"".

    Characters that UTF-8 cannot write become "?".
    """
    if not isinstance(values, (pa.Array, pa.ChunkedArray)):
        values = [value.encode("utf8", "replace") if isinstance(value, str) else value or b"" for value in values]
        if len(values) == 1:  # one page is not copied
            return pa.Array.from_buffers(pa.large_binary(), 1, [None, pa.array([0, len(values[0])]).buffers()[1], pa.py_buffer(values[0])])
        values = pa.array(values, pa.large_binary())
    if isinstance(values, pa.ChunkedArray):
        values = values.combine_chunks()
    if values.type != pa.large_binary():
        values = values.cast(pa.large_binary())
    return values.fill_null(b"") if values.null_count else values


def byte_buffers(column: pa.LargeBinaryArray) -> Texts:
    """Return the buffers of a large binary array as the core takes bytes."""
    if len(column) == 0:
        return np.zeros(1, np.int64), np.zeros(0, np.uint8)
    _, offsets, data = column.buffers()
    starts = np.frombuffer(offsets, np.int64)[column.offset : column.offset + len(column) + 1]
    return starts, np.frombuffer(data, np.uint8) if data is not None and data.size else np.zeros(0, np.uint8)
