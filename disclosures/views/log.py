"""Taking the log out as a workbook."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from disclosures import jobs, log_export
from disclosures.downloads import XLSX, download
from lanshan_portal import notes
from units.access import access_of, office_of
from units.forms.log import LogFilterForm
from units.permissions import require
from units.roles import Permission


@require(Permission.READ_LOG)
@require_POST
def export(request: HttpRequest) -> HttpResponseBase:
    """What the page of the log lists, all of it: at once where it is little, else as a job."""
    office, by, now = office_of(request), access_of(request).user, timezone.now()
    assert by is not None, "signed in"
    parameters = {name: request.POST[name] for name in LogFilterForm.base_fields if request.POST.get(name)}
    back = f"{reverse('log')}?{urlencode(parameters)}"
    selection = log_export.asked_for(office, parameters)
    if selection is None:
        return redirect(back)
    found = log_export.small(selection)
    if found is None:
        title = f"导出操作日志（{log_export.in_words(parameters) or '全部'}）"
        arguments = {"parameters": parameters}
        jobs.begin(kind=log_export.KIND, title=title[:200], by=by, office=office, arguments=arguments, at=now)
        notes.done(request, "记录较多，正在后台导出，完成后可以下载。")
        return redirect(back)
    content, rows = log_export.workbook(found)
    log_export.record(by=by, office=office, parameters=parameters, rows=rows)
    return download(content, name=log_export.file_name(), fallback="log.xlsx", content_type=XLSX)
