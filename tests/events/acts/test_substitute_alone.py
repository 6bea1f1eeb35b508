"""A substitute is another family's child: neither family sees the other, nor decides for it."""

import pytest
from flask.testing import FlaskClient

from app.core.clock import now
from app.core.db import db
from app.events.acts.substituting import substitute
from app.events.models import Registration
from app.events.registration.operations import sign_up
from app.events.registration.wishes import SignUp
from tests.factories import Factory
from tests.signing_in import Personas, signed_in


class Scene:
    """Two siblings signed up together, and another family's child in the place of the first."""

    def __init__(self, make: Factory, personas: Personas, *, counts_groups: bool) -> None:
        self.app, school = personas.app, make.school()
        first, second = make.user(), make.user()
        slot = make.slot(counts_groups=counts_groups)
        children = [make.person(first, name=name, age=20, school=school) for name in ("王大宝", "王小宝")]
        together = SignUp(slot.id, tuple(one.id for one in children))
        self.gone, self.sibling = make.do(sign_up, together, by=first.id, at=now())
        other = make.person(second, name="赵明远", age=20)
        make.enrolment(other, school)
        self.other = make.do(substitute, self.gone.id, other.id, "发烧了", by=make.user().id, at=now())
        self.family, self.strangers = signed_in(self.app, first), signed_in(self.app, second)

    def states(self) -> list[str]:
        """What the sibling's and the substitute's places are worth."""
        with self.app.app_context():
            return [db.session.get_one(Registration, one.id).state.value for one in (self.sibling, self.other)]

    def cancel_party(self, browser: FlaskClient, registration: Registration) -> None:
        """Press the button for everybody who comes together."""
        assert browser.post(f"/registrations/{registration.id}/party/cancellation").status_code == 303


@pytest.fixture(params=[False, True])
def scene(request: pytest.FixtureRequest, make: Factory, personas: Personas) -> Scene:
    """Where people are counted, and where a group has one place."""
    return Scene(make, personas, counts_groups=request.param)


def test_they_do_not_read_each_others_names(scene: Scene) -> None:
    assert "王小宝" not in scene.strangers.get(f"/registrations/{scene.other.id}").text
    for own in (scene.gone, scene.sibling):
        assert "赵明远" not in scene.family.get(f"/registrations/{own.id}").text


def test_the_substitutes_family_cancels_for_its_own_child_only(scene: Scene) -> None:
    scene.cancel_party(scene.strangers, scene.other)
    assert scene.states() == ["confirmed", "cancelled"]


@pytest.mark.parametrize("pressed", ["gone", "sibling"])
def test_the_first_family_cancels_for_its_own_only(scene: Scene, pressed: str) -> None:
    scene.cancel_party(scene.family, getattr(scene, pressed))
    assert scene.states() == ["cancelled", "confirmed"]
