"""Mail through a real server on loopback: at its hours, once, of what is still unread and open, with what the server said."""

import time
from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from disclosures.actions import mail
from disclosures.actions.mail import send_due
from disclosures.actions.messages import tell
from disclosures.actions.reminders import remind, send, take_back
from disclosures.models import Letter, Message, ReminderSettings
from lanshan_portal.periods import Period
from tests.at_once import at_once
from tests.district import District
from tests.people import liaison, reviewer, staff
from units.models import Membership

pytestmark = pytest.mark.django_db
several_at_once = pytest.mark.django_db(transaction=True)

JUNE = Period.month(2020, 6)


def at(day: int, hour: int, minute: int = 0, month: int = 7) -> datetime:
    """A moment of July 2020 in Shandong; the 6th is a Monday."""
    return datetime(2020, month, day, hour, minute, tzinfo=timezone.get_default_timezone())


MONDAY = at(6, 9, 30)


@pytest.fixture
def district(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    district = District()
    district.office.phone = "0539-8203456"
    district.office.section = "区政府办公室政务公开科"
    district.office.save()
    district.duty = district.requirement("T-1", name="基本目录")
    return district


@pytest.fixture
def reader(district):
    return liaison(district.street, display_name="赵联络", email="zhao@lanshan.example")


def reminded(district, *units, code="a" * 32, words=""):
    sending = remind(
        office=district.office,
        unit_ids=[unit.pk for unit in units or (district.street,)],
        period=JUNE,
        words=words,
        code=code,
        by=staff(district.office, name=f"clerk{code[0]}"),
        at=MONDAY,
    )
    return send(sending=sending, at=MONDAY)


def told(district, person, title="新任务：访谈稿", when=MONDAY, **more):
    return tell(office=district.office, people=[person], kind=Message.Kind.TASK, title=title, at=when, **more)


# --- what a letter says


def test_a_reminder_goes_out_at_once_and_says_everything(district, reader, mailbox):
    reminded(district, words="请于今天下班前办理。")
    assert send_due(at=MONDAY).sentence == "已发出1封邮件。"
    (letter,) = mailbox.letters
    message = Message.objects.get()
    assert letter["To"] == "zhao@lanshan.example"
    assert letter["From"] == "政务公开科 <zwgk@lanshan.example>"
    assert mailbox.subject() == "【兰山区政务公开管理平台】催办：1项工作逾期未办"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert mailbox.body() == (
        "赵联络同志：\n\n"
        "临沂市兰山区人民政府办公室政务公开科提醒贵单位（兰山街道）以下事项：\n"
        "1. 基本目录，逾期6天\n"
        "请于今天下班前办理。\n"
        f"请登录平台办理：https://portal.lanshan.example/messages/{message.pk}/\n\n"
        "如已办理，请忽略本邮件。\n\n"
        "临沂市兰山区人民政府办公室政务公开科，联系电话 0539-8203456\n"
        "本邮件由系统自动发出，请勿直接回复。不需要邮件提醒的，可登录平台，在“站内消息”页面关闭。\n"
    )
    assert (message.mail, message.mailed_at) == ("sent", MONDAY)
    kept = Letter.objects.get()
    assert (kept.state, kept.address, kept.ended_at) == ("sent", "zhao@lanshan.example", MONDAY)


def test_what_is_not_urgent_goes_in_one_letter_a_day(district, reader, mailbox):
    told(district, reader, "新任务：访谈稿")
    told(district, reader, "材料通过：基本目录", when=at(6, 16))
    told(district, reader, "新任务：总结", when=at(6, 16, 40))
    assert send_due(at=at(6, 16, 29)).sentence == "没有需要发送的邮件。"
    send_due(at=at(6, 16, 30))
    send_due(at=at(6, 18))
    assert mailbox.subject() == "【兰山区政务公开管理平台】消息汇总（2条未读）"
    assert "1. 【新任务】新任务：访谈稿\n   https://portal.lanshan.example/messages/" in mailbox.body()
    assert "新任务：总结" not in mailbox.body()
    assert len(mailbox.letters) == 1
    send_due(at=at(7, 16, 30))
    assert "新任务：总结" in mailbox.body(1)


def test_a_message_that_comes_late_waits_for_the_next_day(district, reader, mailbox):
    """Even one that was told before the hour, but became known after the day's letter."""
    told(district, reader)
    send_due(at=at(6, 16, 30))
    told(district, reader, "迟到的消息", when=at(6, 15))
    send_due(at=at(6, 17))
    assert len(mailbox.letters) == 1
    send_due(at=at(7, 16, 30))
    assert "迟到的消息" in mailbox.body(1)


# --- hours


@pytest.mark.parametrize(
    ("moment", "sent"),
    [
        (at(6, 8, 29), 0),
        (at(6, 8, 30), 1),
        (at(6, 18, 59), 1),
        (at(6, 19), 0),
        (at(6, 23, 59), 0),
        (at(5, 10), 0),
        (at(28, 10, month=6), 1),
        (at(25, 10, month=6), 0),
    ],
    ids=["before", "from", "until", "after", "night", "Sunday", "Sunday worked", "Dragon Boat Festival"],
)
def test_nothing_goes_out_at_night_or_on_days_of_rest(district, reader, mailbox, moment, sent):
    told(district, reader, when=moment, urgent=True)
    send_due(at=moment)
    assert len(mailbox.letters) == sent


def test_days_of_rest_are_days_like_others_where_the_office_wants_that(district, reader, mailbox):
    ReminderSettings.objects.create(office=district.office, workdays_only=False)
    told(district, reader, when=at(5, 10), urgent=True)
    send_due(at=at(5, 10))
    assert mailbox.recipients == ["zhao@lanshan.example"]


def test_what_waited_for_the_morning_is_sent_then(district, reader, mailbox):
    reminded(district)
    send_due(at=at(6, 21))
    assert not mailbox.letters
    send_due(at=at(7, 8, 30))
    assert "1. 基本目录，逾期7天" in mailbox.body()


# --- state is checked again


def test_what_was_read_meanwhile_is_not_sent(district, reader, mailbox):
    told(district, reader, urgent=True)
    mail.gather(at=MONDAY, times=mail._times())
    Message.objects.update(read_at=MONDAY)
    assert send_due(at=MONDAY).sentence == "没有需要发送的邮件，1封已无需再发。"
    assert not mailbox.letters
    assert Message.objects.get().mail == "none"


def test_what_was_done_meanwhile_is_not_sent(district, reader, mailbox):
    reminded(district)
    district.submission(district.duty, district.street, MONDAY.date(), review="待审")
    assert send_due(at=MONDAY).dropped == 1
    assert not mailbox.letters


def test_only_what_is_still_open_is_told(district, reader, mailbox):
    district.requirement("T-2", (district.street,), name="实施方案")
    reminded(district)
    district.submission(district.duty, district.street, MONDAY.date())
    send_due(at=MONDAY)
    assert "1. 实施方案，逾期6天" in mailbox.body()
    assert "基本目录" not in mailbox.body()


def test_what_was_taken_back_is_not_sent(district, reader, mailbox):
    sending = reminded(district)
    mail.gather(at=MONDAY, times=mail._times())
    take_back(sending=sending, by=sending.asked_by, at=MONDAY)
    send_due(at=MONDAY)
    assert not mailbox.letters


def test_who_has_left_gets_none(district, reader, mailbox):
    reminded(district)
    Membership.objects.filter(user=reader).update(until=MONDAY.date())
    send_due(at=MONDAY)
    assert not mailbox.letters


@pytest.mark.parametrize("change", [{"mail_wanted": False}, {"email": ""}, {"is_active": False}])
def test_who_wants_no_mail_or_has_no_address_gets_none(district, reader, mailbox, change):
    reminded(district)
    for name, value in change.items():
        setattr(reader, name, value)
    reader.save()
    send_due(at=MONDAY)
    assert not mailbox.letters


def test_what_nobody_mailed_for_two_weeks_is_no_news(district, reader, mailbox):
    told(district, reader, when=MONDAY - timedelta(days=15), urgent=True)
    send_due(at=MONDAY)
    assert not mailbox.letters
    assert Message.objects.get().mail == "none"


def test_office_people_get_their_mail_too(district, mailbox):
    person = reviewer(district.office, email="shen@lanshan.example")
    told(district, person, urgent=True)
    send_due(at=MONDAY)
    assert mailbox.recipients == ["shen@lanshan.example"]


# --- once


def test_running_it_ten_times_sends_each_once(district, reader, mailbox, monkeypatch):
    liaison(district.town, email="qian@lanshan.example")
    reminded(district, district.street, district.town)
    monkeypatch.setattr("disclosures.management.commands.send_mail.timezone.now", lambda: MONDAY)
    said = []
    for _ in range(10):
        output = StringIO()
        call_command("send_mail", stdout=output)
        said.append(output.getvalue().strip())
    assert said == ["已发出2封邮件。", *["没有需要发送的邮件。"] * 9]
    assert sorted(mailbox.recipients) == ["qian@lanshan.example", "zhao@lanshan.example"]


@several_at_once
def test_two_workers_at_once_send_each_once(district, mailbox):
    people = [
        liaison(district.unit(f"单位{number}"), email=f"p{number}@lanshan.example", name=f"p{number}")
        for number in range(12)
    ]
    for person in people:
        told(district, person, urgent=True)
        told(district, person)
    moment = at(6, 17)
    at_once(*[lambda: [send_due(at=moment) for _ in range(3)]] * 4)
    send_due(at=moment)
    assert sorted(mailbox.recipients) == sorted([f"p{number}@lanshan.example" for number in range(12)] * 2)
    assert set(Letter.objects.values_list("state", flat=True)) == {"sent"}


def test_a_letter_whose_sender_died_is_not_sent_again(district, reader, mailbox):
    told(district, reader, urgent=True)
    mail.gather(at=MONDAY, times=mail._times())
    Letter.objects.update(state="sending", taken_at=MONDAY)
    assert send_due(at=MONDAY + timedelta(minutes=5)).failed == 0
    assert send_due(at=MONDAY + timedelta(minutes=11)).sentence == "没有需要发送的邮件，1封未能发出。"
    assert not mailbox.letters
    letter = Letter.objects.get()
    assert (letter.state, letter.error) == ("failed", "发送时系统中断，邮件可能已经送达，为避免重复没有再发")


def test_a_slow_server_leaves_the_rest_to_the_next_run(district, mailbox, monkeypatch):
    for number in range(3):
        person = liaison(district.unit(f"单位{number}"), email=f"p{number}@lanshan.example", name=f"p{number}")
        told(district, person, urgent=True)
    monkeypatch.setattr(mail, "LONGEST_RUN", -1)
    assert send_due(at=MONDAY).sent == 0
    monkeypatch.setattr(mail, "LONGEST_RUN", 300)
    assert send_due(at=MONDAY).sent == 3


# --- refusals


def test_a_server_that_is_away_is_tried_again_and_given_up_in_the_end(district, reader, mailbox, settings):
    settings.EMAIL_PORT = 1
    told(district, reader, urgent=True)
    moment, waited = MONDAY, []
    assert send_due(at=moment).sentence == "没有发出邮件，1封稍后重试。"
    while (letter := Letter.objects.get()).state == "waiting":
        assert letter.error == "连接不上邮件服务器 127.0.0.1:1"
        waited.append(letter.due_at - moment)
        assert send_due(at=letter.due_at - timedelta(seconds=1)).postponed == 0
        moment = letter.due_at
        send_due(at=moment)
    assert waited == [timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1), timedelta(hours=4)]
    assert (letter.state, letter.attempts) == ("failed", 5)
    assert Message.objects.get().mail == "failed"


