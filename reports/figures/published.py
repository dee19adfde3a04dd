"""主动公开: how much was published, by group of units and by category, in one grouped query."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from disclosures.models import Category, PublishedItem
from lanshan_portal.periods import Period
from reports.figures.figure import Figure, RowQuery
from reports.figures.shares import NamedUnit, Share, UnitShare
from units.directory import Directory
from units.models import Office


@dataclass(frozen=True)
class CategoryFigures:
    """One category's total and its part in every group."""

    total: Share
    by_group: tuple[Share, ...]


@dataclass(frozen=True)
class PublishedFigures:
    """The items published in a period: total, by group, by category and group, by unit; zeros included.

    Groups are those that had a unit in the period, in the office's order; every item is in exactly one cell of
    category x group, so both margins add up to the total.
    """

    period: Period
    total: Figure
    by_group: tuple[Share, ...]
    by_category: tuple[CategoryFigures, ...]
    by_unit: tuple[UnitShare, ...]

    @property
    def silent_units(self) -> tuple[NamedUnit, ...]:
        """Units that published nothing, in official order."""
        return tuple(share.unit for share in self.by_unit if not share.figure)


def count(office: Office, period: Period, directory: Directory) -> PublishedFigures:
    """Count the office's items of `period`."""
    return count_each(office, [period], directory)[period]


def count_each(office: Office, periods: Sequence[Period], directory: Directory) -> dict[Period, PublishedFigures]:
    """Count the office's items of each of `periods` (apart from each other, in order), in the queries of one."""
    cells = PublishedItem.objects.counts_in_each(office, periods)
    categories = list(Category.objects.filter(office=office))
    return {
        period: _figures(period, counted, categories, directory) for period, counted in zip(periods, cells, strict=True)
    }


def _figures(
    period: Period, cells: Mapping[tuple[int, int], int], categories: Sequence[Category], directory: Directory
) -> PublishedFigures:
    units = directory.during(period)
    groups = {
        entry.group_id: entry.group for entry in sorted(units.values(), key=lambda e: (e.group_position, e.group_id))
    }
    rows = RowQuery("published_items", (("from", period.start.isoformat()), ("to", period.last.isoformat())))
    by_group: Counter[int] = Counter()
    by_category: Counter[int] = Counter()
    by_cell: Counter[tuple[int, int]] = Counter()
    by_unit: Counter[int] = Counter()
    for (unit_id, category_id), items in cells.items():
        group_id = units[unit_id].group_id if unit_id in units else directory.entry(unit_id, period.last).group_id
        by_group[group_id] += items
        by_category[category_id] += items
        by_cell[category_id, group_id] += items
        by_unit[unit_id] += items

    def figure(name: str, value: int, meaning: str, **filters: str) -> Figure:
        return Figure(f"published.{name}", value, period, rows.narrowed(**filters), meaning)

    return PublishedFigures(
        period=period,
        total=figure("total", sum(cells.values()), "发布信息总数"),
        by_group=tuple(
            Share(group, figure(f"by_group.{group}", by_group[group_id], f"{group}发布信息数", group=group))
            for group_id, group in groups.items()
        ),
        by_category=tuple(
            CategoryFigures(
                total=Share(
                    category.said,
                    figure(
                        f"by_category.{category.name}",
                        by_category[category.pk],
                        f"{category.said}数",
                        category=category.name,
                    ),
                ),
                by_group=tuple(
                    Share(
                        group,
                        figure(
                            f"by_category.{category.name}.{group}",
                            by_cell[category.pk, group_id],
                            f"{group}发布{category.said}数",
                            category=category.name,
                            group=group,
                        ),
                    )
                    for group_id, group in groups.items()
                ),
            )
            for category in categories
            if category.active or by_category[category.pk]
        ),
        by_unit=tuple(
            UnitShare(
                NamedUnit.of(entry),
                figure(
                    f"by_unit.{entry.code}", by_unit[entry.unit_id], f"{entry.short_name}发布信息数", unit=entry.code
                ),
            )
            for entry in sorted(units.values(), key=lambda e: e.order)
        ),
    )
