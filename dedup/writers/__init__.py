"""Writing: a result becomes a folder of JSON lines or Parquet that appears whole or not at all."""

from dedup.writers.folder import Partial, write

__all__ = ["Partial", "write"]
