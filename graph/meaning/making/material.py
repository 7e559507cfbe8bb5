"""What a build learns from: all texts in their order, which are the same at each call."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from corpus.vocabulary import concepts
from graph.meaning.making.sentences import glossary, lines, made, own_sentences
from graph.meaning.making.settings import Inputs, Settings
from graph.meaning.making.texts import sentences, wordnet_examples

OWN = "own"
MADE = "made"


@dataclass
class Material:
    """Dutch sentences by sort, English ones, the glossary, Dutch and English terms of the vocabulary, and groups of wordings
    that say the same. ``files`` are all files that were read, by what they are."""

    dutch: dict[str, list[str]] = field(default_factory=dict)
    english: list[str] = field(default_factory=list)
    glossary: dict[str, str] = field(default_factory=dict)
    terms: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    groups: list[list[str]] = field(default_factory=list)
    files: dict[str, list[Path]] = field(default_factory=dict)


def gathered(inputs: Inputs, settings: Settings) -> Material:
    """All that ``inputs`` point at. Raises OSError where something can't be read."""
    corpus, model = inputs.corpus, inputs.corpus / "model"
    found = Material()
    known = concepts(corpus / "vocabulary")
    pairs = [line.split("\t")[:2] for line in lines(model / "paraphrases.tsv")]
    found.glossary = glossary(model / "glossary.tsv")
    found.terms = sorted(
        {*found.glossary, *(term for c in known for term in (c.preferred, *c.exact, *c.lay, *c.related))}
    )
    found.foreign = sorted({*found.glossary.values(), *(term for c in known for term in c.english)})
    # not those of corpus/training: what tells wordings that say the same is taught on them with this model's vectors
    found.groups = [*pairs, *([c.preferred, *c.exact, *c.lay, *c.english] for c in known)]
    own = [
        *own_sentences(corpus / "training"),
        *lines(model / "sentences.txt"),
        *(text for pair in pairs for text in pair),
    ]
    found.dutch[OWN] = _part(own, len(own), settings.share)
    templates = lines(model / "templates.txt")
    found.dutch[MADE] = made(templates, found.terms, int(settings.made * settings.share))
    outside: list[Path] = []
    for sort in sorted(path for path in inputs.texts.iterdir() if path.is_dir()) if inputs.texts else ():
        paths = sorted(path for path in sort.rglob("*") if path.is_file())
        outside += paths
        read = (sentence for path in paths for sentence in sentences(path))
        found.dutch[sort.name] = _part(read, settings.of_each_sort, settings.share)
    examples = sorted(inputs.wordnet.glob("data.*")) if inputs.wordnet else []
    found.english = _part((s for path in examples for s in wordnet_examples(path)), settings.of_english, settings.share)
    found.files = {
        "Dutch words": [inputs.dutch],
        "English words": [inputs.english],
        "Dutch texts": outside,
        "English texts": examples,
        "training": sorted(path for path in (corpus / "training").glob("*.*") if path.suffix in (".mark", ".txt")),
        "model": sorted(path for path in model.glob("*") if path.suffix in (".tsv", ".txt")),
        "vocabulary": [corpus / "vocabulary" / "concepts.tsv"],
    }
    return found


def _part(texts: Iterable[str], most: int, share: float) -> list[str]:
    """At most ``most`` of the texts, by a hash of each, so that which ones are taken hangs on no order; in their order."""
    every = list(dict.fromkeys(texts))
    first = sorted(every, key=lambda text: blake2b(text.encode(), digest_size=8).digest())
    kept = set(first[: int(min(most, len(every)) * share)])
    return [text for text in every if text in kept]
