"""What a store answers. Part of the contract of all stores."""

import pytest

from corpus.dutch import terms
from corpus.errors import KluwenError
from graph.model import Effort, Kind, Level, Term, Theme, actor_id, theme_id
from graph.store.base import Filters

NIGHT = "bottleneck: Er is te weinig nachtzorg."
STAFF = "cause: tekort aan personeel"
POOL = "solution: Maak een regionale pool"
TAXI = "solution: Laat de taxi rijden"


@pytest.fixture
def told(store, make, model):
    """Two documents that tell of the same night care."""
    store.put(
        make(
            "advies.pdf",
            (NIGHT, {"level": "system", "theme": "capacity", "actors": ("huisarts",), "experienced_by": ("patiënt",)}),
            (STAFF, {"level": "organisational", "theme": "capacity", "lead_in": "Oorzaken"}),
            (POOL, {"theme": "coordination", "actors": ("gemeente", "huisarts"), "effort": "complex", "term": "long"}),
            links=((0, "CAUSED_BY", 1), (2, "ADDRESSES", 0)),
            vectors=model,
            title="Advies over de nacht",
        )
    )
    store.put(
        make(
            "notitie.txt",
            (NIGHT, {"level": "system", "theme": "planning", "actors": ("gemeente",)}),
            "bottleneck: Mantelzorgers raken overbelast",
            "text: Iets over het weer in de nacht.",
            links=((0, "LEADS_TO", 1),),
            vectors=model,
            title="Aantekening",
        )
    )
    return store


def concept(store, words: str):
    return next(c for c in store.concepts() if c.label.startswith(words))


def test_documents_stand_by_title(told) -> None:
    assert [d.title for d in told.documents()] == ["Aantekening", "Advies over de nacht"]
    _, second = told.documents()
    assert told.documents([second.id, "doc-niets", second.id]) == [second]
    assert told.documents([]) == []


@pytest.mark.parametrize("key", ["advies.pdf", "Advies over de nacht", "ADVIES.PDF", "advies over", "Advies"])
def test_a_document_is_found_by_name_title_or_the_start_of_its_title(told, key) -> None:
    assert told.document(key).name == "advies.pdf"
    assert told.document(told.document(key).id).name == "advies.pdf"


@pytest.mark.parametrize(
    ("key", "why"), [("A", "store.document_ambiguous"), ("x", "store.document_missing"), ("", "store.document_missing")]
)
def test_a_document_that_is_not_clearly_named_is_refused(told, key, why) -> None:
    with pytest.raises(KluwenError) as refused:
        told.document(key)
    assert refused.value.key == why


def test_answers_stand_in_the_order_asked_and_leave_out_the_unknown(told) -> None:
    ids = [s.id for s in told.statements()][::-1]
    assert [s.id for s in told.statements([ids[0], "st-unknown", *ids[1:], ids[0]])] == ids
    passages = [p.id for p in told.passages()][::-1]
    assert [p.id for p in told.passages([*passages, "pas-unknown"])] == passages
    concepts = [c.id for c in told.concepts()][::-1]
    assert [c.id for c in told.concepts(["con-unknown", *concepts])] == concepts
    nodes = [theme_id(Theme.PLANNING), *concepts, actor_id("gemeente")]
    assert [n.id for n in told.nodes([*nodes, "theme-none", "actor-none", "doc-1"])] == nodes
    assert told.statements([]) == told.passages([]) == told.links([]) == told.concepts([]) == told.nodes([]) == []
    assert told.edges([]) == []


def test_statements_are_given_by_document_and_by_concept(told) -> None:
    advice = told.document("advies.pdf").id
    assert next(s.quote for s in told.statements(document_id=advice)) == "Er is te weinig nachtzorg."
    night = concept(told, "Er is te weinig")
    assert len(told.statements(concept_ids=[night.id])) == 2
    assert len(told.statements(document_id=advice, concept_ids=[night.id])) == 1
    assert [p.order for p in told.passages(document_id=advice)] == [0, 1, 2]


def test_more_ids_can_be_asked_than_a_database_has_parameters(told) -> None:
    ids = [f"st-{i}" for i in range(50_000)]
    assert told.statements(ids) == []
    assert len(told.statements([*ids, *(s.id for s in told.statements())])) == 5
    assert told.edges([f"con-{i}" for i in range(50_000)]) == []


def test_a_concept_is_what_its_statements_say(told) -> None:
    night = concept(told, "Er is te weinig")
    assert (night.label, night.kind) == ("Er is te weinig nachtzorg", Kind.BOTTLENECK)
    assert (night.level, night.support, night.statements) == (Level.SYSTEM, 2, 2)
    assert set(night.actors) == {"huisarts", "gemeente"}
    assert night.experienced_by == ("patiënt",)
    staff = concept(told, "Oorzaken")
    assert staff.label == "Oorzaken: tekort aan personeel"
    pool = concept(told, "Maak een")
    assert (pool.effort, pool.term) == (Effort.COMPLEX, Term.LONG)
    assert next(c.label for c in told.concepts()) == night.label


