"""发文字号: 临兰政办字〔2020〕31号, counted through a year without a gap (GB/T 9704-2012, 7.2.5). Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

NUMBER = re.compile(r"^(?P<word>[^〔〕\s]{1,30})〔(?P<year>\d{4})〕(?P<number>[1-9]\d{0,4})号$")


def number_of(word: str, year: int, number: int) -> str:
    """临兰政办字〔2020〕31号."""
    return f"{word}〔{year}〕{number}号"


def _used(word: str, year: int, issued: Iterable[str]) -> list[int]:
    parts = [match for each in issued if (match := NUMBER.match(each))]
    return [int(match["number"]) for match in parts if (match["word"], int(match["year"])) == (word, year)]


def proposed(word: str, year: int, issued: Iterable[str]) -> str:
    """The next number of that year after those issued; nothing where the office numbers no notices."""
    return number_of(word, year, max(_used(word, year, issued), default=0) + 1) if word else ""


def fault(given: str, year: int, issued: Iterable[str]) -> str:
    """What is wrong with a number, as a sentence; nothing where it may be used. The first of a year may be any."""
    match = NUMBER.match(given)
    if not match:
        return (
            f"发文字号“{given}”的写法不对，应写作“临兰政办字〔{year}〕31号”，年份用六角括号，序号不加“第”、不编虚位。"
        )
    if int(match["year"]) != year:
        return f"发文字号的年份是{match['year']}年，与印发日期的{year}年不一致。"
    issued = list(issued)
    if given in issued:
        return f"发文字号“{given}”已经使用。"
    used = _used(match["word"], year, issued)
    following = max(used, default=0) + 1
    if used and int(match["number"]) != following:
        return f"发文字号应为“{number_of(match['word'], year, following)}”，序号须连续，不能跳号。"
    return ""
