"""What changed between a notice and the paragraphs of a document made from it. Pure.

The title is one thing, whatever lines and paragraphs it is broken into. Below it, every paragraph of the notice meets the
document's paragraph that is most like it, their order kept; what meets nothing was removed or added.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reports.notice import Notice, ParagraphKind
from reports.word_review.change import Change, ChangeKind
from reports.word_review.places import (
    LIKE_ENOUGH,
    Place,
    Text,
    bigrams,
    compact,
    likeness,
    places_of,
    texts_of,
    uncounted,
)
from reports.word_review.redline import redline

MOST_ABOVE_TITLE = 6
"""Paragraphs that somebody may have written above the title."""
MOST_TITLE_LINES = 5
LONG = 200
"""Characters of a paragraph that counts twice as much as an empty one: of two that changed places the longer stays."""
SAME = 2.0
"""How much more than likeness it counts that two say the same: what changed places is not two paragraphs put otherwise."""
CLOSING = {ParagraphKind.SIGNATURE, ParagraphKind.DATE, ParagraphKind.ANNOTATION}


def compare(notice: Notice, texts: Sequence[str]) -> list[Change]:
    """The changes in reading order; none where the document says what the notice says."""
    words = _without_letterhead(notice, texts)
    begin, end = _title(notice, words)
    texts_below = texts_of(words[end:])
    places = places_of(notice)
    pairs = aligned(places, texts_below)
    above = words[:begin]
    title = words[begin:end]
    if not title:
        # None of it is left: what stands above the first paragraph that is known is what it was made.
        first = min(pairs[0][1], MOST_TITLE_LINES) if pairs else 0
        title, above = [text.words for text in texts_below[:first]], []
        pairs = [(place, text - first) for place, text in pairs]
        texts_below = texts_below[first:]
    changes = [_fixed("", text, ParagraphKind.BODY) for text in above]
    if compact("".join(title)) != compact(notice.full_title):
        changes.append(_fixed(notice.full_title, "".join(title), ParagraphKind.TITLE))
    changes += _Walk(places, texts_below, pairs).changes()
    return _with_moves(changes)


# --- title


def _without_letterhead(notice: Notice, texts: Sequence[str]) -> list[str]:
    """The texts without 发文机关标志 and 发文字号, where a program lost the styles by which they are known."""
    layout = notice.layout
    on_the_sheet = {compact(layout.letterhead), compact(layout.document_number)}
    words = [text for text in texts if compact(text)]
    while words and layout.letterhead and compact(words[0]) in on_the_sheet:
        del words[0]
    return words


def _title(notice: Notice, words: Sequence[str]) -> tuple[int, int]:
    """Which of the first texts are the title together; two equal numbers where none are."""
    wanted = bigrams(compact(notice.full_title))
    best, found = LIKE_ENOUGH, (0, 0)
    for begin in range(min(MOST_ABOVE_TITLE, len(words))):
        for end in range(begin + 1, min(begin + MOST_TITLE_LINES, len(words)) + 1):
            alike = likeness(wanted, bigrams(compact("".join(words[begin:end]))))
            if alike > best:
                best, found = alike, (begin, end)
    return found


# --- alignment


def aligned(places: Sequence[Place], texts: Sequence[Text]) -> list[tuple[int, int]]:
    """Pairs of a place and a text, both in order, that are alike the most taken together."""
    width = len(texts)
    best = [[0.0] * (width + 1) for _ in range(len(places) + 1)]
    gains: list[list[float]] = []
    for row, place in enumerate(places):
        weight = 1 + min(len(place.before), LONG) / LONG
        alike = [SAME if place.says(text) else place.likeness(text) for text in texts]
        gains.append([weight * each if each >= LIKE_ENOUGH else 0.0 for each in alike])
        for column, gain in enumerate(gains[row]):
            together = best[row][column] + gain if gain else 0.0
            best[row + 1][column + 1] = max(best[row][column + 1], best[row + 1][column], together)
    pairs: list[tuple[int, int]] = []
    row, column = len(places), width
    while row and column:
        gain = gains[row - 1][column - 1]
        if gain and best[row][column] == best[row - 1][column - 1] + gain:
            row, column = row - 1, column - 1
            pairs.append((row, column))
        elif best[row][column] == best[row - 1][column]:
            row -= 1
        else:
            column -= 1
    return pairs[::-1]


@dataclass(frozen=True)
class _Walk:
    """The places and the texts side by side, from top to bottom."""

    places: Sequence[Place]
    texts: Sequence[Text]
    pairs: Sequence[tuple[int, int]]

    def changes(self) -> Iterator[Change]:
        """What differs, in reading order; what is removed comes before what is added in its stead."""
        last, at = -1, 0
        for place, text in (*self.pairs, (len(self.places), len(self.texts))):
            yield from (_removed(gone) for gone in self.places[last + 1 : place])
            for added in self.texts[at:text]:
                yield self._added(added, last, place)
            if place < len(self.places) and not self.places[place].says(self.texts[text]):
                yield _changed(self.places[place], self.texts[text])
            last, at = place, text + 1

    def _added(self, text: Text, last: int, following: int) -> Change:
        home = self._home(last, following)
        if text.level or home is None:
            return _fixed("", text.words, _part(text))
        words = uncounted(text.words) if home.enumerated else text.words
        return Change(ChangeKind.ADDED, home.section, "", words, (("added", words),))

    def _home(self, last: int, following: int) -> Place | None:
        """A place of the section in which a text between those two places stands; none outside of sections."""
        instead = next((place for place in self.places[last + 1 : following] if place.taken_over), None)
        if instead or last < 0:
            return instead
        before = self.places[last]
        if before.kind in CLOSING:
            return None
        if before.takes_more:
            return next(place for place in self.places if place.taken_over and place.section == before.section)
        # Under the addressees or a part's heading: in the section that begins there.
        return next((place for place in self.places[last + 1 :] if place.taken_over), None)


# --- changes


def _part(text: Text) -> ParagraphKind:
    """What a text looks like that stands for nothing in the notice."""
    headings = {1: ParagraphKind.HEADING_1, 2: ParagraphKind.HEADING_2}
    return headings.get(text.level) or next(iter(text.suggests), ParagraphKind.BODY)


def _fixed(before: str, after: str, part: ParagraphKind) -> Change:
    return Change(ChangeKind.FIXED, "", before, after, redline(before, after), part)


def _removed(place: Place) -> Change:
    if not place.taken_over:
        return _fixed(place.before, "", place.kind)
    return Change(ChangeKind.REMOVED, place.key, place.before, "", (("removed", place.before),))


def _changed(place: Place, text: Text) -> Change:
    if not place.taken_over:
        return _fixed(place.before, text.words, place.kind)
    after = place.words(text)
    return Change(ChangeKind.CHANGED, place.key, place.before, after, redline(place.before, after))


def _with_moves(changes: list[Change]) -> list[Change]:
    """The changes, those that took a paragraph from one place to another knowing of each other."""
    for gone, removed in enumerate(changes):
        if removed.kind is not ChangeKind.REMOVED or not removed.key:
            continue
        for come, added in enumerate(changes):
            if (
                added.kind is ChangeKind.ADDED
                and not added.moved
                and uncounted(added.after) == uncounted(removed.before)
            ):
                changes[gone] = replace(removed, moved=removed.key)
                changes[come] = replace(added, moved=removed.key)
                break
    return changes
