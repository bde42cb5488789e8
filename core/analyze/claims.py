"""Who states what: the claims of the focus profile by outlet, date, speaker and sanctions clause."""

import pandas as pd

from core.model import Filters
from core.store import Corpus

STATUSES = ("asserts", "attributes", "hedges", "denies", "plans", "omits", "did not cover")


def catalogue() -> pd.DataFrame:
    """The claims of the focus profile, in its order.

    Shape: claim_id, group (what the claim is about: gift, sanctions, ...), label_id, label_en.
    """
    raise NotImplementedError


def matrix(corpus: Corpus, filters: Filters) -> pd.DataFrame:
    """Every claim by every outlet.

    status is the strongest stance that the outlet takes, in the order of STATUSES; `omits` where the outlet
    covered the matter and does not state the claim; `did not cover` where it has no article on it.

    Shape: one row a claim and outlet: claim_id, group, label_id, label_en, outlet, outlet_name, status,
           articles, independent (that state it), asserts, attributes, hedges, denies, plans (articles),
           covering (the outlet's articles on the matter), attributed_to (names, comma-separated).
    """
    raise NotImplementedError


def evidence(corpus: Corpus, filters: Filters, claim_id: str, *, outlet: str | None = None) -> pd.DataFrame:
    """The sentences that carry a claim.

    Shape: document_id, sentence, start, end, text, stance, attributed_to, rule, outlet, outlet_name, published,
           title, cluster_id; by outlet, then oldest first.
    """
    raise NotImplementedError


def omissions(corpus: Corpus, filters: Filters, claim_id: str, *, outlet: str | None = None) -> pd.DataFrame:
    """The articles that cover the matter of a claim and do not state it.

    Shape: document_id, outlet, outlet_name, published, title, words, states (other claim ids of the matter,
           comma-separated); short texts say little by leaving out, so words stands there.
    """
    raise NotImplementedError


def timeline(corpus: Corpus, filters: Filters) -> pd.DataFrame:
    """Claims by publication day, for gifts, greetings, visits, sanctions and whatever groups the profile has.

    Shape: one row a day, group and claim: period, group, claim_id, label_id, label_en, articles, independent,
           outlets. Articles not dated to the day are left out.
    """
    raise NotImplementedError


def clauses(corpus: Corpus, filters: Filters) -> pd.DataFrame:
    """Sanctions clauses that reported gifts may touch. Never a finding: what outlets say, and who says so.

    Shape: one row a clause, item class and claim: clause_id, resolution, paragraph, covers, since, checked,
           verify_at, item_class, claim_id, label_id, label_en, wording (`potentially relevant`), alleged_by (names of
           speakers and outlets, comma-separated), articles, independent, outlets. Articles from before the
           clause was adopted are not counted.
    """
    raise NotImplementedError


def speakers(corpus: Corpus, filters: Filters) -> pd.DataFrame:
    """To whom the claims are attributed.

    Shape: one row a claim, name and stance: claim_id, label_id, label_en, speaker, stance, articles, independent,
           outlets; by falling articles.
    """
    raise NotImplementedError
