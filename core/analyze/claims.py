"""Who states what: the claims of the focus profile by outlet, date, speaker and sanctions clause."""

import pandas as pd

from core.analyze.clauses import relevant
from core.analyze.stories import Story, covering, find_stories, tellers_of
from core.model import Filters
from core.resources import load_yaml
from core.store import Corpus, articles
from core.store import claims as stored

PROFILE = "focus/gifts_and_sanctions.yaml"
STANCES = ("asserts", "attributes", "hedges", "denies", "plans")

STATUSES = (*STANCES, "omits", "did not cover")


def catalogue() -> pd.DataFrame:
    """The claims of the focus profile, in its order.

    Shape: claim_id, group (what the claim is about: gift, sanctions, ...), label_id, label_en.
    """
    rows = [(row["id"], row["area"], row["labels"]["id"], row["labels"]["en"]) for row in load_yaml(PROFILE)["claims"]]
    return pd.DataFrame(rows, columns=["claim_id", "group", "label_id", "label_en"])


def stories(corpus: Corpus, filters: Filters) -> pd.DataFrame:
    """The happenings that the articles tell of, as far as they state claims.

    Shape: one row a story: story_id (document_id of its first article), first_day, last_day (datetime64), title
           (of the first that passes), articles, independent, outlets (that pass the filters), claims (claim
           ids that most of its articles state, most common first, comma-separated); newest first, undated last.
    """
    rows = stored.rows(corpus, filters)
    found = []
    for story in _stories(corpus):
        mine = rows[rows["doc"].isin([teller.doc for teller in story.tellers])]
        if not mine.empty:
            days = (mine["published_day"].min(), mine["published_day"].max())
            counts = tuple(int(mine[column].nunique()) for column in ("doc", "cluster_id", "outlet"))
            found.append((story.id, *days, mine["title"].iloc[0], *counts, ", ".join(story.usual_claims())))
    columns = ["story_id", "first_day", "last_day", "title", "articles", "independent", "outlets", "claims"]
    frame = pd.DataFrame(found, columns=columns)
    return frame.sort_values("first_day", ascending=False, kind="stable", ignore_index=True)


def matrix(corpus: Corpus, filters: Filters, *, story: str | None = None) -> pd.DataFrame:
    """Every claim that is stated by every outlet; with story (a story_id) of that happening alone.

    status is the strongest stance that the outlet takes, in the order of STATUSES; `omits` where the outlet
    told of a story in which someone states the claim and does not state it itself; `did not cover` where
    it has no article on such a story.

    Shape: one row a claim and outlet: claim_id, group, label_id, label_en, outlet, outlet_name, status,
           articles, independent (that state it), asserts, attributes, hedges, denies, plans (articles),
           covering (the outlet's articles on those stories), attributed_to (names, comma-separated).
    """
    told = _stories(corpus, story)
    rows = _of_stories(stored.rows(corpus, filters), told, story)
    outlets = articles.by_outlet(corpus, filters)[["outlet", "outlet_name"]]
    known = catalogue()
    stated = set().union(*(one.claims for one in told))
    cells = known[known["claim_id"].isin(stated)].merge(outlets, how="cross")
    frame = cells.merge(_counts(rows), on=["claim_id", "outlet"], how="left")
    numbers = ["articles", "independent", *STANCES]
    frame = frame.assign(**{column: frame[column].fillna(0).astype("int64") for column in numbers})
    docs = {outlet: set(group) for outlet, group in rows.groupby("outlet")["doc"]}
    on_it = {claim: covering(claim, told) for claim in stated}
    counts = [
        len(on_it[claim] & docs.get(outlet, set()))
        for claim, outlet in zip(frame["claim_id"], frame["outlet"], strict=True)
    ]
    frame = frame.assign(attributed_to=frame["attributed_to"].fillna(""), covering=pd.Series(counts, dtype="int64"))
    frame = frame.assign(status=_status(frame))
    return frame[[*cells.columns, "status", *numbers, "covering", "attributed_to"]]


def evidence(
    corpus: Corpus, filters: Filters, claim_id: str, *, outlet: str | None = None, story: str | None = None
) -> pd.DataFrame:
    """The sentences that carry a claim, in all articles or in those of one story.

    Shape: document_id, sentence, start, end, text, stance, attributed_to, rule, outlet, outlet_name, published,
           title, cluster_id; by outlet, then oldest first.
    """
    found = stored.sentences(corpus, filters, claim_id, outlet)
    if story is None:
        return found
    within = _of_stories(stored.rows(corpus, filters), _stories(corpus, story), story)
    return found[found["document_id"].isin(within["document_id"])].reset_index(drop=True)


