"""What everyone may read of the operator."""

import pytest
from flask.testing import FlaskClient

from app.core.clock import now
from app.core.languages import CHINESE
from app.site.models import TextKey
from app.site.operations import add_file, name_operator, review_text, write_text
from app.site.operator import Operator, forget_operator
from app.site.queries import words_of
from tests.factories import Factory
from tests.signing_in import Personas

OPERATOR = Operator("清溪县青少年宫", "0573-88001234", "浙ICP备2026000001号-1", "浙公网安备 33048302000001号")
PENDING = "待审核：请由本单位法务或负责人审阅后确认"


@pytest.fixture
def operator(make: Factory) -> Operator:
    """Who runs this site, and every page knows it."""
    make.do(name_operator, OPERATOR, by=make.user().id, at=now())
    forget_operator()
    return OPERATOR


@pytest.mark.parametrize("key", TextKey)
def test_a_text_is_there_from_the_first_day_and_says_that_nobody_has_reviewed_it(
    client: FlaskClient, key: TextKey
) -> None:
    client.set_cookie("language", CHINESE)
    page = client.get(f"/{key}").text
    assert PENDING in page
    assert "运营单位名称，待填写" in page
    client.set_cookie("language", "en")
    assert "Not reviewed yet" in client.get(f"/{key}").text


def test_it_names_the_operator_and_is_quiet_once_it_was_reviewed(
    client: FlaskClient, make: Factory, operator: Operator
) -> None:
    with make.app.app_context():
        digest = words_of(TextKey.PRIVACY, CHINESE).digest
    make.do(review_text, TextKey.PRIVACY, CHINESE, digest, by=make.user().id, at=now())
    page = client.get("/privacy").text
    assert PENDING not in page
    assert operator.name in page
    assert operator.contact in page
    assert "待填写" not in page


def test_words_are_never_markup(client: FlaskClient, make: Factory) -> None:
    body = "# <b>标题</b>\n<script>alert(1)</script>\n- <img src=x onerror=alert(1)>\n{{ 7 * 7 }}"
    make.do(write_text, TextKey.TERMS, CHINESE, body, by=make.user().id, at=now())
    make.do(name_operator, Operator(name="<i>宫</i>", icp_number='"><u>'), by=make.user().id, at=now())
    forget_operator()
    page = client.get("/terms").text
    for tag in ("<b>", "<script>alert", "<img src=x", "<i>", "<u>"):
        assert tag not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "{{ 7 * 7 }}" in page


PAGES = [
    ("anonymous", ["/", "/sign-in", "/verify", "/privacy", "/events/{event}", "/slots/{slot}/registration"]),
    ("staff", ["/desk/events", "/desk/events/{event}", "/desk/events/{event}/sheet"]),
    ("school_office", ["/school/pupils"]),
    ("administrator", ["/admin/organisations"]),
]


@pytest.mark.parametrize(("who", "addresses"), PAGES, ids=lambda part: part if isinstance(part, str) else "")
def test_the_foot_of_every_page_carries_the_filing_numbers_and_the_texts(
    personas: Personas, make: Factory, operator: Operator, who: str, addresses: list[str]
) -> None:
    event = make.event(personas.host)
    for address in addresses:
        page = getattr(personas, who).get(address.format(event=event.id, slot=event.slots[0].id)).text
        foot = page[page.index('<footer class="footer">') :]
        assert f'<a href="https://beian.miit.gov.cn/" rel="noreferrer" lang="zh-CN">{operator.icp_number}</a>' in foot
        assert "https://beian.mps.gov.cn/#/query/webSearch?code=33048302000001" in foot
        assert operator.police_number in foot
        assert all(f'href="/{key}"' in foot for key in TextKey)


def test_numbers_that_were_not_entered_leave_no_gap(client: FlaskClient) -> None:
    assert "beian" not in client.get("/").text


@pytest.mark.parametrize("name", ["MP_verify_Abc123.txt", "baidu-site_1.html"])
def test_a_verification_file_is_handed_out_as_text_at_the_root(client: FlaskClient, make: Factory, name: str) -> None:
    make.do(add_file, name, "<script>alert(1)</script>", by=make.user().id, at=now())
    answer = client.get(f"/{name}")
    assert answer.text == "<script>alert(1)</script>"
    assert answer.content_type == "text/plain; charset=utf-8"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert client.get(f"/{name.lower()}").status_code == (404 if name != name.lower() else 200)
    assert client.get(f"/x{name}").status_code == 404


@pytest.mark.parametrize("address", ["/a.txt", "/a.php", "/.txt", "/a/b.txt", "/a.txt.txt", "/%00.txt", "/../a.txt"])
def test_other_names_lead_nowhere(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404
