import dataclasses
from pathlib import Path

import pytest

from dedup.config import Config
from dedup.errors import ConfigError


def test_unknown_key_suggests_the_nearest_name() -> None:
    with pytest.raises(ConfigError, match=r"unknown key 'treshold'; did you mean 'threshold'"):
        Config.from_mapping({"treshold": 0.7})


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ({"threshold": 1.5}, "threshold lies between"),
        ({"recall": 1.0}, "recall lies between"),
        ({"keep": "best"}, "keep is one of longest"),
        ({"num_perm": "128"}, "num_perm takes int"),
        ({"num_perm": True}, "num_perm takes int"),
        ({"threads": -1}, "threads lies between"),
        ({"cues": {"hi": ["x"]}}, "cues.hi takes a table"),
    ],
)
def test_a_value_that_cannot_be_right_names_its_field(setting: dict[str, object], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        Config.from_mapping(setting)


def test_settings_come_from_dedup_toml_under_the_flags(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert Config.load() == Config()
    (tmp_path / "pyproject.toml").write_text("[tool.dedup]\nthreshold = 0.6\n")
    assert Config.load().threshold == 0.6
    (tmp_path / "dedup.toml").write_text('threshold = 0.7\nkeep = "first"\n[cues.xx]\npromo = ["mehr dazu"]\n')
    loaded = Config.load(keep="newest")
    assert (loaded.threshold, loaded.keep) == (0.7, "newest")
    assert loaded.cues == {"xx": {"promo": ["mehr dazu"]}}


def test_a_settings_file_that_is_missing_or_broken_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such file"):
        Config.load(tmp_path / "none.toml")
    (tmp_path / "bad.toml").write_text("threshold =")
    with pytest.raises(ConfigError, match=r"bad\.toml"):
        Config.load(tmp_path / "bad.toml")


def test_a_config_does_not_change() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Config().threshold = 0.5  # type: ignore[misc]


def test_differences_name_both_sides() -> None:
    assert Config(ngram=3).differences(Config().to_dict(), ("ngram", "seed")) == ["ngram is 3 here and 5 there"]
