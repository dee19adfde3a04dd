"""The month at a glance and the notice in the page: states, links, files, queries."""

import json
import re
from datetime import UTC, date, datetime
from urllib.parse import quote, unquote

import pytest
from django.urls import reverse
from django.utils import timezone

from disclosures.models import Message, Reminder, Requirement, Submission
from lanshan_portal.periods import Period
from tests.district import District
from tests.pages import text
from tests.people import leader, liaison, signed_in, staff
from units.audit import sentence_of
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


def test_the_overview_links_each_number_to_its_rows(district, clerk):
    page = text(clerk.get(OVERVIEW))
    assert f'href="{reverse("rows", args=["published_items"])}?from=2020-06-01&amp;to=2020-06-30"' in page
    assert "requirement=T-1&amp;as_of=2020-07-06&amp;standing=missing" in page
    assert "逾期6天" in page
    assert "数据核对中" in page or "核对无问题" in page


def test_whoever_has_done_it_by_today_is_not_offered_to_be_urged(district, clerk):
    urged = re.search(
        r'<a class="btn btn-urge" href="([^"]+)">.*?一键催办 <b>(\d+)</b>', text(clerk.get(OVERVIEW)), re.S
    )
    assert urged
    page = text(clerk.get(urged[1].replace("&amp;", "&")))
    assert page.count('name="unit"') == int(urged[2])
    waiting = Submission.Review.PENDING
    district.submission(Requirement.objects.get(), district.justice, date(2020, 7, 9), review=waiting)
    later = re.search(r"一键催办 <b>(\d+)</b>", text(clerk.get(OVERVIEW)))
    assert int(later[1]) == int(urged[2]) - 1


def test_a_month_without_data_says_so_and_offers_to_import(clerk):
    page = text(clerk.get("/2021-03/"))
    assert "3月还没有数据" in page
    assert reverse("imports") in page
    assert "matrix-table" not in page


def test_the_issue_date_is_remembered_for_its_month(clerk):
    kept = 'name="issued_on" value="2020-07-06"'
    assert kept in text(clerk.get(OVERVIEW))
    assert kept in text(clerk.get("/2020-06/"))
    assert kept not in text(clerk.get("/2020-05/"))
    assert text(clerk.get("/2020-06/?issued_on=never"))


def test_the_day_given_for_a_month_is_not_that_of_the_months_before(district, clerk):
    """The trend shows other months as their own overviews do."""
    district.check(district.street, on=date(2020, 6, 20), round="2020年6月第1次")
    text(clerk.get(OVERVIEW))
    kept = clerk.session["issued_on"]
    assert kept == {"2020-06": "2020-07-06"}


def test_the_month_is_remembered(clerk):
    clerk.get("/2020-05/")
    assert clerk.get(reverse("home"))["Location"] == "/2020-05/"


# --- what the table offers


def test_the_table_is_narrowed_and_ordered_by_its_address(clerk):
    def order(query):
        page = text(clerk.get(f"{OVERVIEW}{query}"))
        return re.findall(r'name="unit" value="(U\d+)"', page)

    assert order("") == ["U01", "U02", "U03", "U04"]
    assert order("&show=problems") == ["U03", "U04"]
    assert order(f"&group={quote('政府各部门')}") == ["U03", "U04"]
    assert order("&sort=published") == ["U01", "U02", "U03", "U04"]
    assert order("&sort=-published") == ["U02", "U01", "U04", "U03"]
    assert order("&sort=nothing") == ["U01", "U02", "U03", "U04"]
    page = text(clerk.get(f"{OVERVIEW}&sort=published"))
    assert 'aria-sort="descending"' in page
    assert "sort=-published#matrix" in page


def test_beyond_a_dozen_units_without_problems_are_folded_and_a_link_shows_all(district, clerk):
    Submission.objects.all().delete()
    Requirement.objects.all().delete()
    for number in range(20):
        district.unit(f"新{number}局")
    page = text(clerk.get(OVERVIEW))
    assert page.count('class="is-rest"') == 11
    assert 'data-unfold="#matrix-table">显示其余 11 家</a>' in page
    assert "all=1#matrix" in page
    for query in ("&all=1", "&show=official", "&show=problems"):
        assert 'class="is-rest"' not in text(clerk.get(f"{OVERVIEW}{query}"))


