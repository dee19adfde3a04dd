"""One paragraph's change between the notice and the document that came back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from reports.notice import Notice, ParagraphKind
from reports.word_review.losses import names_gone, numbers_gone
from reports.word_review.places import Place, places_of
from reports.word_review.redline import Mark


class ChangeKind(StrEnum):
    """What became of a paragraph."""

    CHANGED = "changed"
    REMOVED = "removed"
    ADDED = "added"
    FIXED = "fixed"
    """A change in a part that is not taken over: title, addressees, heading, signature, date, annotation."""


@dataclass(frozen=True)
class Change:
    """One change. Where nothing stood `before` is empty, where nothing is left `after` is.

    Both are without 一是, 二是 where the notice counts: `after` is what `reports.actions.drafting.change` takes.
    """

    kind: ChangeKind
    key: str
    """The paragraph's; of an added one, that of the section it stands in; of a fixed part, nothing."""
    before: str
    after: str
    pieces: tuple[Mark, ...]
    """What stays, goes and comes, in reading order."""
    part: ParagraphKind = ParagraphKind.BODY
    """Which part a fixed one is."""
    moved: str = ""
    """The key of the paragraph that was taken away here and put there with the same words, on both changes: to take them
    over as a removal and an addition would unbind its numbers."""

    def numbers_lost(self, notice: Notice) -> tuple[str, ...]:
        """Sentences on the bound numbers that no longer stand here, and on the new ones that are bound to nothing."""
        if self.kind is ChangeKind.FIXED or self.moved:
            return ()
        place = self._place(notice)
        figures = {
            figure.name: figure
            for paragraph in notice.paragraphs()
            if place and paragraph.key == place.key
            for figure in paragraph.figures
        }
        return numbers_gone(place.pieces if place else (), self.after, figures)

    def names_lost(self, notice: Notice) -> tuple[str, ...]:
        """Sentences on the units that were named here and are no more."""
        place = self._place(notice)
        if place is None or self.moved:
            return ()
        namings = {
            span.naming.unit_id: span.naming
            for paragraph in notice.paragraphs()
            if paragraph.key == place.key
            for span in paragraph.spans
            if span.naming
        }
        return names_gone(place.pieces, self.after, namings)

    def _place(self, notice: Notice) -> Place | None:
        """The paragraph of the notice that was changed or removed."""
        if self.kind not in {ChangeKind.CHANGED, ChangeKind.REMOVED}:
            return None
        found = (place for place in places_of(notice) if place.taken_over and place.key == self.key)
        return next((place for place in found if place.before == self.before), None)
