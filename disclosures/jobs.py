"""Long work in the background: begun with the transaction that asks for it, done by a worker, taken up again when lost.

A kind of work is a function that takes a `Run` and returns an `Outcome`; it registers itself with `work`. It names its steps,
says how far it has come, and ends at once when the person cancels. It may be run twice: a worker can die.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from time import monotonic
from typing import Any

from celery import shared_task
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from disclosures.models import Job, StoredFile
from units.models import Office, User

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 3
BEATS_EVERY = 5.0
"""Seconds between two signs of life of a job under way."""
LOST_AFTER = timedelta(seconds=60)
"""A job that has given no sign of life for so long is taken up again: its worker is gone, or its message was lost."""
LOOKED_EVERY = 0.3
"""Seconds between two looks at whether the work is cancelled, and between two notes of how far it has come."""
LOST = "处理中断多次，没有完成，请重新提交；再次出现时，请告知系统管理员。"
BROKEN = "系统在处理中出错，没有完成，也没有写入任何数据。请重新提交；再次出现时，请告知系统管理员。"


class Cancelled(Exception):
    """The person has cancelled the work; whatever was not committed is not written."""


class Refused(Exception):
    """The work cannot be done; the message is the sentence for the person."""


@dataclass(frozen=True)
class Outcome:
    """What came of the work: a sentence, and a file to fetch or a page to see."""

    sentence: str
    result: StoredFile | None = None
    address: str = ""


@dataclass(frozen=True)
class Progress:
    """How far work has come: its steps, the one under way, and the share of it that is done, if that is known."""

    steps: tuple[str, ...] = ()
    step: int = 0
    done: int = 0
    total: int = 0
    cancelled: bool = False
    """Whether the person has cancelled, though the work has not noticed yet."""

    @property
    def now(self) -> str:
        """The step under way."""
        return self.steps[self.step] if self.steps else ""


@dataclass
class Run:
    """One run of a job: what it works on, and the way to say how far it has come."""

    job: Job
    steps: tuple[str, ...]
    _step: int = 0
    _looked_at: float = field(default=0.0, repr=False)

    def step(self, number: int) -> None:
        """Step `number` (counted from 0) begins."""
        self._step = number
        self._looked_at = 0.0
        self.progress(0, 0)

    def progress(self, done: int, total: int) -> None:
        """So much of the step is done; raises Cancelled when the person has cancelled. Cheap: ask as often as you like."""
        if monotonic() - self._looked_at < LOOKED_EVERY:
            return
        self._looked_at = monotonic()
        if _file(self.job.pk, "cancelled").exists():
            raise Cancelled
        _write(self.job.pk, {"steps": self.steps, "step": self._step, "done": done, "total": total})


Work = Callable[[Run], Outcome]


@dataclass(frozen=True)
class Kind:
    """A kind of work: its function and the names of its steps."""

    function: Work
    steps: tuple[str, ...]


KINDS: dict[str, Kind] = {}


def work(kind: str, *steps: str) -> Callable[[Work], Work]:
    """Register a function as the work of a kind, with the names of its steps."""

    def register(function: Work) -> Work:
        KINDS[kind] = Kind(function, steps)
        return function

    return register


# --- asking for it


def begin(
    *,
    kind: str,
    title: str,
    by: User,
    office: Office | None,
    arguments: dict[str, Any],
    at: datetime,
    here: bool = False,
) -> Job:
    """Ask for work; it starts when the transaction is committed. `here`: in this process, because it is small.

    Raises KeyError for a kind that nobody does.
    """
    KINDS[kind]
    job = Job.objects.create(
        office=office, by=by, kind=kind, title=title, arguments=arguments, created_at=at, asked_at=at
    )
    transaction.on_commit(lambda: run(job.pk) if here else _dispatch(job.pk))
    return job


def _dispatch(pk: int) -> None:
    try:
        run_job.delay(pk)
    except Exception:
        # The broker is away; the sweeper finds the job when it is back.
        logger.exception("后台任务 %s 没有交给工作进程", pk)


def cancel(job: Job) -> None:
    """Ask that the work end; what has not begun never begins."""
    _file(job.pk, "cancelled").touch()
    Job.objects.filter(pk=job.pk, state=Job.State.QUEUED).update(
        state=Job.State.CANCELLED, finished_at=timezone.now(), sentence="已取消。"
    )


def sweep(at: datetime) -> int:
    """Hand jobs that nobody works on to a worker again, and give up those that fail every time; how many were taken up."""
    taken = 0
    for job in Job.objects.active().filter(asked_at__lt=at - LOST_AFTER):
        if job.state == Job.State.RUNNING and at - _last_beat(job) < LOST_AFTER:
            continue
        if job.attempts >= MOST_ATTEMPTS:
            _end(job.pk, Job.State.FAILED, LOST)
            continue
        Job.objects.filter(pk=job.pk, state=job.state).update(state=Job.State.QUEUED, asked_at=at)
        _dispatch(job.pk)
        taken += 1
    return taken


# --- doing it


def run(pk: int) -> None:
    """Do the work of a job, unless somebody has taken it or it is ended."""
    taken = Job.objects.filter(pk=pk, state=Job.State.QUEUED).update(
        state=Job.State.RUNNING, attempts=F("attempts") + 1
    )
    if not taken:
        return
    job = Job.objects.select_related("office", "by").get(pk=pk)
    kind = KINDS[job.kind]
    try:
        with _beating(pk):
            outcome = kind.function(Run(job, kind.steps))
    except Cancelled:
        _end(pk, Job.State.CANCELLED, "已取消，没有写入任何数据。")
    except Refused as refused:
        _end(pk, Job.State.FAILED, str(refused))
    except Exception:
        logger.exception("后台任务 %s（%s）没有完成", pk, job.kind)
        _end(pk, Job.State.FAILED, BROKEN)
    else:
        _end(pk, Job.State.DONE, outcome.sentence, result=outcome.result, result_address=outcome.address)


@shared_task
def run_job(pk: int) -> None:
    """What a worker is asked to do: the work of a job."""
    run(pk)


def _end(pk: int, state: Job.State, sentence: str, **fields: Any) -> None:
    Job.objects.filter(pk=pk).update(state=state, sentence=sentence[:300], finished_at=timezone.now(), **fields)
    for name in ("progress", "cancelled", "beat"):
        _file(pk, name).unlink(missing_ok=True)


@contextmanager
def _beating(pk: int) -> Iterator[None]:
    """Give signs of life while the work goes on, whatever it is busy with."""
    ended = Event()

    def beat() -> None:
        while not ended.wait(BEATS_EVERY):
            _file(pk, "beat").touch()

    _file(pk, "beat").touch()
    thread = Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _last_beat(job: Job) -> datetime:
    """The last sign of life of a job under way."""
    try:
        return datetime.fromtimestamp(_file(job.pk, "beat").stat().st_mtime, tz=UTC)
    except FileNotFoundError:
        return job.asked_at


# --- how far it has come


def progress_of(job: Job) -> Progress:
    """How far a job has come; before it has said anything, the names of its steps."""
    cancelled = _file(job.pk, "cancelled").exists()
    try:
        data = json.loads(_file(job.pk, "progress").read_text())
    except FileNotFoundError:
        return Progress(KINDS[job.kind].steps if job.kind in KINDS else (), cancelled=cancelled)
    return Progress(tuple(data["steps"]), data["step"], data["done"], data["total"], cancelled)


def _file(pk: int, name: str) -> Path:
    folder = Path(settings.MEDIA_ROOT) / "jobs"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / f"{pk}.{name}"


def _write(pk: int, data: dict[str, Any]) -> None:
    """Whole or not at all: a page may be reading."""
    beside = _file(pk, "progress-new")
    beside.write_text(json.dumps(data, ensure_ascii=False))
    beside.replace(_file(pk, "progress"))
