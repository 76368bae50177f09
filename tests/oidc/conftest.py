"""A provider that lies, stopped after each test."""

from collections.abc import Iterator

import pytest

from tests.oidc.menteur import Menteur


@pytest.fixture
def menteur() -> Iterator[Menteur]:
    m = Menteur()
    yield m
    m.arreter()
