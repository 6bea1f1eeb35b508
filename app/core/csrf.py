"""CSRF protection for every form; the API, which knows no cookies, is exempted where it is attached."""

from flask_wtf import CSRFProtect

csrf = CSRFProtect()
