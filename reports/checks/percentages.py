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

Told = tuple[Count | None, str, str]
"""The count a share follows, the percentage as written, and the words around it."""


def decimals(percentage: str) -> int:
    """How many decimals the percentage is given with."""
    return len(percentage.partition(".")[2])


def rounded(part: int, total: int, places: int) -> Decimal:
    """The share in per cent, rounded half up as offices do."""
    return (Decimal(part * 100) / total).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _told(flat: list[Segment]) -> list[Told]:
    """Each share of the sentence: the count it follows, the percentage as written, and the words around it."""
    told: list[Told] = []
    last: Count | None = None
    for segment in flat:
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
    for sentences in text.by_paragraph():
        before: list[Count] = []
        for sentence in sentences:
            flat = list(_flat(sentence.text))
            counted = [count for segment in flat for count in segment.counts]
            if "%" in sentence.text and (told := _told(flat)):
                yield from _shares(told, counted, before, sentence.where)
                yield from _hundred(told, sentence.where, whole=_all_told(sentence.text, told, counted, before))
            before += counted


def _shares(told: list[Told], counted: list[Count], before: list[Count], where: str) -> Iterator[Finding]:
    """Each share that is right of no count it may be a share of: not of the sentence's first, not of one told before.

    Where the first count has a share itself it is a part like the others, and the total stands in a sentence before.
    """
    parts = [count for count, _, _ in told if count is not None]
    total = counted[0] if counted else None
    if any(total is part for part in parts):
        total = _added_up(parts, before)
    if total is None or not total.total:
        return
    for count, stated, _ in told:
        if count is None or count is total or count.measure != total.measure or count.total > total.total:
            continue
        until = next(place for place, each in enumerate(counted) if each is count)
        plausible = [total, *before, *counted[:until]]
        if any(is_share(count, base, stated) for base in plausible if base.measure == count.measure):
            continue
        right = rounded(count.total, total.total, decimals(stated))
        yield Finding(
            Code.PERCENTAGE_WRONG,
            Level.ERROR,
            f"{count.value}{count.measure[0]}占{total.total}{total.measure[0]}的{right}%，文中写作{stated}%，请核对。",
            where,
        )


def is_share(part: Count, base: Count, stated: str) -> bool:
    """Whether the part is that many per cent of the base, as many decimals as stated."""
    return base.total > 0 and rounded(part.total, base.total, decimals(stated)) == Decimal(stated)


def _added_up(parts: list[Count], before: list[Count]) -> Count | None:
    """The count told before that the parts are all of: only then is it sure to be their total."""
    reached = sum(part.total for part in parts)
    return next((base for base in before if len(parts) > 1 and base.total == reached), None)


def _all_told(sentence: str, told: list[Told], counted: list[Count], before: list[Count]) -> bool:
    """Whether the shares claim to be all there is: their counts add to the total, or 分别占 names them all."""
    parts = [count for count, _, _ in told if count is not None]
    if counted and len(parts) == len(told) and len(parts) > 1:
        return sum(part.total for part in parts) == counted[0].total or _added_up(parts, before) is not None
    return "分别占" in sentence or ("其余" not in sentence and "其中" in sentence and not parts and len(told) > 1)


def _hundred(told: list[Told], where: str, *, whole: bool) -> Iterator[Finding]:
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
