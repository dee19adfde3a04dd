"""The notice as PDF/A-3a. The only module that imports WeasyPrint, and only when something is drawn."""

from __future__ import annotations

import hashlib
import logging
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import get_template, render_to_string

from reports.notice import Notice
from reports.renderers.errors import RenderError
from reports.renderers.font_folder import FontFolder
from reports.renderers.fonts import FontLibrary, FontUse, css_stack
from reports.renderers.paper import TEMPLATE, Paper
from reports.renderers.rendered import Rendered
from reports.typesetting.characters import joins_previous
from reports.typesetting.faces import Face
from reports.typesetting.pages import ImprintPlace

STYLESHEET = "reports/notice/v1/paper.css"
VARIANT = "pdf/a-3a"
"""Accessible (tagged) PDF/A-3: PDF/A-1 forbids OpenType fonts, and level A includes level U's searchable text."""


class Press:
    """WeasyPrint with one set of fonts: configuration and stylesheet are read once and kept.

    Drawing goes one at a time, because Pango's font map is not made for threads.
    """

    def __init__(self, folder: FontFolder) -> None:
        if not folder.configuration.exists():
            raise RenderError("字体配置文件已丢失，请运行 python manage.py prepare_fonts 重新生成后再试。")
        os.environ["FONTCONFIG_FILE"] = str(folder.configuration)
        import weasyprint
        from weasyprint.text.ffi import harfbuzz_subset
        from weasyprint.text.fonts import FontConfiguration

        require_subsetting(harfbuzz_subset)
        self._weasyprint: Any = weasyprint
        self.library: FontLibrary = folder.library()
        self.library.uses()
        self._fonts: Any = FontConfiguration()
        stylesheet = render_to_string(STYLESHEET, {"stacks": {face.value: css_stack(face) for face in Face}})
        self._style: Any = weasyprint.CSS(string=stylesheet, font_config=self._fonts, url_fetcher=refuse)
        self._lock = threading.Lock()

    def draw(self, notice: Notice) -> bytes:
        """The PDF's bytes; raises RenderError when it would not show the notice faithfully."""
        with self._lock:
            paper = Paper.compose(notice, self.library)
            expected = self._expected_families(paper)
            document, content = self._attempt(paper, paper.pagination.imprint)
            if paper.imprint and len(document.pages) % 2:
                # The text fell on other pages than foreseen: an even page of its own is right in every case.
                document, content = self._attempt(paper, ImprintPlace.NEXT_EVEN_PAGE)
        require_families({font.family for font in document.fonts.values()}, expected)
        return content

    def _attempt(self, paper: Paper, place: ImprintPlace) -> tuple[Any, bytes]:
        markup = get_template(TEMPLATE).render(paper.context(place))
        with failing_on_warnings():
            html = self._weasyprint.HTML(string=markup, url_fetcher=refuse)
            document = html.render(font_config=self._fonts, stylesheets=[self._style], pdf_variant=VARIANT)
            content = document.write_pdf(
                pdf_variant=VARIANT, pdf_identifier=hashlib.sha256(markup.encode()).digest()[:16]
            )
        return document, content

    def _expected_families(self, paper: Paper) -> set[str]:
        """Every name of every font the text needs; raises RenderError for a character no font has."""
        expected: set[str] = set()
        for order, (text, face) in enumerate(paper.texts(), start=1):
            for character in dict.fromkeys(text):
                if joins_previous(character):
                    continue
                font = self.library.font_for(character, face)
                if font is None:
                    raise RenderError(
                        f"{face.label}及其后备字体中没有“{character}”字（U+{ord(character):04X}），"
                        f"见第{order}段“{text[:16]}”。请在字体文件夹中安装含有该字的字体。"
                    )
                expected.update(font.record.families)
        return expected


def refuse(url: str, *_: object, **__: object) -> dict[str, Any]:
    """Fetch nothing: a notice stands alone and no address in it is ever called."""
    raise RenderError(f"排版时不允许读取外部资源：{url}")


def require_subsetting(library: object) -> None:
    """Raise RenderError when HarfBuzz cannot subset fonts: without it a page takes ten times as long."""
    if not library:
        raise RenderError("缺少系统软件包 libharfbuzz-subset0，无法嵌入字体，请安装后再试。")


def require_families(used: set[str], expected: set[str]) -> None:
    """Raise RenderError when a font got in that the text does not call for, as when the configuration is lost."""
    if strangers := sorted(used - expected):
        raise RenderError(
            f"排版使用了预定以外的字体：{'、'.join(strangers)}。"
            "字体配置可能已丢失，请运行 python manage.py prepare_fonts 后再试。"
        )


class _Warnings(logging.Handler):
    """Keeps what WeasyPrint warns of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.sentences: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.sentences.append(record.getMessage())


@contextmanager
def failing_on_warnings() -> Iterator[None]:
    """Turn what WeasyPrint only logs into a RenderError: a glyph not found, a resource not read, a rule not known."""
    handler = _Warnings()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
    if handler.sentences:
        raise RenderError(f"排版未能如实完成：{handler.sentences[0]}")


# --- one press a process

_presses: dict[tuple[Path, str], Press] = {}
_presses_lock = threading.Lock()


def press(path: Path) -> Press:
    """The press for a fonts folder; a new one when fonts were added or taken away."""
    folder = FontFolder(path)
    with _presses_lock:
        key = (path, folder.fingerprint())
        if key not in _presses:
            if folder.index.exists() and folder.configuration.exists() and not folder.is_current():
                folder.prepare()
            _presses.clear()
            _presses[key] = Press(folder)
        return _presses[key]


def render_pdf(notice: Notice) -> Rendered:
    """The notice as an official document on paper (GB/T 9704-2012), tagged, all fonts embedded."""
    content = press(Path(settings.FONTS_DIR)).draw(notice)
    return Rendered(f"{notice.full_title}.pdf", "application/pdf", content)


def font_report() -> tuple[FontUse, ...]:
    """Which family stands for each face of the document; raises RenderError when fonts were never prepared."""
    return FontFolder(Path(settings.FONTS_DIR)).library().uses()
