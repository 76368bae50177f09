"""Whether a meeting may be read, held or changed now."""

import uuid

from sne.collaboratif.calendrier.models import Rencontre
from sne.collaboratif.calendrier.rules import Couche
from sne.collaboratif.espaces.models import Espace
from sne.collaboratif.espaces.possible import exiger_droit, exiger_tenir
from sne.collaboratif.espaces.rules import INTROUVABLE, Droit
from sne.collaboratif.espaces.selectors import Lecteur
from sne.socle.erreurs import Interdit, Introuvable

ANNULEE = "Cette rencontre est annulée."


def exiger_tenir_couche(
    lecteur: Lecteur, couche: Couche, *, territoire: str, espace: uuid.UUID | None
) -> Espace | None:
    """The space, for a meeting of one. Raises ``NonHabilite``, ``Introuvable``, ``Interdit`` (closed)."""
    if couche is not Couche.ESPACE:
        exiger_tenir(lecteur.acteur, territoire if couche is Couche.TERRITOIRE else "")
        return None
    lu = Espace.objects.filter(id=espace).first() if espace else None
    if lu is None:
        raise Introuvable(INTROUVABLE)
    exiger_droit(lecteur, lu, Droit.ANIMER)
    return lu


def exiger_lire_rencontre(lecteur: Lecteur, rencontre: Rencontre) -> None:
    """Raises ``Introuvable``."""
    if lecteur.toutes.isdisjoint(rencontre.acces):
        raise Introuvable(INTROUVABLE)


def exiger_changer(lecteur: Lecteur, rencontre: Rencontre) -> None:
    """Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (cancelled, a closed space)."""
    exiger_lire_rencontre(lecteur, rencontre)
    exiger_tenir_couche(
        lecteur,
        Couche(rencontre.couche),
        territoire=rencontre.territoire,
        espace=rencontre.espace_id,
    )
    if rencontre.annulee_le is not None:
        raise Interdit(ANNULEE)
