"""The first page of who belongs to a unit: one sentence, the notice's own sentences with what mends each, what is to be done."""

import re
from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from disclosures.models import DutyExemption, DutyExtension, Submission
from disclosures.standard import furnish_calendar
from lanshan_portal.periods import Period
from tests.desk import Desk
from tests.district import District
from tests.people import liaison, signed_in, staff, unit_leader
from units.models import Membership
from units.roles import UNIT_LIAISON

pytestmark = pytest.mark.django_db

JUNE_AS_OF_JULY_6 = "/2020-06/?issued_on=2020-07-06"
NOW = datetime(2020, 7, 1, 1, tzinfo=UTC)


@pytest.fixture
def district():
    furnish_calendar()
    return District()


def page(user, address=JUNE_AS_OF_JULY_6) -> str:
    response = signed_in(user).get(address)
    assert response.status_code == 200
    return response.content.decode()


def lead(html: str) -> str:
    """The one sentence at the head."""
    return words(re.search(r'<div class="own-sentence.*?</div>', html, re.S)[0])


def words(html: str) -> str:
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", html))


def named(html: str) -> list[tuple[str, str]]:
    """The sentences of the notice, each with what is said about mending it."""
    return [
        (words(re.search(r"<blockquote>(.*?)</blockquote>", each, re.S)[1]), words(each.split("</blockquote>")[1]))
        for each in re.findall(r'<li class="(?:is-over)?">\s*<p class="named-part">.*?</li>', html, re.S)
    ]


class TestNothing:
    def test_nothing_is_due_and_nothing_is_said(self, district):
        html = page(liaison(district.street))
        assert lead(html) == "没有需要办理的事项。"
        assert "通报不会点名本单位。" in html
        for heading in ("今日待办", "待办事项", "退回的材料", "办理经过"):
            assert f">{heading}</h2>" not in html

    def test_a_month_before_the_unit_was_there(self, district):
        young = district.unit("区大数据局", founded_on=date(2021, 1, 1))
        assert "当月没有本单位的数据" in page(liaison(young))


class TestTheSentence:
    def test_what_is_late_comes_first_then_what_follows(self, district):
        district.requirement(name="实施方案")
        district.requirement("T-2", name="工作总结", due_on=date(2020, 7, 10), placement="不通报")
        found = lead(page(liaison(district.street)))
        assert found == "有1项逾期未办：实施方案（逾期6天）。下一项“工作总结”7月10日截止，剩4个工作日。"

    def test_what_comes_next_where_nothing_is_late(self, district):
        district.requirement("T-2", name="工作总结", due_on=date(2020, 7, 24), placement="不通报")
        district.requirement("T-3", name="亮点信息", due_on=date(2020, 7, 31), placement="不通报")
        found = lead(page(liaison(district.street)))
        assert found == "有2项待办，最近一项“工作总结”7月24日截止，剩14个工作日。"

    def test_what_was_handed_in_is_no_longer_to_be_done(self, district):
        asked = district.requirement("T-2", name="工作总结", due_on=date(2020, 7, 24))
        district.submission(asked, district.street, date(2020, 7, 3), review=Submission.Review.PENDING)
        assert lead(page(liaison(district.street))) == "没有需要办理的事项。"