def test_nobody_who_may_not_act_ticks(district):
    page = text(signed_in(leader(district.office)).get(OVERVIEW))
    assert "data-tick" not in page
    assert reverse("imports") not in page


class TestLeadingToTheOtherPages:
    """To the pages for reminding and for exceptions."""

    def test_ticked_units_go_to_the_pages_that_act(self, clerk):
        page = text(clerk.get(OVERVIEW))
        assert 'href="/reminders/new/?month=2020-06&amp;unit=U03&amp;unit=U04"' in page
        assert "一键催办 <b>2</b>" in page
        assert '<form class="tick-bar no-print" id="tick-bar" method="get" action="/reminders/new/" hidden>' in page
        assert '<input type="hidden" name="month" value="2020-06">' in page
        assert 'formaction="/reminders/new/"' in page
        assert 'name="kind" value="extension" formaction="/duties/exceptions/"' in page
        assert 'name="kind" value="exemption" formaction="/duties/exceptions/"' in page

    def test_a_cell_offers_what_mends_it(self, clerk):
        page = text(clerk.get("/2020-06/units/U03/", {"cell": "task.T-1"}))
        assert 'href="/reminders/new/?unit=U03&amp;month=2020-06"' in page
        assert "/duties/exceptions/?unit=U03&amp;month=2020-06&amp;kind=extension" in page

    def test_who_reads_only_is_offered_nothing(self, district):
        page = text(signed_in(leader(district.office)).get("/2020-06/units/U03/"))
        assert "/reminders/new/" not in page
        assert "/duties/exceptions/" not in page


def test_what_waits_for_the_office_today(district, clerk):
    assert "待办事项" not in text(clerk.get(OVERVIEW))
    asked = district.requirement("T-2", name="工作总结", due_on=ISSUED_ON)
    district.submission(asked, district.street, date(2020, 7, 3), review="待审")
    page = re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", text(clerk.get(OVERVIEW))))
    assert "待办事项待审核的材料1份工作总结7月6日截止，已报1/4" in page
    assert "当日截止" in page


def test_what_is_due_on_the_day_of_reading_is_due_today(district, clerk):
    today = timezone.localdate()
    district.requirement("T-2", name="工作总结", due_on=today)
    page = text(clerk.get(reverse("overview", args=["2020-06"]), {"issued_on": today.isoformat()}))
    page = re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", page))
    assert "今日待办工作总结今天截止，已报0/4" in page


def test_the_tasks_that_have_no_room_among_the_figures_are_counted(district, clerk):
    more = re.compile(r'<a href="/2020-06/\?show=problems#matrix">另有 (\d+) 项任务</a>')
    district.requirement("T-2", name="工作总结")
    assert not more.search(text(clerk.get(OVERVIEW)))
    for number in (3, 4):
        district.requirement(f"T-{number}", name=f"任务{number}")
    assert more.findall(text(clerk.get(OVERVIEW))) == ["2"]
    assert more.findall(text(clerk.get("/2020-06/brief/?issued_on=2020-07-06"))) == ["2"]


def test_the_steps_of_the_notice_name_what_blocks(district, clerk):
    page = text(clerk.get(OVERVIEW))
    assert "依申请公开没有数据" in page
    for step in ("归集数据", "核对问题", "形成初稿", "审核签发", "印发"):
        assert f"<strong>{step}</strong>" in page
    duty = Requirement.objects.get(code="T-1")
    district.submission(duty, district.justice, date(2020, 7, 3), review="待审")
    page = text(clerk.get(OVERVIEW))
    assert "公开基本目录：1 家待审核" in page
    assert "第 2 步，共 5 步" in page


# --- one unit beside the table


def test_the_drawer_is_a_part_of_the_page_or_a_page(clerk):
    clerk.get(OVERVIEW)
    address = "/2020-06/units/U03/"
    whole = text(clerk.get(address))
    part = text(clerk.get(address, headers={"HX-Request": "true"}))
    assert "<!doctype html>" in whole
    assert "<html" not in part
    for page in (whole, part):
        assert "区教育局" in page
        assert "6月30日截止，截至7月6日未完成。" in page


