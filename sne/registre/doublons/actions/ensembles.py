"""Sets of close demandes: read and decided by the territorial manager; no demande changes by it."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from sne.habilitations.rules import Permission
from sne.registre.demande.models.personne import Personne
from sne.registre.doublons import policies
from sne.registre.doublons.actions.balayer import journaliser_ensemble, lock_ensembles, ouvrir_ensemble
from sne.registre.doublons.models import EnsembleDoublon, EnsembleSort
from sne.registre.doublons.rules.ensembles import Decision, a_rouvrir, lire_decision, verifier_acquis
from sne.registre.doublons.selectors.ensembles import EnsembleLu, get_acquis, get_ensemble
from sne.registre.doublons.verbes import VerbeDoublon
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable, require

PAS_LE_DROIT = "Votre rôle ne permet pas de décider si deux demandes sont celles d’un même foyer."


@transaction.atomic
def consulter_ensemble(ensemble_id: uuid.UUID, *, acte: Acte) -> EnsembleLu:
    """A set whole, its reading journalled: it shows persons of several households.

    Raises ``Introuvable`` outside the perimeter.
    """
    ensemble = get_ensemble(ensemble_id, acte.acteur, le=acte.survenu_le)
    journaliser_ensemble(
        VerbeDoublon.CONSULTER_ENSEMBLE_DOUBLON,
        ensemble.id,
        ensemble.territoire,
        acte=acte,
    )
    return ensemble


@transaction.atomic
def decider_ensemble(
    ensemble_id: uuid.UUID,
    *,
    issue: str,
    motif: str,
    precision: str,
    gardee: uuid.UUID | None = None,
    groupes: Mapping[uuid.UUID, int] | None = None,
    acte: Acte,
) -> None:
    """End a set: one household (which demande continues), different ones, or several to tell apart.

    No demande changes: what follows the decision is done by other acts. Households of a split that still hold a pair
    to decide become sets of their own. Raises ``Introuvable`` outside the perimeter, ``NonHabilite``, and ``Interdit``
    when it is already ended, ill said, or goes against a pair decided before.
    """
    ensemble = _verrouiller(ensemble_id, acte.acteur)
    require(policies.can_decider_doublon(acte.acteur, territoire=ensemble.territoire), PAS_LE_DROIT)
    if ensemble.clos_le is not None:
        raise Interdit("Ces demandes proches sont déjà décidées, ou réunies à d’autres. Revenez à la liste.")
    membres = {m.demande_id: m for m in get_ensemble(ensemble_id, acte.acteur, le=acte.survenu_le).membres}
    decision = lire_decision(
        {id_: membre.peut_continuer for id_, membre in membres.items()},
        issue=issue,
        motif=motif,
        precision=precision,
        gardee=gardee,
        groupes=groupes or {},
    )
    noms = {id_: membre.nud for id_, membre in membres.items()}
    verifier_acquis(decision, get_acquis(ensemble.id, membres), noms)
    _ecrire_sorts(ensemble, decision)
    ensemble.clos_le, ensemble.decideur = acte.survenu_le, acte.acteur.id
    ensemble.clos_par = acte.acteur.instantane_pour(Permission.DOUBLON_DECIDER, ensemble.territoire)
    ensemble.issue, ensemble.motif, ensemble.precision = decision.issue, decision.motif, decision.precision
    ensemble.save(update_fields=["clos_le", "decideur", "clos_par", "issue", "motif", "precision"])
    journaliser_ensemble(
        VerbeDoublon.CLORE_ENSEMBLE_DOUBLON,
        ensemble.id,
        ensemble.territoire,
        acte=acte,
        faits={
            "issue": decision.issue,
            "motif": decision.motif,
            "demandes": len(membres),
            "suites": _ouvrir_les_suites(ensemble, decision, survenu_le=acte.survenu_le),
        },
    )


def _verrouiller(ensemble_id: uuid.UUID, acteur: Acteur) -> EnsembleDoublon:
    """The set, locked against the sweep of its territory and against another decision."""
    trouve = EnsembleDoublon.objects.filter(policies.scope_des_cas(acteur), id=ensemble_id)
    territoire = trouve.values_list("territoire", flat=True).first()
    if territoire is None:
        raise Introuvable("Aucune demande proche à décider dans votre périmètre sous cet identifiant.")
    lock_ensembles(territoire)
    return trouve.select_for_update(of=("self",), no_key=True).get()


def _ouvrir_les_suites(ensemble: EnsembleDoublon, decision: Decision, *, survenu_le: datetime) -> list[str]:
    """Sets of the households of a split that still hold a pair to decide."""
    paires = list(ensemble.paires.all())
    return [
        str(
            ouvrir_ensemble(
                ensemble.territoire,
                groupe,
                [p for p in paires if {p.demande_a_id, p.demande_b_id} <= groupe],
                survenu_le=survenu_le,
            )
        )
        for groupe in a_rouvrir(decision, [(p.demande_a_id, p.demande_b_id) for p in paires])
    ]


def _ecrire_sorts(ensemble: EnsembleDoublon, decision: Decision) -> None:
    presentes = Personne.objects.filter(demande__in=list(decision.groupes), retire_le=None)
    identites: dict[uuid.UUID, list[uuid.UUID]] = {}
    for demande, identite in presentes.order_by("rang").values_list("demande", "identite_courante"):
        identites.setdefault(demande, []).append(identite)
    EnsembleSort.objects.bulk_create(
        EnsembleSort(
            territoire=ensemble.territoire,
            ensemble=ensemble,
            demande_id=demande,
            groupe=groupe,
            gardee=demande in decision.gardees,
            identites=identites.get(demande, []),
        )
        for demande, groupe in sorted(decision.groupes.items())
    )
