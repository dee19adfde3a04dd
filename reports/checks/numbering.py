"""Ordinals follow each other: 一、二、三、, （一）（二） within a part, 一是二是三是 within a section."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from reports.checks.context import CheckContext
from reports.checks.finding import Code, Finding, Level
from reports.checks.reading import RUN_IN, NoticeText, number_of
from reports.wording import chinese_number

ARABIC = re.compile(r"^(?:附件：)?(\d{1,2})[.．、](?!\d)")


def _out_of_order(number: int, expected: int, mark: str, right: str, where: str) -> Finding:
    return Finding(
        Code.NUMBERING,
        Level.WARNING,
        f"序号“{mark}”之前应先有“{right}”，请检查序号是否缺漏。"
        if number > expected
        else f"序号“{mark}”重复或次序颠倒，此处应为“{right}”。",
        where,
    )


def check_headings(text: NoticeText, context: CheckContext) -> Iterator[Finding]:
    """一、 to 三、 without gaps; （一） begins anew in each part."""
    part = section = 0
    for heading in text.headings:
        expected = (part if heading.level == 1 else section) + 1
        if heading.number != expected:
            right = chinese_number(min(expected, 99))
            form = f"{right}、" if heading.level == 1 else f"（{right}）"
            yield _out_of_order(heading.number, expected, heading.mark, form, f"标题“{heading.mark}{heading.title}”")
        if heading.level == 1:
            part, section = heading.number, 0
        else:
            section = heading.number


def check_run_in(text: NoticeText, context: CheckContext) -> Iterator[Finding]:
    """一是…二是…; a new 一是 begins a new series, each section has its own."""
    for _, sentences in groupby(text.sentences, key=lambda sentence: (sentence.part, sentence.section)):
        last = 0
        for sentence in sentences:
            for found in RUN_IN.finditer(sentence.text):
                number = number_of(found[1])
                if number not in (1, last + 1):
                    right = f"{chinese_number(last + 1)}是"
                    yield _out_of_order(number, last + 1, found[0], right, sentence.where)
                last = number


def check_arabic(text: NoticeText, context: CheckContext) -> Iterator[Finding]:
    """1. 2. 3. at the beginning of paragraphs."""
    last, section = 0, None
    for sentences in text.by_paragraph():
        first = sentences[0]
        if (first.part, first.section) != section:
            last, section = 0, (first.part, first.section)
        if found := ARABIC.match(first.text):
            number = int(found[1])
            if number not in (1, last + 1):
                yield _out_of_order(number, last + 1, found[0], f"{last + 1}.", first.where)
            last = number
