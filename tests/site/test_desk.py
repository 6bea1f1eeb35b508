"""The administrator's pages of what the operator says publicly."""

import re

import pytest

from app.core.languages import CHINESE, ENGLISH
from tests.signing_in import Personas

TEXT = f"/admin/site/texts/about/{CHINESE}"
OPERATOR = {"name": "清溪县青少年宫", "contact": "0573-88001234", "icp_number": "浙ICP备1号", "police_number": ""}


def digest_in(page: str) -> str:
    """Return which words the page asks to be confirmed."""
    (digest,) = re.findall(r'name="digest" value="(\w+)"', page)
    return str(digest)


@pytest.mark.parametrize("path", ["", "/operator", f"/texts/privacy/{ENGLISH}", "/files"])
def test_only_an_administrator_gets_in(personas: Personas, path: str) -> None:
    address = f"/admin/site{path}"
    assert personas.administrator.get(address).status_code == 200
    others = (personas.staff, personas.manager, personas.school_office, personas.auditor, personas.young())
    assert [browser.get(address).status_code for browser in others] == [403] * 5
    assert personas.anonymous.get(address).status_code == 302


@pytest.mark.parametrize("path", ["/texts/privacy/fr", "/texts/cookies/en", "/texts/privacy"])
def test_there_are_no_other_texts(personas: Personas, path: str) -> None:
    assert personas.administrator.get(f"/admin/site{path}").status_code == 404


def test_a_change_of_the_operator_shows_at_once_to_whoever_made_it(personas: Personas) -> None:
    browser = personas.administrator
    assert browser.post("/admin/site/operator", data=OPERATOR).status_code == 303
    page = browser.get("/admin/site/operator").text
    assert "浙ICP备1号" in page[page.index("<footer") :]
    assert "运营单位：– → 清溪县青少年宫" in page


def test_what_is_too_long_stays_in_the_form(personas: Personas) -> None:
    answer = personas.administrator.post("/admin/site/operator", data=OPERATOR | {"name": "长" * 81})
    assert answer.status_code == 422
    assert "0573-88001234" in answer.text
    assert 'id="name-errors"' in answer.text


@pytest.mark.parametrize(("field", "typed"), [("icp_number", "随便写"), ("police_number", "浙公网安备 1234 号")])
def test_a_filing_number_that_cannot_be_one_is_not_put_on_every_page(
    personas: Personas, field: str, typed: str
) -> None:
    answer = personas.administrator.post("/admin/site/operator", data=OPERATOR | {field: typed})
    assert answer.status_code == 422
    assert f'id="{field}-errors"' in answer.text
    assert f'value="{typed}"' in answer.text


@pytest.mark.parametrize("typed", ["浙公网安备33048302000123号", "浙公网安备 33048302000123号", "33048302000123"])
def test_a_number_of_the_police_is_taken_as_the_registry_writes_it(personas: Personas, typed: str) -> None:
    answer = personas.administrator.post("/admin/site/operator", data=OPERATOR | {"police_number": typed})
    assert answer.status_code == 303


def test_a_text_is_looked_at_before_it_is_saved(personas: Personas) -> None:
    browser = personas.administrator
    looked = browser.post(TEXT, data={"body": "# 我们\n<b>青少年宫</b>", "preview": "y"})
    assert looked.status_code == 200
    assert "<h2>我们</h2>" in looked.text
    assert "<b>" not in looked.text
    assert 'name="digest"' not in looked.text
    assert "青少年宫" not in personas.anonymous.get("/about").text
    assert browser.post(TEXT, data={"body": "# 我们\r\n青少年宫"}).status_code == 303
    assert "<p>青少年宫</p>" in personas.anonymous.get("/about").text


@pytest.mark.parametrize("body", ["", "  \n ", "长" * 40_001])
def test_what_cannot_be_said_is_refused(personas: Personas, body: str) -> None:
    answer = personas.administrator.post(TEXT, data={"body": body})
    assert answer.status_code == 422
    assert 'id="body-errors"' in answer.text


def test_a_text_is_reviewed_and_put_back(personas: Personas) -> None:
    browser = personas.administrator
    browser.post(TEXT, data={"body": "青少年宫"})
    page = browser.get(TEXT).text
    assert "banner--gold" in page
    for _ in range(2):
        assert browser.post(f"{TEXT}/review", data={"digest": digest_in(page)}).status_code == 303
    reviewed = browser.get(TEXT).text
    assert "banner--gold" not in reviewed
    assert "已审核确认" in reviewed
    assert browser.get("/admin/site").text.count("已审核") == 1
    for _ in range(2):
        assert browser.post(f"{TEXT}/restoration").status_code == 303
    assert "系统自带的文字" in browser.get(TEXT).text
    assert "<p>青少年宫</p>" not in personas.anonymous.get("/about").text


def test_old_words_are_not_confirmed(personas: Personas) -> None:
    browser = personas.administrator
    digest = digest_in(browser.get(TEXT).text)
    browser.post(TEXT, data={"body": "改过了"})
    answer = browser.post(f"{TEXT}/review", data={"digest": digest}, follow_redirects=True)
    assert "请再看一遍" in answer.text
    assert "待审核" in personas.anonymous.get("/about").text


def test_a_file_is_added_listed_and_deleted(personas: Personas) -> None:
    browser = personas.administrator
    data = {"name": "MP_verify_abc.txt", "content": "abc"}
    assert browser.post("/admin/site/files", data=data).status_code == 303
    page = browser.get("/admin/site/files").text
    (deletion,) = re.findall(r'action="(/admin/site/files/\d+/deletion)"', page)
    assert personas.anonymous.get("/MP_verify_abc.txt").text == "abc"
    again = browser.post("/admin/site/files", data=data)
    assert again.status_code == 422
    assert 'id="name-errors"' in again.text
    for _ in range(2):
        assert browser.post(deletion).status_code == 303
    assert personas.anonymous.get("/MP_verify_abc.txt").status_code == 404


@pytest.mark.parametrize("name", ["../a.txt", "a.php", "a b.txt", ".txt", "验证.txt", "a/b.html", "a" * 99 + ".txt"])
def test_a_name_that_is_none_is_refused(personas: Personas, name: str) -> None:
    answer = personas.administrator.post("/admin/site/files", data={"name": name, "content": "kept in the form"})
    assert answer.status_code == 422
    assert "kept in the form" in answer.text


def test_a_file_is_small(personas: Personas) -> None:
    answer = personas.administrator.post("/admin/site/files", data={"name": "a.txt", "content": "x" * 1001})
    assert answer.status_code == 422
