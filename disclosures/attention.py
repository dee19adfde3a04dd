"""What awaits a person: the numbers beside the navigation and on the bell. One query a page."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, IntegerField, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from disclosures.models import DutyExemption, Job, Message, Submission
from units.access import Access
from units.models import User
from units.roles import Permission


@dataclass(frozen=True)
class Attention:
    """How many messages are unread, how many jobs the pages show, and what is to be reviewed and approved."""

    unread: int = 0
    jobs: int = 0
    to_review: int = 0
    to_approve: int = 0

    @property
    def to_decide(self) -> int:
        """What waits for a decision of the person, of whatever sort."""
        return self.to_review + self.to_approve


def attention_for(access: Access) -> Attention:
    """The numbers for the person; what the person may not decide is not counted."""
    if access.user is None or access.office is None:
        return Attention()
    counted: dict[str, QuerySet] = {
        "unread": Message.objects.filter(user=access.user).unread(),
        "jobs": Job.objects.shown_to(access.user.pk),
    }
    if access.may(Permission.REVIEW_SUBMISSIONS):
        counted["to_review"] = Submission.objects.filter(office=access.office, review=Submission.Review.PENDING)
    if access.may(Permission.APPROVE_EXEMPTIONS):
        counted["to_approve"] = DutyExemption.objects.undecided().filter(requirement__office=access.office)
    numbers = User.objects.filter(pk=access.user.pk).values(**{name: _number(rows) for name, rows in counted.items()})
    return Attention(**numbers.get())


def _number(rows: QuerySet) -> Coalesce:
    """How many rows there are, as a part of another query."""
    all_of_them = rows.order_by().annotate(one=Value(1)).values("one").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(all_of_them, output_field=IntegerField()), 0)
