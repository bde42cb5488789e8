"""The sample corpus is what its manifest says: the files, their length, their lines, their dates and speech."""

import json
import re
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
MANIFEST: list[dict[str, Any]] = yaml.safe_load((SEEDS / "manifest.yaml").read_text(encoding="utf-8"))
NOT_ARTICLES = {"README.md", "manifest.yaml"}
CLASSES = ("meta", "subheads", "furniture")
MONTHS = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober")
MONTHS += ("November", "Desember")
BREAKS = {"gift_breaks_sanctions", "help_breaks_un_resolutions", "shipments_break_sanctions", "oil_limits_evaded"}
BANS = {"vehicle_ban", "luxury_goods_ban", "luxury_car_ban", "petroleum_import_ban", "workers_sent_home"}
OF_FACTS = [entry for entry in MANIFEST if len(entry["retells"]) == 2]  # by sheet number, not by article name
every_entry = pytest.mark.parametrize("entry", MANIFEST, ids=[entry["file"] for entry in MANIFEST])


def lines_of(entry: dict[str, Any]) -> list[str]:
    """The lines that the manifest numbers, without markup."""
    text = (SEEDS / entry["file"]).read_text(encoding="utf-8")
    if entry.get("lines_of") == "text":
        text = json.loads(text)["text"]
    return [re.sub(r"<[^>]+>", "", line) for line in text.splitlines()]


def body_of(entry: dict[str, Any]) -> str:
    other = {number for kind in CLASSES for number in entry[kind]} | {entry["title_line"]}
    lines = lines_of(entry)
    first = 1
    if entry["file"].endswith(".html"):  # what stands before the headline is the head of the page
        first = entry["title_line"]
    return "\n".join(line for number, line in enumerate(lines, 1) if number >= first and number not in other)


def words(text: str) -> list[str]:
    return re.findall(r"\w+(?:[-.,'’]\w+)*", text.lower())


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    tokens = re.findall(r"\w+", text.lower())
    return {tuple(tokens[start : start + length]) for start in range(len(tokens) - length + 1)}


def ways_to_write(day: date) -> set[str]:
    month = MONTHS[day.month - 1]
    return {
        f"({day.day}/{day.month}/{day.year})",
        f"{day:%d/%m/%Y}",
        f"{day.day} {month} {day.year}",
        f"{day.day} {month[:3]} {day.year}",
        day.isoformat(),
    }


def test_manifest_lists_exactly_the_files() -> None:
    listed = [entry["file"] for entry in MANIFEST]
    assert listed == sorted(path.name for path in SEEDS.iterdir() if path.name not in NOT_ARTICLES)
    assert len(listed) == len(set(listed))


def test_most_files_are_plain_text() -> None:
    assert len([entry for entry in MANIFEST if entry["file"].endswith(".txt")]) >= len(MANIFEST) - 4


def test_each_original_is_retold_once(shared_data: Path) -> None:
    sheets = [path.name[:2] for path in (shared_data / "facts").glob("*.yaml")]
    originals = [path.stem for path in (shared_data / "seeds").glob("*.txt")]
    assert sorted(entry["retells"] for entry in MANIFEST) == sorted(sheets + originals)


def test_no_eight_words_of_an_original(shared_data: Path) -> None:
    known: set[tuple[str, ...]] = set()
    for path in (shared_data / "seeds").glob("*.txt"):
        known |= runs(path.read_text(encoding="utf-8"), 8)
    for entry in MANIFEST:
        assert not runs("\n".join(lines_of(entry)), 8) & known, entry["file"]


def test_no_two_articles_are_near_identical() -> None:
    shingles = {entry["file"]: runs(body_of(entry), 3) for entry in MANIFEST}
    for one, other in combinations(shingles, 2):
        shared = len(shingles[one] & shingles[other]) / len(shingles[one] | shingles[other])
        assert shared < 0.1, f"{one} and {other} share {shared:.0%} of their three-word runs"


@every_entry
def test_file_is_utf8_with_unix_line_ends(entry: dict[str, Any]) -> None:
    raw = (SEEDS / entry["file"]).read_bytes()
    text = raw.decode("utf-8")
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert text.endswith("\n")
    assert not set(text) & set("\r\t\xa0\ufffd")


