"""The June 2020 notice, rendered once for all tests that look at it."""

from __future__ import annotations

import io
import statistics
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pdfplumber
import pytest
from django.conf import settings
from PIL import Image

from reports.notice import Notice
from reports.renderers.font_folder import FontFolder
from reports.renderers.pdf import Press
from tests.reports.june_notice import LETTERHEAD, june_notice

MM = 25.4 / 72
RASTER = 508
"""Dots an inch: 20 a millimetre."""


def is_turned(char: dict[str, Any]) -> bool:
    """Whether the character is set aslant, as a watermark's are."""
    return abs(char["matrix"][1]) > 0.01


@dataclass
class DrawnLine:
    """The characters of one printed line, from left to right."""

    chars: list[dict[str, Any]]

    @property
    def text(self) -> str:
        return "".join(char["text"] for char in self.chars)

    @property
    def top(self) -> float:
        """Top of the em squares of most characters: a borrowed glyph states its own."""
        return statistics.median(char["top"] for char in self.chars) * MM

    @property
    def bottom(self) -> float:
        return max(char["bottom"] for char in self.chars) * MM

    @property
    def left(self) -> float:
        return self.chars[0]["x0"] * MM

    @property
    def right(self) -> float:
        return self.chars[-1]["x1"] * MM


@dataclass
class DrawnPage:
    """One page of a PDF, measured in mm from its top left corner."""

    number: int
    page: Any

    @cached_property
    def lines(self) -> list[DrawnLine]:
        """Every line, the page number's included."""
        rows: dict[int, list[dict[str, Any]]] = {}
        for char in self.page.chars:
            if not is_turned(char):
                baseline = round(self.page.height - char["matrix"][5])
                key = next((known for known in (baseline, baseline - 1, baseline + 1) if known in rows), baseline)
                rows.setdefault(key, []).append(char)
        ordered = (sorted(rows[key], key=lambda char: char["x0"]) for key in sorted(rows))
        return [DrawnLine(chars) for chars in ordered]

    @property
    def text_lines(self) -> list[DrawnLine]:
        """The lines inside the type area."""
        return [line for line in self.lines if line.top < 262]

    @property
    def folio(self) -> DrawnLine | None:
        """The page number's line."""
        below = [line for line in self.lines if line.top > 262]
        return below[0] if below else None


class DrawnPdf:
    """A finished PDF and what can be measured in it."""

    def __init__(self, content: bytes, folder: Path) -> None:
        self.content = content
        self.folder = folder
        self.pages = [
            DrawnPage(order, page) for order, page in enumerate(pdfplumber.open(io.BytesIO(content)).pages, start=1)
        ]

    @property
    def words(self) -> str:
        """All text in the type area, in the order in which it stands, without white space."""
        return "".join("".join(line.text for line in page.text_lines) for page in self.pages).replace(" ", "")

    def ink(self, page: int) -> Any:
        """The page as an array of dots, red, green and blue."""
        image = self.folder / f"page-{page}.ppm"
        if not image.exists():
            file = self.folder / "notice.pdf"
            file.write_bytes(self.content)
            command = ["pdftoppm", "-r", str(RASTER), "-f", str(page), "-l", str(page), "-singlefile", file]
            subprocess.run([*command, image.with_suffix("")], check=True)
        with Image.open(image) as picture:
            return np.asarray(picture).astype(np.int16)


def bands(rows: Any) -> list[tuple[float, float]]:
    """Runs of true values of a row or column of dots, in mm."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], rows.astype(int), [0]))))
    return [(begin * 25.4 / RASTER, end * 25.4 / RASTER) for begin, end in edges.reshape(-1, 2)]


@pytest.fixture(scope="session")
def press() -> Press:
    """WeasyPrint with the portal's fonts."""
    folder = FontFolder(Path(settings.FONTS_DIR))
    folder.prepare()
    return Press(folder)


@pytest.fixture(scope="session")
def drawn(press: Press, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Notice], DrawnPdf]:
    """Draw a notice and open the PDF."""

    def draw(notice: Notice) -> DrawnPdf:
        return DrawnPdf(press.draw(notice), tmp_path_factory.mktemp("pdf"))

    return draw


@pytest.fixture(scope="session")
def plain(drawn: Callable[[Notice], DrawnPdf]) -> DrawnPdf:
    """June 2020 as it went out: title first, no 版记."""
    return drawn(june_notice())


@pytest.fixture(scope="session")
def formal(drawn: Callable[[Notice], DrawnPdf]) -> DrawnPdf:
    """June 2020 with letterhead and 版记."""
    return drawn(june_notice(LETTERHEAD))


@pytest.fixture(scope="session")
def draft(drawn: Callable[[Notice], DrawnPdf]) -> DrawnPdf:
    """A draft whose 版记 page bears no number."""
    return drawn(june_notice(replace(LETTERHEAD, draft=True, number_imprint_page=False)))


@pytest.fixture
def font_folder(tmp_path: Path) -> FontFolder:
    """A fonts folder of its own with the bundled fonts, prepared."""
    folder = FontFolder(tmp_path / "fonts")
    folder.bundled.mkdir(parents=True)
    for font in FontFolder(Path(settings.FONTS_DIR)).bundled.glob("Fandol*.otf"):
        (folder.bundled / font.name).symlink_to(font)
    folder.prepare()
    return folder
