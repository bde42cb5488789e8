"""The words that moved a sentence's tone, as marks: which way by colour and sign, how far by a figure behind each."""

from collections.abc import Iterable, Sequence
from typing import Literal, Protocol

from core.model import Span
from core.view.marked import Mark
from core.view.wording import Wording

LEAST = 0.4
"""Natural-log odds under which a word is not marked: nearly every word moves a sentence a little."""

MOST = 6
"""Words marked in one sentence, the strongest ones."""

STRONG = 1.0
TURNS = ("negated", "undone")
Moved = Literal["moved", "put"]
"""The tone of a sentence, or how it puts someone: the families of wording of either."""


class Mover(Protocol):
    """What the tone model says of a word: where it stands in the sentence, its signed weight, and why.

    weight is in natural-log odds of positive against negative. rule is `word` for a word the model has learned, else
    the classes of the tone lexicon with `negated` or `undone` behind them, with commas between.
    """

    @property
    def span(self) -> Span: ...
    @property
    def weight(self) -> float: ...
    @property
    def rule(self) -> str: ...


def mover_marks(movers: Sequence[Mover], wording: Wording, *, offset: int = 0, of: Moved = "moved") -> list[Mark]:
    """Marks of the strongest movers of one sentence; offset is where the sentence starts in the text to be marked.

    of says what they moved: the tone of the sentence, or how it puts someone.
    """
    strongest = sorted(movers, key=lambda mover: (-abs(mover.weight), mover.span.start))[:MOST]
    return [
        Mark(
            span=Span(start=mover.span.start + offset, end=mover.span.end + offset),
            css=f"{'tl-strongly ' if abs(mover.weight) >= STRONG else ''}tl-to-{_side(mover)} tl-moved",
            hint=why(mover, wording, of),
            note=wording.signed(mover.weight, 1),
        )
        for mover in strongest
        if abs(mover.weight) >= LEAST
    ]


def why(mover: Mover, wording: Wording, of: Moved = "moved") -> str:
    """What the tooltip of a mover says: which way it moved the sentence, and what the model knows it from."""
    moved = wording.text(f"{of}.{_side(mover)}", weight=wording.signed(mover.weight))
    if mover.rule == "word":
        return f"{moved} · {wording.text('moved.word')}"
    names = mover.rule.split(", ")
    told = [wording.text("moved.lexicon", classes=", ".join(_without(names, TURNS)))]
    told += [wording.text(f"moved.{turn}") for turn in TURNS if turn in names]
    return " · ".join([moved, *told])


def _without(names: Iterable[str], left_out: Sequence[str]) -> list[str]:
    return [name for name in names if name not in left_out]


def _side(mover: Mover) -> str:
    return "negative" if mover.weight < 0 else "positive"
