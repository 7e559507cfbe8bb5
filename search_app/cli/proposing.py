"""The language model that a person asks for with ``kluwen ingest``, and whether internal sources may go to it."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from corpus.messages import say
from search_app.cli.screen import Progress, ask, told

if TYPE_CHECKING:
    from ingest.propose import Proposer
    from ingest.propose.address import Address

LOCAL = "http://127.0.0.1:11434/v1"
"""Where a language model on this machine mostly listens; asked when a person names no address."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person says about a language model. ``send_internal`` is the address that internal sources may go to."""

    propose: bool
    url: str | None
    name: str | None
    send_internal: str | None


def proposer(asked: Asked) -> Proposer | None:
    """What asks the language model, or None when nobody asked for one. Says where the text of sources goes.

    ``KLUWEN_MODEL_URL`` and ``KLUWEN_MODEL_NAME`` count only once it is asked for; the key is in ``KLUWEN_MODEL_KEY``. Raises
    KluwenError for an address that is none, and UsageError when the name is missing or options do not go together.
    """
    from ingest.propose import Proposer
    from ingest.propose.address import address
    from ingest.propose.server import Model

    context = click.get_current_context()
    if not (asked.propose or asked.url):
        for option, value in (("--model-name", asked.name), ("--send-internal", asked.send_internal)):
            if value:
                raise click.UsageError(say("propose.not_asked", option=option), context)
        return None
    place = address(asked.url or os.environ.get("KLUWEN_MODEL_URL") or LOCAL)
    name = " ".join((asked.name or os.environ.get("KLUWEN_MODEL_NAME", "")).split())
    if not name:
        raise click.UsageError(say("propose.no_name"), context)
    if asked.send_internal and address(asked.send_internal) != place:
        raise click.UsageError(say("propose.other_address", address=place.base), context)
    model = Model(place, name, os.environ.get("KLUWEN_MODEL_KEY", "").strip())
    told(say("propose.sends", model=name, address=place.base))
    return Proposer(model, lambda place: bool(asked.send_internal) or _confirmed(place))


def _confirmed(place: Address) -> bool:
    """Whether the person at the terminal lets internal sources go to an address; no when there is nobody to ask."""
    if not sys.stdin.isatty():
        return False
    Progress().clear()
    return ask(say("propose.may_send", address=place.base))
