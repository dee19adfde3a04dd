"""Pictures of reminders, messages, settings, the notice, and pages that say no."""

from __future__ import annotations

from typing import Any

from tests.screenshots.camera import Shot


def _sent_wrong(page: Any) -> None:
    page.get_by_label("账号").fill("lixiaomei")
    page.get_by_label("密码", exact=True).fill("wrong")
    page.get_by_role("button", name="登录").click()
    page.get_by_text("账号或密码不正确").wait_for()


def _first_message(page: Any) -> None:
    page.locator(".message-list a").first.click()
    page.wait_for_load_state("networkidle")


SHOTS = (
    Shot("remind", "staff", "/reminders/new/?month=2020-06", helps="remind", cut_to="main > *"),
    Shot("remind-nobody", "staff", "/reminders/new/?month=2019-01"),
    Shot("reminders", "staff", "/reminders/?month=2020-06"),
    Shot("reminders-empty", "staff", "/reminders/?month=2019-01"),
    Shot("reminders-calls", "staff", "/reminders/calls/?month=2020-06"),
    Shot("messages", "liaison", "/messages/"),
    Shot("messages-empty", "auditor", "/messages/"),
    Shot("message", "liaison", "/messages/", act=_first_message),
    Shot("settings", "administrator", "/settings/"),
    Shot("settings-office", "administrator", "/settings/office/"),
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
    Shot("sign-in-error", "", "/login/", act=_sent_wrong),
    Shot("not-found", "staff", "/no-such-page/"),
    Shot("no-right", "liaison", "/settings/"),
)
