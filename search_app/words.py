"""What the field's values are called on the screen, and which value a person's word means.

The words stand in ``corpus/messages/{nl,en}/words.toml``. Every function answers in the language in use; the parsers take
the name in code and the words of both languages, in singular and plural, whatever their case.
"""

from collections.abc import Mapping
from functools import cache

from corpus.errors import KluwenError
from corpus.messages import LANGUAGES, say, sentences
from graph.model import Access, Effort, Found, Kind, Level, Node, Origin, Relation, Term, Theme, fold


def kind_word(kind: str, *, plural: bool = False) -> str:
    """The word for a kind: a Kind or its value, or ``passage``, ``actor``, ``theme``, ``document``."""
    return say(f"words.{'kinds' if plural else 'kind'}_{kind}")


def counted(number: int, kind: str) -> str:
    """A number with its word, as in ``3 oplossingen`` and ``1 oplossing``."""
    return f"{number} {kind_word(kind, plural=number != 1)}"


def level_word(level: Level | str) -> str:
    """The word for a level, as in ``stelsel``."""
    return say(f"words.level_{level}")


def theme_word(theme: Theme | str) -> str:
    """The word for a theme, as in ``coördinatie en overdracht``."""
    return say(f"words.theme_{theme}")


def node_label(node: Node) -> str:
    """The label of a node in the language in use: a theme by its word, the others as their sources write it."""
    return theme_word(node.id.removeprefix("theme-")) if node.kind == "theme" else node.label


def effort_word(effort: Effort | str) -> str:
    """The word for how much a solution asks."""
    return say(f"words.effort_{effort}")


def term_word(term: Term | str) -> str:
    """The word for how soon a solution can work."""
    return say(f"words.term_{term}")


def access_word(access: Access | str) -> str:
    """The word for who may see a document."""
    return say(f"words.access_{access}")


def found_word(found: Found | str) -> str:
    """The words for what found a statement."""
    return say(f"words.found_{found}")


def origin_word(origin: Origin | str) -> str:
    """The words for who says a link, as in ``staat in de bron``."""
    return say(f"words.origin_{origin}")


def relation_word(relation: Relation | str, *, back: bool = False) -> str:
    """The words between source and target (``komt door``), or with ``back`` from target to source."""
    return say(f"words.relation_{relation}{'_back' if back else ''}")


def parse_kind(word: str) -> Kind:
    """The kind that a word names. Raises KluwenError with the words that would do."""
    return Kind(_parse("kind", word, [kind.value for kind in Kind]))


def parse_level(word: str) -> Level:
    """The level that a word names. Raises KluwenError with the words that would do."""
    return Level(_parse("level", word, [level.value for level in Level]))


def parse_theme(word: str) -> Theme:
    """The theme that a word names. Raises KluwenError with the words that would do."""
    return Theme(_parse("theme", word, [theme.value for theme in Theme]))


def parse_access(word: str) -> Access:
    """The access that a word names. Raises KluwenError with the words that would do."""
    return Access(_parse("access", word, [access.value for access in Access]))


@cache
def _spoken(what: str) -> Mapping[str, str]:
    """Every word that names a value of ``what``, folded; a value's own word goes before another's synonym."""
    own: dict[str, str] = {}
    other: dict[str, str] = {}
    for language in LANGUAGES:
        for key, word in sentences(language, "words").items():
            prefix, _, value = key.rpartition("_")
            if prefix in (what, f"{what}s"):
                own[fold(word)] = own[fold(value)] = value
            elif prefix == f"also_{what}":
                other.update({fold(each): value for each in word.split(",")})
    return other | own


def _parse(what: str, word: str, allowed: list[str]) -> str:
    value = _spoken(what).get(fold(word), "")
    if value not in allowed:
        raise KluwenError(f"app.unknown_{what}", word=word, words=", ".join(say(f"words.{what}_{v}") for v in allowed))
    return value
