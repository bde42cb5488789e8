"""Downloads of tables and charts. Files are made only when their button is pressed."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core import __version__
from core.analyze.export import to_csv, to_xlsx
from core.briefing import Briefing, to_docx, to_html
from core.view.files import Kind, chart_file
from core.view.look import Chart
from pages.parts.access import exporting
from pages.parts.wording import t, wording

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MIMES: dict[Kind, str] = {"png": "image/png", "svg": "image/svg+xml", "json": "application/json"}


def table_buttons(name: str, table: Callable[[], pd.DataFrame]) -> None:
    """A table as CSV and as XLSX."""
    st.download_button(
        "CSV", exporting(f"{name}.csv", lambda: to_csv(table())), file_name=f"telaah-{name}.csv", mime="text/csv",
        on_click="ignore", key=f"csv.{name}", icon=":material/csv:", width="stretch",
    )  # fmt: skip
    st.download_button(
        "XLSX", exporting(f"{name}.xlsx", lambda: to_xlsx(table())), file_name=f"telaah-{name}.xlsx", mime=SHEET,
        on_click="ignore", key=f"xlsx.{name}", icon=":material/table:", width="stretch",
    )  # fmt: skip


def briefing_buttons(briefing: Briefing) -> None:
    """A briefing as HTML, which can be opened here again, and as a Word document."""
    for name, mime, write in (("html", "text/html", to_html), ("docx", DOCUMENT, to_docx)):
        st.download_button(
            t(f"download.{name}"),
            exporting(f"{_file_name(briefing.title)}.{name}", lambda write=write: _written(briefing, write)),
            file_name=f"{_file_name(briefing.title)}.{name}", mime=mime, on_click="ignore", key=f"briefing.{name}",
            icon=":material/description:", type="primary" if name == "html" else "secondary",
        )  # fmt: skip


def _written(briefing: Briefing, write: Callable[..., str | bytes]) -> bytes:
    made = t("briefing.made", moment=wording().date(datetime.now(UTC).replace(tzinfo=None)), version=__version__)
    written = write(briefing, made=made)
    return written.encode() if isinstance(written, str) else written


def _file_name(title: str) -> str:
    """Of a title what any system takes as a file's name."""
    return re.sub(r"[^\w-]+", "-", title.casefold(), flags=re.ASCII).strip("-")[:60] or "telaah"


def _button(name: str) -> DeltaGenerator:
    """Shows its icon alone; the label is for those who hear the page."""
    label = t("download.title")
    return st.popover(label, icon=":material/download:", help=label, type="tertiary", key=f"download.{name}")


def table_downloads(name: str, table: Callable[[], pd.DataFrame]) -> None:
    """The table's files behind one small button."""
    with _button(name):
        table_buttons(name, table)


def figure_downloads(
    name: str, table: Callable[[], pd.DataFrame], chart: Callable[[], Chart], title: str, subtitle: str
) -> None:
    """A figure's table and pictures behind one small button; pictures carry the title and the denominators."""
    with _button(name):
        table_buttons(name, table)
        for kind, mime in MIMES.items():
            st.download_button(
                t("download.data") if kind == "json" else kind.upper(),
                exporting(
                    f"{name}.{kind}", lambda kind=kind: chart_file(chart(), kind, title=title, subtitle=subtitle)
                ),
                file_name=f"telaah-{name}.{'vl.json' if kind == 'json' else kind}", mime=mime, on_click="ignore",
                key=f"{kind}.{name}", icon=":material/data_object:" if kind == "json" else ":material/image:",
                width="stretch",
            )  # fmt: skip
