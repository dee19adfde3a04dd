"""Pictures of lists, single records, check rounds, searching and sheets coming in."""

from __future__ import annotations

from typing import Any

from tests.screenshots.camera import Shot

JUNE, EMPTY = "from=2020-06-01&to=2020-06-30", "from=2021-01-01&to=2021-01-31"
WRONG = (
    "编号,单位,来信日期,标题,答复日期\nN-1,区教育局,2020-06-31,咨询入学,2020-06-05\nN-2,区教肓局,2020-06-04,咨询转学,\n"
)
RIGHT = (
    "编号,单位,来信日期,标题,答复日期\nN-1,区教育局,2020-06-30,咨询入学,2020-07-02\nN-2,区教育局,2020-06-04,咨询转学,\n"
)


def _bring(page: Any, *sheets: tuple[str, str]) -> None:
    files = [{"name": name, "mimeType": "text/csv", "buffer": words.encode()} for name, words in sheets]
    field = page.locator("input[type=file]").first
    field.set_input_files(files)
    page.locator("form", has=page.locator("input[type=file]")).get_by_role("button", name="上传并核对").first.click()


def bring_errors(page: Any) -> None:
    """Bring a sheet with two errors."""
    _bring(page, ("六月信箱.csv", WRONG))
    page.get_by_text("整张表没有写入").wait_for()


def _bring_right(page: Any) -> None:
    _bring(page, ("六月信箱.csv", RIGHT))
    page.get_by_text("没有发现错误").wait_for()


def _bring_two(page: Any) -> None:
    _bring(page, ("六月信箱.csv", RIGHT), ("六月信箱（二）.csv", WRONG))
    page.wait_for_url("**/imports/files/*/")


def _sent_empty(page: Any) -> None:
    page.get_by_role("button", name="保存", exact=True).click()
    page.locator(".error-summary").wait_for()


def _round_begun(page: Any) -> None:
    page.get_by_role("button", name="开始检查").click()
    page.wait_for_url("**/media/rounds/*/")


def _round_half(page: Any) -> None:
    _round_begun(page)
    for number, (day, result) in enumerate((("7-18", "无"), ("6-1", ""), ("7-31", ""), ("7-20", "错别字"))):
        row = page.locator("tr[data-entry]").nth(number)
        row.locator("[data-cell=last_updated_on]").fill(day)
        row.locator("[data-cell=result]").select_option(result)
    page.locator("[data-find]").focus()
    page.wait_for_timeout(1500)


def _round_finished(page: Any) -> None:
    _round_half(page)
    page.locator("tr[data-entry]").nth(2).locator("[data-cell=last_updated_on]").fill("7-1")
    page.wait_for_timeout(1500)
    page.get_by_role("button", name="完成检查").click()
    page.get_by_text("本轮检查已完成").wait_for()


def _record_edited(page: Any) -> None:
    _first_record(page)
    page.get_by_role("link", name="修改").first.click()
    page.wait_for_load_state("networkidle")


def _columns_open(page: Any) -> None:
    page.get_by_role("button", name="显示", exact=True).click()


def _first_record(page: Any) -> None:
    page.locator("table.rows tbody a").first.click()
    page.wait_for_load_state("networkidle")


SHOTS = (
    Shot("list-items", "staff", f"/rows/published_items/?{JUNE}"),
    Shot("list-items-none-found", "staff", f"/rows/published_items/?{JUNE}&q=没有这样的标题"),
    Shot("list-items-error", "staff", "/rows/published_items/?from=never"),
    Shot("list-applications", "staff", f"/rows/applications/?{JUNE}"),
    Shot("list-applications-empty", "staff", f"/rows/applications/?{EMPTY}"),
    Shot("list-letters", "staff", f"/rows/mailbox_cases/?{JUNE}"),
    Shot("list-letters-empty", "staff", f"/rows/mailbox_cases/?{EMPTY}"),
    Shot("list-checks", "staff", "/rows/media_checks/?from=2020-07-01&to=2020-07-31"),
    Shot("list-checks-empty", "staff", f"/rows/media_checks/?{EMPTY}"),
    Shot("list-accounts", "staff", "/rows/media_accounts/"),
    Shot("list-of-unit", "liaison", f"/rows/published_items/?{JUNE}"),
    Shot("record", "staff", f"/rows/mailbox_cases/?{JUNE}", act=_first_record),
    Shot("record-edit", "staff", f"/rows/mailbox_cases/?{JUNE}", act=_record_edited),
    Shot("record-new", "staff", "/rows/published_items/new/"),
    Shot("record-new-error", "staff", "/rows/mailbox_cases/new/", act=_sent_empty),
    Shot("rounds", "staff", "/rows/media_rounds/?from=2020-07-01&to=2020-07-31"),
    Shot("rounds-empty", "staff", f"/rows/media_rounds/?{EMPTY}"),
    Shot("round-new", "staff", "/media/rounds/new/"),
    Shot("round", "staff", "/media/rounds/new/", act=_round_begun, widths=(1440,)),
    Shot("round-half", "staff", "/media/rounds/new/", act=_round_half),
    Shot("round-finished", "staff", "/media/rounds/new/", act=_round_finished),
    Shot("list-columns", "staff", f"/rows/published_items/?{JUNE}", act=_columns_open),
    Shot("filters-empty", "staff", "/filters/"),
    Shot("search", "staff", "/search/?q=培训"),
    Shot("search-none", "staff", "/search/?q=没有这样的文件"),
    Shot("imports", "staff", "/imports/"),
    Shot("import", "staff", "/imports/mailbox_cases/"),
    Shot(
        "import-errors", "staff", "/imports/mailbox_cases/", act=bring_errors, helps="import-errors", cut_to="main > *"
    ),
    Shot("import-right", "staff", "/imports/mailbox_cases/", act=_bring_right),
    Shot("import-several", "staff", "/imports/", act=_bring_two),
    Shot("batch", "staff", "/imports/batches/", act=_first_record),
    Shot("batches", "staff", "/imports/batches/"),
    Shot("jobs", "staff", "/jobs/"),
)
