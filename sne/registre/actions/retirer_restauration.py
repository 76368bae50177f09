"""Taking back a request that a demande be put back: by whoever asked, as long as nobody has answered."""

import uuid
from datetime import datetime

from django.db import transaction

from sne.habilitations.rules import Permission, sans_droit
from sne.habilitations.selectors import list_comptes_de
from sne.journal import actions as journal
from sne.journal.rules import Entree, Verbe
from sne.registre import policies
from sne.registre.actions.revision import lock_demande
from sne.registre.models import DecisionRestauration, RequeteRestauration
from sne.registre.rules.refus import Introuvable
from sne.registre.rules.restauration import IssueRestauration, exiger_l_auteur
from sne.registre.selectors.restauration import INCONNUE
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, require
from sne.socle.identifiants import uuid7


@transaction.atomic
def retirer_restauration(requete_id: uuid.UUID, *, acteur: Acteur, survenu_le: datetime) -> None:
    """End one's own request without an answer; nothing else changes, and another may be asked for.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (somebody else's, ended already).
    """
    lisibles = RequeteRestauration.objects.filter(policies.scope_des_enquetes(acteur))
    requete = lisibles.filter(id=requete_id).first()
    if requete is None:
        raise Introuvable(INCONNUE)
    demande = lock_demande(requete.demande_id, acteur=acteur)
    require(
        policies.can_demander_restauration(acteur, territoire=demande.territoire),
        sans_droit(Permission.RESTAURATION_DEMANDER),
    )
    exiger_l_auteur(requete.auteur, list_comptes_de(acteur.id))
    if DecisionRestauration.objects.filter(requete=requete).exists():
        raise Interdit("Ce retour a déjà sa réponse. Il ne peut plus être retiré.")
    fin = DecisionRestauration(
        id=uuid7(),
        territoire=requete.territoire,
        demande=demande,
        revision=demande.revision,
        requete=requete,
        issue=IssueRestauration.RETIREE.value,
        auteur=requete.auteur,
        decideur=acteur.id,
        decide_par=acteur.instantane_pour(Permission.RESTAURATION_DEMANDER, requete.territoire),
        survenu_le=survenu_le,
    )
    fin.save(force_insert=True)
    # Between those who look at the file: counters read the history of the demande.
    journal.inscrire(
        Entree(
            verbe=Verbe.RETIRER_RESTAURATION,
            acteur=acteur,
            survenu_le=survenu_le,
            territoire=requete.territoire,
            faits={"restauration": str(fin.id), "requete": str(requete.id)},
        )
    )
