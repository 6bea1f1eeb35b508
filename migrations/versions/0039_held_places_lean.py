"""Held places lean on the answer that has yet to be proven, as those do that are held from now on."""

from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

_SCOPE = (
    "CASE WHEN slots.consent_term IS NULL THEN 'event:' || CAST(events.id AS VARCHAR) "
    "ELSE 'term:' || CAST(events.host_id AS VARCHAR) || ':' || slots.consent_term END"
)
_ANSWER = (
    "SELECT consents_in_force.{column} FROM consents_in_force JOIN slots ON slots.id = registrations.slot_id "
    "JOIN events ON events.id = slots.event_id WHERE consents_in_force.person_id = registrations.person_id "
    "AND consents_in_force.scope = {scope}"
)
_PROGRAMME = (
    "SELECT consents_in_force.{column} FROM consents_in_force WHERE consents_in_force.person_id = "
    "applications.person_id AND consents_in_force.scope = 'programme:' || CAST(applications.programme_id AS VARCHAR)"
)
_LEANING = {"consent_id": "id", "consent_scope": "scope", "consent_proven": "is_proven"}


def upgrade() -> None:
    _lean("registrations", _ANSWER)
    _lean("applications", _PROGRAMME)


def downgrade() -> None:
    for table in ("registrations", "applications"):
        op.execute(f"UPDATE {table} SET {', '.join(f'{one} = NULL' for one in _LEANING)} WHERE state = 'held'")  # noqa: S608


def _lean(table: str, answer: str) -> None:
    values = ", ".join(f"{ours} = ({answer.format(column=theirs, scope=_SCOPE)})" for ours, theirs in _LEANING.items())
    op.execute(f"UPDATE {table} SET {values} WHERE state = 'held'")  # noqa: S608
