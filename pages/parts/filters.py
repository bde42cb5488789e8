"""The filters: widgets in the sidebar, the URL that reproduces them, and what is active in plain words."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import streamlit as st

from core.analyze import overview
from core.analyze.overview import Choices
from core.model import Filters
from core.store import UNKNOWN, Corpus
from core.view.wording import language_of
from pages.parts.house import share
from pages.parts.wording import KEY as LANGUAGE_KEY
from pages.parts.wording import language, t, wording

OUTLETS, DAYS, LANGUAGES, WORDS, ENTITIES = "f_outlets", "f_days", "f_languages", "f_words", "f_entities"
COPIES, FOCUS, SAMPLE, SAMPLE_CHOSEN = "f_copies", "f_focus", "f_sample", "f_sample_chosen"
BLANK: Mapping[str, Any] = {OUTLETS: [], DAYS: (), LANGUAGES: [], WORDS: "", ENTITIES: [], COPIES: True, FOCUS: False}
OWN_PARAMETERS = ("view", "article", "sentence", "entity", "order")  # the pages' own; all others are filters
SEPARATOR = ","


def choices() -> Choices:
    """What the corpus offers to filter by; the unknown outlet is called so in the reader's language."""
    return share(_offered, t("outlet.unknown"))


def _offered(corpus: Corpus, unknown: str) -> Choices:
    offered = overview.choices(corpus)
    outlets = (replace(choice, name=unknown) if choice.key == UNKNOWN else choice for choice in offered.outlets)
    return replace(offered, outlets=tuple(outlets))


def current() -> Filters:
    """What the widgets say now."""
    return _as_filters(st.session_state.to_dict())


def of_link(link: str) -> Filters:
    """The filters that a link of ours stands for; it says of the sample whether it is in."""
    given = dict(parse_qsl(urlsplit(link).query))
    return _as_filters(_from_url(given))


def _as_filters(state: Mapping[Any, Any]) -> Filters:
    days = state.get(DAYS, ())
    start, end = days if len(days) == 2 else (None, None)
    return Filters(
        outlets=tuple(state.get(OUTLETS, ())),
        start=start,
        end=end,
        languages=tuple(state.get(LANGUAGES, ())),
        words=state.get(WORDS, "").strip(),
        copies=state.get(COPIES, True),
        focus_only=state.get(FOCUS, False),
        sample=None if state.get(SAMPLE, True) else False,
        entities=tuple(state.get(ENTITIES, ())),
    )


def sidebar(offered: Choices) -> None:
    """All filter widgets. Values from the URL are taken once, on the session's first run."""
    _prepare(offered)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(f"**{t('filters.title')}**", width="content")
        st.button(
            t("filters.clear"), on_click=clear, type="tertiary", disabled=not active(offered), key="f_clear",
            icon=":material/filter_alt_off:",
        )  # fmt: skip
    st.text_input(
        t("filters.words"), key=WORDS, placeholder=t("filters.words_hint"), help=t("filters.words_help"),
        icon=":material/search:",
    )  # fmt: skip
    _many(t("filters.outlets"), OUTLETS, {choice.key: choice.name for choice in offered.outlets})
    if offered.first_day and offered.last_day:
        st.date_input(
            t("filters.days"), key=DAYS, min_value=offered.first_day, max_value=offered.last_day,
            format="DD/MM/YYYY", help=t("filters.days_help"),
        )  # fmt: skip
    _many(t("filters.entities"), ENTITIES, {choice.key: choice.name for choice in offered.entities})
    with st.expander(t("filters.more"), expanded=_more_is_set(offered)):
        _many(
            t("filters.languages"), LANGUAGES, {choice.key: language_name(choice.key) for choice in offered.languages}
        )
        st.toggle(t("filters.copies"), key=COPIES, help=t("filters.copies_help"))
        st.toggle(t("filters.focus"), key=FOCUS, help=t("filters.focus_help"))
        if offered.has_sample:
            st.toggle(t("filters.sample"), key=SAMPLE, help=t("filters.sample_help"), on_change=_choose_sample)


def _many(label: str, key: str, names: Mapping[str, str]) -> None:
    st.multiselect(
        label, list(names), format_func=lambda code: names.get(code, code), key=key, placeholder=t("filters.all")
    )


def language_name(code: str) -> str:
    return wording().named("speech", code)


def _more_is_set(offered: Choices) -> bool:
    return any(key in (LANGUAGES, COPIES, FOCUS, SAMPLE) for key, _ in active(offered))


