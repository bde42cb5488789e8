"""Who may come in and do what: roles and deeds, addresses that only look right, and secrets that say nonsense."""

import os
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.access import DEEDS, OWNER, ROLES, Rules, Visitor, is_loopback, plain_address, read_rules, rules_in

NOW = 1_800_000_000
AUTH = {
    "redirect_uri": "https://telaah.example.org/oauth2callback",
    "cookie_secret": "c" * 32,
    "client_id": "telaah",
    "client_secret": "s",
    "server_metadata_url": "https://login.example.org/.well-known/openid-configuration",
}
ACCESS = {"viewer": ["example.org"], "editor": ["eka@example.org"], "admin": ["budi@example.org", "pt.example.id"]}
PROXY = {
    "address_header": "X-Forwarded-Email",
    "secret_header": "X-Telaah-Proxy",
    "secret": "p" * 32,
    "networks": ["10.0.3.0/24", "fd00::/8"],
}
BEHIND = {"FORWARDED_ALLOW_IPS": ""}


def rules(**more) -> Rules:
    made = read_rules({"auth": AUTH, "access": ACCESS | more}, {})
    assert made.problem == ""
    return made


def claims(**more):
    return {"is_logged_in": True, "iat": NOW - 60, "email": "ani@example.org", "email_verified": True} | more


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        ("viewer", {"read", "export", "brief"}),
        ("editor", {"read", "export", "brief", "upload", "correct"}),
        ("admin", set(DEEDS)),
        (None, set()),
    ],
)
def test_what_a_role_may_do(role, allowed):
    visitor = Visitor(address="a@example.org", role=role)
    assert {deed for deed in DEEDS if visitor.may(deed)} == allowed


def test_without_sign_in_whoever_is_at_the_machine_owns_it():
    assert read_rules({}, {}).mode == "open"
    assert all(OWNER.may(deed) for deed in DEEDS)


@pytest.mark.parametrize(
    ("address", "role"),
    [
        ("ani@example.org", "viewer"),
        ("ANI@Example.ORG", "viewer"),
        ("eka@example.org", "editor"),  # the rule on the address goes before the one on its domain
        ("Eka@EXAMPLE.org", "editor"),
        ("budi@example.org", "admin"),
        ("siapa@pt.example.id", "admin"),
        ("eka+uji@example.org", "viewer"),  # another mailbox than eka's
        ("budi@pt.example.org", None),  # below a domain is not the domain
        ("ani@evil-example.org", None),
        ("ani@example.org.evil.net", None),
        ("ani@xexample.org", None),
        ("ani@example.or", None),
        ("ani@example.org.", "no address"),
        ("ani@example.org@evil.net", "no address"),
        ("evil.net@example.org ", "no address"),
        (" ani@example.org", "no address"),
        ("ani@example.org\n", "no address"),
        ("ani@example.org\x00", "no address"),
        ('"ani@evil.net"@example.org', "no address"),
        ("ani@evil.net,budi@example.org", "no address"),
        ("Budi <budi@example.org>", "no address"),
        ("budi@ex\u0430mple.org", "no address"),  # a Cyrillic a
        ("budi@\uff45xample.org", "no address"),  # a full-width e
        ("e\u212aa@example.org", "no address"),  # the Kelvin sign, whose lower case is k
        ("bud\u0131@example.org", "no address"),  # a dotless i
        ("budi\u200b@example.org", "no address"),
        ("@example.org", "no address"),
        ("example.org", "no address"),
        ("..@example.org", "no address"),
        ("ani@-example.org", "no address"),
        ("", "no address"),
        (None, "no address"),
        (["budi@example.org"], "no address"),
        ("a" * 65 + "@example.org", "no address"),
        ("a@" + "b." * 130 + "org", "no address"),
    ],
)
def test_the_role_of_an_address(address, role):
    found = rules().by_claims(claims(email=address), NOW)
    assert (found.role or {"not_listed": None, "no_address": "no address"}[found.reason]) == role


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({}, None),
        ({"is_logged_in": False}, "signed_out"),
        ({"is_logged_in": "true"}, "signed_out"),
        ({"email_verified": False}, "unverified"),
        ({"email_verified": "false"}, "unverified"),
        ({"email_verified": None}, "unverified"),
        ({"email_verified": 1}, "unverified"),
        ({"email_verified": "true"}, None),
        ({"iat": NOW - 12 * 3600 + 5}, None),
        ({"iat": NOW - 12 * 3600 - 5}, "expired"),
        ({"iat": NOW + 200}, None),  # clocks differ a little
        ({"iat": NOW + 400}, "expired"),
        ({"iat": str(NOW)}, "expired"),
        ({"iat": True}, "expired"),
        ({"iat": None}, "expired"),
    ],
)
def test_what_the_token_must_say(more, reason):
    assert rules().by_claims(claims(**more), NOW).reason == reason


