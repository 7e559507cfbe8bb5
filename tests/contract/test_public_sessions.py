"""What a session that may see public documents only is shown. Part of the contract of all stores."""

import dataclasses

import numpy as np
import pytest

from corpus.dutch import terms
from corpus.errors import KluwenError
from graph.export import FORMATS, pieces
from graph.model import Access, Kind, Level, Theme, actor_id, theme_id
from graph.store.base import Filters
from graph.tangle import levers, loops, neighbourhood, paths, solutions_for, unanswered

NIGHT = "Er is te weinig nachtzorg"
PUBLIC = (
    (
        f"bottleneck: {NIGHT}",
        {"level": "organisational", "theme": "capacity", "confidence": 0.5, "actors": ("huisarts",)},
    ),
    ("cause: tekort aan personeel", {"theme": "capacity", "actors": ("gemeente",)}),
)
SECRET = (
    # says the same more certainly, of another level, and in other letters
    (
        "bottleneck: Er is te weinig NACHTZORG!",
        {"level": "system", "theme": "funding", "confidence": 1.0, "actors": ("raad van bestuur",)},
    ),
    ("solution: Ontsla de zwijgzame directeur", {"theme": "organisation"}),
    ("cause: de fusie mislukt", {"level": "system", "experienced_by": ()}),
    "text: De vertrouwelijke notulen van de fusie.",
)
SECRET_WORDS = (
    "NACHTZORG",
    "zwijgzame",
    "directeur",
    "fusie",
    "vertrouwelijk",
    "geheim",
    "raad van bestuur",
    "funding",
)


@pytest.fixture
def both(store, make, model):
    """One public and one internal document that tell of the same, with links of both."""
    store.put(make("openbaar.pdf", *PUBLIC, links=((0, "CAUSED_BY", 1),), vectors=model))
    store.put(
        make(
            "geheim.docx",
            *SECRET,
            links=((1, "ADDRESSES", 0), (0, "CAUSED_BY", 2)),
            vectors=model,
            access="internal",
            title="Geheim verslag",
        )
    )
    return store


@pytest.fixture
def public(both, reopen):
    return reopen(public=True)


def everything(store, hidden_ids, terms_asked) -> str:
    """All that any method answers, to every question that we can think of, as one text."""
    answers: list[object] = []
    ids = [*hidden_ids, *(s.id for s in store.statements()), *(c.id for c in store.concepts())]
    concepts = [id for id in ids if id.startswith("con-")]
    answers += [store.documents(), store.passages(), store.passages(ids), store.statements(), store.statements(ids)]
    answers += [store.statements(concept_ids=concepts), store.links(), store.links(ids), store.concepts()]
    answers += [store.concepts(ids), store.nodes(ids), store.edges(ids), store.claims(), store.counts()]
    answers += [store.facets(), store.facets(ids), store.terms(ids), store.passage_terms(ids)]
    answers += [store.nominate(terms_asked, Filters(), 100), store.nominate_passages(terms_asked, Filters(), 100)]
    answers += [list(store.corpus(terms_asked).frequencies.values()), store.corpus(terms_asked, of="passages").size]
    answers += [store.vectors().ids, loops(store), levers(store), unanswered(store)]
    # each kind of store has a version of its own
    own = ("store.check_server", "store.check_indexes_ok", "store.check_version")
    answers += [f for f in store.check() if f.key not in own]
    for document in hidden_ids:
        answers += [store.same_source(document)]
        answers += [store.statements(document_id=document), store.passages(document_id=document)]
        answers += [store.concepts(filters=Filters(documents=frozenset({document})))]
        answers += [store.vectors(Filters(documents=frozenset({document}))).ids]
    for theme in Theme:
        answers += [store.concepts(filters=Filters(themes=frozenset({theme}))), store.edges([theme_id(theme)])]
    for concept in store.concepts():
        answers += [neighbourhood(store, concept.id, 4), solutions_for(store, concept.id)]
    for kind in FORMATS:
        answers += pieces(store, kind.what, kind.name)
    return "\n".join(map(repr, answers))


