"""A dispatcher under test: seals and hands over, again and again, until somebody kills it."""

import time

import django


def principal() -> None:
    """Never returns."""
    from sne.journal import handlers
    from sne.journal.actions import sceller

    while True:
        sceller()
        handlers.distribuer()
        time.sleep(0.01)


if __name__ == "__main__":
    django.setup()
    principal()
