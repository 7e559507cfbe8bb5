"""Adding documents: choose files, say who may see them, watch them being read, and see what came out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from corpus.errors import KluwenError
from corpus.messages import say
from graph.model import Access, Kind
from search_app import failure, routes, session, words
from search_app.pieces import marks
from search_app.pieces.frames import heading, paragraph
from search_app.views import differing

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator
    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from search_app.intake import Added

READS = {
    ".pdf": "pdf",
    ".docx": "Word",
    ".pptx": "PowerPoint",
    ".epub": "e-boeken (epub)",
    ".html": "webpagina’s (html)",
    ".txt": "tekst",
    ".md": "Markdown",
    ".json": "Miro-borden (json, csv)",
}
"""What people call the kinds of file, by one ending of each."""
STEPS = {
    "read": "lezen",
    "extract": "knelpunten, oorzaken en oplossingen zoeken",
    "vectors": "op betekenis leggen",
    "store": "bewaren",
    "compare": "vergelijken met wat er al staat",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file: what was found in it, or the sentence that says why it was not read."""

    name: str
    document: str = ""
    lines: tuple[str, ...] = ()
    new: bool = False
    failed: str = ""


@dataclass(slots=True)
class Report:
    """What came of the files that were added together."""

    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def read(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if not outcome.failed]


def card() -> None:
    """The card to add documents with, and under it what came of the last ones."""
    from ingest.readers import supported

    state = st.session_state
    with st.container(key="card-upload", gap="medium"):
        files = st.file_uploader(
            "Sleep documenten hierheen, of kies ze",
            type=sorted(suffix.lstrip(".") for suffix in supported()),
            accept_multiple_files=True,
            key=f"upload-{state.get('uploads', 0)}",
        )
        names = [name for suffix, name in READS.items() if suffix in supported()]
        st.html(paragraph(f"Kluwen leest: {', '.join(names)}.", "small kl-muted"))
        if files:
            access = st.segmented_control(
                "Wie mag dit zien?",
                list(Access),
                default=Access.INTERNAL,
                required=True,
                key="upload-access",
                format_func=lambda each: (
                    "Iedereen (openbaar)" if each == Access.PUBLIC else "Alleen collega’s (intern)"
                ),
            )
            label = "Voeg dit document toe" if len(files) == 1 else f"Voeg deze {len(files)} documenten toe"
            if st.button(label, type="primary", key="add"):
                state.report, state.waiting = _add(files, access)
                state.uploads = state.get("uploads", 0) + 1
                st.switch_page(routes.sources(), query_params=routes.query())
        if (report := state.get("report")) and report.outcomes:
            _show(report)
    for waiting in state.get("waiting") or []:
        differing.show(waiting, _put, _leave)


def _put(waiting: differing.Waiting) -> None:
    """Put the new version of a document in the place of the old one."""
    state = st.session_state
    with st.status(f"Bezig met {waiting.name}", expanded=True):
        outcome = _tried(waiting.name, waiting.data, waiting.access, st.empty())
    state.report = Report([*(state.report.outcomes if state.get("report") else ()), outcome])
    state.waiting = [each for each in state.waiting if each is not waiting]
    st.rerun()


def _leave(waiting: differing.Waiting) -> None:
    state = st.session_state
    state.waiting = [each for each in state.waiting if each is not waiting]
    st.toast(say("judge.differs_left", name=waiting.would.document.title))
    st.rerun()


def _add(files: list[UploadedFile], access: Access) -> tuple[Report, list[differing.Waiting]]:
    """Put the files in the graph, one by one; one that fails leaves the others be. Those that would change what stands
    wait for a yes."""
    report, waits = Report(), []
    with st.status("Documenten worden toegevoegd", expanded=True) as status:
        for number, file in enumerate(files, 1):
            line = st.empty()
            what = file.name if len(files) == 1 else f"{file.name} ({number} van {len(files)})"
            status.update(label=f"Bezig met {what}")
            waiting = _compared(file, access)
            if waiting is not None:
                waits.append(waiting)
                line.write(f"{file.name}: staat er al, kijk wat er verandert")
                continue
            outcome = _tried(file.name, file.getvalue(), access, line)
            report.outcomes.append(outcome)
        status.update(label=_title(report), state="complete" if report.read or waits else "error", expanded=False)
    return report, waits


def _compared(file: UploadedFile, access: Access) -> differing.Waiting | None:
    try:
        return differing.compared(file.name, file.getvalue(), access)
    except Exception:
        # adding it will say what is wrong with it
        failure.log.info("Comparing %s failed", file.name, exc_info=True)
        return None


