"""Text of others inside labels and markdown."""

import re

SPECIAL = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]#$~|<>:&"})
JOINER = "\u2060"
"""Word joiner: no one sees it, and nothing that it stands in is taken for an address or the name of a sign."""

# Streamlit finds these in the finished text, where a backslash no longer helps: `:material/delete:`, `https://...`,
# `www....`, `a@b.c`.
_FOUND_LATER = re.compile(r"(?<=:)(?=[^\s\d])|(?<=www)(?=\.)|(?<=@)(?=\w)", re.IGNORECASE)
_LIST_MARK = re.compile(r"^(\d{1,9})?([-+.)])(?=\s|$)")


def plain(text: str) -> str:
    """The text with every sign escaped that markdown would read."""
    whole = text.encode("utf-8", "replace").decode("utf-8")  # half a character cannot be sent to a browser
    said = _FOUND_LATER.sub(JOINER, " ".join(whole.split()).translate(SPECIAL))
    return _LIST_MARK.sub(r"\1\\\2", said)
