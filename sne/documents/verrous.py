"""Who is at an object's bytes now: processes that put them, together; a process that moves or erases them, alone."""

import uuid
from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, contextmanager

from sne.socle import verrous

PREFIXE = "documents.objet:"
PARTAGER = "SELECT pg_advisory_lock_shared(hashtextextended(unnest(%s::text[]), 0))"
RENDRE = "SELECT pg_advisory_unlock_shared(hashtextextended(unnest(%s::text[]), 0))"


@contextmanager
def pour_poser(ids: Collection[uuid.UUID]) -> Iterator[None]:
    """Hold these objects with other processes that put the same bytes; waits for one that moves or erases any of them.

    Those wait for nobody (``seul``), so the order does not matter.
    """
    noms = [f"{PREFIXE}{objet_id}" for objet_id in ids]
    with verrous.session() as executer:
        executer(PARTAGER, [noms])
        try:
            yield
        finally:
            executer(RENDRE, [noms])


def seul(objet_id: uuid.UUID) -> AbstractContextManager[bool]:
    """Whether the object is ours alone: false when somebody is putting, moving or erasing it."""
    return verrous.seul(f"{PREFIXE}{objet_id}")
