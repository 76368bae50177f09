"""The territorial manager looks at a separation: marks it as seen, or says whether seniority is inherited."""

import uuid

from django.db import transaction

from sne.habilitations.actions.deux_personnes import exiger_sans_reponse, signer
from sne.habilitations.rules import Permission
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.actions.reviser import avancer
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.separation import Separation
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.demande.selectors.titres import get_titre
from sne.registre.depot.actions import construire as construction
from sne.registre.enquete.rules.gel import exiger_non_gele
from sne.registre.enquete.selectors.gels import get_gel
from sne.registre.separation import policies
from sne.registre.separation.models import DecisionSeparation
from sne.registre.separation.possible import exiger_separation_examinable
from sne.registre.separation.rules import IssueSeparation, exiger_toujours_la, lire_reponse
from sne.registre.separation.selectors import ABSENTE, SeparationLue, get_separation
from sne.registre.separation.verbes import VerbeSeparation
from sne.socle.acte import Acte
from sne.socle.lignes import trouver


@transaction.atomic
def consulter_separation(separation_id: uuid.UUID, *, acte: Acte) -> SeparationLue:
    """A separation whole, its reading journalled: it names two households. Raises ``Introuvable``."""
    lue = get_separation(separation_id, acte.acteur)
    dire(VerbeSeparation.CONSULTER_SEPARATION, lue.territoire, acte=acte, faits={"separation": str(lue.id)})
    return lue


@transaction.atomic
def examiner_separation(separation_id: uuid.UUID, *, issue: str, motif: str = "", acte: Acte) -> None:
    """Answer once, on a separation made by somebody else; seniority that waited is inherited from then on.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (its author, an answer given, an answer not asked for).
    """
    visibles = Separation.objects.filter(policies.scope_des_separations(acte.acteur), id=separation_id)
    lue = trouver(visibles, ABSENTE)
    # An answer is never rewritten: two given at once wait for each other by these locks. So does the erasure of the
    # first demande, which takes the separation away.
    deux = Demande.objects.filter(id__in=(lue.demande_id, lue.nouvelle_id)).order_by("id")
    nouvelle = {demande.id: demande for demande in deux.select_for_update()}[lue.nouvelle_id]
    separation = trouver(visibles, ABSENTE)
    exiger_separation_examinable(separation, acte.acteur)
    decision = DecisionSeparation(separation=separation, auteur=separation.auteur, issue=issue)
    exiger_sans_reponse(decision)
    signer(decision, permission=Permission.SEPARATION_DECIDER, territoire=separation.territoire, acte=acte)
    decision.motif = lire_reponse(issue, motif, reservee=bool(separation.a_decider))
    if issue == IssueSeparation.HERITEE:
        for demande_id in (separation.demande_id, nouvelle.id):
            exiger_non_gele(get_gel(demande_id), ce_qui_attend="La reprise de l’ancienneté")
        _heriter(separation, nouvelle, acte=acte)
    _inscrire(decision, nouvelle, acte=acte)


def _heriter(separation: Separation, nouvelle: Demande, *, acte: Acte) -> None:
    """Write a title that descends from the first demande's, and the revision that uses it. Raises ``Interdit`` when the
    first demande was put back as it was, with a later seniority, or with somebody else in that place.
    """
    titre = separation.titre
    exiger_toujours_la(
        titre.date_depot,
        aujourd_hui=get_titre(separation.demande).date_depot,
        rendue=separation.personne.retire_le != separation.survenu_le,  # back since, even if they left again
    )
    construction.heriter(
        nouvelle,
        separation.personne_nouvelle_id,
        precedent=titre,
        separation=separation.id,
        acte=acte,
    ).save(force_insert=True)
    avancer(
        nouvelle,
        statut=Statut(nouvelle.statut),
        acte=acte,
        dates={"anciennete_heritee": titre.date_depot},
        motif="Ancienneté reprise après une séparation",
    )


def _inscrire(decision: DecisionSeparation, nouvelle: Demande, *, acte: Acte) -> None:
    decision.demande, decision.territoire, decision.revision = (
        nouvelle,
        nouvelle.territoire,
        nouvelle.revision,
    )
    decision.save(force_insert=True)
    faits = {
        "version": str(nouvelle.version_courante_id),
        "decision": str(decision.id),
        "issue": decision.issue,
    }
    dire(VerbeSeparation.DECIDER_SEPARATION, nouvelle, acte=acte, faits=faits)
