"""One unit under one heading: every state with its words and its sentence, and what the notice would name it for."""

from datetime import UTC, date, datetime

import pytest

from disclosures.models import DutyExemption, DutyExtension, MediaAccount, RestDay, Submission
from disclosures.standard import furnish_calendar
from lanshan_portal.periods import Period
from reports.cells import State
from reports.figures import notice_figures
from reports.overview import matrix
from tests.district import JUNE_30, District
from tests.people import staff

pytestmark = pytest.mark.django_db

JUNE = Period.month(2020, 6)
JULY_6 = date(2020, 7, 6)
NOW = datetime(2020, 7, 1, 1, tzinfo=UTC)


@pytest.fixture
def district():
    furnish_calendar()
    return District()


def cell(district, unit, column="task.T-1", today=JULY_6):
    figures = notice_figures.build(district.office, JUNE, today)
    table = matrix(figures, district.directory().during(JUNE), today, RestDay.objects.calendar())
    return next(cell for heading, cell in table.cells(table.row(unit.pk)) if heading.key == column)


def told(found):
    return (found.state, found.words, found.sentence, found.is_problem)


def granted(model, district, requirement, unit, **fields):
    clerk = staff(district.office)
    fields.setdefault("reason", "机构改革")
    return model.objects.create(requirement=requirement, unit=unit, granted_by=clerk, granted_at=NOW, **fields)


