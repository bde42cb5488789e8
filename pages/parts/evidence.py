"""The drawer that opens behind any figure: its sentences or its articles, paged, with a way to the reader."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any, Literal

import pandas as pd
import streamlit as st

from core.analyze import articles, claims, entities, events, evidence
from core.model import Filters
from core.store import Selection
from core.view.marked import highlighted
from pages.parts import filters, picking, put
from pages.parts.downloads import table_downloads
from pages.parts.house import ask
from pages.parts.links import reader_link
from pages.parts.moved import chances, word_marks
from pages.parts.plain import plain
from pages.parts.wording import names_of, t, wording

ASKED = "evidence_asked"
TURNS = "evidence_turns"
PAGE_SIZE = 10
DOWNLOAD_ROWS = 100_000

Kind = Literal["sentences", "articles", "claims", "omissions", "reports"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What the reader wants to see the evidence of. kind says what the figure counts, so what to show first.

    narrow holds filters of the figure that the sidebar does not have. said_by narrows claims to those that are
    attributed to a name, event to the articles that cover one event.
    """

    title: str
    selection: Selection
    kind: Kind = "sentences"
    narrow: Mapping[str, Any] | None = None
    said_by: str | None = None
    event: str | None = None


Asker = Callable[[Mapping[str, Any]], Ask | None]
"""Turns the keys of a clicked mark or row into what to open; None when there is nothing behind it."""


def open_drawer(wanted: Ask | None, figure: str = "") -> None:
    """Callback of buttons: opens the drawer on the run that follows."""
    if wanted is not None:
        st.session_state[ASKED] = (wanted, figure)


def turn(figure: str) -> int:
    """Part of a figure's widget key: a closed drawer takes back the click that opened it."""
    return int(st.session_state.setdefault(TURNS, {}).get(figure, 0))


def mark_picked(figure: str, key: str, asker: Asker) -> None:
    """Callback of charts: opens what was clicked."""
    picked: Sequence[Mapping[str, Any]] = st.session_state[key]["selection"].get("pick", [])
    if picked:
        open_drawer(asker(picked[0]), figure)


def row_picked(figure: str, key: str, asker: Asker, table: pd.DataFrame) -> None:
    """Callback of tables: opens the row that was clicked."""
    rows: Sequence[int] = st.session_state[key]["selection"]["rows"]
    if rows:
        row = {name: None if pd.isna(value) else value for name, value in _scalars(table.iloc[rows[0]])}
        open_drawer(asker(row), figure)


def _scalars(row: "pd.Series[Any]") -> list[tuple[str, Any]]:
    return [(str(name), value) for name, value in row.items() if pd.api.types.is_scalar(value)]


def show_if_asked() -> None:
    """Opens the drawer when the run was started by a click on a figure. Called once a run, by the dashboard."""
    asked = st.session_state.pop(ASKED, None)
    if asked is None:
        return
    wanted, figure = asked

    def closed() -> None:
        turns = st.session_state.setdefault(TURNS, {})
        turns[figure] = turns.get(figure, 0) + 1

    st.dialog(t("evidence.title", what=plain(wanted.title)), width="medium", position="right", on_dismiss=closed)(
        _drawer
    )(wanted)


def _drawer(wanted: Ask) -> None:
    picking.tell()
    chosen = replace(filters.current(), **(wanted.narrow or {}))
    if wanted.kind == "omissions":
        _omissions(chosen, wanted)
        return
    if wanted.kind == "claims":
        _claims(chosen, wanted)
        return
    if wanted.kind == "reports":
        _reports(chosen, wanted)
        return
    found = ask(evidence.count, chosen, wanted.selection)
    st.caption(
        t("evidence.counts", sentences=t("count.sentences", n=found.sentences),
          articles=t("count.articles", n=found.articles), independent=t("count.independent", n=found.independent))
    )  # fmt: skip
    if found.articles == 0:
        st.info(t("evidence.nothing"), icon=":material/info:")
        return
    kind = st.segmented_control(
        t("evidence.show"), ("sentences", "articles"), format_func=names_of("evidence"),
        default=wanted.kind, required=True, label_visibility="collapsed", key=f"evidence_kind.{wanted.title}",
    )  # fmt: skip
    if kind == "articles":
        _articles(chosen, wanted.selection, found.articles)
    else:
        _sentences(chosen, wanted.selection, found.sentences)


def _page(total: int, name: str) -> int:
    pages = ceil(total / PAGE_SIZE)
    return st.pagination(pages, key=f"evidence_page.{name}") if pages > 1 else 1


def _sentences(chosen: Filters, selection: Selection, total: int) -> None:
    above = st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute")
    with above:
        page = _page(total, f"sentences.{selection!r}")
        table_downloads("bukti", lambda: ask(evidence.sentences, chosen, selection, page_size=DOWNLOAD_ROWS))
    rows = ask(evidence.sentences, chosen, selection, page=page, page_size=PAGE_SIZE)
    with_words = st.toggle(t("moved.show"), key="evidence_words")
    if with_words:
        st.caption(t("moved.how"))
    whom = _whom(selection)
    for row in rows.itertuples(index=False):
        sentence_card(row, with_words=with_words, whom=whom)


