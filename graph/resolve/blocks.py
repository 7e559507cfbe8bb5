"""Which wordings are worth comparing: those that share a block.

A block is two things that a wording has (a concept, a rare word, what is the matter), or one that is rare by itself; and
what it is about beside that something falls short of it. How rare comes from :mod:`graph.resolve.wording`'s counts, so that the blocks of a wording depend on nothing but its text.
"""

from __future__ import annotations

from itertools import combinations

from graph.model import Kind
from graph.resolve.wording import NEGATION, WANTING, concepts_of, exact, frequencies, read, stems_of

MOST = 16
"""How many blocks a wording has at most: its rarest."""
ABOUT = 6
"""How many further ones there are at most, of a concept and whether it falls short."""
SHARE = 0.01
"""A block in which more than this share of all wordings would be expected is none."""
ALONE = 0.01
"""A word or concept that stands in no greater share of wordings is a block by itself."""
SUBJECT = 0.02
"""A concept in a greater share of wordings is no subject that tells them apart."""
_MATTER = 0.15
"""The share of wordings in which a family of what is the matter is taken to stand."""


def blocks(kind: Kind, text: str) -> tuple[str, ...]:
    """The keys of a wording's blocks, at most :data:`MOST`, the rarest first, and
    :data:`ABOUT` of its subject; the same text gives the same."""
    families, content = read(text)
    parts = {f"w:{term}": _share(term) for term in stems_of(content)}
    concepts = concepts_of(text)
    parts |= {f"c:{concept}": _share(concept) for concept in exact(concepts)}
    parts |= {f"m:{family}": _MATTER for family in families if family != NEGATION}
    found = [(share, name) for name, share in parts.items() if share <= ALONE]
    found += [
        (share_a * share_b, f"{a}+{b}")
        for (a, share_a), (b, share_b) in combinations(sorted(parts.items()), 2)
        if share_a * share_b <= SHARE
    ]
    rarest = [name for _, name in sorted(found)[:MOST]]
    short = "short" if families & WANTING else "-"
    about = sorted((_share(concept), f"c:{concept}+{short}") for concept in exact(concepts))
    rarest += [name for share, name in about if share <= SUBJECT][:ABOUT]
    return tuple(f"{kind.value}/{name}" for name in rarest)


def _share(term: str) -> float:
    """The share of wordings in which a stem or concept stands; of one that our texts don't hold, as if in half a one."""
    counts, total = frequencies()
    return float(max(counts.get(term, 0), 0.5) / total)
