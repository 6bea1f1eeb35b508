"""Why a backup cannot be made, read or put back."""

from flask_babel import lazy_gettext as _l

from app.core.problems import Problem


class BackupProblem(Problem):
    """Nothing was done, and nothing half-done is left behind."""


class NoRecipient(BackupProblem):
    code = "no_recipient"
    words = _l("BACKUP_RECIPIENT is missing: `flask backup-key` makes a pair of keys; the public one belongs there.")


class BadRecipient(BackupProblem):
    code = "bad_recipient"
    words = _l("BACKUP_RECIPIENT holds something that is no public key: %(key)s. It begins with age1.")


class NoIdentity(BackupProblem):
    code = "no_identity"
    words = _l("The secret key is missing: say --identity and the file it is in.")


class BadIdentity(BackupProblem):
    code = "bad_identity"
    words = _l("There is no secret key in %(file)s: it begins with AGE-SECRET-KEY-1.")


class Busy(BackupProblem):
    code = "busy"
    words = _l("Another backup or restore is going on in %(folder)s just now.")


class NoRoom(BackupProblem):
    code = "no_room"
    words = _l("There is no room left to write in %(folder)s.")


class CannotWrite(BackupProblem):
    code = "cannot_write"
    words = _l("Reading or writing failed: %(why)s")


class ToolMissing(BackupProblem):
    code = "tool_missing"
    words = _l("%(tool)s is missing: install Debian's package postgresql-client.")


class ToolTooOld(BackupProblem):
    code = "tool_too_old"
    words = _l("%(tool)s is of version %(found)s, the server of %(server)s: install postgresql-client-%(server)s.")


class DatabaseFailed(BackupProblem):
    code = "database_failed"
    words = _l("The database could not be copied or put back: %(why)s")


class NoDatabase(BackupProblem):
    code = "no_database"
    words = _l("There is no database at %(place)s yet: flask db upgrade makes one.")


class NotABackup(BackupProblem):
    code = "not_a_backup"
    words = _l("%(file)s is not a backup, or its beginning is damaged.")


class WrongKey(BackupProblem):
    code = "wrong_key"
    words = _l("%(file)s was encrypted for another key.")


class Damaged(BackupProblem):
    code = "damaged"
    words = _l("%(file)s is damaged: cut off or changed after it was made.")


class UnknownFormat(BackupProblem):
    code = "unknown_format"
    words = _l("This backup has format %(format)s, which this program does not know. Use a newer one.")


class OtherEngine(BackupProblem):
    code = "other_engine"
    words = _l("This is a backup of %(engine)s, and DATABASE_URL names another kind of database.")


class ProgramTooOld(BackupProblem):
    code = "program_too_old"
    words = _l("The backup was made by a newer program (database %(revision)s). Install that one first.")


class DemoBackup(BackupProblem):
    code = "demo_backup"
    words = _l("This is a backup of the demo with known passwords; production refuses it.")


class NotEmpty(BackupProblem):
    code = "not_empty"
    words = _l(
        "There are accounts in this database already. With --replace it is put aside, and nothing of it is lost."
    )


class InUse(BackupProblem):
    code = "in_use"
    words = _l("Something is using the database just now: stop the program first, and its workers.")


class NotOwner(BackupProblem):
    code = "not_owner"
    words = _l("The role of DATABASE_URL does not own the schema: ALTER SCHEMA public OWNER TO that role, as postgres.")