def test_concepts_can_be_filtered(told) -> None:
    def labels(**filters):
        return {c.label for c in told.concepts(filters=Filters(**{k: frozenset(v) for k, v in filters.items()}))}

    assert labels(kinds={Kind.CAUSE}) == {"Oorzaken: tekort aan personeel"}
    assert labels(levels={Level.SYSTEM}) == {"Er is te weinig nachtzorg"}
    assert labels(themes={Theme.COORDINATION}) == {"Maak een regionale pool"}
    assert labels(actors={"patiënt"}) == {"Er is te weinig nachtzorg"}
    assert labels(documents={told.document("notitie.txt").id}) == {
        "Er is te weinig nachtzorg",
        "Mantelzorgers raken overbelast",
    }
    assert labels(kinds={Kind.CAUSE}, levels={Level.SYSTEM}) == set()


def test_edges_carry_their_evidence(told) -> None:
    night, staff, pool = (concept(told, w) for w in ("Er is te weinig", "Oorzaken", "Maak"))
    edges = {(e.source, e.relation, e.target): e for e in told.edges([night.id])}
    first, cause, answer = told.statements(document_id=told.document("advies.pdf").id)
    second = told.statements(document_id=told.document("notitie.txt").id)[0]
    assert edges[night.id, "CAUSED_BY", staff.id].evidence == ((first.id, cause.id),)
    assert edges[pool.id, "ADDRESSES", night.id].evidence == ((answer.id, first.id),)
    assert edges[night.id, "EXPERIENCED_BY", actor_id("patiënt")].evidence == ((first.id, first.id),)
    assert edges[night.id, "INVOLVES", actor_id("gemeente")].evidence == ((second.id, second.id),)
    assert (night.id, "ABOUT", theme_id(Theme.CAPACITY)) in edges
    assert (night.id, "ABOUT", theme_id(Theme.PLANNING)) in edges
    assert len(edges) == 8
    assert all(night.id in (e.source, e.target) for e in edges.values())


def test_an_actor_and_a_theme_have_edges_too(told) -> None:
    edges = told.edges([actor_id("gemeente"), theme_id(Theme.CAPACITY)])
    assert {(told.nodes([e.source])[0].label, e.relation) for e in edges} == {
        ("Er is te weinig nachtzorg", "INVOLVES"),
        ("Maak een regionale pool", "INVOLVES"),
        ("Er is te weinig nachtzorg", "ABOUT"),
        ("Oorzaken: tekort aan personeel", "ABOUT"),
    }
    [gemeente] = told.nodes([actor_id("Gemeente")])
    assert (gemeente.kind, gemeente.label, gemeente.support) == ("actor", "gemeente", 2)
    [capacity] = told.nodes([theme_id(Theme.CAPACITY)])
    assert (capacity.kind, capacity.theme, capacity.support) == ("theme", Theme.CAPACITY, 1)


def test_claims_are_the_edges_between_concepts(told) -> None:
    assert sorted(e.relation for e in told.claims()) == ["ADDRESSES", "CAUSED_BY", "LEADS_TO"]


@pytest.mark.parametrize("id", ["con-0", "st-0", "actor-0", "theme-0", "theme-funding", "doc-0", "", "nonsense"])
def test_an_id_that_stands_for_nothing_is_refused(told, id) -> None:
    with pytest.raises(KluwenError) as refused:
        told.resolve(id)
    assert refused.value.key == "store.node_missing"


def test_every_id_of_a_node_resolves(told) -> None:
    for s in told.statements():
        assert told.resolve(s.id) == s.concept_id
    for id in (actor_id("huisarts"), theme_id(Theme.CAPACITY), *(c.id for c in told.concepts())):
        assert told.resolve(id) == id


def test_counts_name_every_label_and_relation(told) -> None:
    assert told.counts() == {
        "Document": 2,
        "Passage": 6,
        "Statement": 5,
        "Bottleneck": 2,
        "Cause": 1,
        "Solution": 1,
        "Actor": 3,
        "Theme": 3,
        "PART_OF": 6,
        "FROM": 5,
        "EXPRESSES": 5,
        "CAUSED_BY": 1,
        "LEADS_TO": 1,
        "ADDRESSES": 1,
        "EXPERIENCED_BY": 1,
        "INVOLVES": 4,
        "ABOUT": 4,
    }


def test_facets_count_concepts_and_the_statements_of_documents(told) -> None:
    advice, note = told.document("advies.pdf").id, told.document("notitie.txt").id
    facets = told.facets()
    assert facets["kind"] == {"bottleneck": 2, "cause": 1, "solution": 1}
    assert facets["level"] == {"organisational": 1, "system": 1}
    assert facets["actor"] == {"gemeente": 2, "huisarts": 2, "patiënt": 1}
    assert facets["document"] == {advice: 3, note: 2}
    some = told.facets([s.id for s in told.statements() if s.quote.startswith("tekort")])
    assert some["kind"] == {"cause": 1}
    assert some["document"] == {advice: 1}
    assert told.facets([]) == {"kind": {}, "level": {}, "theme": {}, "actor": {}, "document": {}}


