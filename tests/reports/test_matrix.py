"""The table of units: its columns, its orders, its groups, what its rows look like and how it is taken along."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from disclosures.models import DutyExtension, RestDay
from lanshan_portal.periods import Period
from reports.figures import notice_figures
from reports.matrix_rows import RowsOf, rows
from reports.matrix_sheet import as_table
from reports.overview import PROBLEMS, PUBLISHED, matrix
from reports.tables import workbook
from tests.district import DEPARTMENTS, TOWNS, District
from tests.people import staff

pytestmark = pytest.mark.django_db

JUNE = Period.month(2020, 6)
ISSUED_ON = date(2020, 7, 6)


@pytest.fixture
def district():
    district = District()
    for unit in (district.street, district.street, district.education):
        district.item(unit)
    duty = district.requirement(name="公开基本目录")
    district.submission(duty, district.street, date(2020, 6, 29))
    district.submission(duty, district.town, date(2020, 7, 2))
    district.letter(district.education)
    return district


def table_of(district, period=JUNE):
    figures = notice_figures.build(district.office, period, ISSUED_ON)
    return matrix(figures, district.directory().during(period), ISSUED_ON, RestDay.objects.calendar())


def names(table):
    return [row.unit.name for row in table.rows]


def test_columns_are_what_was_asked_and_what_is_watched(district):
    assert [(column.key, column.title, column.note) for column in table_of(district).columns] == [
        ("task.T-1", "公开基本目录", "6月30日止"),
        ("media", "新媒体更新", "没有巡检"),
        ("mailbox", "部门信箱", "按时答复/收到"),
        ("applications", "依申请公开", "按时答复/收到"),
    ]


def test_monthly_tasks_of_a_quarter_have_a_column_each_and_one_subject(district):
    district.requirement(
        "T-9", name="访谈稿", recurrence="每月", due_on=date(2020, 5, 25), assigned_on=date(2020, 5, 6)
    )
    columns = [column for column in table_of(district, Period.quarter(2020, 2)).columns if "T-9" in column.key]
    assert [(column.key, column.subject, column.title) for column in columns] == [
        ("task.T-9.2020-05", "task.T-9", "访谈稿（5月）"),
        ("task.T-9.2020-06", "task.T-9", "访谈稿（6月）"),
    ]


def test_problems_come_first_within_their_group(district):
    table = table_of(district)
    assert names(table) == ["兰山街道", "李官镇", "区教育局", "区司法局"]
    assert [row.problems for row in table.rows] == [0, 0, 2, 1]
    extra = district.requirement("T-2", name="另一项", units=(district.town,))
    assert names(table_of(district).problems_first()) == ["李官镇", "兰山街道", "区教育局", "区司法局"]
    assert extra.code == "T-2"


def test_order_by_a_column_stays_within_groups_and_ties_keep_the_official_order(district):
    table = table_of(district)
    # Missing before mended before in time; the two departments are equally late.
    assert names(table.ordered_by("task.T-1")) == ["李官镇", "兰山街道", "区教育局", "区司法局"]
    assert names(table.ordered_by("task.T-1", reverse=True)) == ["兰山街道", "李官镇", "区教育局", "区司法局"]
    assert names(table.ordered_by(PUBLISHED)) == ["兰山街道", "李官镇", "区教育局", "区司法局"]
    assert names(table.ordered_by(PUBLISHED, reverse=True)) == ["李官镇", "兰山街道", "区司法局", "区教育局"]
    assert names(table.ordered_by(PROBLEMS, reverse=True)) == ["兰山街道", "李官镇", "区司法局", "区教育局"]
    with pytest.raises(KeyError):
        table.ordered_by("task.T-404")


def test_the_latest_stands_before_the_less_late(district):
    asked = district.requirement("T-2")
    DutyExtension.objects.create(
        requirement=asked,
        unit=district.education,
        due_on=date(2020, 7, 4),
        reason="搬迁",
        granted_by=staff(district.office),
        granted_at=datetime(2020, 6, 29, tzinfo=UTC),
    )
    departments = table_of(district).only(group=DEPARTMENTS)
    assert names(departments.ordered_by("task.T-2")) == ["区司法局", "区教育局"]


def test_only_a_group_or_those_with_problems(district):
    table = table_of(district)
    assert names(table.only(with_problems=True)) == ["区教育局", "区司法局"]
    assert table.units_with_problems == 2
    assert [name for name, _ in table.only(group=TOWNS).groups] == [TOWNS]
    assert table.only(group="没有这一组").rows == ()


def test_who_published_markedly_less_than_its_group_is_marked(district):
    for number in range(6):
        unit = district.unit(f"新{number}局")
        for _ in range(8):
            district.item(unit)
    low = {row.unit.name for row in table_of(district).rows if row.low}
    assert low == {"李官镇", "区教育局", "区司法局"}


def test_a_row_as_markup(district):
    table = table_of(district)
    [(_, number, towns), (_, _, departments)] = rows(
        table, RowsOf(JUNE, ticks=True, initials={district.street.pk: "lsjd"}, in_a_row={district.education.pk: 3})
    )
    assert number == 2
    assert 'data-words="兰山街道 U01 lsjd"' in towns
    assert '<input type="checkbox" name="unit" value="U01" form="tick-bar" data-tick data-problems="0"' in towns
    assert 'href="/2020-06/units/U01/" data-drawer' in towns
    assert 'href="/2020-06/units/U02/?cell=task.T-1" data-drawer tabindex="-1"' in towns
    assert 'title="公开基本目录：7月2日完成，逾期2天">逾期完成</a>' in towns
    assert '<span class="problem-count">2</span><small class="problem-again">连续3期</small>' in departments
    assert "checkbox" not in str(rows(table, RowsOf(JUNE))[0][2])


def test_names_cannot_carry_markup_into_the_page(district):
    odd = district.unit('<b onclick="x">局')
    [(_, _, _), (_, _, departments)] = rows(table_of(district), RowsOf(JUNE, ticks=True))
    assert "<b onclick" not in departments
    assert "&lt;b onclick=&quot;x&quot;&gt;局" in departments
    assert odd.code in departments


def test_taken_along_every_cell_has_words(district):
    content = workbook(as_table(table_of(district), JUNE, ISSUED_ON))
    sheet = load_workbook(BytesIO(content)).active
    lines = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert lines[0][0] == "单位落实情况"
    assert lines[1][0] == "2020年6月，情况按2020年7月6日计算"
    assert lines[2][:3] == ["单位", "问题（项）", "公开基本目录（6月30日止）"]
    assert lines[3][0] == TOWNS
    assert lines[4] == ["兰山街道", 0, "达标", "无数据", "—", "无数据", 2]
    assert lines[7] == ["区教育局", 2, "逾期6天", "无数据", "未按时1件", "无数据", 1]
