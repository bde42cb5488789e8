"""The gate before every request: security headers, and no data over HTTP for anyone who may not read.

Streamlit serves what a page made (`/media/...`) to whoever knows its address, takes uploads from any session and
knows no roles; so this stands before all of it. The pages themselves are drawn over the websocket, where
`pages.parts.access` asks the same rules again in every run.
"""

import base64
import hashlib
import json
import logging
import re
import secrets
import time
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import streamlit
from google.protobuf.message import DecodeError
from starlette.requests import cookie_parser
from streamlit import config
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.state.common import user_key_from_element_id
from streamlit.web.server.starlette import starlette_websocket
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from core.access import OWNER, Rules, Visitor

log = logging.getLogger(__name__)

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

PASS = "x-telaah-pass"
"""A header that the gate alone writes: what a request brings under this name is dropped."""
TOKEN = secrets.token_hex(16)
"""Shows the page that the gate wrote the header: it is new with every start and never leaves the process."""

OPEN_TO_ALL = ("_stcore/health", "_stcore/host-config", "_stcore/stream")
GUARDED = ("_stcore", "media", "component", "app/static")
"""Below these paths stands what sessions made, or what acts on them; the rest is Streamlit's own page and scripts."""

CARD = re.compile(r"sign_in\..*|sign_out|lang")
"""The keys of what the sign-in card is worked by."""

UNWANTED = ("clear_cache", "set_run_on_save", "install_skills", "dismiss_skills_nudge")
MOST_TOLD = 1000
SHUT = b"This address is served through its sign-in only.\n"


def _inline_scripts() -> str:
    """The hashes of the scripts that stand in Streamlit's own page."""
    page = (Path(streamlit.__file__).parent / "static/index.html").read_bytes()
    found = re.findall(rb"<script>(.*?)</script>", page, re.DOTALL)
    return " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(text).digest()).decode()}'" for text in found)


POLICY = "; ".join(
    (
        "default-src 'none'",
        f"script-src 'self' {_inline_scripts()}",
        "style-src 'self' 'unsafe-inline'",  # Streamlit and our style sheet write styles into the page
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "media-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self' blob:",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}


class Gate:
    """ASGI middleware. rules says what holds now; still, what somebody who came in earlier may do now."""

    def __init__(self, app: App, rules: Callable[[], Rules], still: Callable[[Visitor], Visitor]) -> None:
        self._app = app
        self._rules = rules
        self._still = still

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        rules = self._rules()
        private = rules.mode != "open" and _is_guarded(_path(scope))
        guarded = _with_headers(send, https=rules.origin.startswith("https:"), private=private)
        scope["headers"] = [(name, value) for name, value in scope["headers"] if name.lower() != PASS.encode()]
        visitor = self._visitor(rules, scope)
        if _may_pass(rules, visitor, scope):
            if rules.mode == "proxy":
                scope["headers"].append((PASS.encode(), _pass(visitor)))
            if scope["type"] == "websocket":
                await self._converse(visitor, scope, receive, guarded)
            else:
                await self._app(scope, receive, guarded)
            return
        _tell_of(visitor, scope)
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
        else:
            await guarded({"type": "http.response.start", "status": 403, "headers": [
                (b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store"),
            ]})  # fmt: skip
            await guarded({"type": "http.response.body", "body": SHUT})

    def _visitor(self, rules: Rules, scope: Scope) -> Visitor:
        if rules.mode == "open":
            return OWNER
        headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]]
        if rules.mode == "proxy":
            client = scope.get("client")
            return replace(rules.by_headers(headers, client[0] if client else None), since=int(time.time()))
        visitor = rules.by_claims(claims_in(headers, rules.origin))
        return self._still(visitor) if visitor.role else visitor

    async def _converse(self, visitor: Visitor, scope: Scope, receive: Receive, send: Send) -> None:
        """A websocket, asked anew with everything that comes in: Streamlit runs callbacks before a page could ask.

        From whom may not read, only what the card asks for comes through; so nothing that the pages had prepared while
        they still might can be set off, and the page is drawn anew, as the card. Nor do they take up a session.
        """
        if not visitor.may("read"):
            scope["headers"] = [_without_session(*pair) for pair in scope["headers"]]

        async def checked() -> MutableMapping[str, Any]:
            while True:
                message = await receive()
                if message["type"] != "websocket.receive":
                    return message
                said = message.get("bytes") or b""
                if said := _wanted(said) if self._still(visitor).may("read") else _of_the_card(said):
                    return {"type": "websocket.receive", "bytes": said}

        await self._app(scope, checked, send)


