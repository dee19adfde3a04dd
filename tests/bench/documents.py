"""A warm PDF of the notice against LibreOffice's cold conversion of the DOCX."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from reports.renderers import RENDERERS
from tests.bench.timing import report, seconds
from tests.reports.june_notice import june_notice


def measure() -> None:
    """The June 2020 notice; says so where LibreOffice is not installed."""
    notice = june_notice()
    cold = seconds(lambda: RENDERERS["pdf"](notice))
    warm = seconds(lambda: RENDERERS["pdf"](notice), times=7)
    report("首次排版 PDF / 再次排版", cold / warm, "-", f"{cold:.2f} / {warm:.2f} 秒")
    office = shutil.which("soffice")
    if not office:
        print("  未安装 LibreOffice，未比较 PDF 排版与 DOCX 转换。")
        return
    with tempfile.TemporaryDirectory() as folder:
        document = Path(folder) / "notice.docx"
        document.write_bytes(RENDERERS["docx"](notice).content)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(document)]

        def convert() -> None:
            subprocess.run(command, check=True, capture_output=True)

        convert()
        conversion = seconds(convert, times=5)
    report("排版 PDF / LibreOffice 转换 DOCX", warm / conversion, "≤ 0.35", f"{warm:.2f} / {conversion:.2f} 秒")
