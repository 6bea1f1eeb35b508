"""What a WSGI server imports to serve the bare view."""

from bench.bare import create_app

app = create_app()
