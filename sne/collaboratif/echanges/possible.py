"""Whether a topic may be read, answered, accepted, changed or withdrawn now."""

from sne.collaboratif.echanges.models import Contribution, Sujet
from sne.collaboratif.echanges.rules import GenreSujet
from sne.collaboratif.espaces.possible import exiger_droit, exiger_lire
from sne.collaboratif.espaces.rules import INTROUVABLE, Droit, suffit
from sne.collaboratif.espaces.selectors import Lecteur
from sne.habilitations.selectors.deux_personnes import est_de_soi
from sne.socle.erreurs import Interdit, Introuvable, require

CLOS = "Ce sujet est clos. Ouvrez-en un autre."
PAS_UNE_QUESTION = "Seule une question a une réponse acceptée."
D_AUTRUI = "L’auteur de la question accepte une réponse, ou quelqu’un qui anime l’espace."
D_UN_AUTRE = "Seul son auteur change ce qu’il a écrit."
RETIREE = "Cette contribution a été retirée."
LA_QUESTION = "La question n’est pas sa propre réponse."


def exiger_lire_sujet(lecteur: Lecteur, sujet: Sujet) -> None:
    """Raises ``Introuvable``."""
    exiger_lire(lecteur, sujet.espace_id)


def exiger_repondre(lecteur: Lecteur, sujet: Sujet) -> None:
    """Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (the space or the topic is closed)."""
    exiger_droit(lecteur, sujet.espace, Droit.CONTRIBUER)
    if sujet.clos_le is not None:
        raise Interdit(CLOS)


def exiger_accepter(lecteur: Lecteur, sujet: Sujet) -> None:
    """Raises ``Introuvable``, ``NonHabilite`` (somebody else's question), ``Interdit`` (none, or closed)."""
    exiger_repondre(lecteur, sujet)
    if sujet.genre != GenreSujet.QUESTION:
        raise Interdit(PAS_UNE_QUESTION)
    anime = suffit(lecteur.droits[sujet.espace_id], Droit.ANIMER)
    require(anime or est_de_soi(lecteur.acteur, sujet.auteur), D_AUTRUI)


def exiger_acceptable(contribution: Contribution) -> None:
    """Raises ``Interdit``: withdrawn, or the question itself."""
    if contribution.retiree_le is not None:
        raise Interdit(RETIREE)
    if contribution.ouvre:
        raise Interdit(LA_QUESTION)


def exiger_modifier(lecteur: Lecteur, contribution: Contribution) -> None:
    """Raises ``Introuvable``, ``NonHabilite`` (somebody else's), ``Interdit`` (closed, withdrawn)."""
    exiger_repondre(lecteur, contribution.sujet)
    require(est_de_soi(lecteur.acteur, contribution.auteur), D_UN_AUTRE)
    if contribution.retiree_le is not None:
        raise Interdit(RETIREE)


def exiger_retirer(lecteur: Lecteur, contribution: Contribution) -> None:
    """Raises ``Introuvable``, ``NonHabilite`` (one does not run the space), ``Interdit`` (withdrawn already)."""
    exiger_droit(lecteur, contribution.sujet.espace, Droit.ANIMER)
    if contribution.retiree_le is not None:
        raise Interdit(RETIREE)


def exiger_visible(lecteur: Lecteur, contribution: Contribution) -> None:
    """Withdrawn, it is read by its author and by those who run the space. Raises ``Introuvable``."""
    exiger_lire_sujet(lecteur, contribution.sujet)
    anime = suffit(lecteur.droits[contribution.sujet.espace_id], Droit.ANIMER)
    if contribution.retiree_le and not anime and not est_de_soi(lecteur.acteur, contribution.auteur):
        raise Introuvable(INTROUVABLE)
