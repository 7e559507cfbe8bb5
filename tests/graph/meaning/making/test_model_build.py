"""The bundled model is built from word lists, texts and teachers, and the same build gives the same bytes."""

import json
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from graph.meaning.bundled import BundledEncoder
from graph.meaning.making import Inputs, School, Settings, build
from graph.meaning.making.teachers import Remembered, Teacher

TOPICS = {
    "zorg": ("zorg", "zuster", "dokter", "verpleging", "care", "nurse", "doctor"),
    "geld": ("geld", "budget", "kosten", "betalen", "money", "costs", "pay"),
    "tijd": ("tijd", "wachten", "uur", "wachtlijst", "time", "waiting", "hour"),
}
DUTCH = [
    "de",
    "het",
    "zorg",
    "zuster",
    "dokter",
    "verpleging",
    "geld",
    "budget",
    "kosten",
    "betalen",
    "tijd",
    "wachten",
    "uur",
]
DUTCH += ["zorgbudget", "wachtlijst", "fiets", "te", "weinig", "is", "er", "voor"]
ENGLISH = ["the", "care", "nurse", "doctor", "money", "costs", "pay", "time", "waiting", "hour"]
SETTINGS = Settings(dutch=30, english=10, dimensions=6, made=60, of_each_sort=20, of_english=20, rounds=4)


def noise(word: str, size: int = 12) -> npt.NDArray[np.float32]:
    seed = int.from_bytes(blake2b(word.encode(), digest_size=4).digest(), "big")
    return np.random.default_rng(seed).normal(size=size).astype(np.float32)


def meaning(text: str) -> npt.NDArray[np.float32]:
    """A teacher that knows three subjects and little else."""
    words = text.lower().replace(".", "").split()
    subject = sum(noise(name) for word in words for name, known in TOPICS.items() if word in known)
    vector = subject + sum(0.2 * noise(word) for word in words)
    return np.asarray(vector / (np.linalg.norm(vector) + 1e-9), np.float32)


@pytest.fixture
def inputs(tmp_path: Path) -> Inputs:
    corpus = tmp_path / "corpus"
    for folder in ("training", "vocabulary", "model"):
        (corpus / folder).mkdir(parents=True)
    (tmp_path / "nl.txt").write_text("\n".join(DUTCH), "utf-8")
    (tmp_path / "en.txt").write_text("\n".join(ENGLISH), "utf-8")
    (corpus / "training" / "a.mark").write_text(
        "# Kop\n{b y|Er is te weinig geld voor de zorg.} De zuster is er een uur.\n", "utf-8"
    )
    (corpus / "training" / "alike.txt").write_text(
        "## a\nbottleneck\nte weinig geld is er\nhet budget is te weinig\n", "utf-8"
    )
    (corpus / "vocabulary" / "concepts.tsv").write_text(
        "zuster\tverpleging\tdokter\tnurse\t\t\ngeld\tbudget\t\tmoney\t\t\n", "utf-8"
    )
    (corpus / "model" / "glossary.tsv").write_text(
        "zorg\tcare\nkosten\tcosts\nwachten\twaiting\ndokter\tdoctor\n", "utf-8"
    )
    (corpus / "model" / "templates.txt").write_text("te weinig {a} voor {b}\n{a} en {b}\n", "utf-8")
    (tmp_path / "texts" / "sort").mkdir(parents=True)
    (tmp_path / "texts" / "sort" / "a.txt").write_text(
        "De dokter is er een uur te weinig. Wachten kost de zuster tijd.", "utf-8"
    )
    (tmp_path / "wordnet").mkdir()
    (tmp_path / "wordnet" / "data.noun").write_text('1 n | a person; "the nurse is waiting an hour"\n', "utf-8")
    return Inputs(tmp_path / "nl.txt", tmp_path / "en.txt", corpus, tmp_path / "texts", tmp_path / "wordnet")


def school(asked: list[str] | None = None) -> School:
    def encode(text: str) -> npt.NDArray[np.float32]:
        if asked is not None:
            asked.append(text)
        return meaning(text)

    many = Teacher("many", "1", encode, 12)
    return School(many, lambda word: -float(len(word)), ENGLISH, Teacher("one", "1", meaning, 12))


@pytest.fixture
def made(inputs: Inputs, tmp_path: Path) -> Iterator[Path]:
    yield build(tmp_path / "model", inputs, school(), SETTINGS, tmp_path / "cache")


def test_the_same_inputs_give_the_same_bytes(made: Path, inputs: Inputs, tmp_path: Path) -> None:
    again = build(tmp_path / "again", inputs, school(), SETTINGS, tmp_path / "another cache")
    for name in ("model.safetensors", "tokenizer.json", "build.json"):
        assert (again / name).read_bytes() == (made / name).read_bytes(), name


def test_words_of_one_subject_lie_together_in_both_languages(made: Path) -> None:
    nurse, doctor, money, english = BundledEncoder(made).encode_queries(["zuster", "dokter", "geld", "nurse"])
    assert nurse @ doctor > nurse @ money + 0.2
    assert nurse @ english > money @ english + 0.2


def test_the_record_says_what_went_in_and_changes_with_it(made: Path, inputs: Inputs, tmp_path: Path) -> None:
    record = json.loads((made / "build.json").read_text("utf-8"))
    assert record["counts"]["English words"] == len(ENGLISH)
    assert record["settings"]["rounds"] == SETTINGS.rounds
    with (inputs.corpus / "model" / "glossary.tsv").open("a", encoding="utf-8") as file:
        file.write("tijd\ttime\n")
    other = build(tmp_path / "other", inputs, school(), SETTINGS, tmp_path / "cache")
    changed = json.loads((other / "build.json").read_text("utf-8"))
    assert changed["inputs"]["model"] != record["inputs"]["model"]
    assert changed["inputs"]["Dutch words"] == record["inputs"]["Dutch words"]


def test_a_second_build_asks_the_teacher_nothing_that_it_said_before(
    inputs: Inputs, made: Path, tmp_path: Path
) -> None:
    asked: list[str] = []
    build(tmp_path / "again", inputs, school(asked), SETTINGS, tmp_path / "cache")
    assert asked == []


def test_what_a_stopped_build_had_half_written_is_asked_again(tmp_path: Path) -> None:
    teacher = Teacher("many", "1", meaning, 12)
    told = Remembered(teacher, tmp_path).vectors(["zorg", "geld", "tijd"])
    file = tmp_path / "many-1.f16"
    file.write_bytes(file.read_bytes()[:-5])
    assert np.array_equal(Remembered(teacher, tmp_path).vectors(["zorg", "geld", "tijd"]), told)


def test_model2vec_and_sentence_transformers_give_the_same_vectors(made: Path) -> None:
    from model2vec import StaticModel
    from sentence_transformers import SentenceTransformer

    texts = ["Er is te weinig geld voor de zorg.", "zorgbudgetten", "waiting for the nurse", "wachtlijst"]
    ours = BundledEncoder(made).encode_passages(texts)
    assert np.abs(ours - StaticModel.from_pretrained(made).encode(texts)).max() < 1e-5
    theirs = SentenceTransformer(str(made), device="cpu").encode(texts, show_progress_bar=False)
    assert np.abs(ours - theirs).max() < 1e-5
