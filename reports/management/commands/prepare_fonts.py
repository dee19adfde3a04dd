"""`manage.py prepare_fonts`: make the fonts folder ready for documents, and say which fonts stand in for which."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from reports.renderers.errors import RenderError
from reports.renderers.font_folder import FontFolder


class Command(BaseCommand):
    help = "预备公文字体：制作数字字体，写入字体配置，检查仿宋、楷体、黑体、小标宋、宋体是否齐备。可重复运行。"
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare the folder; a face without any font is an error."""
        folder = FontFolder(Path(settings.FONTS_DIR))
        try:
            library = folder.prepare()
            uses = library.uses()
        except RenderError as problem:
            raise CommandError(str(problem)) from problem
        for use in uses:
            self.stdout.write(str(use))
        if any(use.substituted for use in uses):
            self.stdout.write(f"如有授权字体，请放入 {folder.office} 后重新运行本命令。")
        self.stdout.write(self.style.SUCCESS("公文字体已预备好。"))
