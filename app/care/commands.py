"""Commands for what is kept about people."""

import click

from app.care.inventory import inventory_page
from config import ROOT


@click.command("data-inventory")
def data_inventory() -> None:
    """Write docs/data.md: every field that says something about somebody, what for, who sees it, how long."""
    (ROOT / "docs" / "data.md").write_text(inventory_page(), "utf-8")