def _wanted(data: bytes) -> bytes:
    """What a browser sends, without what no screen asks for and acts on the whole server: caches are everybody's."""
    message = BackMsg()
    try:
        message.ParseFromString(data)
    except DecodeError:
        return data  # Streamlit's to refuse
    kind = message.WhichOneof("type")
    if kind == "backend_operation_request":
        kind = message.backend_operation_request.WhichOneof("payload")
    return b"" if kind in UNWANTED else data


def _of_the_card(data: bytes) -> bytes:
    """Of what a browser asks for, what the sign-in card may ask; nothing where it is none of that."""
    message = BackMsg()
    try:
        message.ParseFromString(data)
    except DecodeError:
        return b""
    if message.WhichOneof("type") != "rerun_script":
        return b""
    asked = message.rerun_script
    kept = [one for one in asked.widget_states.widgets if CARD.fullmatch(user_key_from_element_id(one.id) or "")]
    fresh = BackMsg(rerun_script=ClientState(
        query_string=asked.query_string, page_script_hash=asked.page_script_hash, page_name=asked.page_name,
        context_info=asked.context_info,
    ))  # fmt: skip
    fresh.rerun_script.widget_states.widgets.extend(kept)
    return fresh.SerializeToString()


def _may_pass(rules: Rules, visitor: Visitor, scope: Scope) -> bool:
    path = _path(scope)
    if rules.mode == "open" or path == "_stcore/health":
        return True
    if visitor.reason == "not_through_proxy":
        return False
    if path in OPEN_TO_ALL:
        return True
    if path.startswith("_stcore/agent"):
        return False  # it drives the app without a browser, past the sign-in of the pages
    if _is_guarded(path):
        return visitor.may("read")
    return scope["type"] == "http" and scope["method"] in ("GET", "HEAD", "OPTIONS")


def _path(scope: Scope) -> str:
    base = (config.get_option("server.baseUrlPath") or "").strip("/")
    return str(scope["path"]).strip("/").removeprefix(base).strip("/")


def _is_guarded(path: str) -> bool:
    return "//" in path or any(path == part or path.startswith(f"{part}/") for part in GUARDED)


_TOLD: set[str] = set()


def _tell_of(visitor: Visitor, scope: Scope) -> None:
    """Somebody comes past the proxy: said once an address, so that nobody can fill the disk with it."""
    peer = str((scope.get("client") or ("?",))[0])
    if visitor.reason == "not_through_proxy" and peer not in _TOLD and len(_TOLD) < MOST_TOLD:
        _TOLD.add(peer)
        log.warning("A request from %s did not come through the proxy and was refused", peer)


def claims_in(headers: Iterable[tuple[str, str]], origin: str) -> dict[str, Any]:
    """The claims of Streamlit's signed cookie; empty without one, or where it was signed for another address."""
    cookies: dict[str, str] = {}
    for name, value in headers:
        if name.lower() == "cookie":
            cookies |= cookie_parser(value)
    # Streamlit's own reading, so that a cookie counts here exactly where it counts for a session
    signed = starlette_websocket._get_signed_cookie_with_chunks(cookies, USER_COOKIE_NAME)
    return starlette_websocket._parse_decoded_user_cookie(signed, origin) if signed else {}


def _without_session(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    """Streamlit carries the session to take up as the third of the websocket's protocols."""
    return (name, b",".join(value.split(b",")[:2])) if name.lower() == b"sec-websocket-protocol" else (name, value)


def _pass(visitor: Visitor) -> bytes:
    """Whom the gate let through and when, for the session that the connection opens."""
    said = {"token": TOKEN, "address": visitor.address, "reason": visitor.reason, "since": visitor.since}
    return json.dumps(said).encode()


def passed(header: str | None) -> dict[str, Any] | None:
    """What the gate wrote; None where it was not the gate."""
    try:
        said = json.loads(header or "null")
    except ValueError:
        return None
    if not isinstance(said, dict) or not secrets.compare_digest(str(said.get("token")).encode(), TOKEN.encode()):
        return None
    return said


def _with_headers(send: Send, *, https: bool, private: bool) -> Send:
    """Adds the security headers to every answer, and lets cookies travel encrypted only where the address is https.

    Nothing on the way keeps what only some may have.
    """
    own = HEADERS | {"cache-control": "no-store"} if private else HEADERS

    async def guarded(message: MutableMapping[str, Any]) -> None:
        if message["type"] in ("http.response.start", "websocket.http.response.start"):
            kept = [pair for pair in message.get("headers", []) if pair[0].decode("latin-1").lower() not in own]
            if https:
                kept = [(name, _encrypted(value) if name.lower() == b"set-cookie" else value) for name, value in kept]
            message["headers"] = [*kept, *((name.encode(), value.encode()) for name, value in own.items())]
        await send(message)

    return guarded


def _encrypted(cookie: bytes) -> bytes:
    return cookie if b"; secure" in cookie.lower() else cookie + b"; Secure"
