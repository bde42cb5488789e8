"""Clusters of near-duplicates, their articles, and where these differ."""

import streamlit as st

from core.analyze import copies
from core.model import Filters
from core.view.marked import differences_html
from pages.parts.evidence import Ask
from pages.parts.figure import Figure, show_table
from pages.parts.house import ask
from pages.parts.links import reader_link
from pages.parts.plain import plain
from pages.parts.wording import t, wording

CHOSEN = "cluster_chosen"
EVERYTHING = Filters()
SHOWN_MEMBERS = 20


def duplicates() -> None:
    """The table of clusters; a click on one opens its articles beside the earliest."""
    frame = ask(copies.clusters, EVERYTHING)

    def choose(row: dict[str, object]) -> Ask | None:
        st.session_state[CHOSEN] = int(str(row["cluster_id"]))
        return None

    show_table(
        Figure(key="duplicates", title=t("corpus.duplicates"), subtitle=t("corpus.duplicates_sub", n=len(frame)),
               table=frame, columns=("title", "articles", "outlets", "outlet_names", "first_published",
                                     "last_published"), asker=choose),
        note=t("corpus.duplicates_how") if len(frame) else "",
    )  # fmt: skip
    number = st.session_state.get(CHOSEN)
    if number is not None and number in set(frame["cluster_id"]):
        _members(number)


def _members(number: int) -> None:
    found = ask(copies.members, number)
    first = found.iloc[0]
    with st.container(border=True, key="figure-cluster"):
        st.markdown(f"## {plain(str(first['title']))}", anchors=False)
        st.caption(t("corpus.members_sub", n=len(found), shown=min(len(found), SHOWN_MEMBERS)))
        for place, row in enumerate(found.head(SHOWN_MEMBERS).itertuples(index=False)):
            meta = [plain(row.outlet_name), wording().partial_date(row.published), t("count.words", n=int(row.words))]
            if place:
                meta.append(t("corpus.contained", share=wording().percent(row.contained)))
            with st.container(border=True, gap="xsmall"):
                st.caption(" · ".join(meta))
                reader_link(row.document_id, row.title)
                if place and st.toggle(t("corpus.compare"), key=f"compare.{row.document_id}"):
                    st.html(differences_html(ask(copies.differences, str(first["document_id"]), row.document_id)))