def test_the_drawer_tells_each_cell_with_its_rows(district, clerk):
    clerk.get(OVERVIEW)
    page = text(clerk.get("/2020-06/units/U03/"))
    assert "收到2件，未按时答复1件，其中1件仍未答复。" in page
    late = district.office.units.get(code="U03").mailbox_cases.get(answered_on=None)
    assert f'href="/rows/mailbox_cases/{late.pk}/"' in page
    assert "没有联络员账号" in page


def test_the_drawer_of_one_cell_shows_it_alone(clerk):
    clerk.get(OVERVIEW)
    page = text(clerk.get("/2020-06/units/U03/", {"cell": "mailbox"}))
    assert "部门信箱" in page
    assert "公开基本目录" not in page
    assert clerk.get("/2020-06/units/U03/", {"cell": "nothing"}).status_code == 404


def test_the_drawer_names_who_to_call_and_what_happened(district, clerk):
    person = liaison(district.education, display_name="张伟", phone="0539-0000000")
    reminder = Reminder.objects.create(
        office=district.office,
        unit=district.education,
        items=[{"title": "公开基本目录", "words": "逾期2天", "address": ""}],
        sent_at=datetime(2020, 7, 2, 1, 40, tzinfo=UTC),
        sent_on=date(2020, 7, 2),
        sending="a",
    )
    Message.objects.create(
        office=district.office,
        user=person,
        kind=Message.Kind.REMINDER,
        title="催办",
        reminder=reminder,
        created_at=reminder.sent_at,
        read_at=datetime(2020, 7, 2, 2, 14, tzinfo=UTC),
    )
    clerk.get(OVERVIEW)
    page = text(clerk.get("/2020-06/units/U03/"))
    assert "联系人 张伟　0539-0000000　尚未登录" in page
    assert "公开基本目录。张伟2020年7月2日 10:14已读" in page


def test_a_unit_that_was_not_there_has_no_month(clerk):
    assert clerk.get("/2020-06/units/U99/").status_code == 404


# --- for who signs


def test_who_signs_begins_with_the_one_page(district):
    signs = signed_in(leader(district.office))
    signs.get(OVERVIEW)
    assert signs.get(reverse("home"))["Location"] == "/2020-06/brief/"
    page = text(signs.get("/2020-06/brief/"))
    assert "2 家，按7月6日印发计算" in page
    said = re.search(r'<span class="progress-said">(.*?)</span></li>', page)[1]
    assert re.sub("<[^>]+>", "", said) == "按时 1 / 4，逾期完成 1，未完成 2"
    for address in re.findall('href="([^"]+)"', said):
        assert signs.get(address.replace("&amp;", "&")).status_code == 200
    assert "未按时1件" in page


def test_the_one_page_of_an_empty_month(district):
    assert "3月还没有数据" in text(signed_in(leader(district.office)).get("/2021-03/brief/"))


# --- taken along


@pytest.mark.parametrize(("what", "title"), [("units", "单位落实情况"), ("trend", "月度趋势")])
def test_tables_are_taken_along_and_that_is_noted(clerk, what, title):
    clerk.get(OVERVIEW)
    response = clerk.get(f"/2020-06/export/{what}/")
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    assert f"2020年6月{title}.xlsx" in unquote(response["Content-Disposition"])
    assert sentence_of(AuditEvent.objects.get()) == f"导出统计表：2020年6月{title}"


def test_there_is_nothing_else_to_take_along(clerk):
    assert clerk.get("/2020-06/export/everything/").status_code == 404


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
    with django_assert_max_num_queries(48) as few:
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


def test_an_empty_notice_offers_to_import_to_whoever_may(district, clerk):
    bar = "2021年3月还没有数据，以下只是空白时的文字。"
    assert f'{bar}<a href="{reverse("imports")}">导入数据</a></span>' in text(clerk.get("/2021-03/notice/"))
    assert f"{bar}</span>" in text(signed_in(leader(district.office)).get("/2021-03/notice/"))


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
