"""What a page of a PDF holds once it is drawn: runs of text, rules, and small shapes; and where they stand."""

from dataclasses import dataclass, field

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Run:
    """A piece of text on one baseline: its edges, baseline and font size in points, y counting upwards.

    ``turn`` is the direction of the baseline in degrees; ``spaced`` is True where a space follows; ``artifact`` where
    the file itself says that it belongs to the page (a running head), not to the text.
    """

    text: str
    left: float
    right: float
    y: float
    size: float
    bold: bool
    turn: int = 0
    spaced: bool = False
    artifact: bool = False


@dataclass(slots=True)
class Drawn:
    """All that one page draws. ``across`` are horizontal rules (left, right, y), ``down`` vertical ones (bottom, top, x);
    ``dots`` are small round or square shapes as they serve for bullets (left, right, height of the middle)."""

    runs: list[Run] = field(default_factory=list)
    across: list[tuple[float, float, float]] = field(default_factory=list)
    down: list[tuple[float, float, float]] = field(default_factory=list)
    dots: list[tuple[float, float, float]] = field(default_factory=list)
    images: int = 0


def multiply(m: Matrix, n: Matrix) -> Matrix:
    """The matrix that applies ``m`` and then ``n``."""
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def placed(box: Box, m: Matrix) -> Box:
    """A box (left, bottom, right, top) where ``m`` puts it."""
    x0, y0 = box[0] * m[0] + box[1] * m[2] + m[4], box[0] * m[1] + box[1] * m[3] + m[5]
    x1, y1 = box[2] * m[0] + box[3] * m[2] + m[4], box[2] * m[1] + box[3] * m[3] + m[5]
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
