"""催办 from end to end: two ticked units, one that hands in between, the liaison who reads, the receipt, and back again."""

import re
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import expect

from disclosures.actions.messages import tell
from disclosures.actions.reminders import send, take_back
from disclosures.models import Message, ReminderSettings, Sending
from lanshan_portal.periods import Period
from tests.people import liaison, unit_leader

pytestmark = pytest.mark.slow


@pytest.fixture
def overdue(portal):
    """A duty that was due six days ago, as the portal's own clock has it; 区司法局 has done it."""
    today = timezone.localdate()
    portal.district.office.phone = "0539-8203456"
    portal.district.office.save()
    portal.month = Period.month_of(today - timedelta(days=6))
    portal.duty = portal.district.requirement("T-9", name="工作总结", due_on=today - timedelta(days=6))
    portal.district.submission(portal.duty, portal.district.justice, today - timedelta(days=7))
    portal.town_liaison = liaison(portal.district.town, display_name="钱联络", phone="0539-8100002")
    unit_leader(portal.district.town, display_name="孙主任")
    return portal


def sent(portal, code="a", **more) -> Sending:
    """A sending of the past hour."""
    district, now = portal.district, timezone.now()
    sending = Sending.objects.create(
        code=code * 32,
        office=district.office,
        month=str(portal.month),
        units=[district.street.pk, district.town.pk, district.education.pk, district.justice.pk],
        words="请于今天下班前登录平台办理。",
        asked_by=portal.staff,
        asked_at=now,
        **more,
    )
    return send(sending=sending, at=now)


@pytest.mark.parametrize("width", [1440, 390])
def test_clerk_reminds_liaison_reads_and_the_receipt_says_so(overdue, as_person, width):
    page = as_person(overdue.staff, width=width)
    page.goto(f"/reminders/?month={overdue.month}")
    page.get_by_role("link", name=re.compile("催办全部逾期")).click()
    expect(page.locator(".effect")).to_have_text(
        "将向 2 家单位发送催办，另有 1 家没有接收人，须电话通知。", use_inner_text=True
    )
    page.get_by_label("催办区教育局").uncheck()
    expect(page.locator(".effect")).to_have_text("将向 2 家单位发送催办。", use_inner_text=True)
    page.get_by_role("button", name="请于今天下班前登录平台办理。").click()
    expect(page.get_by_role("textbox", name=re.compile("附言"))).to_have_value("请于今天下班前登录平台办理。")

    # The town hands in while the clerk is still writing.
    overdue.district.submission(overdue.duty, overdue.district.town, timezone.localdate(), review="待审")
    page.get_by_role("button", name="发送催办").click()
    expect(page.get_by_text("已向1家单位发出催办，1家未发送。站内消息1条。")).to_be_visible()
    expect(page.get_by_text("李官镇：已办结，没有需要催办的事项")).to_be_visible()
    expect(page.get_by_text("未读 赵联络")).to_be_visible()
    receipts = page.url

    phone = as_person(overdue.liaison, width=390)
    phone.goto("/messages/")
    expect(phone.get_by_role("link", name="站内消息，1条未读")).to_be_visible()
    phone.get_by_role("link", name=re.compile("催办：1项工作逾期未办")).click()
    expect(phone.get_by_text("工作总结", exact=True)).to_be_visible()
    expect(phone.get_by_text("请于今天下班前登录平台办理。")).to_be_visible()
    expect(phone.get_by_role("link", name="站内消息", exact=True).first).to_be_visible()
    phone.get_by_role("link", name="去办理").click()
    expect(phone.get_by_role("heading", name="工作总结")).to_be_visible()

    page.goto(receipts)
    expect(page.get_by_text(re.compile(r"已读 赵联络 \d+月\d+日 \d\d:\d\d"))).to_be_visible()
    expect(page.get_by_role("link", name="再次催办未读")).to_be_hidden()
    assert not page.complaints
    assert not phone.complaints


def test_what_was_sent_is_taken_back_from_the_note(overdue, as_person):
    page = as_person(overdue.staff)
    page.goto(f"/reminders/new/?month={overdue.month}&unit=U01")
    page.get_by_role("button", name="发送催办").click()
    page.get_by_label("关闭提示").wait_for()
    page.locator(".toast-note").get_by_role("button", name="撤回").click()
    expect(page.get_by_text("已撤回这批催办，1条未读消息不再显示，已读的注明撤回。")).to_be_visible()
    other = as_person(overdue.liaison)
    other.goto("/messages/")
    expect(other.get_by_text("没有消息")).to_be_visible()
    page.goto("/reminders/?show=taken_back")
    expect(page.get_by_role("row", name=re.compile("已撤回"))).to_be_visible()


def test_a_second_time_says_again_and_a_third_is_refused(overdue, as_person):
    page = as_person(overdue.staff)
    for words in ("将向 1 家单位发送催办。", "将向 1 家单位发送催办，其中 1 家今天已催过。"):
        page.goto(f"/reminders/new/?month={overdue.month}&unit=U01")
        expect(page.locator(".effect")).to_have_text(words, use_inner_text=True)
        page.get_by_role("button", name="发送催办").click()
        expect(page.get_by_text("已向1家单位发出催办。")).to_be_visible()
    page.goto(f"/reminders/new/?month={overdue.month}&unit=U01")
    expect(page.get_by_text("2次，已达上限")).to_be_visible()
    expect(page.get_by_label("催办兰山街道")).to_be_disabled()
    expect(page.get_by_role("button", name="发送催办")).to_be_disabled()


