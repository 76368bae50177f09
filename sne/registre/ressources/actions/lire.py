"""Reading the resources of an applicant: what the gate lets through, told to the household when a figure is shown."""

from enum import StrEnum

from django.db import transaction

from sne.demandeurs.rules.niveaux import Presence
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.policies import can_lire
from sne.registre.ressources.possible import exiger_ressources_lisibles
from sne.registre.ressources.rules.montrer import Connues, Situation, montrer
from sne.registre.ressources.rules.portail import Regard, montrer_au_demandeur
from sne.registre.ressources.selectors import get_situation, list_appels
from sne.registre.ressources.verbes import VerbeRessources
from sne.socle.acte import Acte
from sne.socle.erreurs import require
from sne.socle.horloge import jour

SANS_LECTURE = "Ces ressources ne se lisent pas ici. Un guichet vous renseigne."


class Forme(StrEnum):
    """How they are read."""

    ECRAN = "ECRAN"
    IMPRESSION = "IMPRESSION"
    FICHIER = "FICHIER"


@transaction.atomic
def lire_ressources(demande: Demande, *, acte: Acte, forme: Forme = Forme.ECRAN) -> Connues:
    """The only way to a figure. Each reading of one is an entry, that the household reads. Raises ``NonHabilite``."""
    exiger_ressources_lisibles(demande, acte.acteur)
    connues = montrer(get_situation(demande), list_appels(demande), le=jour(acte.survenu_le))
    return _dites(connues, demande, acte=acte, forme=forme)


def lire_sans_appel(demande: Demande, situation: Situation, *, acte: Acte) -> Connues:
    """The same of a demande that the caller knows nobody ever asked about: there is no figure, and nothing to tell.
    ``situation``: what it is in.

    Raises ``NonHabilite``.
    """
    exiger_ressources_lisibles(demande, acte.acteur)
    return montrer(situation, (), le=jour(acte.survenu_le))


@transaction.atomic
def lire_ses_ressources(demande: Demande, presence: Presence, *, titulaire: bool, acte: Acte) -> Connues:
    """The only way to a figure online: what the applicant's own session may see, told as any other reading.

    ``titulaire``: who looks is the applicant, and not a co-holder. Raises ``NonHabilite``.
    """
    require(can_lire(acte.acteur, demande), SANS_LECTURE)
    connues = montrer_au_demandeur(
        Regard(presence, titulaire), get_situation(demande), list_appels(demande), le=jour(acte.survenu_le)
    )
    return _dites(connues, demande, acte=acte, forme=Forme.ECRAN)


def _dites(connues: Connues, demande: Demande, *, acte: Acte, forme: Forme) -> Connues:
    if connues.chiffrees:
        dire(VerbeRessources.CONSULTER_RESSOURCES, demande, acte=acte, faits={"forme": forme.value})
    return connues
