"""Who wrote, edited or supplied an article."""

import pytest

from core.model import Outlet
from core.normalize.credits import author_of, clean_name, credit_rules, dated_name, find_credits, is_desk
from core.normalize.lines import Line, split_lines
from core.resources import load_yaml

BODY = "Petani di lereng gunung itu memanen padi lebih awal karena hujan turun terus sejak awal bulan."
ROWS = load_yaml("credits.yaml")["rules"]
DESKS = load_yaml("credits.yaml")["desks"]["examples"]


def found(text: str) -> list[tuple[str, str, str]]:
    return [(one.kind, one.name, text[one.start : one.end]) for one in find_credits(list(split_lines(text)))]


def _examples(kind: str) -> list[tuple[str, str, str, str]]:
    return [
        (row["id"], row["where"], text, row["examples"][kind][text] if kind == "match" else "")
        for row in ROWS
        for text in row["examples"][kind]
    ]


def _names(rule_id: str, where: str, text: str) -> list[str]:
    """The names that one row gives for a text, at the place where it looks."""
    rule = next(rule for rule in credit_rules(where) if rule.id == rule_id)
    if where in ("line", "label", "tail", "signed", "head"):
        match = rule.pattern.fullmatch(text)
    else:
        match = rule.pattern.match(text) if where == "start" else rule.pattern.search(text)
    return [clean_name(match.groupdict().get("name") or "")] if match else []


@pytest.mark.parametrize(("rule_id", "where", "text", "name"), _examples("match"))
def test_a_row_names_whom_its_example_names(rule_id: str, where: str, text: str, name: str) -> None:
    assert _names(rule_id, where, text) == [name]


@pytest.mark.parametrize(("rule_id", "where", "text", "_"), _examples("miss"))
def test_a_row_leaves_the_near_miss(rule_id: str, where: str, text: str, _: str) -> None:
    assert _names(rule_id, where, text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{BODY}\nLaporan: Sari Dewi", [("byline", "Sari Dewi", "Laporan: Sari Dewi")]),
        (f"{BODY}\nSari Dewi,Pengamat Desa", [("byline", "Sari Dewi", "Sari Dewi,Pengamat Desa")]),
        (f"Sari Dewi, Pengamat Desa\n{BODY}", []),
        (f"Sari Dewi,Pengamat Desa\n{BODY}\n{BODY}", []),
        (
            f"{BODY}\nRep: bsa/ Red: rina",
            [("byline", "bsa", "Rep: bsa"), ("editor", "rina", "Red: rina")],
        ),
        (f"{BODY}\n(bsa)", [("editor", "bsa", "(bsa)")]),
        (f"{BODY} (abc/def)", [("byline", "abc/def", "(abc/def)")]),
        (
            f"{BODY}\nSari Dewi\nEditorSari Dewi",
            [("byline", "Sari Dewi", "Sari Dewi"), ("editor", "Sari Dewi", "EditorSari Dewi")],
        ),
        (
            f"Reporter\nSari Dewi\nEditor\nBudi\n{BODY}",
            [("byline", "Sari Dewi", "Reporter\nSari Dewi"), ("editor", "Budi", "Editor\nBudi")],
        ),
        (f"Sari Dewi\nPenulis\n{BODY}", [("byline", "Sari Dewi", "Sari Dewi\nPenulis")]),
        (
            f"Redaksi - Rabu, 21 Februari 2024 | 10:00 WIB\n{BODY}",
            [("byline", "Redaksi", "Redaksi - Rabu, 21 Februari 2024 | 10:00 WIB")],
        ),
        (
            f"{BODY}\n(bsa)\n\nPewarta: Sari Dewi\nEditor: Budi",
            [
                ("byline", "bsa", "(bsa)"),
                ("byline", "Sari Dewi", "Pewarta: Sari Dewi"),
                ("editor", "Budi", "Editor: Budi"),
            ],
        ),
        (
            f"{BODY} Sumber: Kabar.com (Penulis Sari Dewi | Editor Budi)",
            [
                ("credit", "Kabar.com", "Sumber: Kabar.com"),
                ("byline", "Sari Dewi", "(Penulis Sari Dewi | Editor Budi)"),
            ],
        ),
        (
            f"Laporan Wartawan Kabar.com, Sari Dewi KABAR.COM, JAKARTA - {BODY}",
            [("byline", "Sari Dewi", "Laporan Wartawan Kabar.com, Sari Dewi")],
        ),
    ],
)
def test_credits_are_found_where_pages_put_them(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        f"{BODY}\nOleh karena itu harga naik.",
        "Ia bekerja di Dinas Pertanian (Distan)",
        f"Editor buku itu meninggal dunia, kata keluarganya.\n{BODY}",
        f"{BODY} (1)",
        f"(Sari)\n{BODY}\n{BODY}\n{BODY}\n{BODY}\n{BODY}\n{BODY}\n{BODY}",
    ],
)
def test_what_only_looks_like_a_credit_is_none(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Sari Dewi, Jurnalis · Rabu 21 Februari 2024 10:33 WIB", "Sari Dewi"),
        ("Oleh: Sari Dewi | Rabu, 21 Februari 2024", "Sari Dewi"),
        ("Rabu, 21 Februari 2024", None),
        ("Kompas.com - 20/02/2024, 14:15 WIB", None),
        ("Rapat digelar Rabu, 21 Februari 2024", None),
    ],
)
def test_a_dated_line_may_hold_a_name(line: str, name: str | None) -> None:
    assert dated_name(Line(0, len(line), line)) == name


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Sari Dewi", "Sari Dewi"),
        ("Oleh: Sari Dewi", "Sari Dewi"),
        ("Penulis Sari Dewi <sari@kabar.co.id>", "Sari Dewi"),
        ("Sari Dewi - Kompas.com", "Sari Dewi"),
        ("['Sari Dewi', 'Budi Santosa']", "Sari Dewi, Budi Santosa"),
        ("Sari Dewi, Budi Santosa", "Sari Dewi, Budi Santosa"),
        ("Sari Dewi;Sari Dewi", "Sari Dewi"),
        ("Olehman Sari", "Olehman Sari"),
        ("Kabar Kita", None),
        ("KABAR KITA", None),
        ("Kompas.com", None),
        ("https://kabar.co.id/penulis/sari", None),
        ("sari@kabar.co.id", None),
        ("nan", None),
        ("12345", None),
        ("", None),
        (None, None),
    ],
)
def test_a_containers_author_is_cleaned_or_dropped(written: str | None, name: str | None) -> None:
    assert author_of(written, Outlet(id="kabar-kita", name="Kabar Kita", rule="container")) == name


@pytest.mark.parametrize(
    ("name", "desk"),
    [
        (name, kind == "match")
        for kind, names in load_yaml("credits.yaml")["desks"]["examples"].items()
        for name in names
    ],
)
def test_a_desk_is_told_from_a_person(name: str, desk: bool) -> None:
    assert is_desk(name) is desk
    [credit] = find_credits(list(split_lines(f"{BODY}\nPenulis: {name}")))
    assert credit.rule == ("byline.label.desk" if desk else "byline.label")
