"""Whether one server bears a team: `python benchmarks/load.py ARTICLES.jsonl [--minutes 10]`.

Takes the first --corpus articles of the file into a corpus of its own, starts a server on 127.0.0.1 and lets --sessions
clients without a browser and --browsers Chromiums read pages under changing filters, each with a pause of some seconds
as people make, while the browsers also upload and a job drops files into the inbox. All ends after --minutes.

Prints how long pages took (until something changed, until all stood), what the server's processes hold in memory minute
by minute, every error that a page, a browser or the server's log told, and whether each uploaded article is in the
corpus once. Exit code 1 where anything is wrong.
"""

import argparse
import asyncio
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from statistics import median, quantiles

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from session import environment, serving
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect

from core.view.wording import messages

PAGES = ("", "outlets", "entities", "sentiment", "gifts_and_sanctions", "articles", "briefing", "corpus")
FILTERS = ("", "from=2019-01-01&to=2021-12-31", "tone=negative", "lang=en", "words=rusia", "copies=0")
PAUSE_SECONDS = (4.0, 12.0)
ARTICLES_A_FILE = 3
TITLES = {page: messages("en")[f"{page or 'overview'}.title"] for page in PAGES}
UPLOAD_EVERY = 4  # of a browser's turns, one is an upload
LINK_EVERY = 8  # and one the address of a filtered screen
DROP_SECONDS = 20.0
ADDRESS = "https://berita.example/"
SLOW_SECONDS = 60.0  # a page that takes longer is an error
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]


@dataclass(slots=True)
class Told:
    """What was seen: seconds until something changed and until all stood, errors, articles given, memory by time.

    browser are screens that stood in a Chromium after a click, opened those that it opened by their address.
    """

    first: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    browser: list[float] = field(default_factory=list)
    opened: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    given: set[str] = field(default_factory=set)
    memory: list[tuple[float, float]] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """One run: where the server is, until when it goes on, what is uploaded, what was seen."""

    port: int
    folder: Path
    ends: float
    files: Iterator[tuple[str, bytes]]
    told: Told

    @property
    def over(self) -> bool:
        return time.monotonic() >= self.ends


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path, help="JSON lines; those behind the corpus are uploaded")
    parser.add_argument("--corpus", type=int, default=10_000, help="articles in the corpus before it begins")
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--sessions", type=int, default=20)
    parser.add_argument("--browsers", type=int, default=4)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = chosen.articles.open(encoding="utf-8")
        first = list(islice(lines, chosen.corpus))
        before = fill(folder, first)
        told = Told()
        with (folder / "server.log").open("wb") as log, serving(folder / "data", log) as server:
            given = uploads(lines, {text_of(line) for line in first}, told)
            ends = time.monotonic() + 60 * chosen.minutes
            load = Load(port=server.port, folder=folder, ends=ends, files=given, told=told)
            asyncio.run(drive(load, server.process.pid, chosen.sessions, chosen.browsers))
        after, taken = articles(folder)
        report(told, folder)
        print(f"articles: {before} before, {len(told.given)} given, {after} after")
        lost = told.given - set(taken)
        doubled = len(taken) - len(set(taken))
        print(f"lost: {len(lost)}, doubled: {doubled}, errors: {len(told.errors)}")
        return int(bool(lost or doubled or told.errors))


def fill(folder: Path, lines: Sequence[str]) -> int:
    """Takes the first articles in by the command line; returns how many distinct ones there are."""
    file = folder / "first.jsonl"
    file.write_text("".join(lines), encoding="utf-8")
    command = [sys.executable, "-m", "core", "ingest", str(file)]
    subprocess.run(command, cwd=PROJECT, env=environment(folder / "data"), check=False, capture_output=True)
    return articles(folder)[0]  # single lines may have been refused


def articles(folder: Path) -> tuple[int, list[str]]:
    """How many there are, and the addresses of those that were given while the server ran."""
    import duckdb

    with duckdb.connect(str(folder / "data" / "corpus.duckdb"), read_only=True) as connection:
        count = connection.execute("SELECT count(*) FROM documents").fetchone()
        given = connection.execute("SELECT url FROM documents WHERE starts_with(url, ?)", [ADDRESS]).fetchall()
        return count[0] if count else 0, [url for (url,) in given]