def _whom(selection: Selection) -> str | None:
    """The name whose words are to be shown, where a figure is about how sentences put it."""
    entity = selection.entity_id
    if not (entity and selection.favour):
        return None
    name = ask(entities.names, (entity,)).get(entity, entity)
    return entity if st.toggle(t("put.show", name=plain(name)), key="evidence_put", help=t("put.how")) else None


def sentence_card(row: Any, *, with_words: bool = False, whom: str | None = None) -> None:
    """One sentence with where it stands. Takes a row of evidence.sentences or claims.evidence.

    with_words shows what moved the tone, whom (an entity) what moved how the sentence puts it; both want a row of
    evidence.sentences.
    """
    words = wording()
    with st.container(border=True, gap="xsmall"):
        meta = [row.outlet_name, words.partial_date(row.published)]
        if hasattr(row, "stance"):
            meta += [words.named("status", row.stance), row.attributed_to or "", getattr(row, "when", "")]
        elif row.tone != "neutral":
            meta.append(
                f"{words.named('tone', row.tone)} {words.signed(row.score)} · {words.named('layer', row.layer)}"
            )
        if getattr(row, "sample", False):
            meta.append(t("sample.mark"))
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="top", wrap=False):
            st.caption(" · ".join(plain(part) for part in meta if isinstance(part, str) and part), width="stretch")
            picking.sentence_button(row)
        moved = word_marks(row) if with_words else []
        put_marks, put_chances = put.of_row(row, whom) if whom else ([], "")
        st.html(
            f'<p class="tl-sentence">{highlighted(row.text, getattr(row, "marks", ()), more=[*moved, *put_marks])}</p>'
        )
        if with_words:
            st.caption(chances(row))
        if put_chances:
            st.caption(put_chances)
        reader_link(row.document_id, row.title, int(row.sentence))


def _articles(chosen: Filters, selection: Selection, total: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        page = _page(total, f"articles.{selection!r}")
        table_downloads("artikel", lambda: ask(articles.list_articles, chosen, selection, page_size=DOWNLOAD_ROWS))
    rows = ask(articles.list_articles, chosen, selection, page=page, page_size=PAGE_SIZE)
    for row in rows.itertuples(index=False):
        with st.container(border=True, gap="xsmall"):
            meta = [row.outlet_name, wording().partial_date(row.published), t("count.words", n=int(row.words))]
            if row.cluster_size > 1:
                meta.append(t("evidence.copies", n=int(row.cluster_size)))
            if row.sample:
                meta.append(t("sample.mark"))
            st.caption(" · ".join(map(plain, meta)))
            reader_link(row.document_id, row.title)


def _claims(chosen: Filters, wanted: Ask) -> None:
    """Sentences that carry a claim, with the stance and whom it is attributed to."""
    selection = wanted.selection
    rows = ask(claims.evidence, chosen, selection.claim_id, outlet=selection.outlet, event=wanted.event)
    if selection.stance:
        rows = rows[rows["stance"] == selection.stance]
    if wanted.said_by:
        rows = rows[rows["attributed_to"] == wanted.said_by]
    counted = t("count.sentences", n=len(rows)), t("count.articles", n=rows["document_id"].nunique())
    st.caption(" · ".join((*counted, t("count.independent", n=rows["cluster_id"].nunique()))))
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        page = _page(len(rows), f"claims.{wanted!r}")
        table_downloads("klaim", lambda: rows)
    for row in rows.iloc[(page - 1) * PAGE_SIZE : page * PAGE_SIZE].itertuples(index=False):
        sentence_card(row)


def _reports(chosen: Filters, wanted: Ask) -> None:
    """The sentences by which articles report an event; first those of articles that cover it."""
    rows = ask(events.reports, chosen, wanted.event, outlet=wanted.selection.outlet).sort_values(
        "covers", ascending=False, kind="stable"
    )
    back = rows.loc[~rows["covers"], "document_id"].nunique()
    counted = [t("count.sentences", n=len(rows)), t("count.articles", n=rows["document_id"].nunique())]
    if back:
        counted.append(t("gifts.looking_back", n=back))
    st.caption(" · ".join(counted))
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        page = _page(len(rows), f"reports.{wanted!r}")
        table_downloads("peristiwa", lambda: rows)
    for row in rows.iloc[(page - 1) * PAGE_SIZE : page * PAGE_SIZE].itertuples(index=False):
        sentence_card(row)


def _omissions(chosen: Filters, wanted: Ask) -> None:
    selection = wanted.selection
    rows = ask(claims.omissions, chosen, selection.claim_id, outlet=selection.outlet, event=wanted.event)
    st.caption(t("evidence.omitted", n=len(rows)))
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        page = _page(len(rows), f"omissions.{selection!r}")
        table_downloads("tidak-menyebut", lambda: rows)
    for row in rows.iloc[(page - 1) * PAGE_SIZE : page * PAGE_SIZE].itertuples(index=False):
        with st.container(border=True, gap="xsmall"):
            meta = (row.outlet_name, wording().partial_date(row.published), t("count.words", n=int(row.words)))
            st.caption(" · ".join(map(plain, meta)))
            reader_link(row.document_id, row.title)
