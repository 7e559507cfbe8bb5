"""txtai's hybrid index (BM25 and vectors, half and half) as it comes, with the bundled model's vectors."""

from collections.abc import Sequence

import numpy as np
from timed import TOP, Ask, run
from txtai import Embeddings

from graph.meaning import open_encoder


def build(texts: list[str]) -> Ask:
    encoder = open_encoder()

    def transform(some: Sequence[str]) -> np.ndarray:
        return encoder.encode_passages(list(some))

    index = Embeddings(method="external", transform=transform, hybrid=True)
    index.index(list(enumerate(texts)))

    def ask(question: str) -> Sequence[int]:
        return [at for at, _ in index.search(question, TOP)]

    return ask


run("txtai", build)