def uploads(lines: Iterator[str], seen: set[str], told: Told) -> Iterator[tuple[str, bytes]]:
    """Files of some articles each, every article under an address of its own; told as given when handed out."""
    number = 0
    while chosen := list(islice((line for line in lines if is_fresh(line, seen)), ARTICLES_A_FILE)):
        number += 1
        named = [json.loads(line) | {"url": f"{ADDRESS}{number}/{place}"} for place, line in enumerate(chosen)]
        told.given.update(article["url"] for article in named)
        yield f"berkas-{number}.jsonl", "\n".join(map(json.dumps, named)).encode()


def is_fresh(line: str, seen: set[str]) -> bool:
    text = text_of(line)
    known = text in seen or len(text) < 500
    seen.add(text)
    return not known


def text_of(line: str) -> str:
    """Its letters alone: other signs are mended when it is taken."""
    return "".join(filter(str.isalpha, json.loads(line)["text"] or ""))


async def drive(load: Load, server: int, sessions: int, browsers: int) -> None:
    """Everyone at once, and then until what they gave is taken."""
    watch = asyncio.create_task(watch_memory(load, server))
    people = [read_pages(load, random.Random(number)) for number in range(sessions)]
    await asyncio.gather(*people, drop_files(load), browse(load, browsers))
    watch.cancel()
    await asyncio.to_thread(settle, load.folder)


def settle(folder: Path) -> None:
    """Wait until the inbox is empty and what was taken is committed."""
    inbox = folder / "data" / "inbox"
    for _ in range(600):
        if not any(entry.is_file() and not entry.name.startswith(".") for entry in inbox.iterdir()):
            return
        time.sleep(0.5)


async def read_pages(load: Load, chance: random.Random) -> None:
    """One person without a browser: asks for pages under filters, as the browser's side of Streamlit does."""
    await asyncio.sleep(chance.uniform(*PAUSE_SECONDS))
    while not load.over:
        try:
            async with connect(
                f"ws://127.0.0.1:{load.port}/_stcore/stream", subprotocols=["streamlit"], max_size=None
            ) as stream:
                while not load.over:
                    await turn(stream, load, chance.choice(PAGES), chance.choice(FILTERS))
                    await asyncio.sleep(chance.uniform(*PAUSE_SECONDS))
        except Exception as error:
            load.told.errors.append(f"session: {type(error).__name__} {error}")
            await asyncio.sleep(1)


async def turn(stream: object, load: Load, page: str, query: str) -> None:
    """One page: seconds until the first piece of it came and until it stood."""
    asked = BackMsg()
    asked.rerun_script.page_name = page
    asked.rerun_script.query_string = query
    begun = time.perf_counter()
    await stream.send(asked.SerializeToString())
    first = None
    while True:
        message = ForwardMsg()
        message.ParseFromString(await asyncio.wait_for(stream.recv(), SLOW_SECONDS))
        kind = message.WhichOneof("type")
        if kind == "delta":
            first = first or time.perf_counter() - begun
            note_trouble(load.told, page, message)
        if kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            break
    load.told.first.append(first or time.perf_counter() - begun)
    load.told.whole.append(time.perf_counter() - begun)


def note_trouble(told: Told, page: str, message: ForwardMsg) -> None:
    """An exception or a red box on the page."""
    element = message.delta.new_element
    if element.WhichOneof("type") == "exception":
        told.errors.append(f"page {page or 'overview'}: {element.exception.message}")
    if element.WhichOneof("type") == "alert" and element.alert.format == element.alert.ERROR:
        told.errors.append(f"page {page or 'overview'}: {element.alert.body}")


async def drop_files(load: Load) -> None:
    """A job beside the server: puts files into the inbox by atomic rename, as cron would."""
    inbox = load.folder / "data" / "inbox"
    while not load.over:
        inbox.mkdir(parents=True, exist_ok=True)
        name, data = next(load.files)
        (inbox / f".{name}").write_bytes(data)
        (inbox / f".{name}").rename(inbox / name)
        await asyncio.sleep(DROP_SECONDS)