def _prepare(offered: Choices) -> None:
    """Puts every widget's value into the session before it is drawn, and drops what the corpus no longer offers."""
    state = st.session_state
    if OUTLETS not in state:
        state.update(_from_url(st.query_params.to_dict()))
    for key, blank in BLANK.items():  # a widget that was not drawn in the last run has lost its value
        state.setdefault(key, blank)
    for key, keys in ((OUTLETS, offered.outlets), (LANGUAGES, offered.languages), (ENTITIES, offered.entities)):
        known = {choice.key for choice in keys}
        if not known.issuperset(state[key]):
            state[key] = [wish for wish in state[key] if wish in known]
    if len(state[DAYS]) == 2:
        state[DAYS] = _within(state[DAYS], offered)
    if not state.get(SAMPLE_CHOSEN):
        state[SAMPLE] = not offered.has_own_articles


def _within(days: Sequence[dt.date], offered: Choices) -> tuple[dt.date, ...]:
    if not (offered.first_day and offered.last_day):
        return ()
    start, end = max(days[0], offered.first_day), min(days[1], offered.last_day)
    return (start, end) if start <= end else ()


def _choose_sample() -> None:
    st.session_state[SAMPLE_CHOSEN] = True


def clear(*keys: str) -> None:
    """Take back some filters, or all of them."""
    for key in keys or (*BLANK, SAMPLE):
        if key == SAMPLE:
            st.session_state[SAMPLE_CHOSEN] = False
        else:
            st.session_state[key] = BLANK[key]


def active(offered: Choices) -> list[tuple[str, str]]:
    """What narrows the view, as (widget key, plain words)."""
    state = st.session_state
    found: list[tuple[str, str]] = []
    names = {choice.key: choice.name for choice in (*offered.outlets, *offered.entities)}
    found += [(key, ", ".join(names[code] for code in state[key])) for key in (OUTLETS, ENTITIES) if state[key]]
    if len(state[DAYS]) == 2:
        found.append((DAYS, f"{wording().date(state[DAYS][0])} – {wording().date(state[DAYS][1])}"))
    if state[LANGUAGES]:
        found.append((LANGUAGES, ", ".join(language_name(code) for code in state[LANGUAGES])))
    if state[WORDS].strip():
        found.append((WORDS, t("filters.active_words", words=state[WORDS].strip())))
    if not state[COPIES]:
        found.append((COPIES, t("filters.active_copies")))
    if state[FOCUS]:
        found.append((FOCUS, t("filters.active_focus")))
    if state.get(SAMPLE_CHOSEN) and offered.has_sample and state[SAMPLE] is offered.has_own_articles:
        found.append((SAMPLE, t("filters.active_sample") if state[SAMPLE] else t("filters.active_no_sample")))
    return found


def _from_url(given: Mapping[str, str]) -> dict[str, Any]:
    """Widget values that the URL asks for; what cannot be read is left out."""
    found: dict[str, Any] = {}
    for name, key in (("outlet", OUTLETS), ("speech", LANGUAGES), ("entity_in", ENTITIES)):
        if given.get(name):
            found[key] = given[name].split(SEPARATOR)
    try:
        found[DAYS] = (dt.date.fromisoformat(given["from"]), dt.date.fromisoformat(given["to"]))
    except (KeyError, ValueError):
        found[DAYS] = ()
    if given.get("q"):
        found[WORDS] = given["q"]
    if given.get("copies") == "0":
        found[COPIES] = False
    if given.get("focus") == "1":
        found[FOCUS] = True
    if given.get("sample") in ("0", "1"):
        found[SAMPLE], found[SAMPLE_CHOSEN] = given["sample"] == "1", True
    return found


def parameters(**own: str) -> dict[str, str]:
    """The URL parameters of the current filters and language, with a page's own."""
    filters, state = current(), st.session_state
    found = {
        "outlet": SEPARATOR.join(filters.outlets),
        "from": filters.start.isoformat() if filters.start else "",
        "to": filters.end.isoformat() if filters.end else "",
        "speech": SEPARATOR.join(filters.languages),
        "q": filters.words,
        "entity_in": SEPARATOR.join(filters.entities),
        "copies": "" if filters.copies else "0",
        "focus": "1" if filters.focus_only else "",
        "sample": str(int(state[SAMPLE])) if state.get(SAMPLE_CHOSEN) else "",
        LANGUAGE_KEY: language() if language() != language_of(st.context.locale) else "",
    }
    return {name: value for name, value in {**found, **own}.items() if value}


def write_url() -> None:
    """Make the address bar a link to this view; the page's own parameters stay."""
    given = st.query_params.to_dict()
    wanted = parameters(**{name: given[name] for name in OWN_PARAMETERS if name in given})
    if wanted != given:
        st.query_params.from_dict(wanted)