class TestTasks:
    def test_in_time(self, district):
        district.submission(district.requirement(), district.street, date(2020, 6, 29))
        assert told(cell(district, district.street)) == (State.DONE, "", "6月29日按时完成", False)

    def test_in_time_and_still_to_be_reviewed(self, district):
        asked = district.requirement()
        district.submission(asked, district.street, date(2020, 6, 29), review=Submission.Review.PENDING)
        expected = (State.REVIEW, "待核", "6月29日按时完成，材料待审核", False)
        assert told(cell(district, district.street)) == expected

    def test_published_in_the_column_instead(self, district):
        district.requirement(action="公开", column="公开-规划计划", assigned_on=date(2020, 6, 1))
        item = district.item(district.street, on=date(2020, 6, 20))
        item.column, item.title = "公开-规划计划", "上半年工作总结"
        item.save()
        sentence = "6月20日已公开“上半年工作总结”，不需另行报送"
        assert told(cell(district, district.street)) == (State.DONE, "", sentence, False)

    def test_late_where_others_are_missing_is_mended(self, district):
        district.submission(district.requirement(), district.street, date(2020, 7, 2))
        found = cell(district, district.street)
        assert told(found) == (State.MENDED, "逾期完成", "7月2日完成，逾期2天", False)
        assert found.over

    def test_late_where_nobody_is_missing_is_named(self, district):
        asked = district.requirement(units=(district.street,))
        district.submission(asked, district.street, date(2020, 7, 2))
        assert told(cell(district, district.street)) == (State.BEHIND, "逾期完成", "7月2日完成，逾期2天", True)

    def test_late_and_named_stays_so_while_it_is_reviewed(self, district):
        asked = district.requirement(units=(district.street,))
        district.submission(asked, district.street, date(2020, 7, 2), review=Submission.Review.PENDING)
        sentence = "7月2日完成，逾期2天，材料待审核"
        assert told(cell(district, district.street)) == (State.BEHIND, "逾期完成", sentence, True)

    def test_missing(self, district):
        district.requirement()
        sentence = "6月30日截止，截至7月6日未完成"
        assert told(cell(district, district.street)) == (State.BEHIND, "逾期6天", sentence, True)

    def test_missing_since_it_was_returned(self, district):
        district.submission(
            district.requirement(), district.street, date(2020, 6, 20), review=Submission.Review.RETURNED
        )
        sentence = "6月30日截止，截至7月6日未完成，报送的材料已退回"
        assert told(cell(district, district.street)) == (State.BEHIND, "逾期6天", sentence, True)

    def test_what_came_after_the_day_of_counting_does_not_help(self, district):
        district.submission(district.requirement(counted_until=date(2020, 7, 4)), district.street, date(2020, 7, 5))
        found = cell(district, district.street)
        sentence = "6月30日截止，7月5日报送，晚于统计截止日期7月4日，本期仍计为未完成"
        assert told(found) == (State.BEHIND, "逾期5天", sentence, True)
        assert found.over

    def test_missing_while_it_is_asked_not_to_apply(self, district):
        granted(DutyExemption, district, district.requirement(), district.street)
        sentence = "6月30日截止，截至7月6日未完成，申请标记不适用（机构改革），待批准，批准前通报仍将点名"
        assert told(cell(district, district.street)) == (State.REVIEW, "待核", sentence, True)

    def test_not_due_while_it_is_asked_not_to_apply(self, district):
        granted(DutyExemption, district, district.requirement(), district.street)
        found = cell(district, district.street, today=date(2020, 6, 5))
        assert told(found) == (State.REVIEW, "待核", "6月30日截止，尚未报送，申请标记不适用（机构改革），待批准", False)

    def test_not_applicable_says_why(self, district):
        asked = district.requirement()
        clerk = staff(district.office, name="approver")
        granted(DutyExemption, district, asked, district.street, approved_at=NOW, approved_by=clerk)
        assert told(cell(district, district.street)) == (State.NONE, "—", "不适用（机构改革）", False)

    def test_not_asked(self, district):
        district.requirement(units=(district.town,))
        assert told(cell(district, district.street)) == (State.NONE, "—", "不在任务范围内", False)

    def test_prolonged(self, district):
        granted(DutyExtension, district, district.requirement(), district.street, due_on=date(2020, 7, 9))
        sentence = "已延期至7月9日，剩3个工作日，尚未报送"
        assert told(cell(district, district.street)) == (State.SOON, "剩3天", sentence, False)

    def test_prolonged_and_over(self, district):
        granted(DutyExtension, district, district.requirement(), district.street, due_on=date(2020, 7, 3))
        sentence = "已延期至7月3日，截至7月6日未完成"
        assert told(cell(district, district.street)) == (State.BEHIND, "逾期3天", sentence, True)

    @pytest.mark.parametrize(
        ("today", "state", "words", "sentence"),
        [
            # 25 and 26 June are holidays, Sunday 28 June is worked.
            (date(2020, 6, 19), State.AWAITED, "待报", "6月30日截止，尚未报送"),
            (date(2020, 6, 22), State.SOON, "剩8天", "6月30日截止，剩5个工作日，尚未报送"),
            (date(2020, 6, 27), State.SOON, "剩3天", "6月30日截止，剩3个工作日，尚未报送"),
            (date(2020, 6, 29), State.SOON, "剩1天", "6月30日截止，剩1个工作日，尚未报送"),
            (date(2020, 6, 30), State.BEHIND, "未完成", "6月30日截止，截至6月30日未完成"),
            (date(2020, 7, 1), State.BEHIND, "逾期1天", "6月30日截止，截至7月1日未完成"),
        ],
    )
    def test_comes_near_in_working_days_and_is_told_in_days(self, district, today, state, words, sentence):
        district.requirement()
        found = cell(district, district.justice, today=today)
        assert (found.state, found.words, found.sentence) == (state, words, sentence)

    def test_due_on_a_rest_day_with_no_working_day_left(self, district):
        district.requirement(due_on=date(2020, 6, 14))
        found = cell(district, district.justice, today=date(2020, 6, 12))
        assert (found.words, found.sentence) == ("剩2天", "6月14日截止，期限内已没有工作日，尚未报送")

    def test_returned_before_it_is_due(self, district):
        district.submission(
            district.requirement(), district.street, date(2020, 6, 3), review=Submission.Review.RETURNED
        )
        found = cell(district, district.street, today=date(2020, 6, 5))
        assert told(found) == (State.SOON, "已退回", "6月30日截止，材料已退回，请修改后重新报送", False)

    def test_what_a_notice_asked_is_shown_before_it_is_due(self, district):
        district.requirement(source_month="2020-05", placement="上期重点工作", due_on=JUNE_30)
        found = cell(district, district.street, today=date(2020, 6, 22))
        assert (found.state, found.words) == (State.SOON, "剩8天")


