"""Setting tasks: who is told, what a change tells whom, ending, removing and setting again, copies."""

import re
from datetime import UTC, date, datetime

import pytest

from disclosures.actions import requirements as acts
from disclosures.actions.requirements import RequirementRefused
from disclosures.duties.duty import terms_due
from disclosures.duties.requirement_moves import what_moves
from disclosures.files.keeping import Brought, FilesRefused
from disclosures.models import Message, Requirement
from disclosures.sheets.export import export
from tests.desk import PDF, Desk
from tests.district import TOWNS, District
from tests.people import liaison, staff
from tests.sheets import imported
from units.models import AuditEvent, UnitGroup

pytestmark = pytest.mark.django_db

NOW = datetime(2020, 6, 10, 1, tzinfo=UTC)
LATER = datetime(2020, 6, 11, 1, tzinfo=UTC)
FIELDS = {
    "code": "RW-202006-09",
    "name": "公开年度总结",
    "assigned_on": date(2020, 6, 10),
    "due_on": date(2020, 6, 30),
    "scope": "all",
    "recurrence": "一次",
    "action": "上传",
    "explanation": "不超过两千字。",
}


@pytest.fixture
def district() -> District:
    return District()


@pytest.fixture
def clerk(district):
    return staff(district.office)


@pytest.fixture
def people(district):
    return [liaison(unit) for unit in (district.street, district.town, district.education)]


def created(district, clerk, at=NOW, **changed) -> Requirement:
    given = {name: changed.pop(name) for name in ("unit_ids", "files", "attachments") if name in changed}
    return acts.create(office=district.office, fields=FIELDS | changed, by=clerk, at=at, **given)


def told(user) -> list[str]:
    return [message.title for message in Message.objects.filter(user=user).order_by("id")]


def refused(words: str):
    return pytest.raises(RequirementRefused, match=f"^{re.escape(words)}$")


def test_a_task_is_told_once_to_everybody_it_asks(district, clerk, people):
    made = created(district, clerk)
    assert [told(user) for user in people] == [["新任务：公开年度总结，6月30日截止"]] * 3
    message = Message.objects.get(user=people[0])
    assert (message.kind, message.address, message.body) == ("task", "/duties/RW-202006-09/once/U01/", "不超过两千字。")
    assert (message.unit, message.urgent) == (district.street, False)
    assert AuditEvent.objects.get(verb="requirement.created").data["code"] == made.code


def test_a_group_or_listed_units_alone_are_told(district, clerk, people):
    created(district, clerk, scope="group", group_id=UnitGroup.objects.get(name=TOWNS).pk)
    assert [len(told(user)) for user in people] == [1, 1, 0]
    created(district, clerk, code="T-2", scope="listed", unit_ids=[district.education.pk])
    assert [len(told(user)) for user in people] == [1, 1, 1]


def test_a_task_entered_for_the_record_is_told_to_nobody(district, clerk, people):
    created(district, clerk, at=datetime(2020, 8, 1, tzinfo=UTC))
    assert not Message.objects.exists()


def test_a_monthly_task_is_told_for_its_first_month(district, clerk, people):
    created(district, clerk, recurrence="每月", due_on=date(2020, 5, 25))
    assert told(people[0]) == ["新任务：公开年度总结（2020年6月），6月25日截止"]
    assert Message.objects.get(user=people[0]).address == "/duties/RW-202006-09/2020-06/U01/"


def test_a_code_is_used_once(district, clerk):
    created(district, clerk)
    with refused("任务编号“RW-202006-09”已经使用，请换一个编号。"):
        created(district, clerk)


def test_attachments_are_checked_like_what_units_bring(district, clerk):
    with pytest.raises(FilesRefused):
        created(district, clerk, files=[Brought("模板.exe", b"MZ")])
    assert not Requirement.objects.exists()
    made = created(district, clerk, files=[Brought("模板.pdf", PDF)])
    assert [file.name for file in made.attachments.all()] == ["模板.pdf"]


