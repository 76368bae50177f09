"""What an act locks, in which order: two acts that lock the same rows in two orders wait for each other for ever."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

VERROU = re.compile(r' FROM "(\w+)".* FOR (?:NO KEY )?UPDATE(?: OF (.*))?$', re.DOTALL)


@contextmanager
def verrous() -> Iterator[list[tuple[str, Any]]]:
    """The tables whose rows are locked in the block, « revision_page, page_site » when in one statement, with the
    values of the statement.
    """
    pris: list[tuple[str, Any]] = []

    def noter(executer: Any, ordre: str, valeurs: Any, many: bool, contexte: Any) -> Any:
        if trouve := VERROU.search(ordre):
            pris.append(((trouve[2] or trouve[1]).replace('"', ""), valeurs))
        return executer(ordre, valeurs, many, contexte)

    with connection.execute_wrapper(noter):
        yield pris
