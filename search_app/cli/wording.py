"""Click's own words (Usage, Options, its errors) in the language in use: they stand in ``corpus/messages/*/click.toml``."""

import sys

from corpus.messages import language, sentences

MODULES = ("core", "decorators", "exceptions", "formatting", "parser", "termui", "types")


def in_our_words() -> None:
    """Let Click say what it says in our words. It asks gettext for each, by the names ``_`` and ``ngettext`` in its modules."""
    for name in MODULES:
        module = sys.modules.get(f"click.{name}")
        for asked, answer in (("_", translated), ("ngettext", counted)):
            if hasattr(module, asked):
                setattr(module, asked, answer)


def translated(message: str) -> str:
    """One of Click's messages in the language in use, else as it is."""
    if language() == "en":
        return message
    return sentences(language(), "click").get(message, message)


def counted(one: str, more: str, number: int) -> str:
    """The same for a message that depends on a number."""
    return translated(one if number == 1 else more)
