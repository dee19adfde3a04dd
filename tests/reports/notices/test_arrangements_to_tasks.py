"""The arrangements of an issued notice become tasks at once, and the next notice tells of them."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from disclosures.actions import requirements
from disclosures.models import Arrangement, Message, Requirement
from lanshan_portal.periods import Period
from reports.actions.arrangements import TasksRefused, Wanted, set_tasks
from reports.arrangements import arrangements_of, column_in, proposed, source_of
from reports.preparation import prepare
from tests.pages import page_at
from tests.people import liaison, signed_in
from units.models import AuditEvent

pytestmark = pytest.mark.django_db

JULY = Period.month(2020, 7)
AT = datetime(2020, 7, 7, 2, tzinfo=UTC)
SUMMARY = "加强网站发布信息的时效性，各单位要将相关信息上传至“公开-区政府信息公开-规划计划-年度总结和计划”栏目。"


@pytest.fixture
def arranged(bureau, notice) -> list[Arrangement]:
    """June's two arrangements: one that says what to do by when, one that does not."""
    rows = (
        ("及时公开2020年上半年工作总结", SUMMARY, date(2020, 7, 24), True),
        ("加强政策解读力度", "要加大公开力度。", None, False),
    )
    return [
        Arrangement.objects.create(
            office=bureau.district.office,
            key=f"A{number}",
            term="2020-06",
            number=number,
            title=title,
            body=body,
            due_on=due_on,
            becomes_requirement=becomes,
        )
        for number, (title, body, due_on, becomes) in enumerate(rows, start=1)
    ]


@pytest.fixture
def taken(bureau) -> Requirement:
    """A task that has a number already."""
    fields = {"code": "RW-9", "name": "实施方案", "due_on": date(2020, 6, 30), "scope": "all"}
    return requirements.create(office=bureau.district.office, fields=fields, by=bureau.clerk, at=AT)


def wanted(arrangement, **fields):
    given = {"code": "RW-202007-01", "due_on": date(2020, 7, 24), **proposed(arrangement), "group_id": None}
    return Wanted(arrangement, given | fields)


def sent(arrangement, **fields):
    """The row of the arrangement as the page sends it."""
    given = {
        "ticked": "on",
        "code": f"RW-202007-0{arrangement.number}",
        "name": "2020年上半年工作总结",
        "action": "公开",
        "due_on": "2020-07-24",
        "recurrence": "一次",
        "scope": "all",
        "column": "",
    }
    return {f"a{arrangement.pk}-{name}": value for name, value in (given | fields).items() if value is not None}


def test_a_title_is_read_as_what_to_do_with_what(arranged):
    first, second = arranged
    assert proposed(first) == {
        "ticked": True,
        "name": "2020年上半年工作总结",
        "due_on": date(2020, 7, 24),
        "scope": "all",
        "action": "公开",
        "recurrence": "一次",
        "column": "公开-区政府信息公开-规划计划-年度总结和计划",
    }
    assert (proposed(second)["name"], proposed(second)["action"]) == ("加强政策解读力度", "其他")
    assert column_in("使用“创可贴”工具") == ""
    assert column_in("至“公开-区政府信息公开-\n规划计划”栏目") == "公开-区政府信息公开-规划计划"


@pytest.mark.parametrize(
    ("period", "source"),
    [
        (Period.month(2020, 6), "2020-06"),
        (Period.quarter(2020, 2), "2020-Q2"),
        (Period.window(date(2020, 5, 24), date(2020, 6, 29)), "2020-06"),
    ],
)
def test_the_source_is_the_notice_s_period(period, source):
    assert source_of(period) == source


def test_the_next_notice_tells_of_what_this_one_asked_for(bureau, notice, arranged):
    (made,) = set_tasks(issued=notice, wanted=[wanted(arranged[0])], by=bureau.clerk, at=AT)
    assert (made.source_month, made.placement, made.assigned_on) == ("2020-06", "上期重点工作", date(2020, 7, 6))
    district = bureau.district
    for unit in (district.street, district.town, district.education):
        district.submission(made, unit, date(2020, 7, 20))
    july = prepare(district.office, JULY, date(2020, 8, 6)).notice
    (section,) = [each for each in july.sections if each.title.endswith("上期通报中重点工作完成情况")]
    assert [each.text for each in section.paragraphs if each.text != section.title] == [
        "6月份通报中要求公开2020年上半年工作总结，截至8月6日，仍有1个单位未公开：区司法局。"
    ]


def test_units_are_told_and_the_log_says_so(bureau, notice, arranged):
    person = liaison(bureau.district.town)
    set_tasks(issued=notice, wanted=[wanted(arranged[0])], by=bureau.clerk, at=AT)
    message = Message.objects.get(user=person)
    assert (message.title, message.body) == ("新任务：2020年上半年工作总结，7月24日截止", SUMMARY)
    assert AuditEvent.objects.get(verb="notice.arranged").data["codes"] == ["RW-202007-01"]


