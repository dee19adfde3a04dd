"""Each figure against a hand-counted month, its edges, and the rows its query names."""

from datetime import date

import pytest

from disclosures.models import DeadlineRule, RestDay
from disclosures.standard import furnish_calendar
from lanshan_portal.periods import Period
from reports.figures import applications, duties, mailbox, media, notice_figures, published
from reports.models import NoticeSettings
from tests.district import DEPARTMENTS, TOWNS, District

pytestmark = pytest.mark.django_db

JUNE, JULY = Period.month(2020, 6), Period.month(2020, 7)
ISSUED_ON = date(2020, 7, 14)


@pytest.fixture
def district():
    return District()


@pytest.fixture
def calendar():
    furnish_calendar()
    return RestDay.objects.calendar()


class TestPublished:
    def test_category_by_group_with_both_margins(self, district):
        for unit, category, items in [
            (district.street, "动态类", 3),
            (district.town, "政务主动公开类", 1),
            (district.education, "动态类", 2),
            (district.justice, "政务主动公开类", 4),
        ]:
            for _ in range(items):
                district.item(unit, category)
        figures = published.count(district.office, JUNE, district.directory())
        assert figures.total.value == 10
        assert {share.wording: share.figure.value for share in figures.by_group} == {TOWNS: 4, DEPARTMENTS: 6}
        assert {
            category.total.wording: [share.figure.value for share in category.by_group]
            for category in figures.by_category
        } == {"动态类信息": [3, 2], "政务主动公开类信息": [1, 4]}

    def test_first_and_last_day_count_their_neighbours_do_not(self, district):
        for day in (date(2020, 5, 31), date(2020, 6, 1), date(2020, 6, 30), date(2020, 7, 1)):
            district.item(district.street, on=day)
        assert published.count(district.office, JUNE, district.directory()).total.value == 2

    def test_empty_month_has_a_zero_in_every_cell(self, district):
        figures = published.count(district.office, JUNE, district.directory())
        assert [share.figure.value for category in figures.by_category for share in category.by_group] == [0] * 4
        assert [unit.name for unit in figures.silent_units] == ["兰山街道", "李官镇", "区教育局", "区司法局"]

    def test_month_before_a_merger_stays_as_it_was(self, district):
        district.item(district.justice)
        before = published.count(district.office, JUNE, district.directory())
        merged_on = date(2021, 1, 1)
        district.justice.dissolved_on, district.justice.successor = merged_on, district.education
        district.justice.save()
        assert published.count(district.office, JUNE, district.directory()) == before

    def test_month_before_a_change_of_group_stays_as_it_was(self, district):
        district.item(district.town)
        before = published.count(district.office, JUNE, district.directory())
        old = district.town.versions.get()
        old.valid_to = date(2020, 7, 1)
        old.save()
        departments = district.justice.versions.get().group
        district.town.versions.create(
            full_name="兰山区李官街道",
            short_name="李官街道",
            group=departments,
            kind="街道",
            valid_from=date(2020, 7, 1),
        )
        district.item(district.town, on=date(2020, 7, 2))
        assert published.count(district.office, JUNE, district.directory()) == before
        july = published.count(district.office, JULY, district.directory())
        assert {share.wording: share.figure.value for share in july.by_group} == {TOWNS: 0, DEPARTMENTS: 1}

    def test_one_query_for_items_however_many_units(self, district, django_assert_num_queries):
        directory = district.directory()
        for unit in (district.street, district.town, district.education):
            district.item(unit)
        with django_assert_num_queries(2):
            published.count(district.office, JUNE, directory)