class TestIfItWereIssuedToday:
    def test_the_very_sentence_with_the_own_name_and_the_page_that_mends_it(self, district):
        asked = district.requirement(name="实施方案")
        district.submission(asked, district.town, date(2020, 6, 29))
        html = page(liaison(district.street))
        [(sentence, mending)] = named(html)
        assert sentence == "截至7月6日，仍有3个单位未按时上传实施方案：兰山街道、……。"
        assert mending == "补报实施方案补报后，本期通报不再点名。"
        assert "<mark>兰山街道</mark>" in html
        assert 'href="/duties/T-1/once/U01/">补报实施方案</a>' in html
        assert "区教育局" not in html

    def test_it_is_gone_once_the_unit_has_handed_in(self, district):
        asked = district.requirement(name="实施方案")
        person = liaison(district.street)
        assert len(named(page(person))) == 1
        district.submission(asked, district.street, date(2020, 7, 5), review=Submission.Review.PENDING)
        assert named(page(person)) == []

    def test_it_is_back_when_the_office_returned_it(self, district):
        asked = district.requirement(name="实施方案")
        returned = district.submission(asked, district.street, date(2020, 7, 5), review=Submission.Review.RETURNED)
        returned.review_words = "缺少附件"
        returned.save()
        html = page(liaison(district.street))
        assert len(named(html)) == 1
        assert ">退回的材料</h2>" in html
        assert "退回原因：缺少附件" in html
        assert "修改后重新报送</a>" in html

    def test_of_a_monthly_task_lateness_itself_is_told(self, district):
        district.requirement(
            "T-9", name="访谈稿", recurrence="每月", due_on=date(2020, 6, 25), assigned_on=date(2020, 6, 1)
        )
        html = page(liaison(district.street))
        [(_, mending)] = named(html)
        assert mending == "补报访谈稿现在补报，本期通报仍会列为逾期；请尽快补报。"
        assert 'href="/duties/T-9/2020-06/U01/"' in html

    def test_who_is_the_last_one_missing_would_be_told_of_as_late(self, district):
        district.requirement(name="实施方案", units=(district.street,))
        [(_, mending)] = named(page(liaison(district.street)))
        assert mending.endswith("现在补报，本期通报仍会列为逾期；请尽快补报。")

    def test_after_the_day_of_counting_nothing_changes_this_notice(self, district):
        district.requirement(name="实施方案", counted_until=date(2020, 7, 4))
        [(_, mending)] = named(page(liaison(district.street)))
        assert mending.endswith("统计截至7月4日，现在补报，本期通报仍会点名；请尽快补报，避免下期再次点名。")

    def test_handed_in_after_the_day_of_counting(self, district):
        asked = district.requirement(name="实施方案", counted_until=date(2020, 7, 4))
        district.submission(asked, district.street, date(2020, 7, 5))
        [(_, mending)] = named(page(liaison(district.street)))
        assert mending == ("“实施方案”已于7月5日补报，但晚于统计截止日期7月4日，本期通报仍会点名，不需要再办理。")

    def test_what_was_handed_in_after_the_day_in_view_is_not_asked_for_again(self, district):
        asked = district.requirement(name="实施方案")
        district.submission(asked, district.street, date(2020, 7, 9), review=Submission.Review.PENDING)
        html = page(liaison(district.street))
        [(_, mending)] = named(html)
        assert mending == "“实施方案”已于7月9日报送，待审核；按7月6日印发计算，仍会点名。"
        assert lead(html) == "没有需要办理的事项。"
        assert "工作任务，7月9日报送，等待审核" in html
        assert "<small>7月9日报送，待审核</small>" in html
        assert ">报送</a>" not in html

    def test_what_was_accepted_after_the_day_in_view_is_no_longer_listed(self, district):
        asked = district.requirement(name="实施方案")
        district.submission(asked, district.street, date(2020, 7, 9))
        html = page(liaison(district.street))
        assert "<small>7月9日报送，已审核通过</small>" in html
        assert ">待办事项</h2>" not in html

    def test_what_came_back_after_the_day_in_view_is_told_with_its_reason(self, district):
        asked = district.requirement(name="实施方案")
        later = district.submission(asked, district.street, date(2020, 7, 9), review=Submission.Review.RETURNED)
        later.review_words = "缺少附件"
        later.save()
        html = page(liaison(district.street))
        assert "退回原因：缺少附件" in html
        assert len(named(html)) == 1

    def test_done_too_late_and_nothing_left_to_do(self, district):
        asked = district.requirement(name="访谈稿", units=(district.street,))
        district.submission(asked, district.street, date(2020, 7, 2))
        html = page(liaison(district.street))
        [(_, mending)] = named(html)
        assert mending == "“访谈稿”已经逾期完成，本期通报仍会点名，不需要再办理。"
        assert lead(html) == "没有需要办理的事项。"

    @pytest.mark.parametrize(
        ("answered", "said"),
        [
            (None, "查看未答复的来信已过答复期限，本期通报仍会点名；请尽快答复。"),
            (date(2020, 6, 20), "来信已经答复，但超过了答复期限，本期通报仍会点名，不需要再办理。"),
        ],
    )
    def test_a_letter_not_answered_in_time(self, district, answered, said):
        district.letter(district.street, answered=answered)
        [(sentence, mending)] = named(page(liaison(district.street)))
        assert "兰山街道" in sentence
        assert mending == said

    def test_an_application_not_answered_in_time(self, district):
        district.application(district.street, answered_on=None)
        [(_, mending)] = named(page(liaison(district.street)))
        assert mending == "查看未答复的申请已过答复期限，本期通报仍会点名；请尽快答复。"

    @pytest.mark.parametrize(
        ("rectified_on", "said"),
        [
            (None, "查看需要整改的账号已过整改期限，本期通报仍会点名；请尽快整改，避免下期再次点名。"),
            (date(2020, 7, 6), "发现的问题已经整改，但超过了整改期限，本期通报仍会点名，不需要再办理。"),
        ],
    )
    def test_an_account_not_put_right_in_time(self, district, rectified_on, said):
        district.check(
            district.street, "超期更新", on=date(2020, 7, 1), rectify_by=date(2020, 7, 3), rectified_on=rectified_on
        )
        [(_, mending)] = named(page(liaison(district.street)))
        assert mending == said

    def test_the_leader_in_charge_reads_and_hands_nothing_in(self, district):
        district.requirement(name="实施方案")
        html = page(unit_leader(district.street))
        [(_, mending)] = named(html)
        assert mending.startswith("查看实施方案")
        assert ">报送</a>" not in html

    def test_who_acts_for_two_units_reads_of_both_at_once(self, district):
        district.requirement(name="实施方案")
        person = liaison(district.street)
        Membership.objects.create(
            user=person, office=district.office, unit=district.justice, role=UNIT_LIAISON.key, since=date(2020, 1, 1)
        )
        html = page(person)
        [(sentence, mending)] = named(html)
        assert "兰山街道、……、区司法局" in sentence
        assert mending.count("补报实施方案") == 2
        assert 'href="/duties/T-1/once/U04/"' in html


