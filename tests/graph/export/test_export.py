"""What other programs get. Runs on every kind of store."""

import csv
import dataclasses
import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest

from corpus.errors import KluwenError
from graph.export import FORMATS, Scope, export, pieces, save
from graph.export.graphml import EDGE_KEYS, NODE_KEYS
from graph.export.records import LINK_KEYS, STATEMENT_KEYS
from graph.model import Link, Origin, Relation, Theme, actor_id, theme_id

EVERYTHING = Scope()
FORMATS_PAGE = Path(__file__).resolve().parents[3] / "docs" / "formats.md"


@pytest.fixture
def told(store, make):
    store.put(
        make(
            "advies; deel 1.pdf",
            (
                'bottleneck: =2+3 is "te" weinig; zegt men & dat <is> zo',
                {
                    "page": 4,
                    "section": "Problemen > De nacht",
                    "lead_in": "In de nacht",
                    "level": "system",
                    "theme": "capacity",
                    "actors": ("huisarts", "gemeente"),
                    "experienced_by": ("patiënt",),
                    "confidence": 0.123456,
                },
            ),
            "cause: tekort\u0007 aan personeel",
            ("solution: Maak een pool", {"effort": "simple", "term": "short", "theme": "planning", "confidence": 1.0}),
            links=((0, "CAUSED_BY", 1), (2, "ADDRESSES", 0)),
        )
    )
    store.put(
        make("b.txt", "cause: tekort aan personeel", ("bottleneck: Los probleem", {"theme": "data"}), access="internal")
    )
    return store


def lines(store, what: str, scope: Scope = EVERYTHING) -> list[dict]:
    return [json.loads(line) for line in "".join(pieces(store, what, "jsonl", scope)).splitlines()]


def rows(store, what: str) -> list[dict[str, str]]:
    text = "".join(pieces(store, what, "csv"))
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:], newline=""), delimiter=";"))


def read(store, scope: Scope = EVERYTHING) -> nx.DiGraph:
    return nx.parse_graphml("".join(pieces(store, "graph", "graphml", scope)))


def test_a_statement_has_all_its_keys(told) -> None:
    first, second, third, *_ = lines(told, "statements")
    s = told.statements()[0]
    assert first == {
        "id": s.id,
        "document": "advies; deel 1.pdf",
        "document_id": s.document_id,
        "type": "bottleneck",
        "quote": '=2+3 is "te" weinig; zegt men & dat <is> zo',
        "text": 'In de nacht: =2+3 is "te" weinig; zegt men & dat <is> zo',
        "page": 4,
        "section": "Problemen > De nacht",
        "level": "system",
        "theme": "capacity",
        "actors": ["huisarts", "gemeente"],
        "experienced_by": ["patiënt"],
        "effort": None,
        "term": None,
        "confidence": 0.1235,
        "origin": "rule",
        "concept": s.concept_id,
    }
    assert tuple(second) == tuple(third) == STATEMENT_KEYS
    assert (second["page"], second["level"], second["actors"], second["section"]) == (None, None, [], "")
    assert (third["effort"], third["term"]) == ("simple", "short")


def test_two_statements_say_the_same_exactly_when_their_concept_is_equal(told, make) -> None:
    told.put(make("c.txt", "cause: Tekort aan personeel!"))
    concepts = [s["concept"] for s in lines(told, "statements") if s["type"] == "cause" and "\u0007" not in s["quote"]]
    assert len(concepts) == 2
    assert len(set(concepts)) == 1


def test_a_link_has_all_its_keys(told) -> None:
    night, staff, pool = told.statements(document_id=told.document("advies; deel 1.pdf").id)
    assert lines(told, "links") == [
        {
            "source": a.id,
            "type": relation,
            "target": b.id,
            "source_concept": a.concept_id,
            "target_concept": b.concept_id,
            "origin": "stated",
            "confidence": 0.5,
        }
        for a, relation, b in ((night, "CAUSED_BY", staff), (pool, "ADDRESSES", night))
    ]


def test_a_link_between_two_documents_is_exported_once(told, make) -> None:
    los = next(s for s in told.statements() if s.quote.startswith("Los"))
    contents = make("c.txt", "solution: Los het op")
    tie = Link(contents.statements[0].id, Relation.ADDRESSES, los.id, Origin.INFERRED, 0.7)
    told.put(dataclasses.replace(contents, links=(tie,)))
    found = [link for link in lines(told, "links") if link["origin"] == "inferred"]
    assert [(link["source"], link["target"], link["confidence"]) for link in found] == [(tie.source, tie.target, 0.7)]
    assert lines(told, "links", Scope(documents=("c.txt",))) == []
    assert len(lines(told, "links", Scope(documents=("c.txt", "b.txt")))) == 1


