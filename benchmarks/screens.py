"""How long each screen takes over a large corpus: `python benchmarks/screens.py CORPUS [--articles 100000]`.

CORPUS is a corpus file that holds some thousand articles (`python -m core ingest` makes one). It is copied, and its
articles are repeated under new numbers until there are as many as asked for; texts, and so copies, repeat too. Every
screen and part is then run as a session runs it, without a browser: opened anew, and once more with another filter.
Prints seconds, the slowest first. The machine should have nothing else to do.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

FILTER = {"from": "2019-01-01", "to": "2021-12-31"}
WORDS = ("rusia", "yang", "hadiah*", '"korea utara"', "rusia NEAR/5 senjata", "/ru(sia|bel)/")
OWN_NUMBERS = ("doc", "cluster_id", "like_doc")


@dataclass(frozen=True, slots=True, order=True)
class Drawn:
    """Seconds until a screen stood, opened anew and under another filter."""

    first: float
    again: float
    name: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=120.0, help="give up on a screen after so long")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TELAAH_DATA_FOLDER"] = folder
        os.environ["TELAAH_LOAD_SAMPLE"] = "0"
        grown = grow(chosen.corpus, Path(folder) / "corpus.duckdb", chosen.articles)
        print(
            f"{grown} articles, {os.cpu_count()} cores; words indexed in {index(Path(folder) / 'corpus.duckdb'):.0f} s"
        )
        print(f"{'screen':<40}{'opened':>9}{'filtered':>9}")
        for drawn in sorted(drive(chosen.seconds), reverse=True):
            print(f"{drawn.name:<40}{drawn.first:>8.2f}s{drawn.again:>8.2f}s")


def grow(given: Path, made: Path, wanted: int) -> int:
    """A copy of a corpus whose articles are repeated until there are as many as wanted."""
    shutil.copyfile(given, made)
    with duckdb.connect(str(made)) as connection:
        sizes = "SELECT count(*), max(doc) + 1, max(cluster_id) + 1 FROM documents JOIN clusters USING (doc)"
        articles, step, clusters = connection.execute(sizes).fetchone()
        tables = connection.execute(
            "SELECT table_name FROM duckdb_columns() JOIN duckdb_tables() USING (schema_name, table_name) "
            "WHERE column_name = 'doc' AND schema_name = 'main'"
        ).fetchall()
        for turn in range(1, -(-wanted // articles)):
            shift = max(step, clusters) * turn
            for (table,) in tables:
                columns = [row[0] for row in connection.execute(f"DESCRIBE {table}").fetchall()]
                own = [f"{name} + {shift} AS {name}" for name in OWN_NUMBERS if name in columns]
                if "document_id" in columns:
                    own.append(f"document_id || '-{turn}' AS document_id")
                left = wanted - articles * turn
                connection.execute(
                    f"INSERT INTO {table} SELECT * REPLACE ({', '.join(own)}) FROM {table} "
                    f"WHERE doc IN (SELECT doc FROM clusters WHERE doc < {step} ORDER BY doc LIMIT {left})"
                )
        connection.execute("CHECKPOINT")
        return int(connection.execute("SELECT count(*) FROM documents").fetchone()[0])


def index(made: Path) -> float:
    """Seconds that the word index takes; the dashboard would make it meanwhile."""
    from core.store import Corpus, wordindex

    started = time.perf_counter()
    corpus = Corpus.open(made)
    wordindex.bring_up(corpus)
    corpus.close()
    return time.perf_counter() - started


def drive(limit: float) -> Iterator[Drawn]:
    """Every screen and part in turn. A first run is not counted: it opens the corpus and reads the models."""
    from streamlit.testing.v1 import AppTest

    from core.view.wording import messages
    from pages.parts.entry import ICONS

    def opened(screen: str, part: str | None, typed: str = "", **parameters: str) -> float:
        app = AppTest.from_file(str(PROJECT / "dashboard.py"), default_timeout=limit)
        for name, value in {**parameters, **({"view": part} if part else {})}.items():
            app.query_params[name] = value
        if typed:
            app.session_state["articles_search"] = typed
        page = app if screen == "overview" else app.switch_page(f"pages/{screen}.py")
        started = time.perf_counter()
        page.run()
        if page.exception or page.error:
            sys.exit(f"{screen} {part}: {[one.value for one in (*page.exception, *page.error)]}")
        return time.perf_counter() - started

    opened("overview", None)
    for screen in ICONS:
        begin = f"{screen}.section."
        for part in [key.removeprefix(begin) for key in messages("en") if key.startswith(begin)] or [None]:
            yield Drawn(opened(screen, part), opened(screen, part, **FILTER), f"{screen} {part or ''}")
    for words in WORDS:
        drawn = opened("articles", "search", words), opened("articles", "search", words, **FILTER)
        yield Drawn(*drawn, f"articles search: {words}")


if __name__ == "__main__":
    main()
