"""Which pictures are taken."""

from __future__ import annotations

from typing import Any

from tests.screenshots import tasks
from tests.screenshots.camera import Shot

JUNE = "from=2020-06-01&to=2020-06-30"
ON = "issued_on=2020-07-06"

SHOTS = (
    Shot("sign-in", "", "/login/"),
    Shot("overview", "staff", f"/2020-06/?{ON}"),
    Shot("overview-empty", "staff", "/2021-03/"),
    Shot("published-items", "staff", f"/rows/published_items/?{JUNE}"),
    Shot("published-items-empty", "staff", "/rows/published_items/?from=2021-01-01&to=2021-01-31"),
    Shot("published-items-error", "staff", "/rows/published_items/?from=never"),
    *tasks.SHOTS,
)


def furnish(users: dict[str, Any]) -> None:
    """What the pictures need besides the sample."""
    tasks.furnish(users)
