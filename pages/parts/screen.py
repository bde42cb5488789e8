"""What every screen begins with: its title, of what it speaks, what is left out, and the empty states."""

from dataclasses import dataclass
from typing import get_args

import pandas as pd
import streamlit as st

from core.analyze import overview
from core.analyze.overview import Choices, Summary
from core.model import Filters, Label
from core.store import UNKNOWN, Selection
from core.view.look import Look
from core.view.palette import outlet_colours
from core.view.timelines import Unit, unit_for
from pages.parts import evidence, filters
from pages.parts.evidence import Ask
from pages.parts.house import ask
from pages.parts.plain import plain
from pages.parts.wording import language, names_of, t, wording


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What a screen shows: the filters, their headline figures, and how charts look."""

    filters: Filters
    summary: Summary
    look: Look
    offered: Choices

    @property
    def unit(self) -> Unit:
        """The unit of time that suits the range of dates."""
        first, last = self.summary.first_day, self.summary.last_day
        return unit_for(pd.Timestamp(first), pd.Timestamp(last)) if first and last else "month"

    @property
    def denominators(self) -> str:
        """`30 articles · 27 independent texts · 28 outlets`, for the subtitle of a figure."""
        return t(
            "screen.denominators",
            articles=t("count.articles", n=self.summary.articles),
            independent=t("count.independent", n=self.summary.independent),
            outlets=t("count.outlets", n=self.summary.outlets),
        )

    def over_time(self, unit: Unit) -> str:
        """`23 of 30 articles · 29 outlets`, for the subtitle of a figure along time: the others are not on it."""
        left_out = ask(overview.not_on_timeline, self.filters, unit)
        return t(
            "screen.over_time",
            n=self.summary.articles - left_out,
            articles=t("count.articles", n=self.summary.articles),
            outlets=t("count.outlets", n=self.summary.outlets),
        )

    @property
    def label(self) -> str:
        """The column that holds a claim's wording in the reader's language."""
        return f"label_{language()}"


def begin(page: str) -> View:
    """The head of a screen; stops the page where there is nothing to show, and says what to do."""
    offered = filters.choices()
    st.title(t(f"{page}.title"), anchor=False)
    st.markdown(f'<p class="tl-lede">{t(f"{page}.lede")}</p>', unsafe_allow_html=True)
    if not offered.has_own_articles and not offered.has_sample:
        _empty("empty.corpus", "empty.corpus_do", ":material/upload_file:")
        st.stop()
    chosen = filters.current()
    summary = ask(overview.summary, chosen)
    _scope(summary)
    _active(filters.active(offered))
    if summary.sample:
        notice = t("sample.notice_mixed" if summary.own else "sample.notice", n=summary.sample)
        st.markdown(f'<p class="tl-sample">{notice}</p>', unsafe_allow_html=True)
    if summary.articles == 0:
        hidden = not offered.has_own_articles and chosen.sample is False
        _empty("empty.hidden_sample" if hidden else "empty.hits", "empty.hits_do", ":material/filter_alt_off:")
        st.stop()
    universe = [choice.key for choice in offered.outlets if choice.key != UNKNOWN]
    present = set(ask(overview.gaps, chosen)["outlet"])
    shown = [outlet for outlet in universe if outlet in present]
    look = Look(wording=wording(), outlets=outlet_colours(universe, shown))
    return View(filters=chosen, summary=summary, look=look, offered=offered)


def _scope(summary: Summary) -> None:
    """Of how much the screen speaks, and what it leaves out and why."""
    words = wording()
    said = [
        t("count.articles", n=summary.articles),
        t("count.independent", n=summary.independent),
        t("count.outlets", n=summary.outlets),
    ]
    if summary.first_day and summary.last_day:
        first, last = words.date(summary.first_day), words.date(summary.last_day)
        said.append(first if first == last else f"{first} – {last}")
    groups = {
        "left_out": {"undated": summary.undated, "coarse": summary.coarse},
        "untagged": {"other_language": summary.other_language},
        "to_check": {"refused": summary.refused, "unknown_outlet": summary.unknown_outlet},
    }
    quiet = []
    for group, numbers in groups.items():
        found = [t(f"screen.{name}", n=number) for name, number in numbers.items() if number]
        if found:
            quiet.append(t(f"screen.{group}", what=", ".join(found)))
    line = " · ".join(said)
    if summary.articles:
        quiet.append(t("figure.how"))
    line += f'<br><span class="tl-quiet">{" ".join(quiet)}</span>'
    st.markdown(f'<p class="tl-scope">{line}</p>', unsafe_allow_html=True)


def _active(chosen: list[tuple[str, str]]) -> None:
    """Every active filter as a button that takes it back."""
    if not chosen:
        return
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center", key="active-filters"):
        st.caption(t("filters.active"), width="content")
        for key, said in chosen:
            st.button(plain(said), key=f"active.{key}", on_click=filters.clear, args=(key,), icon=":material/close:",
                      icon_position="right", help=t("filters.take_back"))  # fmt: skip
        if len(chosen) > 1:
            st.button(t("filters.clear"), key="active.all", on_click=filters.clear, type="tertiary")


def _empty(title: str, remedy: str, icon: str) -> None:
    with st.container(border=True, horizontal_alignment="center", key="empty-state"):
        st.markdown(icon, width="content")
        st.markdown(f"## {t(title)}", width="content", anchors=False)
        st.markdown(t(remedy), width="content", text_alignment="center")
        if remedy == "empty.hits_do":
            st.button(t("filters.clear"), on_click=filters.clear, type="primary", key="empty_clear")


def metric(key: str, value: str, wanted: Ask, *, trend: list[float] | None = None) -> None:
    """A headline figure whose button opens what it counts."""
    with st.container(border=True, gap="xxsmall", height="stretch", key=f"metric-{key}"):
        st.metric(t(f"metric.{key}"), value, help=t(f"metric.{key}_help"), chart_data=trend, chart_type="area",
                  delta_color="primary")  # fmt: skip
        st.button(t("metric.open"), key=f"open.{key}", type="tertiary", icon=":material/arrow_forward:",
                  icon_position="right", on_click=evidence.open_drawer, args=(wanted,))  # fmt: skip


def sections(page: str, names: tuple[str, ...]) -> str:
    """The parts of a long screen, one at a time; the chosen one stands in the URL as `view`."""
    key = f"sections.{page}"
    if key not in st.session_state:
        wish = st.query_params.get("view")
        st.session_state[key] = wish if wish in names else names[0]
    chosen: str = st.segmented_control(
        t("screen.sections"), names, format_func=names_of(f"{page}.section"), key=key, required=True,
        label_visibility="collapsed", width="stretch",
    )  # fmt: skip
    if st.query_params.get("view") != chosen:
        st.query_params["view"] = chosen
    return chosen


def choose_label(key: str) -> Label | None:
    """One kind of entity, or all."""
    chosen: Label | None = st.pills(t("column.label"), get_args(Label), format_func=names_of("label"), key=key)
    return chosen


def everything(title: str, *, kind: str = "articles") -> Ask:
    """Opens all that passes the filters."""
    return Ask(title=title, selection=Selection(), kind="articles" if kind == "articles" else "sentences")
