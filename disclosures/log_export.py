"""The log as a workbook: exactly what is asked for, however much; as a job, because it may be a million rows."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter

from disclosures import jobs
from disclosures.files.keeping import keep
from disclosures.sheets.page import BODY_FONT, BORDER, CENTRED, HEADER_FILL, HEADER_FONT, TOP, set_up_page, text_cell
from units import audit
from units.forms.log import LogFilterForm
from units.log import LogEntry, Selection, told
from units.models import Office, Unit, User

KIND = "log_export"
AT_ONCE = 2_000
"""So many rows are written while the page waits; more become a job."""
SHEET_ROWS = 1_000_000
"""A worksheet holds 1,048,576 rows; a longer log goes on in the next."""
COLUMNS = (("时间", 20), ("人员", 12), ("账号", 16), ("类别", 12), ("内容", 70), ("来源地址", 18))


def asked_for(office: Office, parameters: dict[str, str]) -> Selection | None:
    """What the parameters of the log's page ask for; None where they make no sense."""
    form = LogFilterForm(parameters)
    directory = Unit.objects.filter(office=office).directory()
    return form.selection(office, directory, timezone.localdate()) if form.is_valid() else None


def in_words(parameters: dict[str, str]) -> str:
    """The conditions as the log tells them: 类别 登录，起始日期 2020-07-01."""
    form = LogFilterForm(parameters)
    return "，".join(f"{field.label} {parameters[name]}" for name, field in form.fields.items() if parameters.get(name))


def small(selection: Selection) -> list[LogEntry] | None:
    """The entries, where they are few enough to be written at once; None where they are more."""
    if selection.terms:
        return None  # a search may walk the whole log before it knows
    found = list(islice(told(selection), AT_ONCE + 1))
    return found if len(found) <= AT_ONCE else None


def workbook(entries: Iterable[LogEntry], progress: Callable[[int], None] = lambda done: None) -> tuple[bytes, int]:
    """The workbook, and how many entries it holds."""
    book = Workbook(write_only=True)
    sheet, count = _sheet(book, 1), 0
    try:
        for count, entry in enumerate(entries, start=1):
            if count > 1 and count % SHEET_ROWS == 1:
                sheet = _sheet(book, count // SHEET_ROWS + 1)
            sheet.append([_styled(text_cell(sheet, value)) for value in _values(entry)])
            progress(count)
    except jobs.Cancelled:
        # openpyxl writes sheets into files as it goes; saving, even to nowhere, closes and removes them.
        book.save(io.BytesIO())
        raise
    output = io.BytesIO()
    book.save(output)
    return output.getvalue(), count


def _sheet(book: Any, number: int) -> Any:
    sheet = book.create_sheet("操作日志" if number == 1 else f"操作日志{number}")
    set_up_page(sheet)
    headers = []
    for index, (title, width) in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
        cell = WriteOnlyCell(sheet, title)
        cell.font, cell.fill, cell.border, cell.alignment = HEADER_FONT, HEADER_FILL, BORDER, CENTRED
        headers.append(cell)
    sheet.append(headers)
    return sheet


def _values(entry: LogEntry) -> tuple[str, ...]:
    at = f"{timezone.localtime(entry.at):%Y-%m-%d %H:%M:%S}"
    return (at, entry.person, entry.account, entry.family, entry.sentence, entry.address)


def _styled(cell: Any) -> Any:
    cell.font, cell.border, cell.alignment = BODY_FONT, BORDER, TOP
    return cell


def record(*, by: User, office: Office, parameters: dict[str, str], rows: int) -> None:
    """Note in the log that the log was taken out."""
    data = {"asked": in_words(parameters), "filters": parameters, "rows": rows}
    audit.record(by=by, verb="log.exported", office=office, data=data)


@jobs.work(KIND, "读取日志并写入表格", "保存文件")
def export_log(run: jobs.Run) -> jobs.Outcome:
    """Write what was asked for and keep it for the person."""
    office, by = run.job.office, run.job.by
    assert office is not None, "asked for at an office"
    assert by is not None, "asked for by somebody"
    parameters: dict[str, str] = run.job.arguments["parameters"]
    selection = asked_for(office, parameters)
    if selection is None:
        raise jobs.Refused("筛选条件有误，没有导出，请重新筛选。")
    content, rows = workbook(told(selection), lambda done: run.progress(done, 0))
    run.step(1)
    kept = keep(name=file_name(), content=content, office=office, by=by, at=timezone.now())
    record(by=by, office=office, parameters=parameters, rows=rows)
    return jobs.Outcome(f"共 {rows:,} 条。", result=kept)


def file_name() -> str:
    """操作日志（2020年7月6日导出）.xlsx."""
    today = timezone.localdate()
    return f"操作日志（{today.year}年{today.month}月{today.day}日导出）.xlsx"
