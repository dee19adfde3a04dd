"""Months side by side: the notices' own figures, told apart, each number with its rows; unknown stays unknown."""

import json
import re
from datetime import date
from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from openpyxl import load_workbook

from disclosures.models import RestDay
from disclosures.selection import selected
from disclosures.standard import furnish_calendar
from lanshan_portal.periods import Period
from reports.charts.lanes import LaneChart
from reports.charts.months import MonthChart
from reports.figures import notice_figures
from reports.months import months_of
from reports.statistics.columns import by_column
from reports.statistics.comparison import Comparison
from reports.statistics.subjects import RATE, SUBJECTS
from tests.district import DEPARTMENTS, TOWNS, District
from tests.pages import text
from tests.people import liaison, signed_in, staff
from units.audit import sentence_of
from units.models import AuditEvent, Office

pytestmark = pytest.mark.django_db

APRIL, MAY, JUNE = (Period.month(2020, month) for month in (4, 5, 6))
ISSUED = {APRIL: date(2020, 5, 12), MAY: date(2020, 6, 11), JUNE: date(2020, 7, 14)}


@pytest.fixture
def district():
    """Nothing in April; items, letters, a round and a task in May and June."""
    furnish_calendar()
    district = District()
    for day in (date(2020, 5, 6), date(2020, 6, 6), date(2020, 6, 7)):
        district.item(district.street, on=day)
        district.item(district.education, "政务主动公开类", on=day)
    district.item(district.justice, on=date(2020, 6, 8))
    district.letter(district.education, on=date(2020, 5, 6), answered=date(2020, 5, 8))
    district.letter(district.education, on=date(2020, 6, 1), answered=date(2020, 6, 2))
    district.letter(district.education, on=date(2020, 6, 2))
    district.letter(district.street, on=date(2020, 6, 3), answered=date(2020, 6, 4))
    district.application(district.justice, on=date(2020, 6, 3), answered_on=date(2020, 6, 9))
    district.check(district.town, "超期更新", on=date(2020, 7, 3), rectify_by=date(2020, 7, 5))
    district.check(district.street, on=date(2020, 7, 3))
    asked = district.requirement(
        "T-9", name="访谈稿", recurrence="每月", due_on=date(2020, 5, 25), assigned_on=date(2020, 5, 1)
    )
    district.submission(asked, district.street, date(2020, 5, 20), term="2020-05")
    district.submission(asked, district.town, date(2020, 5, 28), term="2020-05")
    return district


def months(district, issued=ISSUED):
    return months_of(district.office, issued, district.directory(), RestDay.objects.calendar())


def compared(district, what, way, measure=None, issued=ISSUED) -> Comparison:
    subject = SUBJECTS[what]
    counted = months(district, issued)
    lines = by_column(district.office, counted) if way == "column" else [subject.lines(each, way) for each in counted]
    return Comparison.of(subject, way, measure or subject.measures[0].key, list(issued), lines)


def shown(comparison) -> dict[str, list[str]]:
    return {row.name: [cell.shown for cell in row.cells] for row in comparison.table().rows}


