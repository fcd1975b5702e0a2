"""Clean, de-duplicated news articles, grouped by the event that they report, out of scraped dumps."""

import importlib
import importlib.metadata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dedup.boilerplate import Templates, strip
    from dedup.config import Config
    from dedup.document import Cluster, Span, Stripped
    from dedup.errors import ArtefactError, ConfigError, DedupError, InputError, OutputError
    from dedup.event import Event
    from dedup.event_stream import EventStream, Joined
    from dedup.fingerprint import signatures
    from dedup.index import Index, Match
    from dedup.pipeline import events, near_duplicates, run
    from dedup.readers import Fields
    from dedup.result import Result

__all__ = [
    "ArtefactError",
    "Cluster",
    "Config",
    "ConfigError",
    "DedupError",
    "Event",
    "EventStream",
    "Fields",
    "Index",
    "InputError",
    "Joined",
    "Match",
    "OutputError",
    "Result",
    "Span",
    "Stripped",
    "Templates",
    "events",
    "near_duplicates",
    "run",
    "signatures",
    "strip",
]

_MODULES = {
    "ArtefactError": "errors",
    "Cluster": "document",
    "Config": "config",
    "ConfigError": "errors",
    "DedupError": "errors",
    "Event": "event",
    "EventStream": "event_stream",
    "Fields": "readers",
    "Index": "index",
    "InputError": "errors",
    "Joined": "event_stream",
    "Match": "index",
    "OutputError": "errors",
    "Result": "result",
    "Span": "document",
    "Stripped": "document",
    "Templates": "boilerplate",
    "events": "pipeline",
    "near_duplicates": "pipeline",
    "run": "pipeline",
    "signatures": "fingerprint",
    "strip": "boilerplate",
}


def __getattr__(name: str) -> Any:
    # Names are imported when they are first used: the command line answers before Arrow is loaded.
    if name == "__version__":
        return importlib.metadata.version("newsdedup")
    if name not in _MODULES:
        raise AttributeError(f"module 'dedup' has no attribute '{name}'")
    value = getattr(importlib.import_module(f"dedup.{_MODULES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
