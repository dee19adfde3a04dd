from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from reports.notice import Notice, Paragraph, ParagraphKind, Section, Span
from reports.renderers import RENDERERS
from tests.reports.june_notice import LETTERHEAD, june_notice


def page_of(notice: Notice) -> str:
    return RENDERERS["html"](notice).content.decode()


def test_it_stands_alone() -> None:
    page = page_of(june_notice(LETTERHEAD))
    assert "<script" not in page
    assert not re.findall(r"(?:src|href|url)\s*[=(]", page)
    assert "default-src 'none'; style-src 'sha256-" in page
    assert '<html lang="zh-CN">' in page
    assert "style=" not in page


def test_figures_are_data_elements() -> None:
    notice = june_notice()
    found = re.findall(r'<data value="(\d+)" data-name="([\w.]+)"[^>]*>(\d+)</data>', page_of(notice))
    assert [(int(value), name) for value, name, _ in found] == [
        (figure.value, figure.name) for figure in notice.figures()
    ]
    assert all(value == text for value, _, text in found)
    assert len(found) > 15


def test_an_address_may_be_parted_after_its_separators() -> None:
    assert "https://<wbr>www.<wbr>chuangkit.<wbr>com/）" in page_of(june_notice())


def test_headings_are_headings() -> None:
    page = page_of(june_notice())
    assert re.findall(r"<h2>(.*?)</h2>", page) == ["一、基本情况", "二、存在的主要问题", "三、7月份工作安排"]
    assert len(re.findall("<h3>", page)) == 9
    assert page.count("<h1 ") == 1


def test_words_of_an_editor_are_never_markup() -> None:
    odd = Section("odd", (Paragraph(ParagraphKind.BODY, (Span("含有<b>与&的“段落”"),)),))
    page = page_of(replace(june_notice(), sections=(odd,)))
    assert "含有&lt;b&gt;与&amp;的“段落”" in page
    assert "<b>" not in page


@pytest.mark.parametrize("draft", [True, False])
def test_a_draft_is_marked(draft: bool) -> None:
    page = page_of(june_notice(replace(LETTERHEAD, draft=draft)))
    assert ('<article class="notice notice-draft"' in page) is draft


@pytest.mark.parametrize("width", [1440, 390])
def test_it_fits_the_screen_and_breaks_no_rule_of_its_own(
    width: int, new_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    """No sideways scrolling, nothing refused by its own Content-Security-Policy."""
    file = tmp_path / "notice.html"
    file.write_bytes(RENDERERS["html"](june_notice(LETTERHEAD)).content)
    page = new_context(viewport={"width": width, "height": 900}).new_page()
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.goto(file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("getComputedStyle(document.querySelector('.notice-title')).textAlign") == "center"
    assert messages == []
