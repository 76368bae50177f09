"""The language in which somebody asks to be written to: of their account, whatever they follow."""

from collections.abc import Sequence
from datetime import datetime

from sne.demandeurs.actions import acteur_de, choisir_langue
from sne.demandeurs.selectors import SessionLue
from sne.registre.rattachement.possible import exiger_langue
from sne.registre.rattachement.selectors.visites import Visite
from sne.socle.acte import Acte


def choisir_sa_langue(
    session: SessionLue, visites: Sequence[Visite], langue: str, *, survenu_le: datetime
) -> None:
    """Be written to in this language from now on. Raises ``NonHabilite``, ``Interdit`` for one that is none."""
    exiger_langue(session.voie, visites)
    choisir_langue(session.compte, langue, acte=Acte(acteur_de(session.compte), survenu_le))
