"""Lines of a pasted text as the paragraphs they once were: breaks within a sentence rejoined, page numbers dropped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

HEADING = re.compile(
    r"([一二三四五六七八九十]{1,3})、|（([一二三四五六七八九十]{1,3})）|\(([一二三四五六七八九十]{1,3})\)"
)
PAGE_NUMBER = re.compile(r"[-—–－·\s]*\d{1,3}[-—–－·\s]*|第\d{1,3}页(共\d{1,3}页)?")
ISSUE_DATE = re.compile(
    r"(\d{4})年(\d{1,2})月(\d{1,2})日|[〇○零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
)
SIGNED_AND_DATED = re.compile(
    r"([^。，；：]{4,40}?(?:政府|办公室|办公厅|委员会|局|厅|小组))(\d{4}年\d{1,2}月\d{1,2}日)"
)
ENDS_A_PARAGRAPH = tuple("。！？；：…!?;:”）)》")
LABELLED = re.compile(r"[^，。；：、]{2,12}：[^。，、]{0,40}")
TITLE_END = re.compile(r"(通报|通知|报告|公告|函|意见|方案)$")
ONE_PARAGRAPH = re.compile(r"[^\S\t]+")

FULL_WIDTH_DIGITS = str.maketrans("０１２３４５６７８９％", "0123456789%")
BETWEEN_LATIN = re.compile(r"(?<=[A-Za-z])\s+(?=[A-Za-z])")


def without_spaces(line: str) -> str:
    """The line without white space (tabs of a table row and gaps between Latin words stay), digits half-width."""
    line = BETWEEN_LATIN.sub("\x00", line.translate(FULL_WIDTH_DIGITS).strip())
    return ONE_PARAGRAPH.sub("", line).replace("\x00", " ").replace("\ufeff", "")


def is_table_row(line: str) -> bool:
    """Whether the line is a row of a table: cells are parted by tabs."""
    return "\t" in line


def is_heading(line: str) -> bool:
    """Whether the line begins like a numbered heading: 一、 or （一）."""
    return HEADING.match(line) is not None


def title_length(lines: Sequence[str]) -> int:
    """How many of the first lines are the title block: up to the line that ends in 通报 (or another kind of document)."""
    for number, line in enumerate(lines[:6]):
        if is_heading(line) or line.endswith(("。", "：")) or is_table_row(line):
            return 0
        if TITLE_END.search(line):
            # The same title once more is still title, not text.
            while number + 1 < len(lines) and lines[number + 1] in lines[: number + 1]:
                number += 1
            return number + 1
    return 0


def _is_structure(line: str) -> bool:
    return is_heading(line) or is_table_row(line) or ISSUE_DATE.fullmatch(line) is not None


def _continues(line: str, following: str) -> bool:
    """Whether `following` is the rest of the sentence that `line` begins."""
    if is_table_row(line) or _is_structure(following) or ISSUE_DATE.fullmatch(line):
        return False
    if line.endswith(("，", "、")):
        return True
    if line.endswith(ENDS_A_PARAGRAPH) or LABELLED.fullmatch(line):
        return False
    # A heading is short and stands alone; a line of running text fills the page's width.
    return not is_heading(line) or len(line) > 60


def rejoined(paragraphs: Iterable[str]) -> tuple[str, ...]:
    """The paragraphs of a text whose lines may be broken anywhere; white space and page numbers are gone.

    Title, signature and date keep their own lines.
    """
    lines: list[str] = []
    for paragraph in paragraphs:
        for line in re.split(r"[\n\r\v\f]+", paragraph):
            plain = without_spaces(line)
            if plain and not PAGE_NUMBER.fullmatch(plain):
                lines.append(plain)
    if found := next((number for number, line in enumerate(lines) if SIGNED_AND_DATED.fullmatch(line)), None):
        parts = SIGNED_AND_DATED.fullmatch(lines[found])
        if parts and found >= len(lines) - 5:
            lines[found : found + 1] = [parts[1], parts[2]]
    dated = last_date_line(lines)
    head = title_length(lines)
    joined = lines[:head]
    for number, line in enumerate(lines[head:], start=head):
        signature = (
            dated is not None and number == dated - 1 and len(line) <= 40 and not line.endswith(ENDS_A_PARAGRAPH)
        )
        after = dated is not None and number > dated
        if number > head and not signature and not after and _continues(joined[-1], line):
            joined[-1] += line
        else:
            joined.append(line)
    return tuple(joined)


def last_date_line(lines: Sequence[str]) -> int | None:
    """The number of the line that is the issue date: the last one that is a date and nothing else."""
    for number in range(len(lines) - 1, -1, -1):
        if ISSUE_DATE.fullmatch(lines[number]):
            return number
    return None
