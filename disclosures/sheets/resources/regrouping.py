"""What a `units` sheet does to groups: a group that is reworded as a whole, and units whose past moves with them."""

from collections.abc import Iterable, Sequence

from disclosures.models import DisclosureApplication, MailboxCase, MediaCheck, PublishedItem, Submission
from disclosures.sheets.store import Change
from units.models import Office, Unit, UnitGroup

RECORDS = (PublishedItem, DisclosureApplication, MailboxCase, MediaCheck, Submission)
"""What figures count by unit."""


def reworded(office: Office | None, attributes: Sequence[str], changes: Iterable[Change]) -> dict[str, str]:
    """Groups that only get another name, old to new: every unit of the old one moves to one new text, undated.

    Two groups that move to the same text are merged, which is no other name; neither is a group that is there already.
    """
    at, dated = attributes.index("group"), attributes.index("changed_on")
    moved: dict[str, dict[int, str]] = {}
    for record, before in changes:
        if before is not None and before.values[at] != record.values[at] and record.values[dated] is None:
            moved.setdefault(before.values[at], {})[before.pk] = record.values[at]
    if not moved:
        return {}
    taken = set(UnitGroup.objects.filter(office=office).values_list("name", flat=True))
    members: dict[str, set[int]] = {}
    for unit in Unit.objects.filter(office=office).prefetch_related("versions__group"):
        members.setdefault(list(unit.versions.all())[-1].group.name, set()).add(unit.pk)
    wanted = {old: set(units.values()) for old, units in moved.items() if units.keys() == members[old]}
    single = {old: names.pop() for old, names in wanted.items() if len(names) == 1}
    news = list(single.values())
    return {old: new for old, new in single.items() if new not in taken and news.count(new) == 1}


def with_records(units: Sequence[int]) -> set[int]:
    """Those of the units that have records: their past figures move when their current group does."""
    return {
        unit
        for model in RECORDS
        for unit in model._default_manager.filter(unit__in=units)
        .order_by()
        .values_list("unit_id", flat=True)
        .distinct()
    }
