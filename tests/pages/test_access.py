"""What each role finds on the screens, and that a deed is refused even where its button was already drawn."""

import json
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit import config
from streamlit.runtime.secrets import secrets_singleton
from streamlit.testing.v1 import AppTest

from core.access import Visitor
from core.analyze import articles, corpus_files, corrections
from core.errors import AccessError
from core.model import Filters
from pages.parts import access, corpus_versions
from pages.parts.house import ask

PROJECT = Path(__file__).resolve().parents[2]
AUTH = """[auth]
redirect_uri = "http://127.0.0.1:8501/oauth2callback"
cookie_secret = "cccccccccccccccccccccccccccccccccccccccc"
client_id = "telaah"
client_secret = "s"
server_metadata_url = "http://127.0.0.1:9/.well-known/openid-configuration"
"""
LISTS = (
    AUTH
    + """[access]
viewer = ["example.org"]
editor = ["eka@example.org"]
admin = ["budi@example.org"]
"""
)
PEOPLE = {"viewer": "ani@example.org", "editor": "eka@example.org", "admin": "budi@example.org"}
Write = Callable[[str], None]


@pytest.fixture
def secrets(tmp_path) -> Write:
    """Writes the secrets that the dashboard reads."""
    path, before, writes = tmp_path / "secrets.toml", config.get_option("secrets.files"), []
    config.set_option("secrets.files", [str(path)])

    def write(text: str) -> None:
        writes.append(text)
        path.write_text(text + "\n" * len(writes))
        secrets_singleton._reset()  # Streamlit looks again by itself, but only every second or so

    yield write
    config.set_option("secrets.files", before)
    secrets_singleton._reset()


@pytest.fixture
def folder(monkeypatch, tmp_path, sample_folder) -> Path:
    """A data folder of its own with the sample."""
    copied = tmp_path / "data"
    copied.mkdir()
    shutil.copy(sample_folder / "corpus.duckdb", copied)
    monkeypatch.setenv("TELAAH_DATA_FOLDER", str(copied))
    return copied


def claims(address: str, **more) -> dict:
    return {"is_logged_in": True, "iat": int(time.time()) - 60, "email": address, "email_verified": True} | more


def opened(page: str, user: dict, **parameters: str) -> AppTest:
    app = AppTest.from_file(str(PROJECT / "dashboard.py"), default_timeout=60.0)
    app.user = user
    for name, value in ({"lang": "en"} | parameters).items():
        app.query_params[name] = value
    app = (app if page == "overview" else app.switch_page(f"pages/{page}.py")).run()
    assert not app.exception
    return app


def audit(folder: Path) -> list[tuple[str, str, str, str]]:
    lines = (folder / "audit/audit.jsonl").read_text().splitlines() if (folder / "audit").exists() else []
    return [(found["who"], found["event"], found["what"], found["result"]) for found in map(json.loads, lines)]


def keys(found) -> set[str]:
    return {one.key for one in found if one.key}


def said(app: AppTest) -> str:
    told = [element.value for element in [*app.title, *app.markdown, *app.caption, *app.error, *app.warning]]
    return "\n".join([*told, *(element.proto.body for element in app.get("html"))])


