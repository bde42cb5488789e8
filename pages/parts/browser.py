"""What runs in the browser beside Streamlit's own scripts: its words in the reader's language, and the page's language.

Streamlit has no setting for its own words. So a small script, served by this server and by nobody else, writes those of
the wording files over them, sets the language of the page, and scrolls to the sentence that an address points at.
"""

import json
from hashlib import sha256
from html import escape
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from core.view.wording import wording_of
from pages.parts.wording import language

SCRIPT = Path(__file__).with_suffix(".js").read_bytes()
ADDRESS = f"telaah-{sha256(SCRIPT).hexdigest()[:12]}.js"
"""With the script's hash, so that a browser never runs an older one."""

FRAME = (
    "upload", "add_files", "per_file", "drop_file", "drop_files", "file_upload", "remove_file", "apply",
    "apply_form", "apply_long", "choose", "choose_many", "no_options", "no_results", "select_all",
    "select_matches", "clear_all", "clear_value", "clear_entry", "selected", "available", "one_available",
    "option_selected", "open", "help_for", "start_date", "end_date", "day_of", "month_of", "year_of",
    "date_range", "choose_range", "choose_date", "clear_date", "clear_dates", "quick_range", "previous_month",
    "next_month", "select_month", "select_year", "previous", "next", "search", "csv", "fullscreen",
    "close_fullscreen", "columns", "search_of", "csv_of", "fullscreen_of", "columns_of", "data", "data_of",
    "chart", "chart_of", "png", "png_of", "spec", "spec_of", "close", "dismiss", "close_search", "next_result",
    "previous_result", "type_to_search", "sort_up", "sort_down", "format", "autosize", "pin", "unpin", "hide",
    "copy_name", "statistics", "column_menu", "clear_selection", "no_data", "page", "next_page", "previous_page",
    "pagination", "expand", "collapse", "sidebar", "pages", "menu", "home", "skip", "running", "stop", "rerun",
    "print", "record", "about", "made_with", "theme", "light", "dark", "system", "connecting", "connection_error",
    "timed_out", "try_again", "cancel", "copy", "copied", "more", "less", "not_found", "calendar_how", "range_in",
    "first_available", "last_available", "today", "day_selected", "copy_version",
)  # fmt: skip
"""The words of Streamlit's frame that have a translation: `frame.<name>` in the wording files."""


async def _script(_request: Request) -> Response:
    return Response(SCRIPT, media_type="text/javascript", headers={"cache-control": "max-age=31536000, immutable"})


ROUTE = Route(f"/{{base:path}}{ADDRESS}", _script)
"""For the server's app; the base path of a proxy may stand before it."""


def words() -> list[tuple[str, str]]:
    """What Streamlit writes, and what is to stand there in the session's language; nothing where it is the same."""
    english, ours = wording_of("en"), wording_of(language())
    pairs = ((english.text(f"frame.{name}"), ours.text(f"frame.{name}")) for name in FRAME)
    return [(one, other) for one, other in pairs if one != other]


def apply() -> None:
    """Puts the words and the script on the page."""
    told = escape(json.dumps(words(), ensure_ascii=False), quote=True)
    frame = f'<div id="tl-frame" hidden data-lang="{language()}" data-words="{told}"></div>'
    st.html(f'{frame}<script src="{ADDRESS}"></script>', unsafe_allow_javascript=True)
