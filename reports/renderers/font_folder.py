"""The fonts folder: the office's own fonts, the bundled ones, and the configuration that makes exactly these count."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from reports.renderers.errors import RenderError
from reports.renderers.fonts import DIGITS, FontLibrary, FontRecord, Source

SERIF_SOURCES = (
    Path("/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf"),
    Path("/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf"),
)
"""Where Debian and Ubuntu put Liberation Serif 2.x (SIL OFL 1.1); 1.x has another licence and is refused."""

SYSTEM_FOLDERS = (
    Path("/usr/share/fonts/opentype/noto"),
    Path("/usr/share/fonts/truetype/lxgw-wenkai"),
    Path("/usr/share/fonts/opentype/lxgw-wenkai"),
)
"""System folders that lend rare characters; no other system font is ever seen."""

FONT_SUFFIXES = {".otf", ".ttf", ".ttc", ".otc"}
DIGITS_FILE = "LanshanDigits.ttf"
DIGITS_ASCENT, DIGITS_DESCENT = 0.88, 0.12
"""The vertical metrics of FandolFang, so that digits never change a line's height."""
BOLD = 180
"""fontconfig's weights from demibold upwards."""


@dataclass(frozen=True)
class FontFolder:
    """The folder `settings.FONTS_DIR`: `office/` first, `bundled/` second, the system's Noto CJK last."""

    path: Path

    @property
    def office(self) -> Path:
        """Fonts the office is licensed for and has put here."""
        return self.path / "office"

    @property
    def bundled(self) -> Path:
        """Free fonts that come with the portal."""
        return self.path / "bundled"

    @property
    def configuration(self) -> Path:
        """The private fonts.conf."""
        return self.path / "fonts.conf"

    @property
    def index(self) -> Path:
        """What fontconfig found, so that no program has to be asked at run time."""
        return self.path / "fonts.json"

    # --- preparing

    def prepare(self) -> FontLibrary:
        """Make the digit font, the configuration and the index; quick when nothing has changed.

        Raises RenderError when a source is missing or a face of the document has no font.
        """
        for folder in (self.office, self.bundled, self.path / "cache"):
            folder.mkdir(parents=True, exist_ok=True)
        digits = self.bundled / DIGITS_FILE
        if not digits.exists():
            make_digit_font(_serif_source(), digits)
        self._write(self.configuration, self._configuration_text())
        if not self.is_current():
            records = self._listed()
            FontLibrary(records).uses()
            entries = [record.as_json() for record in records]
            content = {"fingerprint": self.fingerprint(), "fonts": entries}
            self._write(self.index, json.dumps(content, ensure_ascii=False, indent=1))
        return self.library()

    def library(self) -> FontLibrary:
        """The fonts as last prepared; raises RenderError when they never were."""
        return FontLibrary.read(self.index)

    def is_current(self) -> bool:
        """Whether index and configuration describe the fonts that lie in the folders now."""
        try:
            known = json.loads(self.index.read_text(encoding="utf-8"))["fingerprint"]
        except (OSError, ValueError, KeyError):
            return False
        return bool(known == self.fingerprint()) and self.configuration.exists()

    def fingerprint(self) -> str:
        """Names, sizes and times of every font file that counts."""
        digest = hashlib.sha256()
        for folder in (self.office, self.bundled, *SYSTEM_FOLDERS):
            for file in sorted(folder.rglob("*")) if folder.is_dir() else ():
                if file.suffix.lower() in FONT_SUFFIXES:
                    status = file.stat()
                    digest.update(f"{file}|{status.st_size}|{status.st_mtime_ns}\n".encode())
        return digest.hexdigest()

    def _write(self, file: Path, content: str) -> None:
        """Replace a file in one step, and only if it changes: another process may be reading it."""
        if file.exists() and file.read_text(encoding="utf-8") == content:
            return
        fresh = file.with_name(f"{file.name}.{os.getpid()}")
        fresh.write_text(content, encoding="utf-8")
        fresh.replace(file)

    def _configuration_text(self) -> str:
        folders = "\n".join(
            f"  <dir>{escape(str(folder))}</dir>" for folder in (self.office, self.bundled, *SYSTEM_FOLDERS)
        )
        return FONTS_CONF.format(folders=folders, cache=escape(str(self.path / "cache")))

    def _listed(self) -> tuple[FontRecord, ...]:
        """Every font fontconfig sees with our configuration."""
        form = r"%{family}\t%{file}\t%{index}\t%{weight}\n"
        try:
            output = subprocess.run(
                ["fc-list", "--format", form],
                env={**os.environ, "FONTCONFIG_FILE": str(self.configuration)},
                check=True,
                capture_output=True,
                text=True,
            ).stdout
        except (OSError, subprocess.CalledProcessError) as problem:
            raise RenderError("无法列出字体：缺少系统软件包 fontconfig。") from problem
        return tuple(sorted(map(self._record, output.splitlines()), key=lambda record: (record.file, record.index)))

    def _record(self, line: str) -> FontRecord:
        families, file, index, weight = line.split("\t")
        path = Path(file)
        source = Source.SYSTEM
        if path.is_relative_to(self.office):
            source = Source.OFFICE
        elif path.is_relative_to(self.bundled):
            source = Source.BUNDLED
        # fontconfig writes a variable font's weight as a range and its instance in the index's upper half.
        heavy = float(weight.strip("[]").split()[0]) >= BOLD
        return FontRecord(tuple(families.split(",")), file, int(index) & 0xFFFF, heavy, source)


