"""催办和邮件: how often units are reminded, when mail goes out, and whether it does."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from disclosures.mail import server as mail_server
from disclosures.mail.server import MailServer, Unsent
from disclosures.models import Letter, Message, ReminderSettings
from disclosures.settings_forms import ReminderForm
from disclosures.views.settings.pages import history_of, kept
from lanshan_portal import notes
from units import audit
from units.access import access_of, office_of
from units.models import Office, User
from units.permissions import require
from units.roles import Permission

PAGE = "催办和邮件设置"
FAILURES_SHOWN = 10
LOOKED_BACK = timedelta(days=30)


@require(Permission.MANAGE_SETTINGS)
def settings_reminders(request: HttpRequest) -> HttpResponseBase:
    """The hours and limits, the server, and what became of the letters of the last days."""
    office = office_of(request)
    form = ReminderForm(request.POST or None, instance=ReminderSettings.of(office))
    if kept(request, form, PAGE):
        return redirect("settings_reminders")
    context = {
        "form": form,
        "server": MailServer.configured(),
        "portal_address": settings.PORTAL_ADDRESS,
        "own_address": access_of(request).user.email,  # type: ignore[union-attr]
        "history": history_of(office, ReminderSettings),
        **_letters(office),
    }
    return render(request, "settings/reminders.html", context)


def _letters(office: Office) -> dict[str, object]:
    since = timezone.now() - LOOKED_BACK
    letters = Letter.objects.filter(office=office)
    failed = letters.filter(state=Letter.State.FAILED, ended_at__gte=since)
    return {
        "sent": letters.filter(state=Letter.State.SENT, ended_at__gte=since).count(),
        "waiting": Message.objects.awaiting_mail().filter(office=office).count()
        + letters.filter(state=Letter.State.WAITING).count(),
        "retried": letters.filter(state=Letter.State.WAITING).exclude(error="").order_by("due_at").first(),
        "failed": failed.count(),
        "failures": failed.select_related("user").order_by("-ended_at")[:FAILURES_SHOWN],
    }


@require(Permission.MANAGE_SETTINGS)
@require_POST
def settings_test_mail(request: HttpRequest) -> HttpResponseBase:
    """Send a letter to oneself now, and say what the server answered."""
    office, user = office_of(request), access_of(request).person
    refusal = _test_mail(office, user)
    audit.record(by=user, verb="mail.tested", office=office, data={"refused": refusal})
    if refusal:
        notes.refused(request, f"测试邮件没有发出：{refusal}。")
    else:
        notes.done(request, f"邮件服务器已接收发往 {user.email} 的测试邮件，请到邮箱中查看。")
    return redirect("settings_reminders")


def _test_mail(office: Office, user: User) -> str:
    """Why the letter did not go out; nothing when it did."""
    if MailServer.configured() is None:
        return "没有配置邮件服务器"
    if not user.email:
        return "您的账号没有登记邮箱，请先在“站内消息”的“邮件提醒”中填写"
    with mail_server.line() as connection:
        try:
            mail_server.hand_over(
                connection,
                to=user.email,
                subject=f"【{office.portal_name}】测试邮件",
                body=f"收到本邮件，说明平台的邮件设置可以使用。\n\n{office.signature}\n",
                number=f"test-{timezone.now():%Y%m%d%H%M%S%f}",
            )
        except Unsent as unsent:
            return str(unsent)
    return ""