def test_a_server_that_comes_back_gets_the_letter(district, reader, mailbox, settings):
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    told(district, reader, urgent=True)
    send_due(at=MONDAY)
    settings.EMAIL_PORT = port
    assert send_due(at=MONDAY + timedelta(minutes=5)).sentence == "已发出1封邮件。"
    assert Letter.objects.get().error == ""


def test_an_address_that_does_not_exist_is_not_tried_again(district, reader, mailbox):
    mailbox.refused[reader.email] = "550 no such user"
    other = liaison(district.town, email="qian@lanshan.example")
    told(district, reader, urgent=True)
    told(district, other, urgent=True)
    assert send_due(at=MONDAY).sentence == "已发出1封邮件，1封未能发出。"
    letter = Letter.objects.get(user=reader)
    assert (letter.state, letter.error) == ("failed", "收件地址 zhao@lanshan.example 被拒收（550 no such user）")
    assert mailbox.recipients == ["qian@lanshan.example"]


def test_a_full_mailbox_is_tried_again(district, reader, mailbox):
    mailbox.refused[reader.email] = "452 mailbox full"
    told(district, reader, urgent=True)
    assert send_due(at=MONDAY).postponed == 1
    mailbox.refused.clear()
    assert send_due(at=MONDAY + timedelta(minutes=5)).sent == 1