@every_entry
def test_body_has_150_to_350_words(entry: dict[str, Any]) -> None:
    assert 150 <= len(words(body_of(entry))) <= 350


@every_entry
def test_line_classes_name_lines_that_stand_there(entry: dict[str, Any]) -> None:
    lines = lines_of(entry)
    numbered = [number for kind in CLASSES for number in entry[kind]]
    if entry["title_line"] is not None:
        numbered.append(entry["title_line"])
    assert len(numbered) == len(set(numbered))
    assert all(lines[number - 1].strip() for number in numbered)


@every_entry
def test_date_is_one_that_the_page_tells(entry: dict[str, Any]) -> None:
    told = (SEEDS / entry["file"]).read_text(encoding="utf-8")
    if entry["published"] is None:
        assert entry["published_basis"].startswith("not told: ")
        return
    published = entry["published"]
    assert any(way in told for way in ways_to_write(date.fromisoformat(published[:10])))
    if "T" in published:
        clock = published[11:16]
        assert any(f"{time} " in told or f"{time}\n" in told for time in (clock, clock.replace(":", ".")))
        assert published.endswith("+07:00")


@every_entry
def test_dateline_stands_at_the_opening(entry: dict[str, Any]) -> None:
    opening = "\n".join(line[:60] for line in body_of(entry).strip().splitlines()[:4])
    cities = "|".join({entry["dateline_city"] for entry in MANIFEST if entry["dateline_city"]})
    found = re.findall(rf"\b({cities})\b(?: \([^)]+\))?(?:\s?[-–—,:]|\. )", opening, re.IGNORECASE)
    assert [city.capitalize() for city in found] == ([entry["dateline_city"]] if entry["dateline_city"] else [])


@every_entry
def test_bylines_and_editors_stand_in_meta_lines(entry: dict[str, Any]) -> None:
    lines = lines_of(entry)
    meta = "\n".join(lines[number - 1] for number in entry["meta"])
    for name in filter(None, (entry["byline"], entry["editor"])):
        assert name in meta


@every_entry
def test_direct_quotes_are_those_listed(entry: dict[str, Any]) -> None:
    body = body_of(entry)
    starts = [quote["starts"] for quote in entry["direct_quotes"]]
    found = [said for said in re.findall(r"[“\"]([^”\"]+)[”\"]", body) if len(said.split()) > 4]
    assert len(found) == len(starts)
    for said, start in zip(found, starts, strict=True):
        assert said.startswith(start)
        assert len(start.split()) == 3


@pytest.mark.parametrize("entry", OF_FACTS, ids=[entry["file"] for entry in OF_FACTS])
def test_gists_are_not_put_in_quotation_marks(entry: dict[str, Any]) -> None:
    assert entry["direct_quotes"] == []
    assert not re.search(r"[“”„«»\"]", "\n".join(lines_of(entry)))


@every_entry
def test_make_and_delivery_day_are_as_stated(entry: dict[str, Any]) -> None:
    body, states = body_of(entry), set(entry["states"])
    assert entry["names_18_february"] == bool(re.search(r"\b18 Februari\b|\(18/2", body))
    if "make_is_aurus" in states:
        assert "Aurus" in body
        assert not entry["withholds_make"]
    elif entry["event"] == "aurus-feb2024":
        assert entry["withholds_make"]
    else:
        assert not entry["withholds_make"]


@every_entry
def test_sanctions_level_agrees_with_what_is_stated(entry: dict[str, Any]) -> None:
    states = set(entry["states"])
    broken, banned = bool(states & BREAKS), bool(states & BANS) or "cars_smuggled" in states
    assert entry["states_sanctions"] == ("violation" if broken else "ban" if banned else "none")
    if entry["states_sanctions"] != "none":
        assert re.search(r"sanksi|resolusi|larangan", body_of(entry), re.IGNORECASE)


@every_entry
def test_states_are_plain_keys(entry: dict[str, Any]) -> None:
    assert all(re.fullmatch(r"[a-z0-9_]+", state) for state in entry["states"])
    assert len(entry["states"]) == len(set(entry["states"]))


@every_entry
def test_baca_juga_lines_are_furniture(entry: dict[str, Any]) -> None:
    labelled = {n for n, line in enumerate(lines_of(entry), 1) if line.strip().lower().startswith("baca juga")}
    assert labelled <= set(entry["furniture"])
