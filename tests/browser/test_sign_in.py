"""Nobody sees anything before they sign in, and afterwards what their role allows: a real browser and a provider."""

import json
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import PROJECT, Server, free_port, wait_until_ready
from tests.browser.oidc import CLIENT, SECRET, Provider
from tests.browser.proxy import Proxy

pytestmark = pytest.mark.browser
FIGURE = '[data-testid="stMetricValue"]'
DROP = '[data-testid="stFileUploaderDropzoneInput"]'
CARD = ".st-key-sign-in"
SIDEBAR = '[data-testid="stSidebar"]'
PAGES = ("corpus?view=audit", "", "articles?article=1")  # a new server runs the first one without dashboard.py
DATA = ("KCNA", "Putin", "Rusia", "Kompas", "telaah-contoh")
LISTS = {"viewer": ["example.org"], "editor": ["eka@example.org"], "admin": ["budi@example.org"]}


class House:
    """The server with its sign-in, and who is on its list."""

    def __init__(self, server: Server, provider: Provider, secrets: Path) -> None:
        self.server, self.provider, self.secrets = server, provider, secrets

    def allow(self, lists: dict[str, list[str]]) -> None:
        auth = {
            "redirect_uri": f"{self.server.url}/oauth2callback", "cookie_secret": "k" * 40, "client_id": CLIENT,
            "client_secret": SECRET, "server_metadata_url": f"{self.provider.url}/.well-known/openid-configuration",
        }  # fmt: skip
        lines = ["[auth]", *(f"{key} = {json.dumps(said)}" for key, said in auth.items()), "[access]"]
        self.secrets.write_text("\n".join(lines + [f"{role} = {json.dumps(names)}" for role, names in lists.items()]))

    def audit(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in (self.server.data_folder / "audit/audit.jsonl").read_text().splitlines()]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder, port, provider = tmp_path_factory.mktemp("sign-in"), free_port(), Provider()
    provider.start()
    server = Server(url=f"http://127.0.0.1:{port}", data_folder=folder / "data", log=folder / "server.log")
    made = House(server, provider, folder / "secrets.toml")
    made.allow(LISTS)
    try:
        with served(server, made.secrets):
            yield made
    finally:
        provider.stop()


@contextmanager
def served(server: Server, secrets: Path, **environment: str) -> Iterator[None]:
    port = server.url.rpartition(":")[2]
    options = ["--server.headless", "true", "--server.port", port, "--secrets.files", str(secrets)]
    with server.log.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "dashboard.py", *options], cwd=PROJECT, stdout=log,
            env=os.environ | {"TELAAH_DATA_FOLDER": str(server.data_folder), "NO_PROXY": "127.0.0.1"} | environment,
            stdin=subprocess.DEVNULL, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        wait_until_ready(server, process)
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)
        print(server.log.read_text())


@pytest.fixture
def page(house, chromium):
    house.allow(LISTS)
    context = chromium.new_context(viewport={"width": 1280, "height": 1000}, locale="en-GB")
    opened = context.new_page()
    opened.foreign = []
    allowed = (house.server.url, house.provider.url, "data:", "blob:")
    context.on("request", lambda asked: asked.url.startswith(allowed) or opened.foreign.append(asked.url))
    against_policy: list[str] = []
    context.on("console", lambda told: "Content Security Policy" in told.text and against_policy.append(told.text))
    yield opened
    context.close()
    assert against_policy == []


def sign_in(page, house: House, **claims: object) -> None:
    house.provider.claims = claims
    page.goto(f"{house.server.url}/?lang=en")
    page.locator(CARD).get_by_role("button", name="Sign in").click(timeout=60_000)


def fetch(address: str, *, method: str = "GET", cookie: str = "") -> tuple[int, bytes]:
    asked = urllib.request.Request(address, method=method, headers={"Cookie": cookie} if cookie else {})
    try:
        with urllib.request.urlopen(asked, timeout=20) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def cookies_of(page) -> str:
    return "; ".join(f"{one['name']}={one['value']}" for one in page.context.cookies())


def take_a_file(page, house: House) -> str:
    """The address under which Streamlit serves a download."""
    page.goto(f"{house.server.url}/entities?lang=en")
    page.locator('[class*="st-key-download"] button').first.click(timeout=60_000)
    with page.expect_download(timeout=30_000) as taken:
        page.get_by_role("button", name="CSV").click()
    assert Path(taken.value.path()).read_bytes().count(b"\n") > 3
    return taken.value.url


