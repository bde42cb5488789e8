"""How a text puts a claim: asserts, attributes, hedges, denies or plans it, and to whom it attributes it."""

from bisect import bisect_right
from dataclasses import dataclass

from core.model import Quote, SourceCite, Span, Stance
from core.tag.concepts import Hit
from core.tag.verbs import speech

DENIAL_WORDS = 16  # a verb of denial bears on what follows within so many words
NEGATION_WORDS = 3
PLAN_WORDS = 5
HEDGE_WORDS = 14


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of a text when a claim's stance is judged."""

    quotes: tuple[Quote, ...]
    sources: tuple[SourceCite, ...]
    hits: dict[str, list[Hit]]  # the stance words of the text, by stance


def judge(key: Hit, window: Span, setting: Setting, *, negative: bool = False) -> tuple[Stance, str | None]:
    """Stance of a claim whose weight rests on key, stated in window, and the name it is attributed to."""
    quote = _quote_over(key, setting.quotes)
    speaker = quote.speaker if quote is not None else None
    verb = _cue_kind(quote)
    if not negative and (verb == "denies" or _negated(key, window, setting)):
        return "denies", speaker or _source(window, setting)
    if _near(key, window, setting, "plans", PLAN_WORDS) or verb == "promises":
        return "plans", speaker or _source(window, setting)
    name = speaker or _source(window, setting)
    if name is not None:
        return "attributes", name
    if quote is not None and verb in ("accuses", "claims", "says", "announces", "judges"):
        return "hedges", None
    if _near(key, window, setting, "hedges", HEDGE_WORDS):
        return "hedges", None
    return "asserts", None


def _quote_over(key: Hit, quotes: tuple[Quote, ...]) -> Quote | None:
    """The narrowest speech that holds the key."""
    holding = [quote for quote in quotes if quote.content.start <= key.start and key.end <= quote.content.end]
    return min(holding, key=lambda quote: quote.content.end - quote.content.start, default=None)


def _cue_kind(quote: Quote | None) -> str:
    if quote is None or not quote.cue:
        return ""
    rules = speech()
    word = quote.cue.lower().split()[-1]
    verb = rules.active.get(word) or rules.bare.get(word) or rules.passive.get(word)
    return verb.kind if verb is not None else ""


def _negated(key: Hit, window: Span, setting: Setting) -> bool:
    return _near(key, window, setting, "denies", DENIAL_WORDS) or _near(key, window, setting, "negates", NEGATION_WORDS)


def _near(key: Hit, window: Span, setting: Setting, stance: str, words: int) -> bool:
    """Whether a stance word stands before the key in the same clause, at most so many words away."""
    breaks = [hit.start for hit in setting.hits.get("breaks", ())]
    for hit in setting.hits.get(stance, ()):
        if not window.start <= hit.start <= key.start or key.word - hit.word > words:
            continue
        if bisect_right(breaks, key.start) == bisect_right(breaks, hit.start):
            return True
    return False


def _source(window: Span, setting: Setting) -> str | None:
    """The first medium, agency, official or document cited in the window."""
    for cite in setting.sources:
        if window.start <= cite.span.start < window.end and cite.rule != "sumber":
            return cite.name
    return None