class TestApplications:
    def count(self, district, calendar):
        return applications.count(
            district.office, JUNE, as_of=ISSUED_ON, calendar=calendar, directory=district.directory()
        )

    def test_by_channel_in_the_offices_order(self, district, calendar):
        for channel in ("协助调查函", "信函", "网站", "协助调查函"):
            district.application(district.education, channel, answered_on=date(2020, 6, 8))
        figures = self.count(district, calendar)
        assert [(share.wording, share.figure.value) for share in figures.by_channel] == [
            ("区政府网站收到政府信息公开申请", 1),
            ("收到信函申请", 1),
            ("收到省市政府依申请协助调函", 2),
        ]
        assert figures.unnamed.value == 0
        assert figures.answers.all_on_time

    def test_channel_no_longer_in_use_goes_to_the_remainder(self, district, calendar):
        application = district.application(district.education, "传真", answered_on=date(2020, 6, 8))
        application.channel.active = False
        application.channel.save()
        figures = self.count(district, calendar)
        assert (figures.total.value, figures.unnamed.value, figures.by_channel) == (1, 1, ())

    @pytest.mark.parametrize(
        ("received", "answered", "state"),
        [
            (date(2020, 6, 1), date(2020, 6, 30), (1, 0, 0)),
            (date(2020, 6, 1), date(2020, 7, 1), (0, 1, 0)),
            (date(2020, 6, 1), None, (0, 1, 0)),
            (date(2020, 6, 30), None, (0, 0, 1)),
            (date(2020, 6, 30), date(2020, 7, 20), (0, 0, 1)),
        ],
        ids=["last day", "a day late", "never", "time left", "answered after the notice"],
    )
    def test_states_as_known_on_the_day_of_issue(self, district, calendar, received, answered, state):
        district.application(district.education, on=received, answered_on=answered)
        answers = self.count(district, calendar).answers
        assert (answers.on_time.value, answers.late.value, answers.open.value) == state
        assert answers.all_on_time == (state == (1, 0, 0))

    def test_late_ones_are_told_by_unit(self, district, calendar):
        for unit in (district.justice, district.education, district.justice):
            district.application(unit, answered_on=date(2020, 7, 13))
        late = self.count(district, calendar).answers.late_by_unit
        assert [(share.unit.name, share.figure.value) for share in late] == [("区司法局", 2), ("区教育局", 1)]

    def test_limit_is_the_rule_in_force_on_the_day_of_receipt(self, district, calendar):
        rule = DeadlineRule.objects.get(office=district.office, subject="application_reply")
        rule.valid_to = date(2020, 6, 15)
        rule.save()
        DeadlineRule.objects.create(
            office=district.office,
            subject="application_reply",
            working_days=5,
            source="试行",
            valid_from=date(2020, 6, 15),
        )
        district.application(district.education, on=date(2020, 6, 12), answered_on=date(2020, 7, 13))
        district.application(district.education, on=date(2020, 6, 15), answered_on=date(2020, 7, 13))
        answers = self.count(district, calendar).answers
        assert (answers.on_time.value, answers.late.value) == (1, 1)


class TestMailbox:
    def test_most_letters_first_then_official_order(self, district, calendar):
        for unit in (district.justice, district.education, district.street, district.education):
            district.letter(unit, answered=date(2020, 6, 5))
        figures = mailbox.count(
            district.office, JUNE, as_of=ISSUED_ON, calendar=calendar, directory=district.directory()
        )
        assert [(share.unit.name, share.figure.value) for share in figures.by_unit] == [
            ("区教育局", 2),
            ("兰山街道", 1),
            ("区司法局", 1),
        ]
        assert figures.answers.all_on_time

    def test_answer_after_five_working_days_is_late(self, district, calendar):
        district.letter(district.street, on=date(2020, 6, 22), answered=date(2020, 7, 1))
        district.letter(district.street, on=date(2020, 6, 22), answered=date(2020, 6, 30))
        figures = mailbox.count(
            district.office, JUNE, as_of=ISSUED_ON, calendar=calendar, directory=district.directory()
        )
        # 25 and 26 June are holidays, Sunday 28 June is worked: day 5 is Tuesday 30 June.
        assert (figures.answers.on_time.value, figures.answers.late.value) == (1, 1)


class TestMedia:
    def count(self, district, period=JULY):
        return media.count(district.office, period, as_of=ISSUED_ON, directory=district.directory())

    def test_rounds_stale_accounts_and_other_problems(self, district):
        done = {"rectify_by": date(2020, 7, 10), "rectified_on": date(2020, 7, 10)}
        district.check(district.street)
        district.check(district.street, "超期更新", "抖音", **done)
        district.check(district.education, "超期更新", "微信订阅号", **done)
        district.check(district.education, "错别字", round="2020年7月第2次", **done)
        figures = self.count(district)
        assert (figures.rounds.value, figures.stale.value, figures.found.value) == (2, 2, 3)
        assert [(s.wording, s.figure.value) for s in figures.stale_by_platform] == [("微信订阅号", 1), ("抖音", 1)]
        assert [(s.wording, s.figure.value) for s in figures.other_problems] == [("错别字", 1)]
        assert figures.all_rectified

    @pytest.mark.parametrize(
        ("limit", "done", "unrectified", "pending"),
        [
            (date(2020, 7, 10), date(2020, 7, 11), 1, 0),
            (date(2020, 7, 10), None, 1, 0),
            (date(2020, 7, 20), None, 0, 1),
            (date(2020, 7, 10), date(2020, 7, 15), 1, 0),
            (None, None, 1, 0),
            (None, date(2020, 7, 13), 0, 0),
        ],
    )
    def test_rectification_as_known_on_the_day_of_issue(self, district, limit, done, unrectified, pending):
        district.check(district.street, "超期更新", rectify_by=limit, rectified_on=done)
        figures = self.count(district)
        assert (figures.unrectified.value, figures.pending.value) == (unrectified, pending)

    def test_round_after_the_day_of_issue_is_not_known_yet(self, district):
        district.check(district.street, "超期更新", on=date(2020, 7, 27))
        figures = self.count(district)
        assert (figures.rounds.value, figures.found.value) == (0, 0)

    def test_window_of_a_longer_period_is_the_period(self):
        quarter = Period.quarter(2020, 2)
        assert notice_figures.media_window(NoticeSettings.MediaWindow.MONTH_OF_ISSUE, quarter, ISSUED_ON) == quarter

    def test_window_is_the_month_of_issue_unless_the_office_counts_its_period(self):
        choice = NoticeSettings.MediaWindow
        assert notice_figures.media_window(choice.MONTH_OF_ISSUE, JUNE, ISSUED_ON) == JULY
        assert notice_figures.media_window(choice.PERIOD, JUNE, ISSUED_ON) == JUNE
        assert notice_figures.media_window(choice.MONTH_OF_ISSUE, JUNE, date(2020, 6, 29)) == JUNE


