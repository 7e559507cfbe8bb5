"""With how many others a wording is compared."""

from __future__ import annotations

from graph.model import Kind
from graph.resolve.blocks import blocks
from graph.resolve.comparing import NEAREST, Worded, nearest


def worded(number: int) -> Worded:
    return Worded(f"k{number:03}", Kind.BOTTLENECK, f"te weinig plekken in wijk {number}")


def test_a_wording_is_compared_with_those_that_share_most_with_it() -> None:
    crowd = [worded(n) for n in range(100)]
    found = nearest("k007", [crowd, crowd[50:], crowd[90:]])
    assert len(found) == NEAREST
    assert set(crowd[90:]) <= set(found)
    assert crowd[7] not in found
    assert nearest("k007", [crowd[90:], list(reversed(crowd)), crowd[50:]]) == found


def test_a_long_wording_shares_a_block_with_a_short_one_about_the_same_shortcoming() -> None:
    short = blocks(Kind.BOTTLENECK, "gebrek aan deskundigheid (vooral op school)")
    long = blocks(
        Kind.BOTTLENECK,
        "Onvoldoende deskundigheid bij begeleiders, leerkrachten en vrijwilligers in het herkennen van zorgen thuis",
    )
    assert set(short) & set(long)
