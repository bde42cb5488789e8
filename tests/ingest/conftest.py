"""What the readers' tests share."""

from collections.abc import Callable

import pytest

from core.ingest import read
from core.model import RawArticle, Refusal
from core.settings import Settings

Reading = Callable[..., list[RawArticle | Refusal]]


@pytest.fixture(scope="session")
def parts() -> Reading:
    """Reads a file under the usual limits, or under those given by name, into a list."""

    def read_all(name: str, data: bytes, **limits: int) -> list[RawArticle | Refusal]:
        return list(read(name, data, settings=Settings(**limits)))  # type: ignore[arg-type]

    return read_all


@pytest.fixture(scope="session")
def article(parts: Reading) -> Callable[..., RawArticle]:
    """Reads a file that holds one article."""

    def read_one(name: str, data: bytes, **limits: int) -> RawArticle:
        (found,) = parts(name, data, **limits)
        assert isinstance(found, RawArticle), found
        return found

    return read_one


@pytest.fixture(scope="session")
def refusal(parts: Reading) -> Callable[..., Refusal]:
    """Reads a file that must be refused as a whole, and checks what all refusals have in common."""

    def read_none(name: str, data: bytes, **limits: int) -> Refusal:
        (found,) = parts(name, data, **limits)
        assert isinstance(found, Refusal), found
        assert name in found.reason
        assert ": " in found.reason
        assert found.reason.endswith(".")
        return found

    return read_none
