"""A graph is given another model: in one step, after work that may be stopped, and answers meanwhile. For every store."""

from pathlib import Path

import numpy as np
import pytest

from graph.meaning import open_encoder
from graph.model import ModelInfo
from graph.search import search
from graph.switching import Kept, use

NIGHT = "bottleneck: Er is te weinig nachtzorg."
STAFF = "cause: tekort aan personeel"
POOL = "solution: Maak een regionale pool"


class Fake:
    """A model of three numbers that counts what it is asked, and may break off."""

    def __init__(self, breaks_after: int = 1000) -> None:
        self.info = ModelInfo("fake", "1", 3)
        self.asked: list[str] = []
        self._left = breaks_after

    def encode_passages(self, texts):
        if len(self.asked) + len(texts) > self._left:
            raise KeyboardInterrupt
        self.asked += texts
        rows = np.array([[len(text), text.count("e"), 1] for text in texts], np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    encode_queries = encode_passages


@pytest.fixture
def filled(store, make):
    """A graph with the vectors of the bundled model."""
    encoder = open_encoder()
    for name in ("a.pdf", "b.pdf"):
        contents = make(
            name,
            (f"{NIGHT} {name}", {"lead_in": "In de nacht"}),
            f"{STAFF} {name}",
            f"{POOL} {name}",
            vectors=encoder.info,
        )
        store.put(contents)
    return store


def test_all_statements_get_vectors_of_the_other_model(filled, tmp_path: Path) -> None:
    fake, told = Fake(), []
    assert use(filled, fake, tmp_path / "kept", lambda done, whole: told.append((done, whole))) == 6
    vectors = filled.vectors()
    assert filled.model() == vectors.model == fake.info
    by_id = {s.id: s for s in filled.statements()}
    expected = Fake()
    for id, text, lead in zip(vectors.ids, vectors.texts, vectors.leads, strict=True):
        assert np.allclose(text, expected.encode_passages([by_id[id].quote])[0])
        assert np.allclose(lead, expected.encode_passages([by_id[id].text])[0])
    assert told[0][0] == 0
    assert told[-1] == (8, 8)
    assert not list((tmp_path / "kept").iterdir())
    assert search(filled, fake, "nachtzorg").hits


def test_while_it_is_at_work_and_when_it_is_stopped_the_old_vectors_answer(filled, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("graph.switching._TOGETHER", 2)
    encoder = open_encoder()
    before = search(filled, encoder, "wie doet de nacht")
    stopped = Fake(breaks_after=5)
    with pytest.raises(KeyboardInterrupt):
        use(filled, stopped, tmp_path / "kept")
    assert filled.model() == encoder.info
    assert search(filled, encoder, "wie doet de nacht") == before
    again = Fake()
    use(filled, again, tmp_path / "kept")
    assert not set(stopped.asked) & set(again.asked)
    assert len(stopped.asked) + len(again.asked) == 8
    assert filled.model() == again.info


def test_a_statement_that_comes_meanwhile_is_taken_along(filled, make, tmp_path: Path) -> None:
    bundled = open_encoder().info

    class Slow(Fake):
        def encode_passages(self, texts):
            if not self.asked:
                filled.put(make("c.pdf", "solution: Bel een vrijwilliger", vectors=bundled))
            return super().encode_passages(texts)

    assert use(filled, Slow(), tmp_path / "kept") == 7
    assert len(filled.vectors().ids) == 7


def test_what_was_half_written_is_made_again(tmp_path: Path) -> None:
    info = ModelInfo("fake", "1", 3)
    kept = Kept(tmp_path, info)
    kept.add(["a", "b"], np.ones((2, 3), np.float32))
    rows = next(tmp_path.glob("*.f32"))
    rows.write_bytes(rows.read_bytes()[:-4])
    assert Kept(tmp_path, info).missing(["a", "b"]) == ["b"]
