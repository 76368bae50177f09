"""Identifiers made in Python: time-ordered UUID version 7, so that rows can point at one another before they exist."""

import uuid

from uuid_utils import compat


def uuid7() -> uuid.UUID:
    """A new UUID version 7 (RFC 9562): time-ordered, unguessable in its 74 random bits."""
    return compat.uuid7()
