"""What the PDF is as a file: archivable, accessible, self-contained; and when it is not made at all."""

from __future__ import annotations

import io
import os
import re

import pikepdf
import pytest

from reports.renderers import RENDERERS, RenderError, font_report
from reports.renderers.font_folder import FontFolder
from reports.renderers.pdf import Press, refuse, require_subsetting
from tests.reports.june_notice import june_notice
from tests.reports.renderers.conftest import DrawnPdf
from tests.reports.renderers.notices import notice_of

BUNDLED = {"Lanshan-Digits", "FandolFang", "FandolFang-R", "FandolKai", "FandolHei", "FandolSong", "FandolSong-Bold"}


@pytest.fixture(scope="module")
def pdf(formal: DrawnPdf) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(formal.content))


def test_the_file_is_sound(pdf: pikepdf.Pdf) -> None:
    assert pdf.check_pdf_syntax() == []
    assert not pdf.is_encrypted


def test_it_declares_pdf_a_3a(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as metadata:
        assert metadata.pdfa_status == "3A"
    assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"


def test_it_is_tagged_in_chinese_with_title_and_author(pdf: pikepdf.Pdf) -> None:
    assert str(pdf.Root.Lang) == "zh-CN"
    assert bool(pdf.Root.MarkInfo.Marked)
    assert str(pdf.docinfo.Title) == june_notice().full_title
    assert str(pdf.docinfo.Author) == "临沂市兰山区人民政府办公室"


def structure(pdf: pikepdf.Pdf) -> list[str]:
    """Kinds of the structure elements in reading order."""
    kinds: list[str] = []

    def walk(node: pikepdf.Object) -> None:
        if isinstance(node, pikepdf.Dictionary) and "/S" in node:
            kinds.append(str(node.S))
        children = node.get("/K") if isinstance(node, pikepdf.Dictionary) else None
        for child in children if isinstance(children, pikepdf.Array) else [children] if children is not None else []:
            if isinstance(child, pikepdf.Dictionary):
                walk(child)

    walk(pdf.Root.StructTreeRoot.K[0])
    return kinds


def test_headings_and_paragraphs_are_tagged_as_such(pdf: pikepdf.Pdf) -> None:
    kinds = structure(pdf)
    assert kinds[0] == "/Document"
    assert (kinds.count("/H1"), kinds.count("/H2"), kinds.count("/H3")) == (1, 3, 9)
    assert kinds.count("/P") >= 14


def test_the_outline_lists_the_headings(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        (title,) = outline.root
        assert re.sub(r"\s", "", title.title) == june_notice().full_title
        assert [part.title for part in title.children] == ["一、基本情况", "二、存在的主要问题", "三、7月份工作安排"]
        assert title.children[0].children[0].title == "（一）主动公开情况"


def test_every_font_is_embedded_and_one_of_ours(pdf: pikepdf.Pdf) -> None:
    names = set()
    for number in range(1, len(pdf.objects)):
        item = pdf.objects[number]
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
            assert {"/FontFile2", "/FontFile3"} & set(item.keys())
            names.add(str(item.FontName).partition("+")[2])
    assert names
    assert names <= BUNDLED


def test_the_same_notice_gives_the_same_bytes(press: Press, formal: DrawnPdf, plain: DrawnPdf) -> None:
    assert press.draw(june_notice()) == plain.content
    assert plain.content != formal.content


def test_the_renderer_names_its_file(press: Press) -> None:
    rendered = RENDERERS["pdf"](june_notice())
    assert rendered.filename == "临沂市兰山区人民政府办公室关于2020年6月份全区政务公开工作情况的通报.pdf"
    assert rendered.content_type == "application/pdf"
    assert rendered.content.startswith(b"%PDF-")


# --- when it is not made


def test_a_character_no_font_has_stops_the_render(press: Press) -> None:
    with pytest.raises(RenderError) as problem:
        press.draw(notice_of("接收单位为兰山区\ue000镇人民政府，请各单位知悉。"))
    assert str(problem.value) == (
        "仿宋及其后备字体中没有“\ue000”字（U+E000），见第4段“接收单位为兰山区\ue000镇人民政府，请”。"
        "请在字体文件夹中安装含有该字的字体。"
    )


def test_a_lost_configuration_file_stops_the_render(font_folder: FontFolder) -> None:
    font_folder.configuration.unlink()
    with pytest.raises(
        RenderError, match=r"字体配置文件已丢失，请运行 python manage\.py prepare_fonts 重新生成后再试。"
    ):
        Press(font_folder)


def test_fonts_never_prepared_stop_the_render(font_folder: FontFolder) -> None:
    font_folder.index.unlink()
    with pytest.raises(RenderError, match=r"字体尚未预备，请先运行 python manage\.py prepare_fonts。"):
        Press(font_folder)


def test_a_configuration_that_lets_other_fonts_in_stops_the_render(font_folder: FontFolder) -> None:
    """What happens when fontconfig falls back to the system's rules: everything becomes another face, silently."""
    text = font_folder.configuration.read_text(encoding="utf-8")
    bundled = f"<dir>{font_folder.bundled}</dir>"
    assert bundled in text
    font_folder.configuration.write_text(text.replace(bundled, ""), encoding="utf-8")
    with pytest.raises(RenderError, match=r"排版使用了预定以外的字体：Noto S.+。字体配置可能已丢失，请运行"):
        Press(font_folder).draw(june_notice())


@pytest.fixture(autouse=True)
def same_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A press names its configuration in the environment; the next test gets its own back."""
    monkeypatch.setenv("FONTCONFIG_FILE", os.environ.get("FONTCONFIG_FILE", ""))


def test_without_harfbuzz_s_subsetter_nothing_is_drawn() -> None:
    with pytest.raises(RenderError, match="缺少系统软件包 libharfbuzz-subset0，无法嵌入字体，请安装后再试。"):
        require_subsetting(None)


def test_no_address_is_ever_fetched() -> None:
    with pytest.raises(RenderError, match=r"排版时不允许读取外部资源：https://example\.org/x\.png"):
        refuse("https://example.org/x.png")


def test_substitutions_are_reported(press: Press) -> None:
    report = {use.face.label: str(use) for use in font_report()}
    assert set(report) == {"仿宋", "楷体", "黑体", "小标宋", "宋体"}
    for use in font_report():
        assert use.substituted is ("未安装" in str(use))
