"""What is worked out of a word once and kept: the words of a text are mostly old ones."""

from collections.abc import Callable
from typing import TypeVar

Value = TypeVar("Value")
MOST = 200_000  # entries; a full memory is dropped whole


class Remembered(dict[str, Value]):
    """A table that fills itself: asked for a key it does not hold, it works the value out and keeps it."""

    def __init__(self, work_out: Callable[[str], Value], most: int = MOST) -> None:
        super().__init__()
        self._work_out, self._most = work_out, most

    def __missing__(self, key: str) -> Value:
        if len(self) >= self._most:
            self.clear()
        value = self[key] = self._work_out(key)
        return value
