"""The file between check and confirm: kept on this side, bound to who brought it, gone after a day."""

from __future__ import annotations

import json
import os
import re
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from disclosures.sheets.errors import RowError
from disclosures.sheets.report import PreviewRow, SheetReport

KEPT_FOR = timedelta(days=1)
TOKEN = re.compile(r"[\w-]{32}")


def _folder() -> Path:
    folder = Path(settings.MEDIA_ROOT) / "pending"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


@dataclass(frozen=True)
class PendingUpload:
    """A sheet that was uploaded and not yet imported; its files are named by an unguessable token."""

    token: str
    kind: str
    file_name: str
    size: int
    user_id: int
    office_id: int | None
    at: str

    # --- keeping and finding

    @classmethod
    def keep(
        cls, chunks: Iterable[bytes], *, kind: str, file_name: str, user_id: int, office_id: int | None, at: datetime
    ) -> PendingUpload:
        """Keep a file that arrives in `chunks`; what others left more than a day ago goes."""
        sweep(at)
        token = secrets.token_urlsafe(24)
        size = 0
        with _private(_folder() / f"{token}.sheet").open("wb") as kept:
            for chunk in chunks:
                size += kept.write(chunk)
        upload = cls(token, kind, file_name[-255:], size, user_id, office_id, at.isoformat())
        upload._write("upload", asdict(upload))
        return upload

    @classmethod
    def find(cls, token: str, *, kind: str, user_id: int, office_id: int | None, at: datetime) -> PendingUpload | None:
        """The upload of that token, if it is that person's, for that office and kind, and not older than a day."""
        found = cls.of_token(token)
        if found is None or (found.user_id, found.office_id, found.kind) != (user_id, office_id, kind):
            return None
        return found if at - datetime.fromisoformat(found.at) <= KEPT_FOR else None

    @classmethod
    def of_token(cls, token: str) -> PendingUpload | None:
        """The upload of that token, whoever asks; for the task that works on it."""
        if not TOKEN.fullmatch(token):
            return None
        data = _read(_folder() / f"{token}.upload.json")
        return cls(**data) if data else None

    def content(self) -> bytes:
        """The file as it came."""
        return (_folder() / f"{self.token}.sheet").read_bytes()

    def discard(self) -> None:
        """Remove everything kept of it."""
        for path in _folder().glob(f"{self.token}.*"):
            path.unlink(missing_ok=True)

    # --- what became of it

    def report(self) -> SheetReport | None:
        """The outcome of its check, once there is one."""
        data = _read(_folder() / f"{self.token}.report.json")
        if data is None:
            return None
        return SheetReport(
            kind=self.kind,
            file_name=self.file_name,
            sha256=data["sha256"],
            new=data["new"],
            updated=data["updated"],
            unchanged=data["unchanged"],
            errors=tuple(RowError(**error) for error in data["errors"]),
            warnings=tuple(data["warnings"]),
            preview=tuple(PreviewRow(*row) for row in data["preview"]),
        )

    def reported(self, report: SheetReport) -> None:
        """Keep the outcome of its check."""
        self._write("report", report.as_json() | {"preview": [list(row) for row in report.preview]})

    def progress(self) -> dict[str, Any]:
        """How far a task has come with it: step, whether it failed, the batch it became."""
        return _read(_folder() / f"{self.token}.progress.json") or {}

    def progressed(self, step: str, **more: Any) -> None:
        """Note how far a task has come."""
        self._write("progress", {"step": step, **more})

    def confirm(self) -> bool:
        """Note that its uploader wants it imported; whether this was the first time."""
        return self._first("confirmed")

    def take(self) -> bool:
        """Take it to import it; False where somebody has, so that however often it is asked for it is written once."""
        return self._first("taken")

    def _first(self, mark: str) -> bool:
        """Leave a mark that only one can leave."""
        try:
            os.close(os.open(_folder() / f"{self.token}.{mark}", os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError:
            return False
        return True

    def _write(self, name: str, data: dict[str, Any]) -> None:
        """Write whole or not at all: a page may be reading."""
        path = _folder() / f"{self.token}.{name}.json"
        beside = _private(path.with_suffix(".new"))
        beside.write_text(json.dumps(data, ensure_ascii=False))
        beside.replace(path)


def sweep(at: datetime) -> int:
    """Remove uploads that nobody came back to within a day; returns how many."""
    removed = 0
    for path in _folder().glob("*.upload.json"):
        upload = PendingUpload.of_token(path.name.partition(".")[0])
        if upload and at - datetime.fromisoformat(upload.at) > KEPT_FOR:
            upload.discard()
            removed += 1
    return removed


def _private(path: Path) -> Path:
    path.touch(mode=0o600)
    return path


def _read(path: Path) -> dict[str, Any] | None:
    try:
        data: dict[str, Any] = json.loads(path.read_text())
    except FileNotFoundError:
        return None
    return data
