"""``kluwen model`` says which models there are, gives a graph another one, and scores them."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import graph
from graph.meaning import BUNDLED, open_encoder
from graph.meaning.making.files import write_model

Kluwen = Callable[..., Any]


@pytest.fixture
def filled(kluwen: Kluwen, folder: Path) -> Path:
    (folder / "rapport.txt").write_text(
        "Knelpunten in de nacht\n\nKnelpunten:\n- Mantelzorgers raken uitgeput.\n- De overdracht komt te laat.\n",
        "utf-8",
    )
    assert kluwen("ingest", "rapport.txt").code == 0
    return folder


@pytest.fixture
def other(folder: Path) -> Path:
    """Another model: the bundled one's files with rows of another kind."""
    import numpy as np

    made = folder / "other-model"
    words = ["[UNK]", "mantelzorgers", "uitgeput", "overdracht", "laat", "raken", "komt", "de", "te"]
    rows = (np.eye(len(words), 8, k=-1) * 127).astype(np.int8)
    write_model(made, words, [0.0] + [-9.0] * 8, rows, np.full(len(words), 1 / 127, np.float32))
    return made


def test_the_list_marks_the_model_of_the_graph(kluwen: Kluwen, filled: Path) -> None:
    shown = kluwen("--lang", "en", "model", "list")
    assert shown.code == 0
    assert f"* {BUNDLED}" in shown.out
    assert "multilingual-e5-small" in shown.out


def test_a_graph_is_given_a_model_in_a_folder_and_then_answers_with_it(
    kluwen: Kluwen, filled: Path, other: Path
) -> None:
    before = kluwen("search", "overdracht", "--json").json
    used = kluwen("--lang", "en", "model", "use", str(other))
    assert used.code == 0, used.err
    assert str(other) in kluwen("model", "list").out
    after = kluwen("search", "overdracht", "--json").json
    assert [hit["name"] for hit in after["hits"]][:1] == [hit["name"] for hit in before["hits"]][:1]
    with graph.open("kluwen.db") as store:
        model = store.model()
        assert model is not None
        assert (model.name, model.dimension) == (str(other), 8)
        assert all(finding.ok for finding in store.check())


def test_it_goes_back_and_says_when_there_is_nothing_to_do(kluwen: Kluwen, filled: Path, other: Path) -> None:
    assert kluwen("model", "use", str(other)).code == 0
    assert kluwen("model", "use", BUNDLED).code == 0
    assert "already uses" in kluwen("--lang", "en", "model", "use", BUNDLED).out


def test_an_unknown_model_is_refused_in_one_sentence(kluwen: Kluwen, filled: Path) -> None:
    refused = kluwen("--lang", "en", "model", "use", "no-such/model")
    assert refused.code == 1
    assert "not on this computer" in refused.err
    assert kluwen("search", "overdracht").code == 0


def test_download_ends_in_time_where_no_hub_answers(folder: Path) -> None:
    from corpus.errors import KluwenError
    from graph.meaning.present import download

    with pytest.raises(KluwenError) as error:
        download("no-such/model", 0.01)
    assert error.value.key == "model.no_hub_in_time"


def test_score_prints_a_line_for_each_model_and_leaves_the_graph_as_it_is(
    kluwen: Kluwen, filled: Path, other: Path
) -> None:
    assert kluwen("model", "use", str(other)).code == 0
    found = kluwen("search", "overdracht", "--json").json["hits"][0]
    rows = [
        {"query": "overdracht te laat", "relevant": [{"id": found["statements"][0]["id"], "grade": 2}]},
        {"query": "wie is er moe", "relevant": [{"document": "rapport.txt", "quote": "Mantelzorgers raken uitgeput."}]},
    ]
    (filled / "vragen.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    shown = kluwen("model", "score", "vragen.jsonl")
    assert shown.code == 0, shown.err
    figures = {line.split()[0]: [float(x) for x in line.split()[1:]] for line in shown.out.splitlines()[2:]}
    assert figures[str(other)][0] > 0.4
    assert BUNDLED in figures
    with graph.open("kluwen.db") as store:
        model = store.model()
        assert model is not None
        assert model.name == str(other)


@pytest.mark.parametrize("line", ["{}", "no json", '{"query": "x", "relevant": [{"grade": 1}]}'])
def test_a_line_that_is_no_question_is_named(kluwen: Kluwen, filled: Path, line: str) -> None:
    (filled / "vragen.jsonl").write_text('{"query": "x", "relevant": [{"id": "a"}]}\n' + line + "\n", "utf-8")
    refused = kluwen("--lang", "en", "model", "score", "vragen.jsonl")
    assert refused.code == 1
    assert "line 2" in refused.err


def test_a_graph_of_an_older_build_of_the_model_says_what_to_do(kluwen: Kluwen, filled: Path) -> None:
    encoder = open_encoder()
    with pytest.MonkeyPatch.context() as older:
        older.setattr(encoder, "info", replace(encoder.info, revision="older"))
        assert kluwen("model", "use", BUNDLED).code == 0
    refused = kluwen("--lang", "en", "search", "overdracht")
    assert refused.code == 1
    assert f"kluwen model use {BUNDLED}" in refused.err
    assert kluwen("model", "use", BUNDLED).code == 0
    assert kluwen("search", "overdracht").code == 0


def test_reading_documents_into_such_a_graph_gives_it_the_model_of_today(
    kluwen: Kluwen, filled: Path, aged: Callable[[Path], None]
) -> None:
    before = kluwen("search", "overdracht", "--json").json
    aged(filled / "kluwen.db")
    again = kluwen("--lang", "en", "ingest", "rapport.txt")
    assert again.code == 0, again.err
    assert "model of meaning was renewed" in again.err
    assert kluwen("search", "overdracht", "--json").json == before
    assert "renewed" not in kluwen("--lang", "en", "ingest", "rapport.txt").err


def test_the_list_of_models_needs_no_torch() -> None:
    code = "import sys; from search_app.cli import main; main(['model', 'list']); assert 'torch' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
