"""账号: people who sign in, one row an appointment. What the form refuses, the sheet refuses with the same sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from disclosures.sheets.cells import Cell
from disclosures.sheets.resources.account_store import STORED, AccountStore, accounts_named, key_of
from disclosures.sheets.resources.base import Column, Complaint, Row, SheetResource
from disclosures.sheets.store import Change, Record
from disclosures.sheets.widgets import ChoiceWidget, DateWidget, TextWidget, UnitWidget
from units.account_rules import PHONE_FORM, USERNAME_FORM, why_no_email, why_no_phone, why_no_username
from units.actions.appointments import as_appointment
from units.appointing import Appointment, why_not, why_not_placed
from units.models import Membership, User
from units.models.membership import RoleName
from units.people import serving_elsewhere
from units.roles import ROLES

WITHOUT_PASSWORD = "新账号导入后还没有密码，请在导入结果页生成初始密码条，打印后交给本人。"
WITHOUT_PASSWORD_HERE = "新账号还没有密码，请点“生成密码条”，打印后交给本人。"
"""The same on the page of the result itself."""


class RuledWidget(TextWidget):
    """A text with a rule of its own that answers with a sentence."""

    def __init__(self, longest: int, form: str, why_not: Callable[[str], str], *, width: int = 16) -> None:
        super().__init__(longest, width=width)
        self._form, self._why_not = form, why_not

    @property
    def form(self) -> str:  # type: ignore[override]
        """The rule."""
        return self._form

    def clean(self, value: Cell, row: Any = None, *, day: date | None = None, **kwargs: Any) -> str:
        found = super().clean(value)
        if sentence := self._why_not(found):
            raise ValueError(sentence)
        return found


def placed(resource: SheetResource, row: Row) -> Iterable[Complaint]:
    """A unit's role has a unit, the office's none."""
    if sentence := why_not_placed(ROLES[row["role"]], at_unit=row["unit_id"] is not None):
        yield "unit_id", sentence


class AccountResource(SheetResource):
    """One person's account with one appointment; a person with two has two rows."""

    username = Column(
        "username",
        "账号",
        RuledWidget(30, USERNAME_FORM, why_no_username),
        required=True,
        example="zhaolianluo",
        note="一人一个账号；一人有几项任职的，各写一行，账号相同。",
    )
    display_name = Column("display_name", "姓名", TextWidget(40, width=12), required=True, example="赵联络")
    role = Column("role", "角色", ChoiceWidget(RoleName, width=14), required=True, example="单位联络员")
    unit = Column(
        "unit_id",
        "单位",
        UnitWidget(),
        example="兰山街道",
        note="单位联络员、单位分管领导必填，机关的角色留空。",
    )
    job_title = Column("job_title", "职务", TextWidget(40, width=16), default="", example="党政办科员")
    phone = Column("phone", "电话", RuledWidget(40, PHONE_FORM, why_no_phone), default="", example="0539-8012345")
    email = Column(
        "email",
        "邮箱",
        RuledWidget(254, "name@example.com 形式的邮箱", why_no_email, width=26),
        default="",
        example="zhao@example.gov.cn",
    )
    since = Column("since", "起始日期", DateWidget(), example="2020-07-01", note="任职自这一天起；留空为导入当日。")

    model = User
    key_in_words = "账号+角色+单位"
    day = "since"
    rules = (placed,)

    @property
    def stored(self) -> tuple[str, ...]:
        return STORED

    def store(self) -> AccountStore:
        return AccountStore(self.office)

    def natural_key(self, row: Row) -> tuple[str, ...]:
        return (row["username"].lower(), row["role"], str(row["unit_id"] or ""))

    def key(self, row: Row) -> str:
        return key_of(*self.natural_key(row))

    def rows_of(self, period: Any, queryset: Any = None) -> Iterator[tuple[Any, ...]]:
        """The appointments that have no end, whatever the period: the office's, then the units' in their order."""
        rows = Membership.objects.filter(office=self.office, until__isnull=True, user__is_superuser=False)
        if queryset is not None:
            rows = rows.filter(user__in=queryset)
        return self.store().tuples(rows)

    # --- the sheet as a whole

    def finish(self, records: list[Record], complain: Callable[[Record, str, str], None]) -> None:
        """Accounts that are nobody's or one's own, rows of one account that agree, appointments that can be."""
        rows = [dict(zip(self.stored, record.values, strict=True)) for record in records]
        people = {user.username.lower(): user for user in self._accounts(rows)}
        elsewhere = {user.pk for user in serving_elsewhere(people.values(), self._office, date.max)}
        held = self._held(people)
        first_rows: dict[str, tuple[int, Row]] = {}
        for index, (record, row) in enumerate(zip(records, rows, strict=True)):
            name = row["username"].lower()
            user = people.get(name)
            if user is not None and (sentence := self._why_no_account(row, user, elsewhere, held)):
                complain(record, "username", sentence)
                continue
            self._agree(record, row, first_rows.setdefault(name, (record.row, row)), complain)
            mine = held.setdefault(name, [])
            current = next(
                (each for each in mine if each.place == (row["role"], row["unit_id"]) and not each.until), None
            )
            if current is not None and row["since"] is None:
                row["since"] = current.since
                records[index] = record._replace(values=tuple(row.values()))
            self._appoint(record, row, mine, current, complain)

    def _accounts(self, rows: list[Row]) -> list[User]:
        return list(accounts_named({row["username"].lower() for row in rows}))

    @property
    def _office(self) -> Any:
        assert self.office is not None, "accounts belong to an office"
        return self.office

    def _held(self, people: dict[str, User]) -> dict[str, list[Appointment]]:
        found: dict[str, list[Appointment]] = {}
        held = Membership.objects.filter(office=self.office, user__in=people.values()).select_related("user")
        for each in held:
            found.setdefault(each.user.username.lower(), []).append(as_appointment(each))
        return found

    @staticmethod
    def _why_no_account(row: Row, user: User, elsewhere: set[int], held: dict[str, list[Appointment]]) -> str:
        if user.is_superuser or user.pk in elsewhere or user.username.lower() not in held:
            return f"账号“{row['username']}”已被使用，不由本机关管理，请换一个账号。"
        if user.username != row["username"]:
            return f"已有账号“{user.username}”，只有大小写不同，请照原样填写或换一个账号。"
        if not user.is_active:
            return f"账号“{user.username}”已停用，请先启用，或删去这一行。"
        return ""

    def _agree(
        self, record: Record, row: Row, first: tuple[int, Row], complain: Callable[[Record, str, str], None]
    ) -> None:
        """Rows of one account name it alike and say the same of its person."""
        number, other = first
        if row["username"] != other["username"]:
            sentence = f"与第{number}行的账号“{other['username']}”只有大小写不同，请统一，或换一个账号。"
            complain(record, "username", sentence)
        for attribute in ("display_name", "job_title", "phone", "email"):
            if row[attribute] != other[attribute]:
                column = self.column_of(attribute)
                assert column is not None
                complain(record, attribute, f"与第{number}行同一账号的{column.column_name}不一致，请核对。")

    def _appoint(
        self,
        record: Record,
        row: Row,
        mine: list[Appointment],
        current: Appointment | None,
        complain: Callable[[Record, str, str], None],
    ) -> None:
        """The appointment the row makes or corrects, beside all others of the account, those of the sheet included."""
        role = ROLES[row["role"]]
        others = [each for each in mine if each is not current]
        if row["since"] is None and any(each.place == (role.key, row["unit_id"]) for each in others):
            complain(record, "since", "该账号曾任这一角色，请填写起始日期。")
            return
        # Without a day it begins when the sheet is imported, which is after everything that has an end.
        wanted = Appointment(role, row["unit_id"], row["since"] or self.register.newest_day)
        ahead = others if row["since"] else [each for each in others if each.until is None]
        if sentence := why_not(wanted, ahead, self.register.directory):
            complain(record, "since" if row["since"] else "username", sentence)
            return
        if current is not None:
            mine.remove(current)
        mine.append(wanted)

    def remarks(self, changes: Iterable[Change]) -> Iterator[str]:
        """Appointments that an account gets beside those it has, and what follows for passwords."""
        new = [change.record for change in changes if change.before is None]
        rows = [dict(zip(self.stored, record.values, strict=True)) for record in new]
        known = set(
            User.objects.filter(username__in=[row["username"] for row in rows]).values_list("username", flat=True)
        )
        for record, row in zip(new, rows, strict=True):
            if row["username"] in known:
                where = self.column_of("unit_id").widget.render(row["unit_id"])  # type: ignore[union-attr]
                yield (
                    f"第{record.row}行：账号“{row['username']}”已有，将增加任职“{where}{ROLES[row['role']].display_name}”，"
                    "原来的任职不变；换人请办理交接。"
                )
        if any(row["username"] not in known for row in rows):
            yield WITHOUT_PASSWORD
