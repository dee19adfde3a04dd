"""The phrases of a notice: lists, counts, dates, ordinals. Pure; each sentence form has its test.

Phrases are tuples of spans, so that a number in a sentence stays bound to its figure, and a unit's name to the rows it is
named for. Numbers have no thousands
separators, dates no leading zeros, and no space stands beside a digit (domain: analysis of the June 2020 notice).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from lanshan_portal.periods import chinese_date
from reports.figures.figure import Figure, RowQuery
from reports.figures.shares import NamedUnit, Share, UnitShare
from reports.notice import Naming, Span

Phrase = tuple[Span, ...]

DIGITS = "零一二三四五六七八九"


def chinese_number(number: int) -> str:
    """1 to 99 in Chinese, as headings count: 一, 十, 十一, 二十, 九十九; ValueError beyond."""
    if not 1 <= number <= 99:
        raise ValueError(f"序号应在1至99之间：{number}")
    tens, ones = divmod(number, 10)
    if not tens:
        return DIGITS[ones]
    return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")


def text(words: str) -> Phrase:
    """Words without a figure."""
    return (Span(words),)


def counted(figure: Figure, measure: str) -> Phrase:
    """1550条: the figure and its measure word."""
    return (Span(str(figure.value), figure), Span(measure))


def day(when: date, *, told_on: date) -> str:
    """7月6日; with its year where that is not the year the notice is issued in."""
    return chinese_date(when, with_year=when.year != told_on.year)


def joined(names: Iterable[str]) -> str:
    """Names in a row: A、B、C."""
    return "、".join(names)


def unit_list(units: Sequence[NamedUnit], rows: RowQuery, *, at_most: int | None = None) -> Phrase:
    """A、B、C, or A、B等5个单位 where only `at_most` are named and more follow; never 等 with nothing behind it.

    `rows` are the rows of all of them, who are named for not having done something in time.
    """
    told = units if at_most is None else units[:at_most]
    names = [Span(unit.name, naming=Naming(unit.unit_id, rows.narrowed(unit=unit.code), blamed=True)) for unit in told]
    return tidy([*_row(names), Span(f"等{len(units)}个单位" if len(told) < len(units) else "")])


def _tied(figures: Sequence[Figure]) -> Figure:
    """One figure for “各2件”: the value each of several units has, over the rows of all of them."""
    first = figures[0]
    if len(figures) == 1:
        return first
    fixed, varying = [], {}
    for position, (key, value) in enumerate(first.query.filters):
        values = [figure.query.filters[position][1] for figure in figures]
        if len(set(values)) == 1:
            fixed.append((key, value))
        else:
            varying[key] = ",".join(values)
    return replace(
        first,
        name=f"{first.name.rpartition('.')[0]}.each_{first.value}",
        query=replace(first.query, filters=(*fixed, *varying.items())),
        meaning="；".join(figure.meaning for figure in figures),
        each=len(figures),
    )


def _row(names: Iterable[Span]) -> list[Span]:
    """Names with 、 between them, each still bound."""
    return [span for name in names for span in (Span("、"), name)][1:]


def only_unit(shares: Sequence[UnitShare], *, blamed: bool = False) -> Phrase:
    """The name of the one unit there is, without its number."""
    (share,) = shares
    return (_name(share, blamed),)


def _name(share: UnitShare, blamed: bool) -> Span:
    return Span(share.unit.name, naming=Naming(share.unit.unit_id, share.figure.query, blamed))


def counts_by_unit(
    shares: Sequence[UnitShare], measure: str, *, merge_ties: bool = True, blamed: bool = False
) -> Phrase:
    """区教育局5件，区人社局、区住建局各2件: classes of equal count, most first; 各 only for two or more.

    Without merging every unit has its own number: 区教育局5件、区人社局2件、区住建局2件. `blamed`: the counts are of what was
    not done in time.
    """
    return _counts([(_name(share, blamed), share.figure) for share in shares], measure, merge_ties=merge_ties)


def counts_by_name(shares: Sequence[Share], measure: str, *, merge_ties: bool = False) -> Phrase:
    """微信订阅号5次、微信服务号2次、微博1次、抖音1次: each with its own number unless ties are merged."""
    return _counts([(Span(share.wording), share.figure) for share in shares], measure, merge_ties=merge_ties)


def _counts(shares: Sequence[tuple[Span, Figure]], measure: str, *, merge_ties: bool) -> Phrase:
    spans: list[Span] = []
    if not merge_ties:
        for name, figure in shares:
            spans += [Span("、" if spans else ""), name, *counted(figure, measure)]
        return tidy(spans)
    for _, tie in groupby(shares, key=lambda share: share[1].value):
        members = list(tie)
        figures = [figure for _, figure in members]
        names = _row([name for name, _ in members])
        each = "各" if len(members) > 1 else ""
        spans += [Span("，" if spans else ""), *names, Span(each), *counted(_tied(figures), measure)]
    return tidy(spans)


def breakdown(shares: Sequence[Share], measure: str, *, rest: Figure | None = None, rest_name: str = "其他") -> Phrase:
    """A646条，B904条, and where the parts do not explain the total, the remainder by name: ，其他1件.

    Zero parts are not told.
    """
    told = [share for share in shares if share.figure]
    if rest:
        told.append(Share(rest_name, rest))
    spans: list[Span] = []
    for share in told:
        spans += [Span("，" if spans else ""), Span(share.wording), *counted(share.figure, measure)]
    return tidy(spans)


def apart(phrase: Phrase) -> str:
    """The stop before a phrase that follows a breakdown: a second 其中 would read as part of the first."""
    return "；" if phrase and phrase[0].text.startswith("其中") else "，"


def tidy(spans: Iterable[Span]) -> Phrase:
    """Adjacent plain spans as one, empty ones dropped: the same words in the fewest spans."""
    tidied: list[Span] = []
    for span in spans:
        if span.is_plain and tidied and tidied[-1].is_plain:
            tidied[-1] = Span(tidied[-1].text + span.text)
        elif span.text:
            tidied.append(span)
    return tuple(span for span in tidied if span.text)


def sentence(*parts: Phrase | str) -> Phrase:
    """Phrases and words in a row, as one phrase."""
    spans: list[Span] = []
    for part in parts:
        spans += [Span(part)] if isinstance(part, str) else part
    return tidy(spans)
