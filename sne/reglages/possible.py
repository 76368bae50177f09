"""Whether a value may be proposed, accepted, refused, taken back: asked by the acts, and by who offers them."""

from datetime import date

from sne.habilitations.rules import sans_droit
from sne.habilitations.selectors.deux_personnes import exiger_autre_personne, exiger_meme_personne
from sne.referentiels.rules import Periode, ValeurDatee
from sne.reglages import policies
from sne.reglages.rules.propositions import exiger_debut
from sne.reglages.rules.valeurs import exiger_tenable
from sne.reglages.selectors import Proposition, list_propositions, list_valeurs_datees
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, require

DEJA_PROPOSEE = "Une valeur de ce paramètre attend déjà une réponse. Attendez-la, ou faites-la retirer."
DE_SOI = "Vous avez proposé cette valeur. Une autre personne doit l’accepter ou la refuser."
D_UN_AUTRE = "Une proposition est retirée par la personne qui l’a faite."
REPONDUE = "Une réponse a déjà été donnée. Rechargez la page."


def exiger_gerer(acteur: Acteur) -> None:
    """Raises ``NonHabilite``."""
    require(policies.can_gerer(acteur), sans_droit(policies.GERER))


def exiger_proposable(code: str, acteur: Acteur) -> None:
    """Whether they may propose a value of this parameter now. Raises ``NonHabilite``, ``Interdit``."""
    exiger_gerer(acteur)
    if list_propositions(code=code, ouvertes=True):
        raise Interdit(DEJA_PROPOSEE)


def exiger_decidable(proposee: Proposition, acteur: Acteur) -> None:
    """Whether it is theirs to answer now. Raises ``NonHabilite``, ``Interdit``."""
    exiger_gerer(acteur)
    exiger_autre_personne(acteur, proposee.auteur, sinon=DE_SOI)
    _exiger_ouverte(proposee)


def exiger_acceptable(proposee: Proposition, acteur: Acteur, *, le: date) -> None:
    """Whether they may put it in force now. Raises ``NonHabilite``, ``Interdit`` (its day has come meanwhile, other
    values changed with which it no longer holds together).
    """
    exiger_decidable(proposee, acteur)
    exiger_en_vigueur(proposee.code, proposee.valeur, debut=proposee.debut, le=le)


def exiger_retirable(proposee: Proposition, acteur: Acteur) -> None:
    """Whether they may take it back now. Raises ``NonHabilite``, ``Interdit``."""
    exiger_gerer(acteur)
    exiger_meme_personne(acteur, proposee.auteur, sinon=D_UN_AUTRE)
    _exiger_ouverte(proposee)


def exiger_en_vigueur(code: str, valeur: object, *, debut: date, le: date) -> None:
    """Whether this value may hold from that day on. Raises ``Interdit`` beside its field."""
    exiger_debut(debut, le=le)
    exiger_tenable(ValeurDatee(code, valeur, Periode(debut)), list_valeurs_datees())


def _exiger_ouverte(proposee: Proposition) -> None:
    if proposee.issue:
        raise Interdit(REPONDUE)
