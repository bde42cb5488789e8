"""Text of others inside labels and markdown."""

SPECIAL = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]#$~|<>:"})


def plain(text: str) -> str:
    """The text with every sign escaped that markdown would read."""
    return " ".join(text.split()).translate(SPECIAL)
