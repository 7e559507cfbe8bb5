"""The vocabulary that Kluwen comes with is sound, and a mistake in an edited one is named with its line."""

import shutil
from pathlib import Path

import pytest

from corpus.errors import KluwenError
from corpus.messages import use
from corpus.vocabulary import FOLDER, LEVELS, THEMES, actors, check, concepts, link_signs, theme_cues
from corpus.vocabulary.actors import plurals
from graph.model import Level, Theme


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the tables, to spoil."""
    for table in (*FOLDER.glob("*.tsv"), *FOLDER.glob("*.toml")):
        shutil.copy(table, tmp_path)
    return tmp_path


def spoil(table: Path, line: str) -> int:
    """Add a line to a table; its number."""
    text = table.read_text(encoding="utf-8").rstrip("\n") + "\n" + line + "\n"
    table.write_text(text, encoding="utf-8")
    return text.count("\n")


def test_the_tables_that_kluwen_comes_with_have_no_mistake() -> None:
    assert check() == []


def test_themes_and_levels_are_those_of_the_model() -> None:
    assert set(THEMES) == {theme.value for theme in Theme}
    assert set(LEVELS) == {level.value for level in Level}
    assert {cue.category for cue in theme_cues()} == set(THEMES)


def test_what_merely_belongs_to_a_concept_does_not_mean_the_same() -> None:
    by_term = {concept.preferred: concept for concept in concepts()}
    assert "naaste" in by_term["mantelzorger"].related
    assert "naaste" not in by_term["mantelzorger"].exact
    assert "nacht" not in (*by_term["huisartsenpost"].exact, *by_term["huisartsenpost"].related)


def test_marks_say_how_an_actor_is_matched() -> None:
    by_term = {actor.preferred: actor for actor in actors()}
    assert "verpleegkundige" in by_term["verpleegkundige"].endings
    assert "ouderen" in by_term["oudere"].forms
    assert "oudere" not in by_term["oudere"].terms


@pytest.mark.parametrize(
    ("noun", "plural"),
    [
        ("huisarts", "huisartsen"),
        ("hospice", "hospices"),
        ("ziekenhuis", "ziekenhuizen"),
        ("patiënt", "patiënten"),
        ("tolk", "tolken"),
        ("school", "scholen"),
        ("bestuurder", "bestuurders"),
        ("oudere", "ouderen"),
        ("zorgaanbieder", "zorgaanbieders"),
        ("overheid", "overheden"),
        ("woonzorgcentrum", "woonzorgcentra"),
        ("mantelzorgpartner", "mantelzorgpartners"),
        ("zzp’er", "zzp’ers"),
    ],
)
def test_a_noun_is_known_in_the_plural(noun: str, plural: str) -> None:
    assert plural in set(plurals(noun))


@pytest.mark.parametrize(
    ("table", "line", "key"),
    [
        ("concepts.tsv", "werkdruk\t\t\t\t\t", "vocabulary.twice"),
        ("concepts.tsv", "nieuw begrip\thuisdokter\t\t\t\t", "vocabulary.twice"),
        ("concepts.tsv", "nieuw begrip\t\t\t\thuisdokter\t", "vocabulary.twice"),
        ("concepts.tsv", "nieuw begrip\tnieuwe term\t\t", "vocabulary.columns"),
        ("concepts.tsv", "\tnieuwe term\t\t\t\t", "vocabulary.empty"),
        ("concepts.tsv", "nieuw begrip\tnieuwe term | \t\t\t\t", "vocabulary.empty_term"),
        ("concepts.tsv", "nieuw begrip\tnieuwe term\tnieuwe term\t\t\t", "vocabulary.exact_and_related"),
        ("concepts.tsv", "nieuw begrip\tnieuwe term\t\t\tnieuwe term\t", "vocabulary.lay_twice"),
        ("concepts.tsv", "nieuw begrip\tnieuwe term | nieuwe term\t\t\t\t", "vocabulary.term_twice"),
        ("concepts.tsv", "nieuw begrip\t\t\t\t\tnergens te vinden", "vocabulary.no_broader"),
        ("concepts.tsv", "nieuw begrip\t\t\t\t\tnieuw begrip", "vocabulary.broader_circle"),
        ("actors.tsv", "nieuwe actor\tdokter", "vocabulary.twice"),
        ("actors.tsv", "nieuwe actor\t*", "vocabulary.mark_alone"),
        ("actors.tsv", "nieuwe actor", "vocabulary.columns"),
        ("themes.tsv", "geld\t3\teuro", "vocabulary.unknown"),
        ("themes.tsv", "funding\t9\teuro", "vocabulary.unknown"),
        ("themes.tsv", "funding\t3\t", "vocabulary.empty"),
        ("themes.tsv", "funding\t1\tbudget*", "vocabulary.twice"),
        ("levels.tsv", "stelsel\t3\twet", "vocabulary.unknown"),
        ("bearers.tsv", "bearer\tachter\tlijden", "vocabulary.unknown"),
        ("promises.tsv", "simple\theading\teenvoudig", "vocabulary.twice"),
        ("links.tsv", "because\twithin\tdoordat", "vocabulary.unknown"),
        ("polarity.tsv", "lack\tplenty\tveel te weinig", "vocabulary.unknown"),
        ("polarity.tsv", "lack\texcess\tte weinig", "vocabulary.twice"),
        ("polarity.tsv", "lack\texcess\t", "vocabulary.empty"),
    ],
)
def test_a_mistake_is_named_with_its_file_and_line(folder: Path, table: str, line: str, key: str) -> None:
    number = spoil(folder / table, line)
    found = check(folder)
    assert [(problem.file, problem.line, problem.key) for problem in found] == [(table, number, key)]
    for language in ("nl", "en"):
        use(language)
        assert table in str(found[0]) and str(number) in str(found[0])
    use(None)


def test_all_mistakes_are_listed_at_once(folder: Path) -> None:
    first = spoil(folder / "actors.tsv", "nieuwe actor")
    second = spoil(folder / "actors.tsv", "andere actor\t!")
    assert [problem.line for problem in check(folder)] == [first, second]


def test_a_table_with_a_mistake_is_refused(folder: Path) -> None:
    spoil(folder / "links.tsv", "because\twithin\tdoordat")
    with pytest.raises(KluwenError) as refused:
        link_signs(folder)
    assert refused.value.key == "vocabulary.unknown"


def test_a_table_that_is_not_there_is_named(folder: Path) -> None:
    (folder / "themes.tsv").unlink()
    assert [problem.key for problem in check(folder)] == ["vocabulary.missing"]


def test_a_table_that_is_not_utf_8_is_named_with_its_line(folder: Path) -> None:
    table = folder / "actors.tsv"
    lines = table.read_bytes().count(b"\n")
    table.write_bytes(table.read_bytes() + "patiënt\t".encode("cp1252"))
    assert [(problem.key, problem.line) for problem in check(folder)] == [("vocabulary.encoding", lines + 1)]


def test_a_table_that_a_spreadsheet_saved_with_a_byte_order_mark_is_read(folder: Path) -> None:
    table = folder / "actors.tsv"
    table.write_bytes(b"\xef\xbb\xbf" + table.read_bytes().replace(b"\n", b"\r\n"))
    assert check(folder) == []
    assert len(actors(folder)) == len(actors())


@pytest.mark.parametrize(
    ("name", "line", "key"),
    [
        ("privacy.toml", "birthday = []", "vocabulary.unknown"),
        ("privacy.toml", "birthday 3", "vocabulary.not_toml"),
        ("sayings.toml", "words = 3", "vocabulary.unknown"),
    ],
)
def test_a_mistake_in_a_list_is_named_with_its_file_and_line(folder: Path, name: str, line: str, key: str) -> None:
    number = spoil(folder / name, line)
    assert [(problem.file, problem.line, problem.key) for problem in check(folder)] == [(name, number, key)]


@pytest.mark.parametrize(
    ("name", "old", "new", "key"),
    [
        ("privacy.toml", "\nstreets = [", "\nstreets = 3\nyards = [", "vocabulary.bad_list"),
        ("privacy.toml", "\nstreets = [", '\nstreets = ["straat", ', "vocabulary.twice"),
        ("sayings.toml", "particles = [", 'particles = ["", ', "vocabulary.bad_list"),
        ("sayings.toml", "forms = [", 'forms = [\n    "zien trekt",', "vocabulary.form_twice"),
    ],
)
def test_a_wrong_word_in_a_list_is_named(folder: Path, name: str, old: str, new: str, key: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    (folder / name).write_text(text.replace(old, new), encoding="utf-8")
    found = check(folder)
    assert key in {problem.key for problem in found}
    assert all(problem.file == name and problem.line for problem in found if problem.key == key)


def test_a_list_that_is_gone_is_named(folder: Path) -> None:
    text = (folder / "privacy.toml").read_text(encoding="utf-8")
    (folder / "privacy.toml").write_text(text.replace("\nstreets = [", "\nyards = ["), encoding="utf-8")
    assert sorted(problem.key for problem in check(folder)) == ["vocabulary.no_list", "vocabulary.unknown"]


def test_wider_concepts_that_lead_back_are_named(folder: Path) -> None:
    first = spoil(folder / "concepts.tsv", "nieuw begrip\t\t\t\t\tander begrip")
    second = spoil(folder / "concepts.tsv", "ander begrip\t\t\t\t\tnieuw begrip")
    found = [(problem.line, problem.key) for problem in check(folder)]
    assert found == [(first, "vocabulary.broader_circle"), (second, "vocabulary.broader_circle")]


def test_the_vocabulary_is_large_and_its_concepts_stand_in_a_hierarchy() -> None:
    found = concepts()
    assert len(found) >= 320
    assert sum(bool(concept.broader) for concept in found) >= 200
    assert sum(bool(concept.lay) for concept in found) >= 300


def test_a_mistake_in_a_file_of_cue_words_is_named_too(folder: Path) -> None:
    number = spoil(folder / "headings.tsv", "gedoe\tgedoe")
    assert [(problem.file, problem.line) for problem in check(folder)] == [("headings.tsv", number)]
