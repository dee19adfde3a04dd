"""Lists: what their parameters select, who sees what, what is blotted out, what an export holds, how many queries."""

import io
from dataclasses import replace
from datetime import date
from urllib.parse import unquote

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from disclosures.lists import LISTS
from disclosures.masking import masked
from disclosures.models import PublishedItem
from disclosures.selection import selected
from tests.district import DEPARTMENTS, TOWNS
from tests.pages import text
from tests.people import liaison, signed_in
from units.models import AuditEvent
from units.roles import OFFICE_STAFF, ROLES, Permission

pytestmark = pytest.mark.django_db

JUNE = {"from": "2020-06-01", "to": "2020-06-30"}


def listed(client, kind: str, **parameters: str) -> str:
    return text(client.get(reverse("rows", args=[kind]), parameters))


# --- selection


def test_both_days_are_included(district):
    for day in (date(2020, 5, 31), date(2020, 6, 1), date(2020, 6, 30), date(2020, 7, 1)):
        district.item(district.street, on=day)
    found = selected("published_items", district.office, JUNE)
    assert sorted(item.published_on.day for item in found) == [1, 30]


def test_group_category_and_units_narrow(district):
    district.item(district.street)
    district.item(district.education, "政务主动公开类")
    district.item(district.justice)

    def count(**filters: str) -> int:
        return len(selected("published_items", district.office, JUNE | filters))

    assert count(group=TOWNS) == 1
    assert count(group=DEPARTMENTS) == 2
    assert count(group=DEPARTMENTS, category="动态类") == 1
    assert count(unit="U01,U04") == 2
    assert count(unit="区教育局") == 1
    assert count(unit="没有的单位") == 0


def test_state_is_reckoned_at_the_end_of_the_day_given(district):
    district.letter(district.education, answered=date(2020, 6, 3))
    district.letter(district.education, answered=date(2020, 7, 1))
    district.letter(district.street)

    def states(as_of: str) -> list[int]:
        return [
            len(selected("mailbox_cases", district.office, JUNE | {"state": state, "as_of": as_of}))
            for state in ("on_time", "late", "open")
        ]

    assert states("2020-06-02") == [0, 0, 3]
    assert states("2020-06-08") == [1, 0, 2]
    assert states("2020-07-14") == [1, 2, 0]


def test_channels_no_longer_active_are_selected_together(district):
    for channel in ("网站", "信函", "协助调查函"):
        district.application(district.street, channel)
    district.application(district.street, "协助调查函").channel.__class__.objects.filter(name="信函").update(
        active=False
    )
    assert len(selected("applications", district.office, JUNE | {"channel": "-"})) == 1
    assert len(selected("applications", district.office, JUNE | {"channel": "协助调查函"})) == 2


def test_a_parameter_that_makes_no_sense_is_refused_in_a_sentence(district):
    with pytest.raises(ValueError, match=r"日期应写作 2020-06-01。"):
        selected("published_items", district.office, {"from": "June"})
    with pytest.raises(ValueError, match="没有这一项可选"):
        selected("published_items", district.office, {"category": "别的类"})


def test_platforms_counted_together_are_selected_together(district, clerk):
    for platform in ("微博", "抖音", "快手"):
        district.check(district.street, "错别字", platform=platform)
    assert len(selected("media_checks", district.office, {"platform": "微博"})) == 1
    assert len(selected("media_checks", district.office, {"platform": "微博,抖音"})) == 2
    page = listed(clerk, "media_checks", **{"platform": "微博,抖音", "from": "2020-07-01", "to": "2020-07-31"})
    assert "共 <b>2</b>" in page
    assert '<option value="微博,抖音" selected>微博、抖音</option>' in page
    with pytest.raises(ValueError, match="^platform：没有这一项可选，请重新选择。$"):
        selected("media_checks", district.office, {"platform": "微博,别的平台"})


def test_a_problem_put_right_too_late_reads_as_in_the_notice(district, clerk):
    district.check(
        district.street, "错别字", on=date(2020, 7, 1), rectify_by=date(2020, 7, 3), rectified_on=date(2020, 7, 6)
    )
    page = listed(clerk, "media_checks", **{"from": "2020-07-01", "to": "2020-07-31"})
    assert '<span class="chip chip-behind">未按期整改</span>' in page


# --- pages


@pytest.mark.parametrize(
    "address",
    [
        "/9999-11/",
        "/0001-01/",
        "/2020-01-01..9999-12-31/",
        "/rows/duties/?from=0001-01-01&to=0001-01-31",
        "/rows/duties/?from=2020-06-01&to=9999-12-31",
        "/rows/media_rounds/?from=0001-01-01&to=0001-01-31",
        "/rows/duties/?requirement=T-1&as_of=9999-12-31",
    ],
)
def test_years_nobody_asks_for_are_addresses_of_nothing(district, clerk, address):
    district.requirement()
    assert clerk.get(address).status_code == 404


