"""What a page of a PDF draws: runs of text with their place and size; rules and bullets are kept by :mod:`paths`.

A small interpreter of the page's content stream (ISO 32000-1, chapters 8 and 9); it parses the stream once, and
follows forms but not annotations.
"""

import math
from dataclasses import dataclass
from typing import Any

from pypdf import PdfReader as PypdfReader
from pypdf.generic import ContentStream, DictionaryObject, IndirectObject, StreamObject

from ingest.readers.pdf.drawn import IDENTITY, Drawn, Matrix, Run, multiply
from ingest.readers.pdf.fonts import PageFont
from ingest.readers.pdf.paths import Path

_DEEPEST = 12
_MOST_FORMS = 2000
_PAINTS = frozenset((b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"))
_FILLS = frozenset((b"f", b"F", b"f*"))
_CURVES = frozenset((b"c", b"v", b"y"))


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
        path = Path()
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
                    path.box(*(float(operand) for operand in operands[:4]))
                elif operator == b"m":
                    path.move(float(operands[0]), float(operands[1]))
                elif operator == b"l":
                    path.line(float(operands[0]), float(operands[1]))
                elif operator in _CURVES:
                    path.curve(float(operands[-2]), float(operands[-1]))
                elif operator in _PAINTS:
                    path.paint(self._drawn, state.ctm, stroked=operator not in _FILLS)
                    path = Path()
                elif operator == b"n":
                    path = Path()
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


def _matrix(operands: Any) -> Matrix:
    a, b, c, d, e, f = (float(operand) for operand in operands[:6])
    return (a, b, c, d, e, f)


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
