"""How long each screen takes over a large corpus: `python benchmarks/screens.py CORPUS [--articles 100000]`.

CORPUS is a corpus file that holds some thousand articles (`python -m core ingest` makes one). It is copied, and its
articles are repeated under new numbers until there are as many as asked for; texts, and so copies, repeat too. A server
is started over it, and a session asks it as a browser does: each part of each screen is opened, filtered by days, and
searched. Prints for each when the first change was in sight and when all stood, by the clock and in the server's
processor time (which other work on the machine disturbs less), and what half and 95 of 100 stay under.
`--keep FOLDER` keeps the grown corpus there for the next time.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb
import numpy as np
from session import Measured, Server, serving, session

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

WORDS = ("rusia", "yang", "hadiah*", '"korea utara"', "rusia NEAR/5 senjata", "/ru(sia|bel)/")
OWN_NUMBERS = ("doc", "cluster_id", "like_doc")
COLUMNS = ("sign", "done", "sign_cpu", "done_cpu")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=120.0, help="give up on a screen after so long")
    parser.add_argument("--keep", type=Path, help="data folder that has the grown corpus, or gets it")
    parser.add_argument("--only", default="", help="measure only what has these letters in its name")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        folder = chosen.keep or Path(passing)
        folder.mkdir(parents=True, exist_ok=True)
        made = folder / "corpus.duckdb"
        if not made.exists():
            grow(chosen.corpus, made, chosen.articles)
        articles, days, indexed = index(made)
        print(f"{articles} articles, {os.cpu_count()} cores, load {_load()}; words indexed in {indexed:.0f} s")
        with serving(folder) as server:
            tell(drive(server, chosen.seconds, chosen.only, days))


def _load() -> str:
    return " ".join(f"{load:.1f}" for load in os.getloadavg()) if hasattr(os, "getloadavg") else "unknown"


def tell(measured: Iterable[Measured]) -> None:
    """The table, in seconds, line by line as it is measured."""
    print(f"{'':<44}{'by the clock':>18}{'processor time':>18}")
    print(f"{'interaction':<44}{'sign':>9}{'done':>9}{'sign':>9}{'done':>9}")
    found: list[Measured] = []
    for one in measured:
        found.append(one)
        print(f"{one.name:<44}" + "".join(f"{getattr(one, name):>9.2f}" for name in COLUMNS), flush=True)
    for share in (50, 95):
        ends = [float(np.nanpercentile([getattr(one, name) for one in found], share)) for name in COLUMNS]
        print(f"{f'{share} of 100 stay under':<44}" + "".join(f"{end:>9.2f}" for end in ends))


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
                    own.append(f"document_id || '+{turn}' AS document_id")
                left = wanted - articles * turn
                connection.execute(
                    f"INSERT INTO {table} SELECT * REPLACE ({', '.join(own)}) FROM {table} "
                    f"WHERE doc IN (SELECT doc FROM clusters WHERE doc < {step} ORDER BY doc LIMIT {left})"
                )
        connection.execute("CHECKPOINT")
        return int(connection.execute("SELECT count(*) FROM documents").fetchone()[0])


def index(made: Path) -> tuple[int, list[str], float]:
    """How many articles it has, the days of the middle half of them, and the seconds that the word index takes.

    The dashboard would make the index meanwhile.
    """
    from core.store import Corpus, wordindex

    corpus = Corpus.open(made)
    started = time.perf_counter()
    wordindex.bring_up(corpus)
    taken = time.perf_counter() - started
    articles = corpus.article_count()
    middle = "SELECT unnest(quantile_disc(published_day, [0.25, 0.75])) FROM documents"
    days = [f"{day:%Y/%m/%d}" for (day,) in corpus.rows(middle)]
    corpus.close()
    return articles, days, taken


def drive(server: Server, limit: float, only: str, days: list[str]) -> Iterator[Measured]:
    """Every part of every screen opened anew, then filtered in the same session. The first opening is not counted."""
    from core.view.wording import messages
    from pages.parts.entry import ICONS

    with session(server, limit) as first:
        first.open("warm")
    for screen in ICONS:
        begin = f"{screen}.section."
        for part in [key.removeprefix(begin) for key in messages("en") if key.startswith(begin)] or [""]:
            name = f"{screen} {part}".strip()
            if only in name:
                yield from _asked(server, limit, name, "" if screen == "overview" else screen, part, days)
    for words in WORDS:
        if only in f"search {words}":
            with session(server, limit) as tab:
                tab.open("warm")
                tab.open("warm", "articles", view="search")
                yield tab.change(f"search {words}", "articles_search", words)
                yield tab.change(f"search {words}, by days", "f_days", days)
            with session(server, limit) as tab:
                tab.open("warm")
                yield tab.change(f"overview of {words}", "f_words", words)


def _asked(server: Server, limit: float, name: str, page: str, part: str, days: list[str]) -> Iterator[Measured]:
    with session(server, limit) as tab:
        tab.open("warm")
        yield tab.open(name, page, **({"view": part} if part else {}))
        yield tab.change(f"{name}, by days", "f_days", days)


if __name__ == "__main__":
    main()
