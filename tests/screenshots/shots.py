"""Which pictures are taken."""

from __future__ import annotations

from typing import Any

from tests.screenshots import of_lists, of_notices, of_office, of_people, tasks
from tests.screenshots.camera import Shot

ON = "issued_on=2020-07-06"


def open_unit(page: Any) -> None:
    """Open the drawer of a unit that has problems."""
    page.get_by_role("link", name="区市场监管局", exact=True).click()
    page.wait_for_selector("#drawer.show:not(.showing)")


SHOTS = (
    Shot("sign-in", "", "/login/"),
    Shot("overview", "staff", f"/2020-06/?{ON}", helps="overview"),
    Shot("overview-empty", "staff", "/2021-03/"),
    Shot("overview-problems", "staff", f"/2020-06/?{ON}&show=problems"),
    Shot("overview-drawer", "staff", f"/2020-06/?{ON}", act=open_unit),
    Shot("overview-brief", "leader", f"/2020-06/brief/?{ON}", helps="brief", cut_to="main > *"),
    Shot("overview-brief-empty", "leader", "/2021-03/brief/"),
    Shot("overview-own", "liaison", f"/2020-06/?{ON}", helps="own-month"),
    Shot("overview-own-leader", "unit_leader", f"/2020-06/?{ON}", helps="own-month-leader", cut_to="main > *"),
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
    *of_lists.SHOTS,
    *of_office.SHOTS,
    *of_notices.SHOTS,
    *of_people.SHOTS,
    *tasks.SHOTS,
)


def furnish(users: dict[str, Any]) -> None:
    """What the pictures need besides the sample."""
    of_people.furnish(users)
    of_office.furnish(users)
    tasks.furnish(users)
    of_notices.furnish(users)
