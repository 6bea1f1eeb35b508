"""https on the local network, so that a real phone's camera and offline pages can be tried; no part of the web app."""
