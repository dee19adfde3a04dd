"""One notice, four formats, the same words."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser

import docx
import pytest
from docx.oxml.ns import qn

from reports.notice import Notice
from reports.renderers import RENDERERS
from tests.reports.june_notice import LETTERHEAD, TEXT, june_notice
from tests.reports.renderers.conftest import DrawnPdf

HEAD = "临沂市兰山区人民政府办公室文件临兰政办字〔2020〕31号"
FOOT = "抄送：区委办公室，区人大常委会办公室，区政协办公室。临沂市兰山区人民政府办公室2020年7月14日印发"


class Words(HTMLParser):
    """The text of a page's body."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.feed(page.partition("<body>")[2])

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def words(form: str, notice: Notice) -> str:
    content = RENDERERS[form](notice).content
    if form == "text":
        return squeezed(content.decode())
    if form == "html":
        return squeezed("".join(Words(content.decode()).words))
    document = docx.Document(io.BytesIO(content))
    return squeezed("".join(text.text or "" for text in document.element.body.iter(qn("w:t"))))


def test_text_is_the_notice_one_paragraph_a_line() -> None:
    rendered = RENDERERS["text"](june_notice())
    assert rendered.content.decode() == TEXT.read_text(encoding="utf-8").rstrip("\n") + "\n"
    assert rendered.filename.endswith("通报.txt")


@pytest.mark.parametrize("form", ["html", "docx"])
def test_the_words_are_the_same(form: str, plain: DrawnPdf) -> None:
    expected = words("text", june_notice())
    assert words(form, june_notice()) == expected
    assert squeezed(plain.words) == expected


@pytest.mark.parametrize("form", ["html", "docx"])
def test_head_and_imprint_are_the_same(form: str, formal: DrawnPdf) -> None:
    notice = june_notice(LETTERHEAD)
    expected = HEAD + words("text", notice) + FOOT
    assert words(form, notice) == expected
    assert squeezed(formal.words) == expected