class TestDuties:
    def count(self, district, period=JUNE, placement="存在问题", issued_on=ISSUED_ON):
        found = duties.count(district.office, period, issued_on=issued_on, directory=district.directory())
        return {"存在问题": found.problems, "上期重点工作": found.follow_ups, "": found.coming}[placement]

    def test_missing_late_and_done_at_the_cut_off(self, district):
        plan = district.requirement(counted_until=date(2020, 7, 4))
        district.submission(plan, district.street, date(2020, 6, 30))
        district.submission(plan, district.town, date(2020, 7, 3))
        district.submission(plan, district.education, date(2020, 7, 5))
        district.submission(plan, district.justice, date(2020, 6, 20), review="退回")
        [duty] = self.count(district)
        assert [unit.name for unit in duty.missing] == ["区教育局", "区司法局"]
        assert [unit.name for unit in duty.late] == ["李官镇"]
        assert [unit.name for unit in duty.behind] == ["李官镇", "区教育局", "区司法局"]
        counted = (duty.asked, duty.done, duty.missing_count, duty.late_count, duty.behind_count)
        assert [figure.value for figure in counted] == [4, 1, 2, 1, 3]

    def test_scope_is_a_group_or_listed_units(self, district):
        towns = district.street.versions.get().group
        district.requirement("T-1", scope="group", group=towns)
        district.requirement("T-2", units=(district.justice,))
        first, second = self.count(district)
        assert [unit.name for unit in first.missing] == ["兰山街道", "李官镇"]
        assert [unit.name for unit in second.missing] == ["区司法局"]

    def test_monthly_requirement_is_told_of_each_month_by_its_term(self, district):
        interview = district.requirement(
            recurrence="每月",
            due_on=date(2020, 5, 25),
            assigned_on=date(2020, 5, 6),
            units=(district.street, district.town),
        )
        district.submission(interview, district.street, date(2020, 6, 25), term="2020-06")
        district.submission(interview, district.town, date(2020, 5, 20), term="2020-05")
        [june] = self.count(district)
        assert (june.term, june.due_on) == (JUNE, date(2020, 6, 25))
        assert [unit.name for unit in june.behind] == ["李官镇"]
        assert self.count(district, Period.month(2020, 4)) == ()
        assert [duty.term for duty in self.count(district, Period.quarter(2020, 2))] == [Period.month(2020, 5), JUNE]

    @pytest.mark.parametrize(
        ("source", "due_on", "told_in"),
        [
            ("2020-05", date(2020, 6, 30), "2020-06"),
            ("2020-05", date(2020, 7, 3), "2020-06"),
            ("2020-05", date(2020, 7, 24), "2020-07"),
            ("2020-05", date(2020, 8, 5), "2020-07"),
            ("2020-05", date(2020, 9, 3), "2020-08"),
            ("", date(2020, 6, 30), "2020-06"),
            ("", date(2020, 7, 3), "2020-07"),
        ],
    )
    def test_each_requirement_is_told_of_by_one_notice(self, district, source, due_on, told_in):
        asked = district.requirement(placement="上期重点工作", source_month=source, due_on=due_on)
        for unit in (district.street, district.town, district.education, district.justice):
            district.submission(asked, unit, due_on)
        issue_dates = {
            "2020-05": date(2020, 6, 11),
            "2020-06": ISSUED_ON,
            "2020-07": date(2020, 8, 12),
            "2020-08": date(2020, 9, 11),
        }
        assert [
            code
            for code, issued_on in issue_dates.items()
            if self.count(district, Period.parse(code), "上期重点工作", issued_on)
        ] == [told_in]

    def test_one_that_fell_due_about_the_day_of_issue_is_told_again_while_units_are_missing(self, district):
        asked = district.requirement(placement="上期重点工作", source_month="2020-05", due_on=date(2020, 7, 11))
        july = Period.month(2020, 7)
        assert self.count(district, JUNE, "上期重点工作", date(2020, 7, 10)) == ()
        assert len(self.count(district, july, "上期重点工作", date(2020, 8, 14))) == 1
        assert asked.source_month == "2020-05"

    def test_monthly_requirement_is_first_due_after_it_was_set(self, district):
        district.requirement(recurrence="每月", due_on=date(2020, 7, 10), assigned_on=date(2020, 6, 25))
        assert self.count(district) == ()
        assert [duty.due_on for duty in self.count(district, JULY)] == [date(2020, 7, 10)]

    def test_counting_never_goes_beyond_the_day_of_issue(self, district):
        district.requirement(counted_until=date(2020, 7, 20))
        [duty] = self.count(district)
        assert duty.as_of == ISSUED_ON

    def test_successor_answers_for_a_listed_unit_and_what_it_handed_in(self, district):
        asked = district.requirement(units=(district.justice, district.street))
        district.submission(asked, district.justice, date(2020, 6, 5))
        district.justice.dissolved_on, district.justice.successor = date(2020, 6, 20), district.education
        district.justice.save()
        [duty] = self.count(district)
        assert [(each.unit.name, each.standing.value) for each in duty.units] == [
            ("兰山街道", "missing"),
            ("区教育局", "done"),
        ]

    def test_each_month_has_its_own_submissions(self, district):
        asked = district.requirement(recurrence="每月", due_on=date(2020, 1, 25), assigned_on=date(2020, 1, 2))
        for month in range(1, 8):
            district.submission(asked, district.street, date(2020, month, 20), term=f"2020-{month:02}")
        [duty] = self.count(district)
        assert (duty.done.value, duty.missing_count.value) == (1, 3)

    def test_unit_founded_after_the_due_date_was_not_asked(self, district):
        district.unit("区大数据局", founded_on=date(2020, 7, 1))
        district.requirement()
        [duty] = self.count(district)
        assert duty.asked.value == 4


