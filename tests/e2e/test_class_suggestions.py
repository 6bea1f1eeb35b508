"""The classes of the chosen school, suggested while a parent types."""

from tests.browser import until
from tests.e2e.conftest import Visit
from tests.e2e.town import Town

SUGGESTED = "[...document.querySelectorAll('#class-names option')].map((one) => one.value)"


def test_choosing_a_school_suggests_its_classes_and_another_one_takes_them_away(visit: Visit, town: Town) -> None:
    page = visit().open(f"/slots/{town.slot_id}/registration/child")
    assert page.get_attribute("#class_name", "list") == "class-names"
    assert page.evaluate(SUGGESTED) == []
    page.select_option("#school_id", str(town.school.id))
    until(page, SUGGESTED, [town.school_class.name])
    page.select_option("#school_id", "none")
    until(page, SUGGESTED, [])