@pytest.mark.parametrize(
    ("codes", "due_on", "sentence"),
    [
        (("RW-1", "RW-1"), date(2020, 7, 24), "任务编号“RW-1”重复，请换一个编号。"),
        (("RW-1", "RW-9"), date(2020, 7, 24), "任务编号“RW-9”已经使用，请换一个编号。"),
        (("RW-1", "RW-2"), date(2020, 7, 1), "截止日期早于通报印发日期，请核对。"),
    ],
)
def test_all_or_none(bureau, notice, arranged, taken, codes, due_on, sentence):
    before = Requirement.objects.count()
    rows = [wanted(arranged[0], code=codes[0]), wanted(arranged[1], code=codes[1], due_on=due_on)]
    with pytest.raises(TasksRefused) as refused:
        set_tasks(issued=notice, wanted=rows, by=bureau.clerk, at=AT)
    assert refused.value.sentences == {arranged[1].pk: sentence}
    assert Requirement.objects.count() == before
    assert not AuditEvent.objects.filter(verb="notice.arranged").exists()


def test_none_is_set_twice_even_under_another_name(bureau, notice, arranged):
    set_tasks(issued=notice, wanted=[wanted(arranged[0], name="半年总结")], by=bureau.clerk, at=AT)
    with pytest.raises(TasksRefused, match="^已布置为任务 RW-202007-01，不需要重复布置。$"):
        set_tasks(issued=notice, wanted=[wanted(arranged[0], code="RW-202007-02")], by=bureau.clerk, at=AT)
    assert [each.task and each.task.name for each in arrangements_of(notice)] == ["半年总结", None]


def test_one_gone_meanwhile_is_not_set(bureau, notice, arranged):
    row = wanted(arranged[1])
    Arrangement.objects.filter(pk=arranged[1].pk).delete()
    with pytest.raises(TasksRefused, match="^工作安排已删除，请刷新页面后再布置。$"):
        set_tasks(issued=notice, wanted=[row], by=bureau.clerk, at=AT)


class TestThePage:
    def test_it_leads_from_the_notice_and_proposes(self, bureau, notice, arranged):
        client = signed_in(bureau.clerk)
        address = reverse("issued_tasks", args=[notice.pk])
        assert f'href="{address}"' in page_at(client, reverse("issued", args=[notice.pk]))
        page = page_at(client, address)
        assert 'value="2020年上半年工作总结"' in page
        assert 'value="公开-区政府信息公开-规划计划-年度总结和计划"' in page
        assert 'value="2020-07-24"' in page
        assert 'name="a%s-ticked" id="id_a%s-ticked" checked' % ((arranged[0].pk,) * 2) in page
        assert 'name="a%s-ticked" id="id_a%s-ticked" checked' % ((arranged[1].pk,) * 2) not in page

    def test_who_sets_no_tasks_sees_no_button(self, bureau, notice, arranged):
        address = reverse("issued_tasks", args=[notice.pk])
        client = signed_in(bureau.reviewer)
        assert address not in page_at(client, reverse("issued", args=[notice.pk]))
        assert client.get(address).status_code == 403

    def test_all_that_is_ticked_is_set_at_once(self, bureau, notice, arranged):
        client = signed_in(bureau.clerk)
        town = bureau.district.town
        second = sent(arranged[1], name="政策解读", action="其他", scope="listed", units=[town.pk])
        response = client.post(reverse("issued_tasks", args=[notice.pk]), sent(arranged[0]) | second, follow=True)
        page = response.content.decode()
        assert "已布置 2 项任务，下期通报列出未完成的单位。" in page
        assert page.count("已布置　RW-202007-0") == 2
        assert "requirement=RW-202007-01" in page
        assert [unit.pk for unit in Requirement.objects.get(code="RW-202007-02").units.all()] == [town.pk]

    def test_what_is_wrong_is_told_beside_its_row(self, bureau, notice, arranged, taken):
        client = signed_in(bureau.clerk)
        address = reverse("issued_tasks", args=[notice.pk])
        response = client.post(address, {})
        assert (response.status_code, "请勾选要布置的工作安排。" in response.content.decode()) == (422, True)
        rows = sent(arranged[0], ticked=None, due_on="") | sent(arranged[1], due_on="", scope="group")
        response = client.post(address, rows)
        page = response.content.decode()
        assert response.status_code == 422
        assert "任务没有布置，请先改正标出的内容。" in page
        first, second = page.split("data-task-row")[1:]
        assert "请选择日期。" not in first
        assert "请选择日期。" in second
        assert "请选择要报送的分组。" in second
        response = client.post(address, sent(arranged[0]) | sent(arranged[1], code="RW-9"))
        assert "任务编号“RW-9”已经使用，请换一个编号。" in response.content.decode().split("data-task-row")[2]
        assert not Requirement.objects.filter(source_month="2020-06").exists()

    def test_without_arrangements(self, bureau, notice):
        page = page_at(signed_in(bureau.clerk), reverse("issued_tasks", args=[notice.pk]))
        assert "本期通报没有工作安排" in page
