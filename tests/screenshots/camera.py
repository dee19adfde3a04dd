"""Taking the pictures: each page in each width, the whole of it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image

WIDTHS = {1440: 900, 390: 844}
SESSION = "sessionid"


@dataclass(frozen=True)
class Shot:
    """One picture: its name, who looks, at what address, and what is done there first.

    `helps` is the name under which it is kept for the help pages, cut to the window and to few colours.
    """

    name: str
    who: str
    path: str
    act: Callable[[Any], None] | None = None
    helps: str = ""
    widths: tuple[int, ...] = (1440, 390)


class Camera:
    """A browser that takes pictures of one portal."""

    def __init__(self, browser: Any, address: str, session_of: Callable[[str], str], folder: Path) -> None:
        self.browser, self.address, self.session_of, self.folder = browser, address, session_of, folder
        self.complaints: list[str] = []

    @contextmanager
    def _page(self, who: str, width: int) -> Iterator[Any]:
        context = self.browser.new_context(
            viewport={"width": width, "height": WIDTHS[width]},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            base_url=self.address,
        )
        if who:
            context.add_cookies([{"name": SESSION, "value": self.session_of(who), "url": self.address}])
        page = context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url} {error}"))
        try:
            yield page
        finally:
            context.close()

    def take(self, shot: Shot) -> None:
        """The picture in each of its widths; a page wider than its window is complained of."""
        for width in shot.widths:
            with self._page(shot.who, width) as page:
                page.goto(shot.path, wait_until="networkidle")
                if shot.act:
                    shot.act(page)
                    page.wait_for_load_state("networkidle")
                if page.evaluate("document.documentElement.scrollWidth") > width:
                    self.complaints.append(f"{shot.name} 在 {width} 像素宽时需要横向滚动")
                place = self.folder / str(width) / f"{shot.name}.png"
                place.parent.mkdir(parents=True, exist_ok=True)
                page.screenshot(path=place, full_page=True)

    def take_for_help(self, shot: Shot, folder: Path) -> None:
        """The window as a small picture for the help pages."""
        with self._page(shot.who, 1440) as page:
            page.set_viewport_size({"width": 1200, "height": 760})
            page.goto(shot.path, wait_until="networkidle")
            if shot.act:
                shot.act(page)
                page.wait_for_load_state("networkidle")
            picture = Image.open(io.BytesIO(page.screenshot()))
        folder.mkdir(parents=True, exist_ok=True)
        picture.convert("RGB").quantize(64, dither=Image.Dither.NONE).save(folder / f"{shot.helps}.png", optimize=True)
