"""The one place with CSS: type, the text reader, and charts whose ink follows the theme."""

import streamlit as st

from core.view.palette import ACCENT, INK, LABEL, STATUS, TONE
from pages.parts import browser

MARK = f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 132 32" height="32">
<g fill="none" stroke="{ACCENT}" stroke-width="2.6" stroke-linecap="round">
<path d="M3 7h15M3 13h9M3 19h7M3 25h9"/><circle cx="20" cy="18" r="6.2"/><path d="M24.6 22.6l4.6 4.6"/></g>
<text x="40" y="23.5" font-family="Source Serif 4, Georgia, serif" font-size="22" font-weight="600"
 fill="{ACCENT}">Telaah</text></svg>"""

FONT = "Source Serif, Source Serif Pro, Georgia, serif"

BASE = f"""
.block-container {{ padding: 4.4rem 2.6rem 4rem; max-width: 1480px; }}
h1 {{ letter-spacing: -0.01em; padding-bottom: 0.1rem !important; }}
h2, h3 {{ padding-top: 0 !important; letter-spacing: 0 !important; }}
.tl-lede {{ font-size: 1.02rem; opacity: 0.78; max-width: 62rem; margin: -0.4rem 0 0.1rem; }}
.tl-scope {{ font-size: 0.95rem; font-weight: 600; margin: 0; font-variant-numeric: tabular-nums; }}
.tl-quiet {{ font-weight: 400; opacity: 0.78; font-size: 0.88rem; }}
.tl-sample {{ font-size: 0.88rem; margin: 0; padding: 0.35rem 0.8rem; border-left: 3px solid #b98a1c;
  background: color-mix(in srgb, #d9a514 12%, transparent); border-radius: 0 0.4rem 0.4rem 0;
  margin-bottom: 0.3rem !important; }}
:is(a, button, summary, [tabindex]):not([data-testid="stMain"]):focus-visible {{ outline: 2px solid {ACCENT} !important;
  outline-offset: 1px; }}
[data-testid="stCaptionContainer"] {{ color: inherit; opacity: 0.78; }}
[data-testid="stMultiSelect"] span[title], [data-testid="stBaseButton-primary"],
[data-testid="stBaseButton-primary"] p {{ color: light-dark(#ffffff, #0b1316); }}
[data-testid="stMetricValue"] {{ font-variant-numeric: tabular-nums; }}
[class*="st-key-figure-"] {{ padding: 1.1rem 1.25rem 0.9rem; }}
[class*="st-key-metric-"] {{ padding: 0.85rem 1rem 0.5rem; }}
[class*="st-key-active"] button, .st-key-active-filters button {{ padding: 0.05rem 0.6rem; min-height: 1.9rem;
  border-radius: 1rem; font-size: 0.85rem; }}
[class*="st-key-sections"] {{ margin: 0.5rem 0 0.2rem; }}
.stHorizontalBlock > .stElementContainer:has(> .stPageLink) {{ flex: 0 1 auto !important; min-width: 0; }}
.st-key-empty-state {{ padding: 3.2rem 1.5rem; }}
.st-key-empty-state [role="img"] {{ font-size: 2.2rem; }}
[class*="st-key-pick-"] button [data-testid="stMarkdownContainer"],
[class*="st-key-download-"] button [data-testid="stMarkdownContainer"] {{ position: absolute; width: 1px; height: 1px;
  overflow: hidden; clip-path: inset(50%); white-space: nowrap; }}
[data-testid="stVegaLiteChart"] text[fill="{INK}"] {{ fill: currentColor; }}
[data-testid="stVegaLiteChart"] .role-axis-label text,
[data-testid="stVegaLiteChart"] .role-legend-label text {{ fill: currentColor; fill-opacity: 0.86; }}
[data-testid="stVegaLiteChart"] .role-axis-title text {{ fill: currentColor; fill-opacity: 0.75; }}
[data-testid="stVegaLiteChart"] line[stroke="{INK}"] {{ stroke: currentColor; }}
@media (max-width: 640px) {{
  .block-container {{ padding-left: 1rem; padding-right: 1rem; }}
  [class*="st-key-figure-wide"] .stElementContainer:has([data-testid="stVegaLiteChart"]) {{ overflow-x: auto; }}
  [class*="st-key-figure-wide"] [data-testid="stVegaLiteChart"] {{ min-width: 48rem; }}
  .st-key-headline [data-testid="stColumn"] {{ min-width: calc(50% - 1rem); }}
  [class*="st-key-figure-"] {{ padding: 0.8rem 0.8rem 0.6rem; }}
}}
@media print {{ [data-testid="stSidebar"], header {{ display: none; }} }}
"""

READER = f"""
.tl-text {{ font-family: {FONT}; font-size: 1.08rem; line-height: 1.72; max-width: 44rem; white-space: pre-wrap;
  overflow-wrap: anywhere; }}
.tl-raw {{ font-size: 0.98rem; line-height: 1.6; }}
.tl-sentence {{ font-family: {FONT}; font-size: 1.02rem; line-height: 1.55; margin: 0; overflow-wrap: anywhere; }}
.tl-paper {{ width: 100%; height: auto; background: #fff; border-radius: 0.4rem; }}
.tl-hit {{ background: color-mix(in srgb, #e0a800 38%, transparent); border-radius: 2px; padding: 0 1px; }}
.tl-here {{ background: color-mix(in srgb, #e0a800 26%, transparent); }}
.tl-zone-title {{ font-weight: 650; font-size: 1.2em; }}
.tl-zone-dateline {{ font-weight: 600; letter-spacing: 0.01em; }}
.tl-zone-byline, .tl-zone-editor, .tl-zone-credit {{ font-style: italic; opacity: 0.75; }}
.tl-zone-subhead {{ font-weight: 650; }}
.tl-entity {{ border-bottom: 2px solid; cursor: help; }}
.tl-quote {{ background: color-mix(in srgb, {ACCENT} 13%, transparent); }}
.tl-source {{ text-decoration: underline dotted 2px; text-underline-offset: 4px; cursor: help; }}
.tl-claim {{ outline: 1.5px dashed {STATUS["asserts"]}; outline-offset: 1px; border-radius: 2px; }}
.tl-corrected {{ box-shadow: inset 0 -2px 0 #b98a1c; cursor: help; }}
.tl-note {{ font-family: "Source Sans", sans-serif; font-size: 0.72em; font-weight: 600; opacity: 0.85;
  margin: 0 0.25em; padding: 0.05em 0.45em; border-radius: 0.8em; white-space: nowrap;
  background: color-mix(in srgb, currentColor 9%, transparent); }}
.tl-moved {{ border-radius: 2px; padding: 0 1px; cursor: help; }}
.tl-strongly {{ font-weight: 650; }}
.tl-note.tl-moved-note {{ background: none; border: 0; padding: 0; margin: 0 0.2em 0 0.1em; cursor: default;
  vertical-align: 0.35em; font-size: 0.66em; font-variant-numeric: tabular-nums; }}
.tl-removed {{ text-decoration: line-through; opacity: 0.72;
  background: color-mix(in srgb, {TONE["negative"]} 16%, transparent); }}
.tl-text ins {{ background: color-mix(in srgb, {TONE["positive"]} 24%, transparent); text-decoration: none; }}
.tl-text del {{ background: color-mix(in srgb, {TONE["negative"]} 22%, transparent); }}
.tl-par {{ display: block; height: 0.7em; }}
.tl-key {{ display: inline-block; margin-right: 0.9rem; font-size: 0.82rem; white-space: nowrap; }}
.tl-key b {{ display: inline-block; width: 0.75rem; height: 0.75rem; border-radius: 2px; margin-right: 0.35rem;
  vertical-align: -1px; }}
"""

TINTS = "".join(
    f".tl-{name} {{ {what}: color-mix(in srgb, {colour} {share}%, transparent); }}\n"
    for names, what, share in ((LABEL, "background", 16), (TONE, "background", 20))
    for name, colour in names.items()
) + "".join(f".tl-{label} {{ border-bottom-color: {colour}; }}\n" for label, colour in LABEL.items())

MOVES = "".join(
    f".tl-to-{side} {{ background: color-mix(in srgb, {TONE[side]} 34%, transparent);"
    f" border-bottom: 2px solid {TONE[side]}; }}\n"
    for side in ("negative", "positive")
)


def apply() -> None:
    """Puts the style sheet on the page, and what runs beside it."""
    st.html(f"<style>{BASE}{READER}{TINTS}{MOVES}</style>")
    browser.apply()