def test_a_letter_the_server_refuses_says_why(district, reader, mailbox):
    mailbox.answer = lambda to: "554 spam"
    told(district, reader, urgent=True)
    assert send_due(at=MONDAY).failed == 1
    assert Letter.objects.get().error == "邮件服务器没有接收（554 spam）"


def test_nobody_knows_whether_a_broken_connection_delivered_so_it_is_not_repeated(district, reader, mailbox):
    mailbox.answer = lambda to: "hang up"
    other = liaison(district.town, email="qian@lanshan.example")
    told(district, reader, urgent=True)
    send_due(at=MONDAY)
    letter = Letter.objects.get()
    assert (letter.state, letter.error) == ("failed", "发送途中连接中断，邮件可能已经送达，为避免重复没有再发")
    mailbox.answer = lambda to: None
    told(district, other, urgent=True)
    assert send_due(at=MONDAY).sent == 1


def test_a_server_that_ends_a_connection_after_each_letter_gets_all_of_them(district, mailbox, monkeypatch):
    for number in range(3):
        person = liaison(district.unit(f"单位{number}"), email=f"p{number}@lanshan.example", name=f"p{number}")
        told(district, person, urgent=True)
    handled = mailbox.handle_DATA

    async def once(server, session, envelope):
        answer = await handled(server, session, envelope)
        server.loop.call_later(0.05, server.transport.close)
        return answer

    mailbox.handle_DATA = once
    written = mail._write

    def slowly(letter, still_open):
        time.sleep(0.1)
        return written(letter, still_open)

    monkeypatch.setattr(mail, "_write", slowly)
    run = send_due(at=MONDAY)
    assert (run.sent, run.failed) == (3, 0)


def test_without_a_server_nothing_is_tried(district, reader, settings):
    settings.EMAIL_HOST = ""
    told(district, reader, urgent=True)
    assert send_due(at=MONDAY).sentence == "没有配置邮件服务器，未发送邮件。"
    assert not Letter.objects.exists()
    assert Message.objects.get().mail == "waiting"


def test_without_an_address_of_the_portal_letters_name_it(district, reader, mailbox, settings):
    settings.PORTAL_ADDRESS = ""
    reminded(district)
    send_due(at=MONDAY)
    assert "请登录兰山区政务公开管理平台办理。" in mailbox.body()
    assert "https://" not in mailbox.body()
