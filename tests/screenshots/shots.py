"""Which pictures are taken."""

from __future__ import annotations

from typing import Any

from tests.screenshots import of_people, tasks
from tests.screenshots.camera import Shot

JUNE = "from=2020-06-01&to=2020-06-30"
ON = "issued_on=2020-07-06"


def open_unit(page: Any) -> None:
    """Open the drawer of a unit that has problems."""
    page.get_by_role("link", name="区市场监管局", exact=True).click()
    page.wait_for_selector("#drawer.show:not(.showing)")


WRONG = (
    "编号,单位,来信日期,标题,答复日期\nN-1,区教育局,2020-06-31,咨询入学,2020-06-05\nN-2,区教肓局,2020-06-04,咨询转学,\n"
)


def bring_errors(page: Any) -> None:
    """Bring a sheet with two errors."""
    sheet = {"name": "六月信箱.csv", "mimeType": "text/csv", "buffer": WRONG.encode()}
    page.locator("#id_sheet, input[type=file]").first.set_input_files(sheet)
    page.get_by_role("button", name="上传并核对").click()
    page.get_by_text("整张表没有写入").wait_for()


SHOTS = (
    Shot("sign-in", "", "/login/"),
    Shot("overview", "staff", f"/2020-06/?{ON}", helps="overview"),
    Shot("overview-empty", "staff", "/2021-03/"),
    Shot("overview-problems", "staff", f"/2020-06/?{ON}&show=problems"),
    Shot("overview-drawer", "staff", f"/2020-06/?{ON}", act=open_unit),
    Shot("overview-brief", "leader", f"/2020-06/brief/?{ON}", helps="brief"),
    Shot("overview-brief-empty", "leader", "/2021-03/brief/"),
    Shot("overview-own", "liaison", f"/2020-06/?{ON}", helps="own-month"),
    Shot("overview-own-empty", "liaison", "/2021-03/"),
    Shot("overview-unit", "staff", f"/2020-06/units/371302-T01/?{ON}"),
    Shot("overview-unit-missing", "staff", "/2020-06/units/none/"),
    Shot("units-one", "staff", "/units/371302-T01/?month=2020-06"),
    Shot("units-one-empty", "staff", "/units/371302-T01/?month=2018-01"),
    Shot("statistics", "staff", "/statistics/?from=2020-02&to=2020-07"),
    Shot("statistics-units", "staff", "/statistics/?what=mailbox&by=unit&measure=rate&from=2020-05&to=2020-07"),
    Shot("statistics-groups", "staff", "/statistics/?by=group&from=2020-05&to=2020-07"),
    Shot("statistics-empty", "staff", "/statistics/?from=2021-01&to=2021-06"),
    Shot("statistics-error", "staff", "/statistics/?from=2020-07&to=2020-05"),
    Shot("import-errors", "staff", "/imports/mailbox_cases/", act=bring_errors, helps="import-errors"),
    Shot("remind", "staff", "/reminders/new/?month=2020-06", helps="remind"),
    Shot("help", "staff", "/help/"),
    Shot("help-liaison", "liaison", "/help/"),
    Shot("published-items", "staff", f"/rows/published_items/?{JUNE}"),
    Shot("published-items-empty", "staff", "/rows/published_items/?from=2021-01-01&to=2021-01-31"),
    Shot("published-items-error", "staff", "/rows/published_items/?from=never"),
    *of_people.SHOTS,
    *tasks.SHOTS,
)


def furnish(users: dict[str, Any]) -> None:
    """What the pictures need besides the sample."""
    of_people.furnish(users)
    tasks.furnish(users)
