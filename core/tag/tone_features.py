"""Words of a sentence as numbers: hashed words, word pairs and letter runs, the same in training and in use."""

import re
from zlib import crc32

WORD_BITS = 17
CHAR_BITS = 17
CHAR_RUNS = (3, 4, 5)
PAIR_FACTOR = 0x9E3779B1  # odd, so that a pair and its mirror fall apart

TOKEN = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+(?:[.,]\d+)*|[?!%]")


def lower(sentence: str) -> str:
    """Lower case with every letter in its place; the rare letter that would grow stays as it is."""
    lowered = sentence.lower()
    if len(lowered) == len(sentence):
        return lowered
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in sentence)


def tokens(sentence: str) -> list[str]:
    """Lower-case words, numbers (all of them `0`) and the marks ? ! % in their order."""
    return ["0" if found[0].isdigit() else found for found in TOKEN.findall(lower(sentence))]


def token_places(sentence: str) -> list[tuple[str, int, int]]:
    """Tokens with the code points where each starts and ends."""
    return [
        ("0" if found.group()[0].isdigit() else found.group(), found.start(), found.end())
        for found in TOKEN.finditer(lower(sentence))
    ]


def word_hash(word: str) -> int:
    """32 bits, the same in every process."""
    return crc32(word.encode())


def char_buckets(word: str) -> list[int]:
    """Where the letter runs of one word fall, among 2**CHAR_BITS; its edges count as letters."""
    edged = f"<{word}>"
    return [
        crc32(edged[place : place + size].encode()) & ((1 << CHAR_BITS) - 1)
        for size in CHAR_RUNS
        for place in range(len(edged) - size + 1)
    ]
