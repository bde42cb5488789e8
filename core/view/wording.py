"""Every text on screen in the reader's language, with numbers and dates in the reader's convention."""

import datetime as dt
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Literal, get_args

from babel import Locale
from babel.dates import format_date, format_datetime, format_skeleton
from babel.messages.pofile import read_po
from babel.numbers import format_compact_decimal, format_decimal, format_percent

from core.errors import ResourceError
from core.resources import path

Language = Literal["id", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
DEFAULT: Language = "id"
NONE = "–"
CONVENTION: Mapping[Language, str] = {"id": "id_ID", "en": "en_GB"}  # day before month in both

Value = str | int | float | dt.date


@cache
def messages(language: Language) -> Mapping[str, str | tuple[str, ...]]:
    """All messages of a language by key; one with plural forms is a tuple, singular first."""
    with path(f"wording/{language}.po").open("rb") as lines:
        catalog = read_po(lines, locale=language, abort_invalid=True)
    found: dict[str, str | tuple[str, ...]] = {}
    for message in catalog:
        if message.id:
            key = message.id if isinstance(message.id, str) else message.id[0]
            said = message.string
            found[key] = said if isinstance(said, str) else tuple(said or ())
    return MappingProxyType(found)


class Wording:
    """Speaks one language. text() writes whole numbers and dates among its values in the reader's convention."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._locale = Locale.parse(CONVENTION[language])
        self._messages = messages(language)

    def text(self, key: str, **values: Value) -> str:
        """The message of a key. With plural forms the value `n` chooses.

        Raises: ResourceError when the language has no such key.
        """
        if key not in self._messages:
            raise ResourceError(f"core/resources/wording/{self.language}.po has no message {key!r}: add it there.")
        message = self._messages[key]
        if isinstance(message, tuple):
            message = message[0] if values.get("n") == 1 or len(message) == 1 else message[1]
        return message.format_map({name: self._said(value) for name, value in values.items()}) if values else message

    def named(self, family: str, name: str | None) -> str:
        """What a code such as a stance is called; a code that the language does not know is shown as it is."""
        if not name:
            return NONE
        key = f"{family}.{name}"
        return self.text(key) if key in self._messages else name.replace("_", " ")

    def _said(self, value: Value) -> str:
        if isinstance(value, str):
            return value
        if isinstance(value, dt.date):
            return self.date(value)
        return self.number(value)

    def number(self, value: float, digits: int = 0) -> str:
        """`1.234,5` in Indonesian, `1,234.5` in English; a dash for what is not a number."""
        if value != value:
            return NONE
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        return str(format_decimal(value, format=pattern, locale=self._locale))

    def signed(self, value: float, digits: int = 2) -> str:
        """A number that shows its sign, for tones: `+0,25`."""
        if value != value:
            return NONE
        shown = self.number(abs(value), digits)
        if shown == self.number(0, digits):
            return shown
        return ("+" if value > 0 else "−") + shown

    def compact(self, value: float) -> str:
        """A large number in few characters: `12 rb`, `12K`."""
        if abs(value) < 10_000:
            return self.number(value)
        return str(format_compact_decimal(value, locale=self._locale, fraction_digits=1))

    def percent(self, share: float) -> str:
        """A share in [0, 1] as whole per cent, with one digit under ten."""
        if share != share:
            return NONE
        return str(format_percent(share, format="#,##0.#%" if 0 < share < 0.1 else "#,##0%", locale=self._locale))

    def date(self, value: dt.date) -> str:
        """`21 Feb 2024`; a moment also says its time."""
        if isinstance(value, dt.datetime):
            return str(format_datetime(value, format="d MMM y, HH.mm", locale=self._locale))
        return str(format_date(value, format="d MMM y", locale=self._locale))

    def month(self, value: dt.date) -> str:
        """`Feb 2024`."""
        return str(format_skeleton("yMMM", value, locale=self._locale))

    def partial_date(self, iso: str | None) -> str:
        """An ISO date as precise as it is known: `2024`, `Feb 2024`, `21 Feb 2024`; says when there is none."""
        if not isinstance(iso, str) or not iso:
            return self.text("date.none")
        if len(iso) == 4:
            return iso
        if len(iso) == 7:
            return self.month(dt.date.fromisoformat(iso + "-01"))
        return self.date(dt.date.fromisoformat(iso[:10]))

    def period(self, start: dt.date, unit: str) -> str:
        """A day, a week by its Monday, or a month."""
        if unit == "month":
            return self.month(start)
        return self.text("date.week_of", day=self.date(start)) if unit == "week" else self.date(start)

    def time_names(self) -> dict[str, list[str]]:
        """Names of months and days as d3's time locale wants them: days from Sunday."""
        monday_first = [self._locale.days["format"]["wide"][day] for day in range(7)]
        short = [self._locale.days["format"]["abbreviated"][day] for day in range(7)]
        return {
            "days": [*monday_first[-1:], *monday_first[:-1]],
            "shortDays": [*short[-1:], *short[:-1]],
            "months": [self._locale.months["format"]["wide"][month] for month in range(1, 13)],
            "shortMonths": [self._locale.months["format"]["abbreviated"][month] for month in range(1, 13)],
        }

    @property
    def decimal(self) -> str:
        return self.number(0.5, 1)[1]

    @property
    def thousands(self) -> str:
        return self.number(1000)[1]


@cache
def wording_of(language: Language) -> Wording:
    """The Wording of a language, made once a process."""
    return Wording(language)


def language_of(tag: str | None) -> Language:
    """The language to use for a browser's tag such as `en-GB`: Indonesian unless it asks for English."""
    return "en" if tag and tag.lower().partition("-")[0] == "en" else DEFAULT