class TestPublished:
    def test_all_together(self, district):
        assert shown(compared(district, "published", "total")) == {"发布（条）": ["—", "2", "5", "7"]}

    def test_by_category(self, district):
        assert shown(compared(district, "published", "category")) == {
            "动态类信息": ["—", "1", "3", "4"],
            "政务主动公开类信息": ["—", "1", "2", "3"],
        }

    def test_groups_are_compared_by_what_each_of_their_units_has(self, district):
        district.unit("区审计局")
        assert shown(compared(district, "published", "group")) == {
            TOWNS: ["—", "1", "2", "3"],
            f"{TOWNS}，平均每家": ["—", "0.5", "1", "0.8"],
            DEPARTMENTS: ["—", "1", "3", "4"],
            f"{DEPARTMENTS}，平均每家": ["—", "0.3", "1", "0.7"],
        }

    def test_a_unit_is_measured_by_its_own_group(self, district):
        rows = compared(district, "published", "unit").table().rows
        assert [(row.name, [cell.shown for cell in row.cells]) for row in rows] == [
            (TOWNS, []),
            ("兰山街道", ["—", "1", "2", "3"]),
            ("李官镇", ["—", "0", "0", "0"]),
            ("同组中位数", ["—", "0.5", "1", "1.5"]),
            (DEPARTMENTS, []),
            ("区教育局", ["—", "1", "2", "3"]),
            ("区司法局", ["—", "0", "1", "1"]),
            ("同组中位数", ["—", "0.5", "1.5", "2"]),
        ]

    def test_a_unit_that_was_not_there_has_no_zero(self, district):
        district.unit("区大数据局", founded_on=date(2020, 6, 1))
        assert shown(compared(district, "published", "unit"))["区大数据局"] == ["—", "—", "0", "0"]

    def test_by_column_with_the_rest_together(self, district):
        for number in range(30):
            item = district.item(district.street, on=date(2020, 6, 20))
            item.column = f"栏目{number:02}"
            item.save()
        found = shown(compared(district, "published", "column"))
        assert len(found) == 26
        assert found["栏目00"] == ["—", "0", "1", "1"]
        assert found["其余栏目"] == ["—", "2", "10", "12"]


class TestAnswered:
    def test_all_together_with_the_rate(self, district):
        assert shown(compared(district, "mailbox", "total")) == {
            "收到（件）": ["—", "1", "3", "4"],
            "按时答复（件）": ["—", "1", "2", "3"],
            "未按时答复（件）": ["—", "0", "1", "1"],
            "在期限内（件）": ["—", "0", "0", "0"],
            "按时答复率（%）": ["—", "100.0%", "66.7%", "75.0%"],
        }

    def test_who_had_no_case_is_neither_good_nor_bad(self, district):
        found = shown(compared(district, "mailbox", "unit", RATE))
        assert found["区教育局"] == ["—", "100.0%", "50.0%", "66.7%"]
        assert found["兰山街道"] == ["—", "—", "100.0%", "100.0%"]
        assert "李官镇" not in found

    def test_what_is_open_is_not_reckoned_in(self, district):
        district.letter(district.justice, on=date(2020, 7, 10))
        found = shown(compared(district, "mailbox", "unit", RATE, {Period.month(2020, 7): date(2020, 7, 13)}))
        assert found["区司法局"] == ["—", "—"]

    def test_by_group(self, district):
        found = shown(compared(district, "mailbox", "group"))
        assert found[DEPARTMENTS] == ["—", "1", "2", "3"]
        assert found[TOWNS] == ["—", "—", "1", "1"]


class TestChecked:
    def test_no_round_is_not_a_clean_one(self, district):
        assert shown(compared(district, "media", "total")) == {
            "发现问题（次）": ["—", "—", "1", "1"],
            "超期更新（次）": ["—", "—", "1", "1"],
            "未按期整改（次）": ["—", "—", "1", "1"],
        }

    def test_who_was_not_looked_at_is_not_told(self, district):
        found = shown(compared(district, "media", "unit"))
        assert found["李官镇"] == ["—", "—", "1", "1"]
        assert found["兰山街道"] == ["—", "—", "0", "0"]
        assert "区教育局" not in found


