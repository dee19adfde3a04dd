"""The file between check and confirm: kept on this side, bound to who brought it, gone after a day."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from disclosures.models import ImportBatch, Job
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
    origin: str = ""
    """Where it came from, if not from a file: a sentence for the pages about it."""

    # --- keeping and finding

    @classmethod
    def keep(
        cls,
        chunks: Iterable[bytes],
        *,
        kind: str,
        file_name: str,
        user_id: int,
        office_id: int | None,
        at: datetime,
        origin: str = "",
    ) -> PendingUpload:
        """Keep a file that arrives in `chunks`; what others left more than a day ago goes."""
        sweep(at)
        token = secrets.token_urlsafe(24)
        size = 0
        with _private(_folder() / f"{token}.sheet").open("wb") as kept:
            for chunk in chunks:
                size += kept.write(chunk)
        upload = cls(token, kind, file_name[-255:], size, user_id, office_id, at.isoformat(), origin)
        write(f"{token}.upload", asdict(upload))
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
        data = read(f"{token}.upload")
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
        data = read(f"{self.token}.report")
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
            faultless=data["faultless"],
        )

    def reported(self, report: SheetReport) -> None:
        """Keep the outcome of its check."""
        kept = asdict(replace(report, batch=None))
        write(f"{self.token}.report", kept | {"preview": [list(row) for row in report.preview]})

    def forget_report(self) -> None:
        """Let it be checked again."""
        (_folder() / f"{self.token}.report.json").unlink(missing_ok=True)

    def job(self) -> Job | None:
        """The work in the background that was last asked for it."""
        data = read(f"{self.token}.job")
        return Job.objects.filter(pk=data["pk"]).first() if data else None

    def given_to(self, job: Job) -> None:
        """Note the work in the background that was asked for it."""
        write(f"{self.token}.job", {"pk": job.pk})

    def batch(self) -> ImportBatch | None:
        """The batch it became."""
        return ImportBatch.objects.filter(upload=self.token).first()


@dataclass(frozen=True)
class Bundle:
    """Several files that were brought at once: the uploads they became, and those that are no sheet, with the reason."""

    token: str
    user_id: int
    office_id: int | None
    at: str
    uploads: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]

    @classmethod
    def keep(
        cls,
        uploads: Iterable[PendingUpload],
        refused: Iterable[tuple[str, str]],
        *,
        user_id: int,
        office_id: int | None,
        at: datetime,
    ) -> Bundle:
        """Note what came together."""
        token = secrets.token_urlsafe(24)
        tokens = tuple(upload.token for upload in uploads)
        bundle = cls(token, user_id, office_id, at.isoformat(), tokens, tuple(refused))
        write(f"{token}.bundle", asdict(bundle))
        return bundle

    @classmethod
    def of_token(cls, token: str) -> Bundle | None:
        """The bundle of that token, whoever asks."""
        data = read(f"{token}.bundle") if TOKEN.fullmatch(token) else None
        if data is None:
            return None
        return cls(**data | {"uploads": tuple(data["uploads"]), "refused": tuple(map(tuple, data["refused"]))})

    @classmethod
    def find(cls, token: str, *, user_id: int, office_id: int | None, at: datetime) -> Bundle | None:
        """The bundle of that token, if it is that person's, for that office, and not older than a day."""
        found = cls.of_token(token)
        if found is None or (found.user_id, found.office_id) != (user_id, office_id):
            return None
        return found if at - datetime.fromisoformat(found.at) <= KEPT_FOR else None

    def job(self) -> Job | None:
        """The work in the background that was last asked for it."""
        data = read(f"{self.token}.bundle-job")
        return Job.objects.filter(pk=data["pk"]).first() if data else None

    def given_to(self, job: Job) -> None:
        """Note the work in the background that was asked for it."""
        write(f"{self.token}.bundle-job", {"pk": job.pk})

    def members(self) -> list[PendingUpload]:
        """The uploads that are still there: neither imported and put away, nor given up."""
        return [upload for token in self.uploads if (upload := PendingUpload.of_token(token))]


def sweep(at: datetime) -> int:
    """Remove uploads that nobody came back to within a day; returns how many."""
    removed = 0
    for path in _folder().glob("*.upload.json"):
        upload = PendingUpload.of_token(path.name.partition(".")[0])
        if upload and at - datetime.fromisoformat(upload.at) > KEPT_FOR:
            upload.discard()
            removed += 1
    for path in _folder().glob("*.bundle.json"):
        bundle = Bundle.of_token(path.name.partition(".")[0])
        if bundle and at - datetime.fromisoformat(bundle.at) > KEPT_FOR:
            for kept in _folder().glob(f"{bundle.token}.*"):
                kept.unlink(missing_ok=True)
    return removed


def _private(path: Path) -> Path:
    path.touch(mode=0o600)
    return path


def read(name: str) -> dict[str, Any] | None:
    """What was written under a name."""
    try:
        data: dict[str, Any] = json.loads((_folder() / f"{name}.json").read_text())
    except FileNotFoundError:
        return None
    return data


def write(name: str, data: dict[str, Any]) -> None:
    """Write whole or not at all: a page may be reading."""
    path = _folder() / f"{name}.json"
    beside = _private(path.with_suffix(".new"))
    beside.write_text(json.dumps(data, ensure_ascii=False))
    beside.replace(path)
