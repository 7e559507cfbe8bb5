"""From a file to the graph: identity, what goes before what, and who may see it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import graph
from corpus.errors import KluwenError
from graph.meaning import open_encoder
from graph.model import Access, Found, ModelInfo, document_id
from graph.store.base import Store
from ingest.readers import read_bytes
from search_app import intake
from search_app.intake import Item, add, plan

TEXT = "Knelpunten:\n- Er is te weinig nachtzorg.\n- De overdracht komt te laat.\n\nOplossingen:\n- Zet vrijwilligers in.\n"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with graph.open(str(tmp_path / "kluwen.db"), create=True) as opened:
        yield opened


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "bronnen" / "map" / "notitie.txt"
    path.parent.mkdir(parents=True)
    path.write_text(TEXT, encoding="utf-8")
    return path


def catalogued(source: Path, text: str) -> None:
    source.with_name("sources.toml").write_text(f'[[source]]\nfile = "{source.name}"\n{text}', encoding="utf-8")


def test_what_the_file_says_ends_up_in_the_store_with_its_place_and_hash(store: Store, source: Path) -> None:
    steps: list[str] = []
    added = add(store, open_encoder(), source, progress=steps.append)
    assert steps == ["read", "extract", "vectors", "store", "compare"]
    document = store.document(added.document.id)
    assert (document.name, document.path, document.access) == ("notitie.txt", str(source), Access.INTERNAL)
    assert len(document.sha256) == 64
    passages = {passage.id: passage.text for passage in store.passages(document_id=document.id)}
    statements = store.statements(document_id=document.id)
    assert [statement.kind.value for statement in statements] == ["bottleneck", "bottleneck", "solution"]
    assert all(passages[s.passage_id][s.start : s.end] == s.quote for s in statements)
    vectors = store.vectors()
    assert vectors is not None
    assert sorted(vectors.ids) == sorted(statement.id for statement in statements)


def test_every_block_of_the_file_becomes_a_passage(store: Store, source: Path) -> None:
    added = add(store, None, source)
    blocks = read_bytes(source.read_bytes(), source.name).blocks
    assert [passage.text for passage in store.passages(document_id=added.document.id)] == [b.text for b in blocks]


def test_the_id_comes_from_the_catalogue_else_the_place_in_the_folder_else_the_name(store: Store, source: Path) -> None:
    root = source.parent.parent
    assert add(store, None, source).document.id == document_id("notitie.txt")
    assert add(store, None, source, root=root).document.id == document_id("map/notitie.txt")
    catalogued(source, 'id = "wijkteam"\n')
    assert add(store, None, source, root=root).document.id == document_id("wijkteam")


def test_an_address_is_the_document_s_place_and_identity(store: Store, source: Path) -> None:
    url = "https://www.example.org/adviezen/nacht.html"
    document = add(store, None, source, url=url).document
    assert (document.id, document.path, document.name) == (document_id(url), url, "nacht.html")


def test_a_copy_under_another_name_keeps_the_name_that_a_person_knows(
    store: Store, source: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "upload-7f3a.txt"
    copy.write_bytes(source.read_bytes())
    document = add(store, None, copy, name="notitie.txt").document
    assert (document.id, document.name) == (document_id("notitie.txt"), "notitie.txt")


def test_a_person_goes_before_the_catalogue_and_that_before_the_file(store: Store, source: Path) -> None:
    own = add(store, None, source).document
    assert own.title
    catalogued(source, 'title = "Uit de catalogus"\npublisher = "Netwerk"\ndate = "2021"\naccess = "public"\n')
    listed = add(store, None, source).document
    assert (listed.title, listed.publisher, listed.date, listed.access) == (
        "Uit de catalogus",
        "Netwerk",
        "2021",
        Access.PUBLIC,
    )
    told = add(store, None, source, title="Van een mens", access=Access.INTERNAL).document
    assert (told.title, told.publisher, told.access) == ("Van een mens", "Netwerk", Access.INTERNAL)


def test_an_unchanged_file_is_not_read_and_nothing_is_written(
    store: Store, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = add(store, open_encoder(), source, title="Een titel")
    revision = store.revision()
    steps: list[str] = []
    again = add(store, open_encoder(), source, progress=steps.append)
    assert again.change.unchanged
    assert steps == []
    assert store.revision() == revision
    assert [s.id for s in again.statements] == [s.id for s in first.statements]
    assert store.document(first.document.id).title == "Een titel"


def test_a_changed_file_takes_the_place_of_the_old_one(store: Store, source: Path) -> None:
    first = add(store, open_encoder(), source)
    source.write_text(TEXT.replace("te laat", "nooit aan"), encoding="utf-8")
    second = add(store, open_encoder(), source)
    assert second.document.id == first.document.id
    assert [s.quote for s in second.change.added] == ["De overdracht komt nooit aan"]
    assert [s.quote for s in second.change.removed] == ["De overdracht komt te laat"]
    assert second.change.kept == 2
    assert len(store.documents()) == 1


def test_a_dry_run_gives_the_same_statements_and_writes_nothing(store: Store, source: Path) -> None:
    would = add(None, None, source, dry_run=True)
    assert add(store, None, source, dry_run=True).statements == would.statements
    assert store.documents() == []
    did = add(store, None, source)
    assert [s.id for s in did.statements] == [s.id for s in would.statements]


def test_kluwen_access_outlives_reading_again(store: Store, source: Path) -> None:
    catalogued(source, 'access = "public"\n')
    id = add(store, None, source).document.id
    store.set_access(id, Access.INTERNAL)
    assert add(store, None, source).document.access == Access.INTERNAL
    source.write_text(TEXT + "- Regel een nachtdienst.\n", encoding="utf-8")
    again = add(store, None, source, access=Access.PUBLIC)
    assert again.document.access == store.document(id).access == Access.INTERNAL
    assert any("blijft" in note for note in again.notes)


def test_what_was_made_public_stays_so_when_the_file_changes(store: Store, source: Path) -> None:
    id = add(store, None, source).document.id
    store.set_access(id, Access.PUBLIC)
    source.write_text(TEXT + "- Regel een nachtdienst.\n", encoding="utf-8")
    assert add(store, None, source).document.access == Access.PUBLIC


def test_another_file_under_the_same_id_is_not_public_because_the_first_was(
    store: Store, source: Path, tmp_path: Path
) -> None:
    id = add(store, None, source).document.id
    store.set_access(id, Access.PUBLIC)
    other = tmp_path / "elders" / "notitie.txt"
    other.parent.mkdir()
    other.write_text("Knelpunten:\n- Een geheim tekort aan alles.\n", encoding="utf-8")
    added = add(store, None, other)
    assert added.document.id == id
    assert store.document(id).access == Access.INTERNAL
    assert any(str(source) in note for note in added.notes)


def test_a_catalogue_that_becomes_stricter_is_followed(store: Store, source: Path) -> None:
    catalogued(source, 'access = "public"\n')
    assert add(store, None, source).document.access == Access.PUBLIC
    catalogued(source, 'access = "internal"\n')
    assert add(store, None, source).document.access == Access.INTERNAL


def test_a_file_that_moved_keeps_its_document_and_gets_its_new_place(
    store: Store, source: Path, tmp_path: Path
) -> None:
    first = add(store, None, source)
    moved = tmp_path / "nieuw" / "notitie.txt"
    moved.parent.mkdir()
    source.rename(moved)
    add(store, None, moved)
    assert store.document(first.document.id).path == str(moved)


def test_vectors_of_another_model_are_refused_before_the_file_is_read(store: Store, source: Path) -> None:
    encoder = open_encoder()
    add(store, encoder, source)

    class Other:
        info = ModelInfo("ander-model", "1", encoder.info.dimension)
        encode_queries = encoder.encode_queries
        encode_passages = encoder.encode_passages

    source.write_text(TEXT + "- Nog iets.\n", encoding="utf-8")
    with pytest.raises(KluwenError) as error:
        add(store, Other(), source)
    assert error.value.key == "intake.other_model"
    assert "ander-model" in str(error.value)


def test_a_statement_has_a_vector_of_its_quote_and_one_with_its_lead_in(tmp_path: Path) -> None:
    encoder = open_encoder()
    source = tmp_path / "notitie.txt"
    source.write_text(
        "Knelpunten\n\nGeen of te late afstemming:\n- brieven komen te laat bij het wijkteam\n- de apotheek weet van niets\n\nTe weinig personeel.\n",
        encoding="utf-8",
    )
    statements = add(None, None, source, dry_run=True).statements
    made = intake.vectors(encoder, statements)
    assert any(statement.lead_in for statement in statements)
    for i, statement in enumerate(statements):
        assert made.texts[i] == pytest.approx(encoder.encode_passages([statement.quote])[0], abs=1e-6)
        assert made.leads[i] == pytest.approx(encoder.encode_passages([statement.text])[0], abs=1e-6)


def test_a_document_without_statements_goes_in_and_says_so(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "recept.txt"
    path.write_text("Recept\n\nDrie eieren en een kop bloem.\n", encoding="utf-8")
    added = add(store, open_encoder(), path)
    assert added.statements == ()
    assert added.notes
    assert [document.name for document in store.documents()] == ["recept.txt"]


@pytest.mark.parametrize("content", [b"", b"   \n", b"%PDF-1.7 kapot"])
def test_a_file_that_cannot_be_read_leaves_nothing_behind(store: Store, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / ("kapot.pdf" if content.startswith(b"%") else "leeg.txt")
    path.write_bytes(content)
    with pytest.raises(KluwenError):
        add(store, open_encoder(), path)
    assert store.documents() == []


def test_a_plan_goes_through_folders_in_order_and_takes_each_file_once(source: Path) -> None:
    root = source.parent.parent
    (root / "a.txt").write_text(TEXT, encoding="utf-8")
    (root / ".git").mkdir()
    (root / ".git" / "x.txt").write_text(TEXT, encoding="utf-8")
    (root / "~$b.txt").write_text(TEXT, encoding="utf-8")
    (root / "beeld.png").write_bytes(b"")
    found = plan([root, source])
    assert found.items == (Item(root / "a.txt", root), Item(source, root))
    assert [item.key for item in found.items] == ["a.txt", "map/notitie.txt"]
    assert {path.name for path, reason in found.skipped if reason} == {"x.txt", "~$b.txt", "beeld.png"}


def test_a_file_that_a_person_names_is_tried_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / "beeld.png"
    path.write_bytes(b"\x89PNG")
    assert plan([path]).items == (Item(path),)
    with pytest.raises(KluwenError):
        plan([tmp_path / "weg.txt"])


def test_persons_are_pointed_out_and_kept(store: Store, source: Path) -> None:
    text = TEXT + "\nMevrouw D., 81 jaar, heeft longkanker en belt 06-12345678.\n"
    source.write_text(text, encoding="utf-8")
    for dry_run in (True, False):
        added = add(store, None, source, dry_run=dry_run)
        assert [trace.kind.value for trace in added.traces] == ["patient"]
        assert any("Mevrouw D., 81 jaar" in note and "Kluwen laat ze staan" in note for note in added.notes)
    passages = [passage.text for passage in store.passages(document_id=added.document.id)]
    assert any("Mevrouw D., 81 jaar" in passage for passage in passages)


def test_a_file_that_has_not_changed_is_read_again_when_another_edition_of_the_extraction_read_it(
    store: Store, source: Path
) -> None:
    first = add(store, None, source)
    assert add(store, None, source).change.unchanged
    contents = store.contents(first.document.id)
    older = replace(contents.document, extraction="0" * 16)
    # as an edition did that missed one
    store.put(replace(contents, document=older, statements=contents.statements[:-1], links=()))
    again = add(store, None, source)
    assert [statement.id for statement in again.change.added] == [contents.statements[-1].id]
    assert any("opnieuw gelezen" in note for note in again.notes)
    assert store.document(first.document.id).extraction == first.document.extraction
    assert add(store, None, source).change.unchanged


def test_what_a_language_model_proposed_is_not_lost_to_another_edition(store: Store, source: Path) -> None:
    first = add(store, None, source)
    contents = store.contents(first.document.id)
    proposed = replace(contents.statements[0], origin=Found.MODEL, rule="model tester")
    older = replace(contents.document, extraction="0" * 16)
    store.put(replace(contents, document=older, statements=(proposed, *contents.statements[1:])))
    assert add(store, None, source).change.unchanged
