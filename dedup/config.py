"""Every setting that changes a result, in one frozen value that is stored with every artefact."""

import dataclasses
import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self

from dedup.errors import ConfigError

if TYPE_CHECKING:
    from dedup.boilerplate.rules import SiteRule

Keep = Literal["longest", "first", "newest", "oldest"]
Shingle = Literal["auto", "word", "char"]
Strip = Literal["off", "gentle", "normal", "aggressive"]
Mode = Literal["body", "full"]

_CHOICES: dict[str, tuple[str, ...]] = {
    "keep": ("longest", "first", "newest", "oldest"),
    "shingle": ("auto", "word", "char"),
    "strip": ("off", "gentle", "normal", "aggressive"),
    "mode": ("body", "full"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The settings of a run, validated once; ConfigError names the field that cannot be right."""

    strip: Strip = "normal"
    """How much boilerplate goes: off, gentle (only what is certain), normal, aggressive."""
    mode: Mode = "body"
    """What of a page's article is text: the body, or also headline, subtitle and captions (full)."""
    markdown: bool = False
    """Mark the headings, list items and quotes of pages as Markdown does."""
    rules: Mapping[str, "SiteRule"] = dataclasses.field(default_factory=dict)
    """Site rules: host → CSS selectors of `content`, `remove`, `title`, `date`; in a settings file also the path of a file of them."""
    threshold: float = 0.8
    """Jaccard similarity of shingle sets from which two documents are near-duplicates, 0 to 1."""
    recall: float = 0.999
    """Wanted probability that a pair exactly at the threshold becomes a candidate; below 1."""
    shingle: Shingle = "auto"
    """Word n-grams, character n-grams, or words with characters for scripts written without spaces (auto)."""
    ngram: int = 5
    """Words in a shingle."""
    char_ngram: int = 5
    """Characters in a shingle, where shingles are of characters."""
    num_perm: int = 128
    """Permutations, that is 32-bit values in a signature."""
    seed: int = 1
    """Seed of the permutations."""
    max_bucket: int = 1000
    """Members of one bucket that are compared all with all; above it with their nearest only, which is reported."""
    keep: Keep = "longest"
    """Which copy of a cluster is kept; equal ones by the smallest id."""
    events: bool = True
    """Group the kept articles by the event that they report."""
    window_days: float = 3.0
    """Days that the reports of one event may lie apart."""
    event_threshold: float = 0.155
    """Mean similarity from which articles report one event, 0 to 1; more for large events, see DESIGN.md."""
    embeddings: str = ""
    """Folder of a model2vec or sentence-transformers model by which events are joined further, across languages; '' for none."""
    embedding_threshold: float = 0.75
    """Mean cosine from which that model joins events, -1 to 1."""
    max_bytes: int = 100_000_000
    """Longest document that is read; a longer one is rejected."""
    threads: int = 0
    """Threads of the core, 0 for one a processor; changes no result."""
    cues: Mapping[str, Mapping[str, tuple[str, ...]]] = dataclasses.field(default_factory=dict)
    """Further boilerplate cues: language → reason → phrases."""

    def __post_init__(self) -> None:
        for name, choices in _CHOICES.items():
            if getattr(self, name) not in choices:
                raise ConfigError(f"{name} is one of {', '.join(choices)}, not {getattr(self, name)!r}")
        for field in dataclasses.fields(self):
            value, default = getattr(self, field.name), field.default
            if isinstance(default, bool):
                wrong = not isinstance(value, bool)
            elif isinstance(default, str):
                wrong = not isinstance(value, str)
            elif isinstance(default, int):
                wrong = not isinstance(value, int) or isinstance(value, bool)
            elif isinstance(default, float):
                wrong = not isinstance(value, (int, float)) or isinstance(value, bool)
            else:
                wrong = False
            if wrong:
                raise ConfigError(f"{field.name} takes {type(default).__name__} values, not {value!r}")
        for name, low, high in (
            ("threshold", 0.0, 1.0),
            ("recall", 0.0, 0.999999),
            ("event_threshold", 0.0, 1.0),
            ("embedding_threshold", -1.0, 1.0),
            ("ngram", 1, 64),
            ("char_ngram", 1, 64),
            ("num_perm", 1, 4096),
            ("seed", 0, 2**32 - 1),
            ("max_bucket", 2, 2**31 - 1),
            ("window_days", 0, 36500),
            ("max_bytes", 1, 2**40),
            ("threads", 0, 4096),
        ):
            if not low <= getattr(self, name) <= high:
                raise ConfigError(f"{name} lies between {low} and {high}, not {getattr(self, name)!r}")
        if not isinstance(self.rules, Mapping):
            raise ConfigError(f"rules takes a table of host = selectors, not {self.rules!r}")
        if self.rules:
            from dedup.boilerplate.rules import parse

            object.__setattr__(self, "rules", parse(self.rules))
        for language, reasons in self.cues.items():
            if not isinstance(reasons, Mapping) or not all(isinstance(phrases, (list, tuple)) for phrases in reasons.values()):
                raise ConfigError(f"cues.{language} takes a table of reason = [phrases]")

    @classmethod
    def from_mapping(cls, settings: Mapping[str, Any], where: str = "config", folder: Path | None = None) -> Self:
        """Return the Config of a mapping; an unknown key is a ConfigError that suggests the nearest name.

        `rules` may be the path of a rules file, taken from `folder`.
        """
        known = [field.name for field in dataclasses.fields(cls)]
        for key in settings:
            if key not in known:
                near = difflib.get_close_matches(key, known, 1, 0.5)
                raise ConfigError(f"{where}: unknown key '{key}'" + (f"; did you mean '{near[0]}'?" if near else ""))
        if isinstance(settings.get("rules"), (str, Path)):
            from dedup.boilerplate.rules import load

            settings = {**settings, "rules": load((folder or Path()) / settings["rules"])}
        return cls(**settings)

    @classmethod
    def load(cls, path: Path | None = None, **flags: Any) -> Self:
        """Return the Config of `dedup.toml` or `[tool.dedup]` of pyproject.toml (the given file, else the working directory's), under the flags."""
        if isinstance(flags.get("rules"), (str, Path)):
            from dedup.boilerplate.rules import load

            flags["rules"] = load(Path(flags["rules"]))
        return cls.from_mapping(_settings(path) | flags, str(path or "config"), path.parent if path else None)

    def with_settings(self, settings: Mapping[str, Any]) -> Self:
        """Return the Config with other values for some settings; an unknown name is a ConfigError that suggests the nearest."""
        if not settings:
            return self
        values = {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}
        return self.from_mapping(values | dict(settings))

    def to_dict(self) -> dict[str, Any]:
        """Return the settings as plain values, for JSON."""
        return dataclasses.asdict(self)

    def differences(self, other: Mapping[str, Any], fields: tuple[str, ...]) -> list[str]:
        """Return a line for each of `fields` in which the stored settings differ from these."""
        mine = self.to_dict()
        return [f"{name} is {mine[name]!r} here and {other.get(name)!r} there" for name in fields if other.get(name) != mine[name]]


def _settings(path: Path | None) -> dict[str, Any]:
    candidates = [path] if path else [Path("dedup.toml"), Path("pyproject.toml")]
    for candidate in candidates:
        try:
            table = tomllib.loads(candidate.read_text("utf-8"))
        except FileNotFoundError:
            if path:
                raise ConfigError(f"{path}: no such file") from None
            continue
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
            raise ConfigError(f"{candidate}: {error}") from None
        if candidate.name == "pyproject.toml":
            table = table.get("tool", {}).get("dedup", {})
            if not table and not path:
                continue
        return dict(table)
    return {}
