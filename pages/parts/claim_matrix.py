"""The claim-by-outlet matrix: of one area of claims, over all stories or one."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st

from core.analyze import claims
from core.store import Selection
from core.view import matrices
from pages.parts.asking import name_of
from pages.parts.evidence import Ask, Kind
from pages.parts.figure import Figure, show_figure
from pages.parts.house import ask
from pages.parts.screen import View
from pages.parts.wording import names_of, t, wording

NOT_STATED = ("omits", "did not cover")


def choose_area() -> str:
    """The claims of one area at a time: all of them are more than a screen holds."""
    areas = list(dict.fromkeys(claims.catalogue()["group"]))
    chosen: str = st.segmented_control(
        t("column.group"), areas, default=areas[0], required=True, key="claims_area",
        format_func=names_of("group"),
    )  # fmt: skip
    return chosen


def choose_story(view: View) -> str | None:
    """One story, or all: what an outlet leaves out of one event says more than what it leaves out of all."""
    words = wording()
    told = {
        row.story_id: f"{_days(row)} · {row.title or t('articles.untitled')} ({words.number(row.articles)})"
        for row in ask(claims.stories, view.filters).itertuples(index=False)
    }
    every = t("gifts.all_stories")
    chosen: str | None = st.selectbox(
        t("gifts.story"), [None, *told], key="claims_story", help=t("gifts.story_help"),
        format_func=lambda story: told[story] if story else every,
    )  # fmt: skip
    return chosen


def _days(row: Any) -> str:
    words = wording()
    if row.first_day != row.first_day:  # not a time: the story has no dated article
        return t("date.none")
    first, last = words.date(row.first_day.date()), words.date(row.last_day.date())
    return first if first == last else f"{first} – {last}"


def matrix(view: View) -> None:
    """The strongest stance of every outlet on every claim; a cell opens its sentences, or the articles that omit."""
    area = choose_area()
    story = choose_story(view)
    frame = ask(claims.matrix, view.filters, story=story)
    frame = frame[frame["group"] == area]
    frame = frame.assign(
        status_name=[wording().named("status", status) for status in frame["status"]],
        group_name=[wording().named("group", group) for group in frame["group"]],
    )
    stands = {(row.claim_id, row.outlet): row.status for row in frame.itertuples(index=False)}
    stated = frame[~frame["status"].isin(NOT_STATED)]
    frame = frame[frame["claim_id"].isin(stated["claim_id"])]
    unstated = len({claim for claim, _ in stands}) - stated["claim_id"].nunique()
    figure = Figure(
        key="matrix",
        title=t("gifts.matrix"),
        subtitle=t("gifts.matrix_sub", claims=stated["claim_id"].nunique(), outlets=stated["outlet"].nunique()),
        table=frame[frame["status"] != "did not cover"],
        columns=(view.label, "group_name", "outlet_name", "status_name", "articles", "covering", "attributed_to"),
        asker=partial(_cell, view, stands, story),
        wide=True,
    )
    note = t("gifts.matrix_note", n=unstated)
    show_figure(figure, lambda: matrices.claims(frame, view.look, view.label), note=note)


def _cell(
    view: View, stands: Mapping[tuple[str, str], str], story: str | None, picked: Mapping[str, Any]
) -> Ask | None:
    claim_id, outlet = picked["claim_id"], picked["outlet"]
    status = stands.get((claim_id, outlet), "did not cover")
    if status == "did not cover":
        return None
    kind: Kind = "omissions" if status == "omits" else "claims"
    title = f"{name_of(view, 'outlet', outlet)} · {name_of(view, 'claim_id', claim_id)}"
    return Ask(title=title, selection=Selection(claim_id=claim_id, outlet=outlet), kind=kind, story=story)