def hidden(both) -> list[str]:
    """The ids of all that rests on the internal document alone."""
    document = both.document("geheim.docx").id
    alone = list(both.statements(document_id=document))
    shared = {s.concept_id for s in both.statements(document_id=both.document("openbaar.pdf").id)}
    return [
        document,
        actor_id("raad van bestuur"),
        theme_id(Theme.FUNDING),
        theme_id(Theme.ORGANISATION),
        *(p.id for p in both.passages(document_id=document)),
        *(s.id for s in alone),
        *({s.concept_id for s in alone} - shared),
    ]


def test_nothing_that_rests_on_an_internal_document_is_shown(both, public) -> None:
    asked = terms(f"{NIGHT} zwijgzame directeur fusie notulen")
    ids = hidden(both)
    shown = everything(public, ids, asked)
    assert "tekort aan personeel" in shown
    for secret in (*SECRET_WORDS, *ids):
        # keys of our own sentences and questions echo nothing of the graph
        assert secret not in shown.replace("geheim_", ""), secret
    # and the test can see them where they may be seen
    full = everything(both, ids, asked)
    assert all(secret in full for secret in (*SECRET_WORDS, *ids) if secret != "geheim")


def test_a_public_session_sees_exactly_what_a_graph_of_the_public_documents_holds(
    both, public, make, model, tmp_path
) -> None:
    import graph

    ids = hidden(both)
    asked = terms(f"{NIGHT} zwijgzame directeur fusie notulen")
    with graph.open(str(tmp_path / "public.db"), create=True) as alone:
        document = both.document("openbaar.pdf")
        contents = make("openbaar.pdf", *PUBLIC, links=((0, "CAUSED_BY", 1),), vectors=model)
        alone.put(dataclasses.replace(contents, document=document))
        assert everything(public, ids, asked) == everything(alone, ids, asked)
        assert np.array_equal(public.vectors().texts, alone.vectors().texts)


def test_what_is_internal_can_not_be_named(both, public) -> None:
    for id in hidden(both):
        for ask in (
            public.resolve,
            public.document,
            lambda id: neighbourhood(public, id),
            lambda id: solutions_for(public, id),
            lambda id: paths(public, id, id),
        ):
            with pytest.raises(KluwenError) as refused:
                ask(id)
            assert refused.value.key in ("store.node_missing", "store.document_missing")
    for key in ("geheim.docx", "Geheim verslag", "Geheim"):
        with pytest.raises(KluwenError):
            public.document(key)


def test_a_concept_takes_name_level_support_and_links_from_public_statements(both, public) -> None:
    [full] = both.concepts(filters=Filters(kinds=frozenset({Kind.BOTTLENECK})))
    assert (full.label, full.level, full.support, full.internal) == (
        "Er is te weinig NACHTZORG!",
        Level.SYSTEM,
        2,
        True,
    )
    [seen] = public.concepts([full.id])
    assert (seen.label, seen.level, seen.support, seen.internal) == (NIGHT, Level.ORGANISATIONAL, 1, False)
    assert (seen.statements, seen.theme, seen.actors) == (1, Theme.CAPACITY, ("huisarts",))
    assert len(both.edges([full.id])) > len(public.edges([full.id]))
    assert {e.relation for e in public.edges([full.id])} == {"CAUSED_BY", "INVOLVES", "ABOUT"}


def test_a_link_of_an_internal_document_between_public_statements_is_not_shown(both, public, make) -> None:
    night, staff = (s.id for s in public.statements())
    secret = make("memo.txt", "cause: intern", access="internal")
    tie = dataclasses.replace(both.links([night])[0], source=staff, target=night)
    both.put(dataclasses.replace(secret, links=(tie,)))
    assert tie in both.links()
    assert tie not in public.links()
    assert len(public.claims()) == 1


