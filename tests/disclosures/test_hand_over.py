"""Handing over: what the successor gets, what the sheet says, what goes along and when."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from disclosures.actions import messages
from disclosures.actions.hand_over import Newcomer, hand_over, pass_on, pass_on_all
from disclosures.hand_over import what_to_hand_over
from disclosures.models import DutyExtension, Message, Reminder
from disclosures.tasks import pass_on_messages
from lanshan_portal.periods import chinese_date
from tests.people import administrator, liaison, signed_in, staff, unit_leader
from tests.reading import words
from units.actions.accounts import Profile
from units.actions.appointments import AccountRefused
from units.audit import sentence_of
from units.models import AuditEvent, Membership, User

pytestmark = pytest.mark.django_db

NOW = datetime(2020, 7, 6, 1, tzinfo=UTC)
TODAY, AUGUST = date(2020, 7, 6), date(2020, 8, 1)


@pytest.fixture
def chief(district):
    return administrator(district.office, name="chief", display_name="王管理")


@pytest.fixture
def leaver(district):
    return liaison(district.street, name="zhao", display_name="赵联络")


def told(district, *people: User, title: str = "请报送6月总结", unit=None) -> list[Message]:
    return messages.tell(
        office=district.office,
        people=people,
        kind=Message.Kind.REMINDER,
        title=title,
        unit=unit or district.street,
        at=NOW,
    )


# --- what goes along


def test_unread_messages_about_the_unit_go_to_the_successor_and_no_others(district, chief, leaver):
    successor = liaison(district.town, name="qian", display_name="钱联络", email="qian@example.gov.cn")
    reminder = Reminder.objects.create(
        office=district.office, unit=district.street, items=[], sent_at=NOW, sent_on=TODAY, sending="1"
    )
    (open_one,) = told(district, leaver)
    Message.objects.filter(pk=open_one.pk).update(reminder=reminder)
    (read,) = told(district, leaver, title="已读的")
    Message.objects.filter(pk=read.pk).update(read_at=NOW)
    told(district, leaver, title="别的单位", unit=district.town)

    done = hand_over(membership=leaver.memberships.get(), successor=successor, from_day=TODAY, by=chief, at=NOW)

    assert (done.passed_on, done.slip) == (1, None)
    assert set(leaver.messages.values_list("title", flat=True)) == {"别的单位", "已读的"}
    open_one.refresh_from_db()
    assert (open_one.user, open_one.reminder, open_one.mail) == (successor, reminder, "waiting")
    told_so = successor.messages.get(kind=Message.Kind.ACCOUNT)
    assert told_so.title == "自7月6日起由您担任兰山街道单位联络员"
    assert told_so.address == reverse("units_hand_over", args=[district.street.code])
    sentences = [sentence_of(event) for event in AuditEvent.objects.order_by("id")]
    assert "转交消息：兰山街道的1条未读消息，由赵联络转给钱联络" in sentences


def test_what_a_colleague_was_told_as_well_is_not_told_twice(district, chief, leaver):
    colleague = liaison(district.street, name="qian", display_name="钱联络")
    told(district, leaver, colleague)
    told(district, leaver, title="只告诉了赵联络")
    done = hand_over(membership=leaver.memberships.get(), successor=colleague, from_day=TODAY, by=chief, at=NOW)
    assert done.passed_on == 1
    titles = list(colleague.messages.filter(kind=Message.Kind.REMINDER).values_list("title", flat=True))
    assert sorted(titles) == ["只告诉了赵联络", "请报送6月总结"]


def test_before_the_day_messages_stay_with_the_leaver_and_on_it_they_go(district, chief, leaver):
    successor = liaison(district.town, name="qian", display_name="钱联络")
    done = hand_over(membership=leaver.memberships.get(), successor=successor, from_day=AUGUST, by=chief, at=NOW)
    assert done.passed_on == 0
    told(district, leaver)
    assert pass_on_all(date(2020, 7, 31)) == 0
    assert leaver.messages.unread().count() == 1
    assert pass_on_all(AUGUST) == 1
    assert pass_on_all(AUGUST) == 0
    assert successor.messages.filter(kind=Message.Kind.REMINDER).count() == 1


def test_the_schedule_passes_on_and_a_chain_of_hand_overs_ends_with_the_last(district, chief, leaver):
    second, third = (liaison(district.town, name=name, display_name=name) for name in ("qian", "sun"))
    first = hand_over(
        membership=leaver.memberships.get(), successor=second, from_day=date(2020, 7, 1), by=chief, at=NOW
    ).following
    told(district, leaver)
    hand_over(membership=first, successor=third, from_day=date(2020, 7, 3), by=chief, at=NOW)
    pass_on_messages()
    assert not leaver.messages.unread().filter(kind=Message.Kind.REMINDER).exists()
    assert third.messages.filter(kind=Message.Kind.REMINDER).count() == 1


def test_who_comes_back_keeps_what_is_told_then(district, chief, leaver):
    """Handed to a colleague and taken back: nothing goes round in circles."""
    colleague = liaison(district.town, name="qian", display_name="钱联络")
    away = hand_over(
        membership=leaver.memberships.get(), successor=colleague, from_day=date(2020, 7, 1), by=chief, at=NOW
    ).following
    hand_over(membership=away, successor=leaver, from_day=date(2020, 7, 3), by=chief, at=NOW)
    told(district, leaver)
    told(district, colleague, title="发给钱联络的")
    assert pass_on_all(TODAY) == 1
    titles = leaver.messages.unread().filter(kind=Message.Kind.REMINDER).values_list("title", flat=True)
    assert set(titles) == {"请报送6月总结", "发给钱联络的"}


def test_passing_on_again_passes_nothing(district, chief, leaver):
    successor = liaison(district.town, name="qian", display_name="钱联络")
    told(district, leaver)
    hand_over(membership=leaver.memberships.get(), successor=successor, from_day=TODAY, by=chief, at=NOW)
    held = Membership.objects.select_related("handed_to__user").get(user=leaver)
    assert pass_on(membership=held, by=chief) == 0
    assert AuditEvent.objects.filter(verb="message.passed_on").count() == 1


# --- a successor who is new


def test_a_newcomer_gets_account_appointment_and_slip_in_one_go(district, chief, leaver):
    told(district, leaver)
    done = hand_over(
        membership=leaver.memberships.get(),
        successor=Newcomer("qian", Profile("钱联络")),
        from_day=TODAY,
        by=chief,
        at=NOW,
    )
    qian = User.objects.get(username="qian")
    assert done.slip is not None
    assert qian.check_password(done.slip.password)
    assert done.following == qian.memberships.get() == leaver.memberships.get().handed_to
    assert done.passed_on == 1


def test_a_newcomer_is_not_made_when_the_hand_over_cannot_be(district, chief, leaver):
    newcomer = Newcomer("qian", Profile("钱联络"))
    for from_day, sentence in ((date(2020, 1, 1), "交接日期应晚于移交人的起始日期2020年1月1日。"),):
        with pytest.raises(AccountRefused, match=f"^{sentence}$"):
            hand_over(membership=leaver.memberships.get(), successor=newcomer, from_day=from_day, by=chief, at=NOW)
    with pytest.raises(AccountRefused, match="^账号“CHIEF”已被使用，请换一个账号。$"):
        hand_over(
            membership=leaver.memberships.get(),
            successor=Newcomer("CHIEF", Profile("钱联络")),
            from_day=TODAY,
            by=chief,
            at=NOW,
        )
    assert not User.objects.filter(username="qian").exists()
    assert not Message.objects.exists()
    assert leaver.memberships.get().until is None


# --- the form


def filled(whose: User, **changed) -> dict:
    fields = {
        "leaver": str(whose.memberships.get().pk),
        "from_day": "2020-08-01",
        "how": "existing",
        "successor": "",
        "new-username": "",
        "new-display_name": "",
    }
    return fields | changed


def test_the_form_leads_to_the_sheet_and_a_new_account_first_to_its_slip(district, chief, leaver):
    client = signed_in(chief)
    address = reverse("accounts_hand_over")
    page = client.get(address, {"leaver": leaver.memberships.get().pk}).content.decode()
    assert f'<option value="{leaver.memberships.get().pk}" selected>兰山街道　赵联络（单位联络员）' in page
    answer = client.post(
        address, filled(leaver, **{"how": "new", "new-username": "qian", "new-display_name": "钱联络"})
    )
    assert "交接已办理，新账号已建立" in words(answer)
    assert "打印交接单" in words(answer)
    today = timezone.localdate()
    sheet = f"{reverse('units_hand_over', args=[district.street.code])}?as_of={today}"
    assert f'href="{sheet}"' in answer.content.decode()
    qian = User.objects.get(username="qian")
    sun = liaison(district.town, name="sun", display_name="孙联络")
    answer = client.post(address, filled(qian, from_day="2020-09-01", successor="sun 孙联络"), follow=True)
    assert answer.redirect_chain == [(sheet, 302)]
    assert f"情况截至 {chinese_date(today)}" in words(answer)
    assert "已交接：自2020年9月1日起，孙联络任兰山街道单位联络员。" in words(answer)
    assert sun.memberships.filter(unit=district.street).exists()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"leaver": ""}, "移交人：请选择移交人。"),
        ({"from_day": ""}, "交接日期：请填写交接日期。"),
        ({"from_day": "2020-01-01", "successor": "qian"}, "交接日期：交接日期应晚于移交人的起始日期2020年1月1日。"),
        ({}, "接任人账号：请填写接任人的账号或姓名；还没有账号的，请选“为接任人新建账号”。"),
        (
            {"successor": "没有的人"},
            "接任人账号：没有找到“没有的人”的账号，请核对；还没有账号的，请选“为接任人新建账号”。",
        ),
        ({"successor": "同名"}, "接任人账号：“同名”对应几个账号：同名（same1）、同名（same2），请填写账号。"),
        ({"successor": "zhao"}, "接任人账号：接任人不能是移交人本人。"),
        ({"how": "new"}, "账号：请填写账号。"),
        ({"how": "new", "new-username": "qian", "new-display_name": "钱"}, "账号：账号“qian”已被使用，请换一个账号。"),
    ],
)
def test_a_form_that_cannot_be_says_why_and_keeps_what_was_typed(district, chief, leaver, changed, sentence):
    liaison(district.town, name="qian", display_name="钱联络")
    for number in (1, 2):
        liaison(district.town, name=f"same{number}", display_name="同名")
    response = signed_in(chief).post(reverse("accounts_hand_over"), filled(leaver, **changed))
    assert response.status_code == 422
    assert sentence in words(response)
    if changed.get("successor"):
        assert f'value="{changed["successor"]}"' in response.content.decode()
    assert leaver.memberships.get().handed_to is None


def test_an_ended_appointment_is_not_offered_and_without_any_the_page_says_what_to_do(district, chief, leaver):
    client = signed_in(chief)
    Membership.objects.filter(user=leaver).update(until=AUGUST)
    assert "没有可以交接的任职" in words(client.get(reverse("accounts_hand_over")))


# --- the sheet


@pytest.fixture
def busy(district):
    """A unit with everything that a sheet tells of."""
    late = district.requirement("T-1", name="实施方案", due_on=date(2020, 6, 30))
    district.submission(late, district.street, date(2020, 7, 2))
    district.requirement("T-2", name="上半年总结", due_on=date(2020, 7, 3))
    extended = district.requirement("T-3", name="延期的任务", due_on=date(2020, 7, 4))
    district.requirement(
        "T-4", name="访谈稿", due_on=date(2020, 6, 25), recurrence="每月", assigned_on=date(2020, 7, 1)
    )
    returned = district.requirement("T-5", name="退回的", due_on=date(2020, 7, 20))
    district.submission(returned, district.street, date(2020, 7, 1), review="退回")
    district.requirement("T-6", name="不归本单位", units=(district.town,), due_on=date(2020, 7, 20))
    DutyExtension.objects.create(
        requirement=extended,
        unit=district.street,
        due_on=date(2020, 7, 15),
        reason="疫情",
        granted_by=staff(district.office, name="granting"),
        granted_at=NOW,
    )
    district.check(district.street, "超期更新", on=date(2020, 7, 5), rectified_on=date(2020, 7, 6))
    return district


def test_the_sheet_tells_what_is_open_with_extensions_and_what_went_wrong_last(busy):
    sheet = what_to_hand_over(busy.office, busy.street, TODAY, busy.directory())
    assert [(each.term.name, each.duty.due_on, each.days_over, each.days_left) for each in sheet.open_duties] == [
        ("上半年总结", date(2020, 7, 3), 3, 0),
        ("延期的任务", date(2020, 7, 15), 0, 9),
        ("退回的", date(2020, 7, 20), 0, 14),
        ("访谈稿（2020年7月）", date(2020, 7, 25), 0, 19),
        ("访谈稿（2020年8月）", date(2020, 8, 25), 0, 50),
    ]
    remarks = {each.term.requirement.code: each.remarks for each in sheet.open_duties}
    assert remarks["T-3"] == ("已延期（原定7月4日）",)
    assert remarks["T-5"] == ("已退回，待重新报送",)
    account = sheet.accounts[0].name
    assert [(each.day, each.title, each.words) for each in sheet.problems] == [
        (date(2020, 7, 5), f"微博“{account}”超期更新", "已整改"),
        (date(2020, 7, 3), "上半年总结", "未完成"),
        (date(2020, 6, 30), "实施方案", "逾期2天完成"),
    ]
    assert len(sheet.accounts) == 1
    assert sheet.handed is None


def test_the_sheet_as_a_page_names_both_people_and_where_to_sign(busy, chief):
    leaver = liaison(busy.street, name="zhao", display_name="赵联络", phone="0539-8012345")
    successor = liaison(busy.town, name="qian", display_name="钱联络", phone="0539-8054321")
    hand_over(membership=leaver.memberships.get(), successor=successor, from_day=TODAY, by=chief, at=NOW)
    page = words(signed_in(chief).get(reverse("units_hand_over", args=["U01"]), {"as_of": "2020-07-06"}))
    for told_there in (
        "兰山区兰山街道政务公开工作交接单",
        "赵联络",
        "0539-8054321",
        "单位联络员，至2020年7月5日止",
        "已逾期3天，尚未完成",
        "未到期，还有9天；已延期（原定7月4日）",
        "微博",
        "至少10个字符",
        "临沂市兰山区人民政府办公室",
        "监交人",
    ):
        assert told_there in page, told_there


def test_an_empty_sheet_says_so_in_sentences(district, chief):
    page = words(signed_in(chief).get(reverse("units_hand_over", args=["U02"]), {"as_of": "2020-07-06"}))
    for sentence in ("本单位还没有联络员和分管领导。", "没有未完成的任务", "没有登记政务新媒体账号", "近一年没有逾期"):
        assert sentence in page


def test_a_unit_reads_its_own_sheet_and_no_others(district):
    for person in (liaison(district.street), unit_leader(district.street)):
        client = signed_in(person)
        assert client.get(reverse("units_hand_over", args=["U01"])).status_code == 200
        assert client.get(reverse("units_hand_over", args=["U02"])).status_code == 404
    assert client.get(reverse("units_hand_over", args=["U01"]), {"as_of": "never"}).status_code == 404


def test_the_sheet_asks_the_same_number_of_questions_for_more_units_and_checks(busy, chief):
    client, counts = signed_in(chief), []
    address = reverse("units_hand_over", args=["U01"])
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            client.get(address, {"as_of": "2020-07-06"})
        counts.append(len(asked))
        for number in range(10):
            unit = busy.unit(f"新单位{len(counts)}{number}")
            liaison(unit)
            busy.check(busy.street, "错别字", on=date(2020, 7, 1))
    assert counts[0] == counts[1]
