"""Counts in a clause: 区人社局、区住建局各2件 as a number, its measure word and the names it is said of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

MEASURES = "条件次个篇份家期项场人起例封部处则幅名宗批户张块"
COUNT = re.compile(
    rf"(?<![\d.第〔A-Za-z—~～-])(\d{{1,3}}(?:,\d{{3}})+|\d+)([余多来]?)([{MEASURES}])(?!工作日|月|小时|自然日|星期|季度|百分点)"
)
COUNTED_NOUN = re.compile(
    r"(?:[省市县区]?直属?|有关|相关|责任)?(镇街|乡镇|街道|单位|部门|账号|网站|栏目|问题|镇|村|社区|县区|区县|县市区|县|区|乡|科室|企业)"
)
MARKER = re.compile(r"(?:其中|包括|包含|涉及|分别为|分别是|分别有|分为|即)")
NO_COUNT = re.compile(
    r"(?:至少|不少于|不低于|不超过|每[月人周年季家个]|平均|同比|环比|较上|比上|增加|减少|增长|下降|上升|提高)"
)
APPROXIMATE = re.compile(r"(?:近|约|超过?|逾|不足|接近|大约)$")
REMARK = re.compile(r"（[^（）]*）|\([^()]*\)")
MARKS = "，,：:（）()"
CLOSED = {ord(mark): 0xE000 + number for number, mark in enumerate(MARKS)}
REOPENED = {stand_in: mark for mark, stand_in in CLOSED.items()}
EACH = re.compile(r"各(?:有|自|发布|收到|报送|公开|上报|出现|办理|计|为)?$")
AFTER_A_UNIT = re.compile(r"(?<=[局委办镇乡道区心会处院站])(?:以及|和|及|与)(?=.)")
PREDICATE = re.compile(r"未|已|正在|尚|仍|不|按时|完成|办结|予以|答复|被|获")


@dataclass(frozen=True)
class Count:
    """A number with its measure word as a clause states it; `total` is it times the names it is said of each."""

    value: int
    measure: str
    names: tuple[str, ...]
    each: bool
    tail: str
    """What follows up to the next comma: a noun, or what happened to those counted."""
    start: int
    end: int
    approximate: bool = False

    @property
    def total(self) -> int:
        """How many the words account for: 各2件 of three units is six."""
        return self.value * len(self.names) if self.each else self.value

    @property
    def of_several(self) -> bool:
        """Whether it is several parts told at once: A、B各2件."""
        return self.each and len(self.names) > 1

    @property
    def name(self) -> str:
        """The words before the number."""
        return "、".join(self.names)

    @property
    def predicated(self) -> bool:
        """Whether something is said of those counted: 1件未按时答复 is a subset, no share of a breakdown."""
        return PREDICATE.search(self.tail) is not None

    @property
    def spelled(self) -> str:
        """As a sum writes it: 5, 2×3."""
        return f"{self.value}×{len(self.names)}" if self.of_several else str(self.value)


@dataclass(frozen=True)
class Segment:
    """What stands between two commas (or brackets, colons): the counts in it, and how deep in brackets it is."""

    text: str
    before: str
    """The mark before it: ， ： （ ） or nothing at the beginning."""
    depth: int
    counts: tuple[Count, ...]

    @property
    def marker(self) -> str:
        """其中, 涉及 ... when the segment begins with it."""
        found = MARKER.match(self.text)
        return found[0] if found else ""


def split_names(words: str) -> tuple[str, ...]:
    """A、B和C as three names; 和 parts names only after a word that ends a unit's name."""
    names: list[str] = []
    for piece in words.split("、"):
        names += AFTER_A_UNIT.split(piece)
    return tuple(name for name in names if name)


def segments(clause: str) -> Iterator[Segment]:
    """The clause cut at commas, colons and brackets, and before 其中 in the middle of a run of words.

    A bracket without counts belongs to the words around it: 乡镇（街道）1020条.
    """
    clause = REMARK.sub(lambda found: found[0] if COUNT.search(found[0]) else found[0].translate(CLOSED), clause)
    depth, before, begun = 0, "", 0
    for found in re.finditer(r"[，,：:（）()]|(?<=[^，,：:（）()；])(?=其中)", clause):
        if found[0] == "," and re.match(r"\d,\d{3}(?!\d)", clause[found.start() - 1 :]):
            continue  # a thousands separator
        text = clause[begun : found.start()].translate(REOPENED)
        if text or before:
            yield Segment(text, before, depth, tuple(counts(text)))
        depth += (found[0] in ("（", "(")) - (found[0] in ("）", ")") and depth > 0)
        before, begun = found[0] or "，", found.end()
    text = clause[begun:].translate(REOPENED)
    yield Segment(text, before, depth, tuple(counts(text)))


def counts(segment: str) -> Iterator[Count]:
    """The counts of a segment, in order; what is compared, promised or averaged is not counted."""
    if NO_COUNT.search(segment):
        return
    found = list(COUNT.finditer(segment))
    previous_end = 0
    for position, match in enumerate(found):
        head = segment[previous_end : match.start()].lstrip("、和及")
        head = MARKER.sub("", head, count=1) if MARKER.match(head) else head
        until = found[position + 1].start() if position + 1 < len(found) else len(segment)
        tail = segment[match.end() : until].split("、")[0]
        each = EACH.search(head)
        measure = match[3]
        if measure == "个" and (noun := COUNTED_NOUN.match(tail)):
            measure += noun[1]
        yield Count(
            value=int(match[1].replace(",", "")),
            measure=measure,
            names=split_names(head[: each.start()]) if each else ((head,) if head else ()),
            each=each is not None,
            tail=tail,
            start=match.start(),
            end=match.end(),
            approximate=bool(match[2]) or APPROXIMATE.search(head) is not None,
        )
        previous_end = match.end()
