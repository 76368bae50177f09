"""Contacts wait after a change of identity: somebody who changes both takes a file away in silence. Pure."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from sne.registre.contenu.rules.texte import lire_texte
from sne.registre.controle.parametres import Seuils
from sne.socle.erreurs import Interdit
from sne.socle.signes import INSECABLE


class ContactRetenu(Interdit):
    """The e-mail address or the phone may not change yet: the identity has just changed, or is asked to."""

    code = "CONTACT_RETENU"


class MotifPermission(StrEnum):
    """Why contacts may change so soon."""

    PLUS_D_ACCES = "PLUS_D_ACCES"
    ERREUR_SAISIE = "ERREUR_SAISIE"
    MISE_EN_DANGER = "MISE_EN_DANGER"
    AUTRE = "AUTRE"


MOTIFS_PERMISSION: Mapping[MotifPermission, str] = MappingProxyType(
    {
        MotifPermission.PLUS_D_ACCES: "La personne n’a plus accès à son adresse ou à son téléphone",
        MotifPermission.ERREUR_SAISIE: "L’adresse ou le numéro a été mal saisi",
        MotifPermission.MISE_EN_DANGER: "La personne est en danger si l’ancien contact reste",
        MotifPermission.AUTRE: "Autre",
    }
)
PAR_UN_TIERS = (
    "Vous avez saisi le changement d’identité. Un autre gestionnaire doit permettre celui des contacts."
)
PAR_UNE_AUTRE_MAIN = "Vous avez permis ce changement de contact. Une autre personne doit le saisir."


def exiger_contact_libre(identite_le: date | None, libre_le: date | None, *, champ: str) -> None:
    """Refuse a new e-mail address or phone while a change of identity holds them, until ``libre_le``.

    ``identite_le``: day of the last change of a protected trait, applied or asked for. Raises :class:`ContactRetenu`
    on the field.
    """
    if libre_le is None:
        return
    raise ContactRetenu(
        f"L’identité a changé le {identite_le:%d/%m/%Y}, ou il est demandé qu’elle change{INSECABLE}: le courriel et "
        f"le téléphone peuvent être modifiés à partir du {libre_le:%d/%m/%Y}. Si c’est urgent, un gestionnaire de "
        "votre territoire peut permettre un changement, depuis la page du dossier. Un autre que lui le saisit.",
        champ=champ,
    )


def libre_a_partir_du(
    identite_le: date | None, *, jour: date, anciennete_jours: int, seuils: Seuils
) -> date | None:
    """The day from which contacts may change; ``None`` when nothing holds them on ``jour``."""
    if identite_le is None or anciennete_jours < seuils.anciennete_libre_jours:
        return None
    libre_le = identite_le + timedelta(days=seuils.alternance_jours + 1)
    return libre_le if jour < libre_le else None


def exiger_a_permettre(libre_le: date | None, *, deja: date | None) -> None:
    """Refuse a permission that is not needed, or that was already given until ``deja``. Raises ``Interdit``."""
    if libre_le is None:
        raise Interdit(
            "Rien ne retient le courriel ni le téléphone de ce dossier. Ils peuvent être modifiés."
        )
    if deja is not None:
        raise Interdit(
            f"Un changement de contact est déjà permis jusqu’au {deja:%d/%m/%Y}. Il n’a pas encore servi."
        )


def lire_permission(motif: str, precision: str) -> tuple[MotifPermission, str]:
    """The coded reason and its sentence, as they may be kept. Raises ``Interdit`` on its field."""
    if motif not in set(MotifPermission):
        raise Interdit("Choisissez pourquoi le contact doit changer maintenant.", champ="motif")
    return MotifPermission(motif), lire_texte(precision, requis=True)
