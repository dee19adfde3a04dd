"""Percentages: each against its counts, and all of one total against a hundred."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from reports.checks.context import CheckContext
from reports.checks.counts import Count, Segment, segments
from reports.checks.finding import Code, Finding, Level
from reports.checks.reading import NoticeText

SHARE = re.compile(
    r"占(?:比|总数|总量|全部|全[区县市]|信息总数|发布总数|申请总数|比重)*(?:的|为|约为|约)?(\d+(?:\.\d+)?)%$"
)
SHARE_BY_NAME = re.compile(r"(?:占|占比)(?:为|约|约为)?(\d+(?:\.\d+)?)%")


def decimals(percentage: str) -> int:
    """How many decimals the percentage is given with."""
    return len(percentage.partition(".")[2])


def rounded(part: int, total: int, places: int) -> Decimal:
    """The share in per cent, rounded half up as offices do."""
    return (Decimal(part * 100) / total).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _told(sentence: str) -> list[tuple[Count | None, str, str]]:
    """Each share of the sentence: the count it follows, the percentage as written, and the words around it."""
    told: list[tuple[Count | None, str, str]] = []
    last: Count | None = None
    for segment in _flat(sentence):
        found = SHARE.search(segment.text) or SHARE_BY_NAME.search(segment.text)
        if segment.counts:
            last = segment.counts[-1]
        elif found is None:
            last = None
        if found:
            follows = last if segment.text.startswith("占") or segment.counts else None
            told.append((follows, found[1], segment.text))
    return told


def _flat(sentence: str) -> Iterator[Segment]:
    for clause in re.split(r"[；。]", sentence):
        for segment in segments(clause):
            # 占 may follow its count without a comma, shares may be parted by 、
            if not segment.counts and "、" in segment.text and segment.text.count("%") > 1:
                for piece in segment.text.split("、"):
                    yield Segment(piece, "、", segment.depth, ())
            else:
                yield segment


def check(text: NoticeText, context: CheckContext) -> Iterator[Finding]:
    """占58.3% against 904 of 1550; and the shares of all parts against 100% within rounding."""
    for sentence in text.sentences:
        if "%" not in sentence.text:
            continue
        told = _told(sentence.text)
        if not told:
            continue
        total = _total(sentence.text)
        counted = [(count, stated) for count, stated, _ in told if count is not None and total is not None]
        for count, stated in counted:
            assert total is not None
            if count.measure != total.measure or (count.start == total.start and count.name == total.name):
                continue
            if not total.total or count.total > total.total:
                continue
            right = rounded(count.total, total.total, decimals(stated))
            if right != Decimal(stated):
                yield Finding(
                    Code.PERCENTAGE_WRONG,
                    Level.ERROR,
                    f"{count.value}{count.measure[0]}占{total.total}{total.measure[0]}的{right}%，文中写作{stated}%，请核对。",
                    sentence.where,
                )
        yield from _hundred(told, sentence.text, sentence.where, whole=_all_told(sentence.text, told))


def _total(sentence: str) -> Count | None:
    """The first count of the sentence: what the shares are shares of."""
    for segment in segments(sentence):
        if segment.counts:
            return segment.counts[0]
    return None


def _all_told(sentence: str, told: list[tuple[Count | None, str, str]]) -> bool:
    """Whether the shares claim to be all there is: their counts add to the total, or 分别占 names them all."""
    total = _total(sentence)
    parts = [count for count, _, _ in told if count is not None]
    if total and len(parts) == len(told) and len(parts) > 1:
        return sum(part.total for part in parts) == total.total
    return "分别占" in sentence or ("其余" not in sentence and "其中" in sentence and not parts and len(told) > 1)


def _hundred(told: list[tuple[Count | None, str, str]], words: str, where: str, *, whole: bool) -> Iterator[Finding]:
    shares = [Decimal(stated) for _, stated, _ in told]
    if not whole or len(shares) < 2:
        return
    tolerance = sum((Decimal(1).scaleb(-decimals(stated)) / 2 for _, stated, _ in told), Decimal(0))
    if abs(sum(shares, Decimal(0)) - 100) > tolerance:
        spelled = "＋".join(f"{stated}%" for _, stated, _ in told)
        yield Finding(
            Code.PERCENTAGES_DO_NOT_ADD,
            Level.WARNING,
            f"各项占比{spelled}＝{sum(shares, Decimal(0))}%，与100%之差超出四舍五入的范围，请核对。",
            where,
        )
