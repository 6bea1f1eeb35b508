"""What a WSGI server imports."""

from app import create_app
from config import from_environment

app = create_app(from_environment())
