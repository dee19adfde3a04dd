"""`make screenshots`: every page, full, empty and in error, at 1440 and 390 pixels, into var/screenshots/.

python -m tests.screenshots             all pictures
python -m tests.screenshots overview    those whose name begins so
python -m tests.screenshots --help-pages    only those of the help pages, into the static files
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from tests.screenshots.portal import ROOT, People, prepare, served

PICTURES = ROOT / "var" / "screenshots"
HELP_PICTURES = ROOT / "lanshan_portal" / "static" / "portal" / "help"


def main() -> int:
    """Take the pictures; 1 where a page complained."""
    wanted = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    only_help = "--help-pages" in sys.argv
    with tempfile.TemporaryDirectory(prefix="lanshan-pictures-") as var:
        prepare(Path(var))
        from playwright.sync_api import sync_playwright

        from tests.conftest import browser_type_launch_args
        from tests.screenshots.camera import Camera
        from tests.screenshots.shots import SHOTS, furnish

        people = People.made()
        furnish(people.users)
        if not wanted and not only_help:
            shutil.rmtree(PICTURES, ignore_errors=True)
        with served() as address, sync_playwright() as driver:
            browser = driver.chromium.launch(**browser_type_launch_args.__wrapped__())
            camera = Camera(browser, address, people.session_of, PICTURES)
            for shot in SHOTS:
                if wanted and not shot.name.startswith(tuple(wanted)):
                    continue
                if not only_help:
                    camera.take(shot)
                    print(f"  {shot.name}", flush=True)
                if shot.helps and (only_help or not wanted):
                    camera.take_for_help(shot, HELP_PICTURES)
            browser.close()
    for complaint in camera.complaints:
        print(complaint, file=sys.stderr)
    return 1 if camera.complaints else 0


if __name__ == "__main__":
    raise SystemExit(main())
