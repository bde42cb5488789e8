"""What the doctor says of the sign-in."""

import pytest

from core.access import Rules
from core.doctor import _address, _sign_in
from core.settings import PROJECT


@pytest.mark.parametrize(
    ("rules", "address", "said", "fine"),
    [
        (Rules(mode="open"), "127.0.0.1", "for this machine alone", True),
        (Rules(mode="open"), "0.0.0.0", "listens on 0.0.0.0", False),
        (Rules(mode="open"), "", "listens on every address", False),
        (Rules(mode="closed", problem="[auth] has no `client_id`."), "127.0.0.1", "nobody can come in", False),
        (Rules(mode="oidc", addresses={"a@example.org": "admin"}), "0.0.0.0", "1 addresses and 0 domains", True),
        (Rules(mode="proxy", domains={"example.org": "viewer"}), "0.0.0.0", "by a proxy", True),
    ],
)
def test_the_sign_in_is_told(rules, address, said, fine):
    line, healthy = _sign_in(rules, address)
    assert said in line
    assert healthy is fine


def test_as_shipped_the_server_is_seen_by_its_own_machine_alone(monkeypatch):
    monkeypatch.delenv("STREAMLIT_SERVER_ADDRESS", raising=False)
    assert _address() == "127.0.0.1"
    monkeypatch.setenv("STREAMLIT_SERVER_ADDRESS", "0.0.0.0")
    assert _address() == "0.0.0.0"


def test_no_secrets_are_shipped():
    assert ".streamlit/secrets.toml" in (PROJECT / ".gitignore").read_text(encoding="utf-8").splitlines()
