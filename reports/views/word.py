"""The Word round trip: a draft that was edited as a .docx comes back, and what of it is taken over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from lanshan_portal import notes
from reports.actions import drafting
from reports.actions.drafting import DraftRefused
from reports.models import NoticeDraft
from reports.notice import Notice
from reports.preparation import prepare_draft
from reports.views.drafts import draft_of
from reports.word_review import Change, ChangeKind, WordRefused, comments_of, compare, paragraphs_of
from units.access import access_of
from units.permissions import require
from units.roles import Permission

LARGEST = 20 * 1024 * 1024
TAKEN = (ChangeKind.CHANGED, ChangeKind.REMOVED, ChangeKind.ADDED)
"""What can be taken over; the parts a form of the draft sets are only told."""


@dataclass(frozen=True)
class Told:
    """One change with what it does to numbers and names."""

    change: Change
    warnings: tuple[str, ...]

    @property
    def may_be_taken(self) -> bool:
        """Whether it can be taken over here."""
        return self.change.kind in TAKEN and not self.change.moved

    @classmethod
    def of(cls, change: Change, notice: Notice) -> Told:
        """The change, and what is lost by it."""
        lost = (*change.numbers_lost(notice), *change.names_lost(notice)) if change.kind is ChangeKind.CHANGED else ()
        return cls(change, lost)


@require(Permission.DRAFT_NOTICE)
def drafts_word(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Bring the .docx; see what changed; take over what is ticked."""
    draft = draft_of(request, pk)
    if request.method == "POST" and "take" in request.POST:
        return _taken(request, draft)
    context: dict[str, Any] = {"draft": draft}
    if request.method == "POST":
        given = request.FILES.get("file")
        try:
            if given is None:
                raise WordRefused("请选择改好的 Word 文件。")
            if given.size is not None and given.size > LARGEST:
                raise WordRefused("文件超过 20 MB，请确认选对了文件。")
            content = given.read()
            notice = prepare_draft(draft).notice
            changes = [Told.of(change, notice) for change in compare(notice, paragraphs_of(content))]
            context |= {"checked": True, "changes": changes, "comments": comments_of(content), "name": given.name}
        except WordRefused as refused:
            context["sentence"] = str(refused)
    return render(request, "reports/draft/word.html", context, status=422 if "sentence" in context else 200)


def _taken(request: HttpRequest, draft: NoticeDraft) -> HttpResponseBase:
    """Take over what is ticked, each for itself; what cannot be is told."""
    by, at = access_of(request).person, timezone.now()
    versions = dict(draft.paragraphs.values_list("key", "version"))
    done, refused = 0, []
    for number in request.POST.getlist("take"):
        kind, key = request.POST.get(f"kind-{number}", ""), request.POST.get(f"key-{number}", "")
        after = request.POST.get(f"after-{number}", "")
        try:
            if kind == ChangeKind.ADDED:
                drafting.add(draft=draft, section=key, words=after, by=by, at=at)
            elif kind == ChangeKind.REMOVED:
                drafting.leave_out(draft=draft, key=key, version=versions.get(key, 0), by=by, at=at)
            else:
                version = versions.get(key, 0)
                drafting.change(draft=draft, key=key, words=after, version=version, by=by, at=at, from_word=True)
        except DraftRefused as problem:
            refused.append(str(problem))
        else:
            done += 1
    if done:
        notes.done(request, f"已采用 Word 中的 {done} 处修改。")
    for sentence in dict.fromkeys(refused):
        notes.refused(request, sentence)
    return redirect("notice", draft.span)
