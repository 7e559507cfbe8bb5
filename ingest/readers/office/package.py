"""The zip that an Office file or a book is: its parts, how they refer to each other, and what it says of itself."""

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import unquote

from corpus.errors import KluwenError
from ingest.structure import facts

_MOST_IN_PART = 64_000_000  # bytes of XML: a report of a thousand pages has about twenty million
_MOST_IN_ALL = 200_000_000
_PROPERTIES = ("core-properties", "extended-properties")
_NOT_XML = (b"\xd0\xcf\x11\xe0", b"{\\rtf")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_FOLDERS = {"word/": "word", "ppt/": "slides", "META-INF/container.xml": "book"}


@dataclass(frozen=True, slots=True)
class Relation:
    """What one part points at: ``target`` is the name of a part. What points out of the file is never followed."""

    kind: str
    target: str


@dataclass(frozen=True, slots=True)
class Told:
    """What the properties of the file say, without what a program put there by itself."""

    title: str | None = None
    date: str | None = None
    publisher: str | None = None


def kind(data: bytes) -> str:
    """``word``, ``slides`` or ``book``; ``encrypted`` with a password; ``damaged``; ``office`` for any other file of this family."""
    if data.startswith(_NOT_XML):
        return "encrypted" if _ENCRYPTED in data else "office"
    try:
        names = zipfile.ZipFile(BytesIO(data)).namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return "damaged"
    return next(
        (found for folder, found in _FOLDERS.items() if any(name.startswith(folder) for name in names)), "office"
    )


class Package:
    """An Office file or a book, opened. Nothing in it runs and nothing outside it is fetched.

    Raises KluwenError: ``reader.damaged`` (no zip, a part that is broken or missing), ``reader.encrypted``,
    ``reader.bomb`` (far more inside than a document holds).
    """

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self._left = _MOST_IN_ALL
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise KluwenError("reader.damaged", name=name) from error
        self._names = {each.filename.lower(): each for each in self._zip.infolist()}
        if any(each.flag_bits & 1 for each in self._names.values()):
            raise KluwenError("reader.encrypted", name=name)

    def main(self) -> str:
        """The name of the part that the document is in."""
        for relation in self.relations("").values():
            if relation.kind == "officeDocument":
                return relation.target
        raise KluwenError("reader.damaged", name=self.name)

    def xml(self, part: str) -> Any:
        """The root element of a part. Raises ``reader.damaged`` when it is not there, too."""
        found = self.xml_or_none(part)
        if found is None:
            raise KluwenError("reader.damaged", name=self.name)
        return found

    def xml_or_none(self, part: str) -> Any | None:
        """The root element of a part, or None where there is no such part."""
        from lxml import etree

        content = self.content(part)
        if content is None:
            return None
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
        )
        try:
            root = etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise KluwenError("reader.damaged", name=self.name) from error
        if root.getroottree().docinfo.doctype:  # the standard forbids one, and it serves only to make a text explode
            raise KluwenError("reader.bomb", name=self.name)
        return root

    def content(self, part: str) -> bytes | None:
        """What stands in a part, or None where there is no such part."""
        info = self._names.get(part.lower())
        if info is None:
            return None
        try:
            with self._zip.open(info) as stream:
                content = stream.read(min(_MOST_IN_PART, self._left) + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            RuntimeError,
            NotImplementedError,
            ValueError,
        ) as error:
            raise KluwenError("reader.damaged", name=self.name) from error
        if len(content) > min(_MOST_IN_PART, self._left):
            raise KluwenError("reader.bomb", name=self.name)
        self._left -= len(content)
        return content

    def relations(self, part: str) -> dict[str, Relation]:
        """What ``part`` points at inside the file, by the id that it uses for it; the whole file is ``""``."""
        folder, base = posixpath.split(part)
        root = self.xml_or_none(posixpath.join(folder, "_rels", f"{base}.rels"))
        found = {}
        for each in root.iterchildren("{*}Relationship") if root is not None else ():
            if each.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, unquote(each.get("Target", "")))).lstrip("/")
                found[each.get("Id", "")] = Relation(each.get("Type", "").rpartition("/")[2], target)
        return found

    def related(self, part: str, kind: str) -> str | None:
        """The first part of a kind that ``part`` points at."""
        return next((each.target for each in self.relations(part).values() if each.kind == kind), None)

    def told(self) -> Told:
        """The title, the day on which it was last changed (else made), and the company or organisation."""
        values: dict[str, str] = {}
        for relation in self.relations("").values():
            if relation.kind in _PROPERTIES:
                root = self.xml_or_none(relation.target)
                for each in root if root is not None else ():
                    values.setdefault(each.tag.rpartition("}")[2].lower(), each.text or "")
        when = values.get("modified") or values.get("created") or ""
        company = facts.worth(values.get("company"), "publisher_junk")
        return Told(
            facts.worth(values.get("title")),
            facts.date_in(when[:10]),
            company or facts.organisation(values.get("creator")),
        )


def attribute(element: Any, name: str) -> str | None:
    """An attribute by its name without namespace: the strict and the common kind of Office file have other ones."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), None)


def local(element: Any) -> str:
    """The name of an element without its namespace; nothing for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def on(element: Any | None) -> bool | None:
    """What a switch of a style says; None where it is not there."""
    return None if element is None else (attribute(element, "val") or "1") not in ("0", "false", "off")


def children(element: Any) -> Iterator[Any]:
    """The elements in one, with what only wraps them taken off and what was deleted left out."""
    for child in element:
        name = local(child)
        if name in ("ins", "moveTo", "sdtContent", "customXml", "smartTag", "hyperlink", "fldSimple", "dir", "bdo"):
            yield from children(child)
        elif name == "sdt":
            if not any(
                local(each) == "docPartGallery" and "Contents" in (attribute(each, "val") or "")
                for each in child.iter()
            ):
                yield from children(child)
        elif name == "AlternateContent":
            yield from children(child[0] if len(child) else child)
        elif name not in ("del", "moveFrom", "sdtPr", "sdtEndPr"):
            yield child
