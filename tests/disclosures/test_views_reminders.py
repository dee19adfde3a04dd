"""The pages of reminders: who can be reminded of what, the form, the receipts, the list for the telephone."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from disclosures import jobs
from disclosures.actions import reminders as actions
from disclosures.models import Job, Message, Reminder, ReminderSettings, Sending
from lanshan_portal.periods import Period
from tests.district import District
from tests.pages import page_at
from tests.people import administrator, liaison, signed_in, staff, unit_leader
from units.models import Office, User

pytestmark = pytest.mark.django_db
sent_at_once = pytest.mark.django_db(transaction=True)


@pytest.fixture
def district(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    district = District()
    today = timezone.localdate()
    district.month = Period.month_of(today - timedelta(days=6))
    district.duty = district.requirement("T-1", name="主动公开基本目录", due_on=today - timedelta(days=6))
    district.submission(district.duty, district.justice, today - timedelta(days=7))
    return district


@pytest.fixture
def clerk(district):
    return signed_in(staff(district.office, display_name="李经办"))


def new(district, **query) -> str:
    parts = [f"month={district.month}"]
    parts += [
        f"{name}={each}" for name, value in query.items() for each in (value if isinstance(value, list) else [value])
    ]
    return f"{reverse('reminders_new')}?{'&'.join(parts)}"


def ticked(page: str) -> list[str]:
    return re.findall(r'name="unit" value="(\w+)"[^>]* checked', page)


def code_of(page: str) -> str:
    return re.search(r'name="code" value="(\w{32})"', page)[1]


def post(client, district, *units, code="", words="", address=None, **more):
    return client.post(
        address or new(district),
        {"month": str(district.month), "unit": list(units), "code": code or "a" * 32, "words": words, **more},
    )


def reminded_by_another(district) -> None:
    """兰山街道 has been reminded today, by somebody else."""
    sending = actions.remind(
        office=district.office,
        unit_ids=[district.street.pk],
        period=district.month,
        code="b" * 32,
        by=staff(district.office, name="other", display_name="王经办"),
        at=timezone.now(),
    )
    actions.send(sending=sending, at=timezone.now())


# --- the form


def test_it_shows_who_would_be_reminded_of_what(district, clerk):
    liaison(district.street, display_name="赵联络", email="zhao@lanshan.example")
    page = page_at(clerk, new(district))
    assert "有未办事项的单位 3 家" in page
    assert "主动公开基本目录" in page
    assert page.count("逾期6天") == 3
    assert "赵联络" in page
    assert page.count("没有联络员，须电话通知") == 2
    assert '将向 <b data-sum="reached">1</b> 家单位发送催办' in page
    assert '<span data-when="phone" >，另有 <b data-sum="phone">2</b> 家没有接收人，须电话通知</span>。' in page
    assert page.count('data-to-phone="1"') == 2
    assert "区司法局" not in page


def test_units_asked_for_are_ticked_and_those_with_nothing_open_are_named(district, clerk):
    page = page_at(clerk, new(district, unit=["U01", "U04"]))
    assert ticked(page) == ["U01"]
    assert "区司法局没有逾期和临近期限的事项，不在下表中。" in page


def test_all_late_leaves_out_what_is_only_near(district, clerk):
    district.requirement("T-2", (district.justice,), name="访谈稿", due_on=timezone.localdate())
    assert "区司法局" in page_at(clerk, new(district))
    page = page_at(clerk, new(district, all="late"))
    assert "区司法局" not in page
    assert ticked(page) == ["U01", "U02", "U03"]


def test_without_being_asked_for_only_overdue_units_are_ticked(district, clerk):
    district.requirement("T-2", (district.justice,), name="访谈稿", due_on=timezone.localdate())
    assert ticked(page_at(clerk, new(district))) == ["U01", "U02", "U03"]


def test_one_requirement_only(district, clerk):
    district.requirement("T-2", (district.street,), name="实施方案", due_on=timezone.localdate() - timedelta(days=1))
    page = page_at(clerk, new(district, requirement="T-2"))
    assert ticked(page) == ["U01"]
    assert "主动公开基本目录" not in page
    assert clerk.get(new(district, requirement="nothing")).status_code == 404


@pytest.mark.parametrize("month", ["2020-13", "never"])
def test_a_month_that_is_none_is_not_there(district, clerk, month):
    assert clerk.get(f"{reverse('reminders_new')}?month={month}").status_code == 404


def test_it_says_who_was_reminded_today_and_who_cannot_be_again(district, clerk):
    ReminderSettings.objects.create(office=district.office, daily_limit=1)
    reminded_by_another(district)
    page = page_at(clerk, new(district))
    assert "1次，已达上限" in page
    assert "王经办，无接收人" in page
    assert ticked(page) == ["U02", "U03"]
    assert re.search(r'name="unit" value="U01"[^>]* disabled', page)


def test_the_effect_says_how_many_again(district, clerk):
    liaison(district.street)
    reminded_by_another(district)
    page = page_at(clerk, new(district))
    assert re.search(r'<span data-when="again" >，其中 <b data-sum="again">1</b> 家今天已催过', page)


def test_leaders_get_a_copy_only_after_an_earlier_day(district, clerk):
    liaison(district.street), unit_leader(district.street, display_name="孙主任")
    assert "抄送" not in page_at(clerk, new(district))
    Reminder.objects.create(
        office=district.office,
        unit=district.street,
        items=[{"key": f"duty:{district.duty.pk}:", "title": "", "words": "", "address": ""}],
        sent_at=timezone.now() - timedelta(days=1),
        sent_on=timezone.localdate() - timedelta(days=1),
        sending="x",
    )
    page = page_at(clerk, new(district))
    assert "抄送 孙主任" in page
    assert "只抄送此前已经催办、仍逾期未办的 1 家" in page


def test_the_drawer_holds_the_same(district, clerk):
    page = page_at(clerk, new(district, unit="U01"), headers={"HX-Request": "true"})
    assert "<html" not in page
    assert ticked(page) == ["U01"]
    assert 'id="drawer-title"' in page


def test_nothing_open_says_so(district, clerk):
    page = page_at(clerk, f"{reverse('reminders_new')}?month=2019-01")
    assert "没有需要催办的单位" in page


def test_a_faulty_form_keeps_what_was_typed(district, clerk):
    page = post(clerk, district, words="请尽快办理", code="c" * 32).content.decode()
    assert "还没有勾选单位，请至少勾选一家。" in page
    assert "请尽快办理</textarea>" in page
    assert code_of(page) == "c" * 32
    assert ticked(page) == []
    page = post(clerk, district, "U02", words="长" * 501).content.decode()
    assert "附言有501个字，请压缩到500个字以内。" in page
    assert ticked(page) == ["U02"]
    assert not Sending.objects.exists()


# --- sending


@sent_at_once
def test_sending_leads_to_the_receipts_and_offers_to_take_back(district, clerk):
    person = liaison(district.street, display_name="赵联络")
    page = page_at(clerk, new(district))
    response = post(clerk, district, "U01", "U02", code=code_of(page), words="请今天办理。")
    assert response["Location"] == reverse("reminders_one", args=[code_of(page)])
    page = page_at(clerk, response["Location"])
    assert "已向1家单位发出催办，另有1家须电话通知。站内消息1条。" in page
    assert f'action="{reverse("reminders_take_back", args=[Sending.objects.get().code])}"' in page
    assert "再次催办未读 <b>1</b>" in page
    assert "unit=U02" not in page.partition("再次催办未读")[0].rpartition("<a ")[2]
    assert "电话清单 <b>2</b>" in page
    assert "须电话通知<i>1</i>" in page
    assert "没有接收人，请电话通知" in page
    assert not Job.objects.shown_to(staff_of(clerk).pk).exists()

    signed_in(person).get(reverse("messages_one", args=[Message.objects.get().pk]))
    page = page_at(clerk, response["Location"])
    assert re.search(r"已读</span> 赵联络 <span class=\"quiet num\">\d+月\d+日 \d\d:\d\d</span>", page)
    assert "再次催办未读" not in page
    assert "电话清单 <b>1</b>" in page
    assert "未读<i>0</i>" in page
    listed = page_at(clerk, reverse("reminders"))
    assert "1家须电话通知" in listed
    assert '<a href="/reminders/?show=unread"><b>0</b></a>' in listed


def staff_of(client):
    return User.objects.get(pk=client.session["_auth_user_id"])


@sent_at_once
def test_pressed_twice_in_two_windows_it_is_sent_once(district, clerk):
    liaison(district.street)
    first, second = (post(clerk, district, "U01", code="d" * 32) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Reminder.objects.count() == 1


@sent_at_once
def test_who_handed_in_between_is_told_of_on_the_page(district, clerk):
    page = page_at(clerk, new(district))
    district.submission(district.duty, district.town, timezone.localdate(), review="待审")
    response = post(clerk, district, "U01", "U02", code=code_of(page))
    page = page_at(clerk, response["Location"])
    assert "1 家没有发送" in page
    assert "李官镇：已办结，没有需要催办的事项" in page


@sent_at_once
def test_taking_back_says_what_became_of_it(district, clerk):
    liaison(district.street)
    post(clerk, district, "U01")
    response = clerk.post(reverse("reminders_take_back", args=["a" * 32]), follow=True)
    page = response.content.decode()
    assert "已撤回这批催办，1条未读消息不再显示，已读的注明撤回。" in page
    assert "再次催办未读" not in page
    assert "须电话通知" not in page
    assert not Message.objects.exists()
    page = clerk.post(reverse("reminders_take_back", args=["a" * 32]), follow=True).content.decode()
    assert "这批催办已经撤回。" in page


@sent_at_once
def test_many_units_are_left_to_a_worker_and_the_page_waits(district, clerk, monkeypatch):
    monkeypatch.setattr(actions, "SMALL", 0)
    monkeypatch.setattr("disclosures.jobs._dispatch", lambda pk: None)
    address = post(clerk, district, "U01", "U02")["Location"]
    assert "正在向 2 家单位发送催办" in page_at(clerk, address)
    asked = clerk.get(address, headers={"HX-Request": "true"})
    assert (asked.status_code, asked.get("HX-Refresh")) == (204, None)
    jobs.run(Job.objects.get().pk)
    assert clerk.get(address, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    assert "阅读情况" in page_at(clerk, address)


@sent_at_once
def test_work_that_failed_can_be_asked_for_again(district, clerk, monkeypatch):
    monkeypatch.setattr(actions, "SMALL", 0)
    monkeypatch.setattr("disclosures.jobs._dispatch", lambda pk: None)
    address = post(clerk, district, "U01")["Location"]
    Job.objects.update(state="failed", sentence="系统在处理中出错。")
    page = page_at(clerk, address)
    assert "催办没有发出" in page
    assert "系统在处理中出错。" in page


def test_a_sending_of_another_office_is_not_there(district, clerk):
    other = Office.objects.create(
        code="371399",
        jurisdiction="某县",
        level="县",
        government="某县人民政府",
        name="某县人民政府办公室",
        short_name="县政府办公室",
        addressees="各单位",
        document_prefix="某政办字",
    )
    person = administrator(other, name="elsewhere")
    Sending.objects.create(
        code="e" * 32,
        office=other,
        month="2020-06",
        units=[],
        asked_by=person,
        asked_at=timezone.now(),
        sent_at=timezone.now(),
    )
    assert clerk.get(reverse("reminders_one", args=["e" * 32])).status_code == 404
    assert clerk.post(reverse("reminders_take_back", args=["e" * 32])).status_code == 404


# --- lists


def fill(district, clerk_user, number: int) -> None:
    now = timezone.now()
    for each in range(number):
        sending = Sending.objects.create(
            code=f"{each:032x}",
            office=district.office,
            month=str(district.month),
            units=[district.street.pk],
            asked_by=clerk_user,
            asked_at=now - timedelta(minutes=each),
            sent_at=now,
        )
        reminder = Reminder.objects.create(
            office=district.office,
            unit=district.street,
            items=[],
            sent_at=now,
            sent_on=timezone.localdate() - timedelta(days=40),
            sending=sending.code,
        )
        Message.objects.create(
            office=district.office,
            user=clerk_user,
            kind="reminder",
            title="催办",
            reminder=reminder,
            created_at=now,
            read_at=now if each % 2 else None,
        )


def test_the_list_counts_read_and_unread_with_as_many_queries_whatever_its_length(district, clerk):
    user = staff_of(clerk)
    address = f"{reverse('reminders')}?month={district.month}"
    fill(district, user, 2)
    page_at(clerk, address)  # what pages remember of the past is filled
    with CaptureQueriesContext(connection) as few:
        page = page_at(clerk, address)
    assert page.count("1家未读") == 1
    assert page.count("全部已读") == 1
    Sending.objects.all().delete(), Message.objects.all().delete(), Reminder.objects.all().delete()
    fill(district, user, 30)
    with CaptureQueriesContext(connection) as many:
        page_at(clerk, address)
    assert len(many) == len(few)


def test_the_list_is_narrowed_to_what_is_unread_or_taken_back(district, clerk):
    fill(district, staff_of(clerk), 3)
    Sending.objects.filter(code=f"{1:032x}").update(taken_back_at=timezone.now())
    assert page_at(clerk, f"{reverse('reminders')}?show=unread").count("reminders/0000") == 2
    assert page_at(clerk, f"{reverse('reminders')}?show=taken_back").count("reminders/0000") == 1


def test_an_empty_list_says_what_will_stand_there(district, clerk):
    page = page_at(clerk, reverse("reminders"))
    assert "催办发出后，谁在什么时间读过，在这里查看。" in page


def test_the_list_for_the_telephone_has_people_numbers_and_words_to_say(district, clerk):
    liaison(district.street, display_name="赵联络", phone="0539-8100001", job_title="办公室主任")
    page = page_at(clerk, f"{reverse('reminders_calls')}?month={district.month}&unit=U01&unit=U02")
    assert '赵联络（办公室主任） <b class="num">0539-8100001</b>' in page
    assert "没有登记联系人" in page
    assert "您好，这里是区政府办公室。贵单位有 1 项政务公开工作需要办理：主动公开基本目录，逾期6天。" in page
    assert "区教育局" not in page


def test_the_form_asks_as_often_whatever_the_number_of_units(district, clerk):
    page_at(clerk, new(district))
    with CaptureQueriesContext(connection) as few:
        page_at(clerk, new(district))
    for number in range(30):
        liaison(district.unit(f"新单位{number}"), name=f"new{number}")
    with CaptureQueriesContext(connection) as many:
        assert page_at(clerk, new(district)).count("data-counts") == 33
    assert len(many) == len(few)


def test_a_unit_with_a_long_name_is_listed_whole(district, clerk):
    unit = district.unit("临沂市兰山区某某街道办事处政务服务和政务公开综合管理中心")
    assert f">{unit}</label>" in page_at(clerk, new(district))
