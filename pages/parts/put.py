"""The words behind how a sentence puts those it names, worked out for the sentences that are shown alone."""

from collections import Counter
from typing import Any

import streamlit as st

from core.analyze import articles
from core.analyze.articles import Article
from core.model import Span
from core.tag import tagger_version
from core.tag.put import explain_put
from core.tag.towards import TowardsExplanation
from core.view.marked import Mark, highlighted
from core.view.moved import mover_marks
from pages.parts.house import ask, house
from pages.parts.wording import t, wording

SHOWN = 8


def panel(article: Article) -> None:
    """In the reader: a name, and the sentences that put it other than neutrally."""
    names = _names(article)
    if not names:
        st.caption(t("put.nobody"))
        return
    order = sorted(names, key=lambda entity: (-sum(names[entity].values()), entity))
    called = {mention.entity.id: mention.entity.name for mention in article.annotations.mentions}
    chosen = st.selectbox(
        t("put.whom"), order, index=None, key=f"put.{article.document.id}", placeholder=t("put.choose"),
        format_func=lambda entity: t("put.counts", name=called[entity], against=names[entity]["unfavourable"],
                                     neutral=names[entity]["neutral"], favour=names[entity]["favourable"]),
    )  # fmt: skip
    if chosen is None:
        return
    st.caption(t("put.how"))
    numbers = _sentences(article, chosen)
    for number in numbers[:SHOWN]:
        with st.container(border=True, gap="xsmall"):
            text = article.annotations.sentences[number].span.of(article.document.text)
            st.html(f'<p class="tl-sentence">{highlighted(text, (), more=marks(article, number, chosen))}</p>')
            st.caption(chances(article, number, chosen))
    if len(numbers) > SHOWN:
        st.caption(t("put.more", n=len(numbers) - SHOWN))


def of_row(row: Any, entity_id: str) -> tuple[list[Mark], str]:
    """The same for a sentence of the drawer: marks of its words, and its chances. Takes a row of evidence.sentences."""
    article = ask(articles.load, row.document_id)
    if article is None or not _explained(article, int(row.sentence), entity_id):
        return [], ""
    return marks(article, int(row.sentence), entity_id), chances(article, int(row.sentence), entity_id)


def marks(article: Article, number: int, entity_id: str) -> list[Mark]:
    """The name and the words that move how the sentence puts it; places are in the sentence."""
    found = _explained(article, number, entity_id)
    names = [Mark(span=span, css="tl-hit") for span, _ in found]
    return names + (mover_marks(found[0][1].movers, wording(), of="put") if found else [])


def chances(article: Article, number: int, entity_id: str) -> str:
    """How the sentence puts the name, and how sure the model is."""
    words, (_, told) = wording(), _explained(article, number, entity_id)[0]
    against, neutral, favourable = map(words.percent, told.probabilities)
    return t("put.chances", favour=words.named("favour", told.towards.label), against=against, neutral=neutral,
             favourable=favourable)  # fmt: skip


def _explained(article: Article, number: int, entity_id: str) -> list[tuple[Span, TowardsExplanation]]:
    """The name's mentions in a sentence with why; the one furthest from neutral first, as figures count it."""
    version = (tagger_version(), house().corpus.version)
    found = _worked_out(version, article.document.id, number, _article=article)
    own = [(span, told) for entities, span, told in found if entity_id in entities]
    return sorted(own, key=lambda item: (item[1].towards.label == "neutral", -abs(item[1].towards.score)))


@st.cache_data(show_spinner=False, max_entries=2000)
def _worked_out(
    version: tuple[str, int],  # noqa: ARG001  version and document are the cache's
    document_id: str,  # noqa: ARG001
    number: int,
    _article: Article,
) -> list[tuple[tuple[str, ...], Span, TowardsExplanation]]:
    start = _article.annotations.sentences[number].span.start
    return [
        (
            (mention.entity.id, *([mention.refers_to] if mention.refers_to else [])),
            Span(start=mention.span.start - start, end=mention.span.end - start),
            told,
        )
        for mention, told in explain_put(_article.document, _article.annotations, number)
    ]


def _names(article: Article) -> dict[str, Counter[str]]:
    """Entities that some sentence puts other than neutrally, with how often they are put how."""
    counts: dict[str, Counter[str]] = {}
    for mention in article.annotations.mentions:
        if mention.towards is not None:
            counts.setdefault(mention.entity.id, Counter())[mention.towards.label] += 1
    return {entity: told for entity, told in counts.items() if told["unfavourable"] + told["favourable"]}


def _sentences(article: Article, entity_id: str) -> list[int]:
    spans = [
        mention.span
        for mention in article.annotations.mentions
        if mention.entity.id == entity_id and mention.towards is not None and mention.towards.label != "neutral"
    ]
    return [
        number
        for number, sentence in enumerate(article.annotations.sentences)
        if any(sentence.span.start <= span.start < sentence.span.end for span in spans)
    ]
