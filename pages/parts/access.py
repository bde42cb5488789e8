"""Who is at the screen and what they may do: the sign-in screen, the one door to every deed, and its audit log."""

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any, TypeVar

import streamlit as st
from streamlit import config
from streamlit.errors import StreamlitAuthError

from core.access import OWNER, Deed, Rules, Visitor, is_loopback, rules_in
from core.errors import AccessError, SettingError
from core.settings import read_settings
from core.store.audit import AuditLog, Event, Result
from pages.parts.gate import PASS, passed
from pages.parts.plain import plain
from pages.parts.wording import language_switch, t

log = logging.getLogger(__name__)
Made = TypeVar("Made")

NAME, SAID, FAILED = "who", "access_said", "access_failed"
MOST_REMEMBERED = 4096
_SIGNED_OUT: dict[tuple[str, int], None] = {}
_ARRIVED: dict[tuple[str, int, str], None] = {}
CARD_PIXELS = 460


def current_rules() -> Rules:
    """What the secrets say now: whoever loses a role loses it with their next click."""
    return rules_in([Path(name) for name in config.get_option("secrets.files")], os.environ)


def visitor() -> Visitor:
    """Who runs the page now, with the role of this moment."""
    rules = current_rules()
    if rules.mode == "open":
        # where Streamlit knows of a sign-in that we do not, the secrets stand in a place that we do not read
        return Visitor(address="", role=None, reason="closed") if "is_logged_in" in st.user else OWNER
    if rules.mode == "oidc":
        return _unless_ended(rules.by_claims(st.user.to_dict()))
    if rules.mode == "proxy":
        found = passed(st.context.headers.get(PASS))
        if found is None:
            return Visitor(address="", role=None, reason="not_through_proxy")
        if found["reason"] in ("no_address", "not_through_proxy"):
            return Visitor(address="", role=None, reason=found["reason"])
        return rules.by_address(found["address"], found["since"])
    return Visitor(address="", role=None, reason="closed")


def _unless_ended(found: Visitor) -> Visitor:
    """Without a role where this sign-in was ended, in whichever tab; known until the server starts anew."""
    ended = (found.address, found.since) in _SIGNED_OUT
    return Visitor(address="", role=None, reason="signed_out") if found.role and ended else found


def still(before: Visitor) -> Visitor:
    """The same person now, where no session can be asked: at the gate, and for a download, made outside of any run."""
    rules = current_rules()
    if rules.mode == "open":
        return OWNER
    if before.role is None:
        return before
    if rules.mode == "closed" or not before.address:
        return Visitor(address=before.address, role=None, reason="closed")
    return _unless_ended(rules.by_address(before.address, before.since))


def may(deed: Deed) -> bool:
    """Whether who runs the page may do this."""
    return visitor().may(deed)


def acting() -> str:
    """The name that goes into logs: who signed in, else the name that was given; empty while there is none."""
    return visitor().address if current_rules().mode != "open" else str(st.session_state.get(NAME, "")).strip()


def by_sign_in() -> bool:
    """Whether people are known by their sign-in."""
    return current_rules().mode != "open"


# ---- the door


@dataclass(slots=True)
class Told:
    """What the audit log says of a deed; its doer fills it in."""

    what: str = ""
    details: dict[str, str | int] = field(default_factory=dict)

    def of(self, what: str, **details: str | int) -> None:
        self.what = what
        self.details |= details


@contextmanager
def doing(deed: Deed, what: str = "", **details: str | int) -> Iterator[Told]:
    """Around a deed: stops whom the role does not allow it, and notes what came of it.

    Raises: AccessError.
    """
    told = Told(what=what, details=details)
    if not may(deed):
        note(deed, "refused", told)
        raise AccessError(t("access.not_allowed"))
    try:
        yield told
    except Exception as error:
        told.details["error"] = type(error).__name__
        note(deed, "failed", told)
        raise
    note(deed, "done", told)


def door(deed: Deed, function: Callable[..., Any], what: str = "") -> Callable[..., None]:
    """A callback behind the door. Streamlit runs callbacks before the page, so before anything else would ask."""

    def entered(*args: Any) -> None:
        try:
            with doing(deed, what):
                function(*args)
        except AccessError as error:
            st.session_state[SAID] = str(error)

    return entered


def exporting(what: str, make: Callable[[], Made], deed: Deed = "export") -> Callable[[], Made]:
    """A file behind the door: asked and noted when it is taken, not when its button is drawn."""
    asked, name = visitor(), acting()

    def made() -> Made:
        now, told = still(asked), Told(what=what)
        if not now.may(deed):
            note(deed, "refused", told, by=(name, now))
            raise AccessError(f"{what} may not be taken by who asks.")
        try:
            done = make()
        except Exception as error:
            told.details["error"] = type(error).__name__
            note(deed, "failed", told, by=(name, now))
            raise
        note(deed, "done", told, by=(name, now))
        return done

    return made


# ---- the log