def test_a_spreadsheet_gets_what_the_lines_hold(told) -> None:
    for what, keys in (("statements", STATEMENT_KEYS), ("links", LINK_KEYS)):
        found, expected = rows(told, what), lines(told, what)
        assert len(found) == len(expected)
        for row, line in zip(found, expected, strict=True):
            assert tuple(row) == keys
            for key, value in line.items():
                if value is None:
                    assert row[key] == ""
                elif isinstance(value, list):
                    assert row[key] == ", ".join(value)
                elif isinstance(value, float):
                    assert float(row[key].replace(",", ".")) == value
                    assert "." not in row[key]
                else:
                    assert row[key].lstrip("'") == str(value)


@pytest.mark.parametrize("start", ["=1+1", "+31", "-", "@SUM(A1)", "\t=1", "- punt"])
def test_no_cell_is_a_formula(store, make, start) -> None:
    store.put(make("a.txt", f"cause: {start} oorzaak"))
    [row] = rows(store, "statements")
    assert row["quote"] == f"'{start} oorzaak"
    assert lines(store, "statements")[0]["quote"] == f"{start} oorzaak"


def test_a_line_is_a_line_for_every_reader(store, make) -> None:
    store.put(make("a.txt", "cause: een\u2028twee\u2029drie\x85vier\x0bvijf"))
    [line] = lines(store, "statements")
    assert line["quote"] == "een\u2028twee\u2029drie\x85vier\x0bvijf"


def test_a_cell_may_hold_anything_else(told) -> None:
    raw = "".join(pieces(told, "statements", "csv"))
    assert raw.endswith("\r\n")
    assert '"advies; deel 1.pdf"' in raw
    assert ";0,1235;rule;" in raw


def test_the_graph_is_read_back_by_networkx(told) -> None:
    found = read(told)
    assert set(found.nodes) == {
        *(c.id for c in told.concepts()),
        *map(actor_id, ("huisarts", "gemeente", "patiënt")),
        *map(theme_id, (Theme.CAPACITY, Theme.PLANNING, Theme.DATA)),
    }
    types = {"string": str, "int": int, "double": float, "boolean": bool}
    for _, data in found.nodes(data=True):
        assert {key: type(value) for key, value in data.items()} == {k: types[t] for k, t in NODE_KEYS.items()}
    for _, _, data in found.edges(data=True):
        assert {k: type(v) for k, v in data.items() if k != "id"} == {k: types[t] for k, t in EDGE_KEYS.items()}
    night = next(c for c in told.concepts() if "2+3" in c.label)
    assert found.nodes[night.id]["label"] == night.label == 'In de nacht: =2+3 is "te" weinig; zegt men & dat <is> zo'
    assert found.nodes[night.id]["quotes"] == f"“{night.label}” (advies; deel 1.pdf, p. 4)"
    assert (found.nodes[night.id]["support"], found.nodes[night.id]["internal"]) == (1, False)
    edges = {(a, b): d for a, b, d in found.edges(data=True)}
    assert {(e.source, e.target) for e in told.edges(list(found.nodes))} == set(edges)
    staff = next(a for a in found.successors(night.id) if found.nodes[a]["kind"] == "cause")
    assert edges[night.id, staff]["relation"] == "CAUSED_BY"
    assert "“tekort aan personeel” (advies; deel 1.pdf)" in edges[night.id, staff]["quotes"]
    # a control character that XML can't hold is left out, nothing else is
    assert "\u0007" not in "".join(pieces(told, "graph", "graphml"))


def test_the_graph_is_sound_xml_with_nodes_before_edges(told) -> None:
    root = ElementTree.fromstring("".join(pieces(told, "graph", "graphml")).encode())
    names = [child.tag.split("}")[1] for child in root[-1]]
    assert names == sorted(names, reverse=True)
    keys = {key.get("id") for key in root if key.tag.endswith("key")}
    assert {data.get("key") for data in root.iter() if data.tag.endswith("data")} == keys


