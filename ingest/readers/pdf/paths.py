"""The paths of a page: from what is stroked and filled to the rules of tables and the bullets of lists."""

from ingest.readers.pdf.drawn import Box, Drawn, Matrix, placed

_THIN = 3.0
_WIDE_SHADE, _HIGH_SHADE = 100.0, 70.0
_DOT = (1.0, 9.0)


class Path:
    """A path under construction (ISO 32000-1, 8.5)."""

    def __init__(self) -> None:
        self._boxes: list[Box] = []
        self._segments: list[Box] = []
        self._points: list[tuple[float, float]] = []
        self._curved = False

    def box(self, x: float, y: float, width: float, height: float) -> None:
        """Add a rectangle."""
        self._boxes.append((x, y, x + width, y + height))

    def move(self, x: float, y: float) -> None:
        """Begin a subpath."""
        self._points = [*(self._points if self._curved else ()), (x, y)]

    def line(self, x: float, y: float) -> None:
        """Go on in a straight line."""
        if self._points:
            self._segments.append((*self._points[-1], x, y))
        self._points.append((x, y))

    def curve(self, x: float, y: float) -> None:
        """Go on in a curve that ends there."""
        self._points.append((x, y))
        self._curved = True

    def paint(self, drawn: Drawn, ctm: Matrix, *, stroked: bool) -> None:
        """Keep in ``drawn`` what the path may be for a reader: a rule, the ground of a table's row, a bullet."""
        self._dots(drawn, ctm)
        if self._curved:
            return
        for box in self._boxes:
            left, bottom, right, top = shape = placed(box, ctm)
            if top - bottom <= _THIN or right - left <= _THIN:
                _rule(drawn, shape)
            elif stroked:
                drawn.across += [(left, right, bottom), (left, right, top)]
                drawn.down += [(bottom, top, left), (bottom, top, right)]
            elif right - left > _WIDE_SHADE and top - bottom < _HIGH_SHADE:
                drawn.across += [(left, right, bottom), (left, right, top)]
        if stroked:
            for segment in self._segments:
                _rule(drawn, placed(segment, ctm))
        elif 0 < len(self._segments) <= 6:
            _rule(drawn, placed(_around([(x, y) for s in self._segments for x, y in (s[:2], s[2:])]), ctm))

    def _dots(self, drawn: Drawn, ctm: Matrix) -> None:
        """Keep shapes as small and as square as a bullet."""
        found = list(self._boxes) if len(self._boxes) <= 2 else []
        if len(self._points) >= 4 and (self._curved or len(self._points) <= 6):
            found.append(_around(self._points))
        for box in found:
            left, bottom, right, top = placed(box, ctm)
            wide, high = right - left, top - bottom
            if _DOT[0] <= wide <= _DOT[1] and 0.55 <= wide / max(high, 0.01) <= 1.8:
                drawn.dots.append((left, right, (bottom + top) / 2))


def _around(points: list[tuple[float, float]]) -> Box:
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    return min(xs), min(ys), max(xs), max(ys)


def _rule(drawn: Drawn, box: Box) -> None:
    """Keep a box that is too thin to be anything but a line."""
    left, bottom, right, top = box
    if top - bottom <= _THIN < right - left:
        drawn.across.append((left, right, (bottom + top) / 2))
    elif right - left <= _THIN < top - bottom:
        drawn.down.append((bottom, top, (left + right) / 2))