FONTS_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<!-- Written by manage.py prepare_fonts: exactly these folders, in this order, and no rule of the system's. -->
<fontconfig>
{folders}
  <cachedir>{cache}</cachedir>
  <!-- Fandol's bold files call themselves regular (usWeightClass 400). -->
  <match target="scan">
    <test name="family" compare="contains"><string>Fandol</string></test>
    <test name="style" compare="contains"><string>Bold</string></test>
    <edit name="weight" mode="assign"><const>bold</const></edit>
  </match>
</fontconfig>
"""


def _serif_source() -> Path:
    for source in SERIF_SOURCES:
        if source.exists():
            return source
    raise RenderError(
        "未找到制作数字字体所需的 Liberation Serif，请安装系统软件包 fonts-liberation2 或 fonts-liberation。"
    )


def make_digit_font(source: Path, target: Path) -> None:
    """Half-width digits and Latin letters from Liberation Serif 2.x, under a name of their own as its licence asks."""
    font = TTFont(BytesIO(source.read_bytes()), recalcTimestamp=False)
    if font["head"].fontRevision < 2:
        raise RenderError("制作数字字体需要 Liberation Serif 2.0 以上版本，请安装系统软件包 fonts-liberation2。")
    options = Options()
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.layout_features = []
    options.hinting = False
    options.drop_tables += ["FFTM"]
    options.notdef_outline = True
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=range(0x20, 0x7F))
    subsetter.subset(font)
    ascent, descent = (round(part * font["head"].unitsPerEm) for part in (DIGITS_ASCENT, DIGITS_DESCENT))
    font["hhea"].ascent, font["hhea"].descent, font["hhea"].lineGap = ascent, -descent, 0
    table = font["OS/2"]
    table.sTypoAscender, table.sTypoDescender, table.sTypoLineGap = ascent, -descent, 0
    table.usWinAscent, table.usWinDescent = ascent, descent
    for record in font["name"].names:
        renamed = {1: DIGITS, 3: f"{DIGITS} 1", 4: DIGITS, 6: DIGITS.replace(" ", "")}.get(record.nameID)
        if renamed:
            record.string = renamed
    fresh = target.with_name(f"{target.name}.{os.getpid()}")
    font.save(fresh)
    fresh.replace(target)
