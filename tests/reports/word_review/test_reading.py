import io
import struct
import zipfile

import pytest
from openpyxl import Workbook

from reports.word_review import WordRefused, comments_of, paragraphs_of
from reports.word_review.package import MOST_BYTES
from reports.word_review.reading import as_read
from tests.reports.june_notice import LETTERHEAD, june_notice
from tests.reports.word_review.word_file import RELATIONS, W, WordFile, district_notice, made, packed, run, tagged


@pytest.fixture
def file():
    return WordFile.of(district_notice())


def reading(file):
    return paragraphs_of(file.content())


@pytest.mark.parametrize("layout", [None, LETTERHEAD])
def test_the_paragraphs_are_the_notices(layout):
    notice = june_notice(layout)
    assert reading(WordFile.of(notice)) == [paragraph.text for paragraph in notice.paragraphs()]


def test_letterhead_is_known_by_the_name_of_its_style_whatever_a_program_calls_it(file):
    before = reading(file)
    styles = file.parts["word/styles.xml"].decode()
    mark = next(p for p in file.body.iter(tagged("p")) if file.text(p) == LETTERHEAD.letterhead)
    style = mark.find(f"{tagged('pPr')}/{tagged('pStyle')}")
    old = style.get(tagged("val"))
    style.set(tagged("val"), "a7")
    file.parts["word/styles.xml"] = styles.replace(f'w:styleId="{old}"', 'w:styleId="a7"').encode()
    assert reading(file) == before


def test_tracked_insertions_are_read_and_deletions_are_not(file):
    file.write(
        file.paragraph("6月份，区政府未收到"),
        run("本月，"),
        made("ins", run("区政府"), author="张三"),
        made("del", run("全区", deleted=True), author="张三"),
        made("moveFrom", run("上月")),
        made("moveTo", run("未收到")),
        run("申请。"),
    )
    assert "本月，区政府未收到申请。" in reading(file)


def test_a_deleted_end_of_a_paragraph_joins_it_with_the_next(file):
    paragraph = file.paragraph("（二）依申请公开情况")
    paragraph.find(tagged("pPr")).append(made("rPr", made("del", author="张三")))
    assert "（二）依申请公开情况6月份，区政府未收到政府信息公开申请。" in reading(file)


def test_what_wraps_words_does_not_hide_them(file):
    file.write(
        file.paragraph("6月份，区政府未收到"),
        made("hyperlink", made("r", made("t", text="甲"))),
        made("smartTag", made("smartTagPr"), run("乙")),
        made("sdt", made("sdtPr"), made("sdtContent", run("丙"))),
        made("fldSimple", run("丁"), instr="DATE"),
        made("r", made("instrText", text="PAGE")),
        made("r", made("ruby", made("rt", run("wù")), made("rubyBase", run("戊")))),
        made("r", made("rPr", made("vanish")), made("t", text="看不见")),
        made("r", made("rPr", made("vanish", val="0")), made("t", text="己")),
        made("r", made("pict", made("txbxContent", made("p", run("文本框"))))),
        made("r", made("sym", char="3014"), made("sym", char="F0A7"), made("sym", char="zz")),
    )
    assert "甲乙丙丁戊己〔" in reading(file)


def test_paragraphs_within_a_content_control_are_read_and_tables_are_not(file):
    file.body.insert(0, made("sdt", made("sdtContent", made("p", run("急件")), made("p"), made("p", run("　 ")))))
    file.body.insert(1, made("tbl", made("tr", made("tc", made("p", run("表格"))))))
    assert reading(file)[:2] == ["急件", "临沂市兰山区人民政府办公室"]


def test_breaks_and_tabs_within_a_paragraph(file):
    file.write(
        file.paragraph("6月份，区政府未收到"),
        made("r", made("tab"), made("t", text="　　收到"), made("br"), made("t", text="15"), made("cr")),
        made("r", made("t", text="件，共"), made("tab"), made("t", text="H5"), made("br"), made("t", text="Word")),
        made("r", made("noBreakHyphen"), made("br", type="page")),
    )
    assert "收到15件，共 H5 Word-" in reading(file)


@pytest.mark.parametrize(
    ("words", "seen"),
    [("甲 \n 乙", "甲乙"), ("a\nb", "a b"), ("a\xa0b", "a b"), ("甲\u200b乙\ufeff", "甲乙"), ("甲\v乙", "甲乙"), ("　甲　", "甲")],
)  # fmt: skip
def test_words_in_one_line(words, seen):
    assert as_read(words) == seen


def test_comments_have_their_authors(file):
    assert comments_of(file.content()) == []
    comments = (
        f'<w:comments xmlns:w="{W}"><w:comment w:author="王主任"><w:p><w:r><w:t>数字请</w:t></w:r></w:p>'
        "<w:p><w:r><w:t>核实</w:t></w:r></w:p></w:comment><w:comment><w:p><w:r><w:t>可以</w:t></w:r></w:p></w:comment>"
        '<w:comment w:author="李四"><w:p/></w:comment></w:comments>'
    )
    file.parts["word/comments.xml"] = comments.encode()
    name = "word/_rels/document.xml.rels"
    relation = f'<Relationship Id="c" Type="{RELATIONS}/comments" Target="comments.xml"/></Relationships>'
    file.parts[name] = file.parts[name].replace(b"</Relationships>", relation.encode())
    assert comments_of(file.content()) == ["王主任：数字请 核实", "可以"]


# --- refusals

