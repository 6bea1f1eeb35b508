"""Every template is reached, says what page it is, and carries nothing it does not need."""

import ast
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from config import ROOT

TEMPLATES = ROOT / "templates"
ALL = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.*"))
PAGES = [name for name in ALL if name.split("/")[0] not in {"components", "layouts", "mail", "print"}]
_jinja = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)


def tree(name: str) -> nodes.Template:
    """Return a template's syntax tree."""
    return _jinja.parse((TEMPLATES / name).read_text("utf-8"))


def used_by_templates(name: str) -> set[str]:
    """Return the templates that a template extends, includes or imports from."""
    reaching = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)
    return {node.template.value for node in tree(name).find_all(reaching) if isinstance(node.template, nodes.Const)}


def words_in(path: Path) -> set[str]:
    """Return every string in a module; a view names its template in one."""
    return {
        node.value
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_template_is_used_by_a_view_or_by_another_template() -> None:
    in_code = {word for path in (ROOT / "app").rglob("*.py") for word in words_in(path)}
    in_templates = {used for name in ALL for used in used_by_templates(name)}
    unused = [name for name in ALL if name not in in_code | in_templates and name.removeprefix("print/") not in in_code]
    assert unused == []


def test_every_template_that_is_asked_for_exists() -> None:
    asked = {used for name in ALL for used in used_by_templates(name)}
    assert asked <= set(ALL)


@pytest.mark.parametrize("name", [name for name in ALL if name.endswith(".html")])
def test_a_template_imports_nothing_it_does_not_use(name: str) -> None:
    parsed = tree(name)
    imported = {
        alias[1] if isinstance(alias, tuple) else alias
        for node in parsed.find_all(nodes.FromImport)
        for alias in node.names
    }
    assert imported <= {node.name for node in parsed.find_all(nodes.Name)}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_extends_a_layout(name: str) -> None:
    extended = [
        node.template.value for node in tree(name).find_all(nodes.Extends) if isinstance(node.template, nodes.Const)
    ]
    assert len(extended) == 1
    assert extended[0].startswith("layouts/")


@pytest.mark.parametrize("name", [name for name in ALL if name.startswith("components/")])
def test_a_component_only_defines_macros(name: str) -> None:
    loose = [node for node in tree(name).body if not isinstance(node, nodes.Macro | nodes.FromImport | nodes.Output)]
    texts = [part for node in tree(name).body if isinstance(node, nodes.Output) for part in node.nodes]
    assert loose == []
    assert all(isinstance(part, nodes.TemplateData) and not part.data.strip() for part in texts)


@pytest.mark.parametrize("name", ALL)
def test_a_template_holds_no_style_and_no_handler_that_the_content_policy_would_refuse(name: str) -> None:
    if name.startswith(("mail/", "print/")):
        return  # read by mail programs, drawn by the certificate press: not by a browser under our policy
    markup = "".join(part.data for part in tree(name).find_all(nodes.TemplateData))
    refused = (" style=", " onclick=", " onload=", " onsubmit=", " onchange=", "javascript:")
    assert [word for word in refused if word in markup] == []
