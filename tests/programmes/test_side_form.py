"""Who takes part is a unit or a name: one of the two."""

import pytest

from app.core.clock import local, now
from tests.exchanges import a_programme
from tests.factories import Factory
from tests.signing_in import Personas


@pytest.mark.parametrize("has_both", [True, False])
def test_neither_or_both_is_refused_beside_the_name(personas: Personas, make: Factory, has_both: bool) -> None:
    programme, day = a_programme(make, personas.host), f"{local(now()):%Y-%m}"
    unit, name = (str(make.school().id), "湾里区") if has_both else ("0", "")
    data = {"organisation_id": unit, "name": name, "places": "3", "contact": ""}
    window = {"opens_at": f"{day}-01 09:00", "closes_at": f"{day}-28 09:00"}
    answer = personas.staff.post(f"/desk/programmes/{programme.id}/sides/new", data=data | window)
    assert answer.status_code == 422
    assert 'id="name-errors"' in answer.text