def test_a_sheet_meets_the_task_of_the_page(district, clerk):
    created(district, clerk, scope="listed", unit_ids=[district.education.pk, district.town.pk])
    report = imported("requirements", export("requirements", district.office))
    assert (report.new, report.updated, report.unchanged) == (0, 0, 1)


# --- changing


def test_a_new_due_date_is_told_to_who_knows_the_task_and_the_task_to_who_does_not(district, clerk, people):
    made = created(district, clerk, scope="listed", unit_ids=[district.street.pk])
    changed = FIELDS | {"due_on": date(2020, 7, 10), "scope": "all"}
    acts.change(requirement=made, fields=changed, by=clerk, at=LATER)
    assert told(people[0])[-1] == "“公开年度总结”的截止日期改为7月10日"
    assert told(people[1]) == ["新任务：公开年度总结，7月10日截止"]


def test_another_name_is_no_news(district, clerk, people):
    made = created(district, clerk)
    acts.change(requirement=made, fields=FIELDS | {"name": "年度总结"}, by=clerk, at=LATER)
    assert len(told(people[0])) == 1
    made.refresh_from_db()
    assert (made.name, made.code) == ("年度总结", "RW-202006-09")


def test_attachments_come_and_go(district, clerk):
    made = created(district, clerk, files=[Brought("旧.pdf", PDF)])
    dropped = [made.attachments.get().pk]
    acts.change(requirement=made, fields=FIELDS, files=[Brought("新.pdf", PDF)], dropped=dropped, by=clerk, at=LATER)
    assert [file.name for file in made.attachments.all()] == ["新.pdf"]


def test_once_stays_once_when_something_was_handed_in():
    desk = Desk()
    desk.hand_in()
    with refused("已有单位报送材料，不能更改频次。需要改为其他频次的，请另行布置任务。"):
        acts.change(
            requirement=desk.task, fields={"recurrence": "每月", "scope": "all"}, by=desk.clerk, at=desk.later()
        )


def moves(desk: Desk, unit_ids=(), **fields) -> list[str]:
    given = {name: getattr(desk.task, name) for name in acts.KEPT} | fields
    return what_moves(requirement=desk.task, fields=given, unit_ids=unit_ids, day=date(2020, 7, 6))


def test_another_scope_moves_units_out_and_in():
    desk = Desk()
    assert moves(desk, [desk.district.town.pk], scope="listed") == []
    desk.hand_in()
    assert moves(desk, [desk.district.town.pk], scope="listed") == [
        "不再要求报送 3 家：兰山街道、区教育局、区司法局，其中已报送 1 家，材料和记录保留，不再计入统计。"
    ]
    desk.task.refresh_from_db()
    assert desk.task.scope == "all"
    acts.change(
        requirement=desk.task,
        fields={"scope": "listed"},
        unit_ids=[desk.unit.pk],
        by=desk.clerk,
        at=desk.later(),
    )
    desk.task.refresh_from_db()
    assert moves(desk, scope="all") == ["新增报送单位 3 家：李官镇、区教育局、区司法局。"]


def test_another_due_date_moves_who_is_late():
    desk = Desk()
    desk.hand_in()
    assert moves(desk, due_on=date(2020, 6, 15)) == ["由“按时”变为“逾期完成” 1 家：兰山街道。"]
    assert moves(desk, due_on=date(2020, 7, 31)) == ["由“未完成”变为“未到期” 3 家：李官镇、区教育局、区司法局。"]
    assert moves(desk, name="别的名称") == []


def test_of_a_monthly_task_each_month_is_told_by_itself():
    desk = Desk(recurrence="每月", due_on=date(2020, 5, 25))
    desk.hand_in()
    assert moves(desk, due_on=date(2020, 5, 15)) == ["6月份：由“按时”变为“逾期完成” 1 家：兰山街道。"]


def test_what_a_unit_handed_in_stays_when_it_is_asked_no_longer():
    desk = Desk()
    version = desk.hand_in()
    acts.change(
        requirement=desk.task,
        fields={"scope": "listed"},
        unit_ids=[desk.district.town.pk],
        by=desk.clerk,
        at=desk.later(),
    )
    desk.task.refresh_from_db()
    duty = desk.duty()
    assert (duty.asked, duty.submission) == (False, version.submission)