def omissions(
    corpus: Corpus, filters: Filters, claim_id: str, *, outlet: str | None = None, story: str | None = None
) -> pd.DataFrame:
    """The articles on a story in which someone states a claim that do not state it themselves.

    Shape: document_id, outlet, outlet_name, published, title, words, states (their claim ids,
           comma-separated); short texts say little by leaving out, so words stands there; oldest first.
    """
    told = _stories(corpus, story)
    rows = stored.rows(corpus, filters)
    if outlet is not None:
        rows = rows[rows["outlet"] == outlet]
    stated = rows.groupby("doc")["claim_id"].agg(set).to_dict()
    silent = {doc for doc in covering(claim_id, told) & stated.keys() if claim_id not in stated[doc]}
    frame = rows[rows["doc"].isin(silent)].drop_duplicates("doc")
    frame = frame.assign(states=[", ".join(sorted(stated[doc])) for doc in frame["doc"]])
    columns = ["document_id", "outlet", "outlet_name", "published", "title", "words", "states"]
    return frame[columns].reset_index(drop=True)


def timeline(corpus: Corpus, filters: Filters) -> pd.DataFrame:
    """Claims by publication day, for gifts, greetings, visits, sanctions and whatever groups the profile has.

    Shape: one row a day, group and claim: period, group, claim_id, label_id, label_en, articles, independent,
           outlets. Articles not dated to the day are left out.
    """
    rows = stored.rows(corpus, filters)
    rows = rows[rows["published_day"].notna()].merge(catalogue(), on="claim_id")
    keys = ["published_day", "group", "claim_id", "label_id", "label_en"]
    frame = rows.groupby(keys, as_index=False).agg(
        articles=("doc", "nunique"), independent=("cluster_id", "nunique"), outlets=("outlet", "nunique")
    )
    return frame.rename(columns={"published_day": "period"})


def clauses(corpus: Corpus, filters: Filters) -> pd.DataFrame:
    """Sanctions clauses that the reported acts may touch. Never a finding: what is alleged, and by whom.

    Shape: one row a clause, item class and claim: clause_id, resolution, paragraph, confidence (of its number),
           covers, covers_en, since, checked, verify_at, item_class, item_class_en, claim_id, wording (`potentially
           relevant`), alleged_by (to whom the claim is attributed, else the outlet; comma-separated), denied_by,
           articles, independent, outlets (that allege it), label_id, label_en. Articles from before the clause
           was adopted are not counted.
    """
    frame = relevant(stored.rows(corpus, filters))
    return frame.merge(catalogue()[["claim_id", "label_id", "label_en"]], on="claim_id")


def speakers(corpus: Corpus, filters: Filters) -> pd.DataFrame:
    """To whom the claims are attributed.

    Shape: one row a claim, name and stance: claim_id, label_id, label_en, speaker, stance, articles, independent,
           outlets; by falling articles.
    """
    rows = stored.rows(corpus, filters)
    rows = rows[rows["attributed_to"].notna()].merge(catalogue(), on="claim_id")
    keys = ["claim_id", "label_id", "label_en", "attributed_to", "stance"]
    frame = rows.groupby(keys, as_index=False).agg(
        articles=("doc", "nunique"), independent=("cluster_id", "nunique"), outlets=("outlet", "nunique")
    )
    frame = frame.rename(columns={"attributed_to": "speaker"})
    return frame.sort_values(
        ["articles", "claim_id", "speaker", "stance"], ascending=[False, True, True, True], ignore_index=True
    )


def _stories(corpus: Corpus, story: str | None = None) -> list[Story]:
    """All stories of the whole corpus, or one: a filter must not turn an omission into silence."""
    told = find_stories(tellers_of(stored.rows(corpus, Filters())))
    return [one for one in told if story in (None, one.id)]


def _of_stories(rows: pd.DataFrame, told: list[Story], story: str | None) -> pd.DataFrame:
    """The rows of the articles in the stories; all of them where none was chosen."""
    if story is None:
        return rows
    return rows[rows["doc"].isin([teller.doc for one in told for teller in one.tellers])]


def _counts(rows: pd.DataFrame) -> pd.DataFrame:
    """claim_id, outlet, articles, independent, articles by stance, attributed_to (names, comma-separated)."""
    by_cell = rows.groupby(["claim_id", "outlet"])
    frame = by_cell.agg(articles=("doc", "nunique"), independent=("cluster_id", "nunique"))
    by_stance = rows.groupby(["claim_id", "outlet", "stance"])["doc"].nunique().unstack(fill_value=0)
    names = by_cell["attributed_to"].agg(lambda found: ", ".join(sorted(set(found.dropna()))))
    return frame.join(by_stance.reindex(columns=list(STANCES), fill_value=0)).join(names).reset_index()


def _status(frame: pd.DataFrame) -> pd.Series:
    """The strongest stance of each row, else whether its outlet omits the claim or did not cover its matter."""
    status = frame["covering"].map(lambda covering: "omits" if covering else "did not cover").astype(object)
    for stance in reversed(STANCES):
        status = status.mask(frame[stance] > 0, stance)
    return status
