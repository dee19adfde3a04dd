"""Two notices paragraph by paragraph: what stayed, went and came, and every number as it was and as it is. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile

from reports.notice import Notice, Paragraph, ParagraphKind
from reports.word_review.alignment import aligned
from reports.word_review.places import Place, Text
from reports.word_review.redline import Mark, redline


class RowKind(StrEnum):
    """What became of a paragraph between the two."""

    SAME = "same"
    CHANGED = "changed"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Number:
    """A figure in both; None: that notice states none."""

    meaning: str
    name: str
    was: int | None
    now: int | None

    @property
    def change(self) -> int | None:
        """By how much it grew; None where it stands in one of them alone."""
        return None if self.was is None or self.now is None else self.now - self.was


@dataclass(frozen=True)
class SideRow:
    """One paragraph of the earlier notice beside the one of the later that stands for it; one of them may be missing."""

    kind: RowKind
    part: ParagraphKind
    marks: tuple[Mark, ...]

    @property
    def before(self) -> tuple[Mark, ...]:
        """The earlier words, with what went."""
        return tuple(mark for mark in self.marks if mark[0] != "added")

    @property
    def after(self) -> tuple[Mark, ...]:
        """The later words, with what came."""
        return tuple(mark for mark in self.marks if mark[0] != "removed")


@dataclass(frozen=True)
class _Item:
    """A paragraph with what it is known by in any notice; None: by its words alone."""

    paragraph: Paragraph
    section: str
    known_as: Hashable


def side_by_side(old: Notice, new: Notice) -> list[SideRow]:
    """Every paragraph of both, in the order of the later; what it has no more stands where it stood."""
    before, after = _items(old), _items(new)
    partner = _partners(before, after)
    kept = set(partner.values())
    rows = list(_removed_after(-1, before, kept))
    for place, item in enumerate(after):
        came_from = partner.get(place)
        if came_from is None:
            rows.append(SideRow(RowKind.ADDED, item.paragraph.kind, (("added", item.paragraph.text),)))
        else:
            rows.append(_kept(before[came_from], item))
            rows += _removed_after(came_from, before, kept)
    return rows


def numbers_moved(old: Notice, new: Notice) -> list[Number]:
    """The figures that are others now, or stand in one of the two alone: in the order of the later, then of the earlier."""
    was, now = ({figure.name: figure for figure in notice.figures()} for notice in (old, new))
    both = [
        Number(figure.meaning, name, was[name].value if name in was else None, now[name].value if name in now else None)
        for name, figure in {**now, **{name: was[name] for name in was if name not in now}}.items()
    ]
    return [number for number in both if number.was != number.now]


# --- which stands for which


def _items(notice: Notice) -> list[_Item]:
    section_of = {
        id(paragraph): section.key
        for section in notice.sections
        for paragraph in (section.heading, *section.paragraphs)
        if paragraph
    }
    seen: Counter[ParagraphKind] = Counter()
    items = []
    for paragraph in notice.paragraphs():
        section = section_of.get(id(paragraph), "")
        seen[paragraph.kind] += 1
        known: Hashable = None
        if paragraph.key:
            known = paragraph.key
        elif paragraph.kind in (ParagraphKind.HEADING_1, ParagraphKind.HEADING_2):
            known = (paragraph.kind, section)
        elif not section:
            known = (paragraph.kind, seen[paragraph.kind])
        items.append(_Item(paragraph, section, known))
    return items


def _partners(before: Sequence[_Item], after: Sequence[_Item]) -> dict[int, int]:
    """The place in the earlier notice by that in the later: by what they are known by, else by how alike they are."""
    places = {item.known_as: place for place, item in enumerate(before) if item.known_as is not None}
    found = {place: places.pop(item.known_as) for place, item in enumerate(after) if item.known_as in places}
    taken = set(found.values())
    left = [place for place in range(len(before)) if place not in taken]
    right = [place for place in range(len(after)) if place not in found]
    pairs = aligned([_place(before[place]) for place in left], [Text(after[place].paragraph.text) for place in right])
    return found | {
        right[text]: left[place]
        for place, text in pairs
        if before[left[place]].paragraph.kind is after[right[text]].paragraph.kind
    }


def _place(item: _Item) -> Place:
    return Place(item.paragraph.kind, item.paragraph.text, item.paragraph.key, item.section)


def _removed_after(place: int, before: Sequence[_Item], kept: Collection[int]) -> Iterator[SideRow]:
    """What stood right behind that place of the earlier notice and is no more."""
    for behind in takewhile(lambda place: place not in kept, range(place + 1, len(before))):
        paragraph = before[behind].paragraph
        yield SideRow(RowKind.REMOVED, paragraph.kind, (("removed", paragraph.text),))


# --- what is told of a pair


def _kept(old: _Item, new: _Item) -> SideRow:
    words = (old.paragraph.text, new.paragraph.text)
    kind = RowKind.SAME if words[0] == words[1] else RowKind.CHANGED
    return SideRow(kind, new.paragraph.kind, redline(*words))
