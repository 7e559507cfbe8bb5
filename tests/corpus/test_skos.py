"""Concepts go to SKOS and come back as they were, and concepts from other vocabularies come in where they fit."""

from pathlib import Path

import pytest

from corpus.errors import KluwenError
from corpus.vocabulary import FOLDER, concepts
from corpus.vocabulary.concepts import VocabularyConcept, read_concepts
from corpus.vocabulary.joining import joined, remarks, write_table
from corpus.vocabulary.skos import SKOS, from_skos, to_skos
from corpus.vocabulary.turtle import RDF, Literal, NoTurtle, Triple, triples

OTHERS = """\
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
PREFIX ex: <http://example.org/>
# een thesaurus van een ander
ex:1 a skos:Concept ; skos:prefLabel "Mantelzorger"@nl , "informal carer"@en ;
    skos:altLabel "zorgende naaste"@nl-NL , "huisdokter"@nl ; skos:broader ex:2 .
ex:2 a skos:Concept ; skos:prefLabel "buurtnetwerk"@nl ; skos:hiddenLabel \"\"\"de "buurt" om
je heen\"\"\"@nl ; skos:related ex:1 ; skos:note [ ex:by "iemand" ; ex:in ( 1 2.5 true ) ] .
ex:3 a skos:Concept ; skos:prefLabel "Nur auf Deutsch"@de .
ex:4 skos:prefLabel "geen begrip"@nl .
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "anders.ttl"
    path.write_text(text, encoding="utf-8")
    return path


def test_all_concepts_come_back_from_skos_as_they_were(tmp_path: Path) -> None:
    assert from_skos(written(tmp_path, to_skos(concepts()))) == concepts()


def test_signs_that_turtle_uses_itself_come_back(tmp_path: Path) -> None:
    odd = (VocabularyConcept('zeg "ja" \\ nee', ("50% ; minder", "a, b."), ("p < q",), ("it's #1",), ("é\u00f1",)),)
    assert from_skos(written(tmp_path, to_skos(odd))) == odd


def test_skos_says_what_each_term_is() -> None:
    found = triples(to_skos(concepts()))
    labels = {(t.predicate, t.object) for t in found if t.subject.endswith(":overbelasting")}
    assert (f"{SKOS}prefLabel", Literal("overbelasting", "nl")) in labels
    assert (f"{SKOS}hiddenLabel", Literal("trekt het niet", "nl")) in labels
    assert (f"{RDF}type", f"{SKOS}Concept") in labels


def test_concepts_of_another_vocabulary_are_read_by_their_dutch_labels(tmp_path: Path) -> None:
    first, second = from_skos(written(tmp_path, OTHERS))
    assert first == VocabularyConcept(
        "Mantelzorger", ("zorgende naaste", "huisdokter"), (), ("informal carer",), (), "buurtnetwerk"
    )
    assert second == VocabularyConcept("buurtnetwerk", (), ("Mantelzorger",), (), ('de "buurt" om je heen',), "")


def test_what_others_add_goes_where_it_fits(tmp_path: Path) -> None:
    found = joined(concepts(), from_skos(written(tmp_path, OTHERS)))
    by_name = {concept.preferred: concept for concept in found.concepts}
    assert "zorgende naaste" in by_name["mantelzorger"].exact
    assert by_name["mantelzorger"].broader == "naaste"
    assert by_name["buurtnetwerk"].lay == ('de "buurt" om je heen',)
    assert found.left_out == (("huisdokter", "huisarts"),)
    assert found.new == 1
    assert len(found.concepts) == len(concepts()) + 1


def test_joining_the_same_twice_adds_nothing(tmp_path: Path) -> None:
    others = from_skos(written(tmp_path, OTHERS))
    once = joined(concepts(), others)
    again = joined(once.concepts, others)
    assert (again.concepts, again.new, again.terms) == (once.concepts, 0, 0)


def test_a_joined_table_is_sound_and_keeps_its_remarks(tmp_path: Path) -> None:
    found = joined(concepts(), from_skos(written(tmp_path, OTHERS)))
    table = tmp_path / "concepts.tsv"
    write_table(found.concepts, table, remarks(FOLDER / "concepts.tsv"))
    assert read_concepts(table) == (found.concepts, [])
    assert table.read_text(encoding="utf-8").startswith("# Begrippen")


def test_a_table_that_would_be_wrong_is_not_written(tmp_path: Path) -> None:
    table = tmp_path / "concepts.tsv"
    table.write_text("# eigen\n", encoding="utf-8")
    with pytest.raises(KluwenError) as refused:
        write_table([VocabularyConcept("a", ("b",)), VocabularyConcept("c", ("b",))], table, "")
    assert refused.value.key == "vocabulary.twice"
    assert table.read_text(encoding="utf-8") == "# eigen\n"
    assert list(tmp_path.iterdir()) == [table]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n\nskos:a skos:b", "vocabulary.no_turtle"),
        ("<rdf:RDF xmlns:rdf='x'>", "vocabulary.no_turtle"),
        ("{}", "vocabulary.no_turtle"),
        ("", "vocabulary.no_concepts"),
        (OTHERS.replace("@nl", "@fr"), "vocabulary.no_concepts"),
    ],
)
def test_what_is_no_vocabulary_is_refused(tmp_path: Path, text: str, key: str) -> None:
    with pytest.raises(KluwenError) as refused:
        from_skos(written(tmp_path, text))
    assert refused.value.key == key


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KluwenError) as refused:
        from_skos(tmp_path / "weg.ttl")
    assert refused.value.key == "vocabulary.no_file"


def test_turtle_is_read_as_it_may_be_written() -> None:
    text = """@base <http://a.b/> . @prefix : <#> .
<x> a :T ; :p "een"@NL , 'tw\\u00e9\\n' ;; :q _:b1 .
_:b1 :r [ :s 3 ] , ( ) . [] :t true ."""
    assert triples(text) == [
        Triple("http://a.b/x", f"{RDF}type", "http://a.b/#T"),
        Triple("http://a.b/x", "http://a.b/#p", Literal("een", "nl")),
        Triple("http://a.b/x", "http://a.b/#p", Literal("twé\n")),
        Triple("http://a.b/x", "http://a.b/#q", "_:b1"),
        Triple("_:[0]", "http://a.b/#s", Literal("3")),
        Triple("_:b1", "http://a.b/#r", "_:[0]"),
        Triple("_:b1", "http://a.b/#r", f"{RDF}nil"),
        Triple("_:[1]", "http://a.b/#t", Literal("true")),
    ]


@pytest.mark.parametrize(
    ("text", "line"), [("a b c .", 1), ("\n<x> <y> 'z", 2), ("<x> <y> <z> ,\n\n.", 3), ('"x" <y> 1 .', 1)]
)
def test_a_mistake_in_turtle_is_told_by_its_line(text: str, line: int) -> None:
    with pytest.raises(NoTurtle) as wrong:
        triples(text)
    assert wrong.value.line == line
