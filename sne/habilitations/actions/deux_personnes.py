"""One person asked, another answers: the one way to answer, wherever it is."""

from sne.habilitations.models.deux_personnes import DeuxPersonnes
from sne.habilitations.rules import Permission
from sne.habilitations.selectors.deux_personnes import exiger_autre_personne
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit

DEJA = "Il n’y a plus rien à décider. Une réponse a été donnée, ou la demande a pris fin. Rechargez la page."


def repondre[R: DeuxPersonnes](
    reponse: R, *, permission: Permission, territoire: str, sinon: str, acte: Acte
) -> R:
    """Sign the answer of another person.

    What is answered is locked; the row is not saved, the caller says the rest of it. Raises ``Interdit``: not theirs to
    answer (``sinon``); answered already, taken back or expired.
    """
    exiger_autre_personne(acte.acteur, reponse.auteur, sinon=sinon)
    exiger_sans_reponse(reponse)
    return signer(reponse, permission=permission, territoire=territoire, acte=acte)


def exiger_sans_reponse(reponse: DeuxPersonnes) -> None:
    """Refuse a second answer. Raises ``Interdit``."""
    if reponse.est_repondue():
        raise Interdit(DEJA)


def signer[R: DeuxPersonnes](reponse: R, *, permission: Permission, territoire: str, acte: Acte) -> R:
    """Who answers, by which right, and when; what forbids it is for the caller to ask."""
    reponse.decideur = acte.acteur.id
    reponse.decide_par = acte.acteur.instantane_pour(permission, territoire)
    setattr(reponse, reponse.instant, acte.survenu_le)
    return reponse
