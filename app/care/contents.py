"""The pages about what is kept of whom and what is done for that in the background, for `create_app`."""

from app.care import unmasking
from app.care.auditing import routes as auditing
from app.care.consents import contents as consents
from app.care.correcting import desk as correction_desk
from app.care.correcting import pages as corrections
from app.care.erasing import desk as erasure_desk
from app.care.erasing import jobs as erasure_jobs
from app.care.merging import routes as merging
from app.care.retention import desk as retention_desk
from app.care.retention import jobs as retention_jobs
from app.care.rights import routes as rights

ROUTES = (
    *consents.ROUTES,
    corrections,
    correction_desk,
    auditing,
    rights,
    unmasking,
    erasure_desk,
    retention_desk,
    merging,
)
JOBS = (*consents.JOBS, erasure_jobs, retention_jobs)
