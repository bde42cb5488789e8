"""A briefing as one HTML file that needs nothing else, and can be opened again in Telaah."""

from base64 import b64encode
from collections.abc import Mapping
from html import escape
from itertools import islice
from typing import Any

from core.briefing import records
from core.briefing.records import Briefing, File, Item, PickedFigure, PickedSentence, State
from core.errors import BriefingError
from core.view.files import drawn
from core.view.wording import Wording, wording_of

SHOWN_ROWS = 200
SHOWN_FILES = 200
COUNTS = ("articles", "independent", "outlets")
OPENING = '<script type="application/json" id="telaah-briefing">'
CLOSING = "</script>"
# nothing in the file may run or be fetched, whatever an article or a note holds
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
STYLE = """
:root { color-scheme: light dark;
  --ink: #1f2328; --quiet: #575d63; --line: #d5d9d4; --paper: #ffffff; --accent: #1f6f78 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e8e6; --quiet: #a8aeb3; --line: #3a4045; --paper: #14181b; --accent: #5fb3bc } }
body { margin: 0 auto; max-width: 60rem; padding: 2.5rem 1.25rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, sans-serif }
h1, h2 { font-family: Georgia, serif; line-height: 1.25 } h1 { font-size: 2rem } h2 { font-size: 1.3rem; margin: 0 }
article { border-top: 1px solid var(--line); padding: 1.75rem 0 } article > * + * { margin-top: .6rem }
img { width: 100%; height: auto; background: #fff; border-radius: .4rem }
blockquote { border-left: 3px solid var(--accent); margin: 0; padding: .1rem 0 .1rem 1rem; font-family: Georgia, serif }
table { border-collapse: collapse; font-size: .875rem } th, td { border-bottom: 1px solid var(--line);
  padding: .25rem .9rem .25rem 0; text-align: left; vertical-align: top }
.quiet, footer, summary { color: var(--quiet); font-size: .875rem } .wide { overflow-x: auto }
.note { white-space: pre-line } code { font-size: .8rem; overflow-wrap: anywhere }
@media print { details:not([open]) { display: none } article { break-inside: avoid-page } }
"""


def to_html(briefing: Briefing, *, made: str) -> str:
    """The whole file. made is the moment of export, ready to be shown."""
    words = wording_of(briefing.language)
    parts = [_item(item, words) for item in briefing.items]
    payload = records.to_json(briefing).replace("<", "\\u003c")  # inside JSON the same; never the end of the element
    return f"""<!DOCTYPE html>
<html lang="{briefing.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(briefing.title)}</title>
<style>{STYLE}</style>
</head>
<body>
<h1>{escape(briefing.title)}</h1>
<p class="quiet">{escape(made)}</p>
<p class="note">{escape(briefing.summary)}</p>
{"".join(parts)}
<footer>{_files(briefing.files, words)}</footer>
{OPENING}{payload}{CLOSING}
</body>
</html>
"""


def from_html(data: bytes, name: str) -> Briefing:
    """The briefing that to_html put into a file; name is the file's, for the message.

    Raises: BriefingError when there is none in it.
    """
    text = data.decode("utf-8", errors="replace")
    _, opening, rest = text.rpartition(OPENING)
    if not opening:
        raise BriefingError(f"{name} is no briefing of Telaah: choose an HTML file that was exported here.")
    return records.from_json(rest.partition(CLOSING)[0], name)


def _item(item: Item, words: Wording) -> str:
    body = _figure(item, words) if isinstance(item, PickedFigure) else _sentence(item, words)
    note = f'<p class="note">{escape(item.note)}</p>' if item.note.strip() else ""
    return f'<article>{body}{note}<p class="quiet">{escape(state_line(item.state, words))}</p></article>'


def _figure(item: PickedFigure, words: Wording) -> str:
    head = f'<h2>{escape(item.title)}</h2><p class="quiet">{escape(item.subtitle)}</p>'
    if item.chart is not None:
        picture = b64encode(drawn(bare(item.chart), "svg")).decode()
        head += f'<img alt="{escape(item.title)}. {escape(item.subtitle)}" src="data:image/svg+xml;base64,{picture}">'
    opened = "" if item.chart else " open"
    return f"{head}<details{opened}><summary>{_table_title(item, words)}</summary>{_table(item)}</details>"


def bare(chart: Mapping[str, Any]) -> dict[str, Any]:
    """The chart without its title: the page says it in text."""
    return {name: part for name, part in chart.items() if name != "title"}


def _table_title(item: PickedFigure, words: Wording) -> str:
    cut = len(item.shown) > SHOWN_ROWS
    return escape(words.text("briefing.table_cut" if cut else "briefing.table", n=len(item.shown), shown=SHOWN_ROWS))


def _table(item: PickedFigure) -> str:
    head = "".join(f"<th>{escape(column)}</th>" for column in item.columns)
    rows = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in islice(item.shown, SHOWN_ROWS))
    lines = "".join(f"<tr>{row}</tr>" for row in rows)
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table></div>'


def _sentence(item: PickedSentence, words: Wording) -> str:
    return (
        f"<blockquote>{escape(item.text)}</blockquote>"
        f'<p class="quiet">{escape(source_line(item, words))}<br><code>{escape(item.file.sha256)}</code></p>'
    )


def source_line(item: PickedSentence, words: Wording) -> str:
    """Outlet, date, title and file of a sentence."""
    return " · ".join(
        part for part in (item.outlet, words.partial_date(item.published), item.title, item.file.name) if part
    )


def state_line(state: State, words: Wording) -> str:
    """Of what an item spoke, under which filters and versions, and where to see it again."""
    filters = ", ".join(state.filters) or words.text("briefing.no_filters")
    counts = " · ".join(words.text(f"count.{name}", n=getattr(state, name)) for name in COUNTS)
    return words.text(
        "briefing.state", screen=state.screen, filters=filters, counts=counts, telaah=state.telaah, tagger=state.tagger,
        link=state.link,
    )  # fmt: skip


def file_lines(files: tuple[File, ...], words: Wording) -> list[str]:
    """Every file behind the items with its sha256, and how many are left out."""
    lines = [f"{file.name} {file.sha256}" for file in files[:SHOWN_FILES]]
    left = len(files) - len(lines)
    return [*lines, words.text("briefing.more_files", n=left)] if left else lines


def _files(files: tuple[File, ...], words: Wording) -> str:
    lines = "".join(f"<li><code>{escape(line)}</code></li>" for line in file_lines(files, words))
    return f"<details><summary>{escape(words.text('briefing.files', n=len(files)))}</summary><ul>{lines}</ul></details>"
