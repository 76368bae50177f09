"""What time does is done one by one: one that fails stops no other, and is told."""

import logging
from collections.abc import Callable, Iterable

from django.db import InterfaceError, OperationalError

JOURNAL = logging.getLogger(__name__)


class NuitInachevee(Exception):
    """All was tried, and some failed: the technical log names them. The next night takes them up again."""


def un_a_un[C](cles: Iterable[C], faire: Callable[[C], int]) -> int:
    """Do it for each of these, in transactions of its own; what they did, added up. A database that is gone ends the
    pass: no other would do better.

    Raises ``NuitInachevee``, once all were tried.
    """
    faits = en_panne = 0
    for cle in cles:
        try:
            faits += faire(cle)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            JOURNAL.exception("assistance_en_panne %s", cle)
            en_panne += 1
    if en_panne:
        raise NuitInachevee(f"{en_panne} en panne\u00a0: le journal technique les nomme")
    return faits
