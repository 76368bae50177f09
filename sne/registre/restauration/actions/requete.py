"""A request that waits, locked with its demande, and the row that ends it: answered by another, or taken back."""

import uuid

from sne.habilitations.actions.deux_personnes import exiger_sans_reponse, signer
from sne.habilitations.rules import Permission
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.demande.models.demande import Demande
from sne.registre.enquete import policies
from sne.registre.enquete.models.restauration import DecisionRestauration, RequeteRestauration
from sne.registre.enquete.rules.restauration import IssueRestauration
from sne.registre.restauration.selectors import INCONNUE
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.lignes import trouver


def lock_requete(requete_id: uuid.UUID, *, acteur: Acteur) -> tuple[RequeteRestauration, Demande]:
    """The request, if the actor may read it, and its demande, locked. Raises ``Introuvable``."""
    lisibles = RequeteRestauration.objects.filter(policies.scope_des_enquetes(acteur))
    requete = trouver(lisibles.filter(id=requete_id), INCONNUE)
    return requete, lock_demande(requete.demande_id, acteur=acteur)


def terminer(
    requete: RequeteRestauration,
    demande: Demande,
    issue: IssueRestauration,
    *,
    permission: Permission,
    acte: Acte,
) -> DecisionRestauration:
    """The end of the request, not saved; ``permission``: by which right the actor ends it.

    Raises ``Interdit``: ended already. Whose it is to end, ``possible`` says."""
    decision = DecisionRestauration(
        territoire=requete.territoire,
        demande=demande,
        revision=demande.revision,
        requete=requete,
        auteur=requete.auteur,
        issue=issue.value,
    )
    exiger_sans_reponse(decision)
    return signer(decision, permission=permission, territoire=requete.territoire, acte=acte)
