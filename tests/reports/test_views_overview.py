"""The month at a glance and the notice in the page: states, links, files, queries."""

import json
from datetime import date
from urllib.parse import unquote

import pytest
from django.urls import reverse

from lanshan_portal.periods import Period
from reports.figures import notice_figures
from reports.overview import State, matrix
from tests.district import District
from tests.people import liaison, signed_in, staff
from units.models import AuditEvent

pytestmark = pytest.mark.django_db

JUNE = Period.month(2020, 6)
ISSUED_ON = date(2020, 7, 6)
OVERVIEW = "/2020-06/?issued_on=2020-07-06"


@pytest.fixture
def district():
    district = District()
    for unit in (district.street, district.street, district.education):
        district.item(unit)
    duty = district.requirement(name="公开基本目录")
    district.submission(duty, district.street, date(2020, 6, 29))
    district.submission(duty, district.town, date(2020, 7, 2))
    district.letter(district.education, answered=date(2020, 6, 3))
    district.letter(district.education)
    district.check(district.town, "超期更新", rectified_on=date(2020, 7, 6), rectify_by=date(2020, 7, 6))
    district.check(district.street)
    return district


@pytest.fixture
def clerk(district):
    return signed_in(staff(district.office))


def text(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def rows(district, today=ISSUED_ON):
    figures = notice_figures.build(district.office, JUNE, today)
    table = matrix(figures, district.directory().during(JUNE), today)
    return {row.unit.name: row for row in table.rows}, table


def test_each_cell_tells_a_state_in_words(district):
    by_name, table = rows(district)
    assert [column.title for column in table.columns] == ["公开基本目录", "新媒体检查", "部门信箱", "依申请公开"]
    told = {name: [(cell.state, cell.words) for cell in row.cells] for name, row in by_name.items()}
    nothing = (State.NONE, "—")
    assert told == {
        "兰山街道": [(State.DONE, ""), (State.DONE, ""), nothing, nothing],
        "李官镇": [(State.MENDED, "逾期完成"), (State.MENDED, "已整改"), nothing, nothing],
        "区教育局": [(State.BEHIND, "逾期6天"), nothing, (State.BEHIND, "未按时1件"), nothing],
        "区司法局": [(State.BEHIND, "逾期6天"), nothing, nothing, nothing],
    }
    assert {name: row.problems for name, row in by_name.items()} == {
        "兰山街道": 0,
        "李官镇": 0,
        "区教育局": 2,
        "区司法局": 1,
    }


@pytest.mark.parametrize(
    ("today", "state", "words"),
    [
        (date(2020, 6, 22), State.AWAITED, "待报"),
        (date(2020, 6, 23), State.SOON, "剩7天"),
        (date(2020, 6, 29), State.SOON, "剩1天"),
        (date(2020, 6, 30), State.BEHIND, "未完成"),
        (date(2020, 7, 1), State.BEHIND, "逾期1天"),
    ],
)
def test_a_duty_comes_near_and_passes(district, today, state, words):
    cell = rows(district, today)[0]["区司法局"].cells[0]
    assert (cell.state, cell.words) == (state, words)


def test_problems_come_first_within_their_group(district):
    district.submission(district.requirement("T-2", name="另一项"), district.education, date(2020, 6, 1))
    _, table = rows(district)
    assert [row.unit.name for row in table.rows] == ["兰山街道", "李官镇", "区教育局", "区司法局"]
    assert [row.problems for _, group in table.problems_first().groups for row in group] == [1, 1, 2, 2]
    assert table.only(with_problems=True).units_with_problems == 4
    assert [name for name, _ in table.only(group="政府各部门").groups] == ["政府各部门"]


def test_the_overview_links_each_number_to_its_rows(district, clerk):
    page = text(clerk.get(OVERVIEW))
    assert f'href="{reverse("rows", args=["published_items"])}?from=2020-06-01&amp;to=2020-06-30"' in page
    assert "requirement=T-1&amp;as_of=2020-07-06&amp;standing=missing" in page
    assert "逾期6天" in page
    assert "数据核对中" in page or "核对无问题" in page


def test_a_month_without_data_says_so_and_offers_to_import(clerk):
    page = text(clerk.get("/2021-03/"))
    assert "3月还没有数据" in page
    assert reverse("imports") in page
    assert "matrix-table" not in page


def test_a_liaison_reads_of_the_own_unit_only(district):
    page = text(signed_in(liaison(district.education)).get(OVERVIEW))
    assert "有 <b>2</b> 项需要办理：" in page
    assert "公开基本目录（逾期6天）" in page
    assert "兰山街道" not in page
    assert "没有逾期" in text(signed_in(liaison(district.street)).get(OVERVIEW))


def test_the_issue_date_is_remembered_for_its_month(clerk):
    assert "情况按7月6日计算" in text(clerk.get(OVERVIEW))
    assert "情况按7月6日计算" in text(clerk.get("/2020-06/"))
    assert "情况按7月6日计算" not in text(clerk.get("/2020-05/"))
    assert text(clerk.get("/2020-06/?issued_on=never"))


def test_the_month_is_remembered(clerk):
    clerk.get("/2020-05/")
    assert clerk.get(reverse("home"))["Location"] == "/2020-05/"


@pytest.mark.parametrize("address", ["/2020-13/", "/2020-Q5/", "/2020-06-30..2020-06-01/"])
def test_no_such_period_is_no_such_page(clerk, address):
    assert clerk.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/2020-Q2/", "/2020-H1/", "/2020-05-24..2020-08-29/"])
def test_other_periods_have_their_pages(clerk, address):
    assert text(clerk.get(address))
    assert text(clerk.get(f"{address}notice/"))


@pytest.mark.parametrize("address", [OVERVIEW, "/2020-06/notice/?issued_on=2020-07-06"])
def test_more_units_and_rows_take_no_more_queries(district, clerk, address, django_assert_max_num_queries):
    clerk.get(address)
    with django_assert_max_num_queries(90) as few:
        clerk.get(address)
    for number in range(12):
        unit = district.unit(f"新{number}局")
        district.item(unit)
        district.letter(unit, answered=date(2020, 6, 2))
        district.application(unit)
        district.check(unit, "错别字")
    with django_assert_max_num_queries(len(few)):
        clerk.get(address)


# --- the notice


def test_numbers_of_the_notice_lead_to_their_rows(clerk):
    page = text(clerk.get("/2020-06/notice/?issued_on=2020-07-06"))
    assert 'title="发布信息总数">3</a>条' in page
    assert "核对" in page


@pytest.mark.parametrize(
    ("form", "kind", "fallback"),
    [
        ("text", "text/plain", "tongbao-2020-06.txt"),
        ("json", "application/json", "tongbao-2020-06.json"),
        ("docx", "application/vnd.openxmlformats", "tongbao-2020-06.docx"),
        ("html", "text/html", "tongbao-2020-06.html"),
    ],
)
def test_a_file_has_a_chinese_name_a_plain_one_and_a_line_in_the_trail(clerk, form, kind, fallback):
    response = clerk.get(reverse("notice_file", args=[JUNE, form]), {"issued_on": "2020-07-06"})
    assert response["Content-Type"].startswith(kind)
    disposition = response["Content-Disposition"]
    assert disposition.startswith(f'attachment; filename="{fallback}"')
    assert "关于2020年6月份全区政务公开工作情况的通报" in unquote(disposition)
    event = AuditEvent.objects.get()
    assert (event.verb, event.data["format"], event.data["issued_on"]) == ("notice.downloaded", form, "2020-07-06")


def test_the_data_say_what_the_page_says(clerk):
    data = json.loads(clerk.get(reverse("notice_file", args=[JUNE, "json"]), {"issued_on": "2020-07-06"}).content)
    assert data["period"] == "2020-06"
    assert any(
        figure["value"] == 3
        for section in data["sections"]
        for paragraph in section["paragraphs"]
        for figure in paragraph["figures"]
    )


def test_unit_that_was_late_sees_that_it_will_be_named_and_that_nothing_is_left_to_do(district):
    interview = district.requirement("T-9", units=(district.street,), recurrence="每月", name="政务访谈稿")
    district.submission(interview, district.street, date(2020, 7, 2), term="2020-06")
    page = text(signed_in(liaison(district.street)).get(OVERVIEW))
    assert "没有需要补办的任务。" in page
    assert "政务访谈稿</a>逾期完成，本期通报仍将点名。" in page
    assert "项需要办理" not in page
