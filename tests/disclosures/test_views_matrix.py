"""The lists of tasks and the table of who has handed in: for the office every unit, for a unit the own."""

import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from disclosures.models import Requirement
from tests.desk import Desk
from tests.district import DEPARTMENTS
from tests.pages import text
from tests.people import liaison, signed_in, unit_leader
from units.models import AuditEvent

pytestmark = pytest.mark.django_db

JUNE = {"month": "2020-06", "issued_on": "2020-07-06"}


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def client(desk):
    return signed_in(desk.clerk)


def matrix(client, **parameters: str) -> str:
    return text(client.get(reverse("duties_matrix"), JUNE | parameters))


def rows_of(page: str) -> list[str]:
    """The units listed."""
    parts = page.partition('id="matrix-table"')[2].split('<th class="matrix-unit" scope="row"')[1:]
    return [part.partition(">")[2].partition("<")[0] for part in parts]


def test_the_table_says_how_every_unit_stands(desk, client):
    desk.accept(desk.hand_in())
    desk.hand_in(unit=desk.district.town)
    desk.return_(desk.hand_in(unit=desk.district.education))
    page = matrix(client)
    assert rows_of(page) == ["兰山街道", "李官镇", "区教育局", "区司法局"]
    for words in (
        "按时完成</span>",
        "待审核",
        "已退回",
        "逾期6天",
        "已报 2/4",
        reverse("duty", args=["T-1", "", "U04"]),
    ):
        assert words in page


def test_rows_are_narrowed_by_stage_and_group(desk, client):
    desk.accept(desk.hand_in())
    desk.hand_in(unit=desk.district.town)
    assert rows_of(matrix(client, show="open")) == ["区教育局", "区司法局"]
    assert rows_of(matrix(client, show="review")) == ["李官镇"]
    assert rows_of(matrix(client, group=DEPARTMENTS)) == ["区教育局", "区司法局"]
    assert "没有符合条件的单位" in matrix(client, show="returned")
    assert len(rows_of(matrix(client, show="nonsense"))) == 4


def test_a_task_of_some_units_leaves_the_others_cells_empty(desk, client):
    desk.district.requirement(code="T-2", name="访谈稿", units=(desk.district.town,))
    page = matrix(client)
    assert page.count("没有要求该单位报送</span>") == 0
    assert page.count('title="没有要求该单位报送"') == 3


def test_a_month_without_tasks_says_so(desk, client):
    assert "所选月份没有到期的任务" in matrix(client, month="2021-03")
    assert client.get(reverse("duties_matrix"), {"month": "June"}).status_code == 404


def test_a_monthly_task_is_shown_over_twelve_months():
    desk = Desk(recurrence="每月", due_on=date(2019, 5, 25))
    page = matrix(signed_in(desk.clerk), requirement="T-1")
    assert page.count("已报 ") == 12
    assert "2019年7月" in page
    assert "2019年6月<" not in page.partition("<thead>")[2]
    once = desk.district.requirement(code="T-2")
    assert signed_in(desk.clerk).get(reverse("duties_matrix"), {"requirement": once.code}).status_code == 404


def test_the_export_holds_the_rows_shown_in_words(desk, client):
    desk.accept(desk.hand_in())
    response = client.get(reverse("duties_matrix_export"), JUNE | {"show": "open"})
    values = list(load_workbook(io.BytesIO(response.content)).active.values)
    assert values[0][0] == "2020年6月报送情况（截至2020年7月6日）"
    assert values[1] == ("单位", "分组", "实施方案（6月30日截止）")
    assert values[2:] == [
        ("李官镇", "镇街道、商城、经开区", "逾期6天"),
        ("区教育局", "政府各部门", "逾期6天"),
        ("区司法局", "政府各部门", "逾期6天"),
    ]
    assert AuditEvent.objects.get(verb="rows.exported").data["kind"] == "matrix"


