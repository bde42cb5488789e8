"""Who states what: the claims of the focus profile by outlet, date, speaker and sanctions clause."""

import pandas as pd

from core.analyze.clauses import relevant
from core.analyze.matters import Matters
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


def matrix(corpus: Corpus, filters: Filters) -> pd.DataFrame:
    """Every claim by every outlet.

    status is the strongest stance that the outlet takes, in the order of STATUSES; `omits` where the outlet
    covered the matter and does not state the claim; `did not cover` where it has no article on it.

    Shape: one row a claim and outlet: claim_id, group, label_id, label_en, outlet, outlet_name, status,
           articles, independent (that state it), asserts, attributes, hedges, denies, plans (articles),
           covering (the outlet's articles on the matter), attributed_to (names, comma-separated).
    """
    matters = _matters(corpus)
    rows = stored.rows(corpus, filters)
    outlets = articles.by_outlet(corpus, filters)[["outlet", "outlet_name"]]
    known = catalogue()
    cells = known[known["claim_id"].isin(matters.claims)].merge(outlets, how="cross")
    frame = cells.merge(_counts(rows), on=["claim_id", "outlet"], how="left")
    numbers = ["articles", "independent", *STANCES]
    frame = frame.assign(**{column: frame[column].fillna(0).astype("int64") for column in numbers})
    stated_by_outlet = {outlet: _stated(group) for outlet, group in rows.groupby("outlet")}
    covering = [
        len(matters.covering(claim, stated_by_outlet.get(outlet, {})))
        for claim, outlet in zip(frame["claim_id"], frame["outlet"], strict=True)
    ]
    frame = frame.assign(attributed_to=frame["attributed_to"].fillna(""))
    frame = frame.assign(covering=pd.Series(covering, dtype="int64"))
    frame = frame.assign(status=_status(frame))
    return frame[[*cells.columns, "status", *numbers, "covering", "attributed_to"]]


def evidence(corpus: Corpus, filters: Filters, claim_id: str, *, outlet: str | None = None) -> pd.DataFrame:
    """The sentences that carry a claim.

    Shape: document_id, sentence, start, end, text, stance, attributed_to, rule, outlet, outlet_name, published,
           title, cluster_id; by outlet, then oldest first.
    """
    return stored.sentences(corpus, filters, claim_id, outlet)


def omissions(corpus: Corpus, filters: Filters, claim_id: str, *, outlet: str | None = None) -> pd.DataFrame:
    """The articles that cover the matter of a claim and do not state it.

    Shape: document_id, outlet, outlet_name, published, title, words, states (other claim ids of the matter,
           comma-separated); short texts say little by leaving out, so words stands there.
    """
    rows = stored.rows(corpus, filters)
    if outlet is not None:
        rows = rows[rows["outlet"] == outlet]
    stated = _stated(rows)
    silent = {doc for doc in _matters(corpus).covering(claim_id, stated) if claim_id not in stated[doc]}
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


def _matters(corpus: Corpus) -> Matters:
    """What belongs together, from the whole corpus: a filter must not turn an omission into silence."""
    rows = stored.rows(corpus, Filters())
    groups = dict(zip(catalogue()["claim_id"], catalogue()["group"], strict=True))
    texts: dict[int, set[str]] = {}
    for cluster, claim in zip(rows["cluster_id"], rows["claim_id"], strict=True):
        texts.setdefault(int(cluster), set()).add(str(claim))
    return Matters(texts.values(), groups)


def _stated(rows: pd.DataFrame) -> dict[int, set[str]]:
    """The claims that each article makes."""
    stated: dict[int, set[str]] = {}
    for doc, claim in zip(rows["doc"], rows["claim_id"], strict=True):
        stated.setdefault(int(doc), set()).add(str(claim))
    return stated


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
