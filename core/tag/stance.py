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
HEDGE_WORDS_AFTER = 3  # `sebagai imbalan Rusia diyakini memberi ...`
TOLD_GAP = 2  # code points from a sentence to the word that opens the next
TOLD_REACH = 120  # code points from that word to the source it names


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of a text when a claim's stance is judged."""

    quotes: tuple[Quote, ...]
    sources: tuple[SourceCite, ...]
    hits: dict[str, list[Hit]]  # the stance words of the text, by stance


def judge(
    key: Hit, window: Span, setting: Setting, *, negative: bool = False, plans: bool = True, asked: bool = False
) -> tuple[Stance, str | None]:
    """Stance of a claim whose weight rests on key, stated in window, and the name it is attributed to.

    negative: the claim's own wording denies, so a negation is no denial; plans: words of planning count; asked: the
    sentence is a question, which asserts nothing.
    """
    quote = _quote_over(key, setting.quotes)
    speaker = quote.speaker if quote is not None else None
    verb = _cue_kind(quote)
    if not negative and (verb == "denies" or _negated(key, window, setting)):
        return "denies", speaker or _source(window, setting)
    if plans and (_near(key, window, setting, "plans", PLAN_WORDS) or verb == "promises"):
        return "plans", speaker or _source(window, setting)
    name = speaker or _source(window, setting)
    if name is not None:
        return "attributes", name
    if quote is not None and verb in ("accuses", "claims", "says", "announces", "judges"):
        return "hedges", None
    if asked or _near(key, window, setting, "hedges", HEDGE_WORDS) or _hedged_after(key, window, setting):
        return "hedges", None
    teller = _told_next(window, setting)
    return ("attributes", teller) if teller is not None else ("asserts", None)


def _quote_over(key: Hit, quotes: tuple[Quote, ...]) -> Quote | None:
    """The narrowest speech that holds the key; a demand (`meminta bantuan`) only where nothing else does."""
    holding = [quote for quote in quotes if quote.content.start <= key.start and key.end <= quote.content.end]
    stating = [quote for quote in holding if _cue_kind(quote) not in ("urges", "asks", "hopes")]
    return min(stating or holding, key=lambda quote: quote.content.end - quote.content.start, default=None)


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
        if hit.start < window.start or hit.end > key.start or key.word - hit.word > words:
            continue
        if bisect_right(breaks, key.start) == bisect_right(breaks, hit.start):
            return True
    return False


def _hedged_after(key: Hit, window: Span, setting: Setting) -> bool:
    """Whether a hedge follows the key at once in the same clause."""
    breaks = [hit.start for hit in setting.hits.get("breaks", ())]
    return any(
        key.end <= hit.start < window.end
        and hit.word - key.word <= HEDGE_WORDS_AFTER
        and bisect_right(breaks, key.start) == bisect_right(breaks, hit.start)
        for hit in setting.hits.get("hedges", ())
    )


def _told_next(window: Span, setting: Setting) -> str | None:
    """Who told it, where the next sentence says so: `Kabar itu disiarkan KCNA.`"""
    for hit in setting.hits.get("told", ()):
        if 0 <= hit.start - window.end <= TOLD_GAP:
            end = hit.start + TOLD_REACH
            return next((cite.name for cite in setting.sources if hit.start < cite.span.start < end), None)
    return None


def _source(window: Span, setting: Setting) -> str | None:
    """The first medium, agency, official or document cited in the window."""
    for cite in setting.sources:
        if window.start <= cite.span.start < window.end and cite.rule != "sumber":
            return cite.name
    return None
