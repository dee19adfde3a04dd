"""A .docx that somebody edits, as Word and WPS leave it, and notices that are edited."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from functools import cache
from typing import Any

from lxml import etree

from reports.composition import compose
from reports.figures.duties import DutyFigures
from reports.figures.figure import Figure, RowQuery
from reports.figures.notice_figures import NoticeFigures
from reports.notice import Notice
from reports.renderers.docx import render_docx
from reports.texts import ArrangementText, NoticeTexts
from tests.reports import figure_builders as build
from tests.reports.june_notice import LETTERHEAD

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PARSER = etree.XMLParser(resolve_entities=False)


def tagged(name: str) -> str:
    """The name as the document writes it."""
    return f"{{{W}}}{name}"


def made(name: str, *children: Any, text: str = "", **attributes: str) -> Any:
    """An element of a document."""
    node = etree.Element(tagged(name), {tagged(key): value for key, value in attributes.items()})
    node.text = text or None
    node.extend(children)
    return node


def run(text: str, *, deleted: bool = False) -> Any:
    """A run of text."""
    return made("r", made("delText" if deleted else "t", text=text))


@cache
def _rendered(notice: Notice) -> bytes:
    return render_docx(notice).content


class WordFile:
    """A document in an editor's hands."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.root = etree.fromstring(self.parts["word/document.xml"], PARSER)
        self.body = self.root.find(tagged("body"))

    @classmethod
    def of(cls, notice: Notice) -> WordFile:
        """The notice as the portal hands it out."""
        return cls(_rendered(notice))

    def content(self) -> bytes:
        """The file as it is saved."""
        self.parts["word/document.xml"] = etree.tostring(self.root, xml_declaration=True, encoding="UTF-8")
        return packed(self.parts)

    def paragraph(self, beginning: str) -> Any:
        """The one paragraph that begins so."""
        [found] = [p for p in self.body.iter(tagged("p")) if self.text(p).startswith(beginning)]
        return found

    @staticmethod
    def text(paragraph: Any) -> str:
        return "".join(node.text or "" for node in paragraph.iter(tagged("t")))

    def write(self, paragraph: Any, *runs: Any) -> None:
        """Put the runs in place of the paragraph's own."""
        for node in list(paragraph):
            if node.tag != tagged("pPr"):
                paragraph.remove(node)
        paragraph.extend(runs)

    def change(self, beginning: str, edit: Callable[[str], str]) -> None:
        """Edit a paragraph's words."""
        paragraph = self.paragraph(beginning)
        self.write(paragraph, run(edit(self.text(paragraph))))

    def insert_after(self, beginning: str, text: str) -> Any:
        """A new paragraph behind that one, set as it is."""
        paragraph = self.paragraph(beginning)
        new = deepcopy(paragraph)
        self.write(new, run(text))
        paragraph.addnext(new)
        return new

    def delete(self, beginning: str) -> Any:
        """Take a paragraph out."""
        paragraph = self.paragraph(beginning)
        self.body.remove(paragraph)
        return paragraph


def packed(parts: dict[str, bytes]) -> bytes:
    """The parts as a file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def district(*problems: DutyFigures) -> tuple[NoticeFigures, NoticeTexts]:
    """What a notice is made of: counts, named units, problems, an arrangement somebody counted himself."""
    mailbox = build.mailbox(("区教育局", 9), ("兰山街道", 6))
    total = Figure("mailbox.total", 15, build.JUNE, RowQuery("letters"), "收到信箱件数")
    figures = replace(
        build.nothing(),
        published=build.published({"动态类信息": {build.TOWNS: 521, build.DEPARTMENTS: 441}}),
        mailbox=replace(mailbox, total=total),
        problems=problems,
    )
    arrangement = ArrangementText(
        "做好年度总结", "一是及时公开上半年工作总结，并上传至规定栏目。\n二是认真撰写下半年的工作打算，报区政府办公室。"
    )
    texts = build.district_texts(
        arrangements=(arrangement,), contact="联系人：区政府办公室政务公开科", title_pattern="关于{period}|{area}政务公开工作情况的通报",
        annotation="此件公开发布", layout=LETTERHEAD,
    )  # fmt: skip
    return figures, texts


PROBLEMS = (
    build.duty("政务访谈稿", missing=("兰山街道", "枣园镇", "白沙埠镇"), action="报送"),
    build.duty("主动公开基本目录", missing=("区民政局", "区信访局"), title="目录公开不及时"),
    build.duty("标准目录", missing=("区司法局", "李官镇"), title="标准化工作重视不足"),
)


def district_notice(*problems: DutyFigures) -> Notice:
    """The notice as the rules compose it, of three problems where none are given."""
    return compose(*district(*(problems or PROBLEMS)))
