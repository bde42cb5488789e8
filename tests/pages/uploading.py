"""Dropping files into the sidebar, and waiting as its reader does."""

import time

from streamlit.testing.v1 import AppTest

from pages.parts.house import house

SECONDS = 30.0


def send(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    """Drop files and see the page that comes at once."""
    return app.file_uploader[0].set_value([(name, data, "text/plain") for name, data in files]).run()


def upload(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    """Drop files and look again, as the sidebar does by itself, once all were taken."""
    send(app, *files)
    patience = time.monotonic() + SECONDS
    while house().inbox.pending(app.session_state["upload_tickets"]):
        assert time.monotonic() < patience
        time.sleep(0.05)
    return app.run()
