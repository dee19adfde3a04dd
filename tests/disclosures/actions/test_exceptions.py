"""Extensions and exemptions: granted with a reason, approved where that is another's right, each undoable."""

import re
from datetime import date

import pytest

from disclosures.actions import exceptions
from disclosures.actions.duties import DutyRefused
from disclosures.actions.exceptions import Place
from disclosures.compliance import Standing
from disclosures.models import DutyEvent, DutyExemption, DutyExtension, Message
from tests.desk import Desk
from tests.people import leader

pytestmark = pytest.mark.django_db

JULY_10, JULY_20 = date(2020, 7, 10), date(2020, 7, 20)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def refused(words: str):
    return pytest.raises(DutyRefused, match=f"^{re.escape(words)}$")


def told(user) -> list[str]:
    return [message.title for message in Message.objects.filter(user=user).order_by("id")]


def words(desk: Desk) -> list[str]:
    """The steps of the duty with their words, oldest first."""
    events = DutyEvent.objects.filter(unit=desk.unit).order_by("at", "id")
    return [
        f"{event.get_kind_display()}：{event.words}" if event.words else event.get_kind_display() for event in events
    ]


# --- a later day


def test_an_extension_moves_the_day_and_the_unit_is_told(desk):
    desk.extend(JULY_10)
    assert desk.duty().due_on == JULY_10
    assert told(desk.liaison) == ["“实施方案”已延期至7月10日"]
    assert words(desk) == ["办理延期：延期至2020年7月10日。机构调整"]


def test_what_is_late_already_is_in_time_by_an_extension(desk):
    desk.on(date(2020, 7, 6))
    desk.hand_in()
    assert desk.duty().standing is Standing.LATE
    desk.extend(JULY_10)
    assert desk.duty().standing is Standing.DONE


def test_an_extension_takes_the_place_of_the_one_before(desk):
    desk.extend(JULY_10)
    desk.extend(JULY_20)
    assert desk.duty().due_on == JULY_20
    assert DutyExtension.objects.in_force().count() == 1
    with refused("这个单位已延期至2020年7月20日，没有变化。"):
        desk.extend(JULY_20)


@pytest.mark.parametrize("until", [date(2020, 6, 30), date(2020, 6, 1)])
def test_an_extension_is_later_than_the_due_date(desk, until):
    with refused("延期日期应晚于任务的截止日期2020年6月30日。"):
        desk.extend(until)


def test_who_is_done_or_exempt_needs_no_extension(desk):
    desk.accept(desk.hand_in())
    with refused("这个单位已按时完成，不需要延期。"):
        desk.extend(JULY_10)
    desk.ask_exemption(by=desk.reviewer, unit=desk.district.town)
    with refused("该任务对这个单位已标记为不适用，不需要延期。"):
        desk.extend(JULY_10, unit=desk.district.town)


def test_what_may_still_be_returned_may_have_more_time(desk):
    version = desk.hand_in()
    desk.extend(JULY_10)
    desk.return_(version)
    desk.on(date(2020, 7, 6))
    desk.hand_in()
    assert desk.duty().standing is Standing.DONE


def test_an_exception_needs_a_reason_and_a_unit_that_is_asked(desk):
    with refused("请填写理由，说明依据的文件或情况。"):
        desk.extend(JULY_10, reason="  ")
    desk.task = desk.district.requirement(code="T-2", units=(desk.district.town,))
    with refused("该任务没有要求这个单位报送，不需要办理。"):
        desk.extend(JULY_10)


def test_taken_back_the_day_of_the_task_holds_again(desk):
    extension = desk.extend(JULY_10)
    exceptions.revoke_extension(extension=extension, by=desk.clerk, at=desk.later())
    assert desk.duty().due_on == date(2020, 6, 30)
    assert told(desk.liaison) == []
    assert words(desk)[-1] == "撤销延期：恢复为2020年6月30日截止"
    with refused("这项延期已经撤销，不需要重复撤销。"):
        exceptions.revoke_extension(extension=extension, by=desk.clerk, at=desk.later())


def test_who_has_read_of_the_extension_is_told_that_it_is_taken_back(desk):
    extension = desk.extend(JULY_10)
    Message.objects.update(read_at=desk.now)
    exceptions.revoke_extension(extension=extension, by=desk.clerk, at=desk.later())
    assert told(desk.liaison)[-1] == "“实施方案”的延期已撤销，恢复为2020年6月30日截止"


# --- no duty


def test_who_may_approve_marks_at_once(desk):
    exemption = desk.ask_exemption(by=desk.reviewer)
    assert (exemption.approved_by, exemption.approved_at) == (desk.reviewer, desk.now)
    assert desk.duty().standing is Standing.EXEMPT
    assert told(desk.liaison) == ["“实施方案”已标记为不适用，不需要报送"]
    assert words(desk) == ["标记不适用：没有该项职责"]


