"""Which office a command is about."""

from units.models import Office


class OfficeNotNamed(Exception):
    """There is no such office, or several and none was named; the message is the sentence for the person."""


def office_named(code: str) -> Office | None:
    """The office with this code; the only one where none is named; None in an empty portal."""
    if code:
        found = Office.objects.filter(code=code).first()
        if found is None:
            raise OfficeNotNamed(f"没有政区代码为 {code} 的机关。")
        return found
    offices = list(Office.objects.all()[:2])
    if len(offices) > 1:
        codes = "、".join(Office.objects.values_list("code", flat=True))
        raise OfficeNotNamed(f"系统中有多个机关，请用 --office 指明政区代码：{codes}。")
    return offices[0] if offices else None
