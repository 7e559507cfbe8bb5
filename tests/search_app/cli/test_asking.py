"""Asking the graph: search, show, tangle, path, solutions, stats, export and doctor."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Kluwen = Callable[..., Any]
HIT = {"id", "kind", "name", "score", "why", "path", "statements"}


def first(kluwen: Kluwen, question: str, *more: str) -> dict[str, Any]:
    hit: dict[str, Any] = kluwen("search", question, "--json", *more).json["hits"][0]
    return hit


def test_a_person_sees_the_quote_its_source_and_why(kluwen: Kluwen, graph: Path) -> None:
    result = kluwen("search", "naasten raken uitgeput")
    assert result.code == 0
    assert "“Mantelzorgers raken uitgeput" in result.out
    assert "De nacht (rapport.txt)" in result.out
    assert "waarom:" in result.out
    assert "con-" in result.out


def test_json_has_all_its_keys(kluwen: Kluwen, graph: Path) -> None:
    answer = kluwen("search", "naasten raken uitgeput", "--json").json
    assert answer.keys() == {"query", "weak", "hits", "suggestions", "corrections"}
    assert answer["query"] == "naasten raken uitgeput"
    for hit in answer["hits"]:
        assert hit.keys() == HIT
        assert 0 <= hit["score"] <= 1
        assert all(part.keys() == {"part", "terms", "share"} for part in hit["why"])
        assert all(statement.keys() == {"id", "document", "quote", "page"} for statement in hit["statements"])
    assert answer["hits"][0]["statements"][0]["document"] == "rapport.txt"


def test_a_mistyped_word_is_said_to_be_read_otherwise(kluwen: Kluwen, graph: Path) -> None:
    assert "Bedoelde u mantelzorgers (mantelzorgrs)?" in kluwen("search", "mantelzorgrs").out
    assert kluwen("search", "mantelzorgrs", "--json").json["corrections"] == {"mantelzorgrs": "mantelzorgers"}


@pytest.mark.parametrize(
    "limits", [["--kind", "oplossing"], ["--kind", "solution"], ["--kind", "Oplossingen", "--kind", "solution"]]
)
def test_values_are_taken_in_both_languages(kluwen: Kluwen, graph: Path, limits: list[str]) -> None:
    hits = kluwen("search", "nacht", "--json", *limits).json["hits"]
    assert hits
    assert {hit["kind"] for hit in hits if hit["kind"] != "passage"} == {"solution"}


def test_limits_narrow_the_answer(kluwen: Kluwen, graph: Path) -> None:
    assert len(kluwen("search", "de", "--json", "--limit", "2").json["hits"]) <= 2
    from_note = kluwen("search", "mantelzorgers", "--json", "--document", "notitie.txt").json["hits"]
    assert {s["document"] for hit in from_note for s in hit["statements"]} == {"notitie.txt"}
    assert kluwen("search", "de", "--document", "weg.txt").code == 1
    assert kluwen("search", "de", "--kind", "vogel").code == 1
    unknown = kluwen("search", "de", "--actor", "vuurtorenwachter")
    assert unknown.code == 1
    assert "mantelzorger" in unknown.err
    assert first(kluwen, "overbelast", "--actor", "Mantelzorgers")["statements"]


def test_a_batch_answers_each_line_in_order(kluwen: Kluwen, graph: Path, folder: Path) -> None:
    lines = [
        "nachtzorg",
        "",
        '{"query": "de nacht", "kind": "solution", "id": 7}',
        '{"query": "overdracht", "kind": null}',
    ]
    (folder / "vragen.txt").write_text("\n".join(lines), encoding="utf-8")
    result = kluwen("search", "--batch", "vragen.txt", "--limit", "3")
    answers = [json.loads(line) for line in result.out.splitlines()]
    assert [answer["query"] for answer in answers] == ["nachtzorg", "de nacht", "overdracht"]
    assert {hit["kind"] for hit in answers[1]["hits"]} <= {"solution", "passage"}
    assert kluwen("search", "--batch", "-", "--limit", "3", given="\n".join(lines)).out == result.out
    assert answers[0] == kluwen("search", "nachtzorg", "--json", "--limit", "3").json


@pytest.mark.parametrize("line", ['{"vraag": "a"}', '{"query": 3}', '{"query": "a"', '{"query": "a", "kind": 3}'])
def test_a_line_that_is_no_question_is_named_before_anything_is_answered(
    kluwen: Kluwen, graph: Path, line: str
) -> None:
    result = kluwen("search", "--batch", "-", given=f"nachtzorg\n{line}\n")
    assert (result.code, result.out) == (1, "")
    assert "Regel 2" in result.err


def test_a_public_session_finds_nothing_internal(kluwen: Kluwen, graph: Path) -> None:
    assert "geheime plan" in kluwen("search", "geheime plan").out
    for words in (
        ["search", "geheime plan"],
        ["stats"],
        ["export"],
        ["tangle", "--unanswered"],
        ["export", "--what", "links"],
    ):
        seen = kluwen("--public", *words).out
        assert "geheime" not in seen
        assert "notitie" not in seen


def test_show_gives_words_place_rule_and_concept(kluwen: Kluwen, graph: Path) -> None:
    hit = first(kluwen, "naasten raken uitgeput")
    statement = kluwen("show", hit["statements"][0]["id"]).out
    for part in ("“Mantelzorgers raken uitgeput", "rapport.txt", "regel", "zekerheid", hit["id"]):
        assert part in statement
    concept = kluwen("show", hit["id"]).out
    assert hit["statements"][0]["id"] in concept
    assert "rust op" in concept
    document = kluwen("show", "De nacht").out
    assert "sha256" in document
    assert hit["statements"][0]["id"] in document
    assert kluwen("show", "con-0000000000000000").code == 1


def test_the_tangle_shows_links_with_the_words_that_they_rest_on(kluwen: Kluwen, graph: Path) -> None:
    links = [json.loads(line) for line in kluwen("export", "--what", "links").out.splitlines()]
    causal = next(link for link in links if link["type"] == "CAUSED_BY")
    around = kluwen("tangle", causal["source_concept"])
    assert around.code == 0
    assert "komt door" in around.out
    assert "staat in de bron" in around.out
    assert causal["target_concept"] in around.out
    way = kluwen("path", causal["source_concept"], causal["target_concept"])
    assert "Weg 1 (stappen: 1)" in way.out
    assert causal["target_concept"] in kluwen("tangle", "--levers").out
    assert kluwen("tangle", causal["source_concept"], "--loops").out.strip() == "Er zijn hier geen kringen."
    assert "overdracht" in kluwen("tangle", "--unanswered").out


def test_solutions_are_found_for_an_id_and_for_words(kluwen: Kluwen, folder: Path) -> None:
    board = "Knelpunt: Er is te weinig nachtzorg\nOplossing: Zet vrijwilligers in voor de nacht\n"
    table = "<table><tr><th>Knelpunt</th><th>Oplossing</th></tr><tr><td>Er is te weinig nachtzorg</td><td>Zet vrijwilligers in voor de nacht</td></tr></table>"
    (folder / "tabel.html").write_text(
        f"<html><body><article><h1>Plan</h1>{table}<p>{board}</p></article></body></html>", encoding="utf-8"
    )
    assert kluwen("ingest", "tabel.html").code == 0
    problem = first(kluwen, "te weinig nachtzorg", "--kind", "knelpunt")["id"]
    assert "Zet vrijwilligers in" in kluwen("solutions", problem).out
    by_words = kluwen("solutions", "te weinig nachtzorg", "--json").json
    assert by_words["problems"][0]["id"] == problem
    solution = by_words["problems"][0]["solutions"][0]
    assert "vrijwilligers" in solution["name"]
    assert (solution["way"], solution["origin"], solution["sources"]) == ("itself", "stated", 1)
    [hop] = solution["hops"]
    assert {quote["document"] for quote in hop["quotes"]} == {"tabel.html"}
    by_id = kluwen("solutions", problem, "--json").json
    assert by_id["near"] == []
    assert solution["id"] in [one["id"] for one in by_id["problems"][0]["solutions"]]
    assert kluwen("solutions", "con-0000000000000000").code == 1


def test_stats_count_what_is_there(kluwen: Kluwen, graph: Path) -> None:
    found = kluwen("stats", "--json").json
    records = kluwen("export", "--what", "statements").out.splitlines()
    assert found["counts"]["Document"] == 2
    assert found["counts"]["Statement"] == len(records)
    assert "De nacht (rapport.txt, openbaar)" in kluwen("stats").out


def test_export_writes_whole_files_and_takes_the_kind_from_the_name(kluwen: Kluwen, graph: Path, folder: Path) -> None:
    assert kluwen("export", "-o", "net.graphml").code == 0
    assert ET.parse(folder / "net.graphml").getroot().tag.endswith("graphml")
    assert kluwen("export", "--what", "statements", "-o", "uit.csv").code == 0
    assert (folder / "uit.csv").read_text(encoding="utf-8-sig").startswith("id;document;")
    (folder / "uit.csv").write_text("oud", encoding="utf-8")
    assert kluwen("export", "--what", "statements", "-o", "uit.csv", "--document", "weg.txt").code == 1
    assert (folder / "uit.csv").read_text(encoding="utf-8") == "oud"
    assert kluwen("export", "-o", "geen-map/uit.csv").code == 1


def test_export_keeps_to_what_is_asked(kluwen: Kluwen, graph: Path) -> None:
    def documents(*words: str) -> set[str]:
        rows = kluwen("export", "--what", "statements", *words).out.splitlines()
        return {json.loads(row)["document"] for row in rows}

    assert documents() == {"rapport.txt", "notitie.txt"}
    assert documents("--document", "notitie.txt") == {"notitie.txt"}
    hit = first(kluwen, "naasten raken uitgeput")["id"]
    rows = [
        json.loads(row)
        for row in kluwen("export", "--what", "statements", "--around", hit, "--hops", "1").out.splitlines()
    ]
    assert hit in {row["concept"] for row in rows}
    found = [
        json.loads(row) for row in kluwen("export", "--what", "statements", "--search", "geheime plan").out.splitlines()
    ]
    assert any("geheime plan" in row["quote"] for row in found)


def test_doctor_is_content_with_a_sound_graph_and_sees_damage(kluwen: Kluwen, graph: Path) -> None:
    sound = kluwen("doctor")
    assert sound.code == 0
    assert "in orde" in sound.out
    import sqlite3

    with sqlite3.connect(graph) as file:
        file.execute("UPDATE statement SET quote = 'Dit staat nergens' WHERE n = (SELECT min(n) FROM statement)")
    file.close()
    ill = kluwen("doctor")
    assert ill.code == 1
    assert "✗" in ill.out


def test_what_is_inferred_stands_apart_with_its_reason(kluwen, folder: Path) -> None:
    (folder / "een.txt").write_text("Knelpunten:\n- Geen nachtzorg in de laatste dagen.\n", encoding="utf-8")
    (folder / "twee.txt").write_text(
        "Knelpunten:\n- Tekort aan wijkverpleegkundigen leidt tot geen nachtzorg in de laatste dagen van het leven.\n",
        encoding="utf-8",
    )
    assert kluwen("ingest", "een.txt", "twee.txt").code == 0
    statements = [
        json.loads(line) for line in kluwen("export", "--what", "statements", "--format", "jsonl").out.splitlines()
    ]
    [alone] = [s["concept"] for s in statements if s["document"] == "een.txt"]
    shown = kluwen("show", alone).out
    assert "geen bron zegt het" in shown
    told = shown[shown.index("geen bron zegt het") :]
    assert "capaciteit en beschikbaarheid  (staat in de bron)" in shown and "# capacity" not in shown
    assert "Tekort aan wijkverpleegkundigen" in told and "misschien hetzelfde" in told and "vermoeden" in told
