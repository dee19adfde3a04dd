"""Pictures of drafts and issued notices."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from tests.screenshots.camera import Shot


def _editing(page: Any) -> None:
    page.locator(".lying").nth(1).hover()
    page.locator(".lying").nth(1).get_by_role("link", name="修改这一段").click()
    page.get_by_label("段落内容").wait_for()


def _opened(page: Any) -> None:
    page.locator("table.rows tbody a").first.click()
    page.wait_for_load_state("networkidle")


def _figure(page: Any) -> None:
    _opened(page)
    page.locator("a.figure").first.click()
    page.wait_for_load_state("networkidle")


def _follow(name: str) -> Any:
    """Open the first of the list, and go on to the thing of that name."""

    def act(page: Any) -> None:
        _opened(page)
        page.get_by_role("link", name=name).first.click()
        page.wait_for_load_state("networkidle")

    return act


def _asked(name: str) -> Any:
    """On the desk, go on to the thing of that name."""

    def act(page: Any) -> None:
        page.get_by_role("link", name=name).first.click()
        page.wait_for_load_state("networkidle")

    return act


def _no_file(page: Any) -> None:
    page.get_by_role("button", name="核验").click()
    page.get_by_text("请选择要核验的文件。").wait_for()


DESK = "/2020-05/notice/"
SHOTS = (
    Shot("draft", "staff", DESK),
    Shot("draft-editing", "staff", DESK, act=_editing),
    Shot("draft-read", "leader", DESK),
    Shot("draft-history", "staff", DESK, act=_asked("修改记录")),
    Shot("draft-particulars", "staff", DESK, act=_asked("版面和发文字号")),
    Shot("draft-word", "staff", DESK, act=_asked("采用 Word 修改")),
    Shot("issued-list", "staff", "/notices/"),
    Shot("issued", "staff", "/notices/", act=_opened),
    Shot("issued-unit", "liaison", "/notices/", act=_opened),
    Shot("issued-figure", "staff", "/notices/", act=_figure),
    Shot("issued-correct", "staff", "/notices/", act=_follow("办理更正")),
    Shot("issued-tasks", "staff", "/notices/", act=_follow("将工作安排布置为任务")),
    Shot("issued-compare", "staff", "/notices/", act=_follow("对照")),
    Shot("issued-verify", "staff", "/notices/verify/"),
    Shot("issued-verify-error", "staff", "/notices/verify/", act=_no_file),
    Shot("rectifications", "staff", "/rectifications/"),
    Shot("rectification", "staff", "/rectifications/", act=_opened),
    Shot("rectifications-unit", "liaison", "/rectifications/"),
)


def furnish(users: dict[str, Any]) -> None:
    """May's notice on the desk with a paragraph changed, July's issued and its units to rectify."""
    from django.utils import timezone

    from disclosures import jobs
    from disclosures.models import Job
    from lanshan_portal.periods import Period
    from reports.actions import approval, drafting, rectification
    from reports.freezing import digest
    from reports.models import IssuedNotice
    from reports.preparation import prepare_draft

    clerk, at = users["staff"], timezone.now() - timedelta(hours=3)
    office = clerk.memberships.get().office

    def begun(month: int, issued_on: date, when: datetime) -> Any:
        return drafting.begin(office=office, period=Period.month(2020, month), issued_on=issued_on, by=clerk, at=when)

    def seen(draft: Any) -> str:
        draft.refresh_from_db()
        return digest(prepare_draft(draft).notice)

    draft = begun(5, date(2020, 6, 12), at)
    words = "各单位要继续提高政务公开质量，按期报送材料。"
    drafting.add(draft=draft, section="closing", words=words, by=clerk, at=at)
    done = begun(7, date(2020, 8, 14), at)
    for each in approval.told(done, prepare_draft(done)):
        if each.blocks:
            given = {"code": str(each.finding.code), "message": each.finding.message}
            approval.sign_off(draft=done, reason="已核对，情况属实。", by=clerk, at=at, **given)
    approval.submit(draft=done, seen=seen(done), by=clerk, at=at)
    approval.pass_on(draft=done, seen=seen(done), by=users["reviewer"], at=at)
    job = approval.approve(draft=done, seen=seen(done), by=users["leader"], at=at)
    jobs.run(job.pk)
    Job.objects.filter(by=users["leader"]).update(put_away=True)
    issued = IssuedNotice.objects.get(draft=done)
    rectification.open_all(issued=issued, due_on=timezone.localdate(at) + timedelta(days=10), by=clerk, at=at)
