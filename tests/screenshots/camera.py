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
HELP_WINDOW = {"width": 1200, "height": 760}
SHARPNESS = 1.5
"""Pixels of a help picture to one of the page, so that it stays sharp where a guide makes it smaller."""
AROUND = 12
"""What is left around the part a help picture is cut to."""
SESSION = "sessionid"


@dataclass(frozen=True)
class Shot:
    """One picture: its name, who looks, at what address, and what is done there first.

    `helps` is the name under which it is kept for the help pages, in few colours: cut to the parts `cut_to` selects, as
    far as they fit a window, or the window itself. `help_act` is done first instead of `act`, where they differ.
    """

    name: str
    who: str
    path: str
    act: Callable[[Any], None] | None = None
    helps: str = ""
    cut_to: str = ""
    help_act: Callable[[Any], None] | None = None
    widths: tuple[int, ...] = (1440, 390)


class Camera:
    """A browser that takes pictures of one portal."""

    def __init__(self, browser: Any, address: str, session_of: Callable[[str], str], folder: Path) -> None:
        self.browser, self.address, self.session_of, self.folder = browser, address, session_of, folder
        self.complaints: list[str] = []

    @contextmanager
    def _page(self, who: str, viewport: dict[str, int], sharpness: float = 1) -> Iterator[Any]:
        context = self.browser.new_context(
            viewport=viewport,
            device_scale_factor=sharpness,
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
            with self._page(shot.who, {"width": width, "height": WIDTHS[width]}) as page:
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
        """What matters of the page as a small picture for the help pages."""
        with self._page(shot.who, HELP_WINDOW, SHARPNESS) as page:
            page.goto(shot.path, wait_until="networkidle")
            if act := shot.help_act or shot.act:
                act(page)
                page.wait_for_load_state("networkidle")
            cut = _around(page, shot.cut_to) if shot.cut_to else None
            picture = Image.open(io.BytesIO(page.screenshot(clip=cut, full_page=cut is not None)))
        folder.mkdir(parents=True, exist_ok=True)
        picture.convert("RGB").quantize(64, dither=Image.Dither.NONE).save(folder / f"{shot.helps}.png", optimize=True)


def _around(page: Any, selector: str) -> dict[str, float]:
    """The rectangle on the page around all that the selector finds, no higher than a window."""
    page.evaluate("window.scrollTo(0, 0)")
    boxes = [each.bounding_box() for each in page.locator(selector).all() if each.is_visible()]
    left, top = min(box["x"] for box in boxes) - AROUND, min(box["y"] for box in boxes) - AROUND
    right = max(box["x"] + box["width"] for box in boxes) + AROUND
    bottom = max(box["y"] + box["height"] for box in boxes) + AROUND
    return {"x": left, "y": top, "width": right - left, "height": min(bottom - top, HELP_WINDOW["height"])}
