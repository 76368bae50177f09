"""A request that waits, locked with its demande, and the row that ends it: answered by another, or taken back."""

import uuid

from sne.habilitations.rules import Permission
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.demande.models.demande import Demande
from sne.registre.enquete import policies
from sne.registre.enquete.models.restauration import DecisionRestauration, RequeteRestauration
from sne.registre.enquete.rules.restauration import IssueRestauration
from sne.registre.restauration.selectors import INCONNUE
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable
from sne.socle.identifiants import uuid7


def lock_requete(requete_id: uuid.UUID, *, acteur: Acteur) -> tuple[RequeteRestauration, Demande]:
    """The request, if the actor may read it, and its demande, locked. Raises ``Introuvable``."""
    lisibles = RequeteRestauration.objects.filter(policies.scope_des_enquetes(acteur))
    requete = lisibles.filter(id=requete_id).first()
    if requete is None:
        raise Introuvable(INCONNUE)
    return requete, lock_demande(requete.demande_id, acteur=acteur)


def exiger_sans_reponse(requete: RequeteRestauration, phrase: str) -> None:
    """Refuse a request that has its answer already, with this sentence. Raises ``Interdit``."""
    if DecisionRestauration.objects.filter(requete=requete).exists():
        raise Interdit(phrase)


def construire_decision(
    requete: RequeteRestauration,
    demande: Demande,
    issue: IssueRestauration,
    *,
    permission: Permission,
    acte: Acte,
    motif: str = "",
) -> DecisionRestauration:
    """The end of the request, not saved; ``permission``: by which right the actor ends it."""
    return DecisionRestauration(
        id=uuid7(),
        territoire=requete.territoire,
        demande=demande,
        revision=demande.revision,
        requete=requete,
        issue=issue.value,
        motif=motif,
        auteur=requete.auteur,
        decideur=acte.acteur.id,
        decide_par=acte.acteur.instantane_pour(permission, requete.territoire),
        survenu_le=acte.survenu_le,
    )
