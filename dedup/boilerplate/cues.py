"""The cue phrases that announce boilerplate, in every language, with those that the user adds."""

import functools
import tomllib
from collections.abc import Mapping
from importlib import resources

from dedup import _core
from dedup.config import Config
from dedup.errors import ConfigError

Phrases = Mapping[str, Mapping[str, tuple[str, ...]]]
"""Language → reason → phrases."""


@functools.cache
def shipped() -> tuple[tuple[str, str, str], ...]:
    """Return the cues that come with the package as (language, reason, phrase), languages in alphabetical order."""
    entries: list[tuple[str, str, str]] = []
    for file in sorted((resources.files(__package__) / "cues").iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            entries += _entries({file.name.removesuffix(".toml"): tomllib.loads(file.read_text("utf-8"))})
    return tuple(entries)


def load(config: Config) -> _core.Cues:
    """Return the compiled cues: the shipped ones and those of `config.cues`; a reason that does not exist is a ConfigError."""
    return _compiled(tuple(_entries(config.cues)))


def _entries(phrases: Phrases) -> list[tuple[str, str, str]]:
    return [(language, reason, phrase) for language, reasons in phrases.items() for reason, listed in reasons.items() for phrase in listed]


@functools.lru_cache(maxsize=4)
def _compiled(added: tuple[tuple[str, str, str], ...]) -> _core.Cues:
    try:
        return _core.Cues([*shipped(), *added])
    except ValueError as error:
        raise ConfigError(f"cues: {error}") from None
