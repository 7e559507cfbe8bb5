"""From a file to the graph: reads it, extracts its statements, makes their vectors and puts them in, one document at a time.

The one place where ``ingest`` and ``graph`` meet. The command and the app both use it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from corpus.catalogue import FILE_NAME, Source
from corpus.errors import KluwenError
from corpus.messages import say
from graph.difference import difference
from graph.ledger.touching import Touched, touched
from graph.model import Access, Contents, Document, Found, Link, Passage, Statement, Vectors, document_id, passage_id
from graph.store.base import Change

if TYPE_CHECKING:
    from graph.meaning.base import Encoder
    from graph.store.base import Store
    from ingest.document import ReadDocument
    from ingest.privacy import Finding
    from ingest.propose import Proposed, Proposer

Progress = Callable[[str], None]
"""Called with ``read``, ``extract``, ``propose`` (with a language model), ``vectors`` and ``store`` when that step begins."""


@dataclass(frozen=True, slots=True)
class Item:
    """A file to ingest; ``root`` is the folder that a person named, or None where they named the file itself."""

    path: Path
    root: Path | None = None

    @property
    def key(self) -> str:
        """What tells it from other files where the catalogue gives it no id."""
        return self.path.relative_to(self.root).as_posix() if self.root else self.path.name


@dataclass(frozen=True, slots=True)
class Plan:
    """What the files and folders that a person named come down to. ``skipped`` pairs a path with the sentence that says why."""

    items: tuple[Item, ...]
    skipped: tuple[tuple[Path, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Added:
    """What adding one file did. ``change.unchanged`` is true when nothing was written; ``statements`` and ``links`` are those
    that the document now holds (in a dry run: would hold). ``notes`` are sentences for the person who added it.
    ``traces`` are the places that point at persons, for that person to judge. ``proposed`` is what a language model did, or
    None where none was asked. A dry run also says which statements keep their words but ``moved``, and what would become of
    the judgements that people made (``touched``; None where the document is new)."""

    document: Document
    change: Change
    statements: tuple[Statement, ...] = ()
    links: tuple[Link, ...] = ()
    notes: tuple[str, ...] = ()
    new: bool = False
    proposed: Proposed | None = None
    traces: tuple[Finding, ...] = ()
    moved: tuple[Statement, ...] = ()
    touched: Touched | None = None


def plan(paths: Iterable[Path]) -> Plan:
    """The files that ingesting these paths would read, folders gone through and sorted, each once.

    In folders, hidden files, catalogues and files of a kind that no reader takes are skipped, and said. Raises KluwenError
    when a path does not exist.
    """
    from ingest.readers import supported

    readable = supported()
    items: dict[Path, Item] = {}
    skipped: dict[Path, str] = {}
    for path in paths:
        if path.is_dir():
            for file in sorted(path.rglob("*"), key=lambda each: each.relative_to(path).as_posix().casefold()):
                if not file.is_file() or file.resolve() in items:
                    continue
                if any(part.startswith((".", "~$")) for part in file.relative_to(path).parts):
                    skipped[file] = say("intake.skipped_hidden")
                elif file.name == FILE_NAME:
                    skipped[file] = say("intake.skipped_catalogue")
                elif file.suffix.lower() not in readable:
                    skipped[file] = say("intake.skipped_kind", suffix=file.suffix or file.name)
                else:
                    items[file.resolve()] = Item(file, path)
        elif path.exists():
            items.setdefault(path.resolve(), Item(path))
        else:
            raise KluwenError("intake.no_file", path=path)
    return Plan(tuple(items.values()), tuple(skipped.items()))


def add(
    store: Store | None,
    encoder: Encoder | None,
    path: Path,
    *,
    root: Path | None = None,
    url: str | None = None,
    access: Access | None = None,
    title: str | None = None,
    publisher: str | None = None,
    date: str | None = None,
    name: str | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
    refuse: Mapping[str, str] | None = None,
    proposer: Proposer | None = None,
) -> Added:
    """Read a file and put its document in the store, in place of what stood under its id before.

    ``root`` is the folder that a person named to ingest, ``url`` the address that the file was fetched from, ``name`` the
    file's own name where ``path`` is a copy under another. What a person says here goes before the catalogue, and that before
    what the document says of itself. Who may see it: what ``kluwen access`` said, else ``access``, else the catalogue, else
    what stood, else internal. A file that has not changed is not read, unless its statements were made by another edition of the
    extraction and none is a language model's. With ``dry_run`` or without a store nothing is written;
    without an encoder the statements get no vectors. ``refuse`` holds ids of documents that may not be replaced now, each
    with the name of what was just added under it: two files with one name. ``proposer`` lets a language model add statements; it
    is also asked about a file that has not changed, unless it proposed some of what stands.

    Raises KluwenError when the file cannot be read, or when the graph's vectors are of another model than ``encoder``.
    """
    from corpus import catalogue
    from graph.resolve.comparing import compare
    from ingest.extract import Extraction
    from ingest.extract.edition import edition
    from ingest.privacy import findings, sentences_for

    tell = progress or (lambda step: None)
    refuse_mixing(store, encoder)
    source = (catalogue.of_url(url, Path.cwd()) if url else catalogue.of_file(path, root)) or Source()
    own_name = name or (_url_name(url) if url else path.name)
    own_id = document_id(source.id or url or (path.relative_to(root).as_posix() if root else own_name))
    if refuse and own_id in refuse:
        raise KluwenError("intake.same_name", name=path.name, other=refuse[own_id])
    data = _bytes(path)
    content_hash = sha256(data).hexdigest()
    place = url or str(path.resolve())
    before = _standing(store, own_id)
    same = before is not None and (before.path == place or before.sha256 == content_hash)
    seen_by, notes = _access(before, access, source.access, same=same)
    said = {"title": title or source.title, "publisher": publisher or source.publisher, "date": date or source.date}

    stays: Added | None = None
    if (
        store is not None
        and before is not None
        and before.sha256 == content_hash
        and before.access == seen_by
        and not _lost(before, place)
        and all(value is None or value == getattr(before, field) for field, value in said.items())
    ):
        kept = tuple(store.statements(document_id=own_id))
        stays = Added(before, Change(before, kept=len(kept), unchanged=True), kept, notes=tuple(notes))
        # what a language model proposed would be lost, and costs much to ask again
        outdated = before.extraction != edition() and not any(each.origin is Found.MODEL for each in kept)
        if not outdated and (proposer is None or proposer.asked_before(kept)):
            return stays
        if outdated:
            stays = None
            notes.append(say("intake.read_again", name=before.name))
    if before is not None and before.path and not same:
        notes.append(say("intake.other_place", name=before.name, path=before.path))

    tell("read")
    read = _read(data, name or path.name)
    document = Document(
        id=own_id,
        name=own_name,
        title=said["title"] or read.title or (own_name if url else Path(own_name).stem),
        access=seen_by,
        publisher=said["publisher"] or read.publisher,
        date=said["date"] or read.date,
        media_type=read.media_type,
        path=place,
        sha256=content_hash,
        pages=read.pages,
        added=datetime.now(UTC).isoformat(timespec="seconds"),
        access_decided=before is not None and before.access_decided,
        extraction=edition(),
    )
    tell("extract")
    contents = _extracted(document, read)
    traces = findings(read)
    notes = [*read.notes, *notes, *sentences_for(traces)]
    proposed = None
    if proposer is not None:
        tell("propose")
        rules = Extraction(contents.statements, contents.links)
        proposed = proposer.propose(read, own_id, rules, internal=seen_by is not Access.PUBLIC)
        notes.append(proposed.sentence)
        if stays is not None and proposed.failed is not None:
            return replace(stays, notes=tuple(notes), proposed=proposed)
        contents = replace(contents, statements=proposed.extraction.statements, links=proposed.extraction.links)
    if not contents.statements:
        notes.append(say("intake.nothing_found", name=own_name))
    if dry_run or store is None:
        return _would(store if before is not None else None, contents, tuple(notes), proposed, traces)
    if encoder is not None and contents.statements:
        tell("vectors")
        contents = replace(contents, vectors=vectors(encoder, contents.statements))
    tell("store")
    change = store.put(contents)
    tell("compare")
    compare(store, [own_id])
    return Added(
        change.document, change, contents.statements, contents.links, tuple(notes), before is None, proposed, traces
    )


def _would(
    store: Store | None,
    contents: Contents,
    notes: tuple[str, ...],
    proposed: Proposed | None,
    traces: tuple[Finding, ...],
) -> Added:
    """What putting a document in would do; ``store`` holds it as it was, and is None where it is new."""
    document = contents.document
    standing = store.contents(document.id) if store is not None else Contents(document)
    would = difference(standing.statements, contents.statements)
    kept = len(would.changed) + len(would.same)
    change = Change(document, would.added, would.removed, kept, changed=would.redescribed + would.moved)
    judged = touched(standing, contents, store.ledger()) if store is not None else None
    found = (contents.statements, contents.links)
    return Added(document, change, *found, notes, store is None, proposed, traces, would.moved, judged)


def vectors(encoder: Encoder, statements: Sequence[Statement]) -> Vectors:
    """The vectors of statements: of their quotes, and of the quotes with their lead-in (the same where there is none)."""
    texts = encoder.encode_passages([statement.quote for statement in statements])
    leads = texts.copy()
    led = [i for i, statement in enumerate(statements) if statement.lead_in]
    if led:
        leads[led] = encoder.encode_passages([statements[i].text for i in led])
    return Vectors(encoder.info, tuple(statement.id for statement in statements), texts, leads)


def refuse_mixing(store: Store | None, encoder: Encoder | None) -> None:
    """Raise KluwenError when the graph's vectors are of another model than this encoder's."""
    made_with = store.model() if store is not None else None
    if made_with is not None and encoder is not None and made_with != encoder.info:
        raise KluwenError("intake.other_model", graph=made_with.name, given=encoder.info.name)


def _lost(before: Document, place: str) -> bool:
    """Whether the file that a document was read from is no longer there, and this one is elsewhere."""
    return before.path != place and (before.path is None or not Path(before.path).exists())


def _standing(store: Store | None, id: str) -> Document | None:
    """The document that the graph has under this id, or None."""
    return next(iter(store.documents([id])), None) if store is not None else None


def _access(
    before: Document | None, option: Access | None, catalogued: str | None, *, same: bool
) -> tuple[Access, list[str]]:
    """Who may see a document, and what to say about it.

    What stands in the graph for another file under the same id may keep this one internal, never make it public.
    """
    new = option or (Access(catalogued) if catalogued else None)
    if before is None:
        return new or Access.INTERNAL, []
    if before.access_decided and (same or before.access == Access.INTERNAL):
        stays = say("intake.access_stays", access=say(f"words.access_{before.access}"), name=before.name)
        return before.access, [stays] if new and new != before.access else []
    return new or (before.access if same else Access.INTERNAL), []


def _read(data: bytes, name: str) -> ReadDocument:
    from ingest.readers import read_bytes

    return read_bytes(data, name)


def _extracted(document: Document, read: ReadDocument) -> Contents:
    from ingest.extract import extract

    extraction = extract(read, document.id)
    passages = tuple(
        Passage(
            id=passage_id(document.id, order),
            document_id=document.id,
            order=order,
            text=block.text,
            kind=block.kind,
            section=block.section,
            lead_in=": ".join(line.rstrip(" :") for line in block.lead_in) or None,
            page=block.page,
        )
        for order, block in enumerate(read.blocks)
    )
    return Contents(document, passages, tuple(extraction.statements), tuple(extraction.links))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise KluwenError("intake.unreadable", path=path, reason=error.strerror or str(error)) from error


def _url_name(url: str) -> str:
    """The name that a document from an address is shown by: the last part of its path, else its host."""
    parts = urlsplit(url)
    return unquote(parts.path.rstrip("/").rpartition("/")[2]) or parts.netloc
