"""Reviewing: accepted, returned with a reason, taken back; what was not looked at is not decided; several at once."""

import re
from datetime import date

import pytest

from disclosures.actions import reviews
from disclosures.actions.duties import DutyRefused
from disclosures.actions.reviews import Looked
from disclosures.compliance import Standing
from disclosures.models import DutyEvent, Message, Submission
from tests.desk import Desk
from tests.people import liaison
from units.models import AuditEvent

pytestmark = pytest.mark.django_db

Review = Submission.Review


@pytest.fixture
def desk() -> Desk:
    return Desk()


def refused(words: str):
    return pytest.raises(DutyRefused, match=f"^{re.escape(words)}$")


def told(desk: Desk) -> list[tuple[str, str, bool]]:
    """What the liaison was told, oldest first: kind, title, whether at once."""
    messages = Message.objects.filter(user=desk.liaison).order_by("id")
    return [(message.kind, message.title, message.urgent) for message in messages]


def test_accepted_it_says_by_whom_and_the_unit_is_told(desk):
    record = desk.accept(desk.hand_in())
    assert (record.review, record.reviewed_by, record.reviewed_at) == (Review.ACCEPTED, desk.clerk, desk.now)
    assert told(desk) == [("accepted", "“实施方案”的材料已通过审核", False)]
    assert Message.objects.get(user=desk.liaison).address == "/duties/T-1/once/U01/"
    assert DutyEvent.objects.first().kind == "accepted"
    assert AuditEvent.objects.filter(verb="duty.accepted", by=desk.clerk).exists()


def test_returned_with_its_reason_the_unit_is_told_at_once(desk):
    record = desk.return_(desk.hand_in(), "  缺少公章。\n数据有误。 ")
    assert (record.review, record.review_words) == (Review.RETURNED, "缺少公章。\n数据有误。")
    assert told(desk) == [("returned", "“实施方案”的材料被退回，请修改后重新报送", True)]
    assert Message.objects.get(user=desk.liaison).body == "缺少公章。\n数据有误。"
    assert DutyEvent.objects.first().words == "缺少公章。\n数据有误。"


def test_a_return_needs_a_reason(desk):
    version = desk.hand_in()
    with refused("请填写退回原因，说明哪里不符合要求、应如何修改。"):
        desk.return_(version, " \n ")
    version.submission.refresh_from_db()
    assert version.submission.review == Review.PENDING


def test_what_somebody_else_decided_is_not_decided_again(desk):
    version = desk.hand_in()
    desk.accept(version, by=desk.reviewer)
    with refused("这份材料已由王审核审核通过，不能重复审核。"):
        desk.return_(version)
    other = desk.hand_in(unit=desk.district.town)
    desk.return_(other)
    with refused("这份材料已由李经办退回，不能重复审核。"):
        desk.accept(other)


def test_a_version_that_came_meanwhile_is_looked_at_first(desk):
    first = desk.hand_in()
    looked = desk.looked(first)
    desk.hand_in()
    with refused("单位报送了新的版本（第2版），请查看后再审核。"):
        reviews.accept(looked=looked, by=desk.clerk, at=desk.later())
    reviews.accept(looked=Looked(looked.submission_id, 2), by=desk.clerk, at=desk.later())


def test_what_was_withdrawn_meanwhile_needs_no_review(desk):
    version = desk.hand_in()
    looked = desk.looked(version)
    desk.withdraw(version)
    with refused("单位已撤回这份材料，不需要审核。"):
        reviews.accept(looked=looked, by=desk.clerk, at=desk.later())


def test_what_a_sheet_brought_is_reviewed_without_a_version(desk):
    record = desk.district.submission(desk.task, desk.unit, date(2020, 6, 20), review=Review.PENDING)
    reviews.accept(looked=Looked(record.pk), by=desk.clerk, at=desk.later())
    assert DutyEvent.objects.get().hand_in is None


