"""Picking figures and sentences into the briefing of this session."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from core import __version__
from core.analyze import corpus_files, overview
from core.briefing import Briefing, File, PickedFigure, PickedSentence, State, drafts
from core.errors import BriefingError
from core.model import Filters
from core.tag import tagger_version
from core.view.wording import Wording
from pages.parts import filters
from pages.parts.house import ask, house
from pages.parts.plain import plain
from pages.parts.wording import language, t, wording

OPEN, SCREEN, SAID, SHOWN = "briefing_open", "briefing_screen", "briefing_said", "briefing_shown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A figure as it is picked, without the state that it speaks of."""

    key: str
    title: str
    subtitle: str
    chart: Mapping[str, Any] | None
    columns: tuple[str, ...]
    rows: tuple[tuple[str | int | float | None, ...], ...]
    shown: tuple[tuple[str, ...], ...]


def on_screen(path: str, title: str) -> None:
    """Remember which screen is shown: a pick says where it is from. Called once a run, by the dashboard."""
    st.session_state[SCREEN] = (path, title)
    st.session_state[SHOWN] = Counter()


def opened() -> Briefing:
    """The briefing of this session; a new one before the first pick, or when a colleague has deleted it."""
    name = st.session_state.get(OPEN)
    found = drafts.load(house().settings.briefings_folder, name) if name else None
    return found or Briefing(title=t("briefing.new_title"), summary="", language=language())


def keep(briefing: Briefing) -> None:
    """Write the session's briefing."""
    name = st.session_state.setdefault(OPEN, drafts.new_id())
    drafts.save(house().settings.briefings_folder, name, briefing)


def figure_button(key: str, made: Callable[[Wording], Picture]) -> None:
    """Beside a figure's downloads."""
    label = t("briefing.pick_figure")
    st.button(
        label, icon=":material/assignment_add:", key=f"pick.{key}", type="tertiary", help=label,
        on_click=_pick_figure, args=(made,),
    )  # fmt: skip


def sentence_button(row: Any) -> None:
    """Beside where a sentence is from. Takes a row of evidence.sentences or claims.evidence."""
    shown = st.session_state[SHOWN]
    shown[row.document_id, row.sentence] += 1  # a screen and the drawer over it may show the same sentence
    key = f"pick.{row.document_id}.{row.sentence}.{shown[row.document_id, row.sentence]}"
    label = t("briefing.pick_sentence")
    st.button(
        label, icon=":material/assignment_add:", key=key, type="tertiary", help=label,
        on_click=_pick_sentence, args=(row,),
    )  # fmt: skip


def _pick_figure(made: Callable[[Wording], Picture]) -> None:
    picture = made(wording())
    chosen = filters.current()
    given = {name: getattr(picture, name) for name in Picture.__slots__}
    _into(PickedFigure(**given, state=_here(chosen)), _files(chosen))


def _pick_sentence(row: Any) -> None:
    name, sha256 = ask(corpus_files.file_of, row.document_id) or ("", "")
    file = File(name=name, sha256=sha256)
    item = PickedSentence(
        text=row.text,
        outlet=row.outlet_name,
        published=row.published if isinstance(row.published, str) else None,
        title=row.title if isinstance(row.title, str) else t("articles.untitled"),
        document_id=row.document_id,
        sentence=int(row.sentence),
        file=file,
        state=_here(filters.current()),
    )
    _into(item, [file])


def _into(item: PickedFigure | PickedSentence, files: list[File]) -> None:
    try:
        briefing = opened().having(item, files)
        keep(briefing)
    except BriefingError as error:
        st.session_state[SAID] = (str(error), ":material/error:")
    else:
        st.session_state[SAID] = (t("briefing.picked", n=len(briefing.items)), ":material/assignment_turned_in:")


def tell() -> None:
    """What became of the last pick. A callback may show nothing itself: in a dialog that would displace the page."""
    if said := st.session_state.pop(SAID, None):
        text, icon = said
        st.toast(plain(text), icon=icon)


def _files(chosen: Filters) -> list[File]:
    behind = ask(corpus_files.behind, chosen)
    return [File(name=row.name, sha256=row.sha256) for row in behind.itertuples(index=False)]


def _here(chosen: Filters) -> State:
    """Of what this screen speaks now."""
    path, title = st.session_state[SCREEN]
    own = {name: st.query_params[name] for name in filters.OWN_PARAMETERS if name in st.query_params}
    # the sample goes in and out by itself elsewhere: here the link must say it
    link = filters.parameters(**own) | {"sample": str(int(chosen.sample is not False))}
    narrowed = tuple(said for _, said in filters.active(filters.choices()))
    return state_of(chosen, screen=title, link=f"{path}?{urlencode(link)}", narrowed=narrowed)


def state_of(chosen: Filters, *, screen: str, link: str, narrowed: tuple[str, ...]) -> State:
    """What stands behind any figure under these filters now."""
    summary = ask(overview.summary, chosen)
    return State(
        screen=screen,
        link=link,
        filters=narrowed,
        articles=summary.articles,
        independent=summary.independent,
        outlets=summary.outlets,
        telaah=__version__,
        tagger=tagger_version(),
        files=corpus_files.digest(ask(corpus_files.behind, chosen)),
    )
