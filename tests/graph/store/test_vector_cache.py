"""The matrix that questions are compared with, kept up to date while documents come, change and go."""

import numpy as np
import pytest

from graph.model import ModelInfo
from graph.store.vector_cache import Block, Cache, blob

MODEL = ModelInfo("test", "1", 4)
LEAD_IN = 0.25


class Documents:
    """A source of blocks in memory, which counts what is read of it."""

    def __init__(self) -> None:
        self.now = 0
        self.held: dict[int, tuple[int, list[str], np.ndarray, np.ndarray]] = {}
        self.read: list[int] = []

    def put(self, document: int, *ids: str) -> None:
        self.now += 1
        rng = np.random.default_rng(self.now)
        texts, leads = rng.normal(size=(2, len(ids), MODEL.dimension)).astype(np.float32)
        self.held[document] = (self.now, list(ids), texts, leads)

    def forget(self, document: int) -> None:
        self.now += 1
        del self.held[document]

    def revision(self) -> int:
        return self.now

    def model(self) -> ModelInfo:
        return MODEL

    def stamps(self) -> dict[int, int]:
        return {n: self.held[n][0] for n in sorted(self.held)}

    def blocks(self, documents):
        for n in reversed(documents):
            stamp, ids, texts, leads = self.held[n]
            self.read.append(n)
            yield Block(n, stamp, ids, blob(texts), blob(leads))

    def expected(self) -> tuple[list[str], np.ndarray]:
        held = [self.held[n] for n in sorted(self.held)]
        rows = [(1 - LEAD_IN) * texts + LEAD_IN * leads for _, _, texts, leads in held]
        return [id for _, ids, _, _ in held for id in ids], np.concatenate(rows)


def check(cache: Cache, source: Documents) -> None:
    mixed = cache.get(source, LEAD_IN)
    assert mixed is not None
    ids, rows = source.expected()
    assert list(mixed.ids[: len(mixed.rows)]) == ids
    np.testing.assert_allclose(mixed.rows, rows, rtol=1e-6)
    assert mixed.at([*ids, "unknown"]) == [(id, i) for i, id in enumerate(ids)]


@pytest.fixture
def source() -> Documents:
    source = Documents()
    source.put(1, "a", "b")
    source.put(3, "c")
    return source


def test_of_a_new_document_nothing_else_is_read_again(source: Documents) -> None:
    cache = Cache()
    check(cache, source)
    source.read.clear()
    source.put(4, "d", "e")
    check(cache, source)
    assert source.read == [4]


def test_documents_that_change_go_or_come_between_are_followed(source: Documents) -> None:
    cache = Cache()
    check(cache, source)
    source.put(1, "b", "a2")
    source.read.clear()
    check(cache, source)
    assert source.read == [1]
    source.put(2, "f")
    check(cache, source)
    source.forget(1)
    check(cache, source)
    source.forget(2)
    source.forget(3)
    assert cache.get(source, LEAD_IN) is None


def test_what_was_given_out_stays_as_it_was(source: Documents) -> None:
    cache = Cache()
    before = cache.get(source, LEAD_IN)
    assert before is not None
    rows = before.rows.copy()
    for n in range(10, 60):
        source.put(n, *(f"{n}-{i}" for i in range(40)))
        check(cache, source)
    np.testing.assert_array_equal(before.rows, rows)
    assert before.at(["a", "59-39"]) == [("a", 0)]


def test_another_weight_of_lead_ins_makes_other_rows(source: Documents) -> None:
    cache = Cache()
    plain, mixed = cache.get(source, 0.0), cache.get(source, LEAD_IN)
    assert plain is not None and mixed is not None
    assert not np.allclose(plain.rows, mixed.rows)
    check(cache, source)
