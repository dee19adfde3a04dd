"""A desk to hand in at: a district with a task, its people, and a clock that moves on with every act."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.utils import timezone
from docx import Document

from disclosures.actions import exceptions, hand_ins, reviews
from disclosures.actions.reviews import Looked
from disclosures.duties.duty import Duty, Term, duty_of
from disclosures.files.keeping import Brought
from disclosures.models import HandIn, Requirement, Submission
from tests.district import District
from tests.people import liaison, reviewer, staff
from units.models import Unit, User

MORNING = datetime(2020, 6, 20, 1, tzinfo=UTC)
"""9 o'clock in Shandong, ten days before the task is due."""
DUE = date(2020, 6, 30)
PDF = b"%PDF-1.7\n%%EOF"


def pdf(name: str = "方案.pdf", more: bytes = b"") -> Brought:
    return Brought(name, PDF + more)


def docx(*paragraphs: str) -> bytes:
    """A Word document of these paragraphs."""
    document = Document()
    for words in paragraphs:
        document.add_paragraph(words)
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


def with_macro() -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        archive.writestr("[Content_Types].xml", "wordprocessingml.document macroEnabled")
    return output.getvalue()


class Desk:
    """One task of all units, due on June 30; acts happen a minute after each other."""

    def __init__(self, **fields: Any) -> None:
        self.district = District()
        self.office = self.district.office
        self.unit = self.district.street
        self.task = self.district.requirement(**{"name": "实施方案", "due_on": DUE} | fields)
        self.term = "2020-06" if self.task.recurrence == Requirement.Recurrence.MONTHLY else ""
        self.clerk = staff(self.office, display_name="李经办")
        self.reviewer = reviewer(self.office, display_name="王审核")
        self.liaison = liaison(self.unit, display_name="赵联络")
        self.now = MORNING

    @classmethod
    def of_today(cls, due_in: int = 2, **fields: Any) -> Desk:
        """A desk whose task is due so many days from today; its acts happened in the last hours."""
        desk = cls(due_on=timezone.localdate() + timedelta(days=due_in), **fields)
        desk.now = timezone.now() - timedelta(hours=3)
        return desk

    def later(self, **span: int) -> datetime:
        """A minute later, or so much."""
        self.now += timedelta(**(span or {"minutes": 1}))
        return self.now

    def on(self, day: date) -> None:
        """From now on it is that day, at ten in the morning."""
        self.now = datetime(day.year, day.month, day.day, 2, tzinfo=UTC)

    # --- acts

    def hand_in(self, *files: Brought, unit: Unit | None = None, by: User | None = None, **fields: Any) -> HandIn:
        given = {"requirement": self.task, "term": self.term, "unit": unit or self.unit, "by": by or self.liaison}
        return hand_ins.hand_in(**given | {"files": files or (pdf(),), "at": self.later()} | fields)

    def withdraw(self, version: HandIn) -> HandIn:
        return hand_ins.withdraw(hand_in=version, by=self.liaison, at=self.later())

    def accept(self, version: HandIn, by: User | None = None) -> Submission:
        return reviews.accept(looked=self.looked(version), by=by or self.clerk, at=self.later())

    def return_(self, version: HandIn, reason: str = "缺少公章。") -> Submission:
        return reviews.return_(looked=self.looked(version), reason=reason, by=self.clerk, at=self.later())

    def reopen(self, record: Submission) -> Submission:
        return reviews.reopen(submission=record, by=self.clerk, at=self.later())

    def extend(self, until: date, unit: Unit | None = None, reason: str = "机构调整") -> Any:
        given = {"requirement": self.task, "term": self.term, "unit": unit or self.unit}
        return exceptions.extend(**given, until=until, reason=reason, by=self.clerk, at=self.later())

    def ask_exemption(self, by: User | None = None, unit: Unit | None = None, reason: str = "没有该项职责") -> Any:
        given = {"requirement": self.task, "term": self.term, "unit": unit or self.unit}
        return exceptions.ask_exemption(**given, reason=reason, by=by or self.clerk, at=self.later())

    # --- how it stands

    @staticmethod
    def looked(version: HandIn) -> Looked:
        return Looked(version.submission_id or 0, version.number)

    def duty(self, unit: Unit | None = None, as_of: date | None = None) -> Duty:
        day = as_of or (self.now + timedelta(hours=8)).date()
        found = duty_of(Term.named(self.task, self.term), (unit or self.unit).pk, day, self.office)
        assert found is not None, "asked"
        return found
