"""Files that are wrong as such: of another type, damaged, traps, in no known encoding."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from tests.disclosures.sheets.shelf.awkward import SHEET_XML, Awkward, items, whole
from tests.sheets import ITEM_HEADERS, altered, archive, drawn, item, text_file, write_rows

DAMAGED = "工作簿已损坏，无法读取，请用 Excel 或 WPS 打开并另存为 .xlsx 后再导入。"
SAVE_AS = "请在 Excel 或 WPS 中另存为 .xlsx 后再导入。"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def bomb() -> bytes:
    """200 KB that unpack to 150 MB."""
    filler = b"<row><c t='inlineStr'><is><t>" + b"0" * 1000 + b"</t></is></c></row>"
    return altered(
        items(item()), SHEET_XML, lambda xml: xml.replace(b"</sheetData>", filler * 150_000 + b"</sheetData>")
    )


def lying_bomb() -> bytes:
    """A part whose stated size is a lie."""
    content = bytearray(items(item()))
    directory = content.rindex(b"PK\x01\x02", 0, content.rindex(SHEET_XML.encode()))
    content[directory + 24 : directory + 28] = (100).to_bytes(4, "little")
    return bytes(content)


def far_cell() -> bytes:
    """Five rows, and one stray cell that makes the sheet 2 GB in memory."""

    def draw(workbook: Any) -> None:
        sheet = workbook.add_worksheet()
        write_rows(workbook, sheet, [ITEM_HEADERS, item()])
        sheet.write(1_048_575, 16_383, "误填")

    return drawn(draw)


def wide_rectangle() -> bytes:
    """Two cells that are each allowed, and a rectangle between them that is not."""

    def draw(workbook: Any) -> None:
        sheet = workbook.add_worksheet()
        write_rows(workbook, sheet, [ITEM_HEADERS, item()])
        sheet.write(3, 200, "误填")
        sheet.write(150_000, 0, "误填")

    return drawn(draw)


def with_stray(cell: bytes) -> bytes:
    """A good sheet with one more row written by hand."""
    row = b'<row r="3">%s</row></sheetData>' % cell
    return altered(items(item()), SHEET_XML, lambda xml: xml.replace(b"</sheetData>", row))


def far_cell_in_hidden_sheet() -> bytes:
    """No visible header, so that the hidden sheet is looked at too."""

    def draw(workbook: Any) -> None:
        write_rows(workbook, workbook.add_worksheet("说明"), [["甲", "乙"]])
        hidden = workbook.add_worksheet("六月")
        write_rows(workbook, hidden, [ITEM_HEADERS, item()])
        hidden.write(1_048_575, 16_383, "误填")
        hidden.hide()

    return drawn(draw)


def row_out_of_order() -> bytes:
    """A last row that stands before the others, and a wide one far behind it."""
    filler = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(3, 40_000))
    first = b'<row r="199999"><c r="A199999"><v>1</v></c></row>'
    last = b'<row r="40000"><c r="AZ40000"><v>1</v></c></row></sheetData>'
    return altered(items(item()), SHEET_XML, lambda xml: xml.replace(b"</sheetData>", first + filler + last))


def too_many_rows() -> bytes:
    return (",".join(ITEM_HEADERS) + "\n" + ",,,,\n" * 200_001).encode()


def encrypted_zip() -> bytes:
    content = bytearray(items(item()))
    for found in re.finditer(b"PK\x01\x02", bytes(content)):
        content[found.start() + 8] |= 1
    return bytes(content)


def many_parts() -> bytes:
    source = zipfile.ZipFile(io.BytesIO(items(item())))
    parts = {name: source.read(name) for name in source.namelist()}
    return archive(parts | {f"xl/media/{n}.bin": b"" for n in range(2_100)})


def only_a_chart() -> bytes:
    def draw(workbook: Any) -> None:
        hidden = workbook.add_worksheet("数据")
        hidden.write("A1", 1)
        hidden.hide()
        chart = workbook.add_chart({"type": "column"})
        chart.add_series({"values": "=数据!$A$1:$A$1"})
        sheet = workbook.add_chartsheet("图")
        sheet.set_chart(chart)
        sheet.activate()

    return drawn(draw)


TYPES = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">%s</Types>'

FILES = (
    # --- the file as such
    Awkward("empty_file", lambda: b"", whole("文件是空的（0字节），请重新导出后再导入。")),
    Awkward("xls", lambda: OLE, whole(f"旧版 .xls 文件不能直接导入，{SAVE_AS}"), "六月.xls"),
    Awkward("xls_renamed_xlsx", lambda: OLE, whole(f"文件内容是旧版 .xls 格式，扩展名却是 .xlsx，{SAVE_AS}")),
    Awkward("wps_et", lambda: OLE, whole(f"WPS 表格 .et 文件不能直接导入，{SAVE_AS}"), "六月.et"),
    Awkward(
        "encrypted_workbook",
        lambda: OLE + "EncryptedPackage".encode("utf-16-le"),
        whole("工作簿设置了打开密码，无法读取，请取消密码后再导入。"),
    ),
    Awkward("encrypted_parts", encrypted_zip, whole("工作簿设置了打开密码，无法读取，请取消密码后再导入。")),
    Awkward(
        "old_word",
        lambda: OLE + "WordDocument".encode("utf-16-le"),
        whole(f"文件是 Word 文档，不是电子表格，{SAVE_AS}"),
    ),
    Awkward(
        "xlsx_renamed_xls",
        lambda: items(item()),
        whole("文件内容是 .xlsx 工作簿，扩展名却是 .xls，请把扩展名改为 .xlsx 后再导入。"),
        "六月.xls",
    ),
    Awkward(
        "xlsx_renamed_csv",
        lambda: items(item()),
        whole("文件内容是 .xlsx 工作簿，扩展名却是 .csv，请把扩展名改为 .xlsx 后再导入。"),
        "六月.csv",
    ),
    Awkward(
        "csv_renamed_xlsx",
        lambda: text_file([ITEM_HEADERS, item()]),
        whole(f"文件扩展名是 .xlsx，内容却不是 Excel 工作簿，可能已损坏或被改名，{SAVE_AS}"),
    ),
    Awkward(
        "html_saved_as_xls",
        lambda: "<html><table><tr><td>标题</td></tr></table></html>".encode(),
        whole(f"文件内容是网页格式，不是真正的电子表格，{SAVE_AS}"),
        "六月.xls",
    ),
    Awkward(
        "xml_spreadsheet_2003",
        lambda: b'<?xml version="1.0"?><Workbook/>',
        whole(f"文件内容是 XML 格式，不是真正的电子表格，{SAVE_AS}"),
        "六月.xls",
    ),
    Awkward("pdf", lambda: b"%PDF-1.7 ...", whole(f"文件是PDF 文档，不是电子表格，{SAVE_AS}")),
    Awkward("picture", lambda: b"\x89PNG\r\n\x1a\n...", whole(f"文件是图片，不是电子表格，{SAVE_AS}")),
    Awkward(
        "unknown_type", lambda: b"whatever", whole("只支持 .xlsx 和 .csv 文件，请另存为其中一种后再导入。"), "六月.txt"
    ),
    Awkward(
        "docx_renamed",
        lambda: archive({"[Content_Types].xml": TYPES % b"wordprocessingml", "word/document.xml": b""}),
        whole(f"文件是 Word 文档，不是电子表格，{SAVE_AS}"),
    ),
    Awkward("ofd_renamed", lambda: archive({"OFD.xml": b""}), whole(f"文件是 OFD 版式文档，不是电子表格，{SAVE_AS}")),
    Awkward(
        "ods",
        lambda: archive({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
        whole(f"不支持 .ods 文件，{SAVE_AS}"),
        "六月.ods",
    ),
    Awkward(
        "xlsb",
        lambda: archive({"[Content_Types].xml": TYPES % b"spreadsheetml sheet.binary"}),
        whole(f"不支持 .xlsb 文件，{SAVE_AS}"),
        "六月.xlsb",
    ),
    Awkward(
        "macros",
        lambda: archive({"[Content_Types].xml": TYPES % b"spreadsheetml", "xl/vbaProject.bin": b""}),
        whole("工作簿含有宏，请另存为不含宏的 .xlsx 后再导入。"),
    ),
    Awkward(
        "zip_of_sheets",
        lambda: archive({"六月.xlsx": items(item())}),
        whole("文件是压缩包，不是电子表格，请解压后导入其中的 .xlsx 或 .csv 文件。"),
        "六月.zip",
    ),
    Awkward(
        "truncated_download",
        lambda: items(item())[:1500],
        whole("文件已损坏，无法打开，请重新导出，或在 Excel 或 WPS 中另存为 .xlsx 后再导入。"),
    ),
    Awkward(
        "broken_sheet_xml", lambda: altered(items(item()), SHEET_XML, lambda xml: xml[: len(xml) // 2]), whole(DAMAGED)
    ),
    Awkward(
        "types_and_nothing_else", lambda: archive({"[Content_Types].xml": TYPES % b"spreadsheetml"}), whole(DAMAGED)
    ),
    Awkward(
        "workbook_part_of_something_else",
        lambda: altered(items(item()), "xl/workbook.xml", lambda xml: b"<x/>"),
        whole(DAMAGED),
    ),
    Awkward("only_a_chart", only_a_chart, whole("工作簿中没有可读取的工作表，请核对文件。")),
    Awkward(
        "entity_expansion",
        lambda: altered(
            items(item()),
            "xl/workbook.xml",
            lambda xml: b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>',
        ),
        whole(DAMAGED),
    ),
    Awkward("zip_bomb", bomb, whole("文件解压后过大（超过原文件的100倍），不是正常的工作簿，未予读取。")),
    Awkward("size_that_lies", lying_bomb, whole(DAMAGED)),
    Awkward("thousands_of_parts", many_parts, whole("文件内含2110个部件，不是正常的工作簿，未予读取。")),
    Awkward(
        "far_cell",
        far_cell,
        whole("XFD列第1048576行还有内容，超出可读取的范围（256列、20万行），请删除表格以外的内容后再导入。"),
    ),
    Awkward(
        "far_cell_in_hidden_sheet",
        far_cell_in_hidden_sheet,
        whole(
            "工作表“说明”前100行没有找到表头，必填列为：“标题”、“单位”、“类别”、“发布日期”。请使用本系统下载的模板。"
        ),
    ),
    Awkward(
        "far_cell_in_single_quotes",
        lambda: with_stray(b"<c r='XFD1048576' t='str'><v>1</v></c>"),
        whole("XFD列第1048576行还有内容，超出可读取的范围（256列、20万行），请删除表格以外的内容后再导入。"),
    ),
    Awkward(
        "far_cell_on_new_lines",
        lambda: with_stray(b'<c\nr="XFD20000"\nt="str"><v>1</v></c>'),
        whole("XFD列第20000行还有内容，超出可读取的范围（256列、20万行），请删除表格以外的内容后再导入。"),
    ),
    Awkward(
        "far_cell_in_small_letters",
        lambda: with_stray(b'<c r="xfd1048576"><v>1</v></c>'),
        whole("XFD列第1048576行还有内容，超出可读取的范围（256列、20万行），请删除表格以外的内容后再导入。"),
    ),
    Awkward(
        "far_cell_behind_a_quoted_bracket",
        lambda: with_stray(b'<c s=">" r="XFD1048576"><v>1</v></c>'),
        whole("XFD列第1048576行还有内容，超出可读取的范围（256列、20万行），请删除表格以外的内容后再导入。"),
    ),
    Awkward(
        "far_cell_in_a_near_row",
        lambda: with_stray(b"<c r='A1048576'><v>1</v></c>"),
        whole("A列第1048576行还有内容，超出可读取的范围（256列、20万行），请删除表格以外的内容后再导入。"),
    ),
    Awkward(
        "far_cell_behind_a_comment",
        lambda: with_stray(b'<c r="XFD1048576"><!-- --><v>1</v></c>'),
        whole("XFD列第1048576行还有内容，超出可读取的范围（256列、20万行），请删除表格以外的内容后再导入。"),
    ),
    Awkward("tag_that_never_ends", lambda: with_stray(b"<c r='XFD1048576' x='><v>1</v></c>"), whole(DAMAGED)),
    Awkward(
        "last_row_out_of_order",
        row_out_of_order,
        whole("工作表“Sheet1”的内容一直到AZ列、第199999行，超出可读取的范围，请删除表格以外的内容后再导入。"),
    ),
    Awkward(
        "parts_that_differ_in_capitals",
        lambda: archive(
            {"[Content_Types].xml": TYPES % b"spreadsheetml", "xl/workbook.xml": b"<x/>", "xl/Workbook.xml": b"<x/>"}
        ),
        whole(DAMAGED),
    ),
    Awkward(
        "wide_rectangle",
        wide_rectangle,
        whole("工作表“Sheet1”的内容一直到GS列、第150001行，超出可读取的范围，请删除表格以外的内容后再导入。"),
    ),
    Awkward(
        "absurd_reference",
        lambda: altered(items(item()), SHEET_XML, lambda xml: xml.replace(b'r="A2"', b'r="ZZZZZZZ99999999999"')),
        whole("XFE列第1048577行还有内容，超出可读取的范围（256列、20万行），请删除表格以外的内容后再导入。"),
    ),
    Awkward("more_rows_than_allowed", too_many_rows, whole("数据超过20万行，请拆分后分次导入。"), "六月.csv"),
    # --- text files
    Awkward(
        "utf16_text",
        lambda: text_file([ITEM_HEADERS, item()], encoding="utf-16"),
        whole("文件是 UTF-16（Unicode 文本）编码，请另存为 .xlsx，或“CSV UTF-8（逗号分隔）”后再导入。"),
        "六月.csv",
    ),
    Awkward(
        "binary_named_csv",
        lambda: b"\x01\x00\x02\x00",
        whole("文件扩展名是 .csv，内容却不是文本，请另存为 .xlsx 后再导入。"),
        "六月.csv",
    ),
    Awkward(
        "blank_csv", lambda: b"\xef\xbb\xbf\r\n", whole("文件是空的，没有表头和数据，请重新导出后再导入。"), "六月.csv"
    ),
    Awkward(
        "unknown_encoding",
        lambda: b"\xff\xff\x80\xff,",
        whole("无法识别文件的编码（应为 UTF-8 或 GB18030），请另存为 .xlsx 后再导入。"),
        "六月.csv",
    ),
    Awkward(
        "gb18030_with_error",
        lambda: text_file([ITEM_HEADERS, item(发布日期="2020-06-31")], encoding="gb18030"),
        ((2, "发布日期", "“2020-06-31”不存在：2020年6月只有30天。"),),
        "六月.csv",
    ),
    Awkward(
        "bom_with_error",
        lambda: text_file([["六月份发布情况"], ITEM_HEADERS, item(单位="区教育厅")], encoding="utf-8-sig"),
        ((3, "单位", "单位台账中没有“区教育厅”，是否为：区教育局。"),),
        "六月.csv",
    ),
)
