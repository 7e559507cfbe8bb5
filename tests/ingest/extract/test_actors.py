"""Actors are found in whatever form a text names them, and given in one preferred term."""

from pathlib import Path

import pytest

from ingest.extract.actors import ActorFinder, finder


def named(text: str) -> list[str]:
    return [mention.actor for mention in finder().mentions(text)]


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("de huisarts belt niet terug", ["huisarts"]),
        ("Huisartsen en wijkverpleegkundigen", ["huisarts", "wijkverpleegkundige"]),
        ("de specialisten ouderengeneeskunde van de regio", ["specialist ouderengeneeskunde"]),
        ("medische specialisten in het ziekenhuis", ["medisch specialist", "ziekenhuis"]),
        ("de SO komt langs", ["specialist ouderengeneeskunde"]),
        ("so what, zo gaat het", []),
        ("de oncologieverpleegkundigen", ["verpleegkundige"]),
        ("MS-patiënten en hun partners", ["patiënt", "naaste"]),
        ("alle cliënten", ["patiënt"]),
        ("zorginstellingen zonder afspraken", ["zorgaanbieder"]),
        ("oudere patiënten", ["patiënt"]),
        ("zorg voor ouderen", ["oudere"]),
        ("het kabinet en de Nederlandse Zorgautoriteit", ["overheid", "NZa"]),
        ("zzp’ers en zzp'ers", ["zzp’er", "zzp’er"]),
        ("de ggz-instellingen", ["ggz-instelling"]),
        ("het is patiëntvriendelijk bedoeld", []),
    ],
)
def test_actors_are_named_in_preferred_terms(text: str, actors: list[str]) -> None:
    assert named(text) == actors


def test_a_mention_has_its_place() -> None:
    text = "Soms belt de wijkverpleging niet, zegt de dienstdoende huisarts."
    assert [text[mention.start : mention.end] for mention in finder().mentions(text)] == [
        "wijkverpleging",
        "dienstdoende huisarts",
    ]


def test_the_longest_term_counts() -> None:
    assert named("het netwerk palliatieve zorg en het consultatieteam palliatieve zorg") == [
        "Netwerk Palliatieve Zorg",
        "consultatieteam",
    ]


def test_an_expert_can_add_an_actor(tmp_path: Path) -> None:
    (tmp_path / "actors.tsv").write_text("boswachter\t=bosbaas | *wachter | !nachtwachter\n", encoding="utf-8")
    mine = ActorFinder(tmp_path)
    text = "boswachters, de bosbaas, bosbazen, duinwachters en een nachtwachter"
    assert [text[m.start : m.end] for m in mine.mentions(text)] == ["boswachters", "bosbaas", "duinwachters"]
