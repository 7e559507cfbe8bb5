"""The colours keep their contrast and their difference for the colour-blind, and Streamlit's theme is the same."""

import itertools
import json
import math
import tomllib
from pathlib import Path

import pytest

import search_app

HOME = Path(search_app.__file__).parent
THEMES = json.loads((HOME / "look" / "tokens.json").read_text(encoding="utf-8"))
CONFIG = tomllib.loads((HOME / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
KINDS = ("bottleneck", "intrinsic", "organisational", "system", "solution", "actor")
Triple = tuple[float, float, float]
# Machado, Oliveira and Fernandes (2009), severity 1.0, in linear RGB
VISION: dict[str, tuple[Triple, Triple, Triple]] = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}
PAIRS = [
    *[(name, ("page", "surface", "sunken"), 4.5) for name in ("text", "muted", "link")],
    ("text", ("marker", "primary_soft", "warn_soft", "good_soft", "bad_soft"), 4.5),
    ("on_primary", ("primary",), 4.5),
    *[(name, ("page", "surface", f"{name}_soft"), 4.5) for name in ("good", "warn", "bad")],
    ("control", ("page", "surface"), 3.0),
    ("edge", ("page", "surface", "sunken"), 3.0),
    *[(name, ("page", "surface", "sunken", "on_shape"), 3.0) for name in KINDS],
]
OPTIONS = {
    "primaryColor": "primary",
    "backgroundColor": "page",
    "secondaryBackgroundColor": "surface",
    "textColor": "text",
    "linkColor": "link",
    "borderColor": "control",
    "dataframeBorderColor": "line",
    "dataframeHeaderBackgroundColor": "sunken",
    "redTextColor": "bad",
    "orangeTextColor": "warn",
    "greenTextColor": "good",
    "grayTextColor": "muted",
}


def linear(colour: str) -> list[float]:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def contrast(one: str, other: str) -> float:
    """WCAG 2.2."""
    high, low = sorted(
        (sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear(x), strict=True)) for x in (one, other)),
        reverse=True,
    )
    return (high + 0.05) / (low + 0.05)


def lab(colour: str, vision: str) -> Triple:
    r, g, b = (min(1, max(0, sum(m * c for m, c in zip(row, linear(colour), strict=True)))) for row in VISION[vision])
    x, y, z = (
        t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116
        for t in (
            (0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047,
            0.2126729 * r + 0.7151522 * g + 0.072175 * b,
            (0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883,
        )
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def difference(one: Triple, other: Triple) -> float:
    """CIEDE2000."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    cm = (math.hypot(a1, b1) + math.hypot(a2, b2)) / 2
    g = 0.5 * (1 - math.sqrt(cm**7 / (cm**7 + 25**7)))
    a1, a2 = a1 * (1 + g), a2 * (1 + g)
    c1, c2 = math.hypot(a1, b1), math.hypot(a2, b2)
    h1, h2 = (math.degrees(math.atan2(b, a)) % 360 for a, b in ((a1, b1), (a2, b2)))
    dh = (h2 - h1 + 180) % 360 - 180 if c1 * c2 else 0
    big = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(dh / 2))
    lm, cm = (l1 + l2) / 2, (c1 + c2) / 2
    hm = (h1 + h2) / 2 if abs(h1 - h2) <= 180 else (h1 + h2 + (360 if h1 + h2 < 360 else -360)) / 2

    def cos(degrees: float) -> float:
        return math.cos(math.radians(degrees))

    t = 1 - 0.17 * cos(hm - 30) + 0.24 * cos(2 * hm) + 0.32 * cos(3 * hm + 6) - 0.2 * cos(4 * hm - 63)
    sl = 1 + 0.015 * (lm - 50) ** 2 / math.sqrt(20 + (lm - 50) ** 2)
    sc, sh = 1 + 0.045 * cm, 1 + 0.015 * cm * t
    turn = math.sin(math.radians(60 * math.exp(-(((hm - 275) / 25) ** 2))))
    rt = -2 * math.sqrt(cm**7 / (cm**7 + 25**7)) * turn
    return math.sqrt(((l2 - l1) / sl) ** 2 + ((c2 - c1) / sc) ** 2 + (big / sh) ** 2 + rt * (c2 - c1) / sc * big / sh)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("name", "grounds", "least"), PAIRS)
def test_contrast_is_enough(theme: str, name: str, grounds: tuple[str, ...], least: float) -> None:
    colours = THEMES[theme]
    for ground in grounds:
        assert contrast(colours[name], colours[ground]) >= least, f"{name} on {ground}"


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("vision", VISION)
def test_kinds_and_levels_stay_apart_for_every_eye(theme: str, vision: str) -> None:
    colours = THEMES[theme]
    for one, other in itertools.combinations(KINDS, 2):
        apart = difference(lab(colours[one], vision), lab(colours[other], vision))
        assert apart >= (12 if vision == "tritanopia" else 15), f"{one} and {other}"


@pytest.mark.parametrize("theme", THEMES)
def test_streamlits_theme_has_the_same_colours(theme: str) -> None:
    told = CONFIG["theme"][theme]
    assert {option: told[option] for option in OPTIONS} == {o: THEMES[theme][token] for o, token in OPTIONS.items()}
    assert told["chartCategoricalColors"] == [THEMES[theme][kind] for kind in KINDS]


def test_nothing_is_sent_away_and_no_error_shows_its_inside() -> None:
    assert CONFIG["browser"]["gatherUsageStats"] is False
    assert CONFIG["client"]["showErrorDetails"] == "none"
    assert CONFIG["client"]["showErrorLinks"] is False
