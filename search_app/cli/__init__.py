"""The ``kluwen`` command. Each sub-command is a file of its own, and is imported only when it is asked for."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from corpus.messages import use


def main(args: Sequence[str] | None = None) -> int:
    """Run the command and give its exit code: 0 well, 1 something failed, 2 it was not called as it should be."""
    words = list(sys.argv[1:] if args is None else args) or ["--help"]
    use(_language(words))
    _utf8()
    from click import Abort, ClickException, UsageError
    from click.exceptions import Exit

    from corpus.errors import KluwenError
    from search_app.cli.base import Kluwen
    from search_app.cli.screen import complain
    from search_app.cli.wording import in_our_words

    in_our_words()
    command = Kluwen()
    try:
        with command.make_context("kluwen", words) as context:
            result = command.invoke(context)
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except Exit as stop:
        return stop.exit_code
    except UsageError as error:
        complain(error.format_message(), see=f"{error.ctx.command_path if error.ctx else 'kluwen'} --help")
        return 2
    except KluwenError as error:
        complain(str(error))
        return 1
    except ClickException as error:
        complain(error.format_message())
        return 1
    except BrokenPipeError:
        _leave_the_pipe()
        return 0
    except (KeyboardInterrupt, Abort):
        complain(None)
        return 1
    except Exception as error:
        if os.environ.get("KLUWEN_DEBUG"):
            raise
        from search_app.cli.log import written

        complain(written(error, words))
        return 1


def _language(words: Sequence[str]) -> str | None:
    """What ``--lang`` before the sub-command says: it must be known before any help is made."""
    for i, word in enumerate(words):
        if word == "--lang" and i + 1 < len(words):
            return words[i + 1]
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
        if not word.startswith("-") and (i == 0 or words[i - 1] != "--graph"):
            break
    return None


def _utf8() -> None:
    """What goes to a file or another program is UTF-8 everywhere; a terminal that lacks a sign shows another in its place."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(**({"errors": "replace"} if stream.isatty() else {"encoding": "utf-8"}))


def _leave_the_pipe() -> None:
    """The reader has had enough (``kluwen … | head``): nothing more may be written, not even at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
