"""A notice's text read into its parts: title, headings, paragraphs, sentences, tables, each knowing where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from reports.checks.lines import HEADING, ISSUE_DATE, is_heading, is_table_row, last_date_line, rejoined, title_length

CHINESE_DIGITS = "零一二三四五六七八九"
RUN_IN = re.compile(r"(?:^|(?<=[。；：，]))([一二三四五六七八九十]{1,3})是")
OPENING, CLOSING = "“《（〔【(", "”》）〕】)"
LONGEST_HEADING = 45


def number_of(chinese: str) -> int:
    """一, 十, 十一, 二十三 as a number; 两 is 2."""
    chinese = chinese.replace("两", "二")
    tens, ten, ones = chinese.rpartition("十")
    if not ten:
        return CHINESE_DIGITS.index(chinese)
    return (CHINESE_DIGITS.index(tens) if tens else 1) * 10 + (CHINESE_DIGITS.index(ones) if ones else 0)


@dataclass(frozen=True)
class Heading:
    """一、基本情况 (level 1) or （一）主动公开情况 (level 2)."""

    level: int
    number: int
    mark: str
    title: str


@dataclass(frozen=True)
class Sentence:
    """One sentence without its full stop, the headings above it and its place, e.g. 一、（二）第1句."""

    text: str
    where: str
    paragraph: int
    part: Heading | None = None
    section: Heading | None = None

    @property
    def clauses(self) -> tuple[str, ...]:
        """The clauses that semicolons part."""
        return tuple(clause for clause in split_outside(self.text, "；;") if clause)

    @property
    def under(self) -> str:
        """The titles of the headings above."""
        return "".join(heading.title for heading in (self.part, self.section) if heading)


def split_outside(text: str, marks: str) -> list[str]:
    """`text` cut at `marks`, but not within quotation marks, book-title marks and brackets; the marks are dropped."""
    pieces, depth, begun = [], 0, 0
    for position, character in enumerate(text):
        if character in OPENING:
            depth += 1
        elif character in CLOSING:
            depth = max(0, depth - 1)
        elif character in marks and not depth:
            pieces.append(text[begun:position])
            begun = position + 1
    pieces.append(text[begun:])
    return pieces


@dataclass
class NoticeText:
    """A notice's text, read; `raw` are the paragraphs as they were handed in."""

    raw: tuple[str, ...]
    title_lines: tuple[str, ...] = ()
    addressees: str = ""
    headings: list[Heading] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    tables: list[list[list[str]]] = field(default_factory=list)
    signature: str = ""
    dated: str = ""

    @property
    def title(self) -> str:
        """The title in one line."""
        return "".join(self.title_lines)

    @property
    def opening(self) -> list[Sentence]:
        """The sentences before the first heading."""
        return [sentence for sentence in self.sentences if sentence.part is None and sentence.section is None]

    def by_paragraph(self) -> Iterator[list[Sentence]]:
        """The sentences of each paragraph, in order."""
        found: dict[int, list[Sentence]] = {}
        for sentence in self.sentences:
            found.setdefault(sentence.paragraph, []).append(sentence)
        yield from found.values()

    def lines(self) -> Iterator[tuple[str, str]]:
        """Every piece of running text with its place: headings and sentences, without title, signature and date."""
        for heading in self.headings:
            yield heading.title, f"标题“{heading.mark}{heading.title}”"
        for sentence in self.sentences:
            yield sentence.text, sentence.where


def read(paragraphs: Sequence[str]) -> NoticeText:
    """Read a notice's paragraphs (or the lines of a pasted text)."""
    lines = list(rejoined(paragraphs))
    text = NoticeText(raw=tuple(paragraphs))
    dated = last_date_line(lines)
    tail: list[str] = []
    if dated is not None:
        text.dated, tail = lines[dated], lines[dated + 1 :]
        before = dated - 1
        if before >= 0 and len(lines[before]) <= 40 and not lines[before].endswith(("。", "：")):
            text.signature, dated = lines[before], before
        lines = lines[:dated]
    head = title_length(lines)
    text.title_lines = tuple(lines[:head])
    if head < len(lines) and _is_addressees(lines[head]):
        text.addressees = lines[head]
        head += 1
    _Reader(text).read(lines[head:] + [line for line in tail if line.endswith("。")])
    return text


def _is_addressees(line: str) -> bool:
    return line.endswith(("：", ":")) and "如下" not in line and not is_heading(line) and "。" not in line


class _Reader:
    """Goes through the lines once, remembering the headings it stands under."""

    def __init__(self, text: NoticeText) -> None:
        self.text = text
        self.part: Heading | None = None
        self.section: Heading | None = None
        self.run_in = ""
        self.counted: dict[str, int] = {}

    def read(self, lines: list[str]) -> None:
        table: list[list[str]] = []
        for line in lines:
            if is_table_row(line):
                if not table:
                    self.text.tables.append(table)
                table.append([cell.strip() for cell in line.split("\t")])
                continue
            table = []
            if not ISSUE_DATE.fullmatch(line):
                self._line(line)

    def _line(self, line: str) -> None:
        found = HEADING.match(line)
        if not found:
            self._body(line)
            return
        mark, rest = found[0], line[found.end() :]
        title, stop, body = rest.partition("。")
        if (not stop and len(rest) > LONGEST_HEADING) or len(title) > LONGEST_HEADING:
            title, body = "", rest
        level = 1 if found[1] else 2
        heading = Heading(level, number_of(found[1] or found[2] or found[3]), mark, title)
        self.text.headings.append(heading)
        if level == 1:
            self.part, self.section = heading, None
        else:
            self.section = heading
        self.run_in = ""
        if body:
            self._body(body)

    def _body(self, line: str) -> None:
        number = len(self.text.paragraphs)
        self.text.paragraphs.append(line)
        for words in split_outside(line, "。！？"):
            if not words:
                continue
            if (found := RUN_IN.match(words)) and self.part:
                self.run_in = found[0]
            self.text.sentences.append(Sentence(words, self._where(), number, self.part, self.section))

    def _where(self) -> str:
        place = "".join(heading.mark for heading in (self.part, self.section) if heading) + self.run_in
        place = place or "引言"
        self.counted[place] = self.counted.get(place, 0) + 1
        return f"{place}第{self.counted[place]}句"
