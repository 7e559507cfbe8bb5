"""What no source says of a point stands beside it, apart and with its reason: what is inferred, and what contradicts it."""

from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest

import graph
from graph.resolve.comparing import Compared

Open = Callable[..., AppTest]


def like(file: Path, one: str, other: str, score: float) -> None:
    """Say how alike the wordings with these words are."""
    with graph.open(str(file)) as store:
        ids = [document.id for document in store.documents()]
        words = store.uncompared(ids) or [each.worded for each in store.compared(ids)]
        [a], [b] = ([each for each in words if part in each.text] for part in (one, other))
        store.liken([Compared(each, ("all",), ((b.key, score),) if each is a else ()) for each in words])


def test_what_is_inferred_and_what_contradicts_stand_apart(
    open_app: Open, tmp_path: Path, make_nights: Callable[[Path], dict[str, str]]
) -> None:
    file = tmp_path / "own.db"
    ids = make_nights(file)
    like(file, "een nacht meegemaakt", "belt gemiddeld drie nummers", 0.6)
    app = open_app(file, knoop=ids["k1c"], page="kluwen")
    body = "\n".join(element.proto.body for element in app.get("html"))
    told = body[body.index("Kluwen vermoedt het") :]
    assert "kijkt niemand of de pleisters" in told.lower() and "Want misschien is dit hetzelfde" in told
    assert "spreken elkaar" not in body
    like(file, "een nacht meegemaakt", "belt gemiddeld drie nummers", -0.6)
    app = open_app(file, knoop=ids["k1c"], page="kluwen")
    body = "\n".join(element.proto.body for element in app.get("html"))
    told = body[body.index("spreken elkaar hier misschien tegen") :]
    assert "belt gemiddeld drie nummers" in told and "Verslag werksessie nachtzorg" in told
    assert "Kluwen vermoedt het" not in body
