"""How Chinese sounds, by a dictionary of 47,000 phrases that takes 45 MB as it comes: each syllable of each is a
list of its own. Alike ones are made one, which frees half; what is loaded afterwards fills the gaps.
"""

from pypinyin import Style, constants, lazy_pinyin, phrases_dict

__all__ = ["Style", "lazy_pinyin"]


def _share(phrases: dict[str, list[list[str]]]) -> None:
    """Let syllables that sound alike be one list; whoever looks a phrase up gets a copy."""
    known: dict[tuple[str, ...], list[str]] = {}
    for phrase, syllables in phrases.items():
        phrases[phrase] = [known.setdefault(tuple(one), one) for one in syllables]


_share(constants.PHRASES_DICT)
phrases_dict.phrases_dict.clear()  # the dictionary is in use as a copy
