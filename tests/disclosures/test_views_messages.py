"""The bell, the inbox, one message, and one's own mail."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from disclosures.actions import reminders
from disclosures.actions.messages import tell
from disclosures.models import Message
from lanshan_portal.periods import Period
from tests.district import District
from tests.people import liaison, signed_in, staff

pytestmark = pytest.mark.django_db

Kind = Message.Kind


@pytest.fixture
def district(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return District()


@pytest.fixture
def reader(district):
    return liaison(district.street, display_name="赵联络")


@pytest.fixture
def client_of_reader(reader):
    return signed_in(reader)


def told(district, person, title, kind=Kind.TASK, minutes=0, **more):
    (message,) = tell(
        office=district.office,
        people=[person],
        kind=kind,
        title=title,
        at=timezone.now() - timedelta(minutes=minutes),
        **more,
    )
    return message


def page_of(client, address=None) -> str:
    return client.get(address or reverse("messages")).content.decode()


def titles(page: str) -> list[str]:
    return re.findall(r'href="/messages/\d+/">(?:<span[^>]*></span><span[^>]*>未读，</span>)?([^<]+)</a>', page)


def test_the_bell_says_how_many_are_unread(district, reader, client_of_reader):
    assert 'aria-label="站内消息"' in page_of(client_of_reader)
    for number in range(3):
        told(district, reader, f"第{number}条")
    page = page_of(client_of_reader)
    assert 'aria-label="站内消息，3条未读"' in page
    assert '<span class="topbar-count" aria-hidden="true">3</span>' in page
    assert "3 条未读" in page


def test_a_hundred_unread_are_many(district, reader, client_of_reader):
    for number in range(100):
        told(district, reader, f"第{number}条")
    assert '<span class="topbar-count" aria-hidden="true">99+</span>' in page_of(client_of_reader)


def test_unread_first_then_the_newest(district, reader, client_of_reader):
    told(district, reader, "旧的未读", minutes=30)
    told(district, reader, "新的未读", minutes=20)
    for title, minutes in (("旧的已读", 10), ("新的已读", 5)):
        message = told(district, reader, title, minutes=minutes)
        Message.objects.filter(pk=message.pk).update(read_at=timezone.now())
    assert titles(page_of(client_of_reader)) == ["新的未读", "旧的未读", "新的已读", "旧的已读"]


def test_kinds_are_told_with_their_numbers_and_filter(district, reader, client_of_reader):
    told(district, reader, "任务甲")
    told(district, reader, "退回乙", Kind.RETURNED)
    page = page_of(client_of_reader)
    assert "全部<i>2</i>" in page
    assert "材料退回<i>1</i>" in page
    assert titles(page_of(client_of_reader, f"{reverse('messages')}?kind=returned")) == ["退回乙"]
    assert len(titles(page_of(client_of_reader, f"{reverse('messages')}?kind=whatever"))) == 2


def test_opening_one_is_the_receipt_and_only_the_first_time_counts(district, reader, client_of_reader):
    message = told(district, reader, "新任务", body="请看附件。", address="/rows/duties/")
    page = page_of(client_of_reader, reverse("messages_one", args=[message.pk]))
    assert "请看附件。" in page
    assert 'href="/rows/duties/">前往查看' in page
    message.refresh_from_db()
    first = message.read_at
    assert first is not None
    page_of(client_of_reader, reverse("messages_one", args=[message.pk]))
    message.refresh_from_db()
    assert message.read_at == first


def test_a_message_of_somebody_else_is_not_there_and_stays_unread(district, reader, client_of_reader):
    message = told(district, liaison(district.town), "别人的")
    assert client_of_reader.get(reverse("messages_one", args=[message.pk])).status_code == 404
    client_of_reader.post(reverse("messages_read"), {"message": [message.pk]})
    client_of_reader.post(reverse("messages_read"), {"all": "yes"})
    message.refresh_from_db()
    assert message.read_at is None


def test_a_reminder_shows_each_item_as_it_stands_now(district, reader, client_of_reader):
    today = timezone.localdate()
    done = district.requirement("T-1", (district.street,), name="已办的", due_on=today - timedelta(days=6))
    district.requirement("T-2", (district.street,), name="未办的", due_on=today - timedelta(days=6))
    clerk = staff(district.office, display_name="李经办")
    sending = reminders.remind(
        office=district.office,
        unit_ids=[district.street.pk],
        period=Period.month_of(today - timedelta(days=6)),
        words="请今天办理。",
        code="a" * 32,
        by=clerk,
        at=timezone.now(),
    )
    sending = reminders.send(sending=sending, at=timezone.now())
    district.submission(done, district.street, today)
    address = reverse("messages_one", args=[Message.objects.get().pk])
    page = page_of(client_of_reader, address)
    assert "李经办发出" in page
    assert "请今天办理。" in page
    assert page.count("已办结") == 1
    assert page.count("去办理") == 1
    reminders.take_back(sending=sending, by=clerk, at=timezone.now())
    assert "这次催办已于" in page_of(client_of_reader, address)
    assert '<span class="chip chip-plain">已撤回</span>' in page_of(client_of_reader)


def test_all_are_marked_as_read_and_brought_back(district, reader, client_of_reader):
    before = told(district, reader, "早已读过")
    Message.objects.filter(pk=before.pk).update(read_at=timezone.now() - timedelta(days=1))
    for number in range(3):
        told(district, reader, f"第{number}条")
    page = client_of_reader.post(reverse("messages_read"), {"all": "yes"}, follow=True).content.decode()
    assert "已将3条消息标为已读。" in page
    assert "没有未读消息" in page
    undo = re.search(r'action="(/messages/unread/\d+/)"', page)[1]
    page = client_of_reader.post(undo, {"next": "/messages/?kind=task"}, follow=True).content.decode()
    assert "已将3条消息恢复为未读。" in page
    assert "3 条未读" in page
    before.refresh_from_db()
    assert before.read_at is not None


def test_some_are_marked_as_read(district, reader, client_of_reader):
    first, _ = told(district, reader, "甲"), told(district, reader, "乙")
    client_of_reader.post(reverse("messages_read"), {"message": [first.pk, "x"]})
    assert [message.title for message in Message.objects.filter(read_at__isnull=True)] == ["乙"]


def test_bringing_back_is_for_the_own_alone_and_undoes_nothing_unknown(district, reader, client_of_reader):
    other = told(district, liaison(district.town), "别人的")
    Message.objects.filter(pk=other.pk).update(read_at=timezone.now())
    other.refresh_from_db()
    assert client_of_reader.post(reverse("messages_unread", args=[timezone.now()])).status_code == 302
    other.refresh_from_db()
    assert other.read_at is not None


def test_the_way_back_leads_nowhere_else(district, reader, client_of_reader):
    response = client_of_reader.post(reverse("messages_read"), {"all": "yes", "next": "https://example.org/"})
    assert response["Location"] == reverse("messages")


def test_no_messages_say_what_will_come(client_of_reader):
    assert "催办、新任务、材料退回和审核结果，都在这里告知。" in page_of(client_of_reader)


def test_the_inbox_asks_as_often_whatever_its_length(district, reader, client_of_reader):
    told(district, reader, "一条", unit=district.street)
    page_of(client_of_reader)
    with CaptureQueriesContext(connection) as few:
        page_of(client_of_reader)
    for number in range(40):
        told(district, reader, "很长的标题" * 30, unit=district.street, minutes=number)
    with CaptureQueriesContext(connection) as many:
        page = page_of(client_of_reader)
    assert len(many) == len(few)
    assert len(titles(page)) == 30
    assert "上一页" not in page
    assert "下一页" in page


def test_whoever_has_no_mail_is_led_to_the_own_account(client_of_reader, settings):
    settings.EMAIL_HOST = ""
    assert f'href="{reverse("account")}"' in page_of(client_of_reader, reverse("messages"))
