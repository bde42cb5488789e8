"""Sources and speakers of the focus: who is heard in which outlet, and how much of it in their own words."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd

from core.analyze import heard
from core.view import matrices, stacks
from core.view.shaping import busiest, with_most
from pages.parts.asking import opens
from pages.parts.evidence import Ask, Asker
from pages.parts.figure import Figure, show_figure
from pages.parts.house import ask
from pages.parts.screen import View
from pages.parts.wording import t, wording

TOP = 15


def in_focus(view: View) -> View:
    """The view without articles that have nothing to do with the focus profile."""
    return replace(view, filters=replace(view.filters, focus_only=True))


def focused(asker: Asker) -> Asker:
    """The same evidence, of articles of the focus profile alone."""

    def opened(picked: Mapping[str, Any]) -> Ask | None:
        wanted = asker(picked)
        return wanted and replace(wanted, narrow={"focus_only": True})

    return opened


def voices(view: View) -> None:
    """Speakers, own words against reported ones, and sources, by outlet."""
    chosen = in_focus(view)
    _heat(chosen, "speaker", ask(heard.speakers, chosen.filters, top=TOP), ("quotes", "direct"))
    _own_words(chosen)
    frame = ask(heard.sources, chosen.filters, top=TOP)
    frame = frame.assign(kind_name=[wording().named("source_kind", kind) for kind in frame["kind"]])
    _heat(chosen, "source", frame, ("kind_name", "citations"))


def _heat(view: View, name: str, frame: pd.DataFrame, counts: tuple[str, ...]) -> None:
    said = frame[frame["articles"] > 0].reset_index(drop=True)
    figure = Figure(
        key=f"heard-{name}",
        title=t(f"voices.{name}"),
        subtitle=t("voices.share_sub", n=frame[name].nunique(), outlets=frame["outlet"].nunique()),
        table=said,
        columns=("outlet_name", name, *counts, "articles", "of_articles", "independent", "of_independent", "share",
                 "share_low", "share_high"),
        asker=focused(opens(view, "outlet", name)),
        wide=True,
    )  # fmt: skip
    top = busiest(frame, rows=name, by="independent")
    drawn = partial(matrices.heard, top, view.look, rows=name, keys=(name, "outlet"))
    show_figure(figure, drawn, note=t("voices.share_note"))


def _own_words(view: View) -> None:
    frame = ask(heard.directness, view.filters)
    figure = Figure(
        key="own-words",
        title=t("voices.direct"),
        subtitle=t("voices.direct_sub", quotes=int(frame["quotes"].sum()), texts=int(frame["independent"].sum())),
        table=frame,
        columns=("outlet_name", "quotes", "direct", "mixed", "indirect", "articles", "independent", "share",
                 "share_low", "share_high"),
        asker=focused(_by_kind(view)),
        wide=True,
    )  # fmt: skip
    most = with_most(frame, rows="outlet_name", by="quotes")
    show_figure(figure, partial(stacks.quotes, most, view.look), note=t("voices.direct_note"))


def _by_kind(view: View) -> Asker:
    """A part of a bar opens its kind of quote, a row of the table the direct ones."""

    def opened(picked: Mapping[str, Any]) -> Ask | None:
        return opens(view, "outlet", "quote_kind")({"quote_kind": "direct", **picked})

    return opened
