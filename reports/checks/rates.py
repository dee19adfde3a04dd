"""Rates: 收到20件，办结18件，办结率95% against the counts beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from reports.checks.context import CheckContext
from reports.checks.counts import Count, Segment, segments
from reports.checks.finding import Code, Finding, Level
from reports.checks.percentages import decimals, is_share, rounded
from reports.checks.reading import NoticeText

DONE = "办结|答复|回复|整改|完成|合格|达标|解读|上传|报送|公开"
RATE = re.compile(rf"^(?:总)?({DONE})率(?:为|达到?|是)?(\d+(?:\.\d+)?)%$")
"""A rate by itself: 按时办结率 and 综合合格率 have numerators of their own."""
NOT_DONE = re.compile(rf"(?:未|不|没有|尚|应|需|待|逾期|超期)(?:予以|按时|及时)?(?:{DONE})")
WITHIN_LIMIT = re.compile(r"期限|在办|正在|其余|剩余|尚")
"""Words that may explain a rate of 100% of those that were due."""
OTHER_TIME = re.compile(r"累计|全年|今年以来|年初|上[月年季]|去年|结转|历年")
"""Words that bring in cases of another time, whose total is not told here."""


def check(text: NoticeText, context: CheckContext) -> Iterator[Finding]:
    """A rate that its numerator, told just before, makes with no total told before it in the paragraph."""
    for sentences in text.by_paragraph():
        before: list[Count] = []
        for sentence in sentences:
            told = list(segments(sentence.text))
            own: list[Count] = []
            for numerator, rate in pairwise(told):
                earlier, own = own, [*own, *numerator.counts]
                found = RATE.match(rate.text)
                counted = _done(numerator, found[1]) if found else None
                if not found or counted is None or OTHER_TIME.search(sentence.text):
                    continue
                plausible = [
                    base
                    for base in (*before, *earlier)
                    if base.measure == counted.measure and base.total >= counted.total and not base.approximate
                ]
                total = next((base for base in earlier if base in plausible and base.total), None)
                stated = found[2]
                explained = Decimal(stated) == 100 and WITHIN_LIMIT.search(sentence.text)
                if total is None or explained or any(is_share(counted, base, stated) for base in plausible):
                    continue
                right = rounded(counted.total, total.total, decimals(stated))
                measure = counted.measure[0]
                yield Finding(
                    Code.PERCENTAGE_WRONG,
                    Level.ERROR,
                    f"{counted.total}{measure}占{total.total}{measure}的{right}%，文中{found[1]}率写作{stated}%，请核对。",
                    sentence.where,
                )
            before += [count for segment in told for count in segment.counts]


def _done(segment: Segment, what: str) -> Count | None:
    """The one count of the segment, where it is of what the rate is a rate of: 已办结18件."""
    sure = len(segment.counts) == 1 and what in segment.text and not NOT_DONE.search(segment.text)
    return segment.counts[0] if sure and not segment.counts[0].approximate else None
