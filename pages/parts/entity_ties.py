"""Pairs of entities that one sentence names."""

from core.analyze import network
from pages.parts.asking import opens
from pages.parts.evidence import Asker
from pages.parts.figure import Figure, show_table
from pages.parts.house import ask
from pages.parts.screen import View
from pages.parts.wording import t

TIES = ("name", "other_name", "sentences", "articles", "independent", "npmi")


def tie_opener(view: View) -> Asker:
    """Opens the sentences of an entity, or those that name both ends of a tie."""
    return lambda picked: opens(view, *(key for key in ("entity_id", "other_id") if picked.get(key)))(picked)


def ties(view: View, chosen: tuple[str, ...]) -> None:
    """Which of the chosen entities one sentence names."""
    figure = Figure(
        key="ties",
        title=t("entities.ties"),
        subtitle=t("entities.ties_sub"),
        table=ask(network.ties, view.filters, chosen),
        columns=TIES,
        asker=tie_opener(view),
    )
    show_table(figure)
