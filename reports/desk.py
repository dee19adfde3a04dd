"""A draft as it lies on the desk: each paragraph with what was done to it, what was left out, what the rules would write now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reports.amendments import words_of
from reports.composition import by_key, drafted
from reports.models import DraftParagraph, NoticeDraft
from reports.notice import Paragraph
from reports.preparation import PreparedNotice


def anchor_of(key: str) -> str:
    """The place in the page of the paragraph of that key."""
    return "p-" + "".join(letter if letter.isalnum() else "-" for letter in key)


@dataclass(frozen=True)
class Lying:
    """One paragraph on the desk."""

    paragraph: Paragraph
    row: DraftParagraph | None = None
    written: str = ""
    """What the rules write for it now; of one that was added, nothing."""
    first: bool = False
    last: bool = False

    @property
    def key(self) -> str:
        """Its key, where it may be changed."""
        return self.paragraph.key

    @property
    def anchor(self) -> str:
        """Its place in the page."""
        return anchor_of(self.key)

    @property
    def version(self) -> int:
        """The version that is before the eyes."""
        return self.row.version if self.row else 0

    @property
    def is_changed(self) -> bool:
        """Whether somebody put it otherwise."""
        return self.row is not None and self.row.kind == DraftParagraph.Kind.CHANGED

    @property
    def is_added(self) -> bool:
        """Whether somebody added it."""
        return self.row is not None and self.row.kind == DraftParagraph.Kind.ADDED

    @property
    def has_moved(self) -> bool:
        """Whether the rules write something else than when it was changed."""
        return self.row is not None and self.is_changed and self.written != self.row.written


@dataclass(frozen=True)
class LeftOut:
    """A paragraph that somebody left out, and what the rules write for it now."""

    row: DraftParagraph
    written: str


@dataclass(frozen=True)
class Desk:
    """Everything that lies on it, in reading order."""

    paragraphs: tuple[Lying, ...]
    left_out: tuple[LeftOut, ...]
    sections: tuple[tuple[str, str], ...]
    """The sections to which a paragraph may be added: key and title."""

    @property
    def moved(self) -> int:
        """How many changed paragraphs the data have moved under."""
        return sum(each.has_moved for each in self.paragraphs)


def desk_of(draft: NoticeDraft, prepared: PreparedNotice) -> Desk:
    """The draft on the desk, as it was prepared."""
    rows = {row.key: row for row in draft.paragraphs.select_related("changed_by")}
    sections = drafted(prepared.figures, prepared.texts)
    written = {key: words_of(phrase) for key, phrase in by_key(sections).items()}
    gone = [row for row in rows.values() if row.kind == DraftParagraph.Kind.LEFT_OUT and row.key in written]
    return Desk(
        tuple(_lying(prepared, rows, written)),
        tuple(LeftOut(row, written[row.key]) for row in gone),
        tuple(dict.fromkeys((section.key, section.title or section.part or "正文") for section in sections)),
    )


def _lying(prepared: PreparedNotice, rows: dict[str, DraftParagraph], written: dict[str, str]) -> Iterator[Lying]:
    ends = {section.paragraphs[0].key for section in prepared.notice.sections if section.paragraphs}
    tails = {section.paragraphs[-1].key for section in prepared.notice.sections if section.paragraphs}
    for paragraph in prepared.notice.paragraphs():
        key = paragraph.key
        if not key:
            yield Lying(paragraph)
            continue
        yield Lying(paragraph, rows.get(key), written.get(key, ""), key in ends, key in tails)
