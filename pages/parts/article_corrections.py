"""What can be corrected on one article, and what was."""

from collections.abc import Callable
from html import escape

import streamlit as st

from core.analyze import corrections
from core.analyze.articles import Article
from core.model import Span
from core.store import UNKNOWN
from core.view.marked import Mark
from pages.parts import filters
from pages.parts.asking import claim_labels
from pages.parts.correcting import SCORES, Change, entity_choice, made_list, save_button, slug, told
from pages.parts.house import ask
from pages.parts.plain import plain
from pages.parts.wording import names_of, t, wording

CONTEXT = 24
NEW = "+"


def correction_panel(article: Article, sentence: int | None) -> None:
    """The corrections of this article and the form for another."""
    told()
    made = ask(corrections.of_article, article.document.id)
    with st.expander(t("correction.of_article", n=len(made)), expanded=bool(made), icon=":material/edit:"):
        made_list(made, "article")
        what = st.selectbox(
            t("correction.what"), list(FORMS), index=None, key="correction_what", placeholder=t("correction.choose"),
            format_func=names_of("correction_what"),
        )  # fmt: skip
        if what:
            key = f"{what}.{article.document.id}"
            FORMS[what](article, key, sentence)


def corrected_mark(article: Article, field: str) -> str:
    """HTML after a corrected title, outlet or date: says so, with the machine's value; empty where none was made."""
    found = ask(corrections.corrected_fields, article.document.id).get(field)
    if found is None:
        return ""
    machine = found.machine or "–"
    if field == "date":
        machine = wording().partial_date(found.machine)
    if field == "outlet" and not found.machine:
        machine = t("outlet.unknown")
    said = t("correction.mark", machine=machine, who=found.correction.who)
    badge = escape(t(f"correction.corrected_{field}"))
    return f' <span class="tl-note" title="{escape(said, quote=True)}">{badge}</span>'


def corrected_places(article: Article) -> list[Mark]:
    """Marks of the tags that a person corrected, with what the machine said."""
    marks = []
    for one in ask(corrections.of_article, article.document.id):
        if "surface" in one.target:
            span = Span(start=int(one.target["start"]), end=int(one.target["end"]))
            what = wording().named("correction_kind", one.kind)
            said = one.before.get("tone") or one.before.get("entity_id") or one.before.get("speaker") or ""
            hint = t("correction.mark_tag", what=what, machine=str(said) or "–", who=one.who)
            marks.append(Mark(span=span, css="tl-corrected", hint=hint))
    return marks


def _title(article: Article, key: str, _sentence: int | None) -> None:
    value = st.text_input(t("correction.title"), value=article.document.title or "", key=f"correction_title.{key}")
    save_button(key, Change(kind="set_title", target=_at(article), after={"title": value}) if value.strip()
                else None)  # fmt: skip


def _outlet(article: Article, key: str, _sentence: int | None) -> None:
    after = outlet_choice(key)
    save_button(key, Change(kind="set_outlet", target=_at(article), after=after) if after else None)


def outlet_choice(key: str) -> dict[str, str] | None:
    """An outlet of the corpus or a new one by its name; what goes into `after`."""
    names = {choice.key: choice.name for choice in filters.choices().outlets if choice.key != UNKNOWN}
    chosen = st.selectbox(
        t("correction.outlet"), [NEW, *names], index=None, key=f"correction_outlet.{key}",
        format_func=lambda code: t("correction.new_outlet") if code == NEW else names[code],
        placeholder=t("correction.choose"),
    )  # fmt: skip
    if chosen != NEW:
        return {"outlet": chosen, "outlet_name": names[chosen]} if chosen else None
    name = st.text_input(t("correction.outlet_name"), key=f"correction_outlet_name.{key}", max_chars=80).strip()
    return {"outlet": slug(name), "outlet_name": name} if slug(name) else None


def _date(article: Article, key: str, _sentence: int | None) -> None:
    published = article.document.published
    value = st.text_input(
        t("correction.date"), value=published.date.iso[:10] if published else "", key=f"correction_date.{key}",
        help=t("correction.date_help"), placeholder="2024-02-21",
    ).strip()  # fmt: skip
    save_button(key, Change(kind="set_date", target=_at(article), after={"published": value or None}))


