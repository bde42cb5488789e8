"""What cannot run in a test is at least read: image, compose, proxy, service, lock, licences. The health check runs."""

import importlib.util
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import ModuleType

import pytest
import yaml

from core.settings import PREFIX, read_settings

PROJECT = Path(__file__).resolve().parent.parent
DEPLOY = PROJECT / "deploy"


def loaded(name: str) -> ModuleType:
    """A script of deploy/ as a module."""
    spec = importlib.util.spec_from_file_location(f"deploy_{name}", DEPLOY / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


# ---------------------------------------------------------------- the image


def instructions() -> list[tuple[str, str]]:
    """Keyword and arguments of the Containerfile, lines joined, comments left out."""
    text = re.sub(r"^#.*\n", "", (DEPLOY / "Containerfile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    lines = re.sub(r"\\\n\s*", " ", text).splitlines()
    return [(line.split()[0], line.partition(" ")[2].strip()) for line in lines if line.strip()]


def given(keyword: str) -> list[str]:
    return [arguments for word, arguments in instructions() if word == keyword]


def test_the_image_has_only_known_instructions() -> None:
    known = {"FROM", "ENV", "COPY", "RUN", "WORKDIR", "USER", "VOLUME", "EXPOSE", "HEALTHCHECK", "CMD"}
    assert {keyword for keyword, _ in instructions()} <= known
    assert instructions()[0][0] == "FROM"
    assert all(re.fullmatch(r"python:3\.1[1-9]-slim-\w+( AS \w+)?", image) for image in given("FROM"))


def test_the_image_does_not_run_as_root() -> None:
    (user,) = given("USER")
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", user), "a number, so that a host can check that it is not root"
    assert [word for word, _ in instructions()].index("USER") > max(
        place for place, (word, _) in enumerate(instructions()) if word in ("RUN", "COPY")
    ), "what is in the image belongs to root"


def test_every_file_that_the_image_takes_is_there_and_not_ignored() -> None:
    ignored = (PROJECT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert ignored[0] == "*"
    for arguments in given("COPY"):
        if "--from=" in arguments:
            continue
        for source in arguments.split()[:-1]:
            assert (PROJECT / source).exists(), source
            assert any(source == line[1:] or source.startswith(line[1:] + "/") for line in ignored if line[0] == "!")


def test_no_secret_and_no_data_can_come_into_the_image() -> None:
    taken = " ".join(given("COPY")).split()
    assert ".streamlit/config.toml" in taken
    assert not {".", ".streamlit", "data", "deploy"} & set(taken)


def test_all_that_the_dashboard_imports_is_in_the_image() -> None:
    taken = {Path(source).parts[0] for arguments in given("COPY") for source in arguments.split()[:-1]}
    folders = {found.name for found in PROJECT.iterdir() if found.is_dir()}
    for path in (*PROJECT.glob("core/**/*.py"), *PROJECT.glob("pages/**/*.py"), PROJECT / "dashboard.py"):
        found = re.findall(r"^\s*(?:from|import) (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert set(found) & folders <= taken, path


def test_only_packages_with_a_hash_are_installed() -> None:
    installs = [part for run in given("RUN") for part in run.split("&&") if "pip install" in part]
    assert installs
    assert all("--require-hashes" in part for part in installs)


def test_the_health_check_of_the_image_is_the_script() -> None:
    (check,) = given("HEALTHCHECK")
    assert check.endswith('CMD ["python", "deploy/health.py"]')


class Answering(BaseHTTPRequestHandler):
    status, body = 200, b"ok"

    def do_GET(self) -> None:
        self.send_response(self.status if self.path == "/_stcore/health" else 404)
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, *_: object) -> None:
        """Nothing on standard error."""


@pytest.fixture
def serving() -> Iterator[tuple[str, type[Answering]]]:
    kind = type("Kind", (Answering,), {})
    server = HTTPServer(("127.0.0.1", 0), kind)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", kind
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(("status", "body", "code"), [
    (200, b"ok", 0), (200, b"ok\n", 0), (200, b"<!doctype html>", 1), (200, b"", 1), (503, b"ok", 1),
])  # fmt: skip
def test_the_health_check_reads_the_body(
    serving: tuple[str, type[Answering]], status: int, body: bytes, code: int
) -> None:
    address, kind = serving
    kind.status, kind.body = status, body
    done = subprocess.run([sys.executable, DEPLOY / "health.py", address], capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert bool(done.stderr) == bool(code)


@pytest.mark.parametrize("address", ["http://127.0.0.1:9", "no address"])
def test_the_health_check_fails_where_nothing_answers(address: str) -> None:
    assert loaded("health").said(address)


# ---------------------------------------------------------------- compose and the proxy


@pytest.fixture(scope="module")
def compose() -> dict[str, dict[str, dict[str, object]]]:
    found: dict[str, dict[str, dict[str, object]]] = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
    return found


@pytest.mark.parametrize("name", ["telaah", "proxy"])
def test_every_service_is_confined(compose: dict, name: str) -> None:
    service = compose["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "mem_limit" in service
    assert "privileged" not in service


def test_only_the_proxy_is_reached_from_outside(compose: dict) -> None:
    services = compose["services"]
    assert "ports" not in services["telaah"]
    assert services["proxy"]["ports"] == ["80:80", "443:443"]
    assert compose["networks"]["inside"] == {"internal": True}
    assert "inside" in services["telaah"]["networks"]
    assert services["proxy"]["depends_on"]["telaah"]["condition"] == "service_healthy"


def test_compose_names_what_is_there(compose: dict) -> None:
    built = compose["services"]["telaah"]["build"]
    assert (DEPLOY / built["context"] / built["dockerfile"]).is_file()
    for service in compose["services"].values():
        for network in service["networks"]:
            assert network in compose["networks"]
        for volume in service["volumes"]:
            source = volume.split(":")[0]
            here = source == "./secrets.toml" or (DEPLOY / source).is_file()  # the secrets are the host's to write
            assert here if source[0] == "." else source in compose["volumes"]


def test_compose_sets_only_settings_that_are_read(compose: dict) -> None:
    set_here = compose["services"]["telaah"]["environment"]
    read_settings({name: value for name, value in set_here.items() if name.startswith(PREFIX)})


def proxy_text() -> str:
    return re.sub(r"^\s*#.*\n", "", (DEPLOY / "Caddyfile").read_text(encoding="utf-8"), flags=re.MULTILINE)


def test_the_proxy_lets_through_what_the_dashboard_takes() -> None:
    import tomllib

    config = tomllib.loads((PROJECT / ".streamlit/config.toml").read_text(encoding="utf-8"))
    (megabytes,) = re.findall(r"max_size (\d+)MB", proxy_text())
    assert int(megabytes) * 10**6 > config["server"]["maxUploadSize"] * 2**20
    assert proxy_text().count("{") == proxy_text().count("}")
    assert "reverse_proxy" in proxy_text()
    assert "admin off" in proxy_text()


@pytest.mark.skipif(shutil.which("caddy") is None, reason="no caddy on this machine")
def test_the_proxy_reads_its_file() -> None:
    command = ["caddy", "adapt", "--config", str(DEPLOY / "Caddyfile"), "--adapter", "caddyfile"]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0


# ---------------------------------------------------------------- the service


def unit(name: str) -> dict[str, list[str]]:
    """Every setting of a unit with its values."""
    found: dict[str, list[str]] = {}
    for line in (DEPLOY / name).read_text(encoding="utf-8").splitlines():
        if line and line[0] not in "#[":
            key, _, value = line.partition("=")
            found.setdefault(key, []).append(value)
    return found


@pytest.mark.parametrize("name", ["telaah.service", "telaah-backup.service"])
def test_a_service_is_confined(name: str) -> None:
    said = unit(name)
    assert said["User"] == ["telaah"]
    assert said["ProtectSystem"] == ["strict"]
    assert said["NoNewPrivileges"] == ["true"]
    assert said["CapabilityBoundingSet"] == [""]
    assert said["PrivateTmp"] == ["true"]
    assert said["ProtectHome"] == ["true"]


def test_the_service_is_bounded_and_local() -> None:
    said = unit("telaah.service")
    assert said["MemoryMax"] == ["3G"]
    assert said["IPAddressDeny"] == ["any"]
    (command,) = said["ExecStart"]
    assert "--server.address=127.0.0.1" in command
    assert said["StateDirectory"] == ["telaah"]
    assert "TELAAH_DATA_FOLDER=/var/lib/telaah" in said["Environment"][0].split()


def test_the_nightly_backup_is_the_command() -> None:
    from core.__main__ import _parser

    (command,) = unit("telaah-backup.service")["ExecStart"]
    _, module, name, *arguments = command.split()
    assert (module, name) == ("-m", "core")
    assert _parser().parse_args(arguments).target == "/var/backups/telaah"
    assert unit("telaah-backup.timer")["OnCalendar"]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd on this machine")
@pytest.mark.parametrize("name", ["telaah.service", "telaah-backup.service", "telaah-backup.timer"])
def test_systemd_reads_the_units(name: str) -> None:
    done = subprocess.run(
        ["systemd-analyze", "verify", str(DEPLOY / name)], capture_output=True, text=True, check=False
    )
    said = [line for line in done.stderr.splitlines() if DEPLOY.name in line or "telaah" in line]
    assert [line for line in said if "is not executable" not in line] == []


# ---------------------------------------------------------------- the lock and the licences


def locked() -> dict[str, tuple[str, int]]:
    """Version and number of hashes by canonical name."""
    text = (PROJECT / "requirements.lock").read_text(encoding="utf-8")
    entries = re.findall(r"^([A-Za-z0-9._-]+)==(\S+)((?: \\\n    --hash=sha256:[0-9a-f]{64})*)$", text, re.MULTILINE)
    plain = {line for line in text.splitlines() if line and line[0] not in "# "}
    assert len(entries) == len(plain)
    return {canonical(name): (version, hashes.count("--hash")) for name, version, hashes in entries}


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins() -> dict[str, str]:
    lock = loaded("lock")
    return {canonical(pin.name): next(iter(pin.specifier)).version for pin in lock.pins(PROJECT / "requirements.txt")}


def test_the_lock_has_every_pin_at_its_version() -> None:
    found = {name: version for name, (version, _) in locked().items()}
    assert {name: found.get(name) for name in pins()} == pins(), "run deploy/lock.py"


def test_every_package_of_the_lock_has_a_hash() -> None:
    assert [name for name, (_, hashes) in locked().items() if not hashes] == []


def test_the_lock_is_the_whole_tree_of_what_is_installed() -> None:
    """What the installed packages ask for on this machine is in the lock, at the version that is installed."""
    from importlib import metadata

    from packaging.requirements import Requirement

    found, missing = locked(), []
    for name in found:
        try:
            asked = metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            continue  # of another platform
        for line in asked:
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                entry = found.get(canonical(requirement.name))
                if entry is None or not requirement.specifier.contains(entry[0], prereleases=True):
                    missing.append(f"{name} asks for {line}")
    assert missing == [], "run deploy/lock.py"


def test_what_only_the_tests_need_stands_at_the_end() -> None:
    lock = loaded("lock")
    serving, _, tests = (PROJECT / "requirements.lock").read_text(encoding="utf-8").partition(lock.TESTS_HEADING)
    assert all(f"\n{name}==" in tests for name in ("pytest", "hypothesis", "playwright"))
    assert all(f"\n{name}==" in serving for name in ("streamlit", "duckdb", "pandas", "langdetect"))
    assert f"/^{lock.TESTS_HEADING[:-1]}/,$d" in (DEPLOY / "Containerfile").read_text(encoding="utf-8")


def test_what_builds_sources_is_locked_too() -> None:
    text = (DEPLOY / "build.lock").read_text(encoding="utf-8")
    assert re.search(r"^setuptools==\S+ \\\n    --hash=sha256:[0-9a-f]{64}$", text, re.MULTILINE)


def test_every_package_of_the_lock_has_a_licence() -> None:
    page = (PROJECT / "docs/licences.md").read_text(encoding="utf-8")
    rows = {canonical(name): (version, said) for name, version, said in
            re.findall(r"^\| ([A-Za-z0-9._-]+) \| (\d\S*) \| (.+?) \|$", page, re.MULTILINE)}  # fmt: skip
    found = {name: version for name, (version, _) in locked().items()}
    assert {name: version for name, (version, _) in rows.items()} == found, "run deploy/licences.py"
    assert not [name for name, (_, said) in rows.items() if not said.strip() or "unknown" in said.lower()]


def test_a_walk_through_the_tree_follows_extras_and_markers() -> None:
    lock = loaded("lock")
    made = {
        name: lock.Package(name=name, version="1", requires=[lock.Requirement(line) for line in requires])
        for name, requires in {
            "a": ["b[more]", "c; sys_platform == 'win32'", "d; extra == 'never'"],
            "b": ["e; extra == 'more'", "f>=2; python_version < '3.12'"],
            "e": [],
        }.items()
    }
    here = {**next(iter(lock.environments())), "sys_platform": "linux"}
    roots = [lock.Requirement("a")]
    assert lock.reached(made, roots, {**here, "python_version": "3.11"}) == {
        "a": "a", "b": "b", "e": "e", "f": "f>=2"
    }  # fmt: skip
    assert set(lock.reached(made, roots, {**here, "sys_platform": "win32", "python_version": "3.13"})) == set("abce")
