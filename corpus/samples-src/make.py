"""Makes the samples that are not written as they are: three PDFs and a board.

Run as ``python corpus/samples-src/make.py [NAME …]``. It needs LibreOffice (``soffice``), weasyprint and reportlab, and
gives the same text each time. Names are those of the sources beside this file, without their ending.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).parent
SAMPLES = HERE.parent / "samples"


def main(names: list[str]) -> None:
    """Make the named samples, or all of them."""
    sources = [path for path in sorted(HERE.iterdir()) if path.suffix in {".md", ".toml"}]
    if unknown := set(names) - {path.stem for path in sources}:
        sys.exit(f"unknown: {', '.join(sorted(unknown))}; choose from {', '.join(path.stem for path in sources)}")
    for path in sources:
        if not names or path.stem in names:
            print(make(path, SAMPLES))


def make(path: Path, folder: Path) -> Path:
    """Make the sample of one source in a folder; returns the file made."""
    if path.suffix == ".toml":
        import board

        target = folder / f"{path.stem}.json"
        board.make(path, target)
        return target
    import markup

    source = markup.load(path)
    target = folder / f"{path.stem}.pdf"
    year, month, day = [*(int(part) for part in source.meta["date"].split("-")), 1][:3]
    epoch = int(datetime(year, month, day, 9, tzinfo=UTC).timestamp())
    os.environ["SOURCE_DATE_EPOCH"] = str(epoch)  # weasyprint and reportlab date what they make by it
    if source.meta["made_by"] == "libreoffice":
        import writer

        writer.make(source, target, epoch)
    elif source.meta["made_by"] == "weasyprint":
        import paper

        paper.make(source, target)
    else:
        import slides

        slides.make(source, target)
    return target


if __name__ == "__main__":
    main(sys.argv[1:])
