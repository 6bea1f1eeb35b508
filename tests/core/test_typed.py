"""Reading what people type."""

from app.core.typed import squeezed


def test_invisible_commands_are_dropped_and_joiners_stay() -> None:
    assert squeezed("高二\u202e（3）\x1b班\x00") == "高二（3）班"
    assert squeezed("می\u200cخواهم") == "می\u200cخواهم"
