"""Where the technical part of an unexpected failure goes."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from corpus.messages import say

MOST_BYTES = 1_000_000


def written(error: Exception, words: Sequence[str]) -> str:
    """The sentence that says that something failed and where more about it stands: in a log that stays on this computer."""
    path = Path(click.get_app_dir("kluwen")) / "kluwen.log"
    what = " ".join(str(error).split())[:200] or type(error).__name__
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        mode = "a" if path.exists() and path.stat().st_size < MOST_BYTES else "w"
        with path.open(mode, encoding="utf-8") as log:
            log.write(f"{datetime.now(UTC).isoformat(timespec='seconds')} kluwen {' '.join(words)}\n")
            log.writelines(traceback.format_exception(error))
    except OSError:
        return say("command.unexpected_unlogged", reason=what)
    return say("command.unexpected", reason=what, log=path)
