"""Pictures of accounts, handing over, the log and the register."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.screenshots.camera import Shot

NAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
TITLES = ("党政办科员", "办公室主任", "政务公开科科员")


def furnish(users: dict[str, Any]) -> None:
    """A liaison for most units, as accounts come in by sheet; a unit that was renamed, one that ended."""
    from units.actions import accounts, register
    from units.models import Unit
    from units.roles import UNIT_LIAISON

    chief, office = users["administrator"], users["administrator"].memberships.get().office
    units = list(Unit.objects.existing_at(date(2021, 1, 1)).filter(office=office))
    for number, unit in enumerate(units[2:-3]):
        accounts.create(
            office=office,
            username=f"lianluo{number + 1:02}",
            profile=accounts.Profile(
                f"{NAMES[number % len(NAMES)]}联络",
                job_title=TITLES[number % 3],
                phone=f"0539-00{number:05}",
                email=f"lianluo{number + 1:02}@example.org",
            ),
            role=UNIT_LIAISON,
            unit=unit,
            since=date(2020, 1, 1),
            by=chief,
        )
    register.rename_unit(unit=units[-1], from_day=date(2021, 3, 1), short_name="区消防大队", by=chief)
    register.dissolve_unit(unit=units[-2], on_day=date(2021, 1, 1), successor=units[20], by=chief)


def _opened(name: str) -> Any:
    """Go on to the first thing of that name."""
    return lambda page: page.get_by_role("link", name=name, exact=True).first.click()


def _sent(page: Any) -> None:
    """Send the form as it is, to see its errors."""
    page.locator("main button[type=submit]").last.click()


def _slips(page: Any) -> None:
    """Slips of accounts nobody is signed in with: whoever is would be signed out."""
    for number in range(6):
        page.locator("[data-tick]").nth(number).check()
    page.get_by_role("button", name="生成密码条").click()
    page.get_by_role("dialog", name="请确认").get_by_role("button", name="生成密码条").click()


SHOTS = (
    Shot("accounts", "administrator", "/accounts/", helps="accounts", cut_to="main > *"),
    Shot("accounts-empty", "administrator", "/accounts/?q=none"),
    Shot("accounts-error", "administrator", "/accounts/?state=nonsense"),
    Shot("accounts-one", "administrator", "/accounts/?q=zhaomin", act=_opened("赵敏")),
    Shot("accounts-new", "administrator", "/accounts/new/"),
    Shot("accounts-new-error", "administrator", "/accounts/new/", act=_sent),
    Shot("accounts-slips", "administrator", "/accounts/?q=lianluo", act=_slips),
    Shot("accounts-roles", "administrator", "/accounts/roles/"),
    Shot("accounts-hand-over", "administrator", "/accounts/hand-over/", helps="hand-over", cut_to="main > *"),
    Shot("accounts-hand-over-error", "administrator", "/accounts/hand-over/", act=_sent),
    Shot("hand-over-sheet", "liaison", "/units/371302-T01/hand-over/?as_of=2020-07-06"),
    Shot("hand-over-sheet-empty", "staff", "/units/371302-T01/hand-over/?as_of=2019-07-06"),
    Shot("account", "liaison", "/account/"),
    Shot("log", "auditor", "/log/", helps="log", cut_to="main > *"),
    Shot("log-empty", "auditor", "/log/?words=none"),
    Shot("log-error", "auditor", "/log/?first=never"),
    Shot("units", "staff", "/units/"),
    Shot("units-empty", "staff", "/units/?q=none"),
    Shot("units-error", "staff", "/units/?as_of=never"),
    Shot("units-all", "staff", "/units/?standing=all"),
    Shot("units-register", "administrator", "/units/371302-T01/register/"),
    Shot("units-correct", "administrator", "/units/371302-T01/correct/"),
    Shot("units-change", "administrator", "/units/371302-T01/change/"),
    Shot("units-dissolve", "administrator", "/units/371302-T01/dissolve/"),
    Shot("units-new", "administrator", "/units/new/"),
    Shot("units-new-error", "administrator", "/units/new/", act=_sent),
    Shot("units-order", "administrator", "/units/order/"),
    Shot("units-groups", "administrator", "/units/groups/"),
)
