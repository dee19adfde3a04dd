"""Pictures of tasks: what a unit owes and hands in, what the office reviews, grants and sets."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta
from typing import Any

from lanshan_portal.periods import Period
from tests.screenshots.camera import Shot

TODAY = date.today()  # noqa: DTZ011
THIS_MONTH = Period.month_of(TODAY)
MATERIAL = ("关于2026年政务公开工作要点落实情况的报告", "一、重点领域信息公开", "二、政策解读回应", "三、下一步打算")
LONG = "政府信息公开工作年度报告数据核对表，包括依申请公开、行政复议和行政诉讼情况以及收费情况"
STREET, TOWN = "371302-T01", "371302-T10"


def _wrong_file(page: Any) -> None:
    page.locator("input[name=brought]").set_input_files(
        [
            {"name": "落实情况报告.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"},
            {"name": "说明.exe", "mimeType": "application/octet-stream", "buffer": b"MZ"},
        ]
    )
    page.get_by_role("button", name="报送", exact=True).click()
    page.locator(".error-summary").wait_for()


def _file_chosen(page: Any) -> None:
    page.locator("input[name=brought]").set_input_files(
        {"name": "标准化规范化工作台账.xlsx", "mimeType": "application/octet-stream", "buffer": _sheet()}
    )
    page.get_by_text("已选择 1 个文件").wait_for()


def _tick_two(page: Any) -> None:
    for number in (1, 2):
        page.locator("[data-tick]").nth(number).check()


def _return_dialog(page: Any) -> None:
    _tick_two(page)
    page.get_by_role("button", name="退回所选").click()
    page.locator("#return-dialog.show").wait_for()


def _drawer(page: Any) -> None:
    page.get_by_role("link", name="延期或不适用").click()
    page.locator("#drawer.show").wait_for()


def _receipt(page: Any) -> None:
    page.get_by_role("link", name="回执").first.click()
    page.locator(".receipt").wait_for()


def _first_review(page: Any) -> None:
    page.get_by_role("link", name="逐份审核").click()
    page.locator(".review").wait_for()


def _nothing_filled_in(page: Any) -> None:
    page.get_by_role("button", name="布置任务").click()
    page.locator(".error-summary").wait_for()


def _listed(page: Any) -> None:
    page.locator("[name=due_on]").fill(f"{TODAY + timedelta(days=20)}")
    page.locator("input[name=scope][value=listed]").check()
    page.locator("#unit-picker input").first.check()
    page.locator("#asked li").first.wait_for()


SHOTS = (
    Shot(
        "my-duties",
        "liaison",
        "/rows/duties/",
        helps="my-duties",
        cut_to=".page-head, .own-sentence, .my-duties li:nth-child(-n+5)",
    ),
    Shot("my-duties-leader", "unit_leader", "/rows/duties/"),
    Shot("my-duties-empty", "liaison", "/rows/duties/?show=finished&from=2021-03-01&to=2021-03-31"),
    Shot(
        "duty-open",
        "liaison",
        f"/duties/SHOT-4/once/{STREET}/",
        helps="hand-in",
        cut_to=".page-head, .own-sentence, #hand-in",
        help_act=_file_chosen,
    ),
    Shot("duty-error", "liaison", f"/duties/SHOT-4/once/{STREET}/", act=_wrong_file),
    Shot("duty-waiting", "liaison", f"/duties/SHOT-1/once/{STREET}/"),
    Shot(
        "duty-returned",
        "liaison",
        f"/duties/SHOT-2/once/{STREET}/",
        helps="returned",
        cut_to=".page-head, .own-sentence, #hand-in .file-drop, #hand-in > header",
    ),
    Shot("duty-locked", "liaison", f"/duties/SHOT-3/once/{STREET}/"),
    Shot("duty-published", "liaison", f"/duties/SHOT-5/once/{STREET}/"),
    Shot("duty-of-office", "staff", f"/duties/SHOT-2/once/{TOWN}/"),
    Shot("duty-drawer", "staff", f"/duties/SHOT-2/once/{TOWN}/", act=_drawer),
    Shot(
        "receipt",
        "liaison",
        f"/duties/SHOT-1/once/{STREET}/",
        act=_receipt,
        helps="receipt",
        cut_to=".receipt > header, .receipt > table:first-of-type",
    ),
    Shot("tasks", "staff", f"/rows/duties/?from={THIS_MONTH.start}&to={THIS_MONTH.last}"),
    Shot("tasks-empty", "staff", "/rows/duties/?from=2019-03-01&to=2019-03-31"),
    Shot("task-units", "staff", "/rows/duties/?requirement=SHOT-2"),
    Shot("task-matrix", "staff", "/duties/matrix/?month=2020-06&issued_on=2020-07-06", act=_tick_two),
    Shot("task-matrix-empty", "staff", "/duties/matrix/?month=2019-03"),
    Shot("task-matrix-months", "staff", "/duties/matrix/?requirement=RW-202006-03&month=2020-07"),
    Shot("exceptions", "staff", f"/duties/exceptions/?requirement=SHOT-2&unit={STREET}&unit={TOWN}"),
    Shot("reviews", "staff", "/reviews/"),
    Shot("reviews-ticked", "staff", "/reviews/", act=_return_dialog),
    Shot("reviews-done", "staff", "/reviews/?show=done"),
    Shot("reviews-exemptions", "leader", "/reviews/", helps="exemptions", cut_to="main > *"),
    Shot("review", "staff", "/reviews/?requirement=SHOT-1", act=_first_review, helps="review", cut_to="main > *"),
    Shot("task-new", "staff", "/requirements/new/", act=_listed),
    Shot("task-new-error", "staff", "/requirements/new/", act=_nothing_filled_in),
    Shot("task-copy", "staff", "/requirements/copy/?month=2020-07"),
)


def furnish(users: dict[str, Any]) -> None:
    """Tasks around today with hand-ins in every state."""
    from disclosures.actions import exceptions, hand_ins, reviews
    from disclosures.files.keeping import Brought
    from disclosures.models import Category, PublishedItem
    from tests.desk import docx
    from units.models import Office, Unit

    office = Office.objects.get()
    street, town = (Unit.objects.get(office=office, code=code) for code in (STREET, TOWN))
    now, today = _now(), _now().date()
    tasks = _tasks(office, today, users["staff"], now)
    report = Brought("落实情况报告.docx", docx(*MATERIAL))

    def handed(task: Any, unit: Any, by: Any, hours: int, *files: Any) -> Any:
        at = now - timedelta(hours=hours)
        return hand_ins.hand_in(requirement=task, term="", unit=unit, files=files or (report,), by=by, at=at)

    liaison, clerk = users["liaison"], users["staff"]
    back = handed(tasks["SHOT-2"], street, liaison, 50, Brought("目录.xlsx", _sheet()))
    reason = "缺少公章或负责人签字，请补齐后重新报送。"
    looked = reviews.Looked(back.submission_id, back.number)
    reviews.return_(looked=looked, reason=reason, by=clerk, at=now - timedelta(hours=48))
    handed(tasks["SHOT-1"], street, liaison, 30)
    for number, unit in enumerate(Unit.objects.filter(office=office, dissolved_on=None).exclude(pk=street.pk)[:8]):
        other = handed(tasks["SHOT-1"], unit, clerk, 20 - number)
        if number < 3:
            reviews.accept(looked=reviews.Looked(other.submission_id, 1), by=clerk, at=now - timedelta(hours=1))
    exceptions.ask_exemption(
        requirement=tasks["SHOT-2"], term="", unit=town, reason="本单位没有该项职责，无公开事项。", by=clerk, at=now
    )
    PublishedItem.objects.create(
        office=office,
        key="for-a-picture",
        unit=street,
        category=Category.objects.filter(office=office).first(),
        title="兰山街道办事处主要职责和内设机构",
        column="公开-区政府信息公开-机构职能",
        published_on=today - timedelta(days=2),
    )


def _now() -> datetime:
    from django.utils import timezone

    return timezone.localtime()


def _tasks(office: Any, today: date, by: Any, now: datetime) -> dict[str, Any]:
    from disclosures.actions import requirements

    said = {
        "SHOT-1": (
            "2026年政务公开工作要点落实情况报告",
            2,
            {"lock_after_days": 10, "explanation": "不超过两千字，加盖公章。"},
        ),
        "SHOT-2": ("政务公开基本目录修订表", -3, {"basis": "国办发〔2019〕54号"}),
        "SHOT-3": (LONG, -20, {"lock_after_days": 5}),
        "SHOT-4": ("标准化规范化工作台账", 5, {"explanation": "按模板填报，每项一行。"}),
        "SHOT-5": ("公开本单位机构职能信息", 15, {"action": "公开", "column": "公开-区政府信息公开-机构职能"}),
    }
    about = {"scope": "all", "recurrence": "一次", "action": "报送", "assigned_on": today - timedelta(days=25)}
    return {
        code: requirements.create(
            office=office,
            fields=about | {"code": code, "name": name, "due_on": today + timedelta(days=days)} | more,
            by=by,
            at=now - timedelta(days=24),
        )
        for code, (name, days, more) in said.items()
    }


def _sheet() -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["序号", "公开事项", "公开依据", "公开时限"])
    for number in range(1, 13):
        book.active.append([number, f"事项{number}", "《政府信息公开条例》", "20个工作日内"])
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()
