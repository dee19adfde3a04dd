"""Pictures of reminders, messages, settings, the notice, and pages that say no."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.screenshots.camera import Shot


def _sent_wrong(page: Any) -> None:
    page.get_by_label("账号").fill("lixiaomei")
    page.get_by_label("密码", exact=True).fill("wrong")
    page.get_by_role("button", name="登录").click()
    page.get_by_text("账号或密码不正确").wait_for()


def _locked_out(page: Any) -> None:
    for _ in range(5):
        page.get_by_label("账号").fill("zhangwei")
        page.get_by_label("密码", exact=True).fill("wrong")
        page.get_by_role("button", name="登录").click()
        page.wait_for_load_state("networkidle")


def _weak_password(page: Any) -> None:
    for field in page.locator("main input[type=password]").all():
        field.fill("abc")
    page.locator("main form button[type=submit]").last.click()
    page.locator("[aria-invalid=true]").first.wait_for()


def _no_name(page: Any) -> None:
    page.get_by_label("机关名称").first.fill("")
    page.get_by_role("button", name="保存", exact=True).click()
    page.locator(".error-summary").wait_for()


def _urged(page: Any) -> None:
    page.locator(".btn-urge").first.click()
    page.wait_for_load_state("networkidle")


def _first_sending(page: Any) -> None:
    page.locator("table.rows tbody a").first.click()
    page.wait_for_load_state("networkidle")


def furnish(users: dict[str, Any]) -> None:
    """A sending of which one unit has read, one has not, and some have nobody to read it."""
    from django.utils import timezone

    from disclosures.actions.messages import read
    from disclosures.actions.reminders import remind
    from disclosures.models import Job, Message
    from lanshan_portal.periods import Period
    from units.models import Unit

    clerk, at = users["staff"], timezone.now() - timedelta(hours=2)
    office = clerk.memberships.get().office
    units = Unit.objects.filter(office=office).values_list("pk", flat=True)
    period = Period.month(2020, 6)
    remind(
        office=office, unit_ids=list(units), period=period, words="请于今天下班前办理。", code="f" * 32, by=clerk, at=at
    )
    Job.objects.filter(by=clerk).update(put_away=True)
    first = Message.objects.filter(reminder__sending="f" * 32).order_by("pk")[:1].get()
    read(messages=Message.objects.filter(pk=first.pk), user=first.user, at=at + timedelta(minutes=17))


def _first_message(page: Any) -> None:
    page.locator(".message-list a").first.click()
    page.wait_for_load_state("networkidle")


SHOTS = (
    Shot("remind", "staff", "/reminders/new/?month=2020-06", helps="remind", cut_to="main > *"),
    Shot("remind-nobody", "staff", "/reminders/new/?month=2019-01"),
    Shot("reminders", "staff", "/reminders/?month=2020-06"),
    Shot("remind-urged", "staff", "/2020-06/?issued_on=2020-07-06", act=_urged),
    Shot("reminders-one", "staff", "/reminders/", act=_first_sending),
    Shot("reminders-empty", "staff", "/reminders/?month=2019-01"),
    Shot("reminders-calls", "staff", "/reminders/calls/?month=2020-06"),
    Shot("messages", "liaison", "/messages/"),
    Shot("messages-empty", "auditor", "/messages/"),
    Shot("message", "liaison", "/messages/", act=_first_message),
    Shot("settings", "administrator", "/settings/"),
    Shot("settings-office", "administrator", "/settings/office/"),
    Shot("settings-office-error", "administrator", "/settings/office/", act=_no_name),
    Shot("settings-categories", "administrator", "/settings/terms/categories/"),
    Shot("settings-channels", "administrator", "/settings/terms/channels/"),
    Shot("settings-platforms", "administrator", "/settings/terms/platforms/"),
    Shot("settings-deadlines", "administrator", "/settings/deadlines/"),
    Shot("settings-calendar", "administrator", "/settings/calendar/2020/"),
    Shot("settings-calendar-empty", "administrator", "/settings/calendar/2035/"),
    Shot("settings-reminders", "administrator", "/settings/reminders/"),
    Shot("settings-notice", "administrator", "/settings/notice/"),
    Shot("settings-fonts", "administrator", "/settings/fonts/"),
    Shot("settings-sample", "administrator", "/settings/sample/"),
    Shot("settings-state", "administrator", "/settings/state/"),
    Shot("notice", "staff", "/2020-06/notice/?issued_on=2020-07-14", helps="notice", cut_to="main > *"),
    Shot("notice-empty", "staff", "/2021-03/notice/"),
    Shot("help", "staff", "/help/"),
    Shot("help-liaison", "liaison", "/help/"),
    Shot("password", "staff", "/password/"),
    Shot("password-error", "staff", "/password/", act=_weak_password),
    Shot("sign-in-error", "", "/login/", act=_sent_wrong),
    Shot("sign-in-locked", "", "/login/", act=_locked_out, widths=(1440,)),
    Shot("not-found", "staff", "/no-such-page/"),
    Shot("no-right", "liaison", "/settings/"),
)