def test_before_sign_in_there_is_no_data(page, house):
    frames: list[bytes] = []
    page.on(
        "websocket",
        lambda socket: socket.on(
            "framereceived", lambda sent: frames.append(bytes(sent, "utf-8") if isinstance(sent, str) else sent)
        ),
    )
    for name in PAGES:
        page.goto(f"{house.server.url}/{name}{'&' if '?' in name else '?'}lang=en")
        page.locator(CARD).get_by_role("button", name="Sign in").wait_for(timeout=60_000)
        assert page.locator(FIGURE).count() == 0
        assert page.locator(DROP).count() == 0
        assert not [word for word in DATA if word in page.inner_text("body")]
    assert frames
    assert not [word for word in DATA if any(word.encode() in frame for frame in frames)]
    assert page.foreign == []


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "media/0123456789abcdef0123456789abcdef.csv"),
        ("HEAD", "media/0123456789abcdef0123456789abcdef.csv"),
        ("PUT", "_stcore/upload_file/1/2"),
        ("DELETE", "_stcore/upload_file/1/2"),
        ("GET", "_stcore/metrics"),
        ("GET", "_stcore/script-health-check"),
        ("GET", "_stcore/agent/openapi.json"),
        ("POST", "_stcore/agent/interact"),
        ("GET", "component/any/index.html"),
        ("GET", "app/static/any"),
        ("POST", "corpus"),
        ("GET", "media%2F0123456789abcdef.csv"),
    ],
)
def test_before_sign_in_http_gives_nothing(house, method, path):
    assert fetch(f"{house.server.url}/{path}", method=method)[0] == 403


@pytest.mark.parametrize("path", ["", "corpus", "articles?article=1", "_stcore/health", "static/index.html"])
def test_what_is_open_to_all_holds_no_data(house, path):
    status, said = fetch(f"{house.server.url}/{path}")
    assert status == 200
    assert said == b"ok" or b'<div id="root"></div>' in said


def test_a_viewer_reads_and_exports_and_signs_out(page, house):
    sign_in(page, house, email="ani@example.org", email_verified=True)
    page.wait_for_selector(FIGURE, timeout=60_000)
    sidebar = page.locator(SIDEBAR)
    assert "ani@example.org" in sidebar.inner_text()
    assert page.locator(DROP).count() == 0
    file = take_a_file(page, house)
    cookie = cookies_of(page)
    assert fetch(file)[0] == 403
    assert fetch(file, cookie=cookie)[0] == 200
    assert fetch(file, cookie=re.sub(r"(_streamlit_user=.{20})..", r"\1xx", cookie))[0] == 403

    other = page.context.new_page()
    other.goto(f"{house.server.url}/?lang=en")
    other.wait_for_selector(FIGURE, timeout=60_000)
    sidebar.get_by_role("button", name="Sign out").click()
    page.locator(CARD).get_by_role("button", name="Sign in").wait_for(timeout=60_000)
    other.locator('[class*="st-key-open"] button').first.click()  # the other tab is still open: its next step ends it
    other.wait_for_selector(CARD, timeout=60_000)
    other.locator(FIGURE).first.wait_for(state="detached", timeout=20_000)
    assert fetch(file, cookie=cookie)[0] == 403  # a copy of the old cookie serves no longer
    assert page.foreign == []
    mine = [
        (entry["event"], entry["what"], entry["result"]) for entry in house.audit() if entry["who"] == "ani@example.org"
    ]
    assert [event for event, _, _ in mine] == ["sign_in", "export", "sign_out"]
    assert mine[1][1].endswith(".csv")


@pytest.mark.parametrize(
    ("claims", "said"),
    [
        ({"email": "mallory@evil-example.org", "email_verified": True}, "mallory@evil-example.org is not on the list"),
        ({"email": "budi@example.org", "email_verified": False}, "has not been verified"),
        ({"name": "budi@example.org"}, "gives no mail address"),
    ],
)
def test_who_is_not_on_the_list_sees_nothing(page, house, claims, said):
    sign_in(page, house, **claims)
    page.get_by_text(said).wait_for(timeout=60_000)
    assert page.locator(FIGURE).count() == 0
    assert not [word for word in DATA if word in page.inner_text("body")]
    assert fetch(f"{house.server.url}/_stcore/metrics", cookie=cookies_of(page))[0] == 403


