"""The grid of a round as a page shows it: an account a row, with what the check before found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from disclosures.models import MediaCheck, MediaRound, MediaRoundEntry, StoredFile
from units.directory import Directory

LOOKED_BACK = timedelta(days=400)
"""A check before this is no help any more."""


@dataclass(frozen=True)
class Line:
    """A row of the grid."""

    entry: MediaRoundEntry
    unit_name: str = ""
    before: MediaCheck | None = None
    """The last check of the account in an earlier round; with several findings, one of them."""
    screenshots: tuple[StoredFile, ...] = ()

    @property
    def texts(self) -> dict[str, str]:
        """What the fields of the row show."""
        entry = self.entry
        days = {
            name: value.isoformat() if (value := getattr(entry, name)) else ""
            for name in ("last_updated_on", "rectify_by", "rechecked_on")
        }
        return days | {"result": entry.result, "description": entry.description, "recheck": entry.recheck}

    @property
    def counted(self) -> str:
        """What the days say: 超期，18天; 3天; or nothing."""
        entry = self.entry
        if entry.last_updated_on is None:
            return ""
        if entry.days_overdue:
            return f"超期，{entry.days_overdue}天"
        return f"{(entry.round.checked_on - entry.last_updated_on).days}天"

    @property
    def found(self) -> list[str]:
        """The findings, by name."""
        return [problem.label for problem in self.entry.problems]

    @property
    def state(self) -> str:
        """For the segments above the grid: not looked at, something found, nothing found."""
        return "open" if not self.entry.is_looked_at else "found" if self.entry.problems else "fresh"


def lines_of(media_round: MediaRound, directory: Directory) -> list[Line]:
    """The rows of a round, in its order; three queries, however many accounts."""
    entries = list(
        media_round.entries.select_related("account__platform", "entered_by").prefetch_related("screenshots")
    )
    since = media_round.checked_on - LOOKED_BACK
    earlier = MediaCheck.objects.filter(
        office=media_round.office,
        account__in=[entry.account_id for entry in entries],
        checked_on__lte=media_round.checked_on,
        checked_on__gte=since,
    ).exclude(round=media_round.name)
    before: dict[int, MediaCheck] = {}
    for check in earlier.order_by("checked_on", "problem", "pk"):
        before[check.account_id] = check
    lines = []
    for entry in entries:
        entry.round = media_round
        lines.append(
            Line(
                entry,
                directory.entry(entry.unit_id, media_round.checked_on).short_name,
                before.get(entry.account_id),
                tuple(entry.screenshots.all()),
            )
        )
    return lines
