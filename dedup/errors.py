"""The exceptions of the package: bad arguments are ValueError, bad data is a DedupError."""


class DedupError(Exception):
    """Data that cannot be used: says what, where and what to do."""


class ConfigError(DedupError, ValueError):
    """A setting that is unknown or cannot be right."""


class InputError(DedupError):
    """An input file or stream that cannot be read."""


class OutputError(DedupError):
    """An output that cannot be written, or already exists."""


class ArtefactError(DedupError):
    """An index, signature file or state made with other settings, or damaged."""
