"""The words that tell how a text is laid out, from ``corpus/vocabulary/reading.toml``."""

import tomllib
from functools import cache
from importlib.resources import files


@cache
def words(name: str) -> tuple[str, ...]:
    """The list called ``name``, in lower case. Raises KeyError when there is none."""
    return tuple(word.lower() for word in _all()[name])


@cache
def _all() -> dict[str, list[str]]:
    return tomllib.loads(files("corpus").joinpath("vocabulary", "reading.toml").read_text(encoding="utf-8"))