class TestAsked:
    def test_all_together(self, district):
        assert shown(compared(district, "duties", "total")) == {
            "应报（家次）": ["—", "4", "4", "8"],
            "按时完成（家次）": ["—", "1", "0", "1"],
            "逾期完成（家次）": ["—", "1", "0", "1"],
            "未完成（家次）": ["—", "2", "4", "6"],
            "按时完成率（%）": ["—", "25.0%", "0.0%", "12.5%"],
        }

    def test_by_task_and_by_unit(self, district):
        assert shown(compared(district, "duties", "task", "missing")) == {"访谈稿": ["—", "2", "4", "6"]}
        found = shown(compared(district, "duties", "unit", "done"))
        assert found["兰山街道"] == ["—", "1", "0", "1"]

    def test_a_sum_over_tasks_leads_to_where_they_are_told_apart(self, district):
        row = next(row for row in compared(district, "duties", "total").table().rows if row.name.startswith("未完成"))
        assert row.cells[2].address == "/statistics/?what=duties&by=task&measure=missing&from=2020-06&to=2020-06"


WAYS = [(subject.key, way) for subject in SUBJECTS.values() for way in subject.ways]


@pytest.mark.parametrize(("what", "way"), WAYS, ids=["-".join(each) for each in WAYS])
def test_every_number_opens_as_many_rows_as_it_says(district, what, way):
    """Of lists; what leads to a page where it is told apart further is counted there."""
    for item in district.office.units.get(code="U01").published_items.all():
        item.column = "资讯-动态"
        item.save()
    opened = 0
    for measure in SUBJECTS[what].measures:
        for row in compared(district, what, way, measure.key).table().rows:
            for cell in row.cells:
                path, query = urlsplit(cell.address).path, dict(parse_qsl(urlsplit(cell.address).query))
                if path.startswith("/rows/") and not cell.percent:
                    assert len(selected(path.split("/")[2], district.office, query)) == cell.value, cell
                    opened += 1
    assert opened or (what, way) in {("duties", "total"), ("duties", "group"), ("duties", "unit")}


def test_charts_are_columns_of_parts_or_lanes_of_units(district):
    total = compared(district, "mailbox", "total").chart()
    assert isinstance(total, MonthChart)
    assert total.parts == ("按时答复", "未按时答复", "在期限内")
    assert [column.parts for column in total.columns] == [None, (1, 0, 0), (2, 1, 0)]
    by_unit = compared(district, "published", "unit").chart()
    assert isinstance(by_unit, LaneChart)
    assert [(group.name, group.middle) for group in by_unit.groups] == [(TOWNS, 1.5), (DEPARTMENTS, 2)]
    assert isinstance(compared(district, "mailbox", "group", RATE).chart(), LaneChart)


def test_a_chart_of_many_lines_puts_the_small_ones_together(district):
    for number in range(9):
        for _ in range(number + 1):
            item = district.item(district.street, on=date(2020, 6, 20))
            item.column = f"栏目{number}"
            item.save()
    chart = compared(district, "published", "column").chart()
    assert chart.parts[-1] == "其余"
    assert len(chart.parts) == 6
    assert chart.columns[2].total == 50


def test_the_table_of_a_span_takes_as_many_queries_as_of_a_month(district, django_assert_max_num_queries):
    client = signed_in(staff(district.office))
    client.get("/statistics/?from=2020-06&to=2020-06")
    with django_assert_max_num_queries(40) as one:
        client.get("/statistics/?from=2020-05&to=2020-05")
    with django_assert_max_num_queries(len(one)):
        client.get("/statistics/?from=2018-07&to=2020-04")


# --- the page


@pytest.fixture
def clerk(district):
    return signed_in(staff(district.office))


def test_the_page_has_the_chart_its_table_and_the_way_to_both(clerk):
    page = text(clerk.get("/statistics/?what=mailbox&by=unit&measure=rate&from=2020-04&to=2020-06"))
    assert "部门信箱按时答复率，按单位" in page
    assert page.count('class="chart"') == 2
    assert "66.7%" in page
    assert (
        'href="/statistics/export/?what=mailbox&amp;by=unit&amp;measure=rate&amp;from=2020-04&amp;to=2020-06"' in page
    )


