"""催办: once however often it is asked for, of what is open at that moment, to the right people, and back again."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest

from disclosures.actions import reminders
from disclosures.actions.reminders import TakingBackRefused, outcome_in_words, remind, send, take_back
from disclosures.models import DutyEvent, Job, Message, Reminder, ReminderSettings, Sending
from disclosures.reminding import Effect, candidates, receipts
from lanshan_portal.periods import Period
from tests.at_once import at_once
from tests.district import District
from tests.people import liaison, staff, unit_leader
from units.models import AuditEvent

pytestmark = pytest.mark.django_db
several_at_once = pytest.mark.django_db(transaction=True)

JUNE = Period.month(2020, 6)
MORNING = datetime(2020, 7, 6, 1, 30, tzinfo=UTC)
"""9:30 on a Monday in Shandong."""
TODAY = date(2020, 7, 6)


@pytest.fixture
def district(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    district = District()
    district.duty = district.requirement("T-1", name="基本目录")
    return district


@pytest.fixture
def clerk(district):
    return staff(district.office, display_name="李经办")


def waiting(district, clerk, *units, code="a" * 32, **how) -> Sending:
    """A sending that is asked for; in these tests no transaction ends, so its job has not begun."""
    return remind(
        office=district.office,
        unit_ids=[unit.pk for unit in units],
        period=JUNE,
        code=code,
        by=clerk,
        at=MORNING,
        **how,
    )


def asked(district, clerk, *units, **how) -> Sending:
    """A sending that is asked for and sent."""
    return send(sending=waiting(district, clerk, *units, **how), at=MORNING)


def test_each_liaison_gets_a_message_and_the_duty_a_step(district, clerk):
    first, second = (
        liaison(district.street, display_name="赵一"),
        liaison(district.street, name="b", display_name="赵二"),
    )
    liaison(district.town)
    sending = asked(district, clerk, district.street, words="  请今天办理。\n")
    assert outcome_in_words(sending) == "已向1家单位发出催办。"
    reminder = Reminder.objects.get()
    assert (reminder.unit, reminder.words, reminder.sent_on) == (district.street, "请今天办理。", TODAY)
    assert [item["words"] for item in reminder.items] == ["逾期6天"]
    messages = Message.objects.all()
    assert {message.user for message in messages} == {first, second}
    assert {(message.title, message.urgent, message.address) for message in messages} == {
        ("催办：1项工作逾期未办", True, "/duties/T-1/once/U01/")
    }
    step = DutyEvent.objects.get()
    assert (step.kind, step.requirement, step.unit, step.by, step.words) == (
        "reminded",
        district.duty,
        district.street,
        clerk,
        "请今天办理。",
    )
    event = AuditEvent.objects.get(verb="reminder.sent")
    assert (event.by, event.target_id, event.data) == (clerk, sending.code, {"units": ["U01"], "left_out": 0})


def test_near_things_are_a_notice_and_several_lead_home(district, clerk):
    liaison(district.street)
    district.submission(district.duty, district.street, date(2020, 6, 20))
    for number in (2, 3):
        district.requirement(f"T-{number}", (district.street,), due_on=date(2020, 7, 8))
    asked(district, clerk, district.street)
    message = Message.objects.get()
    assert (message.title, message.address) == ("提醒：2项工作临近期限", "/")


def test_pressing_twice_sends_once(district, clerk):
    liaison(district.street)
    one, two = asked(district, clerk, district.street), asked(district, clerk, district.street)
    assert one == two
    send(sending=one, at=MORNING)
    assert (Reminder.objects.count(), Message.objects.count(), Job.objects.count()) == (1, 1, 1)


def test_what_is_done_meanwhile_drops_out_and_is_said(district, clerk):
    """The form was opened while two units had something open; one hands in before it is sent."""
    liaison(district.street), liaison(district.town)
    sending = waiting(district, clerk, district.street, district.town)
    assert sending.sent_at is None
    district.submission(district.duty, district.town, TODAY, review="待审")
    sending = send(sending=sending, at=MORNING)
    assert [reminder.unit for reminder in Reminder.objects.all()] == [district.street]
    assert sending.left_out == [{"unit": district.town.pk, "name": "李官镇", "why": "已办结，没有需要催办的事项"}]
    assert outcome_in_words(sending) == "已向1家单位发出催办，1家未发送。"


def test_nothing_open_at_all_sends_nothing(district, clerk):
    district.submission(district.duty, district.street, TODAY)
    sending = asked(district, clerk, district.street)
    assert outcome_in_words(sending) == "没有发出催办，1家未发送。"
    assert not Reminder.objects.exists()


def test_the_daily_limit_holds_and_ends_with_the_day(district, clerk):
    liaison(district.street)
    ReminderSettings.objects.create(office=district.office, daily_limit=1)
    asked(district, clerk, district.street, code="a" * 32)
    second = asked(district, clerk, district.street, code="b" * 32)
    assert [each["why"] for each in second.left_out] == ["今天已催办1次，达到每天上限"]
    third = asked(district, clerk, district.street, code="c" * 32)
    assert len(third.left_out) == 1
    tomorrow = Sending.objects.create(
        code="d" * 32,
        office=district.office,
        month="2020-06",
        units=[district.street.pk],
        asked_by=clerk,
        asked_at=MORNING,
    )
    assert send(sending=tomorrow, at=MORNING + timedelta(days=1)).left_out == []


def test_what_was_taken_back_does_not_count_against_the_limit(district, clerk):
    liaison(district.street)
    ReminderSettings.objects.create(office=district.office, daily_limit=1)
    take_back(sending=asked(district, clerk, district.street, code="a" * 32), by=clerk, at=MORNING)
    assert asked(district, clerk, district.street, code="b" * 32).left_out == []


def test_a_unit_without_people_is_reminded_by_telephone(district, clerk):
    sending = asked(district, clerk, district.street)
    assert Reminder.objects.count() == 1
    assert not Message.objects.exists()
    assert outcome_in_words(sending) == "没有发出催办，1家须电话通知。"
    told = receipts([sending.code])[sending.code]
    assert (told.unread, told.to_phone) == (0, 1)


def test_what_was_taken_back_is_nobodys_call(district, clerk):
    liaison(district.street)
    sending = asked(district, clerk, district.street, district.town)
    assert outcome_in_words(sending) == "已向1家单位发出催办，另有1家须电话通知。"
    take_back(sending=sending, by=clerk, at=MORNING)
    told = receipts([sending.code])[sending.code]
    assert (told.units, told.unread, told.to_phone) == (2, 0, 0)


def test_one_requirement_only(district, clerk):
    liaison(district.street)
    district.requirement("T-2", (district.street,), name="实施方案")
    asked(district, clerk, district.street, requirement="T-2")
    assert [item["title"] for item in Reminder.objects.get().items] == ["实施方案"]


# --- leaders in charge


def test_a_leader_reads_along_only_after_the_liaison_had_a_day(district, clerk):
    liaison(district.street)
    head = unit_leader(district.street)
    asked(district, clerk, district.street)
    assert not Message.objects.filter(user=head).exists()
    (candidate,) = candidates(district.office, JUNE, TODAY + timedelta(days=1), unit_ids=[district.street.pk])
    assert candidate.copied == (head,)
    assert head not in candidate.readers(copies=False)


def test_a_leader_is_told_where_there_is_no_liaison(district, clerk):
    head = unit_leader(district.street)
    asked(district, clerk, district.street, copies=False)
    assert Message.objects.get().user == head


def test_another_matter_does_not_call_the_leader(district, clerk):
    liaison(district.street)
    unit_leader(district.street)
    asked(district, clerk, district.street)
    district.submission(district.duty, district.street, TODAY)
    district.requirement("T-9", (district.street,), name="另一项", due_on=TODAY)
    (candidate,) = candidates(district.office, JUNE, TODAY + timedelta(days=1), unit_ids=[district.street.pk])
    assert candidate.copied == ()


# --- what the form says beforehand


def test_the_effect_is_told_in_numbers(district, clerk):
    liaison(district.street)
    asked(district, clerk, district.street)
    found = candidates(district.office, JUNE, TODAY)
    told = "将向1家单位发送催办，其中1家今天已催过，另有3家没有接收人，须电话通知。"
    assert Effect.of(found).sentence == told
    assert Effect.of(found[1:]).sentence == "将向0家单位发送催办，另有3家没有接收人，须电话通知。"
    liaison(district.town)
    found = candidates(district.office, JUNE, TODAY, unit_ids=[district.town.pk])
    assert Effect.of(found).sentence == "将向1家单位发送催办。"
    found = candidates(district.office, JUNE, TODAY)
    assert Effect.of(found).to_phone == 2


# --- taking back


def test_unread_messages_vanish_and_read_ones_stay(district, clerk):
    reader = liaison(district.street)
    liaison(district.town)
    sending = asked(district, clerk, district.street, district.town, words="请办理。")
    Message.objects.filter(user=reader).update(read_at=MORNING)
    assert take_back(sending=sending, by=clerk, at=MORNING) == 1
    assert Message.objects.get().user == reader
    assert Message.objects.get().reminder.taken_back_at == MORNING
    assert [(step.unit, step.words) for step in DutyEvent.objects.all()] == [(district.street, "（已撤回）请办理。")]
    assert AuditEvent.objects.get(verb="reminder.taken_back").data == {"vanished": 1, "read": 1}


def test_what_went_out_by_mail_stays(district, clerk):
    liaison(district.street)
    sending = asked(district, clerk, district.street)
    Message.objects.update(mail=Message.Mail.SENT, mailed_at=MORNING)
    assert take_back(sending=sending, by=clerk, at=MORNING) == 0
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    ("later", "sentence"),
    [(timedelta(0), "这批催办已经撤回。"), (timedelta(hours=25), "这批催办发出已超过24小时，不能再撤回。")],
)
def test_a_sending_is_taken_back_once_and_within_a_day(district, clerk, later, sentence):
    sending = asked(district, clerk, district.street)
    if not later:
        take_back(sending=sending, by=clerk, at=MORNING)
    with pytest.raises(TakingBackRefused, match=f"^{sentence}$"):
        take_back(sending=sending, by=clerk, at=MORNING + later)


# --- more than one at once


@several_at_once
def test_a_job_that_is_run_twice_reminds_once(district, clerk, monkeypatch):
    """A worker that was taken for dead finishes beside the one that took over."""
    liaison(district.street)
    monkeypatch.setattr(reminders, "SMALL", 0)
    monkeypatch.setattr("disclosures.jobs._dispatch", lambda pk: None)
    sending = waiting(district, clerk, district.street)
    at_once(*[lambda: send(sending=sending, at=MORNING)] * 4)
    assert (Reminder.objects.count(), Message.objects.count(), DutyEvent.objects.count()) == (1, 1, 1)


@several_at_once
def test_two_clerks_at_once_stay_within_the_limit(district, clerk, monkeypatch):
    liaison(district.street)
    ReminderSettings.objects.create(office=district.office, daily_limit=2)
    monkeypatch.setattr(reminders, "SMALL", 0)
    monkeypatch.setattr("disclosures.jobs._dispatch", lambda pk: None)
    sendings = [waiting(district, clerk, district.street, code=letter * 32) for letter in "abcde"]
    at_once(*(partial(send, sending=sending, at=MORNING) for sending in sendings))
    assert Reminder.objects.count() == 2
    assert sum(len(sending.left_out) for sending in Sending.objects.all()) == 3


@several_at_once
def test_a_few_units_are_reminded_while_the_person_waits(district, clerk):
    liaison(district.street)
    sending = waiting(district, clerk, district.street)
    assert sending.sent_at is not None
    job = Job.objects.get()
    assert (job.state, job.sentence, job.result_address) == (
        "done",
        "已向1家单位发出催办。",
        f"/reminders/{sending.code}/",
    )


@several_at_once
def test_cancelling_before_the_end_sends_nothing(district, clerk, monkeypatch):
    from disclosures import jobs

    liaison(district.street), liaison(district.town)
    monkeypatch.setattr(reminders, "SMALL", 0)
    monkeypatch.setattr(jobs, "LOOKED_EVERY", 0)
    monkeypatch.setattr(jobs, "_dispatch", lambda pk: None)
    sending = waiting(district, clerk, district.street, district.town)
    job = Job.objects.get()
    jobs._file(job.pk, "cancelled").touch()
    jobs.run(job.pk)
    job.refresh_from_db()
    sending.refresh_from_db()
    assert job.state == Job.State.CANCELLED
    assert sending.sent_at is None
    assert not Message.objects.exists()