class TestTheDayInView:
    """A day that is past is named; the day on which the page is read is today."""

    def test_a_past_day_is_named(self, district):
        district.requirement("T-2", name="工作总结", due_on=date(2020, 7, 6), placement="不通报")
        html = page(liaison(district.street))
        assert '<h2 id="h-named">如果7月6日印发</h2>' in html
        assert '<h2 id="h-todo">待办事项</h2><span class="panel-hint">按7月6日计算，1 项，期限早的在前</span>' in html
        assert lead(html) == "有1项待办，最近一项“工作总结”7月6日截止，当日截止。"
        assert ">当日截止</span>" in html
        assert "今天" not in words(html[html.index('<main class="page') : html.index("</main>")])

    def test_today_is_today(self, district):
        today = timezone.localdate()
        district.requirement("T-2", name="工作总结", due_on=today, placement="不通报")
        html = page(liaison(district.street), f"/{Period.month_of(today)}/")
        assert '<h2 id="h-named">如果今天印发</h2>' in html
        assert '<h2 id="h-todo">今日待办</h2><span class="panel-hint">1 项，期限早的在前</span>' in html
        assert ">今天截止</span>" in html


class TestToDo:
    def test_the_most_urgent_first_whatever_it_is(self, district):
        district.requirement(name="实施方案")
        district.requirement("T-2", name="工作总结", due_on=date(2020, 7, 24), placement="不通报")
        district.letter(district.street, on=date(2020, 7, 2))
        district.check(district.street, "错别字", on=date(2020, 7, 3), rectify_by=date(2020, 7, 8))
        html = page(liaison(district.street))
        listed = [
            words(each)
            for each in re.findall(r"<li>(.*?)</li>", re.search(r'<ul class="todo-list">.*?</ul>', html, re.S)[0], re.S)
        ]
        assert [re.match(r"(逾期|剩)\d+天", each)[0] for each in listed] == ["逾期6天", "剩2天", "剩3天", "剩18天"]
        assert listed[0] == "逾期6天实施方案工作任务，6月30日截止报送"
        assert "政务新媒体，7月3日检查发现，7月8日前整改" in listed[1]
        assert "部门信箱，7月2日收到，7月9日前答复" in listed[2]

    def test_a_task_that_is_locked_needs_an_extension_first(self, district):
        district.requirement(name="实施方案", lock_after_days=2)
        html = page(liaison(district.street))
        assert "6月30日截止，已锁定，需要先申请延期" in words(html)
        assert ">报送</a>" not in html

    def test_a_task_with_a_later_day(self, district):
        DutyExtension.objects.create(
            requirement=district.requirement(name="实施方案"),
            unit=district.street,
            due_on=date(2020, 7, 20),
            reason="搬迁",
            granted_by=staff(district.office),
            granted_at=NOW,
        )
        html = page(liaison(district.street))
        assert "已延期至7月20日" in html
        assert named(html) == []

    def test_a_task_that_is_asked_not_to_apply_still_stands(self, district):
        DutyExemption.objects.create(
            requirement=district.requirement(name="实施方案"),
            unit=district.street,
            reason="无此项职能",
            granted_by=staff(district.office),
            granted_at=NOW,
        )
        html = page(liaison(district.street))
        assert "已申请标记不适用，待批准" in html
        assert len(named(html)) == 1

    def test_an_application_whose_clock_stands_still(self, district):
        district.application(district.street, on=date(2020, 6, 15), correction_asked_on=date(2020, 6, 18))
        html = page(liaison(district.street))
        assert "6月15日收到，等待补正，期限暂停计算" in html
        assert lead(html) == "有1项待办，没有逾期的事项。"

    def test_what_is_answered_later_than_the_day_in_view_is_not_answered_yet(self, district):
        district.letter(district.street, on=date(2020, 7, 2), answered=date(2020, 7, 8))
        assert "7月2日收到，7月9日前答复" in page(liaison(district.street))


def test_a_step_of_a_monthly_task_names_its_month():
    desk = Desk.of_today(recurrence="每月")
    month = Period.month_of(desk.task.due_on)
    desk.term = str(month)
    desk.hand_in()
    assert f"报送材料　实施方案（{month.label}）" in re.sub(r"<[^>]+>", "", page(desk.liaison))


def test_other_units_are_never_on_the_page(district):
    district.requirement(name="实施方案")
    district.letter(district.town)
    html = page(liaison(district.street))
    for name in ("李官镇", "区教育局", "区司法局"):
        assert name not in html


def test_the_page_takes_as_many_queries_for_more_rows(district, django_assert_max_num_queries):
    client = signed_in(liaison(district.street))
    district.requirement(name="实施方案")
    client.get(JUNE_AS_OF_JULY_6)
    with django_assert_max_num_queries(60) as few:
        client.get(JUNE_AS_OF_JULY_6)
    for number in range(2, 9):
        district.requirement(f"T-{number}", name=f"任务{number}")
        district.letter(district.street, on=date(2020, 6, number))
        district.application(district.street, on=date(2020, 6, number))
        district.check(district.street, "错别字")
    with django_assert_max_num_queries(len(few)):
        client.get(JUNE_AS_OF_JULY_6)
