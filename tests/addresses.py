"""What is filled into an address by tests that walk over all of them."""

from collections.abc import Mapping
from typing import Any

from werkzeug.routing import AnyConverter, Rule


def values_for(rule: Rule, known: Mapping[str, Any], number: int) -> dict[str, Any]:
    """Return something for every part of an address: the one known by name, else the first of those the address lists,
    else the number."""
    listed = {name: one.items for name, one in rule._converters.items() if isinstance(one, AnyConverter)}
    return {name: known.get(name, min(listed.get(name, {number}))) for name in rule.arguments}
