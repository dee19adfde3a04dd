from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.management import CommandError, call_command
from fontTools.ttLib import TTFont

from reports.renderers.errors import RenderError
from reports.renderers.font_folder import DIGITS_FILE, FontFolder, make_digit_font
from reports.renderers.fonts import DIGITS, Source
from reports.renderers.pdf import Press
from reports.typesetting.faces import EM, Face
from tests.reports.june_notice import june_notice


@pytest.fixture
def office_font(font_folder: FontFolder) -> Path:
    """A stand-in for the office's own 仿宋: FandolFang under the commercial font's name."""
    with TTFont(font_folder.bundled / "FandolFang-Regular.otf", lazy=True) as font:
        for record in font["name"].names:
            if record.nameID in (1, 4, 16):
                record.string = "FangSong_GB2312"
        target = font_folder.office / "simfang.otf"
        font.save(target)
    return target


def test_an_office_font_is_used_as_soon_as_it_lies_in_the_folder(
    font_folder: FontFolder, office_font: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not font_folder.is_current()
    library = font_folder.prepare()
    use = next(use for use in library.uses() if use.face is Face.FANG)
    assert (use.used, use.source, use.substituted) == ("FangSong_GB2312", Source.OFFICE, False)
    assert str(use) == "仿宋使用FangSong_GB2312（本单位安装）。"
    monkeypatch.setenv("FONTCONFIG_FILE", "")
    content = Press(font_folder).draw(june_notice())
    pdf = pikepdf.open(io.BytesIO(content))
    names = {str(item.get("/FontName")) for item in pdf.objects if isinstance(item, pikepdf.Dictionary)}
    assert any("FangSong" in name for name in names)
    assert len(pdf.pages) == 4


def test_a_missing_office_font_is_reported(font_folder: FontFolder) -> None:
    sentences = [str(use) for use in font_folder.library().uses()]
    assert sentences[0] == "仿宋未安装FangSong_GB2312，以FandolFang（随系统提供）代替。"
    assert len(sentences) == 5


def test_preparing_twice_changes_nothing(font_folder: FontFolder) -> None:
    def states() -> dict[str, tuple[int, int]]:
        files = (font_folder.configuration, font_folder.index, font_folder.bundled / DIGITS_FILE)
        return {file.name: (file.stat().st_mtime_ns, file.stat().st_ino) for file in files}

    before = states()
    font_folder.prepare()
    assert states() == before


def test_the_title_is_set_in_the_bold_cut(font_folder: FontFolder) -> None:
    """Fandol's bold files call themselves regular; the configuration corrects them."""
    library = font_folder.library()
    assert library.chains[Face.BIAOSONG][0].bold
    assert not library.chains[Face.HEI][0].bold


def test_digits_come_from_the_digit_font_and_rare_characters_from_noto(font_folder: FontFolder) -> None:
    library = font_folder.library()
    digit, hanzi, rare = (library.font_for(char, Face.FANG) for char in "7政䶮")
    assert digit is not None
    assert hanzi is not None
    assert rare is not None
    assert DIGITS in digit.record.families
    assert "FandolFang" in hanzi.record.families
    assert "Noto Serif CJK SC" in rare.record.families
    assert [library.advance(char, Face.FANG) for char in "7政䶮"] == [EM // 2, EM, EM]


def test_the_digit_font_is_small_renamed_and_as_high_as_fandol(font_folder: FontFolder) -> None:
    file = font_folder.bundled / DIGITS_FILE
    assert file.stat().st_size < 20_000
    with TTFont(file) as font:
        assert set(font.getBestCmap()) == set(range(0x20, 0x7F))
        assert not [
            record for record in font["name"].names if record.nameID in (1, 4, 6) and "Liberation" in str(record)
        ]
        assert font["hhea"].ascent == round(0.88 * font["head"].unitsPerEm)
        assert {font["hmtx"][font.getBestCmap()[ord(digit)]][0] for digit in "0123456789"} == {1024}


def test_an_old_liberation_is_refused(tmp_path: Path, font_folder: FontFolder) -> None:
    """Version 1 has another licence than 2.x."""
    old = tmp_path / "old.ttf"
    with TTFont(font_folder.bundled / DIGITS_FILE) as font:
        font["head"].fontRevision = 1.07
        font.save(old)
    with pytest.raises(RenderError, match=r"制作数字字体需要 Liberation Serif 2\.0 以上版本"):
        make_digit_font(old, tmp_path / "digits.ttf")


def test_the_command_says_what_stands_in_for_what(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("prepare_fonts")
    output = capsys.readouterr().out
    assert "公文字体已预备好。" in output
    assert output.count("。\n") >= 6


def test_the_command_fails_when_a_face_has_no_font(settings: Any, tmp_path: Path) -> None:
    settings.FONTS_DIR = tmp_path / "empty"
    with pytest.raises(CommandError) as problem:
        call_command("prepare_fonts")
    assert str(problem.value) == (
        "未找到仿宋字体：请将FangSong_GB2312等字体放入字体文件夹，"
        "或运行 .ci/fetch-fonts 取得随系统提供的字体，再运行 python manage.py prepare_fonts。"
    )
