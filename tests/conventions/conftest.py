"""The clock of the agreements: it goes on, from a morning far from midnight and from the end of a month."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.registre.factories import MAINTENANT


@pytest.fixture(autouse=True)
def heure() -> Iterator[None]:
    """24 November 2026, half past ten; what must stand still, or jump, says so itself."""
    with time_machine.travel(MAINTENANT):
        yield
