"""bm25s with Snowball's Dutch stems and its own Dutch stop words."""

from collections.abc import Sequence

import bm25s
import Stemmer
from timed import TOP, Ask, run


def build(texts: list[str]) -> Ask:
    stemmer = Stemmer.Stemmer("dutch")
    index = bm25s.BM25()

    def cut(some: list[str]) -> object:
        return bm25s.tokenize(
            some, stopwords=bm25s.stopwords.STOPWORDS_DUTCH, stemmer=stemmer, show_progress=False, return_ids=False
        )

    index.index(cut(texts), show_progress=False)

    def ask(question: str) -> Sequence[int]:
        places, scores = index.retrieve(cut([question]), k=TOP, show_progress=False)
        return [int(at) for at, score in zip(places[0], scores[0], strict=True) if score > 0]

    return ask


run("bm25s", build)