def test_typed_words_survive_a_time_out(overdue, as_person):
    page = as_person(overdue.staff)
    address = f"/reminders/new/?month={overdue.month}&unit=U01"
    page.goto(address)
    page.get_by_role("textbox", name=re.compile("附言")).fill("材料须加盖公章。")
    page.wait_for_timeout(600)
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_role("button", name="发送催办").click()
    expect(page.get_by_label("账号")).to_be_visible()
    page.get_by_label("账号").fill(overdue.staff.username)
    page.get_by_label("密码", exact=True).fill("Lanshan-2020-cheshi")
    page.get_by_role("button", name="登录").click()
    page.goto(address)
    expect(page.get_by_text("已恢复上次填写、尚未提交的内容。")).to_be_visible()
    expect(page.get_by_role("textbox", name=re.compile("附言"))).to_have_value("材料须加盖公章。")


def test_messages_are_ticked_with_the_keyboard_and_brought_back(overdue, as_person):
    for number in range(3):
        tell(
            office=overdue.district.office,
            people=[overdue.liaison],
            kind=Message.Kind.TASK,
            title=f"新任务{number}",
            at=timezone.now(),
        )
    page = as_person(overdue.liaison)
    page.goto("/messages/")
    page.get_by_label("选择“新任务1”").focus()
    page.keyboard.press("Space")
    expect(page.get_by_text("已选 1 条")).to_be_visible()
    page.get_by_role("button", name="标为已读", exact=True).click()
    expect(page.get_by_text("已将1条消息标为已读。")).to_be_visible()
    expect(page.get_by_text("2 条未读")).to_be_visible()
    page.get_by_role("button", name="全部标为已读").click()
    expect(page.get_by_text("没有未读消息")).to_be_visible()
    page.locator(".toast-note").get_by_role("button", name="撤回").click()
    expect(page.get_by_text("2 条未读")).to_be_visible()


# --- full, empty, in error: as every page


def addresses(portal) -> dict[str, tuple[str, ...]]:
    ReminderSettings.objects.create(office=portal.district.office, daily_limit=1)
    sent(portal)
    gone = sent(portal, code="b")
    take_back(sending=gone, by=portal.staff, at=timezone.now())
    Message.objects.filter(user=portal.liaison).update(read_at=timezone.now())
    message = Message.objects.get(user=portal.liaison)
    long = "关于进一步做好重点领域政府信息主动公开和基层政务公开标准化规范化工作有关材料报送" * 3
    tell(
        office=portal.district.office,
        people=[portal.liaison],
        kind=Message.Kind.RETURNED,
        title=long,
        body=long,
        unit=portal.district.street,
        at=timezone.now(),
    )
    month = portal.month
    return {
        "staff": (
            f"/reminders/?month={month}",
            "/reminders/?month=2019-01&show=taken_back",
            f"/reminders/new/?month={month}",
            "/reminders/new/?month=2019-01",
            f"/reminders/{'a' * 32}/",
            f"/reminders/{'a' * 32}/?show=read",
            f"/reminders/{'b' * 32}/",
            f"/reminders/calls/?month={month}&unit=U02&unit=U03",
            "/reminders/calls/?month=2019-01",
            "/messages/",
        ),
        "liaison": (
            "/messages/",
            f"/messages/{message.pk}/",
            f"/reminders/{'a' * 32}/",
        ),
    }


@pytest.mark.parametrize("width", [1440, 390])
def test_pages_of_reminders_are_sound(overdue, as_person, width):
    for who, pages in addresses(overdue).items():
        page = as_person(getattr(overdue, who), width=width, bypass_csp=True)
        for address in pages:
            page.goto(address)
            found = Axe().run(page).response["violations"]
            assert not [(address, fault["id"], fault["nodes"][0]["html"]) for fault in found]
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_nothing_is_refused_on_them_and_the_drawer_is_sound(overdue, as_person):
    pages = addresses(overdue)
    for who in pages:
        page = as_person(getattr(overdue, who))
        for address in pages[who]:
            page.goto(address)
        assert not [said for said in page.complaints if "Failed to load resource" not in said]
    page = as_person(overdue.staff, bypass_csp=True)
    page.goto(f"/reminders/?month={overdue.month}")
    page.evaluate(
        "address => { const link = Object.assign(document.createElement('a'), {href: address, textContent: '催办'});"
        " link.setAttribute('data-drawer', ''); document.querySelector('main').prepend(link); }",
        f"/reminders/new/?month={overdue.month}&unit=U03",
    )
    page.get_by_role("main").get_by_role("link", name="催办", exact=True).first.click()
    drawer = page.locator("#drawer")
    expect(drawer.get_by_text("达上限")).to_be_visible()
    expect(drawer.get_by_role("button", name="发送催办")).to_be_disabled()
    found = Axe().run(page).response["violations"]
    assert not [(fault["id"], fault["nodes"][0]["html"]) for fault in found]


def test_an_error_of_the_form_is_sound(overdue, as_person):
    page = as_person(overdue.staff, bypass_csp=True)
    page.goto(f"/reminders/new/?month={overdue.month}&unit=U01")
    page.evaluate("document.querySelector('#remind-words').removeAttribute('maxlength')")
    page.get_by_role("textbox", name=re.compile("附言")).fill("长" * 501)
    page.get_by_role("button", name="发送催办").click()
    expect(page.get_by_role("alert")).to_contain_text("附言有501个字，请压缩到500个字以内。")
    expect(page.get_by_role("textbox", name=re.compile("附言"))).to_have_value("长" * 501)
    assert not Axe().run(page).response["violations"]
