"""How often news has each word for each kind of name, one digit a label (training/word_habits.py)."""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "idner2k"


@cache
def raw_habits() -> dict[str, dict[str, str]]:
    """Digits by word: `self` of a capitalised form, `before` and `behind` of words beside one."""
    found: dict[str, dict[str, str]] = {}
    for line in (FOLDER / "word_habits.tsv").read_text(encoding="utf-8").splitlines():
        kind, digits, words = line.split("\t")
        found.setdefault(kind, {}).update(dict.fromkeys(words.split(" "), digits))
    return found
