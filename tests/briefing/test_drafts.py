"""Drafts are kept, listed and deleted; what is damaged is told."""

import pytest

from core.briefing import drafts
from core.errors import BriefingError
from tests.briefing.examples import briefing, sentence


def test_a_draft_comes_back(tmp_path):
    name, made = drafts.new_id(), briefing()
    drafts.save(tmp_path / "briefings", name, made)
    assert drafts.load(tmp_path / "briefings", name) == made
    assert [path.name for path in (tmp_path / "briefings").iterdir()] == [f"{name}.json"]


def test_the_list_names_what_can_be_read(tmp_path):
    drafts.save(tmp_path, "a" * 12, briefing())
    drafts.save(tmp_path, "b" * 12, briefing(sentence()))
    (tmp_path / f"{'c' * 12}.json").write_text("{", encoding="utf-8")
    (tmp_path / "other.json").write_text("{}", encoding="utf-8")
    assert {(draft.id, draft.items) for draft in drafts.drafts(tmp_path)} == {("a" * 12, 2), ("b" * 12, 1)}
    with pytest.raises(BriefingError, match="damaged"):
        drafts.load(tmp_path, "c" * 12)


def test_there_is_nothing_before_the_first(tmp_path):
    assert drafts.drafts(tmp_path / "none") == []
    assert drafts.load(tmp_path, "d" * 12) is None
    drafts.delete(tmp_path, "d" * 12)


def test_a_deleted_draft_is_gone(tmp_path):
    drafts.save(tmp_path, "a" * 12, briefing())
    drafts.delete(tmp_path, "a" * 12)
    assert drafts.drafts(tmp_path) == []


@pytest.mark.parametrize("name", ["", "../corpus", "a" * 11, "A" * 12, f"{'a' * 12}/", "a" * 12 + "\n"])
def test_an_id_cannot_leave_the_folder(tmp_path, name):
    with pytest.raises(BriefingError):
        drafts.load(tmp_path, name)


def test_a_folder_that_is_a_file_is_told(tmp_path):
    (tmp_path / "briefings").write_text("", encoding="utf-8")
    with pytest.raises(BriefingError, match="briefings"):
        drafts.save(tmp_path / "briefings", "a" * 12, briefing())
