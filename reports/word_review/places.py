"""The places of a notice that a document's paragraphs can stand for, and how much a text is like what stands in one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from reports.amendments import Piece, Pieces
from reports.checks.lines import HEADING, ISSUE_DATE
from reports.notice import Notice, Paragraph, ParagraphKind, Section
from reports.word_review.reading import as_read
from reports.wording import chinese_number

LIKE_ENOUGH = 0.4
"""From here on a text is taken for what became of a paragraph, and not for another one."""
PART_OF = 0.8
"""How much a text is like another of which it is a part: paragraphs are shortened, put together and split."""
TELLING = 12
"""Characters from which being a part of another text tells something."""
LONGEST_HEADING = 45

HEADINGS = {ParagraphKind.HEADING_1, ParagraphKind.HEADING_2}
_COUNTED = re.compile(r"[一二三四五六七八九十]{1,3}是[：:，,]?")
_SPACE = re.compile(r"\s+")


def compact(words: str) -> str:
    """The words without white space: titles and signatures are spaced for the eye."""
    return _SPACE.sub("", words)


def heading_level(text: str) -> int:
    """1 for what looks like 一、基本情况, 2 for （一）主动公开情况, else 0."""
    found = HEADING.match(text)
    if not found or len(text) > LONGEST_HEADING or "。" in text:
        return 0
    return 1 if found[1] else 2


def without_number(heading: str) -> str:
    """The heading without 一、 or （一）."""
    return HEADING.sub("", compact(heading), count=1)


def bigrams(words: str) -> Counter[str]:
    """How often each pair of neighbours stands in the words; their ends count as neighbours."""
    framed = f"\x02{words}\x03"
    return Counter(map("".join, pairwise(framed)))


def likeness(one: Counter[str], other: Counter[str], *, parts: bool = False) -> float:
    """How much two texts are like each other, 0 to 1; `parts`: being a part of the other counts as well."""
    few, many = sorted((one, other), key=len)
    shared = sum(min(count, many[pair]) for pair, count in few.items() if pair in many)
    sizes = (one.total(), other.total())
    alike = 2 * shared / sum(sizes)
    return max(alike, PART_OF * shared / min(sizes)) if parts and min(sizes) >= TELLING else alike


@dataclass(frozen=True)
class Text:
    """A paragraph of the document, with what its place among the others suggests that it is."""

    words: str
    suggests: frozenset[ParagraphKind] = frozenset()

    @cached_property
    def level(self) -> int:
        """Its level, where it looks like a heading."""
        return heading_level(self.words)

    @cached_property
    def as_body(self) -> Counter[str]:
        """Its pairs of neighbours."""
        return bigrams(self.words)

    @cached_property
    def as_counted(self) -> Counter[str]:
        """The same without 一是."""
        return bigrams(uncounted(self.words))

    @cached_property
    def as_heading(self) -> Counter[str]:
        """The same without 一、."""
        return bigrams(without_number(self.words))


@dataclass(frozen=True)
class Place:
    """One paragraph of the notice as the document is compared with it; `section` is where it stands, or nothing."""

    kind: ParagraphKind
    before: str
    key: str = ""
    section: str = ""
    enumerated: bool = False
    pieces: Pieces = ()
    takes_more: bool = False
    """Whether paragraphs can be added to the section it stands in."""

    @property
    def taken_over(self) -> bool:
        """Whether what was written into it can be taken over into the draft."""
        return self.kind is ParagraphKind.BODY

    @cached_property
    def _pairs(self) -> Counter[str]:
        return bigrams(without_number(self.before) if self.kind in HEADINGS else self.before)

    def words(self, text: Text) -> str:
        """The document's words as they would stand in this place."""
        return uncounted(text.words) if self.enumerated else text.words

    def says(self, text: Text) -> bool:
        """Whether the document says here what the notice says."""
        if self.kind in HEADINGS:
            return without_number(text.words) == without_number(self.before)
        if self.taken_over:
            return self.words(text) == self.before
        return compact(text.words) == compact(self.before)

    def likeness(self, text: Text) -> float:
        """How much the document's paragraph is like this one, 0 to 1; what looks made for the place is like enough."""
        if self.kind in HEADINGS:
            alike = likeness(self._pairs, text.as_heading)
            fits = text.level == (1 if self.kind is ParagraphKind.HEADING_1 else 2)
            return max(alike, LIKE_ENOUGH if fits else 0.0)
        if self.taken_over:
            pairs = text.as_counted if self.enumerated else text.as_body
            return likeness(self._pairs, pairs, parts=not text.level)
        alike = likeness(self._pairs, text.as_body)
        return max(alike, LIKE_ENOUGH if self.kind in text.suggests else 0.0)


def uncounted(words: str) -> str:
    """The words without 一是 before them."""
    return _COUNTED.sub("", words, count=1) if _COUNTED.match(words) else words


def places_of(notice: Notice) -> tuple[Place, ...]:
    """The notice's paragraphs below the title, in reading order."""
    return tuple(_places(notice))


def _places(notice: Notice) -> Iterator[Place]:
    yield _fixed(notice.addressees)
    for section in notice.sections:
        if section.heading:
            yield _fixed(section.heading, section)
        yield from _bodies(section)
    yield _fixed(notice.signature)
    yield _fixed(notice.dated)
    if notice.annotation:
        yield _fixed(notice.annotation)


def _fixed(paragraph: Paragraph, section: Section | None = None) -> Place:
    return Place(
        paragraph.kind,
        as_read(paragraph.text),
        paragraph.key,
        section.key if section else "",
        takes_more=bool(section and section.paragraphs),
    )


def _bodies(section: Section) -> Iterator[Place]:
    counted = section.enumerated and len(section.paragraphs) > 1
    for number, paragraph in enumerate(section.paragraphs, start=1):
        pieces = tuple(Piece.of_span(span) for span in paragraph.spans)
        mark = f"{chinese_number(number)}是" if counted else ""
        if pieces and mark and pieces[0].text.startswith(mark):
            pieces = (replace(pieces[0], text=pieces[0].text.removeprefix(mark)), *pieces[1:])
        before = as_read(paragraph.text.removeprefix(mark))
        # A single paragraph whose own words begin 一是 keeps them.
        counts = section.enumerated and not _COUNTED.match(before)
        yield Place(paragraph.kind, before, paragraph.key, section.key, counts, pieces, True)


def texts_of(words: list[str]) -> list[Text]:
    """The document's paragraphs below the title, with what their places suggest."""
    texts: list[Text] = []
    dated = next(
        (number for number in reversed(range(len(words))) if ISSUE_DATE.fullmatch(compact(words[number]))), None
    )
    for number, text in enumerate(words):
        kinds: set[ParagraphKind] = set()
        if number < 2 and text.endswith(("：", ":")) and "如下" not in text and "。" not in text:
            kinds.add(ParagraphKind.ADDRESSEES)
        if number == dated:
            kinds.add(ParagraphKind.DATE)
        elif dated is not None and number == dated - 1 and len(text) <= LONGEST_HEADING and "。" not in text:
            kinds.add(ParagraphKind.SIGNATURE)
        elif dated is not None and number > dated and text.startswith(("（", "(")):
            kinds.add(ParagraphKind.ANNOTATION)
        texts.append(Text(text, frozenset(kinds)))
    return texts
