"""Parts add to totals: 共15件，涉及A5件，B、C各2件 and every 其中 within one sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from reports.checks.context import CheckContext
from reports.checks.counts import Count, Segment, segments
from reports.checks.finding import Code, Finding, Level
from reports.checks.reading import NoticeText, Sentence

REST = re.compile(r"其余|剩余|其他(?:均|都|各|单位|为)")
ANOTHER = re.compile(r"另|同时|此外")
SUM_AFTER = re.compile(r"(?:合计|共计|总计|总共)")
SETTLED = re.compile(r"(?:目前，?)?(?:已|按时|按期)+(?:办结|答复|回复|整改|办理)")
UNSETTLED = re.compile(r"尚|正在|仍|未|在办|逾期|不予|转办")
OPEN_ENDED = re.compile(r"等(?:$|方面|内容|信息|类)|主要")
ALONG_WAY = re.compile(r"占|%|同比|环比|按.{1,6}分|从.{1,6}看")
SHARE = "占"
PASSED = ("合格", "达标")
ONE_BY_ONE = "分别"
LEADING = re.compile(r"居前|前[两二三四五六七八九十]|最多|较多|排名|靠前")
PLACES = re.compile(r"(?:主要)?(?:分布|集中|来自)")
"""Words before a number of places: 分布在4个县区 counts no errors."""
BY_KIND = re.compile(r"(?:按.{1,8}(?:分|看|统计)|从.{1,8}看)$")


@dataclass
class Group:
    """A total and the parts that a marker (其中, 涉及, a colon, a bracket) introduces."""

    marker: str
    bases: list[Count]
    """What the parts may be parts of, likeliest first."""
    parts: list[Count] = field(default_factory=list)
    rest: bool = False
    """Whether the words leave the remainder to 其余 or 等."""
    reach: int = 0
    """All counts of the measure told before: 错别字1次、表述错误1次，其中… may speak of both."""
    also: int | None = None
    """What the parts may add to besides: the base with what 另 set beside it, or a row of counts without a total
    (发现错别字1次、表述错误1次，涉及A2次)."""
    carried: int = 0
    """How many of the parts stand in clauses of their own."""
    loose: list[Count] = field(default_factory=list)
    """Counts of the same measure that follow after other words; they may belong to the parts."""

    @property
    def base(self) -> Count:
        return self.bases[0]

    @property
    def sum(self) -> int:
        return sum(part.total for part in self.parts)

    @property
    def spelled(self) -> str:
        return "＋".join(f"{part.spelled}{part.measure[0]}" for part in self.parts)


def groups(sentence: str, earlier: list[Count] | None = None) -> list[Group]:
    """Every total with its parts in a sentence; `earlier` are the totals an opening 其中 may refer to."""
    found: list[Group] = []
    sentence_bases = list(earlier or ())
    shared = False
    for clause in sentence.split("；"):
        reader = _ClauseReader([group.base for group in found] + sentence_bases)
        for segment in segments(clause):
            reader.take(segment)
        told = [group for group in reader.finished() if group.parts and group.bases]
        if not told and found and reader.totals:
            _go_on(found[-1], reader.totals[0], sure=shared and SHARE in clause)
        found += told
        shared = SHARE in clause
        sentence_bases += reader.seen
    return found


def _go_on(group: Group, part: Count, *, sure: bool) -> None:
    """其中A1020条，占43.5%；B1326条，占56.5%: a part in the next clause. Shares beside both make it certain."""
    alone = len(group.parts) == 1 + group.carried
    if alone and part.measure == group.base.measure and (sure or group.sum + part.total <= group.base.total):
        group.parts.append(part)
        group.carried += 1


class _ClauseReader:
    """Goes through the segments of one clause and gathers its groups; brackets have groups of their own."""

    def __init__(self, earlier: list[Count]) -> None:
        self.earlier = earlier
        self.totals: list[Count] = []
        self.seen: list[Count] = []
        self.done: list[Group] = []
        self.open: Group | None = None
        self.last: Group | None = None
        self.pending = ""
        self.another = False
        self.beside: Count | None = None
        self.extras: list[Count] = []
        self.row: list[Count] = []
        self.bracket: Group | None = None
        self.leading = False

    def take(self, segment: Segment) -> None:
        if segment.depth:
            self._bracketed(segment)
            return
        self.bracket = None
        if not segment.text:
            return
        # 分别为 gives the numbers of those just named; it divides no total of another sentence.
        marker = segment.marker or (self.pending if ONE_BY_ONE not in segment.text else "")
        self.pending = ""
        self.leading = self.leading or LEADING.search(segment.text) is not None
        if not segment.counts:
            self._words(segment)
            return
        if segment.before in ("：", ":") and self.seen and self.open is None and not marker:
            marker = "："
        if PLACES.match(segment.text) and not marker and self.open is None:
            return
        if marker:
            self._open(marker, segment)
        elif SUM_AFTER.match(segment.text):
            self._sum_after(segment.counts[0])
        elif self.seen and ANOTHER.match(segment.text):
            group = self.open or self.last
            self.beside = self.beside or (group.base if group and group.bases else self.seen[-1])
            self._close()
            self.another = True
        if self.open and REST.search(segment.text) and not segment.counts:
            self.open.rest = True
        self.row = [] if self.open else list(segment.counts)
        self._counts(segment)

    def _words(self, segment: Segment) -> None:
        """A segment without counts: a marker alone, a percentage along the way, or the end of a run of parts."""
        if segment.marker == segment.text or BY_KIND.search(segment.text):
            self.pending = segment.marker or "按"
            return
        group = self.open or self.last
        if group and (REST.search(segment.text) or OPEN_ENDED.search(segment.text)):
            group.rest = True
        if self.open and not ALONG_WAY.search(segment.text):
            self._close()

    def _open(self, marker: str, segment: Segment) -> None:
        measure = segment.counts[0].measure
        candidates = [count for count in reversed(self.seen) if count.measure == measure and not count.approximate]
        if self.done or self.open:
            first = (self.open or self.done[-1]).bases
            bases = [base for base in first if base.measure == measure] + candidates
        else:
            bases = candidates[:1]
        if not bases and not marker.startswith(ONE_BY_ONE):
            bases = [count for count in self.earlier if count.measure == measure]
        self._close()
        reach = sum(count.total for count in self.seen + self.earlier if count.measure == measure)
        self.open = Group(marker, bases, reach=reach, rest=self.leading and marker.startswith(ONE_BY_ONE))
        if len(self.row) > 1:
            self.open.also = sum(count.total for count in self.row)
        if self.beside and self.extras:
            self.open.also = self.beside.total + sum(count.total for count in self.extras)
        self.another = False

    def _counts(self, segment: Segment) -> None:
        for count in segment.counts:
            if self.open and not count.approximate:
                if not self.open.parts or count.measure == self.open.parts[0].measure:
                    self.open.parts.append(count)
                    if OPEN_ENDED.search(count.tail) or OPEN_ENDED.match(count.name):
                        self.open.rest = True
                else:
                    self._close()
            elif self.another:
                self.extras.append(count)
            elif self.last and self.last.parts and count.measure == self.last.parts[0].measure:
                self.last.loose.append(count)
            if self.open is None and not self.seen:
                self.totals.append(count)
            self.seen.append(count)

    def _bracketed(self, segment: Segment) -> None:
        if not segment.counts:
            return
        if self.bracket is None:
            bases = [count for count in self.seen[-1:] if count.measure == segment.counts[0].measure]
            self.bracket = Group(segment.marker or "（", bases)
            self.done.append(self.bracket)
        for count in segment.counts:
            if not self.bracket.parts or count.measure == self.bracket.parts[0].measure:
                self.bracket.parts.append(count)

    def _sum_after(self, total: Count) -> None:
        """合计311条 is the sum of what was listed before it: of the parts of the open group, or of all counts."""
        if self.open and len(self.open.parts) > 1 and total.measure == self.open.parts[0].measure:
            listed, self.open.rest = self.open.parts, True
            self._close()
            self.done.append(Group("合计", [total], listed))
            self.last = None
            return
        parts = [count for count in self.seen if count.measure == total.measure and not count.approximate]
        if len(parts) > 1 and self.open is None and not self.done:
            self.done.append(Group("合计", [total], parts))
            self.last = None

    def _close(self) -> None:
        if self.open:
            self.done.append(self.open)
            self.last = self.open
        self.open = None

    def finished(self) -> list[Group]:
        self._close()
        return self.done


def _explained(group: Group) -> bool:
    """Whether the parts add up, allowing for parts told after other words."""
    totals = {base.total for base in group.bases} | {group.also}
    if group.sum in totals:
        return True
    reached = group.sum
    for count in group.loose:
        reached += count.total
        if reached in totals:
            return True
    return False


def _holds_another(group: Group, following: Group) -> bool:
    """其中镇6条，其中李官镇4条，部门9条: the second 其中 divides a part of the first, then the first goes on."""
    if group.sum == group.base.total or following.base.measure != group.base.measure:
        return False
    for inner in range(1, len(following.parts)):
        within = sum(part.total for part in following.parts[:inner])
        outer = sum(part.total for part in following.parts[inner:])
        if within <= group.parts[-1].total and group.sum + outer == group.base.total:
            return True
    return False


def check_group(group: Group, sentence: Sentence) -> Finding | None:
    """What is wrong with one total and its parts, if anything."""
    if group.base.approximate or _explained(group):
        return None
    most = max(base.total for base in group.bases)
    base = next((base for base in group.bases if base.total > group.sum), group.base)
    measure = base.measure[0]
    subject = _subject(base, sentence)
    subset = group.rest or group.parts[-1].predicated
    if subset and group.sum <= group.reach:
        return None
    if group.sum > most:
        return Finding(
            Code.PARTS_EXCEED_TOTAL,
            Level.ERROR,
            f"{subject}{base.total}{measure}，所列{group.spelled}＝{group.sum}{measure}，"
            f"比总数多{group.sum - base.total}{measure}，请核对总数和各分项。",
            sentence.where,
        )
    if subset or (len(group.bases) > 1 and len(group.parts) == 1):
        return None
    missing = base.total - group.sum
    if group.marker in ("其中", "包括", "包含"):
        if len(group.parts) == 1:
            return Finding(
                Code.TOTAL_UNEXPLAINED,
                Level.INFORMATION,
                f"{subject}{base.total}{measure}，“{group.marker}”只列了{group.spelled}，"
                f"其余{missing}{measure}未作说明；如需说明，可补充其余来源。",
                sentence.where,
            )
        return Finding(
            Code.TOTAL_UNEXPLAINED,
            Level.WARNING,
            f"{subject}{base.total}{measure}，“{group.marker}”{group.spelled}＝{group.sum}{measure}，"
            f"有{missing}{measure}未说明来源，请补充来源或写明“其他{missing}{measure}”。",
            sentence.where,
        )
    if len(group.parts) == 1 and group.marker != "合计" and not group.parts[0].of_several:
        return None
    return Finding(
        Code.PARTS_DO_NOT_ADD,
        Level.ERROR,
        f"{subject}{base.total}{measure}，所列{group.spelled}＝{group.sum}{measure}，"
        f"比总数少{missing}{measure}，请核对总数和各分项。",
        sentence.where,
    )


def _subject(base: Count, sentence: Sentence) -> str:
    """What is counted, in words: the section's title, and 共."""
    title = sentence.section.title if sentence.section else ""
    title = re.sub(r"(?:办理|更新)?情况$", "", title)
    return f"{title}共" if title else f"“{base.name[-16:]}”" if base.name else "总数"