# --- ending, removing


def test_a_monthly_task_ends_and_goes_on(district, clerk):
    made = created(district, clerk, recurrence="每月")
    acts.end(requirement=made, ends_on=date(2020, 7, 31), by=clerk, at=LATER)

    def months() -> list[str]:
        return [term.code for term in terms_due(district.office, date(2020, 6, 1), date(2020, 9, 30))]

    assert months() == ["2020-06", "2020-07"]
    acts.end(requirement=made, ends_on=None, by=clerk, at=LATER)
    assert months() == ["2020-06", "2020-07", "2020-08", "2020-09"]
    with refused("停止日期不能早于布置日期2020年6月10日。"):
        acts.end(requirement=made, ends_on=date(2020, 6, 1), by=clerk, at=LATER)
    once = created(district, clerk, code="T-2")
    with refused("只有每月任务可以停止布置。"):
        acts.end(requirement=once, ends_on=date(2020, 7, 31), by=clerk, at=LATER)


def test_a_task_is_removed_and_set_again_as_it_was(district, clerk, people):
    made = created(
        district,
        clerk,
        scope="listed",
        unit_ids=[district.street.pk, district.town.pk],
        files=[Brought("模板.pdf", PDF)],
        lock_after_days=3,
    )
    before = {name: getattr(made, name) for name in acts.KEPT}
    event = acts.delete(requirement=made, by=clerk, at=LATER)
    assert not Requirement.objects.exists()
    assert told(people[0]) == []
    again = acts.restore(event=AuditEvent.objects.get(pk=event.pk), by=clerk, at=LATER)
    again.refresh_from_db()
    assert {name: getattr(again, name) for name in acts.KEPT} == before
    assert set(again.units.all()) == {district.street, district.town}
    assert [file.name for file in again.attachments.all()] == ["模板.pdf"]
    assert len(told(people[0])) == 1
    with refused("任务编号“RW-202006-09”已经使用，请换一个编号。"):
        acts.restore(event=event, by=clerk, at=LATER)


def test_who_has_read_of_a_task_is_told_that_it_is_gone(district, clerk, people):
    made = created(district, clerk)
    Message.objects.filter(user=people[0]).update(read_at=NOW)
    acts.delete(requirement=made, by=clerk, at=LATER)
    assert told(people[0])[-1] == "任务已取消：公开年度总结"
    assert told(people[1]) == []


def test_a_task_with_something_on_record_stays():
    desk = Desk()
    desk.extend(date(2020, 7, 10))
    with refused("该任务已有办理延期记录，不能删除。不再需要的，可以修改范围或停止布置。"):
        acts.delete(requirement=desk.task, by=desk.clerk, at=desk.later())
    desk.hand_in()
    with refused("已有单位报送材料，不能删除。不再需要的每月任务，可以停止布置。"):
        acts.delete(requirement=desk.task, by=desk.clerk, at=desk.later())


def test_copies_ask_the_same_units_and_are_set_together_or_not_at_all(district, clerk, people):
    made = created(
        district,
        clerk,
        scope="listed",
        unit_ids=[district.street.pk],
        files=[Brought("模板.pdf", PDF)],
        source_month="2020-05",
        counted_until=date(2020, 7, 6),
    )
    fields = {
        "code": "RW-202007-01",
        "name": "公开半年总结",
        "due_on": date(2020, 7, 30),
        "assigned_on": date(2020, 6, 11),
    }
    (copy,) = acts.copy_all(office=district.office, copies=[(made, fields)], by=clerk, at=LATER)
    assert (copy.name, copy.source_month, copy.counted_until) == ("公开半年总结", "", None)
    assert [unit.pk for unit in copy.units.all()] == [district.street.pk]
    assert [file.name for file in copy.attachments.all()] == ["模板.pdf"]
    with refused("任务编号“RW-202007-01”已经使用，请换一个编号。"):
        acts.copy_all(
            office=district.office, copies=[(made, fields | {"code": "NEW"}), (made, fields)], by=clerk, at=LATER
        )
    assert Requirement.objects.count() == 2
