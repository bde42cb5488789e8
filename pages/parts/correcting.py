"""Making a correction from any screen: saving, undoing, the log of one thing, and what went wrong."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from core.errors import TelaahError
from core.store import corrections
from core.store.correction import Correction, Kind
from pages.parts import access, filters, who
from pages.parts.house import house
from pages.parts.plain import plain
from pages.parts.wording import names_of, t, wording

SAID, TURN, PRESSED = "correction_said", "correction_turn", "correction_pressed"
NEW = "+"
LABELS = ("PER", "ORG", "GPE", "LOC", "PRODUCT")
SCORES = {"negative": -0.5, "neutral": 0.0, "positive": 0.5}
"""The score of a tone that a person sets: midway, as a person names no decimals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A correction before it is made; None where the form is not filled in yet."""

    kind: Kind
    target: Mapping[str, Any]
    after: Mapping[str, Any]


def save_button(key: str, change: Change | None) -> None:
    """The reason, the name where it is missing, and the button that makes the correction."""
    if not access.may("correct"):
        st.caption(t("access.may_not_correct"))
        return
    turn = st.session_state.setdefault(TURN, 0)  # a new key empties the field
    reason = st.text_input(t("correction.reason"), key=f"correction_reason.{key}.{turn}", max_chars=300,
                           placeholder=t("correction.reason_hint"))  # fmt: skip
    who.name_if_missing(key)
    ready = bool(who.current()) and change is not None
    # the deed is done here and not in the callback, which has the values of the run before, without the last typed one
    st.button(t("correction.save"), key=f"correction_save.{key}", type="primary", disabled=not ready, on_click=_press,
              args=(key,), icon=":material/edit:")  # fmt: skip
    if not who.current():
        st.caption(t("correction.needs_name"))
    if st.session_state.get(PRESSED) == key and change is not None:
        del st.session_state[PRESSED]

        def deed() -> None:
            with access.doing("correct", change.kind, **_named(change.target)):
                corrections.correct(
                    house().corpus, change.kind, change.target, change.after, who=who.current(), reason=reason
                )

        if _attempt(deed):
            st.session_state[TURN] = turn + 1
        st.rerun()


def _named(target: Mapping[str, Any]) -> dict[str, str | int]:
    """What the correction is of, for the audit log: ids and places, no text of an article."""
    return {name: said for name, said in target.items() if name != "surface" and isinstance(said, str | int)}


def _press(key: str) -> None:
    st.session_state[PRESSED] = key


def undo_button(number: int, key: str) -> None:
    """Takes one correction back."""
    if not access.may("correct"):
        return

    def deed() -> None:
        with access.doing("correct", "undo", correction=number):
            corrections.undo(house().corpus, number, who=who.current())

    def undo() -> None:
        _attempt(deed)

    st.button(
        t("correction.undo"), key=f"correction_undo.{key}.{number}", type="tertiary", icon=":material/undo:",
        on_click=undo, disabled=not who.current(), help=None if who.current() else t("correction.needs_name"),
    )  # fmt: skip


def _attempt(deed: Callable[[], object]) -> bool:
    try:
        deed()
    except TelaahError as error:
        st.session_state[SAID] = ("error", str(error))
        return False
    st.session_state[SAID] = ("done", "")
    return True


def told() -> None:
    """What became of the last correction, once."""
    kind, said = st.session_state.pop(SAID, ("", ""))
    if kind == "error":
        st.error(plain(said), icon=":material/error:")
    elif kind == "done":
        st.toast(t("correction.done"), icon=":material/check_circle:")


def made_list(entries: Sequence[Correction], key: str) -> None:
    """Corrections that stand, each with who, when, before and after, why, and its undo."""
    words = wording()
    for one in reversed(entries):
        with st.container(border=True, gap="xsmall"):
            st.markdown(f"**{words.named('correction_kind', one.kind)}**" + _surface(one))
            st.markdown(f"{plain(_value(one.before))} → **{plain(_value(one.after))}**")
            st.caption(" · ".join(filter(None, (plain(one.who), words.date(one.made_at) + " UTC", plain(one.reason)))))
            undo_button(one.id, key)


def _surface(one: Correction) -> str:
    return f" “{plain(one.target['surface'][:80])}”" if "surface" in one.target else ""


def _value(fields: Mapping[str, Any]) -> str:
    if fields.get("published"):
        return wording().partial_date(fields["published"])
    for name in ("name", "outlet_name", "title", "speaker", "claim_id"):
        if fields.get(name):
            return str(fields[name])
    if fields.get("entity_id"):
        known = {choice.key: choice.name for choice in filters.choices().entities}
        return known.get(fields["entity_id"], str(fields["entity_id"]))
    if "tone" in fields:
        return f"{wording().named('tone', fields['tone'])} {wording().signed(fields['score'])}"
    return "–"


def entity_choice(key: str, *, without: str = "") -> Mapping[str, Any] | None:
    """An entity that the corpus has, or a new one with its name and kind; what goes into `after`."""
    names = {choice.key: choice.name for choice in filters.choices().entities if choice.key != without}
    chosen = st.selectbox(
        t("correction.belongs_to"), [NEW, *names], index=None, key=f"correction_entity.{key}",
        format_func=lambda code: t("correction.new_entity") if code == NEW else f"{names[code]} ({code.split(':')[0]})",
        placeholder=t("correction.choose"),
    )  # fmt: skip
    if chosen != NEW:
        return {"entity_id": chosen} if chosen else None
    name = st.text_input(t("correction.new_name"), key=f"correction_new.{key}", max_chars=120).strip()
    label = st.segmented_control(t("column.label"), LABELS, default="PER", required=True, format_func=names_of("label"),
                                 key=f"correction_label.{key}")  # fmt: skip
    return {"entity_id": f"{label.lower()}:{slug(name)}", "name": name, "label": label} if slug(name) else None


def slug(name: str) -> str:
    """`Kim Jong Un` -> `kim-jong-un`."""
    return "-".join("".join(sign if sign.isalnum() else " " for sign in name.lower()).split())
