"""The bundled model alone: the cosine of question and statement, exactly, with NumPy."""

from collections.abc import Sequence

import numpy as np
from timed import TOP, Ask, run

from graph.meaning import open_encoder


def build(texts: list[str]) -> Ask:
    encoder = open_encoder()
    rows = encoder.encode_passages(texts)

    def ask(question: str) -> Sequence[int]:
        return np.argsort(-(rows @ encoder.encode_queries([question])[0]), kind="stable")[:TOP].tolist()

    return ask


run("cosine", build)
