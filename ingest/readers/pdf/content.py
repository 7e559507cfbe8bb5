"""What a page of a PDF draws: runs of text with their place and size, and the rules of its tables.

A small interpreter of the page's content stream (ISO 32000-1, chapters 8 and 9); it parses the stream once, and
follows forms but not annotations.
"""

import math
from dataclasses import dataclass, field
from typing import Any

from pypdf import PdfReader as PypdfReader
from pypdf.generic import ContentStream, DictionaryObject, IndirectObject, StreamObject

from ingest.readers.pdf.fonts import PageFont

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_DEEPEST = 12
_MOST_FORMS = 2000
THIN = 3.0
_WIDE_SHADE, _HIGH_SHADE = 100.0, 70.0
_PAINTS = frozenset((b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"))
_FILLS = frozenset((b"f", b"F", b"f*"))
_CURVES = frozenset((b"c", b"v", b"y"))


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


class Fonts:
    """The fonts of a file, each built once however many pages use it."""

    def __init__(self) -> None:
        self._known: dict[int, PageFont | None] = {}
        self._kept: list[Any] = []

    def get(self, resources: DictionaryObject) -> dict[str, PageFont]:
        """The fonts that ``resources`` names."""
        fonts: dict[str, PageFont] = {}
        named = _dictionary(resources.get("/Font"))
        for name in named:
            raw = named.raw_get(name)
            key = raw.idnum if isinstance(raw, IndirectObject) else -id(raw)
            if key not in self._known:
                self._known[key] = self._build(raw)
                self._kept.append(raw)
            font = self._known[key]
            if font is not None:
                fonts[name] = font
        return fonts

    @staticmethod
    def _build(raw: Any) -> PageFont | None:
        try:
            return PageFont(raw.get_object())
        except MemoryError:
            raise
        except Exception:  # a font that can't be understood costs its own text, not the page's
            return None


def _dictionary(value: Any) -> DictionaryObject:
    value = value.get_object() if value is not None else None
    return value if isinstance(value, DictionaryObject) else DictionaryObject()


@dataclass(slots=True)
class _State:
    """The part of the graphics state that text needs."""

    ctm: Matrix = IDENTITY
    font: PageFont | None = None
    size: float = 12.0
    spacing: float = 0.0
    word_spacing: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0

    def copy(self) -> "_State":
        return _State(
            self.ctm, self.font, self.size, self.spacing, self.word_spacing, self.stretch, self.leading, self.rise
        )


class Interpreter:
    """Draws one page into a :class:`Drawn`."""

    def __init__(self, pdf: PypdfReader, fonts: Fonts) -> None:
        self._pdf = pdf
        self._fonts = fonts
        self._drawn = Drawn()
        self._forms = 0

    def draw(self, page: DictionaryObject, resources: DictionaryObject) -> Drawn:
        """What ``page`` draws, in the page's own coordinates."""
        contents = page.get("/Contents")
        if contents is not None:
            self._stream(contents.get_object(), resources, _State(), 0)
        return self._drawn

    def _stream(self, stream: Any, resources: DictionaryObject, state: _State, depth: int) -> None:
        content = ContentStream(stream, self._pdf, "bytes")
        fonts = self._fonts.get(resources)
        stack: list[_State] = []
        tm = tlm = IDENTITY
        path: list[tuple[float, float]] = []
        boxes: list[tuple[float, float, float, float]] = []
        segments: list[tuple[float, float, float, float]] = []
        curved = False
        marked: list[list[str] | None] = []  # the replacement text of each open marked content, if it has one
        artifacts = 0
        opened: list[bool] = []
        for operands, operator in content.operations:
            try:
                if operator == b"Tj":
                    tm = self._show(operands[:1], state, tm, marked, artifacts)
                elif operator == b"TJ":
                    tm = self._show(operands[0], state, tm, marked, artifacts)
                elif operator == b"Td":
                    tm = tlm = multiply((1, 0, 0, 1, float(operands[0]), float(operands[1])), tlm)
                elif operator == b"Tm":
                    tm = tlm = _matrix(operands)
                elif operator == b"Tf":
                    state.font, state.size = fonts.get(operands[0]), float(operands[1])
                elif operator == b"cm":
                    state.ctm = multiply(_matrix(operands), state.ctm)
                elif operator == b"q":
                    stack.append(state.copy())
                elif operator == b"Q":
                    if stack:
                        state = stack.pop()
                elif operator == b"BT":
                    tm = tlm = IDENTITY
                elif operator == b"Tc":
                    state.spacing = float(operands[0])
                elif operator == b"Tw":
                    state.word_spacing = float(operands[0])
                elif operator == b"TD":
                    state.leading = -float(operands[1])
                    tm = tlm = multiply((1, 0, 0, 1, float(operands[0]), float(operands[1])), tlm)
                elif operator == b"T*":
                    tm = tlm = multiply((1, 0, 0, 1, 0, -state.leading), tlm)
                elif operator == b"TL":
                    state.leading = float(operands[0])
                elif operator == b"'":
                    tm = tlm = multiply((1, 0, 0, 1, 0, -state.leading), tlm)
                    tm = self._show(operands[:1], state, tm, marked, artifacts)
                elif operator == b'"':
                    state.word_spacing, state.spacing = float(operands[0]), float(operands[1])
                    tm = tlm = multiply((1, 0, 0, 1, 0, -state.leading), tlm)
                    tm = self._show(operands[2:3], state, tm, marked, artifacts)
                elif operator == b"Tz":
                    state.stretch = float(operands[0]) / 100
                elif operator == b"Ts":
                    state.rise = float(operands[0])
                elif operator == b"re":
                    x, y, w, h = (float(operand) for operand in operands)
                    boxes.append((x, y, x + w, y + h))
                elif operator == b"m":
                    path = [*(path if curved else ()), (float(operands[0]), float(operands[1]))]
                elif operator == b"l":
                    point = (float(operands[0]), float(operands[1]))
                    if path:
                        segments.append((*path[-1], *point))
                    path.append(point)
                elif operator in _CURVES:
                    path.append((float(operands[-2]), float(operands[-1])))
                    curved = True
                elif operator in _PAINTS:
                    self._dot(boxes, path, curved, state.ctm)
                    if not curved:
                        self._rules(boxes, segments, state.ctm, stroked=operator not in _FILLS)
                    boxes, segments, path, curved = [], [], [], False
                elif operator == b"n":
                    boxes, segments, path, curved = [], [], [], False
                elif operator in (b"BDC", b"BMC"):
                    artifact, replacement = _marked(operands, resources)
                    opened.append(artifact)
                    artifacts += artifact
                    marked.append(replacement)
                elif operator == b"EMC":
                    if opened:
                        artifacts -= opened.pop()
                        marked.pop()
                elif operator == b"Do":
                    self._form(operands[0], resources, state, depth)
            except (IndexError, TypeError, ValueError, KeyError):
                continue  # an operator without the operands it needs draws nothing

    def _show(self, pieces: Any, state: _State, tm: Matrix, marked: list[list[str] | None], artifacts: int) -> Matrix:
        """Show the strings of ``pieces``, moved by the numbers between them; returns the text matrix after it."""
        font = state.font
        if font is None:
            return tm
        size, stretch = state.size, state.stretch
        start = advance = 0.0
        text: list[str] = []
        gap_for_space = max(0.12, 0.5 * font.space) * abs(size)
        for piece in pieces:
            if isinstance(piece, bytes):
                shown, width, codes, spaces = font.shown(piece)
                text.append(shown)
                advance += (width * size + state.spacing * codes + state.word_spacing * spaces) * stretch
            elif isinstance(piece, str):
                shown, width, codes, spaces = font.shown(piece.encode("latin-1", "replace"))
                text.append(shown)
                advance += (width * size + state.spacing * codes + state.word_spacing * spaces) * stretch
            else:
                gap = -float(piece) / 1000 * size * stretch
                if gap > 1.5 * abs(size):
                    self._run(text, state, tm, start, advance, marked, artifacts)
                    text, start = [], advance + gap
                elif gap > gap_for_space and text and not text[-1].endswith(" "):
                    text.append(" ")
                advance += gap
        self._run(text, state, tm, start, advance, marked, artifacts)
        return multiply((1, 0, 0, 1, advance, 0), tm)

    def _run(
        self,
        pieces: list[str],
        state: _State,
        tm: Matrix,
        start: float,
        end: float,
        marked: list[list[str] | None],
        artifacts: int,
    ) -> None:
        text = "".join(pieces)
        replacement = next((entry for entry in reversed(marked) if entry is not None), None)
        if replacement is not None:
            text = replacement.pop() if replacement else ""
        if not text:
            return
        m = multiply((1, 0, 0, 1, 0, state.rise), multiply(tm, state.ctm))
        along, up = math.hypot(m[0], m[1]), math.hypot(m[2], m[3])
        if not along or not up:
            return
        size = abs(state.size) * up
        if size < 0.5:
            return
        stripped = text.rstrip()
        if not stripped:
            return
        # The white space around a run is not a part of its box.
        share = (end - start) / len(text)
        last = end - share * (len(text) - len(stripped))
        head = len(stripped) - len(stripped.lstrip())
        first = start + share * head
        turn = round(math.degrees(math.atan2(m[1], m[0]))) % 360
        font = state.font
        bold = font is not None and font.bold
        cos, sin = m[0] / along, m[1] / along
        # In a turned frame, along the baseline and up from it.
        x0 = m[4] * cos + m[5] * sin
        y0 = m[5] * cos - m[4] * sin
        spaced = len(text) != len(stripped)
        left, right = x0 + first * along, x0 + last * along
        self._drawn.runs.append(Run(stripped.lstrip(), left, right, y0, size, bold, turn, spaced, artifacts > 0))

    def _form(self, name: Any, resources: DictionaryObject, state: _State, depth: int) -> None:
        form = _dictionary(resources.get("/XObject")).get(name)
        form = form.get_object() if form is not None else None
        if not isinstance(form, StreamObject):
            return
        if form.get("/Subtype") == "/Image":
            self._drawn.images += 1
            return
        self._forms += 1
        if depth >= _DEEPEST or self._forms > _MOST_FORMS:
            return
        inner = state.copy()
        if "/Matrix" in form:
            inner.ctm = multiply(_matrix(form["/Matrix"]), state.ctm)
        own = _dictionary(form.get("/Resources")) if "/Resources" in form else resources
        self._stream(form, own, inner, depth + 1)

    def _dot(
        self,
        boxes: list[tuple[float, float, float, float]],
        path: list[tuple[float, float]],
        curved: bool,
        ctm: Matrix,
    ) -> None:
        """Keep a shape as small and as square as a bullet."""
        found = [_placed(box, ctm) for box in boxes] if len(boxes) <= 2 else []
        if len(path) >= 4 and (curved or len(path) <= 6):
            xs, ys = [point[0] for point in path], [point[1] for point in path]
            found.append(_placed((min(xs), min(ys), max(xs), max(ys)), ctm))
        for left, bottom, right, top in found:
            wide, high = right - left, top - bottom
            if 1.0 <= wide <= 9.0 and 0.55 <= wide / max(high, 0.01) <= 1.8:
                self._drawn.dots.append((left, right, (bottom + top) / 2))

    def _rules(
        self,
        boxes: list[tuple[float, float, float, float]],
        segments: list[tuple[float, float, float, float]],
        ctm: Matrix,
        *,
        stroked: bool,
    ) -> None:
        """Keep the straight lines of a path that is painted: strokes, and filled boxes too thin to be anything else."""
        for box in boxes:
            left, bottom, right, top = _placed(box, ctm)
            if top - bottom <= THIN and right - left > THIN:
                self._drawn.across.append((left, right, (bottom + top) / 2))
            elif right - left <= THIN and top - bottom > THIN:
                self._drawn.down.append((bottom, top, (left + right) / 2))
            elif not stroked and right - left > _WIDE_SHADE and top - bottom < _HIGH_SHADE:
                self._drawn.across += [(left, right, bottom), (left, right, top)]  # the ground of a table's row
            elif stroked:
                self._drawn.across += [(left, right, bottom), (left, right, top)]
                self._drawn.down += [(bottom, top, left), (bottom, top, right)]
        if not segments:
            return
        if stroked:
            for segment in segments:
                self._rule(_placed(segment, ctm))
        elif len(segments) <= 6:
            xs = [x for segment in segments for x in segment[::2]]
            ys = [y for segment in segments for y in segment[1::2]]
            box = _placed((min(xs), min(ys), max(xs), max(ys)), ctm)
            if box[3] - box[1] <= THIN or box[2] - box[0] <= THIN:
                self._rule(box)

    def _rule(self, box: tuple[float, float, float, float]) -> None:
        left, bottom, right, top = box
        if top - bottom <= THIN < right - left:
            self._drawn.across.append((left, right, (bottom + top) / 2))
        elif right - left <= THIN < top - bottom:
            self._drawn.down.append((bottom, top, (left + right) / 2))


def _matrix(operands: Any) -> Matrix:
    a, b, c, d, e, f = (float(operand) for operand in operands[:6])
    return (a, b, c, d, e, f)


def _placed(box: tuple[float, float, float, float], m: Matrix) -> tuple[float, float, float, float]:
    x0, y0 = box[0] * m[0] + box[1] * m[2] + m[4], box[0] * m[1] + box[1] * m[3] + m[5]
    x1, y1 = box[2] * m[0] + box[3] * m[2] + m[4], box[2] * m[1] + box[3] * m[3] + m[5]
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _marked(operands: Any, resources: DictionaryObject) -> tuple[bool, list[str] | None]:
    """Whether marked content is decoration of the page (a running head), and the text that stands for its glyphs."""
    tag = operands[0]
    properties = operands[1] if len(operands) > 1 else None
    if isinstance(properties, str):
        properties = _dictionary(resources.get("/Properties")).get(properties)
    details = _dictionary(properties) if properties is not None else DictionaryObject()
    if tag == "/Artifact":
        kind = details.get("/Type"), details.get("/Subtype")
        return "/Pagination" in kind or "/Header" in kind or "/Footer" in kind, None
    actual = details.get("/ActualText")
    if actual is None:
        return False, None
    if isinstance(actual, bytes):
        actual = (
            actual.decode("utf-16", "replace") if actual[:2] in (b"\xfe\xff", b"\xff\xfe") else actual.decode("latin-1")
        )
    return False, [str(actual)]