def test_no_claims_are_nobody():
    assert rules().by_claims({}, NOW) == Visitor(address="", role=None, reason="signed_out")


def test_another_claim_than_the_address_counts_for_nothing():
    told = claims(email="x@evil.net", name="budi@example.org", preferred_username="budi@example.org", sub="budi")
    assert rules().by_claims(told, NOW).role is None


def test_a_provider_that_does_not_tell_whether_it_verified_must_be_accepted_by_name():
    silent = {name: said for name, said in claims().items() if name != "email_verified"}
    assert rules().by_claims(silent, NOW).reason == "unverified"
    trusting = rules(accept_missing_verification=True)
    assert trusting.by_claims(silent, NOW).role == "viewer"
    assert trusting.by_claims(silent | {"email_verified": False}, NOW).reason == "unverified"


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=30), st.text(max_size=20))
def test_no_text_makes_an_address_of_a_listed_domain(before, after):
    for said in (f"budi@example.org{after}", f"budi{before}@{after}example.org"):
        found = rules().by_claims(claims(email=said), NOW)
        plain = plain_address(said)
        if found.role:
            assert plain is not None
            assert plain.isascii()
            assert plain.rpartition("@")[2] in ("example.org", "pt.example.id")
        if found.role == "admin":
            assert plain == "budi@example.org"