@lru_cache(maxsize=8)
def _log_in(folder: Path, max_mb: int) -> AuditLog:
    return AuditLog(folder, max_mb=max_mb)


def audit_log() -> AuditLog:
    """The log of this server's data folder."""
    settings = read_settings()
    return _log_in(settings.audit_folder, settings.max_audit_mb)


def note(event: Event, result: Result, told: Told, *, by: tuple[str, Visitor] | None = None) -> None:
    """One line of the audit log. What cannot be written there stops nobody."""
    name, who = by or (acting(), visitor())
    role = (who.role or "") if by_sign_in() else ""
    try:
        log_of_server = audit_log()
    except SettingError:
        log.exception("The audit log lost an entry")  # the page says the same of the setting in its place
        return
    log_of_server.write(event, result, who=name, role=role, what=told.what, details=told.details)


def _note_once(found: Visitor) -> None:
    """A sign-in or its refusal: once, not with every click."""
    key = (found.address, found.since, found.reason or "")
    if key in _ARRIVED:
        return
    if len(_ARRIVED) >= MOST_REMEMBERED:
        _ARRIVED.clear()
    _ARRIVED[key] = None
    details: dict[str, str | int] = {"reason": found.reason} if found.reason else {}
    note("sign_in", "done" if found.role else "refused", Told(details=details), by=(found.address, found))


# ---- the screens


def enter() -> bool:
    """Called first in every run. False after a sign-in or refusal screen was drawn: then nothing else may be."""
    found = visitor()
    if found.role is None:
        _note_refusal(found)
        _shut(found)
        return False
    if by_sign_in():
        _note_once(found)
    else:
        _warn_of_network()
    if said := st.session_state.pop(SAID, ""):
        st.error(plain(said), icon=":material/block:")
    return True


def _note_refusal(found: Visitor) -> None:
    """Only whom somebody vouched for: strangers could fill the log."""
    if found.address and found.reason != "expired":
        _note_once(found)


def _warn_of_network() -> None:
    """Others can reach the server and nobody is asked who they are."""
    if not is_loopback(config.get_option("server.address")) or "x-forwarded-for" in st.context.headers:
        st.warning(t("access.open_to_network"), icon=":material/public:")


def _shut(found: Visitor) -> None:
    st.space("large")
    with st.container(horizontal_alignment="center"), st.container(border=True, width=CARD_PIXELS, key="sign-in"):
        reason = found.reason or "closed"
        st.title(t(f"access.title_{_kind(reason)}"), anchor=False)
        st.caption(t("access.lede"))
        _sentence(t(f"access.said_{reason}", address=f"<b>{escape(found.address)}</b>"))
        rules = current_rules()
        if rules.problem:
            st.caption(plain(rules.problem))
        if rules.mode == "oidc":
            _ways_in(rules, found)
        language_switch()


def _sentence(text: str) -> None:
    """Not as Markdown, which makes a link of every address."""
    st.html(f'<p style="margin:0;overflow-wrap:anywhere">{text}</p>')


def _kind(reason: str) -> str:
    """Whether the card is a way in, a refusal, or tells that nothing works."""
    return {"signed_out": "in", "expired": "in", "closed": "closed"}.get(reason, "refused")


def _ways_in(rules: Rules, found: Visitor) -> None:
    if failed := st.session_state.pop(FAILED, ""):
        st.error(failed, icon=":material/error:")
    if found.reason in ("signed_out", "expired"):
        for name in rules.providers:
            label = t("access.sign_in_with", provider=name.capitalize()) if name else t("access.sign_in")
            st.button(label, key=f"sign_in.{name}", type="primary", icon=":material/login:", width="stretch",
                      on_click=_sign_in, args=(name,))  # fmt: skip
    else:
        st.button(t("access.other_account"), key="sign_out", icon=":material/logout:", width="stretch",
                  on_click=sign_out)  # fmt: skip


def _sign_in(provider: str) -> None:
    try:
        st.login(provider or None)
    except StreamlitAuthError:
        log.exception("The sign-in cannot begin")
        st.session_state[FAILED] = t("access.cannot_begin")


def sign_out() -> None:
    """Ends the sign-in in every tab of it, and goes to the provider's own sign-out where it has one."""
    found = visitor()
    if found.role:
        note("sign_out", "done", Told())
        if len(_SIGNED_OUT) >= MOST_REMEMBERED:
            del _SIGNED_OUT[next(iter(_SIGNED_OUT))]
        _SIGNED_OUT[found.address, found.since] = None
    st.logout()


def card() -> None:
    """Who is signed in, in the sidebar."""
    found = visitor()
    with st.container(gap="xxsmall", key="signed-in"):
        _sentence(f"<b>{escape(found.address)}</b>")
        st.caption(t(f"access.role_{found.role}"))
        if current_rules().mode == "oidc":
            st.button(t("access.sign_out"), key="sign_out", type="tertiary", icon=":material/logout:",
                      on_click=sign_out)  # fmt: skip
