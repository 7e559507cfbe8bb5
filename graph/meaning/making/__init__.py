"""Makes the bundled model, step by step: words, teachers, sentences, fit, contrast, int8 (``kluwen model build``).

Repeatable to the bit on one machine: chance is seeded, texts are taken in a fixed order, each text is shown to a teacher
alone, and ``build.json`` beside the model holds a checksum of all that went in. The method: docs/model.md.
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.dutch import is_stop_word
from graph.meaning.making.choice import chosen, likely, weights
from graph.meaning.making.gloss import Glosser
from graph.meaning.making.material import MADE, Material, gathered
from graph.meaning.making.settings import Inputs, School, Settings
from graph.meaning.making.teachers import Remembered, Tell

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

    from graph.meaning.making.fitting import Matrix
    from graph.meaning.pieces import Pieces

__all__ = ["Inputs", "School", "Settings", "build"]

_LINKS = ("s", "e", "n")
"""What Dutch puts between the parts of a compound: pieces that mean nothing."""
_LINK_SCORE = -8.0


def build(
    folder: Path,
    inputs: Inputs,
    school: School,
    settings: Settings | None = None,
    cache: Path | None = None,
    tell: Tell = lambda line: None,
) -> Path:
    """Make the model in ``folder`` and give that back. ``cache`` keeps what the teachers said, so that a build that was
    stopped goes on where it was. Raises OSError where an input can't be read."""
    import numpy as np

    from graph.meaning.making import files, fitting
    from graph.meaning.making.segments import pieces_of

    settings = settings or Settings()
    folder.mkdir(parents=True, exist_ok=True)
    material = gathered(inputs, settings)
    words, dutch = chosen(inputs, school, material, settings)
    tell(f"{dutch} + {len(words) - dutch} words")
    weight = weights(words, dutch, material, school, settings)
    # longer words win over their parts; how likely a word is only decides between cuts of as many parts
    scores = [0.3 * min(-3.0, max(-18.0, likely(word, school) - 5)) - 10 for word in words]
    class_ = _Class(
        school, material, settings, words, dutch, weight, pieces_of(words, scores), cache or folder / "cache", tell
    )
    vectors = class_.contrasted(fitting.reduced(class_.fitted(), weight, settings.dimensions))
    rows, scaled = fitting.quantised(vectors, weight)
    links = [link for link in _LINKS if link not in set(words)]
    blank = np.zeros((1 + len(links), settings.dimensions), np.int8)
    files.write_model(
        folder,
        [files.UNKNOWN, *links, *words],
        [0.0, *[_LINK_SCORE] * len(links), *scores],
        np.vstack([blank, rows]),
        np.concatenate([np.zeros(len(blank), np.float32), scaled]),
    )
    counts = {"Dutch words": dutch, "English words": len(words) - dutch, "English sentences": len(material.english)}
    counts |= {f"sentences: {sort}": len(texts) for sort, texts in material.dutch.items()}
    counts |= {"glossary": len(material.glossary), "groups": len(material.groups), "pairs": class_.pairs}
    files.write_record(folder, material.files, {"settings": asdict(settings), "counts": counts})
    return folder


