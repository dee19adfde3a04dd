"""Several sheets at once, checked and imported one after the other: a few small ones at once, many in the background."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from disclosures import jobs
from disclosures.models import ImportBatch, Job
from disclosures.uploads import sheet_jobs
from disclosures.uploads.pending import Bundle
from units.models import Office, User

CHECK_BUNDLE, IMPORT_BUNDLE = "check_bundle", "import_bundle"


def check(bundle: Bundle, *, by: User, at: datetime) -> None:
    """Have every file of the bundle checked that has no report."""
    _do(CHECK_BUNDLE, bundle, f"核对{len(bundle.uploads)}个文件", by=by, at=at)


def bring_in(bundle: Bundle, *, by: User, at: datetime) -> None:
    """Have every file of the bundle imported whose check found no errors."""
    _do(IMPORT_BUNDLE, bundle, f"导入{len(bundle.uploads)}个文件", by=by, at=at)


def _do(kind: str, bundle: Bundle, title: str, *, by: User, at: datetime) -> None:
    members = bundle.members()
    if sum(upload.size for upload in members) <= sheet_jobs.LARGE_BYTES:
        (_checked if kind == CHECK_BUNDLE else _imported)(bundle, None)
        return
    office = Office.objects.get(pk=bundle.office_id) if bundle.office_id else None
    job = jobs.begin(kind=kind, title=title, by=by, office=office, arguments={"token": bundle.token}, at=at)
    bundle.given_to(job)


def _checked(bundle: Bundle, run: jobs.Run | None) -> tuple[int, int]:
    """Check what has no report; how many files are in order, and how many have errors."""
    members = bundle.members()
    good = 0
    for number, upload in enumerate(members):
        if run:
            run.progress(number, len(members))
        report = upload.report() or sheet_jobs.checked(upload)
        good += report.accepted
    return good, len(members) - good


def _imported(bundle: Bundle, run: jobs.Run | None) -> int:
    """Import what is in order; how many files. Each is a batch of its own."""
    ready = [
        upload
        for upload in bundle.members()
        if (report := upload.report()) and report.accepted and report.new + report.updated
    ]
    done = 0
    for number, upload in enumerate(ready):
        if run:
            run.progress(number, len(ready))
        if sheet_jobs.imported(upload).batch is not None:
            upload.discard()
            done += 1
    return done


def _bundle_of(job: Job) -> Bundle:
    bundle = Bundle.of_token(job.arguments["token"])
    if bundle is None:
        raise jobs.Refused(sheet_jobs.GONE)
    return bundle


@jobs.work(CHECK_BUNDLE, "逐个核对文件")
def check_bundle(run: jobs.Run) -> jobs.Outcome:
    """Check the files of a bundle."""
    bundle = _bundle_of(run.job)
    run.step(0)
    good, faulty = _checked(bundle, run)
    words = f"{good}个文件没有错误" + (f"，{faulty}个有错误" if faulty else "")
    return jobs.Outcome(f"{words}。", address=reverse("imports_bundle", args=[bundle.token]))


@jobs.work(IMPORT_BUNDLE, "逐个导入文件")
def import_bundle(run: jobs.Run) -> jobs.Outcome:
    """Import the files of a bundle; one that a lost worker has written is not written again."""
    bundle = _bundle_of(run.job)
    run.step(0)
    written = ImportBatch.objects.filter(upload__in=bundle.uploads)
    address = reverse("imports_bundle", args=[bundle.token])
    try:
        _imported(bundle, run)
    except jobs.Cancelled:
        if not written.exists():
            raise
        return jobs.Outcome(f"已取消，取消前导入了{written.count()}个文件。", address=address)
    return jobs.Outcome(f"已导入{written.count()}个文件。", address=address)
