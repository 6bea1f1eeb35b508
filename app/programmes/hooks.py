"""What happens to programmes and applications that higher packages follow."""

from datetime import datetime

from app.core.hooks import Hook
from app.programmes.models import Application, Programme

when_copied = Hook[[Programme, Programme, int, datetime]]()  # the original and its copy, by whom and when
when_replanned = Hook[[Programme, datetime]]()  # its days, nights or reach have changed, or whether it takes place
when_leaving = Hook[[Application, datetime]]()  # it has ended, in whatever way
