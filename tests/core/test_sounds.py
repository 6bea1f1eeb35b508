"""The dictionary of sounds is smaller than it comes, and says the same."""

from pypinyin import constants

from app.core.sounds import lazy_pinyin


def test_phrases_sound_as_the_dictionary_says() -> None:
    assert lazy_pinyin("重庆的银行很重要") == ["chong", "qing", "de", "yin", "hang", "hen", "zhong", "yao"]
    assert lazy_pinyin("长沙，长大") == ["chang", "sha", "，", "zhang", "da"]


def test_syllables_that_sound_alike_are_kept_once() -> None:
    lists = [syllable for said in constants.PHRASES_DICT.values() for syllable in said]
    assert len({id(one) for one in lists}) == len({tuple(one) for one in lists}) < len(lists) / 50


def test_what_is_looked_up_is_a_copy() -> None:
    before = [list(one) for one in constants.PHRASES_DICT["重庆"]]
    lazy_pinyin("重庆")
    assert constants.PHRASES_DICT["重庆"] == before
