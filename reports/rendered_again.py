"""An issued notice rendered anew from what was kept of it, held against the files that went out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile

from reports.checks.finding import Finding, Level
from reports.freezing import digest, thaw
from reports.models import IssuedFile, IssuedNotice
from reports.notice import Notice
from reports.renderers import RENDERERS, RenderError
from reports.renderers.json import render_json
from reports.renderers.rendered import Rendered
from reports.renderers.words import UnreadableFile, words_of

AROUND = 12
"""Characters shown on either side of where two texts part."""


class Agreement(StrEnum):
    """How a file and what is rendered today agree."""

    SAME = "字节一致"
    LAYOUT = "字节不同，文字和数字一致"
    WORDS = "文字或数字不同"
    BROKEN = "无法比较"

    @property
    def holds(self) -> bool:
        """Whether both state the same words and numbers."""
        return self in (Agreement.SAME, Agreement.LAYOUT)


@dataclass(frozen=True)
class Compared:
    """One format of a notice, as it went out and as it is rendered today."""

    form: str
    agreement: Agreement
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.form}：{self.agreement}{f'（{self.detail}）' if self.detail else ''}"


def compared(issued: IssuedNotice) -> Iterator[Compared]:
    """Every file of the notice in turn, and first of all the kept words against their own SHA-256."""
    notice = thaw(issued.content)
    if digest(notice) != issued.digest:
        yield Compared("正文", Agreement.WORDS, "保存的正文与正文校验码不符")
    for file in issued.files.all():
        yield _compared(issued, notice, file)


def again(issued: IssuedNotice, notice: Notice, form: str) -> Rendered:
    """The notice in that format as the portal renders it now; raises RenderError."""
    if form == "json":
        return render_json(notice, findings_of(issued))
    return RENDERERS[form](notice)


def findings_of(issued: IssuedNotice) -> list[Finding]:
    """What the checks said when it was issued."""
    return [Finding(each["code"], Level(each["level"]), each["message"], each["where"]) for each in issued.findings]


def _compared(issued: IssuedNotice, notice: Notice, file: IssuedFile) -> Compared:
    kept = bytes(file.content)
    if hashlib.sha256(kept).hexdigest() != file.sha256:
        return Compared(file.form, Agreement.BROKEN, "保存的文件与校验码不符")
    try:
        now = again(issued, notice, file.form).content
        if now == kept:
            return Compared(file.form, Agreement.SAME)
        before, after = words_of(file.form, kept), words_of(file.form, now)
    except (RenderError, UnreadableFile) as problem:
        return Compared(file.form, Agreement.BROKEN, str(problem))
    if before == after:
        return Compared(file.form, Agreement.LAYOUT, f"印发件 {len(kept):,} 字节，现为 {len(now):,} 字节")
    return Compared(file.form, Agreement.WORDS, parting(before, after))


def parting(before: str, after: str) -> str:
    """Where two texts part, with the words around the place."""
    at = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False)))
    begin = max(at - AROUND, 0)
    old, new = (text[begin : at + AROUND] or "无" for text in (before, after))
    return f"第 {at + 1} 字起：印发件“{old}”，现为“{new}”"