def _settled(sentence: str, earlier: list[Count]) -> Iterator[Group]:
    """已办结25件，尚在办理期限内3件: the states of the cases that the sentence before counted."""
    told = [segment for segment in segments(sentence) if segment.counts and not segment.depth]
    if len(told) < 2 or not earlier or not SETTLED.match(told[0].text) or "；" in sentence:
        return
    parts = [segment.counts[0] for segment in told]
    states = all(UNSETTLED.search(segment.text) for segment in told[1:])
    if states and all(part.measure == earlier[0].measure for part in parts):
        yield Group("已", earlier[:1], parts)


def _opposites(sentence: str) -> Iterator[Group]:
    """抽查账号50个，合格45个，不合格6个: what passed and what did not are together all that was looked at."""
    told = [segment.counts[0] for segment in segments(sentence) if len(segment.counts) == 1 and not segment.depth]
    for base, passed, failed in zip(told, told[1:], told[2:], strict=False):
        one_measure = base.measure == passed.measure == failed.measure
        if one_measure and passed.name in PASSED and failed.name == f"不{passed.name}":
            yield Group("不", [base], [passed, failed])


def check(text: NoticeText, context: CheckContext) -> Iterator[Finding]:
    """Every total whose parts are told in the same sentence, or in the next one that begins with 其中."""
    for sentences in text.by_paragraph():
        earlier: list[Count] = []
        for sentence in sentences:
            opening = earlier if sentence.text.startswith(("其中", "按", "从")) else []
            found = groups(sentence.text, opening) or list(_settled(sentence.text, earlier))
            found = found or list(_opposites(sentence.text))
            while found:
                group = found.pop(0)
                if found and _holds_another(group, found[0]):
                    found.pop(0)
                elif finding := check_group(group, sentence):
                    yield finding
            earlier = [count for segment in segments(sentence.text) for count in segment.counts if not segment.depth]
