from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.analyze.stories import Teller, covering, find_stories

DAYS = st.none() | st.dates(date(2024, 1, 1), date(2024, 3, 31))
CLAIMS = st.frozensets(st.sampled_from("abcdefgh"), min_size=1)
TELLERS = st.lists(st.tuples(DAYS, CLAIMS), max_size=12)


def teller(number, day, claims):
    when = None if day is None else date(2024, 2, 1).replace(day=day) if isinstance(day, int) else day
    return Teller(doc=number, document_id=f"d{number}", cluster_id=number, day=when, claims=frozenset(claims))


def numbers(*told):
    """Docs by story of articles given as (day of February, claims)."""
    found = find_stories([teller(n, day, claims) for n, (day, claims) in enumerate(told)])
    return [[one.doc for one in story.tellers] for story in found]


OTHERS = ((1, "xyz"), (1, "uvw"))  # so that claims are not in every text


@pytest.mark.parametrize(
    ("told", "stories"),
    [
        ([(20, "abc"), (21, "abd")], [[2, 3]]),
        ([(20, "abc"), (21, "def")], [[2], [3]]),  # nothing shared
        ([(5, "abc"), (19, "abc")], [[2, 3]]),  # fourteen days on
        ([(5, "abc"), (20, "abc")], [[2], [3]]),  # fifteen: another happening of the kind
        ([(5, "abc"), (15, "abc"), (25, "abc")], [[2, 3], [4]]),  # the window hangs on the first, so none grows on
        ([(20, "abc"), (None, "abcd")], [[2, 3]]),
        ([(20, "abc"), (None, "ab")], [[2], [3]]),  # two shared claims do not date an article
        ([(20, "abcd"), (None, "abcefghij")], [[2, 3]]),  # likeness is measured on the smaller
        ([(3, "abcd"), (25, "abce"), (None, "abce")], [[2], [3, 4]]),  # to the more alike of two
        ([(None, "abc"), (None, "abc")], [[2, 3]]),
    ],
)
def test_which_articles_tell_one_story(told, stories):
    assert [story for story in numbers(*OTHERS, *told) if story[0] > 1] == stories


@given(TELLERS)
@settings(max_examples=50, deadline=None)
def test_every_article_is_in_one_story_and_order_does_not_matter(told):
    tellers = [teller(n, day, claims) for n, (day, claims) in enumerate(told)]
    stories = find_stories(tellers)
    assert sorted(one.doc for story in stories for one in story.tellers) == list(range(len(told)))
    assert find_stories(reversed(tellers)) == stories


@given(TELLERS)
@settings(max_examples=50, deadline=None)
def test_who_states_a_claim_covers_it(told):
    tellers = [teller(n, day, claims) for n, (day, claims) in enumerate(told)]
    stories = find_stories(tellers)
    for claim in "abcdefgh":
        assert {one.doc for one in tellers if claim in one.claims} <= covering(claim, stories)


def test_usual_claims_are_those_of_at_least_half():
    story = find_stories([teller(0, 1, "ab"), teller(1, 2, "ac"), teller(2, 3, "ab"), teller(3, 1, "xy")])[0]
    assert [one.doc for one in story.tellers] == [0, 1, 2]
    assert story.usual_claims() == ["a", "b"]
