"""Pointing out persons in a text: names, and what looks like a patient's case. Nothing is removed; a person decides."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from corpus.messages import say
from ingest.document import Block, ReadDocument
from ingest.extract.sentences import sentences


class Trace(StrEnum):
    """What kind of trace of a person it is, gravest first. ``PERSON`` is a name without a sign that it is a patient's: an
    author, a speaker, someone in a colophon."""

    PATIENT = "patient"
    BSN = "bsn"
    BIRTH = "birth"
    ADDRESS = "address"
    PHONE = "phone"
    EMAIL = "email"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Finding:
    """A trace of a person: ``document.blocks[block].text[start:end] == words``; ``page`` counts from 1, None without pages."""

    block: int
    start: int
    end: int
    kind: Trace
    words: str
    page: int | None = None


SHOWN = 3
"""How many findings of a document are shown of the grave kinds, and of names."""
MOST_SHOWN = 80
"""How many characters of a finding are shown."""
_BEFORE = 40
"""How many characters before a number may say what it is."""
_OLDEST = 115
_EMAIL = re.compile(r"(?<![\w.+-])([\w.+-]{1,64})@[\w-]{1,63}(?:\.[\w-]{1,63}){0,5}\.[A-Za-z]{2,}\b")
_PHONE = re.compile(
    r"(?<![\w+.,/-])(?:(?:\+|00)31[ .-]?(?:\(0\)[ .-]?)?|\((?=0\d+\))0|0)(?:[1-9](?:\)?[ .-]?\d){8})(?![\w/-]|[.,]\d)"
)
_NINE = re.compile(r"(?<!\d)\d{4}[ .]?\d{2}[ .]?\d{3}(?!\d)|(?<!\d)\d{3}[ .]\d{3}[ .]\d{3}(?!\d)")
_POSTCODE = re.compile(r"[\s,]{0,3}[1-9]\d{3} ?[A-Z]{2}\b")
_SURNAME = r"[A-ZÀ-Þ][a-zà-ÿ’']{1,30}(?:-[A-ZÀ-Þ]?[a-zà-ÿ]{1,30}){0,3}"


def findings(document: ReadDocument) -> tuple[Finding, ...]:
    """The traces of persons in a document, in its order; each place once, as the gravest that it is.

    Conservative: a number counts as a telephone number, citizen number (checked, see :func:`_is_bsn`) or date of birth only in
    its own shape or beside a word that says so, a case only where an age stands with an illness or a name.
    """
    return tuple(
        Finding(n, start, end, kind, block.text[start:end], block.page_at(start))
        for n, block in enumerate(document.blocks)
        for start, end, kind in _apart(_traces(block))
    )


def sentences_for(found: Sequence[Finding]) -> list[str]:
    """What to tell the person who adds the document: a sentence about the grave kinds and one about names, where there are."""
    seen: dict[tuple[Trace, str], Finding] = {}
    for each in found:
        seen.setdefault((each.kind, each.words), each)
    order = list(Trace)
    unique = sorted(seen.values(), key=lambda each: order.index(each.kind))
    told = []
    for key, group in (
        ("found", [each for each in unique if each.kind is not Trace.PERSON]),
        ("names", [each for each in unique if each.kind is Trace.PERSON]),
    ):
        if group:
            counts = Counter(each.kind for each in group)
            kinds = ", ".join(_counted(kind, counts[kind]) for kind in Trace if counts[kind])
            rest = say("privacy.more", number=len(group) - SHOWN) if len(group) > SHOWN else ""
            told.append(say(f"privacy.{key}", kinds=kinds, words="; ".join(map(_shown, group[:SHOWN])) + rest))
    return told


def _counted(kind: Trace, number: int) -> str:
    return say(f"privacy.{kind}_{'one' if number == 1 else 'more'}", number=number)


def _shown(finding: Finding) -> str:
    words = finding.words
    if len(words) > MOST_SHOWN:
        words = words[:MOST_SHOWN].rpartition(" ")[0] + " …"
    return say("privacy.shown_page" if finding.page else "privacy.shown", words=words, page=finding.page)


def _apart(traces: Iterable[tuple[int, int, Trace]]) -> list[tuple[int, int, Trace]]:
    """Traces that do not overlap: of two that do, the gravest stays."""
    order = list(Trace)
    kept: list[tuple[int, int, Trace]] = []
    covered = bytearray()
    for start, end, kind in sorted(traces, key=lambda trace: (order.index(trace[2]), trace[0])):
        covered.extend(bytes(max(end - len(covered), 0)))
        if not any(covered[start:end]):
            covered[start:end] = b"\x01" * (end - start)
            kept.append((start, end, kind))
    return sorted(kept)


def _traces(block: Block) -> Iterator[tuple[int, int, Trace]]:
    known, text = _known(), block.text
    for found in _EMAIL.finditer(text):
        if found[1].lower() not in known.shared_mail:
            yield *found.span(), Trace.EMAIL
    for found in _PHONE.finditer(text):
        if not re.sub(r"\D", "", found[0]).startswith(known.shared_numbers):
            yield *found.span(), Trace.PHONE
    for found in _NINE.finditer(text):
        if _is_bsn(found[0]) and known.bsn.search(_around(block, found.start())):
            yield *found.span(), Trace.BSN
    for found in known.birth.finditer(text):
        yield *found.span(), Trace.BIRTH
    for found in known.street.finditer(text):
        if found[1].lower() not in known.no_streets:
            code = _POSTCODE.match(text, found.end())
            yield found.start(), code.end() if code else found.end(), Trace.ADDRESS
    names = [found.span() for found in known.name.finditer(text)]
    for start, end in names:
        yield start, end, Trace.PERSON
    if not any(known.makers.search(heading) for heading in (*block.headings, *block.lead_in)):
        yield from _cases(block, names)


def _cases(block: Block, names: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, Trace]]:
    """Sentences that look like a patient's case: an age with an illness or a name nearby, or one under a heading that says so;
    or a name with its age, or of initials alone, with an illness."""
    known, text = _known(), block.text
    if not any(sign.isdigit() for sign in text) and not known.illness.search(text):
        return
    case = any(known.case.search(heading) for heading in (*block.headings, *block.lead_in))
    titled = sorted(start for start, _ in names if known.courtesy.match(text, start))
    places = sentences(text)
    for i, (start, end) in enumerate(places):
        near = text[places[max(i - 1, 0)][0] : places[min(i + 1, len(places) - 1)][1]]
        said = text[start:end]
        ill = known.illness.search(near) is not None
        aged = any(int(found["a"] or found["b"]) <= _OLDEST for found in known.age.finditer(said))
        named = bisect_left(titled, start) < bisect_left(titled, end)
        if (aged and (ill or named or case)) or known.aged_name.search(said) or (ill and known.initial.search(said)):
            yield start, end, Trace.PATIENT


def _around(block: Block, place: int) -> str:
    """What may say what a number is: the words before it, and the titles of its cell."""
    titles = (block.cell.column_title, block.cell.row_title) if block.cell else ()
    return " ".join(filter(None, (*titles, block.text[max(place - _BEFORE, 0) : place])))


def _is_bsn(written: str) -> bool:
    """Whether nine digits can be a Dutch citizen service number: weights 9 … 2 and -1, the sum divisible by 11 (the "elfproef"
    of the Logisch Ontwerp BSN)."""
    digits = [int(sign) for sign in written if sign.isdigit()]
    weighed = sum(digit * weight for digit, weight in zip(digits, (9, 8, 7, 6, 5, 4, 3, 2, -1), strict=True))
    return any(digits) and weighed % 11 == 0


@dataclass(frozen=True, slots=True)
class _Known:
    """The words of ``privacy.toml``, ready to find."""

    name: re.Pattern[str]
    courtesy: re.Pattern[str]
    aged_name: re.Pattern[str]
    initial: re.Pattern[str]
    age: re.Pattern[str]
    illness: re.Pattern[str]
    case: re.Pattern[str]
    makers: re.Pattern[str]
    birth: re.Pattern[str]
    bsn: re.Pattern[str]
    street: re.Pattern[str]
    no_streets: frozenset[str]
    shared_mail: frozenset[str]
    shared_numbers: tuple[str, ...]


@cache
def _known() -> _Known:
    data: dict[str, list[str]] = tomllib.loads(
        files("corpus").joinpath("vocabulary", "privacy.toml").read_text(encoding="utf-8")
    )
    courtesy, particles = _any(data["courtesy"]), _any(data["particles"])
    initials = r"(?:[A-Z]\.[ ]?){1,4}"
    surname = rf"(?:(?i:{particles})\s+){{0,3}}(?!(?i:{particles})(?!\w)){_SURNAME}"
    first, someone = _any(data["first_names"]), _any(data["someone"])
    titled = rf"(?i:{_any([*data['courtesy'], *data['academic']])})\s+(?:{initials}\s?)?(?:{_SURNAME}\s+)?{surname}"
    with_first = rf"{first}\s+{surname}"
    with_initials = rf"(?!{_any(data['no_initials'])})(?:[A-Z]\.[ ]?){{2,4}}\s?{surname}|(?<![A-Z]\.)[A-Z]\.\s?(?i:{particles})\s+{_SURNAME}"
    lettered = rf"(?i:{courtesy})\s+(?:(?i:{particles})\s+){{0,3}}[A-Z]\.?(?![\w.])"
    behind = "".join(rf"(?<!\b(?i:{re.escape(word)})\s)" for word in data["not_behind"])
    before = rf"(?!\s*(?i:\w*(?:{'|'.join(data['organisations'])}))\b)"
    called = rf"(?i:{courtesy})\s+(?:(?:(?i:{particles})\s+){{0,3}}[A-Z]\.?(?![\w’'-])|(?:{initials}\s?)?{surname})"
    age = r"(?:,?\s*\(?(?:van\s+)?(?P<{0}>\d{{1,3}})(?:\s*(?:jaar|jr\b\.?)\)?|\)))"
    not_group = rf"(?!\s*(?i:{_any(data['group'])})\b)"
    ages = rf"(?i:\b(?P<a>\d{{1,3}})[- ]?jarige\s+(?:\w+\s+)?{someone}\b)|(?i:\b{someone}){age.format('b')}{not_group}"
    date = rf"(?:\d{{1,2}}[-/. ]\d{{1,2}}[-/. ](?:19|20)?\d{{2}}|\d{{1,2}}\s+(?i:{_any(data['months'])})\.?\s+(?:19|20)\d{{2}})"
    capitals = set(data["capitals"])
    ill = [word for word in data["illness"] if word not in capitals]
    sick = rf"(?i:{_any(ill)})|{_any([word.upper() for word in data['illness'] if word in capitals])}"
    return _Known(
        name=re.compile(rf"(?<!\w){behind}(?:{titled}|{with_first}|{with_initials}|{lettered})(?![\w’']){before}"),
        courtesy=re.compile(rf"(?i:{courtesy})\s"),
        aged_name=re.compile(rf"(?<!\w){called}{age.format('c')}{not_group}"),
        initial=re.compile(rf"(?<!\w)(?i:{courtesy}|patiënte?|cliënte?)\s+[A-Z]\b\.?(?!\s?[A-Z.])"),
        age=re.compile(ages),
        illness=re.compile(rf"(?<!\w)(?:{sick})(?!\w)"),
        case=re.compile(rf"(?<!\w)(?i:{_any(data['case_headings'])})(?!\w)"),
        makers=re.compile(rf"(?<!\w)(?i:{_any(data['makers_headings'])})(?!\w)"),
        birth=re.compile(rf"(?<!\w)(?i:{_any(data['birth'])})\s*:?\s*(?:\([^)]{{0,12}}\)\s*)?{date}"),
        bsn=re.compile(rf"(?<!\w)(?i:{_any(data['bsn'])})(?!\w)"),
        street=re.compile(
            rf"\b([A-ZÀ-Þ][\w’'-]{{0,40}}?(?:{'|'.join(data['streets'])}))\s+\d{{1,4}}\s?(?:[a-zA-Z]\b)?(?![\w%]|[.,]\d)"
        ),
        no_streets=frozenset(data["no_streets"]),
        shared_mail=frozenset(data["shared_mail"]),
        shared_numbers=tuple(data["shared_numbers"]),
    )


def _any(words: Iterable[str]) -> str:
    """A pattern for one of these words or phrases, the longest first; ``*`` stands for any letters."""
    patterns = (re.escape(word).replace(r"\*", r"\w{0,40}").replace(r"\ ", r"\s+") for word in words)
    return "(?:" + "|".join(sorted(patterns, key=lambda pattern: -len(pattern))) + ")"
