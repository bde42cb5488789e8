"""The claim-by-outlet matrix: of one event, or of one area of claims over all events."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st

from core.analyze import claims
from core.store import Selection
from core.view import matrices
from pages.parts.asking import name_of
from pages.parts.event_choice import choose_event
from pages.parts.evidence import Ask, Kind
from pages.parts.figure import Figure, show_figure
from pages.parts.house import ask
from pages.parts.screen import View
from pages.parts.wording import names_of, t, wording

ABOUT = "about"
NOT_COVERED = "did not cover"
NOT_STATED = ("omits", NOT_COVERED)


def choose_area(event: str | None = None) -> str:
    """The claims of one area at a time, or those about the chosen event: all are more than a screen holds."""
    areas = list(dict.fromkeys(claims.catalogue()["group"]))
    choices = [ABOUT, *areas] if event else areas
    chosen: str = st.segmented_control(
        t("column.group"), choices, default=choices[0], required=True, key=f"claims_area.{bool(event)}",
        format_func=names_of("group"),
    )  # fmt: skip
    return chosen


def matrix(view: View) -> None:
    """The strongest stance of every outlet on every claim; a cell opens its sentences, or the articles that omit."""
    event = choose_event(view)
    area = choose_area(event)
    frame = ask(claims.matrix, view.filters, event=event)
    frame = frame[frame["about"] if area == ABOUT else frame["group"] == area]
    frame = frame.assign(
        status_name=[wording().named("status", status) for status in frame["status"]],
        group_name=[wording().named("group", group) for group in frame["group"]],
    )
    # outlets that have nothing on the matter would only widen the picture
    every = frame["outlet"].nunique()
    told = frame.loc[frame["status"] != NOT_COVERED, "outlet"]
    frame = frame[frame["outlet"].isin(told)]
    silent = every - frame["outlet"].nunique()
    stands = {(row.claim_id, row.outlet): row.status for row in frame.itertuples(index=False)}
    stated = frame[~frame["status"].isin(NOT_STATED)]
    frame = frame[frame["claim_id"].isin(stated["claim_id"])]
    unstated = len({claim for claim, _ in stands}) - stated["claim_id"].nunique()
    figure = Figure(
        key="matrix",
        title=t("gifts.matrix"),
        subtitle=t("gifts.matrix_sub", claims=stated["claim_id"].nunique(), outlets=stated["outlet"].nunique()),
        table=frame[frame["status"] != NOT_COVERED],
        columns=(
            view.label,
            "group_name",
            "outlet_name",
            "status_name",
            "articles",
            "covering",
            "longest_words",
            "attributed_to",
        ),
        asker=partial(_cell, view, stands, event),
        wide=True,
    )  # fmt: skip
    note = " ".join([t("gifts.matrix_note", n=unstated), *([t("gifts.matrix_silent", n=silent)] if silent else [])])
    show_figure(figure, partial(matrices.claims, frame, view.look, view.label), note=note)


def _cell(
    view: View, stands: Mapping[tuple[str, str], str], event: str | None, picked: Mapping[str, Any]
) -> Ask | None:
    claim_id, outlet = picked["claim_id"], picked["outlet"]
    status = stands.get((claim_id, outlet), NOT_COVERED)
    if status == NOT_COVERED:
        return None
    kind: Kind = "omissions" if status == "omits" else "claims"
    title = f"{name_of(view, 'outlet', outlet)} · {name_of(view, 'claim_id', claim_id)}"
    return Ask(title=title, selection=Selection(claim_id=claim_id, outlet=outlet), kind=kind, event=event)
