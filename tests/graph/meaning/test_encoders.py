"""Models of meaning: what their vectors are, which one is opened, and what they refuse."""

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import KluwenError
from graph.meaning import BUNDLED, open_encoder
from graph.meaning.bundled import FOLDER, BundledEncoder
from graph.meaning.sentence import SentenceEncoder
from graph.model import ModelInfo

TEXTS = [
    "Mantelzorgers zijn vaak overbelast.",
    "De overdracht naar de huisartsenpost ontbreekt",
    "samenwerkingsovereenkomstonderhandelingen",
    "Handover to the out-of-hours service",
    "coördinatie, ﬁnanciën en 's avonds: ßœ Ångström 1234",
    "zorg " * 2000,
]
NOTHING_KNOWN = ["", "1234 !?", "漢字", "x"]


@pytest.fixture(scope="module")
def bundled() -> BundledEncoder:
    return BundledEncoder()


def test_the_bundled_model_gives_the_vectors_that_sentence_transformers_gives(bundled: BundledEncoder) -> None:
    from sentence_transformers import SentenceTransformer

    expected = SentenceTransformer(str(FOLDER), device="cpu").encode([*TEXTS, *NOTHING_KNOWN], show_progress_bar=False)
    assert np.abs(bundled.encode_passages([*TEXTS, *NOTHING_KNOWN]) - expected).max() < 1e-5


def test_vectors_are_rows_of_unit_length_and_nothing_known_is_a_zero_row(bundled: BundledEncoder) -> None:
    vectors = bundled.encode_queries([*TEXTS, *NOTHING_KNOWN])
    assert vectors.dtype == np.float32
    assert vectors.shape == (len(TEXTS) + len(NOTHING_KNOWN), bundled.info.dimension)
    assert np.allclose(np.linalg.norm(vectors, axis=1), [1] * len(TEXTS) + [0] * len(NOTHING_KNOWN), atol=1e-5)


def test_no_texts_give_no_rows(bundled: BundledEncoder) -> None:
    assert bundled.encode_passages([]).shape == (0, bundled.info.dimension)


def test_a_paraphrase_is_nearer_than_another_subject(bundled: BundledEncoder) -> None:
    a, b, c = bundled.encode_passages(
        ["te weinig personeel in de thuiszorg", "tekort aan wijkverpleegkundigen", "de trein naar Groningen vertrekt"],
    )
    assert a @ b > a @ c + 0.2


def test_the_bundled_model_needs_neither_torch_nor_sentence_transformers() -> None:
    code = (
        "import sys; from graph.meaning import open_encoder; open_encoder().encode_queries(['zorg']);"
        "print([m for m in ('torch', 'sentence_transformers', 'transformers', 'model2vec', 'scipy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path.cwd())
    assert done.stdout.strip() == "[]"


def test_a_graph_is_opened_with_the_model_that_made_it_and_a_new_one_with_the_bundled(bundled: BundledEncoder) -> None:
    assert open_encoder().info == bundled.info
    assert open_encoder(None, bundled.info).info == bundled.info
    assert open_encoder(BUNDLED, bundled.info).info == bundled.info


def test_two_models_are_never_mixed(bundled: BundledEncoder) -> None:
    with pytest.raises(KluwenError) as error:
        open_encoder(BUNDLED, ModelInfo("other/model", "1", 384))
    assert error.value.key == "model.mixed"
    with pytest.raises(KluwenError) as error:
        open_encoder(None, ModelInfo(BUNDLED, "an older revision", bundled.info.dimension))
    assert error.value.key == "model.changed"
    assert "an older revision" in str(error.value)


@pytest.mark.parametrize("name", ["somebody/no-such-model", "no-such-model", "/no/such/folder", "what is this?"])
def test_a_model_that_is_not_here_is_said_in_one_sentence_without_asking_a_hub(name: str) -> None:
    with pytest.raises(KluwenError) as error:
        open_encoder(name)
    assert error.value.key == "model.missing"
    assert name in str(error.value)


def test_a_folder_that_holds_no_model_is_said(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{", encoding="utf-8")
    with pytest.raises(KluwenError) as error:
        open_encoder(str(tmp_path))
    assert error.value.key == "model.broken"
    assert str(tmp_path) in str(error.value)


def test_a_folder_of_another_model_is_opened_and_remembered_by_its_whole_path(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    bundled: BundledEncoder,
) -> None:
    folder = tmp_path / "other"
    shutil.copytree(FOLDER, folder)
    monkeypatch.chdir(tmp_path)
    encoder = open_encoder("other")
    assert encoder.info.name == str(folder)
    assert np.allclose(encoder.encode_queries(TEXTS), bundled.encode_queries(TEXTS), atol=1e-5)
    assert not encoder.encode_passages(["", "?!"]).any()
    assert open_encoder(None, encoder.info).info == encoder.info


def test_an_e5_model_gets_the_prompts_that_it_was_trained_with(tmp_path: Path, bundled: BundledEncoder) -> None:
    folder = tmp_path / "multilingual-e5-small"
    shutil.copytree(FOLDER, folder)
    encoder = SentenceEncoder(str(folder))
    assert np.allclose(encoder.encode_queries(["zorg"]), bundled.encode_queries(["query: zorg"]), atol=1e-5)
    assert np.allclose(encoder.encode_passages(["zorg"]), bundled.encode_queries(["passage: zorg"]), atol=1e-5)
