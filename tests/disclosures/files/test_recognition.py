"""What a file is, by its content; what is refused gets its sentence."""

import io

import pytest
from docx import Document

from disclosures.files.recognition import FileRefused, recognise
from tests.sheets import archive, xlsx

PDF = b"%PDF-1.7\n%%EOF"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20
JPEG = b"\xff\xd8\xff\xe0" + b"0" * 20
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 100


def docx() -> bytes:
    output = io.BytesIO()
    Document().save(output)
    return output.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("方案.docx", docx(), "docx"),
        ("目录.XLSX", xlsx([["单位"]]), "xlsx"),
        ("方案.pdf", PDF, "pdf"),
        ("方案.ofd", archive({"OFD.xml": b"<OFD/>"}), "ofd"),
        ("截图.png", PNG, "png"),
        ("照片.jpeg", JPEG, "jpg"),
        ("照片.JPG", JPEG, "jpg"),
        ("材料.zip", archive({"方案.docx": docx()}), "zip"),
    ],
)
def test_each_kind_is_found_in_its_content(name, content, kind):
    assert recognise(name, content) == kind


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("方案.docx", b"", "“方案.docx”是空文件，请检查后重新选择。"),
        ("方案.docx", PDF, "“方案.docx”的内容是PDF，扩展名却是 .docx，请改为 .pdf 后再上传。"),
        ("方案", PDF, "“方案”的内容是PDF，扩展名却是 空的，请改为 .pdf 后再上传。"),
        ("表.xlsx", docx(), "“表.xlsx”的内容是Word 文档，扩展名却是 .xlsx，请改为 .docx 后再上传。"),
        ("方案.doc", OLE, "“方案.doc”是旧版 Office 或 WPS 格式，请另存为 .docx 或 .xlsx 后再上传。"),
        (
            "方案.docx",
            OLE + "EncryptedPackage".encode("utf-16-le"),
            "“方案.docx”设置了打开密码，无法查看，请取消密码后再上传。",
        ),
        (
            "表.xlsm",
            archive({"[Content_Types].xml": b"spreadsheetml.sheet", "xl/vbaProject.bin": b"x"}),
            "“表.xlsm”含有宏，请另存为不含宏的文件后再上传。",
        ),
        ("页.html", b"<html>", "“页.html”不是可以报送的文件类型，支持 docx、xlsx、pdf、ofd、png、jpg、zip。"),
        ("程序.exe", b"MZ\x90", "“程序.exe”不是可以报送的文件类型，支持 docx、xlsx、pdf、ofd、png、jpg、zip。"),
        ("材料.zip", archive({"a": b"1"})[:40], "“材料.zip”已损坏，无法打开，请重新保存后再上传。"),
        ("材料.zip", archive({"a": b"0" * (300 << 20)}), "“材料.zip”解压后过大，不是正常的文件，未予接收。"),
        (
            "稿.pptx",
            archive({"[Content_Types].xml": b"presentationml"}),
            "“稿.pptx”不是可以报送的文件类型，支持 docx、xlsx、pdf、ofd、png、jpg、zip。",
        ),
    ],
    # An archive's bytes hold the time it was made: two processes would name the test differently.
    ids=lambda value: value if isinstance(value, str) else "content",
)
def test_what_is_not_taken_gets_its_sentence(name, content, sentence):
    with pytest.raises(FileRefused) as refused:
        recognise(name, content)
    assert str(refused.value) == sentence


def test_a_name_is_taken_without_its_folder(tmp_path):
    with pytest.raises(FileRefused, match="^“方案.docx”是空文件"):
        recognise("../../etc/方案.docx", b"")


def test_too_large_a_file_is_told_the_limit(settings):
    settings.UPLOAD_MAX_BYTES = 1 << 20
    with pytest.raises(FileRefused, match="“大.pdf”超过 1 MB，请压缩或拆分后再上传。"):
        recognise("大.pdf", PDF + b"0" * (1 << 20))
