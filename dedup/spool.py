"""Where stripped articles wait for the stages that need all of them: in memory, or in a file that is mapped back."""

from pathlib import Path

import pyarrow as pa

from dedup.document import STRIPPED


class Spool:
    """Batches of `document.STRIPPED`; with a path they go to an Arrow file, so that memory holds only what is in use."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._batches: list[pa.RecordBatch] = []
        self._writer = pa.ipc.new_file(str(path), STRIPPED) if path else None

    def append(self, batch: pa.RecordBatch) -> None:
        """Take a batch; OSError when the disk is full."""
        if not len(batch):
            return
        if self._writer is not None:
            self._writer.write_batch(batch)
        else:
            self._batches.append(batch)

    def table(self) -> pa.Table:
        """Return all batches as one table; nothing can be appended afterwards."""
        if self._writer is None:
            return pa.Table.from_batches(self._batches, STRIPPED)
        self._writer.close()
        return pa.ipc.open_file(pa.memory_map(str(self._path))).read_all()
