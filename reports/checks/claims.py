"""Claims about all: an 均 that its own sentence contradicts, and 各部门 where streets and towns are among them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from reports.checks.context import CheckContext
from reports.checks.finding import Code, Finding, Level
from reports.checks.reading import NoticeText, Sentence
from reports.checks.unit_lists import unit_lists
from reports.checks.unit_names import resolved
from units.directory import DirectoryEntry

VERBS = r"(答复|回复|反馈|办结|办理|整改|上传|报送|公开|更新|完成|提交|上报)"
ALL = re.compile(
    rf"(?:均|全部|都)(?:已|能)?(?:经)?(?:按时|按期|及时|如期|在规定(?:时间|时限|期限)内|在法定期限内)?(?:进行了?|予以|完成了?)?(?:规范)?{VERBS}"
)
NOT_ALL = re.compile(
    rf"(?:未|没有|尚未|仍未)(?:能)?(?:按时|按期|及时|如期|按要求|在规定(?:时间|时限|期限)内|在法定期限内)?(?:完成|进行|予以|全部)?{VERBS}"
    rf"|(?:逾期|超期|超时限?|迟延)(?:未)?{VERBS}"
)
LATE_WORDS = re.compile(r"(?:有|其中)[^，。；]{0,20}(?:逾期|超期|超时)(?=$|[，。；])")
EXCEPTED = re.compile(r"其余|其他|其它|剩余|除.{1,30}外|以外|此外")
NONE_LATE = re.compile(r"(?<!\d)0[件条次个]|无[一]?|未发现|没有出现|不存在")
RATE = re.compile(r"(?:按时|按期|及时)?(答复|回复|办结|整改|上传|报送|完成)率(?:为|达到?|是)?(\d+(?:\.\d+)?)%")

DEPARTMENTS_ALL = re.compile(r"(?<!镇街)(?:各|有关|相关|涉及|以上|上述)部门(?:均|都|已|全部)")
NOT_A_DEPARTMENT = re.compile(r"(?:街道|街道办事处|街道办|镇|乡|镇人民政府|管委会|经开区|高新区|开发区|商城|园区)$")
KINDS_NOT_DEPARTMENT = {"镇", "乡", "街道", "管委会"}


def check_all(text: NoticeText, context: CheckContext) -> Iterator[Finding]:
    """均按时答复 while the same sentence names one unanswered, one answered late or a rate below 100%."""
    for sentence in text.sentences:
        for claim in ALL.finditer(sentence.text):
            clause = re.split(r"[，；：]", sentence.text[: claim.start()])[-1]
            if EXCEPTED.search(clause) or clause.endswith(("未", "要", "应", "须", "是否", "确保")):
                continue
            if contradiction := _contradiction(sentence, claim):
                yield Finding(
                    Code.ALL_CLAIM_UNTRUE,
                    Level.ERROR,
                    f"本句既说“{claim[0]}”，又说“{contradiction}”，前后矛盾；有未按时的，应改为“其余{claim[0]}”并列明未按时的单位。",
                    sentence.where,
                )
                break


def _contradiction(sentence: Sentence, claim: re.Match[str]) -> str:
    verb = claim[1]
    for found in NOT_ALL.finditer(sentence.text):
        clause = _clause_around(sentence.text, found)
        if (found[1] or found[2]) == verb and not NONE_LATE.search(clause) and not _demanded(clause):
            return clause
    for found in RATE.finditer(sentence.text):
        if found[1] == verb and Decimal(found[2]) < 100:
            return found[0]
    found_late = LATE_WORDS.search(sentence.text)
    if found_late and "按时" in claim[0] and not NONE_LATE.search(found_late[0]):
        return found_late[0]
    return ""


def _clause_around(text: str, found: re.Match[str]) -> str:
    begin = max(text.rfind(mark, 0, found.start()) for mark in "，；：（") + 1
    end = min((position for mark in "，；：）" if (position := text.find(mark, found.end())) >= 0), default=len(text))
    return text[begin:end]


def _demanded(clause: str) -> bool:
    return re.search(r"不得|严禁|避免|防止|对.{0,12}的(?:单位|部门)", clause) is not None


def check_departments(text: NoticeText, context: CheckContext) -> Iterator[Finding]:
    """各部门均按时答复 while the units named in the sentence include streets, towns or committees: 各单位 is meant."""
    for sentence in text.sentences:
        said = DEPARTMENTS_ALL.search(sentence.text)
        if not said:
            continue
        named = dict.fromkeys(name for units in unit_lists(sentence) for name in units.names)
        others = [name for name in named if _is_no_department(name, context)]
        if others:
            words = said[0]
            yield Finding(
                Code.DEPARTMENTS_INCLUDE_STREETS,
                Level.WARNING,
                f"“{words}”所指单位中有{'、'.join(others)}，不是部门，建议改为“{words.replace('部门', '单位')}”。",
                sentence.where,
            )


def _is_no_department(name: str, context: CheckContext) -> bool:
    if context.directory is not None:
        found = resolved(context.directory, name, context)
        if isinstance(found, DirectoryEntry):
            return found.kind in KINDS_NOT_DEPARTMENT
    return NOT_A_DEPARTMENT.search(name) is not None
