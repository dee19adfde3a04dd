"""What an office is asked about itself."""

from __future__ import annotations

from typing import Any

from django import forms

from lanshan_portal.form_fields import dressed
from units.models import Office


class OfficeForm(forms.ModelForm):
    """What the office calls itself; each field says where its words appear."""

    class Meta:
        model = Office
        fields = [
            "name",
            "short_name",
            "section",
            "phone",
            "jurisdiction",
            "level",
            "government",
            "document_prefix",
            "addressees",
        ]
        help_texts = {
            "name": "通报的署名和标题首行、邮件落款",
            "short_name": "通报正文中的自称，例：区政府办公室",
            "section": "页面左上角、通报附注和邮件落款，例：区政府办公室政务公开科",
            "phone": "出错页面和邮件中告知各单位",
            "jurisdiction": "例：临沂市兰山区",
            "level": "通报中的“全区”“区政府”由此而来",
            "government": "平台名称由此而来，例：兰山区人民政府",
            "document_prefix": "发文字号的前一部分，例：临兰政办字",
            "addressees": "通报的主送机关，一般不改",
        }
        widgets = {"addressees": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(self)
        level = self.fields["level"]
        if isinstance(level, forms.TypedChoiceField):
            level.choices = [("", "请选择"), *((value, words) for value, words in Office.Level.choices if value)]