def test_the_successor_of_a_unit_is_told_and_has_the_history(desk):
    version = desk.hand_in()
    desk.unit.dissolved_on, desk.unit.successor = date(2020, 6, 22), desk.district.town
    desk.unit.save()
    heir = liaison(desk.district.town)
    desk.on(date(2020, 6, 23))
    desk.accept(version)
    assert desk.duty(desk.district.town).standing is Standing.DONE
    assert Message.objects.get(kind="accepted").user == heir
    assert DutyEvent.objects.get(kind="accepted").unit == desk.district.town
    assert not Message.objects.filter(user=desk.liaison).exists()


# --- taking a verdict back


def test_reopened_it_waits_again_and_what_nobody_has_read_was_never_told(desk):
    record = desk.reopen(desk.return_(desk.hand_in()))
    assert (record.review, record.review_words, record.reviewed_by) == (Review.PENDING, "", None)
    assert told(desk) == []
    assert DutyEvent.objects.first().words == "原结果：退回"


def test_who_has_read_of_the_verdict_is_told_that_it_is_taken_back(desk):
    record = desk.accept(desk.hand_in())
    Message.objects.filter(user=desk.liaison).update(read_at=desk.now)
    desk.reopen(record)
    assert told(desk)[-1] == ("handed_in", "“实施方案”的材料恢复为待审核", False)


def test_a_verdict_whose_mail_has_gone_out_is_corrected_too(desk):
    record = desk.accept(desk.hand_in())
    Message.objects.filter(user=desk.liaison).update(mail=Message.Mail.SENT)
    desk.reopen(record)
    assert len(told(desk)) == 2


def test_a_return_is_not_taken_back_once_the_unit_has_handed_in_again(desk):
    record = desk.return_(desk.hand_in())
    desk.on(date(2020, 6, 25))
    desk.hand_in()
    with refused("单位已重新报送材料，不能撤销这次退回。"):
        desk.reopen(record)


def test_what_waits_cannot_be_reopened(desk):
    version = desk.hand_in()
    with refused("这份材料正在等待审核，不需要撤销审核。"):
        desk.reopen(version.submission)


# --- several at once


def test_of_several_each_is_decided_for_itself(desk):
    versions = [
        desk.hand_in(unit=unit) for unit in (desk.district.town, desk.district.education, desk.district.justice)
    ]
    looked = [desk.looked(version) for version in versions]
    desk.hand_in(unit=desk.district.education)
    desk.return_(versions[2])
    outcomes = reviews.accept_all(looked=looked, by=desk.clerk, at=desk.later())
    assert [(outcome.name, outcome.refused) for outcome in outcomes] == [
        ("李官镇的“实施方案”", ""),
        ("区教育局的“实施方案”", "单位报送了新的版本（第2版），请查看后再审核。"),
        ("区司法局的“实施方案”", "这份材料已由李经办退回，不能重复审核。"),
    ]
    assert Submission.objects.filter(review=Review.ACCEPTED).count() == 1


def test_what_was_decided_at_one_stroke_is_taken_back_at_one_stroke(desk):
    versions = [desk.hand_in(unit=unit) for unit in (desk.district.town, desk.district.education)]
    earlier = desk.accept(desk.hand_in())
    at = desk.later()
    reviews.return_all(looked=map(desk.looked, versions), reason="缺少附件。", by=desk.clerk, at=at)
    desk.on(date(2020, 6, 22))
    desk.hand_in(unit=desk.district.education)
    outcomes = reviews.reopen_all(by=desk.clerk, decided_at=at, at=desk.later())
    assert [outcome.refused for outcome in outcomes] == ["", "单位已重新报送材料，不能撤销这次退回。"]
    earlier.refresh_from_db()
    assert earlier.review == Review.ACCEPTED
    assert not reviews.reopen_all(by=desk.reviewer, decided_at=at, at=desk.later())