@pytest.mark.parametrize(
    ("role", "uploads", "corrects", "removes", "retags", "audits"),
    [
        ("viewer", False, False, False, False, False),
        ("editor", True, True, False, False, False),
        ("admin", True, True, True, True, True),
    ],
)
def test_each_role_finds_its_own(secrets, folder, monkeypatch, role, uploads, corrects, removes, retags, audits):
    secrets(LISTS)
    monkeypatch.setattr(corpus_versions, "tagger_version", lambda: "0.0+new")
    app = opened("corpus", claims(PEOPLE[role]), view="files")
    assert any(box.key.startswith("upload.") for box in app.file_uploader) is uploads
    assert ("retag_start" in keys(app.button)) is retags
    assert "csv.files" in keys(app.get("download_button"))
    number = int(ask(corpus_files.files)["file_id"].iloc[0])
    app.session_state["file_chosen"] = number
    app.run()
    assert (f"remove.{number}" in keys(app.button)) is removes
    assert (f"replace.{number}" in keys(app.button)) is removes

    parts = next(group for group in app.button_group if group.key == "sections.corpus")
    assert ("Audit" in parts.options) is audits
    parts.set_value("corrections").run()
    assert ("corrections_import" in keys(app.file_uploader)) is corrects
    assert "corrections.csv" in keys(app.get("download_button"))

    document = ask(articles.list_articles, Filters())["document_id"].iloc[0]
    app = opened("articles", claims(PEOPLE[role]), article=document)
    app.selectbox(key="correction_what").set_value("title").run()
    assert (f"correction_save.title.{document}" in keys(app.button)) is corrects
    assert ("Corrections are made by editors." in said(app)) is not corrects


@pytest.mark.parametrize(
    ("text", "user", "title", "sentence"),
    [
        (LISTS, {}, "Sign in", "open to people who are on its list"),
        (LISTS, {"is_logged_in": False}, "Sign in", "open to people who are on its list"),
        (LISTS, claims("ani@example.org", iat=1_700_000_000), "Sign in", "Your session has ended"),
        (LISTS, claims("ani@evil-example.org"), "No access", "ani@evil-example.org"),
        (LISTS, claims("budi@example.org", email_verified=False), "No access", "has not been verified"),
        (LISTS, claims(""), "No access", "gives no mail address"),
        (AUTH, claims("budi@example.org"), "The sign-in is not set up right", "[access] is missing"),
        (LISTS.replace("admin", "owner"), claims("budi@example.org"), "The sign-in is not set up right", "`owner`"),
        (
            LISTS.replace("client_id", "client"),
            claims("budi@example.org"),
            "The sign-in is not set up right",
            "client_id",
        ),
        ("[auth", claims("budi@example.org"), "The sign-in is not set up right", "no valid TOML"),
        ("", claims("budi@example.org"), "The sign-in is not set up right", "nobody can come in"),
    ],
)
@pytest.mark.parametrize("page", ["overview", "corpus"])
def test_whom_no_rule_lets_in_gets_no_page(secrets, folder, page, text, user, title, sentence):
    secrets(text)
    app = opened(page, user, view="audit")
    assert [one.value for one in app.title] == [title]
    assert sentence in said(app).replace("\\", "")
    assert not app.metric
    assert not app.dataframe
    assert not app.file_uploader
    assert not app.get("download_button")
    assert "Rusia" not in said(app)


def test_without_sign_in_all_is_as_ever_and_the_network_is_warned_of(secrets, folder, monkeypatch):
    app = opened("overview", {})
    assert app.metric
    assert "asks nobody to sign in" not in said(app)
    before = config.get_option("server.address")
    config.set_option("server.address", "0.0.0.0")
    try:
        assert "asks nobody to sign in" in said(app.run())
    finally:
        config.set_option("server.address", before)


def test_corrections_carry_the_address_that_signed_in(secrets, folder):
    secrets(LISTS)
    document = ask_after(claims(PEOPLE["editor"]))
    app = opened("articles", claims(PEOPLE["editor"]), article=document)
    app.session_state["who"] = "Orang Lain"  # a name cannot be given any more
    app.selectbox(key="correction_what").set_value("title").run()
    app.text_input(key=f"correction_title.title.{document}").set_value("Judul Lain").run()
    app.button(key=f"correction_save.title.{document}").click().run()
    assert ask(corrections.listing)["who"].tolist() == ["eka@example.org"]
    assert audit(folder)[-1] == ("eka@example.org", "correct", "set_title", "done")
    assert "who" not in keys(app.text_input)


def ask_after(user: dict) -> str:
    opened("overview", user)
    return str(ask(articles.list_articles, Filters())["document_id"].iloc[0])


