"""Downloads of tables and charts. Files are made only when their button is pressed."""

from collections.abc import Callable

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.analyze.export import to_csv, to_xlsx
from core.view.files import Kind, chart_file
from core.view.look import Chart
from pages.parts.wording import t

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MIMES: dict[Kind, str] = {"png": "image/png", "svg": "image/svg+xml", "json": "application/json"}


def table_buttons(name: str, table: Callable[[], pd.DataFrame]) -> None:
    """A table as CSV and as XLSX."""
    st.download_button(
        "CSV", lambda: to_csv(table()), file_name=f"telaah-{name}.csv", mime="text/csv", on_click="ignore",
        key=f"csv.{name}", icon=":material/csv:", width="stretch",
    )  # fmt: skip
    st.download_button(
        "XLSX", lambda: to_xlsx(table()), file_name=f"telaah-{name}.xlsx", mime=SHEET, on_click="ignore",
        key=f"xlsx.{name}", icon=":material/table:", width="stretch",
    )  # fmt: skip


def _button(name: str) -> DeltaGenerator:
    return st.popover(":material/download:", help=t("download.title"), type="tertiary", key=f"download.{name}")


def table_downloads(name: str, table: Callable[[], pd.DataFrame]) -> None:
    """The table's files behind one small button."""
    with _button(name):
        table_buttons(name, table)


def figure_downloads(name: str, table: Callable[[], pd.DataFrame], chart: Chart, title: str, subtitle: str) -> None:
    """A figure's table and pictures behind one small button; pictures carry the title and the denominators."""
    with _button(name):
        table_buttons(name, table)
        for kind, mime in MIMES.items():
            st.download_button(
                t("download.data") if kind == "json" else kind.upper(),
                lambda kind=kind: chart_file(chart, kind, title=title, subtitle=subtitle),
                file_name=f"telaah-{name}.{'vl.json' if kind == 'json' else kind}", mime=mime, on_click="ignore",
                key=f"{kind}.{name}", icon=":material/data_object:" if kind == "json" else ":material/image:",
                width="stretch",
            )  # fmt: skip
