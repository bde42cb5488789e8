"""The walls of the house: who may import whom, how long a module may be, what the docs must name."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
STAGES = {"ingest", "normalize", "tag", "store"}
COMMON = {"core", "core.model", "core.offsets", "core.errors", "core.settings", "core.resources"}
MAY_SEE = {
    "core.model": set(),
    "core.offsets": {"core.model"},
    "core.errors": set(),
    "core.settings": {"core.errors"},
    "core.access": set(),
    "core.resources": {"core.errors"},
    "core.ingest": COMMON,
    "core.normalize": COMMON,
    "core.tag": COMMON,
    "core.store": COMMON,
    "core.analyze": COMMON | {"core.store"},
    "core.view": COMMON,
    "core.briefing": COMMON | {"core.view"},
    "core.contract": COMMON,
    "core.pipeline": COMMON | {"core.memory", *(f"core.{stage}" for stage in STAGES)},
    "core.memory": set(),
    "core.tickets": COMMON,
    "core.folder_lock": set(),
    "core.workers": COMMON,
    "core.worker_process": COMMON | {"core.ingest", "core.memory", "core.pipeline", "core.store", "core.tickets"},
    "core.inbox": COMMON | {"core.folder_lock", "core.pipeline", "core.store", "core.tickets", "core.workers"},
    "core.retag": COMMON | {"core.inbox", "core.pipeline", "core.store", "core.tag"},
    "core.takeout": COMMON | {"core.analyze", "core.contract", "core.store", "core.tag"},
    "core.doctor": COMMON | {"core.access", "core.inbox", "core.store", "core.tag"},
    "core.orders": COMMON | {"core.store"},
    "core.backup": COMMON | {"core.orders", "core.store"},
    "core.restore": COMMON | {"core.backup", "core.folder_lock", "core.store"},
    "core.commands_on_backup": COMMON | {"core.backup", "core.restore"},
    "core.commands_on_corpus": COMMON | {"core.retag", "core.store", "core.takeout"},
    "core.__main__": COMMON
    | {
        "core.commands_on_backup",
        "core.commands_on_corpus",
        "core.contract",
        "core.doctor",
        "core.inbox",
        "core.memory",
        "core.pipeline",
        "core.store",
    },
    "pages": COMMON
    | {
        "core.access",
        "core.analyze",
        "core.briefing",
        "core.view",
        "core.inbox",
        "core.memory",
        "core.orders",
        "core.pipeline",
        "core.retag",
        "core.takeout",
        "core.store",
        "core.tag",
        "pages",
        "streamlit",
    },
}
LONGEST_MODULE = 400
LONGEST_PAGE = 120


def python_files(*folders: str) -> list[Path]:
    found = [path for folder in folders for path in sorted((PROJECT / folder).rglob("*.py"))]
    return [path for path in found if "__pycache__" not in path.parts]


def room_of(path: Path) -> str:
    """`core/tag/quotes.py` belongs to core.tag, `core/inbox.py` is a room of its own, pages are one room."""
    parts = path.relative_to(PROJECT).with_suffix("").parts
    if parts[0] in ("pages", "dashboard"):
        return "pages"
    return ".".join(parts[:2]) if parts[1] != "__init__" else "core"


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names if node.module == "core")


def room_named(module: str) -> str | None:
    """The room an imported module belongs to; None for what is not ours."""
    parts = module.split(".")
    if parts[0] == "core":
        return ".".join(parts[:2])
    return parts[0] if parts[0] in ("pages", "streamlit") else None


@pytest.mark.parametrize("path", python_files("core", "pages"), ids=lambda path: str(path.relative_to(PROJECT)))
def test_imports_run_one_way(path: Path) -> None:
    room = room_of(path)
    if room == "core":
        return
    seen = {named for module in imported(path) if (named := room_named(module)) and is_room(named)}
    assert seen - {room} <= MAY_SEE[room]


def is_room(named: str) -> bool:
    """`from core import __version__` names no room."""
    if not named.startswith("core."):
        return True
    stem = PROJECT / Path(*named.split("."))
    return stem.is_dir() or stem.with_suffix(".py").is_file()


@pytest.mark.parametrize("path", python_files("core"), ids=lambda path: str(path.relative_to(PROJECT)))
def test_core_knows_no_streamlit(path: Path) -> None:
    assert not {module for module in imported(path) if module.split(".")[0] == "streamlit"}


@pytest.mark.parametrize("path", python_files("core", "pages"), ids=lambda path: str(path.relative_to(PROJECT)))
def test_modules_stay_readable(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


@pytest.mark.parametrize("path", sorted((PROJECT / "pages").glob("*.py")), ids=lambda path: path.name)
def test_a_page_is_thin(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_PAGE
    assert ".execute(" not in text
    assert "SELECT " not in text


def test_every_setting_is_documented() -> None:
    from dataclasses import fields

    from core.settings import Settings

    page = (PROJECT / "docs/settings.md").read_text(encoding="utf-8")
    missing = [name for entry in fields(Settings) if (name := f"TELAAH_{entry.name.upper()}") not in page]
    assert not missing


def test_readme_names_every_page_and_command() -> None:
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    pages = [path.stem for path in (PROJECT / "pages").glob("*.py")]
    commands = [f"core {name}" for name in ("tag", "ingest", "backup", "restore", "doctor")]
    missing = [name for name in [*pages, *commands] if name not in readme]
    assert not missing


def test_readme_has_the_two_commands() -> None:
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    assert "pip install -r requirements.txt && streamlit run dashboard.py" in readme
    assert "pip install -r requirements.txt && pytest" in readme


@pytest.mark.parametrize(
    "page", ["README.md", "CONTRIBUTING.md", *(f"docs/{p.name}" for p in PROJECT.glob("docs/*.md"))]
)
def test_every_link_of_the_docs_leads_somewhere(page: str) -> None:
    text = (PROJECT / page).read_text(encoding="utf-8")
    targets = [target for target in re.findall(r"\]\(([^)#]+)", text) if "://" not in target]
    missing = [target for target in targets if not ((PROJECT / page).parent / target).exists()]
    assert not missing


@pytest.mark.parametrize("room", ["outlet", "alias", "claim", "page"])
def test_contributing_tells_how_to_add(room: str) -> None:
    text = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    _, heading, rest = text.partition(f"## Add {'an' if room[0] in 'ao' else 'a'} {room}\n")
    said = rest.partition("\n## ")[0]
    assert heading
    assert re.findall(r"`(core/resources/|pages/|pytest )", said), "it must name the file to change or the test to run"


@pytest.mark.parametrize("line", [
    line for file in sorted(PROJECT.glob("requirements*.txt")) for line in file.read_text().splitlines()
])  # fmt: skip
def test_every_pin_is_exact(line: str) -> None:
    requirement = line.partition("#")[0].strip()
    assert requirement == "" or requirement.startswith("-r ") or requirement.count("==") == 1
