"""Who states what: the claims of the focus profile by outlet, event, date, speaker and sanctions clause."""

import pandas as pd

from core.analyze.clauses import relevant
from core.analyze.events import Told, told
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


def matrix(corpus: Corpus, filters: Filters, *, event: str | None = None) -> pd.DataFrame:
    """Every claim that is stated by every outlet; with event (an event_id) in the articles that cover it alone.

    status is the strongest stance that the outlet takes, in the order of STATUSES; `omits` where the outlet
    covered an event that the claim is about and of which someone states it, and does not state it itself; `did not
    cover` where it has no article on such an event. An article that only looks back to an event leaves nothing out.

    Shape: one row a claim and outlet: claim_id, group, label_id, label_en, outlet, outlet_name, status,
           articles, independent (that state it), asserts, attributes, hedges, denies, plans (articles),
           covering (the outlet's articles on those events), longest_words (of them: short ones say little by
           leaving out), attributed_to (names, comma-separated), about (whether it is about the event).
    """
    known_events = told(corpus)
    rows = _of_event(stored.rows(corpus, filters), known_events, event)
    outlets = articles.by_outlet(corpus, filters)[["outlet", "outlet_name"]]
    known = catalogue()
    stated = set(rows["claim_id"]) | _stated(known_events, event)
    cells = known[known["claim_id"].isin(stated)].merge(outlets, how="cross")
    frame = cells.merge(_counts(rows), on=["claim_id", "outlet"], how="left")
    numbers = ["articles", "independent", *STANCES]
    frame = frame.assign(**{column: frame[column].fillna(0).astype("int64") for column in numbers})
    docs = {outlet: set(group) for outlet, group in rows.groupby("outlet")["doc"]}
    words = dict(zip(rows["doc"], rows["words"], strict=True))
    on_it = {claim: _covering(known_events, claim, event) for claim in stated}
    cover = [
        on_it[claim] & docs.get(outlet, set()) for claim, outlet in zip(frame["claim_id"], frame["outlet"], strict=True)
    ]
    frame = frame.assign(
        attributed_to=frame["attributed_to"].fillna(""),
        covering=pd.Series([len(found) for found in cover], dtype="int64"),
        longest_words=pd.Series([max((words[doc] for doc in found), default=0) for found in cover], dtype="int64"),
    )
    chosen = known_events.event(event) if event else None
    about = chosen.happening.claims if chosen else set(known["claim_id"])
    frame = frame.assign(status=_status(frame), about=frame["claim_id"].isin(list(about)))
    return frame[[*cells.columns, "status", *numbers, "covering", "longest_words", "attributed_to", "about"]]


def evidence(
    corpus: Corpus, filters: Filters, claim_id: str, *, outlet: str | None = None, event: str | None = None
) -> pd.DataFrame:
    """The sentences that carry a claim, in all articles or in those that cover one event.

    Shape: document_id, sentence, start, end, text, stance, attributed_to, rule, outlet, outlet_name, published,
           title, cluster_id; by outlet, then oldest first.
    """
    found = stored.sentences(corpus, filters, claim_id, outlet)
    if event is None:
        return found
    within = _of_event(stored.rows(corpus, filters), told(corpus), event)
    return found[found["document_id"].isin(within["document_id"])].reset_index(drop=True)


def omissions(
    corpus: Corpus, filters: Filters, claim_id: str, *, outlet: str | None = None, event: str | None = None
) -> pd.DataFrame:
    """The articles on an event of which someone states a claim that do not state it themselves.

    Shape: document_id, outlet, outlet_name, published, title, words, states (their claim ids,
           comma-separated); short texts say little by leaving out, so words stands there; oldest first.
    """
    rows = stored.rows(corpus, filters)
    if outlet is not None:
        rows = rows[rows["outlet"] == outlet]
    stated = rows.groupby("doc")["claim_id"].agg(set).to_dict()
    silent = {doc for doc in _covering(told(corpus), claim_id, event) & stated.keys() if claim_id not in stated[doc]}
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
           after_panel (the panel of experts, cited after its mandate ended; not counted), articles, independent,
           outlets (that allege it), label_id, label_en. Articles from before the clause was adopted are not counted.
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


def _of_event(rows: pd.DataFrame, known: Told, event: str | None) -> pd.DataFrame:
    """The rows of the articles that cover the event; all of them where none was chosen."""
    if event is None:
        return rows
    chosen = known.event(event)
    return rows[rows["doc"].isin(chosen.covering() if chosen else ())]


def _stated(known: Told, event: str | None) -> set[str]:
    """Claims that anyone states who covers the event, whatever the filters; with no event, of any."""
    return set().union(*(one.claims() & one.happening.claims for one in known.events if event in (None, one.id)))


def _covering(known: Told, claim: str, event: str | None) -> set[int]:
    """Articles on events that the claim is about and of which anyone states it; of a chosen one, any claim."""
    on_it: set[int] = set()
    for one in known.events:
        about = claim in one.happening.claims if event is None else event == one.id
        if about and claim in one.claims():
            on_it |= one.covering()
    return on_it


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
