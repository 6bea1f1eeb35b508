"""The pages of pairing and what it has done in the background, for `create_app`."""

from app.pairing import arranging_desk, desk, people_desk
from app.pairing.accepting import desk as acceptance
from app.pairing.accepting import jobs as accepting_jobs
from app.pairing.accepting import member_desk as pairing_members
from app.pairing.accepting import pages as pairs
from app.pairing.accepting import school_desk as school_acceptance
from app.pairing.ending import desk as pair_history
from app.pairing.ending import jobs as ending_jobs
from app.pairing.ending import late_desk
from app.pairing.journal import desk as journal_desk
from app.pairing.journal import jobs as journal_jobs
from app.pairing.journal import pages as pair_journal
from app.pairing.journal import school_desk as school_journal
from app.pairing.journal import school_silence_desk, silence_desk
from app.pairing.letters import desk as letters_desk
from app.pairing.letters import pages as pair_letters
from app.pairing.letters import teacher_desk as letter_teacher

ROUTES = (
    desk,
    people_desk,
    arranging_desk,
    pairs,
    acceptance,
    pairing_members,
    journal_desk,
    school_journal,
    school_acceptance,
    school_silence_desk,
    pair_journal,
    silence_desk,
    pair_letters,
    letter_teacher,
    letters_desk,
    pair_history,
    late_desk,
)
JOBS = (accepting_jobs, journal_jobs, ending_jobs)
