"""What outlets have in common: the texts that they share, and how alike their other texts are."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from core.analyze import copies, outlets
from core.store import Selection
from core.view import matrices
from core.view.shaping import with_most
from pages.parts.asking import name_of, opens
from pages.parts.evidence import Ask, Asker
from pages.parts.figure import Figure, show_figure, show_table
from pages.parts.house import ask
from pages.parts.screen import View
from pages.parts.wording import t


def shared(view: View) -> None:
    """Who carries whose text, and how alike outlets write beyond that."""
    _sharing(view)
    figures = (
        ("copying", ask(outlets.copying, view.filters), ("outlet_name", "other_name", "clusters", "first", "later",
         "unclear"), opens(view, "outlet", "other", kind="articles")),
        ("clusters", ask(copies.clusters, view.filters), ("title", "articles", "outlets", "outlet_names",
         "first_published", "last_published"), opens(view, "cluster_id", kind="articles")),
    )  # fmt: skip
    for key, frame, columns, asker in figures:
        show_table(
            Figure(key=key, title=t(f"outlets.{key}"), subtitle=t(f"outlets.{key}_sub"), table=frame, columns=columns,
                   asker=asker)
        )  # fmt: skip
    _likeness(view)


def _sharing(view: View) -> None:
    frame = ask(outlets.sharing, view.filters)
    figure = Figure(
        key="sharing",
        title=t("outlets.sharing"),
        subtitle=t("outlets.sharing_sub", n=frame["outlet"].nunique(), texts=view.summary.independent),
        table=frame[frame["independent"] > 0].reset_index(drop=True),
        columns=("outlet_name", "other_name", "independent", "of_independent", "share", "low", "high"),
        asker=opens(view, "outlet", "other", kind="articles"),
        wide=True,
    )
    busiest = with_most(frame, rows="outlet_name", by="independent")
    busiest = busiest[busiest["other"].isin(busiest["outlet"])]
    show_figure(figure, partial(matrices.shared, busiest, view.look), note=t("outlets.sharing_note"))


def _likeness(view: View) -> None:
    frame = ask(outlets.likeness, view.filters).rename(columns={"score": "cosine"})
    figure = Figure(
        key="likeness",
        title=t("outlets.likeness"),
        subtitle=t("outlets.likeness_sub", n=frame["outlet"].nunique(), least=outlets.LEAST_TEXTS,
                   most=outlets.DRAWN_TEXTS),
        table=frame,
        columns=("outlet_name", "other_name", "likeness", "cosine", "within", "texts", "other_texts"),
        asker=_both(view),
        wide=True,
    )  # fmt: skip
    show_figure(figure, partial(matrices.alike, frame, view.look), note=t("outlets.likeness_note"))


def _both(view: View) -> Asker:
    """The articles of the two outlets that are compared."""

    def asker(picked: Mapping[str, Any]) -> Ask | None:
        pair = tuple(dict.fromkeys((str(picked["outlet"]), str(picked["other"]))))
        title = " · ".join(name_of(view, "outlet", outlet) for outlet in pair)
        return Ask(title=title, selection=Selection(), kind="articles", narrow={"outlets": pair})

    return asker
