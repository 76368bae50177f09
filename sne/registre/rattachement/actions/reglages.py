"""How somebody asks to be written to, whatever they follow: the language, the messages that they do without."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sne.demandeurs.actions import acteur_de, choisir_avis, choisir_langue
from sne.demandeurs.selectors import SessionLue
from sne.notifications.rules import Famille
from sne.registre.rattachement.possible import exiger_langue, exiger_reglage_des_avis
from sne.registre.rattachement.selectors.visites import Visite
from sne.socle.acte import Acte


def choisir_sa_langue(
    session: SessionLue, visites: Sequence[Visite], langue: str, *, survenu_le: datetime
) -> None:
    """Be written to in this language from now on. Raises ``NonHabilite``, ``Interdit`` for one that is none."""
    exiger_langue(session.voie, visites)
    choisir_langue(session.compte, langue, acte=Acte(acteur_de(session.compte), survenu_le))


def choisir_ses_avis(
    session: SessionLue, visites: Sequence[Visite], refuses: Collection[Famille], *, survenu_le: datetime
) -> None:
    """Be sent no message of these families from now on. Raises ``NonHabilite``."""
    exiger_reglage_des_avis(visites)
    choisir_avis(session.compte, refuses, acte=Acte(acteur_de(session.compte), survenu_le))