class _Class:
    """One build's words with all that is being learned about them."""

    def __init__(
        self,
        school: School,
        material: Material,
        settings: Settings,
        words: list[str],
        dutch: int,
        weight: Matrix,
        pieces: Pieces,
        cache: Path,
        tell: Tell,
    ) -> None:
        self.material, self.settings, self.words, self.dutch = material, settings, words, dutch
        self.weight, self.pieces, self.tell = weight, pieces, tell
        self.pairs = 0
        self._many = Remembered(school.many, cache, tell)
        self._one = Remembered(school.one, cache, tell) if school.one else None

    def bags(self, texts: list[str]) -> csr_matrix:
        """``(texts, words)``: how much each word weighs in each text."""
        from graph.meaning.making.fitting import bags_of

        return bags_of([self.pieces.of(text) for text in texts], self.weight, len(self.words))

    def fitted(self) -> Matrix:
        """``(words, d)``: vectors of which the weighted sum over a sentence comes near to what the teachers say of it."""
        import numpy as np

        from graph.meaning.making.fitting import corrections, principal, ridge, unit

        said = self._many.vectors(self.words)
        # each language loses its own mean: what tells the two apart is no meaning
        said -= np.vstack(
            [np.tile(part.mean(0), (len(part), 1)) for part in (said[: self.dutch], said[self.dutch :]) if len(part)]
        )
        features = principal(said[: self.dutch], min(256, said.shape[1]), 0.5)(said)
        features /= np.sqrt((features**2).sum(1).mean())
        home = [text for texts in self.material.dutch.values() for text in texts if self.pieces.of(text)]
        abroad = [text for text in self.material.english if self.pieces.of(text)]
        bags = self.bags([*home, *abroad])
        told = [self._many.vectors(texts) for texts in (home, abroad)]
        wanted = np.vstack([part - part.mean(0) for part in told if len(part)])
        wanted = unit(principal(wanted, min(256, wanted.shape[1]), 0.5)(wanted))
        start = features @ ridge(bags @ features, wanted, self.settings.penalty)
        vectors = start + corrections(bags, wanted - bags @ start, self.settings.penalty)
        self.tell(f"fit: {bags.shape[0]} sentences")
        if self._one is None:
            return vectors
        return np.hstack([vectors, self.settings.gloss_weight * self._by_gloss(features, home, abroad, bags)])

    def _by_gloss(self, features: Matrix, home: list[str], abroad: list[str], bags: csr_matrix) -> Matrix:
        """The same towards the English teacher, who is shown the English of each Dutch word and sentence."""
        import numpy as np

        from graph.meaning.making.fitting import corrections, principal, ridge, unit

        assert self._one is not None
        glosser = Glosser(self.material.glossary, frozenset(self.words[self.dutch :]), is_stop_word)
        glossed = [glosser.sentence(text) for text in home]
        rows = [row for row, (gloss, known) in enumerate(glossed) if gloss and known >= self.settings.glossed]
        said = self._one.vectors([*[glossed[row][0] for row in rows], *abroad])
        space = principal(said, min(256, said.shape[1]), 0.25)
        wanted = unit(space(said))
        inside = bags[[*rows, *range(len(home), len(home) + len(abroad))]]
        known_words = dict(enumerate(self.words[self.dutch :], self.dutch))
        for row, word in enumerate(self.words[: self.dutch]):
            gloss = glosser.word(word)
            if gloss:
                known_words[row] = gloss
        at = np.array(sorted(known_words))
        meant = unit(space(self._one.vectors([known_words[row] for row in at])))
        vectors = features @ ridge(features[at], meant, self.settings.gloss_penalty)
        vectors[at] = meant
        vectors *= np.sqrt((wanted**2).sum() / ((inside @ vectors) ** 2).sum())
        vectors += corrections(inside, wanted - inside @ vectors, self.settings.penalty)
        self.tell(f"fit by gloss: {len(at)} words, {len(rows)} + {len(abroad)} sentences")
        return vectors

    def contrasted(self, vectors: Matrix) -> Matrix:
        """The vectors once pairs that say the same were drawn together: wordings, terms of one concept, words and their
        English."""
        import numpy as np

        from graph.meaning.making.fitting import contrasted

        texts: list[str] = []
        group: list[int] = []
        pairs: list[tuple[int, int]] = []
        by_english: dict[str, int] = {}
        groups = [(len(by_english) + n, inside) for n, inside in enumerate(self.material.groups)]
        for dutch, english in self.material.glossary.items():
            groups.append(
                (by_english.setdefault(english, len(self.material.groups) + len(by_english)), [dutch, english])
            )
        for name, inside in groups:
            known = [text for text in dict.fromkeys(inside) if self.pieces.of(text)]
            rows = range(len(texts), len(texts) + len(known))
            texts += known
            group += [name] * len(known)
            whole = all(len(text.split()) > 3 for text in known)
            pairs += [(i, j) for i in rows for j in rows if i < j] * (self.settings.paraphrases if whole else 1)
        self.pairs = len(pairs)
        self.tell(f"contrast: {len(pairs)} pairs")
        home = self.bags(self.material.dutch[MADE] or texts)
        vectors = vectors / np.sqrt(((home @ vectors) ** 2).sum(1).mean())
        return contrasted(
            vectors,
            self.bags(texts),
            np.array(pairs, np.intp).reshape(-1, 2),
            np.array(group, np.intp),
            warmth=self.settings.warmth,
            rounds=self.settings.rounds,
        )
