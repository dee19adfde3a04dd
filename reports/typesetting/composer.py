"""The composer: breaks one paragraph into lines and says how far apart the characters of each line stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reports.typesetting.characters import (
    BLANK_ON_RIGHT,
    DRAWN_TOGETHER,
    Break,
    blank_between,
    breaks,
    is_latin,
    joins_previous,
)
from reports.typesetting.faces import EM, Face, FontMetrics

MOST_SHRINK = 40
"""How much nearer, in thousandths of an em, neighbours may come before it shows."""
MOST_STRETCH = 100
"""How far apart neighbours may be set before a line looks loose; beyond it the line breaks elsewhere or is ragged."""

STUB = 2
"""A last line this short, one character and its full stop, is avoided where the line above can be set otherwise."""


@dataclass(frozen=True)
class Run:
    """Characters of one line with the same distance after each of them, in thousandths of an em."""

    text: str
    spacing: int


@dataclass(frozen=True)
class Line:
    """One composed line: its runs, the width of its glyphs, and how much of the last one may stand outside."""

    runs: tuple[Run, ...]
    width: int
    hang: int = 0
    flush: bool = False
    """Whether the line was spread to end at the right edge exactly."""

    @property
    def text(self) -> str:
        """The characters of the line."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Measure:
    """How wide lines may be, in thousandths of an em, and the distance that is added after each character.

    `first_indent` narrows the first line, `indent` all others.
    """

    width: int
    tracking: int = 0
    first_indent: int = 0
    indent: int = 0

    @classmethod
    def of_cells(cls, cells: int, pitch: int, *, first_indent: int = 0, indent: int = 0) -> Measure:
        """A measure of so many characters, `pitch` apart; indents are in characters too."""
        return cls(
            width=cells * pitch - (pitch - EM),
            tracking=pitch - EM,
            first_indent=first_indent * pitch,
            indent=indent * pitch,
        )


@dataclass(frozen=True)
class _Candidate:
    """A possible end of the line, and the change of distances that makes it end at the right edge."""

    end: int
    missing: int
    gaps: int

    @property
    def change(self) -> float:
        if self.missing == 0:
            return 0.0
        return self.missing / self.gaps if self.gaps else float("inf") * (1 if self.missing > 0 else -1)

    @property
    def pleases(self) -> bool:
        return -MOST_SHRINK <= self.change <= MOST_STRETCH


