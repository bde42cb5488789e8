"""The command line: `python -m core tag|ingest|retag|export|corrections|backup|restore|doctor`."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from core import __version__, commands_on_backup, commands_on_corpus
from core.errors import CorpusBusyError, TelaahError
from core.memory import collect_seldom
from core.model import Refusal
from core.settings import Settings, read_settings

if TYPE_CHECKING:
    from core.inbox import Progress

STDIN = "-"
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command. Exit code 0: all taken; 1: something was refused or is not in order; 2: wrong usage."""
    chosen = _parser().parse_args(arguments)
    try:
        settings = read_settings()
        return int(chosen.run(chosen, settings))
    except TelaahError as error:
        print(f"telaah: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:  # `... | head` closed our output: that is the reader's right
        sys.stderr.close()
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m core", description="Telaah on the command line.")
    parser.add_argument("--version", action="version", version=f"telaah {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    tag = commands.add_parser("tag", help="print one JSON object a line per article; the corpus stays untouched")
    tag.add_argument("files", nargs="*", default=[STDIN], metavar="FILE", help="article files; - or none for stdin")
    tag.set_defaults(run=_tag)

    ingest = commands.add_parser("ingest", help="take files or folders into the corpus")
    ingest.add_argument("paths", nargs="+", metavar="PATH", help="article files, or folders of them")
    ingest.set_defaults(run=_ingest)

    again = commands.add_parser("retag", help="tag again what was tagged under other rules; may be broken off")
    again.set_defaults(run=commands_on_corpus.retag_all)

    export = commands.add_parser("export", help="write the whole corpus to one file, corrections applied")
    export.add_argument("format", choices=commands_on_corpus.FORMATS, help="a ZIP of tables, a workbook, JSON lines")
    export.add_argument("target", metavar="FILE", help="where to write it")
    export.set_defaults(run=commands_on_corpus.export)

    log = commands.add_parser("corrections", help="write the log of corrections to a file, or take one in")
    log.add_argument("deed", choices=("export", "import"))
    log.add_argument("file", metavar="FILE", help="ends in .jsonl or .csv")
    log.set_defaults(run=commands_on_corpus.correction_log)

    backup = commands.add_parser("backup", help="write all that is kept to one file, also while the dashboard runs")
    backup.add_argument("target", metavar="TARGET", help="a new file, or a folder: then the name is the date")
    backup.set_defaults(run=commands_on_backup.back_up_all)

    restore = commands.add_parser("restore", help="put a backup back; what was there is kept under a dated name")
    restore.add_argument("source", metavar="SOURCE", help="a file that backup wrote")
    restore.add_argument("--check", action="store_true", help="only read it whole and say whether it is sound")
    restore.set_defaults(run=commands_on_backup.put_back)

    doctor = commands.add_parser("doctor", help="say what stands and what is missing")
    doctor.set_defaults(run=_doctor)
    return parser


def _tag(chosen: argparse.Namespace, settings: Settings) -> int:
    from core.contract import article_json
    from core.pipeline import tag_file

    refused = False
    for name in chosen.files:
        data = _bytes_of(name)
        if isinstance(data, str):
            print(f"telaah: {data}", file=sys.stderr)
            refused = True
            continue
        # a JSON line is the usual thing to pipe in; other content is told by its bytes all the same
        shown = "stdin.jsonl" if name == STDIN else Path(name).name
        for found in tag_file(shown, data, settings=settings):
            if isinstance(found, Refusal):
                print(f"telaah: {found.reason}", file=sys.stderr)
                refused = True
            else:
                print(json.dumps(article_json(found), ensure_ascii=False))
    return int(refused)


def _bytes_of(name: str) -> bytes | str:
    """The content of a file, or a sentence that says why there is none."""
    if name == STDIN:
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        return f"{name} cannot be read ({error.strerror}): check the path and your right to read it."


def _ingest(chosen: argparse.Namespace, settings: Settings) -> int:
    from core.inbox import Inbox, submit
    from core.store import Corpus

    unreadable = 0
    for path in _files_below(chosen.paths):
        data = _bytes_of(str(path))
        if isinstance(data, str):
            print(f"telaah: {data}", file=sys.stderr)
            unreadable += 1
        else:
            submit(data, path.name, settings=settings)
    try:
        corpus = Corpus.open(settings.corpus_file)
    except CorpusBusyError:
        print("The dashboard holds the corpus: the files wait in the inbox and it takes them within seconds.")
        return int(unreadable > 0)
    inbox = Inbox(corpus, settings)
    try:
        outcomes = inbox.drain(_Bar())
    except KeyboardInterrupt:
        print("\nStopped. What was not taken waits in the inbox: ingest again, or open the dashboard.", file=sys.stderr)
        return INTERRUPTED
    finally:
        inbox.close()
        corpus.close()
    print(file=sys.stderr)
    tally = Counter(outcome.outcome for outcome in outcomes)
    added = sum(outcome.added for outcome in outcomes)
    print(f"files: {tally['added']} added, {tally['known']} already here, {tally['refused'] + unreadable} refused")
    print(f"articles: {added} added")
    refusals = [refusal for outcome in outcomes for refusal in outcome.refusals]
    for refusal in refusals:
        print(f"refused: {refusal.reason}")
    return int(bool(refusals) or unreadable > 0)


def _files_below(paths: Sequence[str]) -> Iterator[Path]:
    for path in map(Path, paths):
        if path.is_dir():
            yield from sorted(found for found in path.rglob("*") if found.is_file() and found.name[0] != ".")
        else:
            yield path


class _Bar:
    """A progress bar on standard error, redrawn in place; silent where nobody watches."""

    WIDTH = 30

    def __call__(self, progress: "Progress") -> None:
        if not sys.stderr.isatty():
            return
        full = round(self.WIDTH * progress.share)
        bar = "█" * full + "░" * (self.WIDTH - full)
        line = f"\r{bar} {progress.done}/{progress.total} {progress.name[:40]} ({progress.articles} articles)"
        print(f"{line:<100}", end="", file=sys.stderr, flush=True)


def _doctor(_chosen: argparse.Namespace, settings: Settings) -> int:
    from core.doctor import examine

    report = examine(settings)
    for line in report.lines:
        print(line)
    return int(not report.healthy)


if __name__ == "__main__":
    collect_seldom()
    sys.exit(main())
