"""A mail server of the drills: takes everything, and counts who received what, as a household would."""

import threading
from collections import Counter
from email import message_from_bytes, policy
from types import TracebackType
from typing import Any, Self

from aiosmtpd.controller import Controller


class Courrier:
    """What came in, by address and subject. ``recus`` may be read while it runs."""

    def __init__(self, port: int) -> None:
        self.url = f"smtp://127.0.0.1:{port}"
        self.recus: Counter[tuple[str, str]] = Counter()
        self._verrou = threading.Lock()
        self._serveur = Controller(self, hostname="127.0.0.1", port=port)

    async def handle_DATA(self, _serveur: Any, _session: Any, enveloppe: Any) -> str:  # noqa: N802 - by aiosmtpd
        """One message, for one household."""
        objet = str(message_from_bytes(enveloppe.content, policy=policy.default)["Subject"])
        with self._verrou:
            self.recus.update((adresse, objet) for adresse in enveloppe.rcpt_tos)
        return "250 Accepté"

    def list_doubles(self) -> list[str]:
        """One sentence for each message that somebody received twice."""
        with self._verrou:
            return [
                f"« {objet} » envoyé {fois} fois à une même adresse"
                for (_, objet), fois in self.recus.items()
                if fois > 1
            ]

    def __enter__(self) -> Self:
        self._serveur.start()
        return self

    def __exit__(
        self, _t: type[BaseException] | None, _e: BaseException | None, _tb: TracebackType | None
    ) -> None:
        self._serveur.stop()