def test_statements_are_nominated_by_their_terms(told) -> None:
    def quotes(words: str, limit: int = 10, **filters) -> list[str]:
        found = told.nominate(terms(words), Filters(**{k: frozenset(v) for k, v in filters.items()}), limit)
        return [s.quote for s in told.statements(found)]

    assert quotes("nachtzorg") == ["Er is te weinig nachtzorg."] * 2
    assert quotes("oorzaken") == ["tekort aan personeel"]
    assert set(quotes("personeel en mantelzorgers")) == {"tekort aan personeel", "Mantelzorgers raken overbelast"}
    assert len(quotes("nachtzorg", limit=1)) == 1
    assert quotes("nachtzorg", limit=0) == []
    assert quotes("nachtzorg", documents={told.document("notitie.txt").id}) == ["Er is te weinig nachtzorg."]
    assert quotes("nachtzorg personeel", kinds={Kind.CAUSE}) == ["tekort aan personeel"]
    assert quotes("nachtzorg", levels={Level.INTRINSIC}) == []
    assert quotes("nachtzorg", actors={"patiënt"}) == ["Er is te weinig nachtzorg."]
    assert quotes("fiets") == quotes("") == []


@pytest.mark.parametrize("odd", ['"', "a OR b", "NEAR(a b)", "*", "quote:", "^", "(", "%", "'; DROP TABLE x", "\x00"])
def test_terms_are_only_ever_words(told, odd) -> None:
    assert told.nominate([odd], Filters(), 5) == []
    assert told.corpus([odd]).frequencies == {odd: 0}


def test_the_rarer_term_nominates_first(told) -> None:
    found = told.nominate([terms("nachtzorg")[0], terms("personeel")[0]], Filters(), 10)
    assert told.statements(found)[0].quote == "tekort aan personeel"


def test_passages_are_nominated_by_their_terms(told) -> None:
    weather = [p.id for p in told.passages() if "weer" in p.text]
    assert told.nominate_passages(terms("weer"), Filters(), 5) == weather
    assert (
        told.nominate_passages(terms("weer"), Filters(documents=frozenset({told.document("advies.pdf").id})), 5) == []
    )
    # no statement stands in it, so no filter on statements lets it through
    assert told.nominate_passages(terms("weer"), Filters(kinds=frozenset({Kind.CAUSE})), 5) == []
    assert len(told.nominate_passages(terms("personeel"), Filters(kinds=frozenset({Kind.CAUSE})), 5)) == 1


def test_the_corpus_counts_statements_and_passages_apart(told) -> None:
    night, weather, cause = (terms(word)[0] for word in ("nachtzorg", "weer", "oorzaken"))
    statements = told.corpus([night, weather, cause])
    assert statements.size == 5
    assert statements.frequencies == {night: 2, weather: 0, cause: 1}
    lengths = [len(terms(s.quote)) for s in told.statements()]
    assert statements.average_length == pytest.approx(sum(lengths) / 5)
    passages = told.corpus([night, weather], of="passages")
    assert passages.size == 6
    assert passages.frequencies == {night: 2, weather: 1}


def test_the_terms_of_a_statement_are_those_of_quote_and_lead_in(told) -> None:
    staff = next(s for s in told.statements() if s.lead_in)
    assert told.terms([staff.id, "st-0"]) == {
        staff.id: (tuple(terms("tekort aan personeel")), tuple(terms("Oorzaken")))
    }
    weather = next(p for p in told.passages() if "weer" in p.text)
    assert told.passage_terms([weather.id]) == {weather.id: tuple(terms(weather.text))}


def test_vectors_can_be_filtered(told) -> None:
    everything = told.vectors()
    assert len(everything.ids) == len(everything.texts) == len(everything.leads) == 5
    some = told.vectors(Filters(kinds=frozenset({Kind.BOTTLENECK})))
    assert {s.kind for s in told.statements(some.ids)} == {Kind.BOTTLENECK}
    rows = dict(zip(everything.ids, everything.texts.tolist(), strict=True))
    assert [rows[id] for id in some.ids] == some.texts.tolist()
    assert told.vectors(Filters(actors=frozenset({"niemand"}))).ids == ()


def test_a_check_of_a_sound_graph_finds_nothing(told) -> None:
    findings = told.check()
    assert all(f.ok for f in findings)
    assert {f.key for f in findings} >= {"store.check_whole", "store.check_quotes_ok", "store.check_vectors_ok"}


def test_a_check_tells_of_statements_without_vectors(told, make) -> None:
    told.put(make("extra.txt", TAXI))
    wrong = [(f.key, f.values["n"]) for f in told.check() if not f.ok]
    assert wrong == [("store.check_vectors", 1)]


def test_a_closed_graph_says_so(told) -> None:
    told.close()
    with pytest.raises(KluwenError) as refused:
        told.documents()
    assert refused.value.key == "store.closed"