@pytest.mark.parametrize(
    ("secrets", "said"),
    [
        ({"auth": AUTH}, "[access] is missing"),
        ({"auth": AUTH, "access": []}, "[access] is missing"),
        ({"access": ACCESS}, "exactly one way"),
        ({"auth": AUTH, "access": ACCESS | {"proxy": PROXY}}, "exactly one way"),
        ({"auth": AUTH, "access": {}}, "names nobody"),
        ({"auth": AUTH, "access": {"session_hours": 2}}, "names nobody"),
        ({"auth": AUTH, "access": {"editors": ["example.org"]}}, "`editors`"),
        ({"auth": AUTH, "access": ACCESS | {"owner": ["a@example.org"]}}, "`owner`"),
        ({"auth": AUTH, "access": ACCESS | {"admin": []}}, "`admin` must be a list"),
        ({"auth": AUTH, "access": {"admin": "budi@example.org"}}, "`admin` must be a list"),
        ({"auth": AUTH, "access": {"admin": [7]}}, "`admin`: entry 1"),
        ({"auth": AUTH, "access": {"admin": ["a@example.org", "budi"]}}, "`admin`: entry 2"),
        ({"auth": AUTH, "access": {"admin": ["*"]}}, "`admin`: entry 1"),
        ({"auth": AUTH, "access": {"admin": ["*.example.org"]}}, "`admin`: entry 1"),
        ({"auth": AUTH, "access": {"admin": ["ex\u0430mple.org"]}}, "`admin`: entry 1"),
        ({"auth": AUTH, "access": {"viewer": ["example.org"], "admin": ["Example.ORG"]}}, "stands there twice"),
        ({"auth": AUTH, "access": {"admin": ["@example.org", "example.org"]}}, "stands there twice"),
        ({"auth": AUTH, "access": ACCESS | {"session_hours": 0}}, "session_hours"),
        ({"auth": AUTH, "access": ACCESS | {"session_hours": True}}, "session_hours"),
        ({"auth": AUTH, "access": ACCESS | {"accept_missing_verification": "yes"}}, "accept_missing_verification"),
        ({"auth": {}, "access": ACCESS}, "redirect_uri"),
        ({"auth": "on", "access": ACCESS}, "[auth] must be a table"),
        ({"auth": AUTH | {"cookie_secret": ""}, "access": ACCESS}, "cookie_secret"),
        ({"auth": AUTH | {"cookie_secret": "c" * 31}, "access": ACCESS}, "at least 32"),
        ({"auth": AUTH | {"client_secret": ""}, "access": ACCESS}, "client_secret"),
        ({"auth": {k: v for k, v in AUTH.items() if k != "server_metadata_url"}, "access": ACCESS}, "server_metadata"),
        ({"auth": AUTH | {"redirect_uri": "http://telaah.example.org/oauth2callback"}, "access": ACCESS}, "https://"),
        ({"auth": AUTH | {"redirect_uri": "https://telaah.example.org/"}, "access": ACCESS}, "/oauth2callback"),
        ({"auth": AUTH | {"server_metadata_url": "http://login.example.org/x"}, "access": ACCESS}, "https://"),
        ({"auth": AUTH | {"other": {"client_id": "1"}}, "access": ACCESS}, "[auth.other] is incomplete"),
        ({"access": ACCESS | {"proxy": "on"}}, "[access.proxy] must be a table"),
        ({"access": ACCESS | {"proxy": PROXY | {"secret": ""}}}, "needs `secret`"),
        ({"access": ACCESS | {"proxy": PROXY | {"secret": "p" * 31}}}, "at least 32"),
        ({"access": ACCESS | {"proxy": PROXY | {"address_header": "X Mail"}}}, "no name of a header"),
        ({"access": ACCESS | {"proxy": PROXY | {"secret_header": "x-forwarded-email"}}}, "two headers"),
        ({"access": ACCESS | {"proxy": PROXY | {"networks": []}}}, "networks"),
        ({"access": ACCESS | {"proxy": PROXY | {"networks": ["0.0.0.0/0"]}}}, "networks"),
        ({"access": ACCESS | {"proxy": PROXY | {"networks": ["::/0"]}}}, "networks"),
        ({"access": ACCESS | {"proxy": PROXY | {"networks": ["proxy"]}}}, "networks"),
    ],
)
def test_secrets_that_cannot_be_used_let_nobody_in(secrets, said):
    made = read_rules(secrets, BEHIND)
    assert made.mode == "closed"
    assert said in made.problem
    assert made.by_claims(claims(email="budi@example.org"), NOW) == Visitor(address="", role=None, reason="closed")
    assert made.by_headers([("X-Forwarded-Email", "budi@example.org")], "10.0.3.7").role is None
    for secret in (AUTH["cookie_secret"], PROXY["secret"]):
        assert secret not in made.problem


def test_several_providers_each_have_a_name():
    one = {key: AUTH[key] for key in ("client_id", "client_secret", "server_metadata_url")}
    shared = {key: AUTH[key] for key in ("redirect_uri", "cookie_secret")}
    assert read_rules({"auth": shared | {"kantor": one, "mitra": one}, "access": ACCESS}, {}).providers == (
        "kantor",
        "mitra",
    )
    assert read_rules({"auth": AUTH | {"mitra": one}, "access": ACCESS}, {}).providers == ("", "mitra")
    assert rules().origin == "https://telaah.example.org"


def behind(headers=(), peer: str | None = "10.0.3.7") -> Visitor:
    made = read_rules({"access": ACCESS | {"proxy": PROXY}}, BEHIND)
    assert made.mode == "proxy"
    return made.by_headers(headers, peer)


SIGNED = [("x-telaah-proxy", "p" * 32), ("X-Forwarded-Email", "budi@example.org")]