def test_more_units_and_tasks_take_no_more_queries(desk, client, django_assert_max_num_queries):
    matrix(client)
    with django_assert_max_num_queries(40) as few:
        matrix(client)
    for number in range(20):
        desk.district.unit(f"单位{number}")
    for number in range(5):
        desk.district.requirement(code=f"P-{number}", action="公开", column=f"公开-栏目{number}")
    with django_assert_max_num_queries(len(few) + 1):
        matrix(client)


# --- the list of a month, and one task's units


def test_the_list_counts_what_is_asked_done_waiting_and_missing(desk, client):
    desk.hand_in()
    desk.accept(desk.hand_in(unit=desk.district.town))
    desk.ask_exemption(by=desk.reviewer, unit=desk.district.justice)
    page = text(client.get("/rows/duties/?from=2020-06-01&to=2020-06-30&as_of=2020-07-06"))
    assert '<td class="num right">3<small>不适用 1</small></td><td class="num right">2</td>' in page
    assert '<a href="/reviews/?requirement=T-1">1</a>' in page
    assert "1 家</span>" in page
    assert '<small class="only-phone">已报 2/3，未完成 1</small>' in page
    assert reverse("requirements_new") in page


def test_a_leader_reads_the_list_and_sets_nothing(desk):
    from tests.people import leader

    page = text(signed_in(leader(desk.office)).get("/rows/duties/?from=2020-06-01&to=2020-06-30"))
    assert reverse("requirements_new") not in page
    assert "data-tick" not in text(signed_in(leader(desk.office, name="second")).get("/rows/duties/?requirement=T-1"))


def test_the_units_of_a_task_lead_to_their_duties_and_can_be_ticked(desk, client):
    desk.ask_exemption(by=desk.reviewer, unit=desk.district.justice)
    page = text(client.get("/rows/duties/?requirement=T-1&as_of=2020-07-06"))
    assert '<a href="/duties/T-1/once/U01/">兰山街道</a>' in page
    assert 'name="unit" value="U01"' in page
    assert "区司法局" not in page
    assert "不适用<i>1</i>" in page
    exempt = text(client.get("/rows/duties/?requirement=T-1&as_of=2020-07-06&standing=exempt"))
    assert "区司法局" in exempt


def test_a_monthly_task_without_a_month_is_that_of_the_month_in_view():
    desk = Desk(recurrence="每月")
    client = signed_in(desk.clerk)
    client.get("/rows/duties/?from=2020-06-01&to=2020-06-30")
    response = client.get("/rows/duties/?requirement=T-1", follow=True)
    assert response.redirect_chain == [("/rows/duties/?requirement=T-1&term=2020-06", 302)]
    assert "实施方案（2020年6月）" in text(response)


# --- what one's own unit has to do


def mine(client, **parameters: str) -> str:
    return text(client.get("/rows/duties/", parameters))


def test_the_sentence_says_what_is_to_be_done():
    desk = Desk.of_today(due_in=3)
    client = signed_in(desk.liaison)
    page = mine(client)
    assert "有 <b>1</b> 项待报送，最近一项" in page
    desk.return_(desk.hand_in(), "缺少公章。")
    page = mine(client)
    assert "有 <b>1</b> 项被退回，请修改后重新报送：" in page
    assert "退回原因：缺少公章。" in page
    desk.hand_in()
    page = mine(client)
    assert "没有待报送的任务。<b>1</b> 项材料正在审核。" in page
    Requirement.objects.update(due_on=timezone.localdate() - timedelta(days=2))
    assert "有 <b>1</b> 项逾期未报送：" in mine(signed_in(liaison(desk.district.town)))


