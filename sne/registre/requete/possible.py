"""May a change be asked of a counter, taken back, taken, answered: by whom, now."""

from datetime import date

from sne.demandeurs.rules.niveaux import Geste
from sne.habilitations.rules import Permission, sans_droit
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.rattachement.possible import exiger_geste
from sne.registre.rattachement.selectors.visites import Visite
from sne.registre.requete import policies
from sne.registre.requete.models import RequeteDemandeur
from sne.registre.requete.rules.requete import (
    OUVERTES,
    PAPIERS,
    SANS_OBJET_SEUL,
    GenreRequete,
    StatutRequete,
    geste_de,
    is_tenue,
)
from sne.registre.requete.selectors.requetes import etat_vise, has_ouverte, is_seule
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, require

DEJA = (
    "Vous avez déjà demandé ce changement. Attendez la réponse du guichet, ou retirez d’abord cette demande."
)
SEULE = "Vous êtes seul à signer cette demande\u00a0: personne ne peut en partir. Choisissez autre chose."
FINIE = "Cette demande de changement est terminée."
ARRETEE = "Cette demande de logement est arrêtée. Allez dans un guichet."
AUTRE_AGENT = "Un autre agent s’occupe de cette demande de changement."
DEJA_PRISE = "Vous vous occupez déjà de cette demande de changement."
A_PRENDRE = "Prenez d’abord cette demande de changement."
A_APPORTER = "Ce document ne s’envoie pas ici. Apportez-le au guichet."
RIEN_DE_CHANGE = (
    "Rien n’a encore changé dans la demande. Faites d’abord le changement dans le dossier\u00a0: s’il attend une "
    "décision, revenez quand elle est prise."
)


def exiger_requerable(visite: Visite, demande: Demande, genre: GenreRequete) -> None:
    """This session may ask for that, and it is not asked for already. Raises ``NonHabilite``, ``Interdit``."""
    exiger_geste(geste_de(genre), visite.presence)
    if Statut(demande.statut) not in {Statut.ACTIVE, Statut.EXPIREE}:
        raise Interdit(ARRETEE)
    if genre in SANS_OBJET_SEUL and is_seule(visite):
        raise Interdit(SEULE, champ="genre")
    if has_ouverte(demande.id, genre):
        raise Interdit(DEJA, champ="genre")


def exiger_retirable(visite: Visite, requete: RequeteDemandeur) -> None:
    """By who may ask for it, until it has ended. Raises ``NonHabilite``, ``Interdit``."""
    exiger_geste(Geste.DEMANDER_AU_GUICHET, visite.presence)
    exiger_ouverte(requete)


def exiger_documentable(visite: Visite, requete: RequeteDemandeur) -> None:
    """By who may ask for it, until it has ended, where the document of that kind may be kept.

    Raises ``NonHabilite``, ``Interdit``.
    """
    genre = GenreRequete(requete.genre)
    exiger_geste(geste_de(genre), visite.presence)
    exiger_ouverte(requete)
    if genre not in PAPIERS:
        raise Interdit(A_APPORTER)


def exiger_ouverte(requete: RequeteDemandeur) -> None:
    """It has not ended. Raises ``Interdit``."""
    if StatutRequete(requete.statut) not in OUVERTES:
        raise Interdit(FINIE)


def exiger_prenable(requete: RequeteDemandeur, acteur: Acteur, *, le: date) -> None:
    """By a counter that may change the file, while nobody holds it, or somebody else of the same counter does.

    Raises ``NonHabilite``, ``Interdit``.
    """
    require(policies.can_traiter(acteur, requete), sans_droit(Permission.DEMANDE_MODIFIER))
    exiger_ouverte(requete)
    if not is_tenue(requete.tenue_jusqu_au, le=le):
        return
    if requete.agent == acteur.id:
        raise Interdit(DEJA_PRISE)
    if requete.prise_par is None or requete.prise_par["guichet"] != acteur.guichet:
        raise Interdit(AUTRE_AGENT)


def exiger_traitable(requete: RequeteDemandeur, acteur: Acteur, *, le: date) -> None:
    """By the agent who took it, as long as they hold it. Raises ``NonHabilite``, ``Interdit``."""
    require(policies.can_traiter(acteur, requete), sans_droit(Permission.DEMANDE_MODIFIER))
    exiger_ouverte(requete)
    if not is_tenue(requete.tenue_jusqu_au, le=le):
        raise Interdit(A_PRENDRE)
    if requete.agent != acteur.id:
        raise Interdit(AUTRE_AGENT)


def exiger_faite(requete: RequeteDemandeur, demande: Demande, acteur: Acteur, *, le: date) -> None:
    """The same, once an act of the file has changed what was asked for. Raises as it does."""
    exiger_traitable(requete, acteur, le=le)
    if etat_vise(demande, requete.personne, GenreRequete(requete.genre)) == requete.temoin:
        raise Interdit(RIEN_DE_CHANGE)
