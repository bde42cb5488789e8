"""The reader: one article with its tags as layers, the raw text beside it, and where it all comes from."""

from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from core.analyze import articles, copies
from core.analyze.articles import Article
from core.analyze.openings import opening
from core.view.marked import LAYERS, Shown, article_html, differences_html, legend_html, raw_html
from core.view.palette import ACCENT, LABEL, STATUS, TONE
from pages.parts import filters, put
from pages.parts.article_corrections import corrected_mark, corrected_places, correction_panel
from pages.parts.asking import claim_labels
from pages.parts.house import ask, opening_title
from pages.parts.links import READER, reader_link
from pages.parts.moved import article_marks, is_quick
from pages.parts.plain import plain
from pages.parts.wording import names_of, t, wording

VIEWS = ("clean", "both", "raw")


def reader(document_id: str) -> None:
    """One article; says so when the corpus has none of that id."""
    article = ask(articles.load, document_id)
    _navigation(document_id)
    if article is None:
        st.warning(t("reader.missing"), icon=":material/search_off:")
        return
    document, words = article.document, wording()
    st.title(plain(document.title or opening_title(opening(document))), anchor=False)
    meta = {
        "outlet": document.outlet.name if document.outlet else t("outlet.unknown"),
        "date": words.partial_date(document.published.date.iso if document.published else None),
        "byline": document.byline or "",
        "words": t("count.words", n=len(document.text.split())),
        "language": words.named("speech", document.language.code),
    }
    said = " · ".join(escape(part) + corrected_mark(article, field) for field, part in meta.items() if part)
    st.html(f'<p class="tl-scope">{said}{corrected_mark(article, "title")}</p>')
    if article.origin == "sample":
        st.markdown(f'<p class="tl-sample">{t("sample.article")}</p>', unsafe_allow_html=True)
    left, right = st.columns((7, 3), gap="large")
    with left:
        _text(article)
    with right:
        _margin(article)


def _navigation(document_id: str) -> None:
    before, after = ask(articles.neighbours, filters.current(), document_id)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.page_link(READER, label=t("reader.back"), icon=":material/arrow_back:", query_params=filters.parameters())
        for name, icon, other in (("previous", "chevron_left", before), ("next", "chevron_right", after)):
            st.page_link(READER, label=t(f"reader.{name}"), icon=f":material/{icon}:", disabled=other is None,
                         query_params=filters.parameters(article=other or document_id))  # fmt: skip


def _sentence() -> int | None:
    given = st.query_params.get("sentence", "")
    return int(given) if given.isdecimal() else None


def _text(article: Article) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
        layers = st.pills(
            t("reader.layers"), LAYERS, selection_mode="multi", default=["entities", "quotes"], key="reader_layers",
            format_func=names_of("layer"),
        )  # fmt: skip
        shown = st.segmented_control(
            t("reader.view"), VIEWS, default="clean", required=True, key="reader_view",
            format_func=names_of("reader"),
        )  # fmt: skip
    st.html(_key_to(layers))
    number = _sentence()
    moved = article_marks(article, number) if "tone" in layers else []
    if "tone" in layers:
        st.caption(t("moved.how") if moved or is_quick() else t("moved.one_by_one"))
    more = [*moved, *corrected_places(article)]
    wanted = Shown(layers=layers, sentence=number, claim_labels=claim_labels(), more=more)
    clean = article_html(article.document, article.annotations, wording(), wanted)
    if shown == "clean":
        st.html(clean)
    elif shown == "raw":
        st.html(raw_html(article.document, wording()))
    else:
        for place, (name, body) in zip(
            st.columns(2, gap="medium"),
            (("clean", clean), ("raw", raw_html(article.document, wording()))), strict=True,
        ):  # fmt: skip
            place.caption(t(f"reader.{name}"))
            place.html(body)


def _key_to(layers: list[str]) -> str:
    """What the colours of the chosen layers mean."""
    words = wording()
    colours: dict[str, str] = {}
    if "entities" in layers:
        colours |= {words.named("label", label): colour for label, colour in LABEL.items()}
    if "quotes" in layers:
        colours[t("layer.quotes")] = ACCENT
    if "tone" in layers:
        colours |= {words.named("tone", tone): TONE[tone] for tone in ("negative", "positive")}
    if "claims" in layers:
        colours[t("layer.claims")] = STATUS["asserts"]
    return legend_html(colours)


def _margin(article: Article) -> None:
    correction_panel(article, _sentence())
    with st.expander(t("reader.entities"), expanded=True):
        _counted(
            {"name": mention.entity.name, "label_name": wording().named("label", mention.label)}
            for mention in article.annotations.mentions
            if mention.where in ("body", "subhead")
        )
    with st.expander(t("put.title")):
        put.panel(article)
    with st.expander(t("reader.quotes", n=len(article.annotations.quotes))):
        _counted({"speaker": quote.speaker or t("reader.unknown_speaker")} for quote in article.annotations.quotes)
    with st.expander(t("reader.sources", n=len(article.annotations.sources))):
        _counted(
            {"source": cite.name, "kind_name": wording().named("source_kind", cite.kind)}
            for cite in article.annotations.sources
        )
    with st.expander(t("reader.copies", n=len(article.copies)), expanded=len(article.copies) > 0):
        _copies(article)
    with st.expander(t("reader.provenance"), expanded=True):
        _provenance(article)


def _counted(rows: Any) -> None:
    frame = pd.DataFrame(list(rows))
    if frame.empty:
        st.caption(t("figure.nothing"))
        return
    counted = frame.value_counts().rename("count").reset_index()
    config = {name: st.column_config.Column(t(f"column.{name}")) for name in counted.columns}
    st.dataframe(counted, hide_index=True, column_config=config, height=min(len(counted) + 1, 11) * 35 + 3)


def _copies(article: Article) -> None:
    if article.copies.empty:
        st.caption(t("reader.no_copies"))
        return
    for row in article.copies.itertuples(index=False):
        st.caption(f"{plain(row.outlet_name)} · {wording().partial_date(row.published)} · "
                   + t("reader.contained", share=wording().percent(row.contained)))  # fmt: skip
        reader_link(row.document_id, row.title)
        if st.toggle(t("reader.differences"), key=f"differences.{row.document_id}"):
            st.html(differences_html(ask(copies.differences, article.document.id, row.document_id)))


def _provenance(article: Article) -> None:
    document, words = article.document, wording()
    published = document.published
    facts = {
        "file": f"{article.file_name} #{document.source.record}",
        "sha256": document.source.sha256[:16] + "…",
        "added_at": words.date(article.added_at) + " UTC",
        "outlet_rule": document.outlet.rule if document.outlet else "–",
        "date_rule": f"{published.basis}: {published.evidence}" if published else "–",
        "language": f"{document.language.code} {words.percent(document.language.confidence)}",
        "removed": t("reader.removed", n=len(document.removed)),
        "tagger": article.annotations.tagger_version,
        "url": document.url or "–",
    }
    for name, said in facts.items():
        st.markdown(f"**{t(f'provenance.{name}')}**  \n{plain(said)}")
    for note in document.notes:
        st.caption(f":material/info: {plain(note)}")
    for row in article.also_in.itertuples(index=False):
        st.caption(t("reader.also_in", name=plain(row.name), day=words.date(row.added_at)))