async def browse(load: Load, browsers: int) -> None:
    """Chromiums that read and upload."""
    from playwright.async_api import async_playwright

    path = shutil.which("chromium") or shutil.which("google-chrome")
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=path, args=FLAGS)
        await asyncio.gather(*(surf(load, chromium, random.Random(1000 + number)) for number in range(browsers)))
        await chromium.close()


async def surf(load: Load, chromium: object, chance: random.Random) -> None:
    """One person with a browser: goes from screen to screen, uploads a file now and then, and opens links of others."""
    page = await (await chromium.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")).new_page()
    page.on("pageerror", lambda error: load.told.errors.append(f"browser: {error}"))
    page.on("request", lambda asked: note_foreign(load, asked.url))
    turns = 0
    while not load.over:
        wanted, begun = chance.choice(PAGES), time.perf_counter()
        try:
            if turns % LINK_EVERY == 0:
                await page.goto(f"http://127.0.0.1:{load.port}/{wanted}?{chance.choice(FILTERS)}")
                await stands(page)
                load.told.opened.append(time.perf_counter() - begun)
            else:
                await page.locator(f'[data-testid="stSidebarNav"] a[href$="/{wanted}"]').click()
                await stands(page, TITLES[wanted])
                load.told.browser.append(time.perf_counter() - begun)
            if turns % UPLOAD_EVERY == UPLOAD_EVERY - 1:
                name, data = next(load.files)
                file = {"name": name, "mimeType": "application/json", "buffer": data}
                await page.locator('[data-testid="stFileUploaderDropzoneInput"]').set_input_files(files=[file])
                await page.get_by_text(name).first.wait_for(timeout=60_000)
        except Exception as error:
            load.told.errors.append(f"browser: {type(error).__name__} {str(error)[:200]}")
        turns += 1
        await asyncio.sleep(chance.uniform(*PAUSE_SECONDS))


async def stands(page: object, title: str = "") -> None:
    """Until the screen of that title stands whole."""
    await page.locator("h1", has_text=title).first.wait_for(timeout=60_000)
    await page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for(timeout=60_000)


def note_foreign(load: Load, url: str) -> None:
    if not url.startswith((f"http://127.0.0.1:{load.port}/", "data:", "blob:")):
        load.told.errors.append(f"browser: asked for {url}")


async def watch_memory(load: Load, server: int) -> None:
    begun = time.monotonic()
    while True:
        load.told.memory.append((time.monotonic() - begun, held(server)))
        await asyncio.sleep(5)


def held(process: int) -> float:
    """Megabytes that a process and its children hold."""
    total = 0.0
    try:
        status = Path(f"/proc/{process}/status").read_text()
        total += next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024
        for thread in Path(f"/proc/{process}/task").iterdir():
            total += sum(held(int(child)) for child in (thread / "children").read_text().split())
    except (OSError, StopIteration):
        pass  # it ended while it was looked at
    return total


def report(told: Told, folder: Path) -> None:
    measured = {"first piece": told.first, "whole page": told.whole, "in a browser": told.browser,
                "opened by address": told.opened}  # fmt: skip
    measured["all of them"] = [*told.whole, *told.browser, *told.opened]
    for name, seconds in measured.items():
        if len(seconds) > 1:
            print(f"{name:<18} n={len(seconds):<6} median {median(seconds):.2f} s  "
                  f"p95 {quantiles(seconds, n=20)[-1]:.2f} s  slowest {max(seconds):.2f} s")  # fmt: skip
    for minute in range(int(told.memory[-1][0] // 60) + 1):
        here = [held for at, held in told.memory if minute * 60 <= at < minute * 60 + 60]
        if here:
            print(f"minute {minute + 1:>2}: {min(here):.0f} to {max(here):.0f} MB")
    log = (folder / "server.log").read_text(encoding="utf-8", errors="replace")
    told.errors += [f"log: {line}" for line in log.splitlines() if "Traceback" in line or " ERROR " in line]
    for error in dict.fromkeys(told.errors):
        print(f"{told.errors.count(error)} x {error}")


if __name__ == "__main__":
    sys.exit(main())