def test_queries_of_a_notice_do_not_grow_with_rows(district, django_assert_max_num_queries):
    for unit in (district.street, district.town, district.education, district.justice):
        for _ in range(3):
            district.item(unit)
            district.letter(unit)
            district.application(unit)
            district.check(unit, "超期更新")
    for number in range(5):
        plan = district.requirement(f"T-{number}")
        district.submission(plan, district.street, date(2020, 6, 30))
    with django_assert_max_num_queries(24):
        notice_figures.build(district.office, JUNE, ISSUED_ON)


class TestNamedUnits:
    """Whom the notice names, and the screen counts, for a duty with one unit late and one missing."""

    @pytest.mark.parametrize(
        ("fields", "named"),
        [
            ({"placement": "上期重点工作", "source_month": "2020-05"}, ["李官镇"]),
            ({"placement": "存在问题"}, ["李官镇"]),
            ({"placement": "存在问题", "recurrence": "每月", "assigned_on": JUNE.start}, ["兰山街道", "李官镇"]),
        ],
        ids=["set by the last notice", "asked once", "monthly"],
    )
    def test_late_ones_are_named_where_lateness_is_told(self, district, fields, named):
        asked = district.requirement(units=(district.street, district.town), **fields)
        district.submission(asked, district.street, date(2020, 7, 2), term="2020-06" if "recurrence" in fields else "")
        found = duties.count(district.office, JUNE, issued_on=ISSUED_ON, directory=district.directory())
        [duty] = (*found.follow_ups, *found.problems)
        assert [unit.name for unit in duty.named] == named
        assert duty.named_count.value == len(named)

    def test_where_nobody_is_missing_the_late_ones_are_named(self, district):
        asked = district.requirement(units=(district.street,))
        district.submission(asked, district.street, date(2020, 7, 2))
        found = duties.count(district.office, JUNE, issued_on=ISSUED_ON, directory=district.directory())
        [duty] = (*found.follow_ups, *found.problems)
        assert [unit.name for unit in duty.named] == ["兰山街道"]
