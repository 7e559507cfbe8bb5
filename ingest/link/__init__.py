"""Links that a source itself states between its statements."""

from ingest.link.claims import SpanLink
from ingest.link.reasons import reasoned
from ingest.link.stated import links

__all__ = ["SpanLink", "links", "reasoned"]