def _mention(article: Article, key: str, _sentence: int | None) -> None:
    mentions = article.annotations.mentions
    number = _choose(article, key, [(m.span, m.entity.name) for m in mentions])
    if number is None:
        return
    target = _place(article, mentions[number].span)
    deed = st.segmented_control(t("correction.deed"), ("reject", "move"), default="reject", required=True,
                                format_func=names_of("correction_deed"), key=f"correction_deed.{key}")  # fmt: skip
    if deed == "reject":
        save_button(key, Change(kind="reject_mention", target=target, after={}))
    else:
        after = entity_choice(key, without=mentions[number].entity.id)
        save_button(key, Change(kind="move_mention", target=target, after=after) if after else None)


def _quote(article: Article, key: str, _sentence: int | None) -> None:
    quotes = article.annotations.quotes
    number = _choose(article, key, [(q.content, q.speaker or t("reader.unknown_speaker")) for q in quotes])
    if number is not None:
        target = _place(article, quotes[number].content)
        save_button(key, Change(kind="reject_quote", target=target, after={}))


def _source(article: Article, key: str, _sentence: int | None) -> None:
    sources = article.annotations.sources
    number = _choose(article, key, [(s.span, s.name) for s in sources])
    if number is not None:
        target = _place(article, sources[number].span)
        save_button(key, Change(kind="reject_source", target=target, after={}))


def _claim(article: Article, key: str, _sentence: int | None) -> None:
    found, labels = article.annotations.claims, claim_labels()
    number = _choose(article, key, [(c.span, labels.get(c.claim_id, c.claim_id)) for c in found])
    if number is not None:
        target = _place(article, found[number].span) | {"claim_id": found[number].claim_id}
        save_button(key, Change(kind="reject_claim", target=target, after={}))


def _tone(article: Article, key: str, sentence: int | None) -> None:
    sentences = article.annotations.sentences
    known = sentence is not None and sentence < len(sentences)
    number = _choose(article, key, [(s.span, wording().named("tone", s.tone.label)) for s in sentences],
                     start=sentence if known else None)  # fmt: skip
    if number is None:
        return
    st.caption(plain(article.document.text[sentences[number].span.start : sentences[number].span.end]))
    tone = st.segmented_control(
        t("correction.tone"), list(SCORES), default=sentences[number].tone.label, required=True,
        format_func=names_of("tone"), key=f"correction_tone.{key}.{number}", help=t("correction.tone_help"),
    )  # fmt: skip
    target, after = _place(article, sentences[number].span), {"tone": tone, "score": SCORES[tone]}
    save_button(key, Change(kind="set_tone", target=target, after=after))


def _choose(article: Article, key: str, found: list[tuple[Span, str]], start: int | None = None) -> int | None:
    """One of the tags of a kind, told by its text, what it is and a little of what stands around it."""
    text = article.document.text
    if not found:
        st.caption(t("figure.nothing"))
        return None

    def said(number: int) -> str:
        span, name = found[number]
        around = " ".join(text[span.start : span.end + CONTEXT].split())
        return f"{around[:60]}… → {name}"

    chosen: int | None = st.selectbox(t("correction.which"), range(len(found)), index=start, format_func=said,
                                      key=f"correction_which.{key}", placeholder=t("correction.choose"))  # fmt: skip
    return chosen if chosen is not None and chosen < len(found) else None


def _at(article: Article) -> dict[str, str]:
    return {"article": article.document.id}


def _place(article: Article, span: Span) -> dict[str, str | int]:
    return {"article": article.document.id, "start": span.start, "end": span.end}


FORMS: dict[str, Callable[[Article, str, int | None], None]] = {
    "title": _title,
    "outlet": _outlet,
    "date": _date,
    "mention": _mention,
    "quote": _quote,
    "source": _source,
    "claim": _claim,
    "tone": _tone,
}