SAVE_AS = "请用 Word 或 WPS 打开，另存为 .docx 后再上传。"
UPLOAD = "请上传从本系统下载并修改后的 .docx 文件。"
DAMAGED = f"文档已损坏，无法读取，{SAVE_AS.replace('打开，', '打开并')}"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def workbook():
    file = io.BytesIO()
    Workbook().save(file)
    return file.getvalue()


def with_types(words):
    return packed({"[Content_Types].xml": words.encode()})


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "文件是空的（0字节），请重新保存后再上传。"),
        (OLE + "WordDocument".encode("utf-16-le"), f"文件是旧版的 .doc 或 .wps 文档，{SAVE_AS}"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "文档设置了打开密码，无法读取，请取消密码后再上传。"),
        (b"%PDF-1.7", f"文件是PDF 文档，不是 Word 文档，{UPLOAD}"),
        (b"\x89PNG\r\n", f"文件是图片，不是 Word 文档，{UPLOAD}"),
        (b"{\\rtf1", f"文件是RTF 文档，不是 Word 文档，{UPLOAD}"),
        ("通报".encode(), f"文件不是 Word 文档，{UPLOAD}"),
        (b"<?xml version='1.0'?><w:wordDocument/>", f"文件内容是网页或 XML 格式，{SAVE_AS}"),
        (b"<html>", f"文件内容是网页或 XML 格式，{SAVE_AS}"),
        (workbook(), f"文件是电子表格，不是 Word 文档，{UPLOAD}"),
        (with_types("presentationml"), f"文件是演示文稿，不是 Word 文档，{UPLOAD}"),
        (packed({"a.txt": b""}), f"文件是压缩包，不是 Word 文档，{UPLOAD}"),
        (packed({"mimetype": b"", "content.xml": b""}), f"文件是 OpenDocument 文档，{SAVE_AS}"),
        (packed({"OFD.xml": b""}), f"文件是 OFD 版式文档，不能修改后读回，{UPLOAD}"),
        (packed({}), DAMAGED),
        (b"PK\x03\x04 and nothing more", DAMAGED),
        (with_types("wordprocessingml"), DAMAGED),
        (with_types("ms-word.document.macroEnabled"), "文档含有宏，请另存为不含宏的 .docx 后再上传。"),
    ],
)
def test_what_is_no_document_is_refused(content, sentence):
    with pytest.raises(WordRefused) as refused:
        paragraphs_of(content)
    assert str(refused.value) == sentence


def refusal(parts):
    with pytest.raises(WordRefused) as refused:
        paragraphs_of(packed(parts))
    return str(refused.value)


BOMB = "文档解压后过大（超过20MB），不是正常的通报文稿，未予读取，请检查是否选错了文件。"


def test_a_bomb_is_not_unpacked(file):
    assert refusal(file.parts | {"word/document.xml": b" " * (MOST_BYTES + 1)}) == BOMB


def test_a_size_that_lies_is_not_believed(file):
    content = packed(file.parts | {"word/document.xml": b" " * (MOST_BYTES + 1)})
    true, false = struct.pack("<L", MOST_BYTES + 1), struct.pack("<L", 100)
    assert true in content
    with pytest.raises(WordRefused) as refused:
        paragraphs_of(content.replace(true, false))
    assert str(refused.value) in {BOMB, DAMAGED}


@pytest.mark.parametrize(
    "document",
    [
        b"<w:document",
        b'<!DOCTYPE d [<!ENTITY a "aaaa">]><d>&a;</d>',
        b'<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><d>&a;</d>',
        b'<!DOCTYPE d SYSTEM "http://example.com/d.dtd"><d/>',
        b"<document/>",
        b"<document><body><p>" + b"<r>" * 5_000 + b"</r>" * 5_000 + b"</p></body></document>",
        b"<document><body>" + b"<r>" * 5_000 + b"</r>" * 5_000 + b"</body></document>",
    ],
)
def test_a_broken_text_is_refused_and_no_entity_is_looked_up(file, document):
    assert refusal(file.parts | {"word/document.xml": document}) == DAMAGED


def test_a_locked_archive_is_refused(file):
    content = bytearray(packed(file.parts))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        start = archive.start_dir
    content[start + 8] |= 1
    with pytest.raises(WordRefused, match="^文档设置了打开密码，无法读取，请取消密码后再上传。$"):
        paragraphs_of(bytes(content))


def test_a_document_without_words_is_refused(file):
    assert refusal(file.parts | {"word/document.xml": b"<document><body><p/></body></document>"}) == (
        "文档中没有文字，请检查是否选错了文件。"
    )


def test_what_no_notice_is_as_long_as_is_refused(file):
    many = b"<document><body>" + b"<p><r><t>a</t></r></p>" * 501 + b"</body></document>"
    assert refusal(file.parts | {"word/document.xml": many}) == (
        "文档有501段，超过500段，不像是通报文稿，请检查是否选错了文件。"
    )
    long = b"<document><body><p><r><t>" + b"a" * 5001 + b"</t></r></p></body></document>"
    assert refusal(file.parts | {"word/document.xml": long}) == (
        "文档第1段有5001个字，请分成几段，每段不超过5000个字，再上传。"
    )
    much = b"<document><body>" + (b"<p><r><t>" + b"a" * 5000 + b"</t></r></p>") * 21 + b"</body></document>"
    assert refusal(file.parts | {"word/document.xml": much}) == (
        "文档有105000个字，超过100000个字，不像是通报文稿，请检查是否选错了文件。"
    )