def _tried(name: str, data: bytes, access: Access, line: DeltaGenerator) -> Outcome:
    """Put one file in the graph, and say what came of it."""
    try:
        outcome = _add_one(name, data, access, partial(_tell, line, name))
        line.write(f"{name}: klaar")
    except KluwenError as error:
        failure.log.info("%s: %s: %s", name, error.key, error)
        outcome = Outcome(name, failed=str(error))
        line.write(f"{name}: niet gelukt")
    except Exception:
        failure.log.exception("Adding %s failed", name)
        outcome = Outcome(name, failed="Dit bestand is niet gelukt. De andere staan erin. Meer staat in het logboek.")
        line.write(f"{name}: niet gelukt")
    return outcome


def _tell(line: DeltaGenerator, name: str, step: str) -> None:
    line.write(f"{name}: {STEPS[step]} …")


def _add_one(name: str, data: bytes, access: Access, progress: Callable[[str], None]) -> Outcome:
    from search_app import intake

    library = session.create()
    with kept(session.place().uploads, name, data) as path:
        added = intake.add(library.store, library.encoder, path, name=name, access=access, progress=progress)
    return Outcome(added.document.title, added.document.id, _lines(library, added), added.new)


@contextmanager
def kept(folder: Path, name: str, data: bytes) -> Iterator[Path]:
    """An uploaded file in the folder of uploads, under its own name; when adding it fails, what stood there before."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / (Path(name).name or "document")
    before = path.read_bytes() if path.is_file() else None
    path.write_bytes(data)
    try:
        yield path
    except BaseException:
        if before is None:
            path.unlink()
        else:
            path.write_bytes(before)
        raise


def _lines(library: session.Library, added: Added) -> tuple[str, ...]:
    """What was found in a document, in words."""
    if added.change.unchanged:
        return ("Dit document stond er al, en is niet veranderd.", *added.notes)
    counts = Counter(str(statement.kind) for statement in added.statements)
    facts = []
    if added.document.pages:
        facts.append(f"{added.document.pages} {'bladzijde' if added.document.pages == 1 else 'bladzijden'}")
    if added.statements:
        facts.append(", ".join(words.counted(counts[kind], kind) for kind in Kind))
        concepts = library.by_id()
        known = {each.concept_id for each in library.statements(document=added.document.id)}
        shared = sum(concepts[id].support > 1 for id in known if id in concepts)
        if shared:
            facts.append(f"{shared} {'sluit' if shared == 1 else 'sluiten'} aan bij wat er al was")
    if not added.new and added.change.removed:
        facts.append(
            f"{len(added.change.removed)} uit de vorige versie {'is' if len(added.change.removed) == 1 else 'zijn'} weg"
        )
    return (*([" · ".join(facts)] if facts else []), *added.notes)


def _title(report: Report) -> str:
    number, read = len(report.outcomes), len(report.read)
    if not number:
        return "Kijk eerst wat er verandert"
    if read == number:
        return "Het document is gelezen" if number == 1 else f"Alle {number} documenten zijn gelezen"
    return (
        "Het document is niet gelezen"
        if number == 1
        else f"{read} van de {number} documenten {'is' if read == 1 else 'zijn'} gelezen"
    )


def _show(report: Report) -> None:
    rows = "".join(
        f'<li><span class="{"kl-bad" if each.failed else "kl-ok"}">{marks.icon("alert" if each.failed else "check")}</span><div>'
        f"<b>{escape(each.name)}</b>"
        + "".join(
            f'<span class="kl-muted">{escape(line)}</span>' for line in ([each.failed] if each.failed else each.lines)
        )
        + "</div></li>"
        for each in report.outcomes
    )
    st.html(f'<div class="kl-upload" role="status">{heading(_title(report), 3)}<ul>{rows}</ul></div>')
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="afterupload"):
        if len(report.read) == 1:
            st.page_link(
                routes.sources(),
                label="Bekijk wat erin staat",
                query_params=routes.query(bron=report.read[0].document),
            )
        if report.read and all(each.new for each in report.read):
            st.button("Draai deze toevoeging terug", type="tertiary", key="undo-upload", on_click=_undo, args=(report,))


def _undo(report: Report) -> None:
    from search_app.views.sources import forget

    library = session.create()
    known = {document.id for document in library.store.documents()}
    for outcome in report.read:
        if outcome.document in known:
            forget(library, outcome.document)
    st.session_state.report = None
    st.toast("Teruggedraaid: de documenten zijn weer uit Kluwen.")
