"""A small district to count in: an office with its standard words, a few units, and records as they are needed."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from disclosures.models import (
    Category,
    Channel,
    DisclosureApplication,
    MailboxCase,
    MediaAccount,
    MediaCheck,
    Platform,
    PublishedItem,
    Requirement,
    Submission,
)
from disclosures.standard import furnish
from units.models import Office, Unit, UnitGroup, UnitKind, UnitVersion

TOWNS, DEPARTMENTS = "镇街道、商城、经开区", "政府各部门"
JUNE_1, JUNE_30 = date(2020, 6, 1), date(2020, 6, 30)


class District:
    """Makes records of one office, each with a natural key of its own."""

    def __init__(self) -> None:
        self.office = Office.objects.create(
            code="371302",
            jurisdiction="临沂市兰山区",
            level="区",
            government="兰山区人民政府",
            name="临沂市兰山区人民政府办公室",
            short_name="区政府办公室",
            addressees="各镇人民政府、街道办事处，区政府有关部门",
            document_prefix="临兰政办字",
        )
        furnish(self.office)
        self._keys = count(1)
        self.street = self.unit("兰山街道", TOWNS, UnitKind.STREET)
        self.town = self.unit("李官镇", TOWNS, UnitKind.TOWN)
        self.education = self.unit("区教育局", DEPARTMENTS)
        self.justice = self.unit("区司法局", DEPARTMENTS)

    @classmethod
    def of(cls, office: Office) -> District:
        """To add to an office that exists."""
        district = cls.__new__(cls)
        district.office, district._keys = office, count(1)
        return district

    def unit(self, name: str, group: str = DEPARTMENTS, kind: str = UnitKind.DEPARTMENT, **fields: Any) -> Unit:
        number = Unit.objects.count() + 1
        unit = Unit.objects.create(office=self.office, code=f"U{number:02}", position=number, **fields)
        groups = UnitGroup.objects.filter(office=self.office).count()
        unit_group, _ = UnitGroup.objects.get_or_create(
            office=self.office, name=group, defaults={"position": groups + 1}
        )
        UnitVersion.objects.create(unit=unit, full_name=f"兰山区{name}", short_name=name, group=unit_group, kind=kind)
        return unit

    def directory(self):
        return Unit.objects.filter(office=self.office).directory()

    def _record(self, model: type, **fields: Any) -> Any:
        number = next(self._keys)
        return model.objects.create(office=self.office, key=f"{model.__name__}{number}", **fields)

    def item(self, unit: Unit, category: str = "动态类", on: date = JUNE_1) -> PublishedItem:
        found = Category.objects.get(office=self.office, name=category)
        return self._record(PublishedItem, unit=unit, category=found, title="信息", published_on=on)

    def application(self, unit: Unit, channel: str = "网站", on: date = JUNE_1, **fields: Any) -> DisclosureApplication:
        found = Channel.objects.get(office=self.office, name=channel)
        return self._record(
            DisclosureApplication, unit=unit, channel=found, number=str(next(self._keys)), received_on=on, **fields
        )

    def letter(self, unit: Unit, on: date = JUNE_1, answered: date | None = None) -> MailboxCase:
        return self._record(MailboxCase, unit=unit, number=str(next(self._keys)), received_on=on, answered_on=answered)

    def check(
        self, unit: Unit, problem: str = "", platform: str = "微博", on: date = date(2020, 7, 6), **fields: Any
    ) -> MediaCheck:
        account = self._record(
            MediaAccount,
            unit=unit,
            name=f"账号{next(self._keys)}",
            platform=Platform.objects.get(office=self.office, name=platform),
        )
        fields.setdefault("round", "2020年7月第1次")
        return self._record(MediaCheck, unit=unit, account=account, checked_on=on, problem=problem, **fields)

    def requirement(self, code: str = "T-1", units: tuple[Unit, ...] = (), **fields: Any) -> Requirement:
        standard = {"name": "实施方案", "due_on": JUNE_30, "placement": Requirement.Placement.PROBLEM, "action": "上传"}
        scope = Requirement.Scope.LISTED if units else Requirement.Scope.ALL
        made = self._record(Requirement, code=code, **(standard | {"scope": scope} | fields))
        made.units.set(units)
        return made

    def submission(self, requirement: Requirement, unit: Unit, on: date, term: str = "", review: str = "通过"):
        return self._record(Submission, requirement=requirement, unit=unit, submitted_on=on, term=term, review=review)
