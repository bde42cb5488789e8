"""What no line of the program may do: run what it reads, read a pickle, start a shell, show foreign text as markup."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
FILES = [path for folder in ("core", "pages") for path in sorted((PROJECT / folder).rglob("*.py"))]
FILES += [PROJECT / "dashboard.py"]

NEVER_IMPORTED = frozenset(("pickle", "cPickle", "marshal", "shelve", "dill", "joblib", "cloudpickle", "jsonpickle"))
NEVER_CALLED = frozenset(("eval", "exec", "compile", "__import__", "execfile"))
SHELLS = frozenset(("os.system", "os.popen", "subprocess.getoutput", "subprocess.getstatusoutput"))
UNSAFE_LOADERS = frozenset(("yaml.load_all", "yaml.unsafe_load", "yaml.full_load", "torch.load", "pandas.read_pickle"))

ALLOWED = {
    ("core/resources/__init__.py", "yaml.load"): "our own rule files, by CSafeLoader or SafeLoader",
    ("core/ingest/repair.py", "ast.literal_eval"): "one quoted string at a time, cut out by an expression beforehand",
}
"""What else would be refused, and why it is fine there."""

MARKUP = {
    "dashboard.py": "our own marks",
    "pages/briefing.py": "our own wording",
    "pages/corpus.py": "our own wording with numbers in it",
    "pages/gifts_and_sanctions.py": "our own wording",
    "pages/parts/access.py": "our own wording",
    "pages/parts/browser.py": "our own script, with nothing put into it",
    "pages/parts/put.py": "core.view.marked, which escapes",
    "pages/parts/article_corrections.py": "core.view.marked, which escapes",
    "pages/parts/briefing_items.py": "escaped words, and a picture as data",
    "pages/parts/corpus_copies.py": "core.view.marked, which escapes",
    "pages/parts/evidence.py": "core.view.marked, which escapes",
    "pages/parts/figure.py": "core.view.marked, which escapes",
    "pages/parts/reader.py": "core.view.marked, which escapes; one script of ours with a number in it",
    "pages/parts/screen.py": "our own wording with numbers in it",
    "pages/parts/style.py": "our own style sheet",
}
"""Modules that put markup on a page, and of what it is made. Whoever adds one says so here."""


def name_of(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_nothing_that_is_read_is_run(path: Path) -> None:
    found = []
    for called, node in calls(path):
        keywords = {word.arg: ast.unparse(word.value) for word in node.keywords}
        if called in NEVER_CALLED | SHELLS | UNSAFE_LOADERS or called in ("yaml.load", "ast.literal_eval"):
            found.append(called)
        if keywords.get("shell") == "True" or keywords.get("allow_pickle") not in (None, "False"):
            found.append(ast.unparse(node))
        if called in ("np.load", "numpy.load") and keywords.get("allow_pickle") != "False":
            found.append(ast.unparse(node))
        if keywords.get("trust_remote_code") not in (None, "False") or keywords.get("weights_only") == "False":
            found.append(ast.unparse(node))
    assert not [one for one in found if (name_of(path), one) not in ALLOWED]


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_module_reads_pickles(path: Path) -> None:
    imported = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            imported.add(node.module.partition(".")[0])
    assert not imported & NEVER_IMPORTED


@pytest.mark.parametrize("path", [path for path in FILES if "pages" in path.parts], ids=name_of)
def test_markup_is_made_only_where_it_is_listed(path: Path) -> None:
    makes = [
        called
        for called, node in calls(path)
        if called.endswith(".html")
        or any(word.arg in ("unsafe_allow_html", "unsafe_allow_javascript") for word in node.keywords)
    ]
    assert not makes or name_of(path) in MARKUP


@pytest.mark.parametrize("path", [path for path in FILES if "pages" in path.parts], ids=name_of)
def test_an_error_is_shown_as_words(path: Path) -> None:
    """A message names files, and the name of a file can be markdown."""
    shown = [
        ast.unparse(node)
        for called, node in calls(path)
        if called in ("st.error", "st.warning", "st.info", "st.success", "st.toast") and node.args
        and isinstance(node.args[0], ast.Call) and ast.unparse(node.args[0].func) == "str"
    ]  # fmt: skip
    assert not shown