@pytest.mark.parametrize("days", [("0001-01-01", "0001-01-31"), ("2020-06-01", "9999-12-31")])
def test_a_list_of_such_years_says_which_years_there_are(district, clerk, days):
    page = listed(clerk, "mailbox_cases", **{"from": days[0], "to": days[1]})
    assert "日期应在1950年至2099年之间。" in page


def test_an_issue_date_in_such_a_year_is_not_used(district, clerk):
    district.item(district.street)
    assert clerk.get("/2020-06/", {"issued_on": "9999-12-31"}).status_code == 200
    assert "issued_on" not in clerk.session


def test_a_list_that_makes_no_sense_shows_nothing_and_says_why(district, clerk):
    district.item(district.street)
    page = listed(clerk, "published_items", **{"from": "June"})
    assert "筛选条件有误，未列出数据" in page
    assert "起始日期：日期应写作 2020-06-01。" in page
    assert "共 <b>" not in page


def test_an_empty_list_says_so_and_offers_a_way_on(district, clerk):
    page = listed(clerk, "mailbox_cases", **JUNE)
    assert "所选日期内没有记录" in page
    assert reverse("imports_kind", args=["mailbox_cases"]) in page
    assert "没有符合条件的记录" in listed(clerk, "mailbox_cases", unit="U01", **JUNE)


def test_a_liaison_sees_the_own_rows_only(district):
    for unit in (district.street, district.town, district.town):
        district.item(unit)
        district.letter(unit)
    client = signed_in(liaison(district.street))
    for kind in ("published_items", "mailbox_cases"):
        page = listed(client, kind, **JUNE)
        assert "共 <b>1</b>" in page
        assert "李官镇" not in page
        assert "没有" in listed(client, kind, unit="U02", **JUNE)


def test_a_liaison_cannot_open_a_neighbours_record(district):
    own, other = district.item(district.street), district.item(district.town)
    client = signed_in(liaison(district.street))
    assert client.get(reverse("record", args=["published_items", own.pk])).status_code == 200
    assert client.get(reverse("record", args=["published_items", other.pk])).status_code == 404


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("电话13800001234", "电话138****1234"),
        ("身份证371302199001011234", "身份证371302********4"),
        ("371302900101123", "371302********3"),
        ("电话+8613800001234", "电话+86138****1234"),
        ("电话0086 138 0000 1234", "电话0086 138****1234"),
        ("电话138 0000 1234或138-0000-1234", "电话138****1234或138****1234"),
        ("电话1380 000 1234、138 000 01234", "电话138****1234、138****1234"),
        ("身份证37130219900101123X", "身份证371302********X"),
        ("身份证371302 19900101 123x。", "身份证371302********x。"),
        ("身份证371302-1990-01-01-1234", "身份证371302********4"),
        ("卡号6222021234567890123", "卡号6222********0123"),
        ("卡号6222 0212 3456 7890和6222 0212 3456 7890 123", "卡号6222********7890和6222********0123"),
        ("卡号622202 1234567890123 请查", "卡号6222********0123 请查"),
        *[(plain, plain) for plain in ("2020-06-01 2020-06-30，文号2020060112", "20200601-20200630")],
        ("座机0539-8123456", "座机0539-*******"),
        ("寄到zhang.san@example.org", "寄到****@example.org"),
        ("2020年第31号文件、3713条", "2020年第31号文件、3713条"),
    ],
)
def test_numbers_by_which_a_person_is_found_are_blotted_out(words, shown):
    assert masked(words) == shown


def test_content_is_masked_in_lists_and_reading_it_is_noted(district, clerk):
    application = district.application(district.street, content="我的电话是13800001234")
    assert "13800001234" not in listed(clerk, "applications", **JUNE)
    assert not AuditEvent.objects.exists()
    assert "13800001234" in text(clerk.get(reverse("record", args=["applications", application.pk])))
    event = AuditEvent.objects.get()
    assert (event.verb, event.target_id) == ("application.read", str(application.pk))


def test_an_export_holds_exactly_what_is_filtered_and_is_noted(district, clerk):
    for unit in (district.street, district.street, district.town):
        district.item(unit)
    district.item(district.street, on=date(2020, 7, 1))
    response = clerk.get(reverse("rows_export", args=["published_items"]), JUNE | {"unit": "U01"})
    sheet = load_workbook(io.BytesIO(response.content)).active
    assert sheet["A1"].value == "网站信息（2020年6月）"
    assert sheet["A2"].value.startswith("单位：U01；共2条，")
    assert [row[1] for row in sheet.iter_rows(min_row=4, values_only=True)] == ["兰山街道"] * 2
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A4", "$3:$3")
    disposition = response["Content-Disposition"]
    assert 'filename="published_items-2020-06.xlsx"' in disposition
    assert unquote(disposition).endswith("filename*=UTF-8''网站信息（2020年6月）.xlsx")
    event = AuditEvent.objects.get()
    assert (event.verb, event.data["filters"]["unit"]) == ("rows.exported", "U01")


