"""One entity: under which names it stands, why each was resolved so, what was joined with it, and every hit."""

import pandas as pd
import streamlit as st

from core.analyze import concordance, entities
from pages.parts.asking import name_of, opens
from pages.parts.concordance import concordance_card
from pages.parts.entity_corrections import entity_corrections
from pages.parts.figure import Figure, show_table
from pages.parts.house import ask
from pages.parts.screen import View
from pages.parts.wording import t, wording


def choose_entity(view: View) -> str | None:
    """One of the entities most mentioned, or any whose name is looked for; it stands in the URL as `entity`."""
    left, right = st.columns(2)
    typed = left.text_input(
        t("entities.find"), key="entity_find", placeholder=t("entities.find_hint"), icon=":material/search:"
    )
    offered = [choice.key for choice in view.offered.entities]
    wish = st.query_params.get("entity")
    if wish is not None:
        wish = ask(entities.current, wish)
    if typed.strip():
        offered = list(ask(entities.find, typed)["entity_id"])
    elif wish is not None and wish not in offered and ask(entities.names, (wish,)):
        offered = [wish, *offered]
    if not offered:
        st.caption(t("entities.find_none"))
        return None
    entity: str = right.selectbox(
        t("entities.pick_one"), offered, index=offered.index(wish) if wish in offered else 0,
        key=f"entity_one.{typed}", format_func=lambda key: name_of(view, "entity_id", key),
    )  # fmt: skip
    if st.query_params.get("entity") != entity:
        st.query_params["entity"] = entity
    return entity


def names(view: View) -> None:
    entity = choose_entity(view)
    if entity is None:
        return
    name = name_of(view, "entity_id", entity)
    entity_corrections(entity, name)
    _surfaces(view, entity, name)
    _joined(view, entity, name)
    total = ask(concordance.count, view.filters, entity_id=entity)
    concordance_card(view, t("entities.concordance", name=name), total, entity_id=entity)


def _surfaces(view: View, entity: str, name: str) -> None:
    words = wording()
    frame = ask(entities.surfaces, view.filters, entity)
    frame = frame.assign(
        sureness=frame["score"],
        reading_name=[words.named("behind", reading) for reading in frame["reading"]],
        rules=[_said(rules) for rules in frame["rules"]],
    )
    figure = Figure(
        key="surfaces",
        title=t("entities.surfaces", name=name),
        subtitle=t("entities.surfaces_sub", n=len(frame)),
        table=frame,
        columns=("surface", "reading_name", "mentions", "articles", "independent", "rules", "sureness"),
        asker=opens(view, "surface", entity_id=entity),
    )
    show_table(figure, note=t("entities.counts_body"))


def _said(rules: str) -> str:
    """Rules of mentions in the reader's words; `correction: ...` stays as it is."""
    words = wording()
    return ", ".join(words.named("rule", rule.replace(" ", "_")) for rule in rules.split(", "))


def _joined(view: View, entity: str, name: str) -> None:
    frame = pd.DataFrame(ask(entities.joined, view.filters, entity))
    if frame.empty:
        st.caption(t("entities.joined_none"))
        return
    reasons = [t(f"joined.{rule}", beside=other) for rule, other in zip(frame["rule"], frame["beside"], strict=True)]
    figure = Figure(
        key="joined",
        title=t("entities.joined", name=name),
        subtitle=t("entities.joined_sub"),
        table=frame.assign(reason=reasons, surface=frame["name"]),
        columns=("name", "mentions", "articles", "reason"),
        asker=opens(view, "surface", entity_id=entity),
    )
    show_table(figure)