def test_without_months_the_year_up_to_the_month_in_view(clerk):
    clerk.get("/2020-06/")
    assert "2019年7月至2020年6月" in text(clerk.get("/statistics/"))


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("from=2020-06&to=2020-05", "截止月份不能早于起始月份。"),
        ("from=2018-01&to=2020-06", "一次最多比较24个月，请缩小范围。"),
        ("from=2020-13&to=2020-06", "“2020-13”不是月份，应写作 2020-06。"),
        ("from=2020-Q2&to=2020-06", "“2020-Q2”不是月份，应写作 2020-06。"),
        ("to=2020-06", "请填写起始月份。"),
    ],
)
def test_months_that_make_no_sense_are_told_and_kept(clerk, query, sentence):
    page = text(clerk.get(f"/statistics/?what=mailbox&{query}"))
    assert sentence in page
    assert "月份有误，没有统计" in page
    for value in re.findall(r"=([^&]+)", query):
        assert f'value="{value}"' in page
    assert clerk.get(f"/statistics/export/?{query}").status_code == 404


def test_what_does_not_go_together_gives_way(clerk):
    page = text(clerk.get("/statistics/?what=mailbox&by=category&measure=items&from=2020-06&to=2020-06"))
    assert '<input type="hidden" name="by" value="total">' in page
    assert text(clerk.get("/statistics/?what=nothing&from=2020-06&to=2020-06"))


def test_months_without_data_say_so(clerk):
    page = text(clerk.get("/statistics/?from=2021-01&to=2021-03"))
    assert "所选月份没有数据" in page
    assert "<svg" not in page.split('id="main"')[1].split("empty")[0].replace('<svg class="icon"', "")


def test_the_sheet_is_the_table_of_the_page(clerk):
    response = clerk.get("/statistics/export/?by=group&from=2020-05&to=2020-06")
    assert "信息发布，按分组（2020年5月至2020年6月）.xlsx" in unquote(response["Content-Disposition"])
    rows = list(load_workbook(BytesIO(response.content)).active.iter_rows(values_only=True))
    assert rows[2] == ("分组", "2020年5月", "2020年6月", "合计")
    assert rows[3] == (TOWNS, 1, 2, 3)
    event = AuditEvent.objects.get()
    assert sentence_of(event) == "导出统计表：信息发布，按分组（2020年5月至2020年6月）"


def test_units_have_their_own_page_instead(district):
    assert signed_in(liaison(district.street)).get("/statistics/").status_code == 403


# --- against the notice of June 2020

GOLDEN = Path(__file__).parents[2] / "golden" / "june-2020"


@pytest.mark.slow
def test_june_2020_is_what_its_notice_says(transactional_db):
    from django.core.management import call_command

    call_command("load_sample", "2020-06", verbosity=0)
    office = Office.objects.get()
    facts = json.loads((GOLDEN / "facts.json").read_text(encoding="utf-8"))
    directory, calendar = office.units.directory(), RestDay.objects.calendar()
    issued = {JUNE: date(2020, 7, 14)}
    [month] = months_of(office, issued, directory, calendar)
    assert month.figures == notice_figures.build(office, JUNE, date(2020, 7, 14))

    def values(what, way, measure=None):
        subject = SUBJECTS[what]
        lines = [subject.lines(month, way)]
        table = Comparison.of(subject, way, measure or subject.measures[0].key, [JUNE], lines).table()
        return {row.name: row.cells[0].value for row in table.rows if row.cells and not row.strong}

    assert values("published", "total") == {"发布（条）": facts["published_items"]["total"]}
    assert values("published", "group") == facts["published_items"]["by_group"]
    assert values("mailbox", "unit") == facts["mailbox"]["by_unit"]
    assert values("applications", "total")["收到（件）"] == facts["applications"]["total"]
    assert values("media", "total")["超期更新（次）"] == sum(facts["new_media"]["by_platform"].values())
    missing = values("duties", "task", "missing")
    assert set(missing.values()) >= {
        len(facts["followed_up_requirements"][0]["missing"]),
        len(facts["problems"][0]["missing"]),
    }