def test_a_button_that_was_drawn_before_the_role_went_does_nothing(secrets, folder):
    secrets(LISTS)
    app = opened("corpus", claims(PEOPLE["admin"]), view="files")
    frame = ask(corpus_files.files)
    number = int(frame["file_id"].iloc[0])
    app.session_state["file_chosen"] = number
    app.run()
    app.checkbox(key=f"remove_sure.{number}").check().run()
    secrets(LISTS.replace("budi@", "lain@"))  # a viewer by the domain now
    app.button(key=f"remove.{number}").click().run()
    assert len(ask(corpus_files.files)) == len(frame)
    assert ("budi@example.org", "remove", "", "refused") in audit(folder)
    assert "Your role does not allow that." in said(app)


def test_tagging_again_is_refused_at_the_door(secrets, folder, monkeypatch):
    secrets(LISTS)
    monkeypatch.setattr(corpus_versions, "tagger_version", lambda: "0.0+new")
    app = opened("corpus", claims(PEOPLE["admin"]), view="files")
    started = []
    monkeypatch.setattr(corpus_versions.jobs, "start", lambda *given: started.append(given))
    secrets(LISTS.replace("budi@", "lain@"))
    app.button(key="retag_start").click().run()
    assert not started
    assert audit(folder)[-1] == ("budi@example.org", "retag", "", "refused")
    assert [error.value for error in app.error] == ["Your role does not allow that."]


@pytest.mark.parametrize(
    ("later", "outcome"),
    [(LISTS, "done"), (LISTS.replace("example.org", "example.net"), "refused"), ("[auth", "refused")],
)
def test_a_file_is_asked_for_again_when_it_is_taken(secrets, folder, monkeypatch, later, outcome):
    secrets(LISTS)
    monkeypatch.setattr(
        access, "visitor", lambda: Visitor(address="ani@example.org", role="viewer", since=int(time.time()))
    )
    take = access.exporting("entities.csv", lambda: b"nama\n")
    secrets(later)
    if outcome == "done":
        assert take() == b"nama\n"
    else:
        with pytest.raises(AccessError):
            take()
    assert audit(folder) == [("ani@example.org", "export", "entities.csv", outcome)]


def test_a_sign_in_is_noted_once_and_a_stranger_not_at_all(secrets, folder):
    secrets(LISTS)
    for user in (
        {},
        claims("ani@example.org", iat=int(time.time()) - 30),
        claims("x@evil.net", iat=int(time.time()) - 20),
    ):
        opened("overview", user).run()
    assert audit(folder) == [("ani@example.org", "sign_in", "", "done"), ("x@evil.net", "sign_in", "", "refused")]


def test_a_full_disk_stops_nobody(secrets, folder):
    secrets(LISTS)
    (folder / "audit").write_text("no folder")
    app = opened("overview", claims(PEOPLE["viewer"], iat=int(time.time()) - 10))
    assert app.metric
    assert not app.error


def test_an_admin_turns_the_pages_of_the_log(secrets, folder):
    secrets(LISTS)
    for number in range(60):
        access.audit_log().write("upload", "done", who="eka@example.org", role="editor", what=f"{number:02}.txt")
    app = opened("corpus", claims(PEOPLE["admin"], iat=int(time.time()) - 5), view="audit")
    shown = next(frame.value for frame in app.dataframe if "event_name" in frame.value)
    assert shown[["who", "role_name", "event_name", "what", "result_name"]].iloc[1].tolist() == [
        "eka@example.org", "editor", "upload", "59.txt", "done",
    ]  # fmt: skip
    assert shown["event_name"].iloc[0] == "sign-in"
    assert len(shown) == 50
    app.number_input(key="audit_page").set_value(2).run()
    shown = next(frame.value for frame in app.dataframe if "event_name" in frame.value)
    assert shown["what"].tolist()[-1] == "00.txt"
    assert len(shown) == 11
