"""Reading: files, folders, standard input and Python rows become batches of `document.READ`."""

from dedup.readers.files import Fields, Input, Read, expand, read
from dedup.readers.rows import read_rows

__all__ = ["Fields", "Input", "Read", "expand", "read", "read_rows"]
