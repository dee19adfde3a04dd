"""Names of units: one unit under one name, and every listed unit in the directory and in being."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from reports.checks.context import CheckContext
from reports.checks.finding import Code, Finding, Level
from reports.checks.reading import NoticeText
from reports.checks.unit_lists import is_unit, lists_of
from units.directory import Directory, DirectoryEntry, Unresolved, normalised

SHORTEST_IN_RUNNING_TEXT = 4

CONTRACTIONS = (
    ("市场监督管理局", "市场监管局"),
    ("人力资源和社会保障局", "人社局"),
    ("人力资源社会保障局", "人社局"),
    ("住房和城乡建设局", "住建局"),
    ("住房城乡建设局", "住建局"),
    ("卫生健康局", "卫健局"),
    ("卫生健康委员会", "卫健委"),
    ("卫生健康委", "卫健委"),
    ("发展和改革局", "发改局"),
    ("发展改革局", "发改局"),
    ("发展和改革委员会", "发改委"),
    ("教育和体育局", "教体局"),
    ("教育体育局", "教体局"),
    ("文化和旅游局", "文旅局"),
    ("工业和信息化局", "工信局"),
    ("退役军人事务局", "退役军人局"),
    ("行政审批服务局", "行政审批局"),
    ("农业机械发展中心", "农机发展中心"),
    ("扶贫开发办公室", "扶贫办"),
    ("扶贫开发领导小组办公室", "扶贫办"),
    ("经济开发区管委会", "经开区"),
    ("经济开发区管理委员会", "经开区"),
    ("经济开发区", "经开区"),
    ("街道办事处", "街道"),
    ("街道办", "街道"),
    ("镇人民政府", "镇"),
    ("镇政府", "镇"),
    ("乡人民政府", "乡"),
    ("乡政府", "乡"),
)
"""Contractions that mean one unit everywhere: the statutory name and what offices write for it."""


@dataclass(frozen=True)
class Mention:
    """A unit's name as a sentence writes it."""

    name: str
    where: str
    listed: bool


def contracted(name: str) -> str:
    """The name with its usual contraction, so that two spellings of one unit become equal without a directory."""
    for long, short in CONTRACTIONS:
        if name.endswith(long):
            return name.removesuffix(long) + short
    return name


def told_on(context: CheckContext) -> tuple[date, ...]:
    """The days on which a name may have been right: the issue date, and the ends of the period."""
    days = [context.issued_on] if context.issued_on else []
    if context.period:
        days += [context.period.last, context.period.start]
    return tuple(days)


def resolved(directory: Directory, name: str, context: CheckContext) -> DirectoryEntry | Unresolved:
    """The unit a name means on any of the notice's days, or why none does on the first of them."""
    failure: Unresolved | None = None
    for day in told_on(context):
        found = directory.resolve(name, day)
        if isinstance(found, DirectoryEntry):
            return found
        failure = failure or found
    return failure or Unresolved("")


def mentions(text: NoticeText, context: CheckContext) -> Iterator[Mention]:
    """Names in lists; with a directory also its longer names in running text (group names are no units)."""
    for units in lists_of(text):
        for name in units.names:
            yield Mention(name, units.sentence.where, listed=True)
    if context.directory is None:
        return
    groups = {entry.group for entry in context.directory}
    known = {name for entry in context.directory for name in entry.names[1:]}
    known = {name for name in known if len(name) >= SHORTEST_IN_RUNNING_TEXT}
    if not known:
        return
    pattern = re.compile("|".join(map(re.escape, sorted(known | groups, key=len, reverse=True))))
    for sentence in text.sentences:
        for found in pattern.finditer(sentence.text):
            if found[0] not in groups and f"{found[0]}（以下简称" not in sentence.text:
                yield Mention(found[0], sentence.where, listed=False)


def check_two_names(text: NoticeText, context: CheckContext) -> Iterator[Finding]:
    """One unit is called by one name throughout; by the directory's aliases, or by contractions that are certain."""
    spellings: dict[object, dict[str, str]] = {}
    preferred: dict[object, str] = {}
    for mention in mentions(text, context):
        key: object = contracted(mention.name)
        if context.directory is not None and told_on(context):
            entry = resolved(context.directory, mention.name, context)
            if isinstance(entry, DirectoryEntry):
                key = entry.unit_id
                preferred[key] = entry.short_name
        spellings.setdefault(key, {}).setdefault(mention.name, mention.where)
    for key, names in spellings.items():
        if len(names) < 2:
            continue
        told = "与".join(f"“{name}”（{where}）" for name, where in names.items())
        choice = preferred.get(key) or min(names, key=len)
        yield Finding(
            Code.UNIT_TWO_NAMES,
            Level.WARNING,
            f"{told}是同一单位，全文应使用同一名称，建议统一写作“{choice}”。",
            list(names.values())[-1],
        )


def check_known(text: NoticeText, context: CheckContext) -> Iterator[Finding]:
    """Every listed name is a unit of the directory that existed in the notice's time, under that name."""
    directory = context.directory
    if directory is None or not len(directory) or not told_on(context):
        return
    seen: set[str] = set()
    for units in lists_of(text):
        for name in units.names:
            if name in seen or not is_unit(name):
                continue
            seen.add(name)
            found = resolved(directory, name, context)
            if isinstance(found, Unresolved):
                yield Finding(_reason(directory, name, context), Level.WARNING, found.sentence, units.sentence.where)


def _reason(directory: Directory, name: str, context: CheckContext) -> Code:
    bearers = [entry for entry in directory if normalised(name) in map(normalised, entry.names)]
    if not bearers:
        return Code.UNIT_UNKNOWN
    if any(entry.existed_at(day) for entry in bearers for day in told_on(context)):
        return Code.UNIT_NAME_OUTDATED
    return Code.UNIT_DISSOLVED
