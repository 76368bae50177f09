"""Open the file of an attestation, and record that it was given: when, how, by whom."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from sne.attestations import policies, selectors
from sne.attestations.actions.verrou import verrouiller
from sne.attestations.models import Attestation, AttestationARemettre, Remise
from sne.attestations.rules import CanalRemise, refus_de_remise
from sne.attestations.verbes import VerbeAttestation
from sne.habilitations.rules import Permission
from sne.journal import actions as journal
from sne.journal.rules import Entree, Verbe
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable, require

SANS_DROIT = "Votre rôle ne permet pas de remettre une attestation. Adressez-vous à un guichet du territoire."


@dataclass(frozen=True, slots=True)
class FichierRemis:
    """A file to hand over: its name and its bytes (PDF)."""

    nom: str
    contenu: bytes


@transaction.atomic
def ouvrir_attestation(reference: str, *, acte: Acte) -> FichierRemis:
    """The file of an attestation, to read or to print it: a journalled read, not yet a hand-over.

    Raises ``Introuvable``, ``NonHabilite`` and ``FichierDifferent``.
    """
    attestation = selectors.get_attestation(reference, acteur=acte.acteur)
    require(policies.can_ouvrir(acte.acteur, attestation), SANS_DROIT)
    contenu = selectors.refaire(attestation)
    journal.inscrire(entree(VerbeAttestation.OUVRIR_ATTESTATION, attestation, acte=acte))
    return FichierRemis(nom=f"attestation-{attestation.donnees['numero']}.pdf", contenu=contenu)


@transaction.atomic
def consigner_remises(
    references: Sequence[str],
    *,
    canal: CanalRemise,
    acte: Acte,
    lot: uuid.UUID | None = None,
) -> int:
    """Record that somebody gave these attestations; how many are new (the same way, the same day, is recorded once).

    ``lot`` is the batch in which they were printed. All or none: raises ``Introuvable`` when one is out of the
    perimeter, ``NonHabilite``, and ``Interdit`` when one has been replaced, or when the way is the e-mail, which nobody
    hands over.
    """
    voulues = sorted(set(references))
    lues = Attestation.objects.select_related("remplacante").filter(
        policies.scope(acte.acteur), reference__in=voulues
    )
    attestations = list(lues.order_by("reference"))
    if len(attestations) != len(voulues):
        raise Introuvable("Aucune attestation dans votre périmètre sous cette référence.")
    for attestation in attestations:
        require(policies.can_remettre(acte.acteur, territoire=attestation.territoire), SANS_DROIT)
        refus = refus_de_remise(canal, remplacee=getattr(attestation, "remplacante", None) is not None)
        if refus:
            raise Interdit(refus)
    verrouiller(a.demande_id for a in attestations)
    deja = _deja_remises(attestations, canal=canal, acte=acte)
    nouvelles = [a for a in attestations if a.id not in deja]
    _ecrire(nouvelles, canal=canal, acte=acte, lot=lot)
    AttestationARemettre.objects.filter(attestation__in=attestations).delete()
    return len(nouvelles)


def remettre_en_main_propre(demande_id: uuid.UUID, *, acte: Acte) -> int:
    """Record that the last attestation of a demande was handed over at the counter; how many are new: 1 or 0.

    Raises as :func:`consigner_remises`, and ``Interdit`` when none was issued yet.
    """
    derniere = next(iter(selectors.list_attestations(demande_id, acteur=acte.acteur, au_plus=1)), None)
    if derniere is None:
        raise Interdit(
            "L’attestation n’est pas encore émise\u00a0: ouvrez-la, remettez-la, puis cochez à nouveau.",
            champ="attestation",
        )
    return consigner_remises([derniere.reference], canal=CanalRemise.GUICHET, acte=acte)


def _deja_remises(attestations: Sequence[Attestation], *, canal: CanalRemise, acte: Acte) -> set[uuid.UUID]:
    """Which of them this counter has already given the same way on that civil day: a button pressed twice."""
    remises = Remise.objects.filter(attestation__in=attestations, canal=canal, guichet=acte.acteur.guichet)
    jour = horloge.jour(acte.survenu_le)
    return {a for a, le in remises.values_list("attestation", "survenu_le") if horloge.jour(le) == jour}


def _ecrire(
    attestations: Sequence[Attestation],
    *,
    canal: CanalRemise,
    acte: Acte,
    lot: uuid.UUID | None,
) -> None:
    remises = [
        Remise(
            territoire=a.territoire,
            attestation=a,
            demande_id=a.demande_id,
            revision=a.revision,
            canal=canal,
            guichet=acte.acteur.guichet,
            lot_id=lot,
            remise_par=acte.acteur.instantane(role(acte.acteur, a.territoire)),
            survenu_le=acte.survenu_le,
        )
        for a in attestations
    ]
    Remise.objects.bulk_create(remises)
    journal.inscrire_en_lot(
        [
            entree(
                VerbeAttestation.REMETTRE_ATTESTATION,
                r.attestation,
                acte=acte,
                remise=str(r.id),
                remise_par=str(canal),
            )
            for r in remises
        ]
    )


def role(acteur: Acteur, territoire: str) -> str:
    """The role under which this actor hands attestations over there."""
    mandat = acteur.mandat_pour(Permission.ATTESTATION_EMETTRE, territoire)
    return mandat.role if mandat else ""


def entree(verbe: Verbe, attestation: Attestation, *, acte: Acte, **faits: str) -> Entree:
    """The journal entry of an act on an attestation already issued."""
    return Entree(
        verbe=verbe,
        acte=acte,
        role=role(acte.acteur, attestation.territoire),
        territoire=attestation.territoire,
        demande_id=attestation.demande_id,
        revision=attestation.revision,
        faits={"modele": attestation.modele, "attestation": str(attestation.id), **faits},
    )