def test_duties_show_each_unit_as_it_stood_that_day(district, clerk):
    duty = district.requirement()
    district.submission(duty, district.street, date(2020, 6, 29))
    district.submission(duty, district.town, date(2020, 7, 3))
    page = listed(clerk, "duties", requirement="T-1", as_of="2020-07-06")
    assert page.count("逾期6天</span>") == 2
    assert "逾期3天完成" in page
    behind = listed(clerk, "duties", requirement="T-1", as_of="2020-07-06", standing="behind")
    assert "按时完成</span>" not in behind
    own = listed(signed_in(liaison(district.town)), "duties", requirement="T-1", as_of="2020-07-06")
    assert "逾期3天完成" in own
    assert "区教育局" not in own


@pytest.mark.parametrize("kind", LISTS)
def test_more_rows_take_no_more_queries(district, clerk, kind, django_assert_max_num_queries):
    make = {
        "published_items": lambda: district.item(district.street),
        "applications": lambda: district.application(district.street),
        "mailbox_cases": lambda: district.letter(district.street),
        "media_checks": lambda: district.check(district.street, "错别字", on=date(2020, 6, 3)),
        "media_accounts": lambda: district.check(district.street, "错别字", on=date(2020, 6, 3)),
    }[kind]
    make()
    with django_assert_max_num_queries(40) as few:
        listed(clerk, kind, **JUNE)
    for _ in range(30):
        make()
    with django_assert_max_num_queries(len(few)):
        listed(clerk, kind, **JUNE)


def test_a_long_list_is_counted_up_to_its_cap(district, clerk, monkeypatch):
    monkeypatch.setattr("disclosures.lists.pages.COUNT_CAP", 60)
    category = district.item(district.street).category
    PublishedItem.objects.bulk_create(
        PublishedItem(
            office=district.office,
            key=f"k{number}",
            unit=district.street,
            category=category,
            title="信息",
            published_on=date(2020, 6, 2),
        )
        for number in range(70)
    )
    page = listed(clerk, "published_items", **JUNE)
    assert "超过 <b>60</b> 条，只列出前 60 条，请缩小范围" in page
    assert "本页第 1 至 50 条" in page
    assert "本页第 51 至 60 条" in listed(clerk, "published_items", page="99", **JUNE)


def exported_contents(client) -> list[str]:
    response = client.get(reverse("rows_export", args=["applications"]), JUNE)
    rows = list(load_workbook(io.BytesIO(response.content)).active.values)[2:]
    return [row[rows[0].index("申请内容")] for row in rows[1:]]


def test_an_export_of_contents_in_full_is_noted_as_a_reading(district, clerk):
    district.application(district.street, content="我的电话是13800001234")
    assert exported_contents(clerk) == ["我的电话是13800001234"]
    events = list(AuditEvent.objects.order_by("id"))
    assert [event.verb for event in events] == ["application.read", "rows.exported"]
    assert events[0].data == {"exported": 1, "filters": JUNE}


def test_who_may_not_read_contents_exports_them_masked(district, clerk, monkeypatch):
    fewer = OFFICE_STAFF.permissions - {Permission.READ_APPLICATION_CONTENT}
    monkeypatch.setitem(ROLES, OFFICE_STAFF.key, replace(OFFICE_STAFF, permissions=fewer))
    application = district.application(district.street, content="我的电话是13800001234")
    district.application(district.street)
    assert exported_contents(clerk) == [None, "我的电话是138****1234"]
    assert "138****1234" in text(clerk.get(reverse("record", args=["applications", application.pk])))
    assert list(AuditEvent.objects.values_list("verb", flat=True)) == ["rows.exported"]


def test_an_export_of_duties_holds_no_formula_and_keeps_its_name(district, clerk):
    name = '=HYPERLINK("http://example.org/","x")'
    duty = district.requirement(code='任务"1', name=name)
    district.submission(duty, district.street, date(2020, 6, 29))
    response = clerk.get(reverse("rows_export", args=["duties"]), {"requirement": '任务"1', "as_of": "2020-07-14"})
    sheet = load_workbook(io.BytesIO(response.content)).active
    assert sheet["A1"].value == f"{name}（截至2020-07-14）"
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
    assert response["Content-Disposition"].startswith("attachment; filename=\"duties-1.xlsx\"; filename*=UTF-8''")
    assert unquote(response["Content-Disposition"]).endswith(f"{name}完成情况.xlsx")


def test_due_date_in_a_year_without_official_calendar_is_marked_provisional(district, clerk):
    asked = district.application(district.street, on=date(2026, 12, 20))
    district.application(district.street, on=date(2026, 6, 1))
    page = listed(clerk, "applications", **{"from": "2026-01-01", "to": "2026-12-31"})
    assert page.count(">暂定<") == 1
    record = text(clerk.get(reverse("record", args=["applications", asked.pk])))
    assert "暂定：该年度放假安排尚未公布，按周一至周五计算" in record


def test_while_the_correction_is_awaited_there_is_no_due_date(district, clerk):
    asked = district.application(district.street, correction_asked_on=date(2020, 6, 5))
    record = text(clerk.get(reverse("record", args=["applications", asked.pk])))
    assert "等待申请人补正，暂停计时" in record
