"""Reading RDF written as Turtle (https://www.w3.org/TR/turtle/), as far as vocabularies in SKOS use it.

Everything of Turtle but escapes in prefixed names and the exact type of numbers, which stay as they are written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import NamedTuple
from urllib.parse import urljoin

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_TOKEN = re.compile(
    r"""(?P<space>(?:\s|\#[^\n]*)+)
    |(?P<long>\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*''')
    |(?P<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    |(?P<iri><[^<>"{}|^`\s]*>)
    |(?P<blank>_:[\w.-]*\w)
    |(?P<at>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    |(?P<type>\^\^)
    |(?P<number>[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?![\w:]))
    |(?P<name>[\w.-]*(?<!\.):(?:[\w:%.\\-]*[\w:%-])?|[A-Za-z]+)
    |(?P<mark>[.;,\[\]()])""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.DOTALL)
_ESCAPED = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


@dataclass(frozen=True, slots=True)
class Literal:
    """A text, in a language (lower case) or in none (empty)."""

    text: str
    language: str = ""


class Triple(NamedTuple):
    """A statement of RDF: IRIs in full, blank nodes as ``_:…``."""

    subject: str
    predicate: str
    object: str | Literal


class NoTurtle(ValueError):
    """A text is no Turtle; ``line`` (from 1) is where it stops being so."""

    def __init__(self, line: int) -> None:
        super().__init__(f"no Turtle, line {line}")
        self.line = line


def triples(text: str) -> list[Triple]:
    """The statements of a text in Turtle, in their order. Raises NoTurtle at the first mistake."""
    return _Reader(text).read()


class _Reader:
    """Reads token by token; ``self._kind`` and ``self._word`` are the next one's."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = self._cut()
        self._prefixes: dict[str, str] = {}
        self._base = ""
        self._numbers = count()
        self._found: list[Triple] = []
        self._next()

    def read(self) -> list[Triple]:
        while self._kind:
            lower = self._word.lower()
            if lower in ("@prefix", "prefix", "@base", "base"):
                self._directive(lower)
            else:
                bare = self._word == "["
                subject = self._node_or_iri()
                if not (bare and self._word == "."):
                    self._about(subject)
                self._expect(".")
        return self._found

    def _cut(self) -> Iterator[tuple[str, str, int]]:
        at = 0
        while at < len(self._text):
            found = _TOKEN.match(self._text, at)
            if found is None:
                raise NoTurtle(self._text.count("\n", 0, at) + 1)
            if found.lastgroup != "space":
                yield str(found.lastgroup), found.group(), at
            at = found.end()

    def _next(self) -> str:
        """Go on to the next token; the word that was the next one."""
        before = getattr(self, "_word", "")
        self._kind, self._word, self._at = next(self._tokens, ("", "", len(self._text)))
        return before

    def _wrong(self) -> NoTurtle:
        return NoTurtle(self._text.count("\n", 0, self._at) + 1)

    def _expect(self, mark: str) -> None:
        if self._word != mark:
            raise self._wrong()
        self._next()

    def _directive(self, word: str) -> None:
        self._next()
        if word.endswith("prefix"):
            if not self._word.endswith(":"):
                raise self._wrong()
            prefix = self._next()[:-1]
        if self._kind != "iri":
            raise self._wrong()
        iri = self._iri(self._next())
        if word.endswith("prefix"):
            self._prefixes[prefix] = iri
        else:
            self._base = iri
        if word.startswith("@"):
            self._expect(".")

    def _about(self, subject: str) -> None:
        """The predicates and objects of a subject, up to what ends them."""
        while True:
            if self._word == "a":
                self._next()
                predicate = RDF + "type"
            else:
                predicate = self._node_or_iri()
            while True:
                self._found.append(Triple(subject, predicate, self._term()))
                if self._word != ",":
                    break
                self._next()
            while self._word == ";":
                self._next()
                if self._word in (".", "]"):
                    return
            if self._word in (".", "]", ""):
                return

    def _term(self) -> str | Literal:
        match self._kind:
            case "iri":
                return self._iri(self._next())
            case "blank":
                return self._next()
            case "long" | "text":
                return self._literal()
            case "number":
                return Literal(self._next())
            case "name":
                return self._name()
        if self._word == "[":
            return self._node()
        if self._word == "(":
            return self._list()
        raise self._wrong()

    def _node_or_iri(self) -> str:
        found = self._term()
        if isinstance(found, Literal):
            raise self._wrong()
        return found

    def _name(self) -> str | Literal:
        word = self._next()
        prefix, colon, rest = word.partition(":")
        if not colon:
            if word not in ("true", "false"):
                raise self._wrong()
            return Literal(word)
        if prefix not in self._prefixes:
            raise self._wrong()
        return self._prefixes[prefix] + rest.replace("\\", "")

    def _literal(self) -> Literal:
        quotes = 3 if self._kind == "long" else 1
        text = _ESCAPE.sub(_unescaped, self._next()[quotes:-quotes])
        if self._kind == "at":
            return Literal(text, self._next()[1:].lower())
        if self._kind == "type":
            self._next()
            self._term()
        return Literal(text)

    def _node(self) -> str:
        self._next()
        node = f"_:[{next(self._numbers)}]"
        if self._word != "]":
            self._about(node)
        self._expect("]")
        return node

    def _list(self) -> str:
        """A list, as its nodes of first and rest."""
        self._next()
        items = []
        while self._word != ")":
            items.append(self._term())
        self._next()
        rest = RDF + "nil"
        for item in reversed(items):
            node = f"_:[{next(self._numbers)}]"
            self._found += [Triple(node, RDF + "first", item), Triple(node, RDF + "rest", rest)]
            rest = node
        return rest

    def _iri(self, word: str) -> str:
        iri = _ESCAPE.sub(_unescaped, word[1:-1])
        if iri.startswith("#"):  # urljoin drops an empty fragment
            return self._base + iri
        return urljoin(self._base, iri) if self._base else iri


def _unescaped(found: re.Match[str]) -> str:
    code = found[1]
    return chr(int(code[1:], 16)) if code[0] in "uU" and len(code) > 1 else _ESCAPED.get(code, code)


def quoted(text: str, language: str) -> str:
    """A text in a language as a literal of Turtle."""
    plain = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{plain}"@{language}'
