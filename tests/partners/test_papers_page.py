"""The partner's page of parents' papers, where the list names no parents."""

from tests.exchanges import a_programme
from tests.partner_rows import GUESTS, a_link, a_side, sent
from tests.signing_in import Personas


def test_without_a_parents_name_a_paper_is_written_down_by_itself_only(personas: Personas) -> None:
    make, (named, nameless) = personas.make, GUESTS
    link, code = a_link(make, a_side(make, a_programme(make, personas.host)), make.member(personas.host).id)
    sent(make, link, nameless)
    assert 'type="submit"' not in personas.anonymous.get(f"/D/{code}/papers").text
    sent(make, link, named)
    assert personas.anonymous.get(f"/D/{code}/papers").text.count('name="ids"') == 1