def test_who_may_not_asks_and_the_duty_holds_until_it_is_approved(desk):
    exemption = desk.ask_exemption()
    assert (desk.duty().standing, desk.duty().awaits_approval) == (Standing.AWAITED, True)
    assert told(desk.liaison) == []
    assert told(desk.reviewer) == ["请批准：兰山街道的“实施方案”标记为不适用"]
    with refused("您没有批准标记不适用的权限，请由可以批准的人员办理。"):
        exceptions.approve_exemption(exemption=exemption, by=desk.clerk, at=desk.later())
    exceptions.approve_exemption(exemption=exemption, by=leader(desk.office), at=desk.later())
    assert desk.duty().standing is Standing.EXEMPT
    assert told(desk.clerk) == ["已批准：兰山街道的“实施方案”标记为不适用"]
    assert words(desk) == ["申请标记不适用：没有该项职责", "标记不适用：没有该项职责"]


def test_declined_the_duty_stays_and_who_asked_is_told_why(desk):
    exemption = desk.ask_exemption()
    exceptions.refuse_exemption(exemption=exemption, reason="职责未划转。", by=desk.reviewer, at=desk.later())
    assert desk.duty().exemption is None
    assert told(desk.clerk) == ["未同意：兰山街道的“实施方案”标记为不适用"]
    with refused("这项申请已经撤销或办结，不需要再办理。"):
        exceptions.approve_exemption(exemption=exemption, by=desk.reviewer, at=desk.later())
    desk.ask_exemption()


def test_an_exemption_is_decided_once(desk):
    exemption = desk.ask_exemption()
    with refused("已有人申请将该任务标记为不适用，正在等待批准。"):
        desk.ask_exemption()
    exceptions.approve_exemption(exemption=exemption, by=desk.reviewer, at=desk.later())
    with refused("这项申请已由王审核批准。"):
        exceptions.approve_exemption(exemption=exemption, by=desk.reviewer, at=desk.later())
    with refused("该任务对这个单位已标记为不适用，不需要重复办理。"):
        desk.ask_exemption()


def test_what_was_handed_in_was_applicable(desk):
    desk.hand_in()
    with refused("这个单位已报送材料或已在网站公开，不能标记为不适用。"):
        desk.ask_exemption()


def test_an_approved_exemption_is_taken_back_by_who_may_approve(desk):
    exemption = desk.ask_exemption(by=desk.reviewer)
    with refused("不适用标记已经批准，只有可以批准的人员才能撤销。"):
        exceptions.revoke_exemption(exemption=exemption, by=desk.clerk, at=desk.later())
    exceptions.revoke_exemption(exemption=exemption, by=desk.reviewer, at=desk.later())
    assert desk.duty().standing is Standing.AWAITED
    desk.hand_in()


# --- several at once


def places(desk: Desk) -> list[Place]:
    return [Place(desk.task, "", unit) for unit in (desk.unit, desk.district.town, desk.district.education)]


def test_of_several_each_is_granted_for_itself_and_all_are_taken_back_at_one_stroke(desk):
    desk.accept(desk.hand_in(unit=desk.district.town))
    desk.extend(JULY_10)
    at = desk.later()
    outcomes = exceptions.extend_all(places=places(desk), until=JULY_20, reason="系统维护", by=desk.clerk, at=at)
    assert [outcome.refused for outcome in outcomes] == ["", "这个单位已按时完成，不需要延期。", ""]
    back = exceptions.take_back(by=desk.clerk, granted_at=at, at=desk.later())
    assert [outcome.refused for outcome in back] == ["", ""]
    # The extension that was replaced holds again.
    assert desk.duty().due_on == JULY_10
    assert words(desk)[-1] == "撤销延期：恢复为2020年7月10日截止"
    assert desk.duty(desk.district.education).due_on == date(2020, 6, 30)


def test_what_somebody_has_approved_since_is_not_taken_back_by_who_asked(desk):
    at = desk.later()
    exceptions.exempt_all(places=places(desk), reason="没有职责", by=desk.clerk, at=at)
    first = DutyExemption.objects.get(unit=desk.unit)
    exceptions.approve_exemption(exemption=first, by=desk.reviewer, at=desk.later())
    back = exceptions.take_back(by=desk.clerk, granted_at=at, at=desk.later())
    assert sorted(outcome.refused for outcome in back) == ["", "", "不适用标记已经批准，只有可以批准的人员才能撤销。"]
    assert DutyExemption.objects.in_force().get() == first
