"""Everything about one unit: its month, its year, what came again, what it handed in, who it is."""

import re
from datetime import UTC, date, datetime

import pytest

from disclosures.models import DutyEvent, Message, Reminder
from tests.district import District
from tests.pages import text
from tests.people import liaison, signed_in, staff, unit_leader
from units import audit

pytestmark = pytest.mark.django_db

OVERVIEW = "/2020-06/?issued_on=2020-07-06"
PAGE = "/units/U01/?month=2020-06"


@pytest.fixture
def district():
    """A street that leaves the same task undone in May and June."""
    district = District()
    asked = district.requirement(
        "T-9", name="访谈稿", recurrence="每月", due_on=date(2020, 5, 25), assigned_on=date(2020, 5, 1)
    )
    for unit in (district.town, district.education, district.justice):
        for month in (5, 6):
            district.submission(asked, unit, date(2020, month, 20), term=f"2020-{month:02}")
    for month in (5, 6):
        district.item(district.street, on=date(2020, month, 10))
    return district


@pytest.fixture
def clerk(district):
    client = signed_in(staff(district.office))
    client.get(OVERVIEW)
    return client


def words(html: str) -> str:
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", html))


def test_what_came_again_is_told_at_the_head(clerk):
    page = words(text(clerk.get(PAGE)))
    assert "访谈稿连续2期出现问题（本期逾期11天）。" in page
    assert "本月1项问题，情况按7月6日计算" in page


def test_a_problem_of_a_unit_that_went_into_it_came_again_with_it(district, clerk):
    for unit in (district.street, district.town):
        unit.submissions.all().delete()
    district.town.dissolved_on, district.town.successor = date(2020, 6, 1), district.education
    district.town.save()
    district.education.submissions.all().delete()
    audit.record(by=None, verb="unit.dissolved", office=district.office)
    page = words(text(clerk.get("/units/U03/?month=2020-06")))
    assert "访谈稿连续2期出现问题" in page
    assert "并入本单位李官镇" in page


def test_the_year_tells_each_thing_month_by_month(clerk):
    page = text(clerk.get(PAGE))
    grid = re.search(r'<table class="rows year-grid">.*?</table>', page, re.S)[0]
    lines = {
        words(re.search(r"<th scope=\"row\">(.*?)</th>", line, re.S)[1]): [
            words(cell) for cell in re.findall(r"<td>(.*?)</td>", line, re.S)
        ]
        for line in re.findall(r"<tr><th scope=\"row\">.*?</tr>", grid, re.S)
    }
    assert lines["访谈稿"][-2:] == ["逾期36天", "逾期11天"]
    assert lines["访谈稿"][0] == "·没有这一项"
    assert 'href="/2020-05/units/U01/?cell=task.T-9.2020-05" data-drawer' in grid


def test_items_by_category_and_column_lead_to_their_rows(district, clerk):
    for column, number in (("公开-规划计划", 2), ("资讯-动态", 1)):
        for _ in range(number):
            item = district.item(district.street, on=date(2020, 6, 12))
            item.column = column
            item.save()
    clerk.get(OVERVIEW)
    page = text(clerk.get(PAGE))
    assert re.search(r'href="[^"]*category=[^"]*">动态类信息</a><b>4</b>', page)
    address = re.search(r'href="([^"]*column=[^"]*)">公开-规划计划</a><b>2</b>', page)[1]
    assert "共 <b>2</b> 条" in text(clerk.get(address.replace("&amp;", "&")))


