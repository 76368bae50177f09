"""The territorial manager answers a counter that asked for an earlier reception date."""

import uuid

from django.db import transaction

from sne.habilitations.actions.deux_personnes import signer
from sne.habilitations.rules import Permission
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.actions.lignes import construire_titre
from sne.registre.demande.actions.reviser import avancer
from sne.registre.demande.models.demande import Demande, RequeteAnteriorite
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.demande.selectors.titres import list_titres_du_depot
from sne.registre.depot import policies
from sne.registre.depot.models import DecisionAnteriorite
from sne.registre.depot.possible import exiger_date_decidable
from sne.registre.depot.rules.anteriorite import IssueAnteriorite, exiger_accordable, lire_decision
from sne.registre.depot.selectors.anteriorite import is_separation_en_attente
from sne.registre.depot.verbes import VerbeDepot
from sne.registre.enquete.selectors.gels import get_gel
from sne.socle.acte import Acte
from sne.socle.lignes import trouver

RECONNUE = "Date de dépôt antérieure accordée par le gestionnaire territorial"


@transaction.atomic
def decider_anteriorite(requete_id: uuid.UUID, *, issue: str, motif: str, acte: Acte) -> None:
    """Grant the date asked for, or refuse it, once; granted, seniority counts from it. Validity does not move.

    Raises ``Introuvable`` (out of the perimeter, or not of this role), ``Interdit`` (its author, an answer given, a
    demande that has ended, a seniority that comes from elsewhere), ``DossierFige``.
    """
    siennes = policies.scope_des_anteriorites(acte.acteur)
    requete = trouver(
        RequeteAnteriorite.objects.filter(siennes, id=requete_id),
        "Aucune date à décider dans votre périmètre sous cet identifiant.",
    )
    demande = Demande.objects.select_for_update().get(id=requete.demande_id)
    exiger_date_decidable(demande, acte.acteur, requete=requete, gel=get_gel(demande.id))
    decision = signer(
        DecisionAnteriorite(requete=requete, auteur=requete.auteur, issue=issue),
        permission=Permission.ANTERIORITE_DECIDER,
        territoire=demande.territoire,
        acte=acte,
    )
    decision.motif = lire_decision(issue, motif)
    if issue == IssueAnteriorite.ACCORDEE:
        exiger_accordable(
            deja_ancienne=demande.anciennete_heritee, separation_attend=is_separation_en_attente(demande)
        )
        _accorder(requete, demande, acte=acte)
    _inscrire(decision, demande, acte=acte)


def _accorder(requete: RequeteAnteriorite, demande: Demande, *, acte: Acte) -> None:
    """A title of that date for each person of the deposit, and the revision that counts from it."""
    for titre in list_titres_du_depot(demande):
        construire_titre(
            demande,
            titre.personne_id,
            origine="ANTERIORITE",
            date_depot=requete.date_demandee,
            acte=acte,
        ).save(force_insert=True)
    avancer(
        demande,
        statut=Statut(demande.statut),
        acte=acte,
        dates={"anciennete_heritee": requete.date_demandee},
        motif=RECONNUE,
    )


def _inscrire(decision: DecisionAnteriorite, demande: Demande, *, acte: Acte) -> None:
    decision.demande, decision.territoire, decision.revision = demande, demande.territoire, demande.revision
    decision.save(force_insert=True)
    accordee = decision.issue == IssueAnteriorite.ACCORDEE
    dire(
        VerbeDepot.DECIDER_ANTERIORITE,
        demande,
        acte=acte,
        faits={
            # A refusal makes no version: the one in force has a reason of its own, which is not this one.
            **({"version": str(demande.version_courante_id)} if accordee else {}),
            "decision": str(decision.id),
            "issue": decision.issue,
        },
    )
