"""The gate before every request: which are let through in which case, and the headers of every answer."""

import asyncio
import json
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState

from core.access import OWNER, Rules, Visitor, read_rules
from pages.parts import gate
from pages.parts.gate import HEADERS, PASS, Gate, passed

SECRET = "p" * 32
PROXY = {"address_header": "X-Mail", "secret_header": "X-Proof", "secret": SECRET, "networks": ["10.0.3.7/32"]}
BEHIND = read_rules({"access": {"viewer": ["example.org"], "proxy": PROXY}}, {"FORWARDED_ALLOW_IPS": ""})
CLOSED = Rules(mode="closed", problem="x")
OPEN = Rules(mode="open")
OIDC = Rules(mode="oidc", origin="https://telaah.example.org", domains={"example.org": "viewer"})
SIGNED = [(b"x-proof", SECRET.encode()), (b"x-mail", b"ani@example.org")]
STRANGER = [(b"x-proof", SECRET.encode()), (b"x-mail", b"x@evil.net")]


def to_its_end(coroutine):
    """In a thread of its own: the browser tests leave an event loop running in this one."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, coroutine).result()


def ask(
    rules, path, *, kind="http", method="GET", headers=(), peer="10.0.3.7", answer=(), still=lambda visitor: visitor
):
    """What the server behind the gate got (None where it got nothing), and what the client gets."""
    got, sent = [], []

    async def server(scope, receive, send):
        got.append(dict(scope["headers"]))
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 200, "headers": list(answer)})
            await send({"type": "http.response.body", "body": b"data"})

    async def receive():
        return {"type": "websocket.connect"}

    async def send(message):
        sent.append(message)

    scope = {"type": kind, "path": path, "method": method, "headers": list(headers), "client": (peer, 1)}
    to_its_end(Gate(server, lambda: rules, still)(scope, receive, send))
    return (got[0] if got else None), sent


PUBLIC = ["/", "/corpus", "/static/js/index.js", "/_stcore/health", "/_stcore/host-config", "/oauth2callback"]
KEPT = [
    "/media/abc.csv", "/media", "/_stcore/upload_file/a/b", "/_stcore/metrics", "/_stcore/agent/interact", "/_stcore",
    "/_stcore/anything-new", "/component/x/y", "/app/static/z", "//media/abc.csv", "/x//media/abc.csv", "/media//abc",
]  # fmt: skip


@pytest.mark.parametrize("path", PUBLIC)
@pytest.mark.parametrize("rules", [OPEN, OIDC, CLOSED], ids=["open", "oidc", "closed"])
def test_what_holds_no_data_is_let_through(rules, path):
    assert ask(rules, path)[0] is not None


@pytest.mark.parametrize("path", KEPT)
@pytest.mark.parametrize("rules", [OIDC, CLOSED, BEHIND], ids=["oidc", "closed", "proxy"])
def test_what_may_hold_data_is_kept_from_strangers(rules, path):
    got, sent = ask(rules, path, headers=STRANGER if rules is BEHIND else ())
    assert got is None
    assert [message.get("status") for message in sent] == [403, None]
    assert b"data" not in sent[1]["body"]


@pytest.mark.parametrize("path", [path for path in KEPT if "agent" not in path])
def test_who_is_on_the_list_gets_it(path):
    assert ask(BEHIND, path, headers=SIGNED)[0] is not None


def test_nobody_drives_the_pages_without_a_browser():
    assert ask(BEHIND, "/_stcore/agent/interact", method="POST", headers=SIGNED)[0] is None


@pytest.mark.parametrize("path", [*PUBLIC, "/_stcore/stream"])
@pytest.mark.parametrize(
    ("headers", "peer"),
    [
        ((), "10.0.3.7"),
        (SIGNED, "10.0.3.8"),
        (SIGNED[1:], "10.0.3.7"),
        ([(b"x-proof", b"q" * 32), SIGNED[1]], "10.0.3.7"),
    ],
)
def test_past_the_proxy_there_is_nothing_at_all(path, headers, peer):
    assert (ask(BEHIND, path, headers=headers, peer=peer)[0] is None) is (path != "/_stcore/health")


def test_a_websocket_past_the_proxy_is_closed_before_it_opens():
    got, sent = ask(BEHIND, "/_stcore/stream", kind="websocket", headers=SIGNED, peer="10.9.9.9")
    assert got is None
    assert sent == [{"type": "websocket.close", "code": 1008}]


def test_the_session_learns_from_the_gate_alone_who_it_is():
    forged = (PASS.encode(), json.dumps({"token": "", "address": "budi@example.org", "reason": None}).encode())
    got, _ = ask(BEHIND, "/_stcore/stream", kind="websocket", headers=[*SIGNED, forged])
    assert passed(got[PASS.encode()].decode())["address"] == "ani@example.org"
    assert passed(forged[1].decode()) is None
    for rules in (OPEN, OIDC):
        got, _ = ask(rules, "/_stcore/stream", kind="websocket", headers=[forged])
        assert PASS.encode() not in got


@pytest.mark.parametrize("said", [None, "", "null", "7", "[]", "{", "{}", '{"token": null}', '{"token": "\u00e9"}'])
def test_a_pass_that_the_gate_did_not_write_is_none(said):
    assert passed(said) is None


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_strangers_may_only_look(method):
    assert ask(OIDC, "/corpus", method=method)[0] is None


@pytest.mark.parametrize(("rules", "path"), [(OPEN, "/"), (OIDC, "/"), (OIDC, "/media/x"), (BEHIND, "/")])
def test_every_answer_has_the_security_headers(rules, path):
    _, sent = ask(rules, path, answer=[(b"X-Frame-Options", b"ALLOW"), (b"content-type", b"text/html")])
    told = [name.decode().lower() for name, _ in sent[0]["headers"]]
    assert sorted(name for name in told if name in HEADERS) == sorted(HEADERS)
    assert dict(sent[0]["headers"])[b"x-frame-options"] == b"DENY"


@pytest.mark.parametrize(
    ("rules", "path", "kept"), [(BEHIND, "/media/a.csv", b"no-store"), (OPEN, "/media/a.csv", b"max-age=9"),
                                (BEHIND, "/static/js/index.js", b"max-age=9")],
)  # fmt: skip
def test_nothing_on_the_way_keeps_a_file(rules, path, kept):
    _, sent = ask(rules, path, headers=SIGNED, answer=[(b"cache-control", b"max-age=9")])
    assert [value for name, value in sent[0]["headers"] if name == b"cache-control"] == [kept]


def test_the_policy_allows_no_other_host_and_no_script_in_the_text():
    script = HEADERS["content-security-policy"].partition("script-src ")[2].partition(";")[0]
    assert script.startswith("'self' 'sha256-")
    for open_door in ("unsafe-inline", "unsafe-eval", "*", "http:", "https:", "data:", "blob:"):
        assert open_door not in script
    assert "default-src 'none'" in HEADERS["content-security-policy"]
    assert "://" not in HEADERS["content-security-policy"]


@pytest.mark.parametrize(
    ("rules", "cookie", "expected"),
    [
        (OIDC, b"a=1; Path=/", b"a=1; Path=/; Secure"),
        (OIDC, b"a=1; Secure; Path=/", b"a=1; Secure; Path=/"),
        (OPEN, b"a=1; Path=/", b"a=1; Path=/"),
    ],
)
def test_cookies_travel_encrypted_where_the_address_is(rules, cookie, expected):
    _, sent = ask(rules, "/", answer=[(b"set-cookie", cookie)])
    assert (b"set-cookie", expected) in sent[0]["headers"]


def test_who_signed_out_is_out_for_files_too(monkeypatch):
    claims = {"is_logged_in": True, "iat": int(time.time()), "email": "ani@example.org", "email_verified": True}
    monkeypatch.setattr(gate, "claims_in", lambda *_: claims)
    assert ask(OIDC, "/media/x")[0] is not None
    assert ask(OIDC, "/media/x", still=lambda visitor: Visitor(address=visitor.address, role=None))[0] is None


def converse(rules, came, still, headers=()):
    """What a session gets of what a browser sends, what the browser gets, and the headers that the session sees."""
    got, sent, seen = [], [], {}
    incoming = [{"type": "websocket.connect"}, *({"type": "websocket.receive", "bytes": said} for said in came)]

    async def server(scope, receive, send):
        seen.update(scope["headers"])
        await receive()
        while (message := await receive())["type"] == "websocket.receive":
            got.append(message["bytes"])
        await send({"type": "websocket.send", "bytes": b"late"})

    async def receive():
        return incoming.pop(0) if incoming else {"type": "websocket.disconnect", "code": 1000}

    async def send(message):
        sent.append(message)

    scope = {"type": "websocket", "path": "/_stcore/stream", "headers": list(headers), "client": ("10.0.3.7", 1)}
    to_its_end(Gate(server, lambda: rules, still)(scope, receive, send))
    return got, sent, seen


def rerun(*keys, fragment=""):
    """What a browser sends after a click on widgets of these keys."""
    message = BackMsg(rerun_script=ClientState(query_string="view=files", page_script_hash="abc", fragment_id=fragment))
    for key in keys:
        message.rerun_script.widget_states.widgets.add(id=f"$$ID-0123abcd-{key}", trigger_value=True)
    return message.SerializeToString()


def keys_in(data):
    message = BackMsg.FromString(data)
    asked = message.rerun_script
    assert (asked.query_string, asked.page_script_hash, asked.fragment_id) == ("view=files", "abc", "")
    return [one.id.split("-", 2)[2] for one in asked.widget_states.widgets]


def test_when_the_role_is_gone_a_click_sets_nothing_off_any_more():
    roles = iter(["viewer", None, None, None])

    def still(visitor):
        assert visitor.address == "ani@example.org"
        return Visitor(address=visitor.address, role=next(roles))

    clicks = [
        rerun("remove.1"),
        rerun("remove.1", "item.remove.0", fragment="f"),
        BackMsg(clear_cache=True),
        rerun("sign_out"),
    ]
    sent = [one if isinstance(one, bytes) else one.SerializeToString() for one in clicks]
    got, _, _ = converse(BEHIND, sent, still, SIGNED)
    assert got[0] == clicks[0]
    assert [keys_in(one) for one in got[1:]] == [[], ["sign_out"]]


@pytest.mark.parametrize(
    ("key", "kept"),
    [("sign_in.", True), ("sign_in.kantor", True), ("sign_out", True), ("lang", True), ("csv.lang", False),
     ("x-lang", False), ("language", False), ("sign_outs", False), ("upload.0", False), ("None", False), ("", False)],
)  # fmt: skip
def test_a_stranger_works_the_card_alone(key, kept):
    got, _, _ = converse(OIDC, [rerun(key)], stranger)
    assert keys_in(got[0]) == ([key] if kept else [])


@pytest.mark.parametrize("data", [b"", b"\xff\xff", b"text", BackMsg(stop_script=True).SerializeToString()])
def test_a_stranger_asks_for_nothing_else(data):
    assert converse(OIDC, [data], stranger)[0] == []


def stranger(visitor):
    return Visitor(address="", role=None)


@pytest.mark.parametrize(
    ("message", "comes_through"),
    [
        (BackMsg(clear_cache=True), False),
        (BackMsg(set_run_on_save=True), False),
        (BackMsg(backend_operation_request={"install_skills": {}}), False),
        (BackMsg(backend_operation_request={"deferred_file": {"file_id": "1"}}), True),
        (BackMsg(stop_script=True), True),
        (BackMsg(rerun_script=ClientState(query_string="a=1")), True),
    ],
)
def test_nobody_acts_on_the_server_of_all(message, comes_through):
    data = message.SerializeToString()
    for rules, headers in ((OPEN, ()), (BEHIND, SIGNED)):
        assert converse(rules, [data], lambda _: OWNER, headers)[0] == [data] * comes_through


def test_a_stranger_takes_up_no_session():
    protocols = (b"sec-websocket-protocol", b"streamlit, token, 1234-session")
    _, _, seen = converse(OIDC, [rerun()], stranger, [protocols])
    assert seen[b"sec-websocket-protocol"] == b"streamlit, token"
    for rules, headers in ((OPEN, [protocols]), (BEHIND, [*SIGNED, protocols])):
        got, _, seen = converse(rules, [b"anything"], lambda _: OWNER, headers)
        assert seen[b"sec-websocket-protocol"] == protocols[1]
        assert got == [b"anything"]