def test_what_was_handed_in_and_what_happened(district, clerk):
    asked = district.requirement("T-2", name="工作总结", due_on=date(2020, 6, 30))
    district.submission(asked, district.street, date(2020, 6, 29))
    DutyEvent.objects.create(
        requirement=asked,
        unit=district.street,
        kind=DutyEvent.Kind.RETURNED,
        words="缺少附件",
        at=datetime(2020, 6, 28, 2, tzinfo=UTC),
    )
    reminder = Reminder.objects.create(
        office=district.office,
        unit=district.street,
        items=[{"title": "访谈稿", "words": "逾期", "address": ""}],
        sent_at=datetime(2020, 6, 27, 2, tzinfo=UTC),
        sent_on=date(2020, 6, 27),
        sending="a",
    )
    Message.objects.create(
        office=district.office,
        user=liaison(district.street),
        kind=Message.Kind.REMINDER,
        title="催办",
        reminder=reminder,
        created_at=reminder.sent_at,
    )
    page = text(clerk.get(PAGE))
    assert "退回修改" in page
    assert "工作总结：缺少附件" in page
    assert "访谈稿。尚未阅读" in page
    assert 'href="/duties/T-2/once/U01/">材料</a>' in page


def test_a_reminder_that_was_taken_back_is_not_told(district, clerk):
    Reminder.objects.create(
        office=district.office,
        unit=district.street,
        items=[],
        sent_at=datetime(2020, 6, 27, 2, tzinfo=UTC),
        sent_on=date(2020, 6, 27),
        sending="a",
        taken_back_at=datetime(2020, 6, 27, 3, tzinfo=UTC),
    )
    assert "没有报送、审核和催办记录。" in text(clerk.get(PAGE))


def test_people_accounts_and_register(district, clerk):
    liaison(district.street, display_name="张伟", phone="0539-0000000", job_title="科员")
    unit_leader(district.street, display_name="李强")
    district.check(district.street, "超期更新", on=date(2020, 7, 2))
    district.street.aliases.create(name="兰山办事处")
    page = text(clerk.get(PAGE))
    assert "张伟<small>联络员，科员</small>" in page
    assert 'href="tel:0539-0000000"' in page
    assert "李强<small>分管领导</small>" in page
    assert "微博，正常" in page
    assert "7月2日检查" in page
    assert "兰山办事处" in page
    assert "兰山区兰山街道" in page


def test_another_month_by_its_address(clerk):
    page = text(clerk.get("/units/U01/?month=2020-05"))
    assert "2020年5月" in page
    assert "连续" not in page
    assert text(clerk.get("/units/U01/?month=never"))


def test_a_month_before_the_unit_was_there(district, clerk):
    young = district.unit("区大数据局", founded_on=date(2021, 1, 1))
    assert "当月没有这个单位的数据" in text(clerk.get(f"/units/{young.code}/?month=2020-06"))


def test_a_month_without_data_is_no_good_month(clerk):
    page = text(clerk.get("/units/U01/?month=2019-01"))
    assert "当月没有数据" in page
    assert "本月没有问题" not in page
    assert "近 12 个月没有数据。" in page


def test_people_of_the_unit_see_it_and_no_other(district):
    own = signed_in(liaison(district.street))
    assert "兰山街道" in text(own.get(PAGE))
    assert own.get("/units/U02/").status_code == 404
    assert own.get("/2020-06/units/U02/").status_code == 404
    assert text(own.get("/2020-06/units/U01/"))


def test_more_rows_take_no_more_queries(district, clerk, django_assert_max_num_queries):
    clerk.get(PAGE)
    with django_assert_max_num_queries(75) as few:
        clerk.get(PAGE)
    for number in range(2, 10):
        asked = district.requirement(f"T-1{number}", name=f"任务{number}")
        district.submission(asked, district.street, date(2020, 6, number))
        district.item(district.street, on=date(2020, 6, number))
        district.letter(district.street, on=date(2020, 6, number))
        district.application(district.street, on=date(2020, 6, number))
        district.check(district.street, "错别字")
    with django_assert_max_num_queries(len(few) + 12):
        clerk.get(PAGE)
    with django_assert_max_num_queries(len(few) + 12) as more:
        clerk.get(PAGE)
    for number in range(20, 30):
        asked = district.requirement(f"T-1{number}", name=f"任务{number}")
        district.submission(asked, district.street, date(2020, 6, 3))
        district.letter(district.street, on=date(2020, 6, 4))
    with django_assert_max_num_queries(len(more)):
        clerk.get(PAGE)
