"""What is open for a unit on a day: what counts, in which words, with how many queries."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from disclosures.compliance import Standing
from disclosures.duties.duty import duties_of, terms_due
from disclosures.models import DutyExemption, DutyExtension
from disclosures.open_items import NEAR_WORKING_DAYS, OpenItem, _Wording, open_items
from disclosures.workdays import WorkingCalendar
from lanshan_portal.periods import Period
from tests.people import staff
from units.actions.register import dissolve_unit

pytestmark = pytest.mark.django_db

JUNE = Period.month(2020, 6)
JULY_6 = date(2020, 7, 6)
"""A Monday."""


def opened(district, today=JULY_6, **how) -> list[tuple[str, str, str]]:
    """(unit, title, words) of everything that is open."""
    names = {entry.unit_id: entry.short_name for entry in district.directory()}
    found = open_items(district.office, JUNE, today, **how)
    return [(names[unit_id], item.title, item.words) for unit_id, items in found.items() for item in items]


def test_a_duty_is_overdue_in_days_and_near_in_working_days(district):
    district.requirement("T-1", (district.street,), name="基本目录", due_on=date(2020, 6, 30))
    district.requirement("T-2", (district.street,), name="访谈稿", due_on=date(2020, 7, 8))
    district.requirement("T-3", (district.street,), name="工作总结", due_on=date(2020, 7, 24))
    assert opened(district) == [("兰山街道", "基本目录", "逾期6天"), ("兰山街道", "访谈稿", "剩2个工作日")]


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2020, 7, 3), "剩3个工作日"),
        (date(2020, 7, 7), "剩1个工作日"),
        (date(2020, 7, 8), "今天截止"),
        (date(2020, 7, 9), "逾期1天"),
        (date(2020, 9, 6), "逾期60天"),
        (date(2020, 9, 7), "2020年7月8日截止，至今未办"),
    ],
)
def test_words_of_a_due_day(district, today, words):
    district.requirement("T-1", (district.street,), due_on=date(2020, 7, 8))
    assert [told for _, _, told in opened(district, today)] == [words]


def test_a_due_day_with_no_working_day_before_it_says_so(district):
    district.requirement("T-1", (district.street,), due_on=date(2020, 7, 5))
    assert [told for _, _, told in opened(district, date(2020, 7, 3))] == ["7月5日截止，其间没有工作日"]


def test_what_is_done_exempt_or_awaits_a_decision_is_not_open(district):
    clerk = staff(district.office)
    duty = district.requirement("T-1", name="基本目录")
    district.submission(duty, district.street, date(2020, 6, 30))
    district.submission(duty, district.town, date(2020, 7, 6), review="待审")
    common = {"requirement": duty, "reason": "无此职能", "granted_by": clerk, "granted_at": timezone.now()}
    DutyExemption.objects.create(unit=district.education, approved_by=clerk, approved_at=timezone.now(), **common)
    DutyExemption.objects.create(unit=district.justice, **common)
    assert opened(district) == []


def test_returned_material_is_open_whenever_it_is_due(district):
    duty = district.requirement("T-1", (district.street,), due_on=date(2020, 7, 24))
    district.submission(duty, district.street, date(2020, 7, 1), review="退回")
    assert opened(district) == [("兰山街道", "实施方案", "已退回，剩14个工作日")]


def test_an_extension_moves_the_day_and_a_lock_says_what_to_do(district):
    duty = district.requirement("T-1", (district.street, district.town), lock_after_days=3)
    DutyExtension.objects.create(
        requirement=duty,
        unit=district.town,
        due_on=date(2020, 7, 7),
        reason="人员变动",
        granted_by=staff(district.office),
        granted_at=timezone.now(),
    )
    assert opened(district) == [
        ("兰山街道", "实施方案", "逾期6天，已停止接收，请先联系办理延期"),
        ("李官镇", "实施方案", "剩1个工作日"),
    ]


def test_cases_and_findings_are_open_past_or_near_their_limits(district):
    district.application(district.education, on=date(2020, 6, 1))
    district.application(district.education, on=date(2020, 7, 1))
    district.application(district.education, on=date(2020, 6, 1), answered_on=date(2020, 6, 20))
    district.application(district.education, on=date(2020, 6, 1), correction_asked_on=date(2020, 6, 3))
    letter = district.letter(district.justice, on=date(2020, 7, 2))
    check = district.check(district.town, "超期更新", on=date(2020, 7, 1), rectify_by=date(2020, 7, 3))
    found = opened(district)
    assert [row[0] for row in found] == ["李官镇", "区教育局", "区司法局"]
    assert found[0][1:] == (f"微博“{check.account.name}”超期更新整改", "逾期3天")
    assert found[1][2] == "逾期6天"
    assert found[2][1:] == (f"部门信箱来信{letter.number}答复", "剩3个工作日")


def test_a_finding_without_a_limit_is_open_at_once(district):
    district.check(district.town, "错别字", on=date(2020, 7, 6))
    ((_, _, words),) = opened(district)
    assert words == "7月6日检查发现，尚未整改"
    assert open_items(district.office, JUNE, JULY_6)[district.town.pk][0].overdue


def test_a_case_of_a_year_without_its_calendar_says_that_its_day_is_provisional(district):
    from disclosures.models import CalendarYear

    CalendarYear.objects.filter(year=2020).update(official=False)
    district.letter(district.justice, on=date(2020, 7, 2))
    assert [told for _, _, told in opened(district)] == ["剩3个工作日（暂按现有日历推算）"]


def test_one_requirement_narrows_to_its_duties(district):
    district.requirement("T-1", (district.street,), name="基本目录")
    district.requirement("T-2", (district.street,), name="实施方案")
    district.letter(district.street, on=date(2020, 6, 1))
    assert opened(district, requirement="T-1") == [("兰山街道", "基本目录", "逾期6天")]


def test_some_units_only(district):
    district.requirement("T-1")
    assert {name for name, *_ in opened(district, unit_ids=[district.town.pk])} == {"李官镇"}


def test_what_a_unit_owed_before_it_went_into_another_the_other_is_reminded_of(district):
    district.requirement("T-1", (district.justice,), due_on=date(2020, 6, 30))
    dissolve_unit(unit=district.justice, on_day=date(2020, 7, 2), by=None, successor=district.education)
    assert opened(district) == [("区教育局", "实施方案", "逾期6天")]


def test_a_requirement_not_yet_set_is_not_open(district):
    district.requirement("T-1", due_on=date(2020, 7, 8), assigned_on=date(2020, 7, 7))
    assert opened(district) == []


def test_other_months_are_left_alone(district):
    district.requirement("T-1", (district.street,), due_on=date(2020, 5, 29))
    district.letter(district.street, on=date(2020, 5, 11))
    assert opened(district, date(2020, 8, 20)) == []


def test_units_stand_in_official_order_and_overdue_things_first(district):
    district.requirement("T-1", (district.justice, district.street), name="乙", due_on=date(2020, 7, 7))
    district.requirement("T-2", (district.justice,), name="甲", due_on=date(2020, 7, 1))
    assert [(name, title) for name, title, _ in opened(district)] == [
        ("兰山街道", "乙"),
        ("区司法局", "甲"),
        ("区司法局", "乙"),
    ]


def test_the_key_stays_while_the_words_change(district):
    district.requirement("T-1", (district.street,))

    def only(today: date) -> OpenItem:
        return open_items(district.office, JUNE, today)[district.street.pk][0]

    first, second = only(JULY_6), only(date(2020, 7, 20))
    assert first.key == second.key
    assert first.words != second.words
    assert first.as_told() == {
        "key": first.key,
        "title": "实施方案",
        "words": "逾期6天",
        "address": "/duties/T-1/once/U01/",
    }


def test_it_says_missing_where_the_notice_does(district):
    """What is overdue here is what the notice counts as missing, on every day."""
    duty = district.requirement("T-1")
    district.submission(duty, district.street, date(2020, 7, 3))
    district.submission(duty, district.town, date(2020, 6, 20))
    for today in (date(2020, 7, 1) + timedelta(days=number) for number in range(30)):
        (rows,) = duties_of(
            dict.fromkeys(terms_due(district.office, JUNE.start, JUNE.last), today), district.office
        ).values()
        missing = {row.unit.unit_id for row in rows if row.standing is Standing.MISSING}
        assert {
            unit_id
            for unit_id, items in open_items(district.office, JUNE, today).items()
            if any(item.overdue for item in items)
        } == missing


def test_the_number_of_queries_does_not_grow(district, django_assert_num_queries):
    def fill(number: int) -> None:
        for _ in range(number):
            unit = district.unit(f"单位{number}")
            district.letter(unit, on=date(2020, 6, 1))
            district.application(unit, on=date(2020, 6, 1))
            district.check(unit, "超期更新", on=date(2020, 7, 1), rectify_by=date(2020, 7, 2))

    district.requirement("T-1")
    fill(3)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        assert len(open_items(district.office, JUNE, JULY_6)) == 7
    fill(20)
    with django_assert_num_queries(len(few)):
        assert len(open_items(district.office, JUNE, JULY_6)) == 27
    assert len(few) <= 16


DAYS = st.dates(date(2019, 1, 1), date(2022, 12, 31))


@given(DAYS, DAYS)
def test_words_agree_with_what_they_say(today, due_on):
    wording = _Wording(today, WorkingCalendar())
    words = wording(due_on)
    assert ("逾期" in words or "至今未办" in words) == wording.overdue(due_on)
    if words.startswith("剩"):
        assert due_on > today
        assert (int(words[1:].removesuffix("个工作日")) <= NEAR_WORKING_DAYS) == wording.concerns(due_on)
    assert wording.concerns(due_on) or due_on > today
