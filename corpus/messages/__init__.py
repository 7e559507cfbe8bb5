"""What Kluwen says to people, in Dutch and in English.

The sentences stand in ``nl/FAMILY.toml`` and ``en/FAMILY.toml`` beside this file, one file for each family of
messages, ``key = "sentence with {placeholders}"``. Dutch is the default; ``KLUWEN_LANG`` or :func:`use` choose another.
"""

import os
import tomllib
from contextvars import ContextVar
from functools import cache
from importlib.resources import files

LANGUAGES = ("nl", "en")
_chosen: ContextVar[str | None] = ContextVar("kluwen_language", default=None)


def use(language: str | None) -> None:
    """Choose the language (``nl`` or ``en``) for what follows in this context; None returns to the default."""
    _chosen.set(language)


def language() -> str:
    """The language in use: what :func:`use` chose, else ``KLUWEN_LANG``, else ``nl``."""
    wanted = _chosen.get() or os.environ.get("KLUWEN_LANG", "nl")[:2].lower()
    return wanted if wanted in LANGUAGES else "nl"


@cache
def _family(lang: str, family: str) -> dict[str, str]:
    return tomllib.loads(files(__name__).joinpath(lang, f"{family}.toml").read_text(encoding="utf-8"))


def say(key: str, **values: object) -> str:
    """The sentence for ``family.name`` in the language in use, with its placeholders filled in.

    Raises KeyError when there is no such sentence, or when a placeholder has no value.
    """
    family, name = key.split(".", 1)
    return _family(language(), family)[name].format_map(values)


def sentences(lang: str, family: str) -> dict[str, str]:
    """All sentences of a family in one language, by name; placeholders not filled in."""
    return dict(_family(lang, family))
