"""Groups of wordings: people first, then likeness, never a chain."""

from hypothesis import given
from hypothesis import strategies as st

from graph.resolve.clusters import Decision, clusters

KEYS = list("abcdef")
pairs = st.dictionaries(
    st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS)).filter(lambda p: p[0] < p[1]), st.floats(0, 1), max_size=15
)
decisions = st.lists(
    st.builds(
        Decision, st.booleans(), *[st.frozensets(st.sampled_from(KEYS), min_size=1, max_size=2) for _ in range(2)]
    ).filter(lambda d: not d.ours & d.theirs),
    max_size=5,
)


def together(groups, *keys) -> bool:
    return any(group.issuperset(keys) for group in groups)


def test_alike_is_joined_and_a_chain_is_not() -> None:
    groups = clusters("abc", [], {("a", "b"): 0.9, ("b", "c"): 0.8}, least=0.5)
    assert groups == [frozenset("ab"), frozenset("c")]
    assert clusters("abc", [], {("a", "b"): 0.9, ("b", "c"): 0.8, ("a", "c"): 0.6}, least=0.5) == [frozenset("abc")]


def test_what_people_hold_apart_stays_apart_and_the_newest_judgement_wins() -> None:
    apart = Decision(False, frozenset("a"), frozenset("b"))
    same = Decision(True, frozenset("a"), frozenset("b"))
    assert not together(clusters("ab", [apart, same], {("a", "b"): 1.0}), "a", "b")
    assert together(clusters("ab", [same, apart], {}), "a", "b")


def test_a_group_is_held_apart_as_a_whole() -> None:
    apart = Decision(False, frozenset("c"), frozenset("a"))
    groups = clusters("abc", [apart], {("a", "b"): 0.9, ("b", "c"): 0.95, ("a", "c"): 0.9})
    assert not together(groups, "a", "c")


@given(decisions, pairs, st.randoms(use_true_random=False))
def test_groups_are_a_partition_that_follows_people_and_no_order(decided, alike, chance) -> None:
    groups = clusters(KEYS, decided, alike)
    assert sorted(key for group in groups for key in group) == KEYS
    shuffled, items = KEYS[:], list(alike.items())
    chance.shuffle(shuffled)
    chance.shuffle(items)
    assert clusters(shuffled, decided, dict(items)) == groups
    if decided:
        first = decided[0]
        a, b = min(first.ours), min(first.theirs)
        assert together(groups, a, b) or not first.same
        if not first.same:
            assert not any(together(groups, a, b) for a in first.ours for b in first.theirs)


@given(pairs, pairs)
def test_groups_that_do_not_touch_do_not_influence_each_other(left, right) -> None:
    other = {(a.upper(), b.upper()): score for (a, b), score in right.items()}
    upper = [key.upper() for key in KEYS]
    both = clusters([*KEYS, *upper], [], left | other)
    assert set(both) == {*clusters(KEYS, [], left), *clusters(upper, [], other)}
