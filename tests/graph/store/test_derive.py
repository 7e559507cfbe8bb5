"""What a concept is called and what it is, worked out from what is said."""

import pytest

from graph import derive
from graph.derive import Claim, Voice
from graph.model import Kind, Level, Origin, Relation, Theme


def voice(text: str = "Er is geen nachtzorg", **other) -> Voice:
    usual = {
        "id": f"st-{text}",
        "concept_id": "con-1",
        "kind": Kind.BOTTLENECK,
        "text": text,
        "level": None,
        "theme": None,
        "effort": None,
        "term": None,
        "confidence": 0.5,
        "actors": (),
        "experienced_by": (),
        "source": 1,
        "internal": False,
    }
    return Voice(**(usual | other))


def only(*voices: Voice):
    [concept] = derive.concepts(voices)
    return concept


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("er is te weinig nachtzorg.", "Er is te weinig nachtzorg"),
        ("Oorzaken: geen geld;", "Oorzaken: geen geld"),
        ("geen  geld,\n en geen tijd :", "Geen geld, en geen tijd"),
        ("Wie betaalt dat?", "Wie betaalt dat?"),
        ("het gaat mis, en dan …", "Het gaat mis, en dan …"),
        ("het gaat mis...", "Het gaat mis..."),
        ("éénpersoonskamers ontbreken", "Éénpersoonskamers ontbreken"),
        ("...", "..."),
        ("", ""),
    ],
)
def test_a_label_is_a_wording_as_a_name(text, name) -> None:
    assert derive.label(text) == name


def test_a_concept_is_called_by_its_most_certain_wording() -> None:
    assert (
        only(voice("Nachtzorg is er niet", confidence=0.9), voice("Er is geen nachtzorg")).label
        == "Nachtzorg is er niet"
    )


def test_of_wordings_that_are_as_certain_the_shortest_is_its_name() -> None:
    sure = voice("Er is in de nacht op veel plaatsen geen zorg", confidence=0.92)
    assert only(sure, voice("Er is geen nachtzorg", confidence=0.87)).label == "Er is geen nachtzorg"


def test_a_wording_that_is_no_name_is_not_used_while_there_is_a_better() -> None:
    for odd in ("nachtzorg", "Er is geen nachtzorg " * 10):
        assert only(voice(odd, confidence=1.0), voice("Er is geen nachtzorg")).label == "Er is geen nachtzorg"
    assert only(voice("nachtzorg")).label == "Nachtzorg"


def test_a_concept_is_what_most_sources_say_not_most_statements() -> None:
    loud = [voice(f"Er is geen nachtzorg {i}", level=Level.SYSTEM, confidence=0.9) for i in range(5)]
    others = [voice(f"Geen nachtzorg hier {i}", level=Level.INTRINSIC, source=i) for i in (2, 3)]
    concept = only(*loud, *others)
    assert (concept.level, concept.support, concept.statements) == (Level.INTRINSIC, 3, 7)


def test_sources_that_say_nothing_do_not_outvote_one_that_does() -> None:
    assert only(voice("Er is geen zorg"), voice("Er is geen hulp", theme=Theme.DATA)).theme == Theme.DATA


def test_actors_stand_by_how_often_they_are_named() -> None:
    concept = only(voice("Er is geen zorg", actors=("b", "a")), voice("Er is geen hulp", actors=("a",), internal=True))
    assert concept.actors == ("a", "b")
    assert concept.internal


def claim(source: str, relation: Relation, target: str, number: int = 1, **other) -> Claim:
    usual = {
        "source_statement": f"st-{source}{number}",
        "target_statement": f"st-{target}{number}",
        "origin": Origin.STATED,
        "confidence": 0.5,
        "source_number": number,
        "between_bottlenecks": True,
    }
    return Claim(source=source, relation=relation, target=target, **(usual | other))


def test_claims_with_the_same_ends_are_one_edge() -> None:
    [edge] = derive.claim_edges([claim("a", Relation.CAUSED_BY, "b", n, confidence=n / 10) for n in (1, 2, 2)])
    assert (edge.origin, edge.confidence, edge.support) == (Origin.STATED, 0.2, 2)
    assert edge.evidence == (("st-a1", "st-b1"), ("st-a2", "st-b2"))


def test_what_is_inferred_never_adds_to_what_is_said() -> None:
    inferred = [claim("a", Relation.ADDRESSES, "b", n, origin=Origin.INFERRED, confidence=0.9) for n in (1, 2)]
    [edge] = derive.claim_edges(inferred)
    assert (edge.origin, edge.support, edge.confidence) == (Origin.INFERRED, 2, 0.9)
    drawn = claim("a", Relation.ADDRESSES, "b", 3, origin=Origin.CURATED)
    [edge] = derive.claim_edges([*inferred, drawn])
    assert (edge.origin, edge.support, edge.confidence) == (Origin.CURATED, 1, 0.5)
    assert edge.evidence == (("st-a3", "st-b3"),)
    [edge] = derive.claim_edges([*inferred, drawn, claim("a", Relation.ADDRESSES, "b", 4)])
    assert (edge.origin, edge.support) == (Origin.STATED, 2)


def test_caused_by_and_leads_to_between_two_bottlenecks_are_one_claim() -> None:
    back, forth = claim("a", Relation.CAUSED_BY, "b", 1), claim("b", Relation.LEADS_TO, "a", 2)
    [edge] = derive.claim_edges([back, forth])
    assert (edge.source, edge.relation, edge.target, edge.support) == ("b", Relation.LEADS_TO, "a", 2)
    assert set(edge.evidence) == {("st-b2", "st-a2"), ("st-b1", "st-a1")}
    [edge] = derive.claim_edges([back, claim("a", Relation.CAUSED_BY, "b", 3), forth])
    assert (edge.source, edge.relation, edge.target, edge.support) == ("a", Relation.CAUSED_BY, "b", 3)
    assert ("st-a2", "st-b2") in edge.evidence


def test_two_that_cause_each_other_are_two_claims() -> None:
    assert len(derive.claim_edges([claim("a", Relation.LEADS_TO, "b"), claim("b", Relation.LEADS_TO, "a")])) == 2


def test_nothing_leads_to_itself() -> None:
    assert derive.claim_edges([claim("a", Relation.LEADS_TO, "a")]) == []
