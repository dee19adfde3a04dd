"""Lists of units in a sentence, with the number the sentence states for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reports.checks.counts import AFTER_A_UNIT, segments, split_names
from reports.checks.reading import NoticeText, Sentence, number_of

SUFFIX = (
    r"(?:街道办事处|办事处|街道办|街道|人民政府|镇政府|乡政府|管委会|管理委员会|委员会|办公室|经济开发区|开发区|经开区|高新区|产业园|园区|"
    r"商城|中心|总队|支队|大队|分局|总局|公司|集团|法院|检察院|医院|学校|联社|总工会|妇联|团[区县市]委|残联|科协|文联|工商联|"
    r"局|委|办|镇|乡|院|馆|站|社|处)"
)
UNIT = re.compile(rf"[\u4e00-\u9fff]{{1,18}}{SUFFIX}")
UNIT_BEFORE_WORDS = re.compile(
    rf"([\u4e00-\u9fff]{{1,12}}?{SUFFIX})(?=等|未|均|因|存在|被|对|在|仍|尚|没有|逾期|超期|迟|报送|上传|不|\d|共|已|$)"
)
GENERIC = re.compile(
    r"^(?:各|有关|相关|全[区县市省]|部分|个别|多数|其他|其余|镇街|乡镇|多个|本|该|上述|某|我|由|向|对|与|经|通过|将|从|到|在|是|为)"
    r"|[未已的按请要]|公开专栏|情况|工作"
)
NUMBER = r"(\d{1,3}|[两二三四五六七八九十]{1,3})"
NOUN = r"(?:单位|部门|镇街道|镇街|乡镇|镇办|街道|账号|网站|镇|村|社区)"
STATED = re.compile(rf"(?<![\d第]){NUMBER}[个家]{NOUN}")
STATED_AFTER = re.compile(rf"{NOUN}{NUMBER}[个家]$")
"""不合格账号4个: the number may follow what it counts."""
OWN_ACCOUNT = re.compile(r"(?<=[\u4e00-\u9fff])“[^“”]+”(?:[\u4e00-\u9fff]{0,5})$")
"""甲局“甲局发布”: a unit with the account of its that is meant."""
QUOTED = re.compile(r"^“([^“”]*)”$")
OF_UNITS = re.compile(rf"{NOUN}")
INTRODUCED = re.compile(r"(?:分别是|分别为|包括|即|有|为|是)(?=[\u4e00-\u9fff]+[、，])")


def number(words: str) -> int:
    """12 or 十二 as a number."""
    return int(words) if words.isdigit() else number_of(words)


@dataclass(frozen=True)
class UnitList:
    """Names in a row, how many the sentence says there are (None: it does not say), and where it stands."""

    names: tuple[str, ...]
    sentence: Sentence
    stated: int | None = None
    noun: str = "单位"
    partial: bool = False
    """等N个单位: the number may be larger than the names given."""
    alternatives: tuple[int, ...] = ()
    """Other lengths the list may have when 和 within it joins two names."""


def is_unit(name: str) -> bool:
    """Whether the words look like a unit's name (and not like 各部门 or a whole clause)."""
    return UNIT.fullmatch(name) is not None and GENERIC.search(name) is None