@pytest.mark.parametrize(
    ("headers", "peer", "expected"),
    [
        (SIGNED, "10.0.3.7", "admin"),
        (SIGNED, "::ffff:10.0.3.7", "admin"),
        (SIGNED, "fd00::1", "admin"),
        (SIGNED, "10.0.4.7", "not_through_proxy"),
        (SIGNED, "fe80::1", "not_through_proxy"),
        (SIGNED, "", "not_through_proxy"),
        (SIGNED, None, "not_through_proxy"),
        (SIGNED, "proxy", "not_through_proxy"),
        (SIGNED[1:], "10.0.3.7", "not_through_proxy"),
        ([("x-telaah-proxy", "p" * 31), SIGNED[1]], "10.0.3.7", "not_through_proxy"),
        ([("x-telaah-proxy", "P" * 32), SIGNED[1]], "10.0.3.7", "not_through_proxy"),
        ([("x-telaah-proxy", ""), SIGNED[1]], "10.0.3.7", "not_through_proxy"),
        ([SIGNED[0], SIGNED[0], SIGNED[1]], "10.0.3.7", "not_through_proxy"),
        ([("x-telaah-proxy", "\u00e9" * 32), SIGNED[1]], "10.0.3.7", "not_through_proxy"),
        (SIGNED[:1], "10.0.3.7", "no_address"),
        ([*SIGNED, ("X-Forwarded-Email", "ani@example.org")], "10.0.3.7", "no_address"),
        ([SIGNED[0], ("X-Forwarded-Email", "")], "10.0.3.7", "no_address"),
        ([SIGNED[0], ("X_Forwarded_Email", "budi@example.org")], "10.0.3.7", "no_address"),
        ([SIGNED[0], ("X-Forwarded-Email", "x@evil.net")], "10.0.3.7", "not_listed"),
        ([], "10.0.3.7", "not_through_proxy"),
    ],
)
def test_a_proxy_is_believed_only_as_itself(headers, peer, expected):
    found = behind(headers, peer)
    assert (found.role or found.reason) == expected


@pytest.mark.parametrize("environment", [{}, {"FORWARDED_ALLOW_IPS": "*"}, {"FORWARDED_ALLOW_IPS": "127.0.0.1"}])
def test_behind_a_proxy_the_server_must_see_who_connects(environment):
    made = read_rules({"access": ACCESS | {"proxy": PROXY}}, environment)
    assert made.mode == "closed"
    assert "FORWARDED_ALLOW_IPS" in made.problem


def written(path, text: str):
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(time.time_ns(), time.time_ns() + written.step))
    written.step += 1_000_000
    return path


written.step = 0


def test_the_secrets_are_read_again_when_they_change(tmp_path):
    path = tmp_path / "secrets.toml"
    text = "[auth]\n" + "".join(f"{key} = '{said}'\n" for key, said in AUTH.items())
    assert rules_in([path], {}).mode == "open"
    assert rules_in([written(path, text)], {}).mode == "closed"
    assert rules_in([written(path, text + "[access]\nadmin = ['budi@example.org']")], {}).mode == "oidc"
    assert rules_in([path], {}).role_of("budi@example.org") == "admin"
    written(path, text + "[access]\nadmin = ['ani@example.org']")
    assert rules_in([path], {}).role_of("budi@example.org") is None


@pytest.mark.parametrize("text", ["[auth", "\ufffe\x00", "auth = 1\nauth = 2"])
def test_a_broken_file_closes_the_door(tmp_path, text):
    made = rules_in([written(tmp_path / "secrets.toml", text)], {})
    assert made.mode == "closed"
    assert "secrets.toml" in made.problem


def test_a_folder_of_secrets_closes_the_door(tmp_path):
    assert rules_in([tmp_path], {}).mode == "closed"


def test_a_later_file_goes_over_an_earlier_one(tmp_path):
    first = written(tmp_path / "a.toml", "[access]\nadmin = ['a@example.org']\n[auth]\n")
    last = written(tmp_path / "b.toml", "[access]\nadmin = ['b@example.org']\n[auth]\n"
                   + "".join(f"{key} = '{said}'\n" for key, said in AUTH.items()))  # fmt: skip
    made = rules_in([first, last], {})
    assert (made.role_of("a@example.org"), made.role_of("b@example.org")) == (None, "admin")


@pytest.mark.parametrize(
    ("host", "own"),
    [("127.0.0.1", True), ("127.8.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("::", False),
     ("192.168.1.4", False), ("telaah.example.org", False), ("", False), (None, False)],
)  # fmt: skip
def test_which_addresses_only_this_machine_sees(host, own):
    assert is_loopback(host) is own


def test_the_roles_stand_in_order():
    assert ROLES == ("viewer", "editor", "admin")
