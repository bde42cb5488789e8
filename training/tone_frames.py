"""Made sentences that show what the lexicon knows of roles: whom a charged verb or noun blesses or blames.

They teach the towards model plain grammar (active, passive, `oleh`, `terhadap`, speakers) beside the annotated
sentences, in which many charged words never meet a name.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from core.model import Label, Span
from core.resources import load_csv
from core.tag.lexicon import LEXICON
from core.tag.towards_features import Target

SEED = 5
EACH = 3  # sentences made of a row
ALONE = frozenset({"fail", "success", "win", "escape", "defeat", "loss"})  # deeds that need nobody else
NAMES = ("Arkanda", "Belandia", "Rudolfo", "Melati Jaya", "Sembira", "Tarunaya")
LABELS: tuple[Label, ...] = ("PER", "ORG", "GPE")
BEFORE = (
    "",
    "",
    "Pada Senin, ",
    "Dalam peristiwa itu, ",
    "Sebelumnya, ",
    "Kemudian ",
    "Menurut {c}, ",
    "{c} mengatakan ",
)
BEHIND = ("", "", " pekan lalu", " di depan umum", " pada tahun itu", " sejak pagi", ", kata {c}", ", ujar {c}")
# of each kind of row: sentences, and who of a and b is put as the word's weight says
FRAMES: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {
    ("verb", "agent"): (
        ("{a} {w} {b}", "a"),
        ("{a} kembali {w} {b} karena hal itu", "a"),
        ("{a} telah {w} milik {b}", "a"),
    ),
    ("verb", "patient"): (
        ("{a} {w} {b}", "b"),
        ("{a} kembali {w} {b}", "b"),
        ("{a} {w} tindakan {b} itu", "b"),
        ("{a} {w} dukungan dan langkah {b}", "b"),
    ),
    ("passive", "agent"): (("{b} {w} oleh {a}", "a"), ("warga {b} {w} {a}", "a"), ("{b} telah {w}", "")),
    ("passive", "patient"): (
        ("{b} {w} oleh {a}", "b"),
        ("{b} {w} keras oleh {a}", "b"),
        ("{b} {w} {a}", "b"),
        ("{b} telah {w}", "b"),
    ),
    ("noun", "agent"): (("{w} oleh {a} di {b}", "a"), ("{w} {a} terhadap {b}", "a"), ("{w} terhadap {b}", "")),
    ("noun", "patient"): (("{w} {a} terhadap {b}", "b"), ("{w} dari {a} kepada {b}", "b"), ("{w} untuk {b}", "b")),
}
DEEDS = frozenset(
    [
        "attack",
        "violence",
        "kill",
        "damage",
        "theft",
        "lie",
        "violate",
        "insult",
        "threat",
        "coerce",
        "graft",
        "terror",
        "help",
        "ease",
        "accuse",
        "criticize",
        "punish",
        "arrest",
        "praise",
        "welcome",
        "thanks",
        "support",
    ]
)
SPEECH = frozenset(("attack", "threat", "insult", "accuse", "criticize", "praise"))  # nouns that take oleh, terhadap


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A made sentence with its targets, who of them (numbers) is put as weight's sign says; the others are neutral."""

    text: str
    targets: tuple[Target, ...]
    put: tuple[int, ...]
    weight: float


def made_sentences() -> Iterator[Made]:
    """The same ones each time, in the order of the lexicon."""
    chance = random.Random(SEED)
    for row in load_csv(LEXICON):
        weight, kind = float(row["weight"]), (row["pos"], row["role"])
        if kind not in FRAMES or not weight or (row["pos"] == "passive" and not row["word"].startswith("di")):
            continue
        if row["class"] in ALONE and kind == ("verb", "agent"):
            yield _made(chance, row["word"], "{a} {w}", "a", weight)
        elif row["class"] in (SPEECH if row["pos"] == "noun" else DEEDS):
            for _ in range(EACH):
                yield _made(chance, row["word"], *chance.choice(FRAMES[kind]), weight)


def _made(chance: random.Random, word: str, frame: str, put: str, weight: float) -> Made:
    names = dict(zip("abc", chance.sample(NAMES, 3), strict=True))
    before = chance.choice(BEFORE)
    text = before + frame + chance.choice([end for end in BEHIND if not ("{c}" in before and "{c}" in end)])
    text = text.format(w=word, **{part: f"<{part}>" for part in "abc"})
    text = text[:1].upper() + text[1:] + "."
    targets: list[Target] = []
    chosen: list[int] = []
    said = "<c>" in text
    for part in sorted((part for part in "abc" if f"<{part}>" in text), key=lambda part: text.index(f"<{part}>")):
        start = text.index(f"<{part}>")
        text = text.replace(f"<{part}>", names[part], 1)
        chosen += [len(targets)] if part == put else []
        targets.append(
            Target(
                span=Span(start=start, end=start + len(names[part])),
                label=chance.choice(LABELS),
                speaks=part == "c",
                spoken=False,
                reported=said and part != "c",
            )
        )
    return Made(text=text, targets=tuple(targets), put=tuple(chosen), weight=weight)