def test_an_export_around_a_node_is_its_neighbourhood(told) -> None:
    night = next(c.id for c in told.concepts() if "2+3" in c.label)
    pool = next(c.id for c in told.concepts() if "pool" in c.label)
    near = read(told, Scope(around=pool, hops=1))
    assert set(near.nodes) == {pool, night, theme_id(Theme.PLANNING)}
    assert {s["concept"] for s in lines(told, "statements", Scope(around=pool, hops=1))} == {pool, night}
    assert [link["type"] for link in lines(told, "links", Scope(around=pool, hops=1))] == ["ADDRESSES"]
    assert len(read(told, Scope(around=pool, hops=1, limit=2)).nodes) == 2


def test_an_export_of_hits_holds_those_concepts_and_passages(told) -> None:
    pool = next(c.id for c in told.concepts() if "pool" in c.label)
    passage = next(p for p in told.passages() if p.text.startswith("Los"))
    found = lines(told, "statements", Scope(hits=(pool, passage.id, "con-gone")))
    assert [s["quote"] for s in found] == ["Maak een pool", "Los probleem"]
    assert {d["label"] for _, d in read(told, Scope(hits=(pool,))).nodes(data=True)} == {"Maak een pool", "planning"}
    assert lines(told, "statements", Scope(hits=())) == []


def test_an_export_of_a_theme_or_document_holds_that_alone(told) -> None:
    assert [s["theme"] for s in lines(told, "statements", Scope(themes=frozenset({Theme.DATA})))] == ["data"]
    found = lines(told, "statements", Scope(documents=("b.txt",)))
    assert {s["document"] for s in found} == {"b.txt"}
    graph = read(told, Scope(documents=("b.txt",)))
    assert {d["label"] for _, d in graph.nodes(data=True)} == {"Tekort aan personeel", "Los probleem", "data"}
    assert all("advies" not in d["quotes"] for _, d in graph.nodes(data=True))
    assert lines(told, "statements", Scope(documents=("b.txt",), themes=frozenset({Theme.PLANNING}))) == []


@pytest.mark.parametrize("scope", [Scope(around="con-0"), Scope(documents=("niet",))])
def test_a_scope_that_is_not_there_is_refused_before_anything_is_written(told, scope, tmp_path) -> None:
    for kind in FORMATS:
        with pytest.raises(KluwenError):
            save(told, kind.what, kind.name, tmp_path / "uit", scope)
    assert list(tmp_path.glob("uit*")) == []


@pytest.mark.parametrize(
    ("what", "kind", "why"), [("graph", "csv", "graphml"), ("statements", "xlsx", "jsonl, csv"), ("x", "csv", "graph")]
)
def test_what_can_not_be_exported_is_refused_with_what_can(told, what, kind, why) -> None:
    with pytest.raises(KluwenError, match=why):
        pieces(told, what, kind)


def test_an_empty_graph_exports_to_nothing_but_its_frame(store) -> None:
    assert lines(store, "statements") == rows(store, "links") == []
    assert len(read(store)) == 0


def test_a_file_is_written_whole_or_not_at_all(told, tmp_path) -> None:
    path = tmp_path / "uit.csv"
    save(told, "statements", "csv", path)
    stream = io.BytesIO()
    export(told, "statements", "csv", stream)
    assert path.read_bytes() == stream.getvalue()
    assert stream.getvalue().startswith(b"\xef\xbb\xbfid;document;")
    with pytest.raises(KluwenError) as refused:
        save(told, "statements", "csv", tmp_path / "geen" / "uit.csv")
    assert refused.value.key == "export.cannot_write"
    with pytest.raises(KluwenError):
        save(told, "statements", "csv", tmp_path)
    assert [p.name for p in tmp_path.iterdir() if p.suffix != ".db" and "db" not in p.name] == ["uit.csv"]


def test_the_page_on_formats_describes_every_key_and_format() -> None:
    page = FORMATS_PAGE.read_text(encoding="utf-8")
    parts = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL))
    for title, keys in (
        ("Statements", STATEMENT_KEYS),
        ("Links", LINK_KEYS),
        ("Nodes of the graph", tuple(NODE_KEYS)),
        ("Edges of the graph", tuple(EDGE_KEYS)),
    ):
        assert tuple(re.findall(r"^\| `(\w+)` \|", parts[title], re.MULTILINE)) == keys, title
    known = {(kind.what, kind.name) for kind in FORMATS}
    assert set(re.findall(r"^\| `(\w+)` \| `(\w+)` \|", parts["What and how"], re.MULTILINE)) == known
