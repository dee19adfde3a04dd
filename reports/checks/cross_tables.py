"""A table told in one paragraph: categories add to the grand total, and each group's share adds across categories."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from reports.checks.context import CheckContext
from reports.checks.counts import Count, segments
from reports.checks.finding import Code, Finding, Level
from reports.checks.reading import NoticeText, Sentence
from reports.checks.sums import groups

ALL_OF_ONE = re.compile(r"均(?:为|由|是|系)(.{2,20}?)(?:发布|收到|公开|报送|上传|办理|组织)?$")
NONE = re.compile(r"^(?:[^，]{0,12}，)?(?:另)?未(?:发布|收到|公开|报送|办理|组织|受理|开展)(.+?)$")
TOTAL_VERB = re.compile(r"共(发布|收到|公开|报送|办理|组织|受理|上传|开展|处理)")


@dataclass
class Row:
    """One clause of the table: its total and its parts by name; `whole` when it stands for the grand total."""

    name: str
    total: int
    measure: str
    parts: dict[str, int] = field(default_factory=dict)
    head: str = ""

    @property
    def told(self) -> bool:
        """Whether the clause says how its total divides."""
        return bool(self.parts) or self.total == 0


def row_of(clause: str) -> Row | None:
    """The clause as a row of a table, when it states one total (and perhaps its parts)."""
    if found := NONE.match(clause):
        return Row(found[1], 0, "")
    outer = [segment for segment in segments(clause) if not segment.depth]
    counted = [segment for segment in outer if segment.counts]
    if not counted or counted[0].marker:
        return None
    first: Count = counted[0].counts[0]
    row = Row(re.sub(r"^共?(?:发布|收到|公开)", "", first.name), first.total, first.measure, head=first.name)
    for group in groups(clause):
        if group.base.start == first.start and group.base.total == first.total and not group.rest:
            row.parts = {part.name: part.total for part in group.parts if not part.each}
            break
    for segment in outer:
        if not row.parts and not segment.counts and (found := ALL_OF_ONE.search(segment.text)):
            row.parts = {found[1]: first.total}
    return row


def same_name(one: str, other: str) -> bool:
    """Whether two wordings mean the same group: equal, or one begins with the other (各镇, 各镇发布信息)."""
    shorter, longer = sorted((one, other), key=len)
    return one == other or (len(shorter) > 1 and longer.startswith(shorter))


def _is_table(whole: Row, rows: list[Row]) -> bool:
    """Whether the rows divide the whole: they tell the same groups, or repeat its verb (共发布…；发布…；发布…)."""
    for row in rows:
        if row.parts and whole.parts and all(_among(name, whole.parts) for name in row.parts):
            return True
    verb = TOTAL_VERB.search(whole.head)
    return verb is not None and len(rows) > 1 and all(row.head.startswith(verb[1]) or not row.total for row in rows)


def _among(name: str, parts: dict[str, int]) -> bool:
    return any(same_name(name, other) for other in parts)


def check_table(whole: Row, rows: list[Row], sentence: Sentence) -> Iterator[Finding]:
    """Both margins of the table against its cells."""
    measure, total = whole.measure, sum(row.total for row in rows)
    spelled = "＋".join(f"{row.total}{measure}" for row in rows)
    if total != whole.total:
        yield Finding(
            Code.TABLE_DOES_NOT_ADD,
            Level.ERROR,
            f"总数{whole.total}{measure}，各类{spelled}＝{total}{measure}，相差{abs(total - whole.total)}{measure}，"
            "请核对总数和各类数。",
            sentence.where,
        )
    if not whole.parts or not all(row.told for row in rows):
        return
    for name, stated in whole.parts.items():
        cells = [sum(value for other, value in row.parts.items() if same_name(name, other)) for row in rows]
        if sum(cells) != stated:
            spelled = "＋".join(f"{cell}{measure}" for cell in cells)
            yield Finding(
                Code.TABLE_DOES_NOT_ADD,
                Level.ERROR,
                f"{name}共{stated}{measure}，各类中{spelled}＝{sum(cells)}{measure}，"
                f"相差{abs(sum(cells) - stated)}{measure}，请核对。",
                sentence.where,
            )


def check(text: NoticeText, context: CheckContext) -> Iterator[Finding]:
    """Each paragraph's first total with the parallel clauses that follow it."""
    for sentences in text.by_paragraph():
        clauses = [(clause, sentence) for sentence in sentences for clause in sentence.clauses]
        for number, (clause, sentence) in enumerate(clauses[:-1]):
            whole = row_of(clause)
            if whole is None or not whole.total or not whole.measure:
                continue
            rows = []
            for following, _ in clauses[number + 1 :]:
                row = row_of(following)
                if row is None or (row.total and row.measure != whole.measure):
                    break
                if row.parts and whole.parts and not all(_among(name, whole.parts) for name in row.parts):
                    break
                rows.append(row)
            if len(rows) > 1 and _is_table(whole, rows):
                yield from check_table(whole, rows, sentence)
                break