class TestAccounts:
    def test_no_round_was_held(self, district):
        assert told(cell(district, district.street, "media")) == (
            State.UNKNOWN,
            "无数据",
            "7月没有开展新媒体检查",
            False,
        )

    def test_the_round_left_the_unit_out(self, district):
        district.check(district.street, on=date(2020, 5, 6))
        district.check(district.town)
        sentence = "7月的检查没有包括该单位的账号"
        assert told(cell(district, district.street, "media")) == (State.UNKNOWN, "无数据", sentence, False)

    def test_no_account(self, district):
        district.check(district.town)
        assert told(cell(district, district.street, "media")) == (State.NONE, "—", "没有登记的新媒体账号", False)

    def test_an_account_that_was_closed_is_none(self, district):
        district.check(district.street, on=date(2020, 5, 6))
        MediaAccount.objects.update(state=MediaAccount.State.CLOSED, closed_on=date(2020, 6, 1))
        district.check(district.town)
        assert cell(district, district.street, "media").state is State.NONE

    def test_nothing_found(self, district):
        district.check(district.street)
        assert told(cell(district, district.street, "media")) == (State.DONE, "", "检查1次，未发现问题", False)

    def test_put_right(self, district):
        district.check(district.street, "超期更新", rectified_on=JULY_6, rectify_by=JULY_6)
        expected = (State.MENDED, "已整改", "检查发现问题1次，均已按期整改", False)
        assert told(cell(district, district.street, "media")) == expected

    def test_within_the_limit(self, district):
        district.check(district.street, "超期更新", rectify_by=date(2020, 7, 20))
        expected = (State.SOON, "待整改1次", "检查发现问题1次，其中1次尚在整改期限内", False)
        assert told(cell(district, district.street, "media")) == expected

    @pytest.mark.parametrize(
        ("rectified_on", "sentence", "over"),
        [
            (None, "检查发现问题1次，未按期整改1次", False),
            (date(2020, 7, 6), "检查发现问题1次，未按期整改1次，现已整改", True),
        ],
    )
    def test_too_late(self, district, rectified_on, sentence, over):
        district.check(
            district.street, "超期更新", on=date(2020, 7, 1), rectify_by=date(2020, 7, 3), rectified_on=rectified_on
        )
        found = cell(district, district.street, "media")
        assert told(found) == (State.BEHIND, "未按期1次", sentence, True)
        assert found.over is over


class TestAnswers:
    def test_no_sheet_came_in(self, district):
        found = cell(district, district.street, "mailbox")
        assert told(found) == (State.UNKNOWN, "无数据", "6月没有导入来信记录", False)
        assert cell(district, district.street, "applications").sentence == "6月没有导入申请记录"

    def test_nothing_was_received(self, district):
        district.letter(district.town, answered=date(2020, 6, 3))
        assert told(cell(district, district.street, "mailbox")) == (State.NONE, "—", "没有收到来信", False)

    def test_all_in_time(self, district):
        district.letter(district.street, answered=date(2020, 6, 3))
        assert told(cell(district, district.street, "mailbox")) == (State.COUNT, "1/1", "收到1件，均按时答复", False)

    @pytest.mark.parametrize(
        ("answered", "sentence", "over"),
        [
            (None, "收到1件，未按时答复1件，其中1件仍未答复", False),
            (date(2020, 6, 20), "收到1件，未按时答复1件，已逾期答复", True),
        ],
    )
    def test_too_late(self, district, answered, sentence, over):
        district.letter(district.street, answered=answered)
        found = cell(district, district.street, "mailbox")
        assert told(found) == (State.BEHIND, "未按时1件", sentence, True)
        assert found.over is over

    def test_open_with_time_left(self, district):
        district.application(district.street, on=JUNE_30)
        sentence = "收到1件，1件尚未答复，尚在办理期限内"
        assert told(cell(district, district.street, "applications")) == (State.AWAITED, "0/1", sentence, False)

    def test_open_and_nearly_due(self, district):
        district.application(district.street, on=date(2020, 6, 9))
        district.application(district.street, on=JUNE_30)
        sentence = "收到2件，2件尚未答复，最近一件7月8日到期，剩2个工作日"
        assert told(cell(district, district.street, "applications")) == (State.SOON, "剩2天", sentence, False)

    def test_clock_that_stands_still_is_not_near(self, district):
        district.application(district.street, on=date(2020, 6, 9), correction_asked_on=date(2020, 6, 12))
        assert cell(district, district.street, "applications").state is State.AWAITED
