"""How Chinese sounds, by pypinyin's dictionary of 47,000 phrases: loaded with each syllable once, and without gaps."""

import json
import os
from importlib.resources import files

os.environ["PYPINYIN_NO_PHRASES"] = "1"  # it would make a list for each syllable of each phrase, 45 MB
os.environ["PYPINYIN_NO_DICT_COPY"] = "1"

from pypinyin import Style, lazy_pinyin, load_phrases_dict
from pypinyin.seg import mmseg

__all__ = ["Style", "lazy_pinyin"]


def _phrases() -> dict[str, list[list[str]]]:
    """Return the phrases, syllables that sound alike being one list; whoever looks a phrase up gets a copy.

    All are written down and given up before the first one is made anew. Were they made one in place, what stays would
    lie scattered over the pages of what went, and each process would copy all of these to fill the gaps.
    """
    known: dict[str, list[str]] = {}
    return {
        phrase: [known.setdefault(one, one.split(",")) for one in line.split(";")]
        for phrase, line in (written.split("=") for written in _written())
    }


def _written() -> list[str]:
    source = files("pypinyin").joinpath("phrases_dict.json").read_bytes()
    phrases: dict[str, list[list[str]]] = json.loads(source)
    return [f"{phrase}={';'.join(','.join(one) for one in syllables)}" for phrase, syllables in phrases.items()]


load_phrases_dict(_phrases())
mmseg.retrain(mmseg.seg)