def _names(words: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The list's names; with the lengths it may have otherwise, where 和 may join or belong to a name."""
    words = re.sub(r"（[^）]*）|\([^)]*\)", "", words)
    words = QUOTED.sub(r"\1", words)
    plain = [QUOTED.sub(r"\1", name) for name in re.split(r"[、，]", words) if name]
    names = tuple(name for piece in plain for name in AFTER_A_UNIT.split(piece))
    return names, tuple({len(plain), len(names)} - {len(names)})


def unit_lists(sentence: Sentence) -> Iterator[UnitList]:
    """Every list of units of the sentence: after a colon, in brackets, before 等N个单位, with counts, as subjects."""
    for clause in sentence.clauses:
        announced = list(_announced(clause, sentence))
        yield from announced or _subjects(clause, sentence)
        yield from _counted(clause, sentence)


def _announced(clause: str, sentence: Sentence) -> Iterator[UnitList]:
    """仍有5个单位未上传：A、B…; …的单位有：A、B; 5个单位（A、B…）; …，分别是A、B."""
    for introduced, words in _introductions(clause):
        names, alternatives = _names(words)
        stated = list(STATED.finditer(introduced)) or list(STATED_AFTER.finditer(introduced))
        owners = [OWN_ACCOUNT.sub("", name) for name in names]
        lookalikes = sum(map(is_unit, owners))
        of_units = OF_UNITS.search(introduced) is not None
        short = all(
            len(name) <= 20 and not re.search(r"\d[条件次个篇]|^[一二三四五六七八九]是", name) for name in names
        )
        if not names or not short or not of_units or (lookalikes * 2 < len(names) and not _are_accounts(stated)):
            continue
        yield UnitList(
            names,
            sentence,
            stated=number(stated[-1][1]) if stated else None,
            noun=_noun(stated[-1]) if stated else "个单位",
            # Several accounts of one unit may stand in a list of units.
            alternatives=(*alternatives, len(set(owners))),
        )


def _are_accounts(stated: list[re.Match[str]]) -> bool:
    return bool(stated) and _noun(stated[-1]).endswith(("账号", "网站", "村", "社区"))


def _noun(stated: re.Match[str]) -> str:
    """个单位 of 5个单位 and of 单位5个."""
    before, after = stated[0].split(stated[1])
    return after + before


def _introductions(clause: str) -> Iterator[tuple[str, str]]:
    """Words that announce a list, and the words of the list."""
    if "：" in clause:
        head, _, words = clause.rpartition("：")
        yield head, words
        clause = head
    for found in re.finditer(r"（([^）]*、[^）]*)）", clause):
        yield clause[: found.start()].rpartition("，")[2], found[1]
    for found in INTRODUCED.finditer(clause):
        head, words = clause[: found.start()], clause[found.end() :]
        if (STATED.search(head) and head.endswith("，")) or head.endswith(("单位", "部门", "镇街")):
            yield head, words


def _subjects(clause: str, sentence: Sentence) -> Iterator[UnitList]:
    """A、B、C等5个单位未…, A、B 2个单位…, and A、B、C未…: names that stand before what is said of them."""
    for segment in re.split(r"[，：（）]", re.sub(r"（[^）]*）", "", clause)):
        if "、" not in segment:
            continue
        pieces = segment.split("、")
        last = UNIT_BEFORE_WORDS.match(pieces[-1])
        if last is None:
            continue
        tail = pieces[-1][last.end() :]
        first = re.sub(r"^(?:.*(?:涉及|包括)到?|其中|分别是|分别为)", "", pieces[0])
        if not is_unit(first):
            first = re.sub(r"^.*(?:发现|有|对)", "", first)
        names = tuple(name for piece in (first, *pieces[1:-1], last[1]) for name in AFTER_A_UNIT.split(piece))
        if not all(map(is_unit, names)) or re.match(r"各?\d+[条件次篇]|各", tail):
            continue
        counted = re.match(rf"(等?)(?:共)?{NUMBER}[个家]{NOUN}", tail)
        yield UnitList(
            names,
            sentence,
            stated=number(counted[2]) if counted else None,
            noun=tail[counted.end(2) : counted.end()] if counted else "个单位",
            partial=bool(counted and counted[1]),
        )


def _counted(clause: str, sentence: Sentence) -> Iterator[UnitList]:
    """A5件，B、C各2件: one list for a run of counts, so that a name told twice is found."""
    run: list[str] = []
    for segment in segments(clause):
        if segment.marker and run:
            yield UnitList(tuple(run), sentence)
            run = []
        for count in segment.counts:
            run += [name for whole in count.names for name in _single(whole, each=count.each) if is_unit(name)]
    if run:
        yield UnitList(tuple(run), sentence)


def _single(words: str, *, each: bool) -> tuple[str, ...]:
    """A name before its number, freed of words before it; several names without 各 are one group's name."""
    if each:
        return split_names(words)
    return (words,)


def lists_of(text: NoticeText) -> list[UnitList]:
    """All lists of units in the text."""
    return [found for sentence in text.sentences for found in unit_lists(sentence)]
