"""Whether somebody may be said to leave a demande, its protection lifted, a separation examined, by this actor now.

Asked by the acts, and by whoever offers them.
"""

import uuid
from typing import Protocol

from sne.habilitations.selectors.deux_personnes import est_de_soi, exiger_autre_personne
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.policies import Situee
from sne.registre.demande.rules.cycle_de_vie import OUVERTES
from sne.registre.demande.selectors.etat import assembler
from sne.registre.enquete.rules.gel import Gel, exiger_non_gele
from sne.registre.joindre.rules.lever_protection import Protection, exiger_levable
from sne.registre.joindre.rules.secret import est_secrete
from sne.registre.joindre.selectors.protection import is_protegee, list_auteurs_du_retrait
from sne.registre.separation import policies
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, require

DU_GESTIONNAIRE = "Un gestionnaire du territoire peut seul lever cette protection. Adressez-vous à lui."


class Examinee(Situee, Protocol):
    """A separation, or what was read of one."""

    @property
    def auteur(self) -> uuid.UUID: ...


def exiger_separable(
    demande: Demande, acteur: Acteur, *, guichet: str, adultes: int, gel: Gel | None
) -> None:
    """Whether somebody may be said to leave this demande now, by this counter.

    ``adultes``: how many are on it. Raises ``NonHabilite``, ``Interdit``, ``DossierFige``.
    """
    require(
        policies.can_separer(acteur, demande, guichet=guichet),
        "Votre rôle ne permet pas d’enregistrer une séparation. Adressez-vous à un guichet du territoire.",
    )
    if demande.statut not in OUVERTES:
        raise Interdit("Cette demande n’est plus ouverte. Enregistrez une demande ordinaire.")
    exiger_non_gele(gel, ce_qui_attend="La séparation")
    if adultes < 2:
        raise Interdit("Pour que quelqu’un quitte cette demande, il faut y être au moins deux.")


def exiger_protection_levable(demande: Demande, acteur: Acteur, *, gel: Gel | None) -> None:
    """Whether this actor may say now that the demande need not be kept secret any longer.

    Raises ``NonHabilite``, ``Interdit``, ``DossierFige``.
    """
    require(policies.can_lever_protection(acteur, territoire=demande.territoire), DU_GESTIONNAIRE)
    exiger_non_gele(gel, ce_qui_attend="La levée de la protection")
    exiger_levable(
        Protection(
            ouverte=demande.statut in OUVERTES,
            en_place=is_protegee(demande),
            dite=est_secrete(assembler(demande.version_courante, avec_sante=False), dite=False),
            de_soi=est_de_soi(acteur, *list_auteurs_du_retrait(demande)),
        )
    )


def exiger_separation_examinable(separation: Examinee, acteur: Acteur) -> None:
    """Answer the counter that registered it, as long as nobody has. Raises ``NonHabilite``, ``Interdit``."""
    require(
        policies.can_decider_separation(acteur, territoire=separation.territoire),
        "Votre rôle ne permet pas d’examiner une séparation.",
    )
    exiger_autre_personne(
        acteur,
        separation.auteur,
        sinon="Vous avez enregistré cette séparation. Une autre personne doit l’examiner.",
    )
