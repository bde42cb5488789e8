"""What all tests share: the measuring data beside the project, and settings that touch no real corpus."""

from pathlib import Path

import pytest

from core.settings import Settings

PROJECT = Path(__file__).resolve().parent.parent
SHARED_DATA = PROJECT.parent / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of measuring data, which is no part of the project."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the measuring data is not beside the project (../shared/data)")
    return SHARED_DATA


@pytest.fixture(autouse=True)
def tag_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker process takes seconds to start: tests/faults and tests/browser have them, the others need none."""
    monkeypatch.setenv("TELAAH_WORKERS", "0")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_folder=tmp_path / "data", workers=0)
