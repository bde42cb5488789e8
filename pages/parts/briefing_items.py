"""The items of a briefing on screen, each with what has changed since it was picked."""

import json
from base64 import b64encode
from html import escape

import streamlit as st

from core.briefing import Briefing, Item, PickedFigure, PickedSentence, difference
from core.briefing.page import bare, source_line, state_line
from core.view.files import drawn
from pages.parts import filters, picking
from pages.parts.links import READER
from pages.parts.plain import plain
from pages.parts.wording import t, wording

TABLE_PIXELS = 260


def items(briefing: Briefing) -> None:
    """Every item as a card, in the order of the file."""
    for place, item in enumerate(briefing.items):
        with st.container(border=True, key=f"figure-item-{place}"):
            with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="top", wrap=False):
                with st.container(gap=None):
                    _head(item)
                with st.container(horizontal=True, gap="xxsmall", width="content", wrap=False):
                    _handles(briefing, place)
            _body(item)
            _note(briefing, place)
            st.caption(plain(state_line(item.state, wording())))
            _changed(item)


def _head(item: Item) -> None:
    if isinstance(item, PickedFigure):
        st.markdown(f"## {plain(item.title)}", anchors=False)
        st.caption(plain(item.subtitle))
    else:
        st.caption(plain(source_line(item, wording())))


def _body(item: Item) -> None:
    if isinstance(item, PickedSentence):
        st.html(f'<p class="tl-sentence">{escape(item.text)}</p>')
        st.page_link(READER, label=plain(item.title), icon=":material/article:",
                     query_params={"article": item.document_id, "sentence": str(item.sentence)})  # fmt: skip
        return
    if item.chart is not None:
        said = escape(f"{item.title}. {item.subtitle}")
        st.html(f'<img class="tl-paper" alt="{said}" src="{_picture(json.dumps(bare(item.chart), sort_keys=True))}">')
    with st.expander(t("figure.as_table", n=len(item.shown)), expanded=item.chart is None):
        columns = {f"{place} {name}": [row[place] for row in item.shown] for place, name in enumerate(item.columns)}
        heads = {key: st.column_config.Column(key.partition(" ")[2]) for key in columns}
        st.dataframe(columns, hide_index=True, column_config=heads, height=TABLE_PIXELS)


@st.cache_data(show_spinner=False, max_entries=200)
def _picture(specification: str) -> str:
    """A picture that nothing in it can leave: a briefing may come from anyone."""
    return "data:image/svg+xml;base64," + b64encode(drawn(json.loads(specification), "svg")).decode()


def _handles(briefing: Briefing, place: int) -> None:
    last = len(briefing.items) - 1
    for name, icon, off, changed in (
        ("up", "arrow_upward", place == 0, lambda: briefing.moved(place, -1)),
        ("down", "arrow_downward", place == last, lambda: briefing.moved(place, 1)),
        ("remove", "close", False, lambda: briefing.without(place)),
    ):
        st.button("", icon=f":material/{icon}:", key=f"item.{name}.{place}", type="tertiary", disabled=off,
                  help=t(f"briefing.{name}"), on_click=lambda changed=changed: picking.keep(changed()))  # fmt: skip


def _note(briefing: Briefing, place: int) -> None:
    """Words at an item, kept as soon as they change. The key follows the item when it moves."""
    item = briefing.items[place]
    named = item.key if isinstance(item, PickedFigure) else f"{item.document_id}.{item.sentence}"
    key = f"item.note.{st.session_state.get(picking.OPEN)}.{named}.{item.state.link}"
    st.text_area(
        t("briefing.note"), item.note, key=key, height=68, placeholder=t("briefing.note_hint"),
        label_visibility="collapsed",
        on_change=lambda: picking.keep(briefing.noted(place, st.session_state[key])),
    )  # fmt: skip


def _changed(item: Item) -> None:
    """Whether the same view would show the same numbers now."""
    now = picking.state_of(
        filters.of_link(item.state.link), screen=item.state.screen, link=item.state.link, narrowed=item.state.filters
    )
    found = difference(item.state, now)
    if found == "same":
        st.caption(f":material/check: {t('briefing.same')}")
    else:
        st.warning(t(f"briefing.changed_{found}"), icon=":material/history:")