def test_open_duties_of_other_months_are_listed_and_finished_ones_are_not():
    desk = Desk.of_today(due_in=3)
    today = timezone.localdate()
    old = desk.district.requirement(code="OLD", name="去年的任务", due_on=today - timedelta(days=70))
    done = desk.district.requirement(code="DONE", name="旧台账", due_on=today - timedelta(days=80))
    desk.district.submission(done, desk.unit, today - timedelta(days=81))
    page = mine(signed_in(desk.liaison))
    assert old.name in page
    assert done.name not in page
    past = today - timedelta(days=80)
    month = {"from": past.replace(day=1).isoformat(), "to": (past.replace(day=28)).isoformat()}
    assert old.name in mine(signed_in(desk.liaison), **month)


def test_the_day_of_another_year_is_shown_with_its_year():
    desk = Desk(due_on=date(2020, 8, 31))
    client = signed_in(desk.liaison)
    page = mine(client, **{"from": "2020-08-01", "to": "2020-08-31"})
    assert '<div class="date-tile"><small>2020年<br>8月</small><b>31</b></div>' in page
    due = timezone.localdate()
    desk.district.requirement("T-2", name="工作总结", due_on=due)
    page = mine(client)
    assert f'<div class="date-tile"><small>{due.month}月</small><b>{due.day}</b></div>' in page


def test_what_is_due_today_is_not_overdue():
    desk = Desk.of_today(due_in=0)
    page = mine(signed_in(desk.liaison))
    assert "有 <b>1</b> 项待报送，最近一项" in page
    assert "今天截止。" in page


def test_whatever_is_overdue_stands_first_the_latest_on_top():
    desk = Desk.of_today(due_in=3)
    for code, days in (("OLD", 70), ("NEW", 2)):
        desk.district.requirement(code=code, name=f"任务{code}", due_on=timezone.localdate() - timedelta(days=days))
    page = mine(signed_in(desk.liaison)).partition('class="my-duties"')[2]
    assert page.index("任务NEW") < page.index("任务OLD") < page.index("实施方案")


def test_what_waits_for_its_review_or_came_back_is_listed_however_old_it_is():
    desk = Desk.of_today(due_in=-400)
    client = signed_in(desk.liaison)
    assert "实施方案" not in mine(client)
    handed_in = desk.hand_in()
    assert "<b>1</b> 项材料正在审核。" in mine(client)
    desk.return_(handed_in, "缺少公章。")
    assert "退回原因：缺少公章。" in mine(client)


def test_the_list_is_narrowed_by_whose_turn_it_is():
    desk = Desk.of_today(due_in=3)
    desk.district.requirement(code="T-2", name="访谈稿", due_on=timezone.localdate() + timedelta(days=9))
    desk.hand_in()
    client = signed_in(desk.liaison)
    open_page = mine(client, show="open").partition('class="my-duties"')[2]
    assert "访谈稿" in open_page
    assert "实施方案" not in open_page
    review = mine(client, show="review").partition('class="my-duties"')[2]
    assert "实施方案" in review
    assert "访谈稿" not in review
    assert "没有符合条件的任务" in mine(client, show="returned")


def test_a_task_that_publishing_met_shows_the_item():
    desk = Desk.of_today(due_in=3, action="公开", column="公开-机构职能", assigned_on=date(2020, 1, 1))
    item = desk.district.item(desk.unit, on=timezone.localdate())
    type(item).objects.update(column="公开-机构职能", title="机构职能")
    page = mine(signed_in(desk.liaison))
    assert "发布：机构职能" in page
    assert "已公开" in page


def test_the_neighbours_duties_are_not_listed_and_a_leader_only_looks():
    desk = Desk.of_today(due_in=3)
    desk.district.requirement(code="T-2", name="别家的任务", due_on=desk.task.due_on, units=(desk.district.town,))
    page = mine(signed_in(unit_leader(desk.unit)))
    assert "别家的任务" not in page
    assert "实施方案" in page
    assert ">报送</a>" not in page
    assert ">查看</a>" in page


def test_no_tasks_at_all():
    desk = Desk()
    Requirement.objects.all().delete()
    assert "所选月份没有本单位的任务" in mine(signed_in(desk.liaison))
