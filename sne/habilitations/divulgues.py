"""Passwords that leaked somewhere: a file carried in, as Have I Been Pwned publishes it, asked without a network.

One line a password, ``SHA-1 in capitals:times``, sorted: some forty reads of a line find one among a thousand million.
"""

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError

SIGNES = 40  # of a SHA-1 in hexadecimal


class MotDePasseDivulgue:
    """Django's validator of passwords: refuses those of the file; says nothing where none is carried."""

    def validate(self, password: str, user: Any = None) -> None:  # noqa: ARG002 - Django's signature
        """Raises ``ValidationError``."""
        fichier = settings.MOTS_DE_PASSE_DIVULGUES
        if fichier and est_divulgue(password, Path(fichier)):
            raise ValidationError("Il a fuité d’un autre service, et sera essayé. Choisissez-en un autre.")


def est_divulgue(mot_de_passe: str, fichier: Path) -> bool:
    """Whether the file holds it. Raises ``OSError``."""
    cherche = hashlib.sha1(mot_de_passe.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with fichier.open("rb") as lu:
        debut, fin = 0, fichier.stat().st_size
        while debut < fin:  # the first line that begins at ``debut`` or after is not before what is searched
            milieu = (debut + fin) // 2
            lu.seek(milieu)
            if milieu:
                lu.readline()
            ligne = lu.readline()[:SIGNES]
            if ligne == cherche:
                return True
            if ligne and ligne < cherche:
                debut = milieu + 1
            else:
                fin = milieu
    return False
