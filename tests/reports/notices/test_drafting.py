"""Changing a draft: bound numbers stay bound, the data move beneath, nobody overwrites anybody."""

from datetime import date

import pytest

from reports.actions import drafting
from reports.actions.drafting import DraftRefused, ParagraphMoved
from reports.desk import desk_of
from reports.models import NoticeDraft, ParagraphRevision
from reports.preparation import prepare_draft
from tests.reports.notices.conftest import AT, ISSUED_ON, JUNE

pytestmark = pytest.mark.django_db

MAILBOX = "mailbox.1"


def lying(draft, key):
    draft.refresh_from_db()
    return next(each for each in desk_of(draft, prepare_draft(draft)).paragraphs if each.key == key)


def change(bureau, draft, key, old, new, version=0):
    words = lying(draft, key).paragraph.text
    assert old in words
    return drafting.change(draft=draft, key=key, words=words.replace(old, new), version=version, by=bureau.clerk, at=AT)


def test_there_is_one_draft_of_a_period(bureau):
    assert bureau.begin() == bureau.begin()
    assert NoticeDraft.objects.count() == 1


def test_untouched_paragraphs_follow_the_data_and_changed_ones_keep_their_words(bureau):
    draft = bureau.begin()
    change(bureau, draft, MAILBOX, "收到", "共收到群众")
    bureau.district.letter(bureau.district.street, answered=date(2020, 6, 9))
    bureau.district.item(bureau.district.street)
    changed = lying(draft, MAILBOX)
    assert "共收到群众" in changed.paragraph.text
    assert changed.has_moved
    assert "2件" in changed.written
    assert "共发布信息10条" in lying(draft, "published.1").paragraph.text


def test_numbers_that_stay_are_bound_and_a_typed_one_is_told_by_the_checks(bureau):
    draft = bureau.begin()
    change(bureau, draft, "published.1", "发布信息", "公开信息")
    bound = lying(draft, "published.1").paragraph.figures
    assert "published.total" in [figure.name for figure in bound]
    change(bureau, draft, "published.1", "信息9条", "信息8条", version=1)
    told = [finding.message for finding in prepare_draft(draft).findings]
    assert any("没有对应的统计数据" in message for message in told)


def test_a_number_the_data_have_moved_under_is_an_error_until_it_is_renewed(bureau):
    draft = bureau.begin()
    change(bureau, draft, "published.1", "发布信息", "公开信息")
    bureau.district.item(bureau.district.street)
    errors = [each.message for each in prepare_draft(draft).findings if each.code == "number_not_figure"]
    assert errors
    assert "写作9，统计数据为10" in errors[0]
    drafting.renew(draft=draft, key="published.1", version=1, by=bureau.clerk, at=AT)
    renewed = lying(draft, "published.1")
    assert "公开信息10条" in renewed.paragraph.text
    assert not renewed.has_moved


def test_keeping_and_restoring(bureau):
    draft = bureau.begin()
    before = lying(draft, MAILBOX).paragraph.text
    change(bureau, draft, MAILBOX, "收到", "共收到")
    bureau.district.letter(bureau.district.street, answered=date(2020, 6, 9))
    drafting.keep(draft=draft, key=MAILBOX, version=1, by=bureau.clerk, at=AT)
    kept = lying(draft, MAILBOX)
    assert not kept.has_moved
    assert "共收到" in kept.paragraph.text
    drafting.restore(draft=draft, key=MAILBOX, version=2, by=bureau.clerk, at=AT)
    restored = lying(draft, MAILBOX)
    assert restored.row is None
    assert restored.paragraph.text != before
    acts = list(ParagraphRevision.objects.values_list("act", flat=True))
    assert acts == ["restored", "kept", "changed"]


def test_the_second_of_two_sees_what_the_first_wrote(bureau):
    draft = bureau.begin()
    change(bureau, draft, MAILBOX, "收到", "共收到")
    with pytest.raises(ParagraphMoved, match="^李经办刚刚修改了这一段，请核对后再保存。$") as moved:
        drafting.change(draft=draft, key=MAILBOX, words="别的话。", version=0, by=bureau.reviewer, at=AT)
    assert "共收到" in drafting.words_of_row(moved.value.now)


def test_leaving_out_adding_and_moving(bureau):
    draft = bureau.begin()
    drafting.leave_out(draft=draft, key=MAILBOX, version=0, by=bureau.clerk, at=AT)
    prepared = prepare_draft(draft)
    assert MAILBOX not in [paragraph.key for paragraph in prepared.notice.paragraphs()]
    assert [each.row.key for each in desk_of(draft, prepared).left_out] == [MAILBOX]
    row = drafting.add(draft=draft, section="published", words="各单位发布质量有所提高。", by=bureau.clerk, at=AT)
    keys = [each.key for each in prepare_draft(draft).notice.paragraphs() if each.key.startswith("published.")]
    assert keys[-1] == row.key
    drafting.move(draft=draft, key=row.key, up=True, by=bureau.clerk, at=AT)
    draft.refresh_from_db()
    moved = [each.key for each in prepare_draft(draft).notice.paragraphs() if each.key.startswith("published.")]
    assert moved == [*keys[:-2], row.key, keys[-2]]
    drafting.leave_out(draft=draft, key=row.key, version=1, by=bureau.clerk, at=AT)
    assert not draft.paragraphs.filter(key=row.key).exists()


def test_a_section_that_is_left_out_takes_its_number_along(bureau):
    draft = bureau.begin()
    before = [section.title for section in prepare_draft(draft).notice.sections]
    drafting.leave_out(draft=draft, key="applications.1", version=0, by=bureau.clerk, at=AT)
    after = [section.title for section in prepare_draft(draft).notice.sections]
    assert any("依申请公开" in title for title in before)
    assert not any("依申请公开" in title for title in after)
    assert "（二）部门信箱办理情况" in after


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("  ", "段落内容为空。不需要这一段的，请点“删去”。"),
        ("字" * 5001, "这一段有5001个字，请分成几段，每段不超过5000个字。"),
    ],
)
def test_words_that_cannot_be_kept(bureau, words, sentence):
    draft = bureau.begin()
    with pytest.raises(DraftRefused, match=f"^{sentence}$"):
        drafting.change(draft=draft, key=MAILBOX, words=words, version=0, by=bureau.clerk, at=AT)


def test_what_is_issued_already_is_corrected_instead(bureau):
    bureau.issue(bureau.begin())
    with pytest.raises(DraftRefused, match="^2020年6月通报已经印发，需要修改的请办理更正。$"):
        drafting.begin(office=bureau.district.office, period=JUNE, issued_on=ISSUED_ON, by=bureau.clerk, at=AT)
