"""Every sentence that Kluwen can say stands in both languages, with the same placeholders."""

import re
import string
import tomllib
from pathlib import Path

import pytest

from corpus import messages

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path(messages.__file__).parent
FAMILIES = sorted(path.stem for path in (FOLDER / "nl").glob("*.toml"))


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def sentences(language: str, family: str) -> dict[str, str]:
    return tomllib.loads((FOLDER / language / f"{family}.toml").read_text(encoding="utf-8"))


def test_both_languages_have_the_same_families() -> None:
    assert sorted(path.stem for path in (FOLDER / "en").glob("*.toml")) == FAMILIES


@pytest.mark.parametrize("family", FAMILIES)
def test_both_languages_say_the_same_things(family: str) -> None:
    dutch, english = sentences("nl", family), sentences("en", family)
    assert dutch.keys() == english.keys()
    assert {key: placeholders(text) for key, text in dutch.items()} == {
        key: placeholders(text) for key, text in english.items()
    }


def test_every_refusal_in_the_code_has_its_sentence() -> None:
    known = {f"{family}.{key}" for family in FAMILIES for key in sentences("nl", family)}
    asked = {
        match
        for room in ("corpus", "graph", "ingest", "search_app")
        for file in (ROOT / room).rglob("*.py")
        for match in re.findall(r"KluwenError\(\s*\"([a-z_]+\.[a-z_]+)\"", file.read_text(encoding="utf-8"))
    }
    assert asked
    assert asked - known == set()


def test_the_language_follows_the_choice() -> None:
    family = FAMILIES[0]
    key = next(iter(sentences("nl", family)))
    values = dict.fromkeys(placeholders(sentences("nl", family)[key]), "x")
    try:
        messages.use("en")
        english = messages.say(f"{family}.{key}", **values)
        messages.use("nl")
        assert english != messages.say(f"{family}.{key}", **values)
    finally:
        messages.use(None)
