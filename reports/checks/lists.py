"""Lists against the number stated for them, names told twice in one list, and lists announced but not given."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reports.checks.context import CheckContext
from reports.checks.counts import AFTER_A_UNIT
from reports.checks.finding import Code, Finding, Level
from reports.checks.reading import NoticeText, split_outside
from reports.checks.unit_lists import NUMBER, STATED, lists_of, number

EMPTY = re.compile(
    r"(?:涉及|其中|分别是|分别为|包括|单位有)[。；]|(?:涉及|分别是|分别为|包括|单位有)[，、]|：(?=[。；，、])"
)
NAMED = re.compile(rf"{NUMBER}([个家项篇])[^，；：]{{0,12}}，分别(?:是|为)：?([^，；]+)$")
LONGEST_QUOTE = 12


def check_lengths(text: NoticeText, context: CheckContext) -> Iterator[Finding]:
    """仍有5个单位…：list has five names; A、B、C等N个单位 has N of three or more."""
    for units in lists_of(text):
        if units.stated is None or len(units.names) == units.stated or units.stated in units.alternatives:
            continue
        if units.partial and units.stated > len(units.names):
            continue
        yield Finding(
            Code.LIST_LENGTH,
            Level.ERROR,
            f"文中称{units.stated}{units.noun}，名单列出{len(units.names)}{units.noun[0]}："
            f"{'、'.join(units.names)}；请核对数目和名单。",
            units.sentence.where,
        )


def check_named(text: NoticeText, context: CheckContext) -> Iterator[Finding]:
    """不合格2个，分别是甲、乙: what is said to be so many is named one by one, whatever it is."""
    for sentence in text.sentences:
        for clause in sentence.clauses:
            found = NAMED.search(clause)
            if not found or re.search(r"\d+[条件次个篇家%]|等", found[3]):
                continue
            names = split_outside(found[3], "、")
            named = len(AFTER_A_UNIT.split(found[3])) + len(names) - 1
            stated = number(found[1])
            if stated not in (len(names), named) and STATED.search(clause) is None:
                yield Finding(
                    Code.LIST_LENGTH,
                    Level.ERROR,
                    f"文中称{stated}{found[2]}，“分别”之后列出{len(names)}{found[2]}：{found[3]}；请核对数目和名单。",
                    sentence.where,
                )


def check_duplicates(text: NoticeText, context: CheckContext) -> Iterator[Finding]:
    """A unit named twice in one list."""
    for units in lists_of(text):
        for name in dict.fromkeys(name for name in units.names if units.names.count(name) > 1):
            yield Finding(
                Code.LIST_DUPLICATE,
                Level.ERROR,
                f"同一名单中{name}出现{units.names.count(name)}次，请删去重复的，并核对单位数。",
                units.sentence.where,
            )


def check_empty(text: NoticeText, context: CheckContext) -> Iterator[Finding]:
    """涉及， or ：。 : a list was announced and nothing follows."""
    for line in text.paragraphs:
        for found in EMPTY.finditer(line):
            begin = max(0, found.start() - LONGEST_QUOTE)
            quoted = line[begin : found.end() + 1]
            yield Finding(
                Code.LIST_EMPTY,
                Level.ERROR,
                f"“{quoted}”之后没有列出内容；没有单位时应删去这半句，有则补上名单。",
                f"“{quoted}”",
            )