def test_a_public_link_to_an_internal_statement_is_not_shown(both, public, make) -> None:
    [_, solution, _] = both.statements(document_id=both.document("geheim.docx").id)
    contents = make("open2.txt", "cause: iets openbaars")
    tie = dataclasses.replace(both.links()[0], source=solution.id, target=contents.statements[0].id)
    both.put(dataclasses.replace(contents, links=(tie,)))
    assert tie in both.links()
    assert tie not in public.links()


def test_what_a_document_may_show_follows_its_access_at_once(both, public) -> None:
    id = both.document("geheim.docx").id
    asked = terms("fusie")
    assert public.corpus(asked).frequencies == {asked[0]: 0}
    both.set_access(id, Access.PUBLIC)
    assert [d.name for d in public.documents()] == ["geheim.docx", "openbaar.pdf"]
    assert public.corpus(asked) == both.corpus(asked)
    assert public.vectors().ids == both.vectors().ids
    assert public.counts() == both.counts()
    assert public.facets() == both.facets()
    assert all(f.ok for f in public.check())
    both.set_access(id, Access.INTERNAL)
    assert public.corpus(asked).frequencies == {asked[0]: 0}
    assert len(public.vectors().ids) == 2
    assert all(f.ok for f in (*public.check(), *both.check()))


def test_access_that_changes_with_the_file_keeps_the_counts_right(both, public, make) -> None:
    asked = terms("fusie overname")
    both.put(make("geheim.docx", *SECRET[:2], "cause: de overname", access="public"))
    assert public.corpus(asked).frequencies == both.corpus(asked).frequencies == {asked[0]: 0, asked[1]: 1}
    assert all(f.ok or "vector" in f.key for f in (*public.check(), *both.check()))
    both.put(make("geheim.docx", *SECRET, access="internal"))
    assert public.corpus(asked).frequencies == dict.fromkeys(asked, 0)
    assert all(f.ok or "vector" in f.key for f in (*public.check(), *both.check()))


def test_a_redirect_that_an_internal_document_made_leads_the_public_nowhere(both, public, make) -> None:
    [night, *_] = both.statements(document_id=both.document("geheim.docx").id)
    [_, solution, _] = both.statements(document_id=both.document("geheim.docx").id)
    changed = (SECRET[0], (SECRET[1][0].replace("solution", "cause"), SECRET[1][1]), *SECRET[2:])
    both.put(make("geheim.docx", *changed, access="internal"))
    assert both.resolve(solution.concept_id) == both.resolve(solution.id)
    with pytest.raises(KluwenError):
        public.resolve(solution.concept_id)
    assert public.nodes([solution.concept_id]) == []
    # nor to what a public document says as well
    both.put(make("open.txt", "cause: Ontsla de zwijgzame directeur"))
    assert public.resolve(both.resolve(solution.id)) == both.resolve(solution.concept_id)
    with pytest.raises(KluwenError):
        public.resolve(solution.concept_id)
    assert public.resolve(night.concept_id) == night.concept_id


@pytest.mark.parametrize("write", ["put", "forget", "set_access", "replace_vectors"])
def test_a_public_session_changes_nothing(both, public, make, write) -> None:
    arguments = {
        "put": (make("geheim.docx", "cause: overschreven"),),
        "forget": (both.document("geheim.docx").id,),
        "set_access": (both.document("geheim.docx").id, Access.PUBLIC),
        "replace_vectors": (both.vectors(),),
    }
    before = both.revision()
    with pytest.raises(KluwenError) as refused:
        getattr(public, write)(*arguments[write])
    assert refused.value.key == "store.public_session"
    assert both.revision() == before


def test_nothing_said_is_internal(make) -> None:
    from graph.model import Document

    assert Document("doc-1", "a.txt", "A").access == Access.INTERNAL
