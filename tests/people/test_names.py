"""Names in any script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.people.names import given_name, initials, is_name, pinyin, tidy_name

NAMES = [
    "王芳",
    "欧阳娜娜",
    "阿依古丽·买买提",
    "ᠮᠣᠩᠭᠣᠯ",
    "𠮷野",
    "O’Brien",
    "O'Brien",
    "བསྟན་འཛིན",
    "José",
    "Jean-Luc Li",
]


@pytest.mark.parametrize("name", NAMES)
def test_names_of_every_script_are_names(name: str) -> None:
    assert is_name(tidy_name(name))


@pytest.mark.parametrize(
    "name",
    [
        "",
        "王",
        "李1",
        "13800138000",
        "王芳2",
        "😀😀",
        "王芳😀",
        "··",
        "--",
        "<b>王芳</b>",
        "王芳;",
        "a@b",
        "王\n芳",
        "王\0芳",
        "王" * 61,
    ],
)
def test_digits_pictures_and_signs_are_not(name: str) -> None:
    assert not is_name(tidy_name(name))


def test_a_name_has_two_to_sixty_signs() -> None:
    assert is_name("王" * 60)
    assert is_name("王芳")


@pytest.mark.parametrize("dot", "•‧・･．∙⋅·")
def test_every_middle_dot_is_stored_as_one(dot: str) -> None:
    assert tidy_name(f"阿依古丽{dot}买买提") == "阿依古丽·买买提"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  王芳 ", "王芳"),
        ("　王芳　", "王芳"),
        ("Jean   Luc", "Jean Luc"),
        ("Jean\u00a0Luc", "Jean Luc"),
        ("Jose\u0301", "José"),
        ("ᠮᠣᠩ\u202fᠭᠣᠯ", "ᠮᠣᠩ\u202fᠭᠣᠯ"),
    ],
)
def test_a_name_is_stored_in_one_form(typed: str, stored: str) -> None:
    assert tidy_name(typed) == stored
    assert is_name(stored)


@given(st.text(max_size=80))
def test_tidying_twice_is_the_same_as_once(text: str) -> None:
    assert tidy_name(tidy_name(text)) == tidy_name(text)


@pytest.mark.parametrize(
    ("name", "reading", "letters"),
    [
        ("王芳", "wangfang", "wf"),
        ("欧阳娜娜", "ouyangnana", "oynn"),
        ("曾晓雨", "zengxiaoyu", "zxy"),
        ("单雄信", "shanxiongxin", "sxx"),
        ("仇英", "qiuying", "qy"),
        ("解缙", "xiejin", "xj"),
        ("查良镛", "zhaliangyong", "zly"),
        ("覃文", "qinwen", "qw"),
        ("翟让", "zhairang", "zr"),
        ("尉迟恭", "yuchigong", "ycg"),
        ("万俟卨", "moqixie", "mqx"),
        ("单于明", "chanyuming", "cym"),
        ("朴树", "piaoshu", "ps"),
        ("任小华", "renxiaohua", "rxh"),
        ("O’Brien", "obrien", "o"),
        ("Jean Luc", "jeanluc", "jl"),
    ],
)
def test_a_surname_is_read_the_way_the_family_reads_it(name: str, reading: str, letters: str) -> None:
    assert pinyin(name) == reading
    assert initials(name) == letters


def test_only_a_surname_has_the_special_reading() -> None:
    assert pinyin("张乐") == "zhangle"
    assert pinyin("乐嘉") == "yuejia"


@given(st.text(max_size=80))
def test_no_text_breaks_the_reading(text: str) -> None:
    assert " " not in pinyin(text)
    assert len(initials(text)) <= len(pinyin(text))


@pytest.mark.parametrize(
    ("typed", "kept"), [("王 芳", "王芳"), ("王　芳", "王芳"), ("𠮷 野 樱", "𠮷野樱"), ("Jean  Luc", "Jean Luc")]
)
def test_the_padding_of_chinese_lists_is_no_part_of_a_name(typed: str, kept: str) -> None:
    assert tidy_name(typed) == kept


@pytest.mark.parametrize("blank", ["\u3164\u3164", "\uffa0\uffa0", "\u115f\u1160", "\u0301\u0301", "王\u3164"])
def test_what_nobody_can_see_is_no_name(blank: str) -> None:
    assert not is_name(tidy_name(blank))


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("王芳", "芳"),
        ("曾晓雨", "晓雨"),
        ("欧阳娜娜", "娜娜"),
        ("欧阳", "阳"),  # two signs: a family's name of one, and a given one
        ("阿依古丽·买买提", "阿依古丽"),
        ("阿依古丽买买提", "阿依古丽"),
        ("Anna Smith", "Anna"),
        ("ᠮᠣᠩᠭᠣᠯ", "ᠮᠣᠩᠭᠣᠯ"),
        ("𠮷野樱", "野樱"),
        ("", ""),
    ],
)
def test_what_somebody_is_called_leaves_the_familys_name_out(name: str, called: str) -> None:
    assert given_name(name) == called
