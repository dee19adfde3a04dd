"""Marks and numbers as official documents write them (GB/T 9704-2012, 7.2.5 and 7.3.5; GB/T 15834, 15835)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from reports.checks.context import CheckContext
from reports.checks.finding import Code, Finding, Level
from reports.checks.lines import ISSUE_DATE, without_spaces
from reports.checks.reading import NoticeText

CHINESE = r"\u4e00-\u9fff"
ADDRESS = re.compile(r"<?(?:https?://|www\.)[A-Za-z0-9./?=&%_:#~\-]+>?|[A-Za-z0-9._\-]+@[A-Za-z0-9.\-]+")
HALF_WIDTH = re.compile(rf"(?<=[{CHINESE}”》〕）])[,;:!?()]|[,;:!?()](?=[{CHINESE}“《〔（])")
FULL_WIDTH = str.maketrans(",;:!?()", "，；：！？（）")
DOUBLED = re.compile(r"([，、；：。])\1+|[，、；][。]|。[，、；]|，[、；]|、[，；]")
YEAR_BRACKETS = re.compile(r"([\[【［(（])((?:19|20)\d{2})([\]】］)）])(?=第?\d+号)")
NUMBER_FORM = re.compile(r"[\[【［(（〔](?:19|20)\d{2}[\]】］)）〕](第\d+号|0\d*号)")
YEAR_SHORT = re.compile(r"〔(\d{2})〕\d+号")
LEADING_ZERO = re.compile(r"(?:\d{4}年)?(?<!\d)(?:0\d月(?:\d{1,2}[日号])?|\d{1,2}月0\d[日号])")
SEPARATOR = re.compile(r"(?<![\d,])\d{1,3}(?:[,，]\d{3})+(?=[条件次个篇份家人元%])")
SPACE = re.compile(rf"(?<=\d)[ \u00a0\u3000]+(?=[{CHINESE}])|(?<=[{CHINESE}])[ \u00a0\u3000]+(?=\d)")
PAIRS = {"“": "”", "《": "》", "（": "）", "〔": "〕", "【": "】"}


def check_document_numbers(text: NoticeText, context: CheckContext) -> Iterator[Finding]:
    """临兰政办字〔2020〕23号: hexagonal brackets, four digits of the year, no 第, no leading zero (7.2.5)."""
    for line, where in text.lines():
        for found in YEAR_BRACKETS.finditer(line):
            yield _document_number(f"发文字号的年份“{found[0]}”应用六角括号，写作“〔{found[2]}〕”。", where)
        for found in NUMBER_FORM.finditer(line):
            right = found[1].lstrip("第").lstrip("0")
            yield _document_number(f"发文顺序号“{found[1]}”不加“第”字、不编虚位，应为“{right}”。", where)
        for found in YEAR_SHORT.finditer(line):
            yield _document_number(f"发文字号的年份“〔{found[1]}〕”应写全四位，例如“〔20{found[1]}〕”。", where)


def _document_number(message: str, where: str) -> Finding:
    return Finding(Code.DOCUMENT_NUMBER, Level.WARNING, message, where)


def check_half_width(text: NoticeText, context: CheckContext) -> Iterator[Finding]:
    """Half-width commas, colons and brackets between Chinese words; addresses of websites keep theirs."""
    for line, where in text.lines():
        plain = YEAR_BRACKETS.sub("〔\\2〕", ADDRESS.sub(lambda found: "网" * len(found[0]), line))
        marks = Counter(found[0] for found in HALF_WIDTH.finditer(SEPARATOR.sub("", plain)))
        if marks:
            told = "、".join(f"“{mark}”应为“{mark.translate(FULL_WIDTH)}”" for mark in marks)
            yield Finding(Code.PUNCTUATION_HALF_WIDTH, Level.WARNING, f"正文应使用全角标点：{told}。", where)


def check_doubled(text: NoticeText, context: CheckContext) -> Iterator[Finding]:
    """，， or ，。: a mark too many."""
    for line in text.paragraphs:
        for found in DOUBLED.finditer(line):
            quoted = line[max(0, found.start() - 8) : found.end()]
            yield Finding(
                Code.PUNCTUATION_DOUBLED,
                Level.WARNING,
                f"“{quoted}”处标点重复，请删去多余的标点。",
                f"“{quoted}”",
            )


def check_brackets(text: NoticeText, context: CheckContext) -> Iterator[Finding]:
    """Every opening bracket or quotation mark of a paragraph is closed."""
    for line in text.paragraphs:
        for opening, closing in PAIRS.items():
            if line.count(opening) != line.count(closing):
                yield Finding(
                    Code.BRACKETS_UNBALANCED,
                    Level.WARNING,
                    f"本段“{opening}”有{line.count(opening)}个，“{closing}”有{line.count(closing)}个，请补齐或删去。",
                    f"“{line[:12]}……”",
                )


def check_numbers(text: NoticeText, context: CheckContext) -> Iterator[Finding]:
    """No leading zeros in dates (7.3.5.4), no thousands separators, the issue date in arabic digits."""
    for line, where in (*text.lines(), (text.title, "标题"), (text.dated, "成文日期")):
        for found in LEADING_ZERO.finditer(line):
            right = re.sub(r"(?<!\d)0(?=\d[月日号])", "", found[0])
            yield Finding(Code.DATE_FORM, Level.WARNING, f"日期“{found[0]}”的月、日不编虚位，应为“{right}”。", where)
        for found in SEPARATOR.finditer(line):
            right = re.sub("[,，]", "", found[0])
            yield Finding(
                Code.THOUSANDS_SEPARATOR, Level.WARNING, f"数字“{found[0]}”不加千分撇，应为“{right}”。", where
            )
    if ISSUE_DATE.fullmatch(text.dated) and not text.dated[0].isdigit():
        yield Finding(
            Code.DATE_FORM,
            Level.WARNING,
            f"成文日期“{text.dated}”应使用阿拉伯数字，写作2020年7月14日的形式。",
            "成文日期",
        )


def check_spaces(text: NoticeText, context: CheckContext) -> Iterator[Finding]:
    """Spaces beside digits: often the traces of a paste; told once for the whole text."""
    found = [paragraph for paragraph in text.raw if SPACE.search(paragraph)]
    if found:
        where = SPACE.search(found[0])
        assert where is not None
        quoted = found[0][max(0, where.start() - 6) : where.end() + 6].strip()
        yield Finding(
            Code.SPACE_BESIDE_DIGIT,
            Level.INFORMATION,
            f"有{len(found)}段的数字与汉字之间有空格，例如“{quoted}”，排版时应删去。",
            f"“{without_spaces(quoted)}”",
        )


def check_repeated(text: NoticeText, context: CheckContext) -> Iterator[Finding]:
    """A title line or a whole paragraph that stands twice."""
    for line in {line: None for line in text.title_lines if text.title_lines.count(line) > 1}:
        yield Finding(Code.TITLE_REPEATED, Level.WARNING, f"标题行“{line}”重复，请删去一行。", "标题")
    for line, times in Counter(text.paragraphs).items():
        if times > 1 and len(line) >= 12:
            yield Finding(
                Code.PARAGRAPH_REPEATED,
                Level.WARNING,
                f"“{line[:20]}……”一段出现{times}次，请删去重复的段落。",
                f"“{line[:12]}……”",
            )