def test_a_role_that_is_taken_away_ends_with_the_next_click(page, house):
    sign_in(page, house, email="eka@example.org", email_verified=True)
    page.wait_for_selector(FIGURE, timeout=60_000)
    assert page.locator(DROP).count() == 1
    cookie = cookies_of(page)
    assert fetch(f"{house.server.url}/media/0.csv", cookie=cookie)[0] == 404
    house.allow({"admin": ["budi@example.org"]})
    assert fetch(f"{house.server.url}/media/0.csv", cookie=cookie)[0] == 403
    page.locator('[class*="st-key-open"] button').first.click()
    page.get_by_text("is not on the list").wait_for(timeout=60_000)
    page.locator(FIGURE).first.wait_for(state="detached", timeout=20_000)


def test_an_admin_finds_it_all_in_the_audit_log(page, house, tmp_path):
    sign_in(page, house, email="Budi@Example.org", email_verified=True)
    page.wait_for_selector(FIGURE, timeout=60_000)
    (tmp_path / "satu.txt").write_text("JAKARTA, KOMPAS.com - Kapal itu berlabuh di Vladivostok, Rabu (21/2/2024).\n")
    page.set_input_files(DROP, [str(tmp_path / "satu.txt")])
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and house.audit()[-1]["event"] != "upload":
        page.wait_for_timeout(200)
    newest = house.audit()[-1]
    assert (newest["who"], newest["event"], newest["what"]) == ("budi@example.org", "upload", "satu.txt")
    page.goto(f"{house.server.url}/corpus?lang=en&view=audit")
    page.get_by_role("button", name="The whole log").wait_for(timeout=60_000)


def test_behind_a_proxy_its_header_is_the_sign_in(chromium, tmp_path):
    """Charts, uploads and downloads work through the proxy under the security headers; past it there is nothing."""
    server = Server(url=f"http://127.0.0.1:{free_port()}", data_folder=tmp_path / "data", log=tmp_path / "server.log")
    secrets, proof = tmp_path / "secrets.toml", "p" * 40
    secrets.write_text(
        '[access]\nadmin = ["budi@example.org"]\n[access.proxy]\naddress_header = "X-Forwarded-Email"\n'
        f'secret_header = "X-Telaah-Proxy"\nsecret = "{proof}"\nnetworks = ["127.0.0.1/32"]\n'
    )
    with served(server, secrets, FORWARDED_ALLOW_IPS=""):
        proxy = Proxy(
            int(server.url.rpartition(":")[2]), {"X-Forwarded-Email": "Budi@example.org", "X-Telaah-Proxy": proof}
        )
        context = chromium.new_context(viewport={"width": 1280, "height": 1000}, locale="en-GB")
        page = context.new_page()
        refused: list[str] = []
        page.on("console", lambda said: "Content Security Policy" in said.text and refused.append(said.text))
        page.goto(f"{proxy.url}/?lang=en")
        page.wait_for_selector(FIGURE, timeout=60_000)
        page.wait_for_selector('[data-testid="stVegaLiteChart"] svg', timeout=30_000)
        assert "budi@example.org" in page.locator(SIDEBAR).inner_text()
        assert page.locator(SIDEBAR).get_by_role("button", name="Sign out").count() == 0
        (tmp_path / "satu.txt").write_text(
            "JAKARTA, KOMPAS.com - Kapal itu berlabuh di Vladivostok, Rabu (21/2/2024).\n"
        )
        page.set_input_files(DROP, [str(tmp_path / "satu.txt")])
        page.get_by_text("satu.txt").first.wait_for(timeout=60_000)

        page.goto(server.url)  # past the proxy
        assert "sign-in only" in page.inner_text("body")
        forged = {"X-Forwarded-Email": "budi@example.org", "X-Telaah-Proxy": "q" * 40}
        asked = urllib.request.Request(server.url, headers=forged)
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(asked, timeout=20)
        assert fetch(f"{server.url}/_stcore/health") == (200, b"ok")

        proxy.headers["X-Forwarded-Email"] = "ani@example.org"
        page.goto(f"{proxy.url}/?lang=en")
        page.get_by_text("is not on the list").wait_for(timeout=60_000)
        assert page.locator(FIGURE).count() == 0
        assert fetch(f"{proxy.url}/media/0.csv")[0] == 403
        assert refused == []
        context.close()
        proxy.stop()
