"""发文字号: proposed, and refused where it is written wrongly, used, or leaves a gap."""

import pytest

from reports.document_numbers import fault, proposed

ISSUED = ["临兰政办字〔2019〕40号", "临兰政办字〔2020〕30号", "临兰政办字〔2020〕31号", "临兰政办发〔2020〕9号", ""]


@pytest.mark.parametrize(
    ("word", "year", "number"),
    [
        ("临兰政办字", 2020, "临兰政办字〔2020〕32号"),
        ("临兰政办字", 2021, "临兰政办字〔2021〕1号"),
        ("临兰政办通报", 2020, "临兰政办通报〔2020〕1号"),
        ("", 2020, ""),
    ],
)
def test_the_next_number_of_a_year(word, year, number):
    assert proposed(word, year, ISSUED) == number


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("临兰政办字〔2020〕32号", ""),
        ("临兰政办信〔2020〕7号", ""),
        ("临兰政办字〔2020〕31号", "发文字号“临兰政办字〔2020〕31号”已经使用。"),
        ("临兰政办字〔2020〕34号", "发文字号应为“临兰政办字〔2020〕32号”，序号须连续，不能跳号。"),
        ("临兰政办字〔2020〕29号", "发文字号应为“临兰政办字〔2020〕32号”，序号须连续，不能跳号。"),
        ("临兰政办字〔2021〕1号", "发文字号的年份是2021年，与印发日期的2020年不一致。"),
        *(
            (
                given,
                f"发文字号“{given}”的写法不对，应写作“临兰政办字〔2020〕31号”，年份用六角括号，序号不加“第”、不编虚位。",
            )
            for given in ("临兰政办字[2020]32号", "临兰政办字〔2020〕第32号", "临兰政办字〔2020〕032号", "32号")
        ),
    ],
)
def test_what_is_wrong_with_a_number(given, sentence):
    assert fault(given, 2020, ISSUED) == sentence
