"""What can be corrected on one entity, and what was: another name, a merge, a surface split off."""

import streamlit as st

from core.analyze import corrections, entities
from core.model import Filters
from pages.parts.correcting import Change, entity_choice, made_list, save_button, told
from pages.parts.house import ask
from pages.parts.wording import names_of, t

DEEDS = ("rename", "merge", "split")


def entity_corrections(entity_id: str, name: str) -> None:
    """The corrections that made this entity what it is, and the form for another."""
    told()
    made = ask(corrections.of_entity, entity_id)
    with st.expander(t("correction.of_entity", n=len(made)), expanded=bool(made), icon=":material/edit:"):
        made_list(made, "entity")
        deed = st.segmented_control(t("correction.deed"), DEEDS, key="correction_entity_deed",
                                    format_func=names_of("correction_deed"))  # fmt: skip
        key = f"{deed}.{entity_id}"
        if deed == "rename":
            _rename(entity_id, name, key)
        elif deed == "merge":
            _merge(entity_id, key)
        elif deed == "split":
            _split(entity_id, key)


def _rename(entity_id: str, name: str, key: str) -> None:
    value = st.text_input(t("correction.new_name"), value=name, key=f"correction_name.{key}", max_chars=120).strip()
    save_button(key, Change(kind="rename_entity", target={"entity_id": entity_id}, after={"name": value})
                if value and value != name else None)  # fmt: skip


def _merge(entity_id: str, key: str) -> None:
    st.caption(t("correction.merge_help"))
    after = entity_choice(key, without=entity_id)
    save_button(key, Change(kind="merge_entities", target={"entity_id": entity_id}, after=after)
                if after else None)  # fmt: skip


def _split(entity_id: str, key: str) -> None:
    st.caption(t("correction.split_help"))
    found = ask(entities.surfaces, Filters(), entity_id)
    counts = found[found["reading"] == "named"].groupby("surface")["mentions"].sum()
    surface = st.selectbox(
        t("correction.surface"), list(counts.index), index=None, key=f"correction_surface.{key}",
        format_func=lambda said: f"{said} ({counts[said]})", placeholder=t("correction.choose"),
    )  # fmt: skip
    after = entity_choice(key, without=entity_id)
    target = {"entity_id": entity_id, "surface": surface}
    save_button(key, Change(kind="split_entity", target=target, after=after) if surface and after else None)
