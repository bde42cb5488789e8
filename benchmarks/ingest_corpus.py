"""Prints what taking a file into an empty corpus costs: peak memory, articles, refusals by reason, seconds.

Usage: python benchmarks/ingest_corpus.py [FILE]     (all of news/news.jsonl.gz takes minutes; any readable file does)
The command line does the work in a process of its own, so that the peak is its alone; the largest of the processes
that it starts is printed beside it.
"""

import collections
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
NEWS = PROJECT.parent / "shared" / "data" / "news" / "news.jsonl.gz"
RUN = """
import resource, sys
from core.__main__ import main
code = main(["ingest", sys.argv[1]])
for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
    print("PEAK", resource.getrusage(who).ru_maxrss // 1024)
sys.exit(code)
"""


def main() -> None:
    path = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else NEWS
    with tempfile.TemporaryDirectory() as folder:
        start = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-c", RUN, str(path)],
            cwd=PROJECT,
            env=os.environ | {"TELAAH_DATA_FOLDER": folder},
            capture_output=True,
            text=True,
            check=False,
        )
        spent = time.monotonic() - start
    lines = done.stdout.splitlines()
    peaks = [int(line.split()[1]) for line in lines if line.startswith("PEAK ")]
    if len(peaks) != 2:
        sys.exit(done.stderr)
    print(*(line for line in lines if line.startswith(("files:", "articles:"))), sep="\n")
    reasons = collections.Counter(reason_of(line) for line in lines if line.startswith("refused: "))
    for reason, count in reasons.most_common():
        print(f"refused {count}: {reason}")
    print(f"peak memory: {peaks[0]} MB, of processes started by it: {peaks[1]} MB")
    print(f"seconds: {spent:.0f}")


def reason_of(line: str) -> str:
    """A refusal without the number of the record and the name of the file, so that like ones count as one."""
    told = line.removeprefix("refused: ")
    return re.sub(r"^(?:(?:Record|Line|Object) \d+ of )?\S+ ", "… ", told)


if __name__ == "__main__":
    main()
