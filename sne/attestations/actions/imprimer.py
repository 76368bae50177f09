"""Print several attestations in one file: one compilation, and the hash of what each place prints."""

import hashlib
import uuid
from collections.abc import Sequence

from django.db import transaction

from sne.attestations import policies, rendu, selectors
from sne.attestations.actions.remettre import SANS_DROIT, FichierRemis, entree, role
from sne.attestations.models import Attestation, Lot, PartDeLot
from sne.attestations.parametres import ParametresAttestations
from sne.attestations.rules import lire_stockees
from sne.attestations.verbes import VerbeAttestation
from sne.journal import actions as journal
from sne.referentiels.selectors import get_parametres
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable, require


@transaction.atomic
def imprimer_lot(references: Sequence[str], *, acte: Acte) -> Lot:
    """Compose these attestations, in this order, in one file; each one is a journalled read.

    Raises ``Introuvable`` when one is out of the perimeter, ``NonHabilite``, and ``Interdit`` when there is none, too
    many (dated parameter), when they are of several territories, or when one comes from an earlier engine.
    """
    jour = horloge.jour(acte.survenu_le)
    attestations = _choisies(
        references,
        acteur=acte.acteur,
        au_plus=get_parametres(jour)[ParametresAttestations].lot_attestations_max,
    )
    documents = [(lire_stockees(a.modele, a.donnees), a.modele_version) for a in attestations]
    fichier = rendu.rendre_lot(documents, jour=jour)
    lot = Lot(
        territoire=attestations[0].territoire,
        guichet=acte.acteur.guichet,
        jour=jour,
        version=rendu.VERSION_LOT,
        moteur=rendu.MOTEUR,
        empreinte=hashlib.sha256(fichier).digest(),
        nombre=len(attestations),
        imprime_par=acte.acteur.instantane(role(acte.acteur, attestations[0].territoire)),
        auteur=acte.acteur.id,
        survenu_le=acte.survenu_le,
    )
    lot.save(force_insert=True)
    parts = [
        PartDeLot(
            territoire=a.territoire,
            lot=lot,
            rang=rang,
            attestation=a,
            demande_id=a.demande_id,
            revision=a.revision,
            empreinte=rendu.empreinte_de_part(donnees, version),
        )
        for rang, (a, (donnees, version)) in enumerate(zip(attestations, documents, strict=True), start=1)
    ]
    PartDeLot.objects.bulk_create(parts)
    _dire(parts, acte=acte)
    return lot


@transaction.atomic
def ouvrir_lot(lot_id: uuid.UUID, *, acte: Acte) -> FichierRemis:
    """The file of a batch, composed again and checked: a journalled read of each of its attestations.

    Raises ``Introuvable`` outside the actor's counter, ``NonHabilite`` and ``FichierDifferent``.
    """
    lot = selectors.get_lot(lot_id, acteur=acte.acteur)
    require(policies.can_remettre(acte.acteur, territoire=lot.territoire), SANS_DROIT)
    contenu = selectors.refaire_lot(lot)
    _dire(selectors.list_parts(lot), acte=acte)
    return FichierRemis(nom=f"attestations-{lot.jour:%Y-%m-%d}-{lot.nombre}.pdf", contenu=contenu)


def _choisies(references: Sequence[str], *, acteur: Acteur, au_plus: int) -> list[Attestation]:
    voulues = list(dict.fromkeys(references))
    if not 1 <= len(voulues) <= au_plus:
        raise Interdit(f"Cochez de 1 à {au_plus} attestations\u00a0: {len(voulues)} cochées.")
    lues = {a.reference: a for a in Attestation.objects.filter(policies.scope(acteur), reference__in=voulues)}
    if len(lues) != len(voulues):
        raise Introuvable("Aucune attestation dans votre périmètre sous cette référence.")
    territoires = {a.territoire for a in lues.values()}
    for territoire in territoires:
        require(policies.can_remettre(acteur, territoire=territoire), SANS_DROIT)
    if len(territoires) > 1:
        raise Interdit("Un lot est d’un seul territoire. Imprimez-en un par territoire.")
    if any(a.moteur != rendu.MOTEUR for a in lues.values()):
        raise Interdit(
            "Une attestation cochée vient d’une version antérieure du service. Émettez-la à nouveau."
        )
    return [lues[reference] for reference in voulues]


def _dire(parts: Sequence[PartDeLot], *, acte: Acte) -> None:
    journal.inscrire_en_lot(
        [
            entree(
                VerbeAttestation.OUVRIR_ATTESTATION,
                p.attestation,
                acte=acte,
                lot=str(p.lot_id),
                part=str(p.id),
            )
            for p in parts
        ]
    )