class Composer:
    """Breaks one text into lines of one measure in one face."""

    def __init__(self, text: str, face: Face, metrics: FontMetrics, measure: Measure) -> None:
        self.text = text
        self.measure = measure
        self.places = breaks(text)
        self.advances = [0 if joins_previous(char) else metrics.advance(char, face) for char in text]
        self.gaps = [
            self._gap(left, right, advance) for left, right, advance in zip(text, text[1:], self.advances, strict=False)
        ]
        self.sums = [0]
        self.spreadable = [0]
        for index, advance in enumerate(self.advances):
            distance, spreads = self.gaps[index] if index < len(self.gaps) else (0, False)
            self.sums.append(self.sums[-1] + advance + distance)
            self.spreadable.append(self.spreadable[-1] + spreads)

    def lines(self) -> tuple[Line, ...]:
        """The whole text, in lines."""
        return tuple(self._lines())

    def _lines(self) -> Iterator[Line]:
        start = 0
        while start < len(self.text):
            room = self.measure.width - (self.measure.indent if start else self.measure.first_indent)
            end, flush = self._end_of_line(start, room)
            yield self._line(start, end, room, flush=flush)
            start = end

    def _gap(self, left: str, right: str, advance: int) -> tuple[int, bool]:
        """The distance after `left` when nothing is spread, and whether a flush line may change it."""
        if joins_previous(right) or (left == right and left in DRAWN_TOGETHER) or (is_latin(left) and is_latin(right)):
            return 0, False
        trim = EM // 2 if advance >= EM and blank_between(left, right) else 0
        return self.measure.tracking - trim, True

    def _width(self, start: int, end: int) -> int:
        """The width from the first glyph's left to the last glyph's right edge; blanks at the end do not count."""
        end = self._without_blanks(start, end)
        if end == start:
            return 0
        return self.sums[end - 1] - self.sums[start] + self.advances[end - 1]

    def _without_blanks(self, start: int, end: int) -> int:
        while end > start and self.text[end - 1] == " ":
            end -= 1
        return end

    def _hang(self, start: int, end: int) -> int:
        """The blank half of a final mark, which may stand outside the measure."""
        end = self._without_blanks(start, end)
        return EM // 2 if end > start and self.text[end - 1] in BLANK_ON_RIGHT and self.advances[end - 1] >= EM else 0

    def _candidate(self, start: int, end: int, room: int) -> _Candidate:
        missing = room - self._width(start, end) + self._hang(start, end)
        last = max(self._without_blanks(start, end) - 1, start)
        return _Candidate(end, missing, self.spreadable[last] - self.spreadable[start])

    def _end_of_line(self, start: int, room: int) -> tuple[int, bool]:
        """Where the line that begins at `start` ends, and whether it is spread to the right edge."""
        whole = self._candidate(start, len(self.text), room)
        if whole.missing >= 0:
            return whole.end, False
        candidates = [
            self._candidate(start, end, room)
            for end in range(start + 1, self._far_end(start, room) + 1)
            if self.places[end] is not Break.NEVER
        ]
        for gladness in (Break.FREE, Break.RELUCTANT, Break.LAST_RESORT):
            pleasing = [each for each in candidates if self.places[each.end] <= gladness and each.pleases]
            if pleasing:
                return min(pleasing, key=self._displeasure).end, True
        fitting = [each.end for each in candidates if each.missing >= 0]
        if fitting:
            return fitting[-1], False
        return self._forced_end(start, room), False

    def _displeasure(self, each: _Candidate) -> tuple[bool, float, int]:
        """What is wrong with a line's end: a lone character left over comes before uneven distances."""
        left_over = len(self.text) - each.end
        return 0 < left_over <= STUB, abs(each.change), -each.end

    def _far_end(self, start: int, room: int) -> int:
        """The last place that can still be pulled into the line."""
        end = start + 1
        while end < len(self.text) and (
            self.sums[end] - self.sums[start] <= room + MOST_SHRINK * (end - start) + 2 * EM
        ):
            end += 1
        return end

    def _forced_end(self, start: int, room: int) -> int:
        """Where to cut a word that is longer than the whole line: no rule but the measure is kept."""
        end = start + 1
        while end < len(self.text) and (self._width(start, end + 1) <= room or joins_previous(self.text[end])):
            end += 1
        return end

    def _line(self, start: int, end: int, room: int, *, flush: bool) -> Line:
        distances = [self.gaps[index][0] if index < end - 1 else 0 for index in range(start, end)]
        hang = self._hang(start, end)
        width = self._width(start, end)
        if flush:
            missing = room - width + hang
            last = max(self._without_blanks(start, end) - 1, start)
            where = [index for index in range(start, last) if self.gaps[index][1]]
            each, more = divmod(missing, len(where)) if where else (0, 0)
            for order, index in enumerate(where):
                distances[index - start] += each + (order < more)
            width += missing if where else 0
        for index in range(end - 2, start - 1, -1):
            if joins_previous(self.text[index + 1]):
                distances[index - start] = distances[index + 1 - start]
        if len(distances) > 1:
            distances[-1] = distances[-2]
        return Line(tuple(_runs(self.text[start:end], distances)), width, hang if width > room else 0, flush)


def _runs(text: str, distances: Sequence[int]) -> Iterator[Run]:
    """The text in pieces of equal distance."""
    begin = 0
    for index in range(1, len(text) + 1):
        if index == len(text) or distances[index] != distances[begin]:
            yield Run(text[begin:index], distances[begin])
            begin = index


def compose(text: str, face: Face, metrics: FontMetrics, measure: Measure) -> tuple[Line, ...]:
    """The lines of a text: rules of line starts and ends kept, the right edge straight, the last line as it falls."""
    return Composer(text, face, metrics, measure).lines()
