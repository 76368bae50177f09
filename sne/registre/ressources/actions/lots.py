"""Monthly lots: composed and written before anything is sent, sent once, read page by page, resumed after a stop.

Each act is short and safe to do again; between them a task asks the port, outside any transaction.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import batched

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from sne.connecteurs.drm.rules.lecture import Demandee
from sne.connecteurs.drm.rules.lots import PERSONNES_MAX
from sne.connecteurs.drm.rules.mois import Mois
from sne.registre.contenu.rules.arbre.personnes import EtatNir
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Personne
from sne.registre.demande.rules.cycle_de_vie import OUVERTES
from sne.registre.ressources.actions.ecrire import Declenchement, Dite, ecrire
from sne.registre.ressources.models import LigneDeLot, LotRessources
from sne.registre.ressources.policies import can_actualiser
from sne.registre.ressources.rules.montrer import derniers_mois, refus_de_montrer
from sne.registre.ressources.selectors import DEMANDEUR, demandees, empreinte_de, get_situations
from sne.socle.acte import Acte
from sne.socle.horloge import jour

PAR_TRANSACTION = 250
"""Lines kept at once: their demandes are locked for a fraction of a second."""


@dataclass(frozen=True, slots=True)
class LotAEnvoyer:
    """What is sent of a lot, by reference."""

    cle: uuid.UUID
    mois: tuple[date, ...]
    personnes: Mapping[str, Demandee] = field(repr=False)


@transaction.atomic
def composer_lot(territoire: str, *, acte: Acte, au_plus: int = PERSONNES_MAX) -> uuid.UUID | None:
    """Write the next lot of the month: open demandes whose applicant has a permanent number, not asked about yet, or
    whose first line could not be read; ``None`` when nobody is left.
    """
    mois = jour(acte.survenu_le).replace(day=1)
    choisies = list(_a_demander(territoire, mois)[:au_plus])
    if not choisies:
        return None
    lot = LotRessources.objects.create(territoire=territoire, mois=mois, survenu_le=acte.survenu_le)
    LigneDeLot.objects.bulk_create(
        LigneDeLot(
            territoire=territoire,
            lot=lot,
            demande_id=personne.demande_id,
            mois=mois,
            rang=1 + personne.deja,  # type: ignore[attr-defined]
            empreinte=empreinte_de(personne.identite_courante),
        )
        for personne in choisies
    )
    cle: uuid.UUID = lot.id
    return cle


def lot_a_envoyer(lot: LotRessources) -> LotAEnvoyer:
    """The persons of a lot, as they are now: those whose identity has moved since are left out, and asked about next
    month.
    """
    lignes = LigneDeLot.objects.filter(lot=lot, lue_le=None, ecartee=False).order_by("id")
    return LotAEnvoyer(lot.id, derniers_mois(jour(lot.survenu_le)), demandees(lignes, instant=lot.survenu_le))


def noter_depot(lot_id: uuid.UUID, *, le: datetime) -> None:
    """The source has it: from now on it is read, and never sent."""
    LotRessources.objects.filter(id=lot_id, depose_le=None).update(depose_le=le)


def garder_page(lignes: Mapping[str, tuple[Mois, ...] | None], *, acte: Acte) -> int:
    """Keep a page in short transactions: how many lines were kept."""
    return sum(noter_page(dict(quelques), acte=acte) for quelques in batched(lignes.items(), PAR_TRANSACTION))


@transaction.atomic
def noter_page(lignes: Mapping[str, tuple[Mois, ...] | None], *, acte: Acte) -> int:
    """Keep what a page says; how many lines were kept. A line that was kept already is left alone: a page may be read
    again after a stop. A demande that closed, froze or is being changed meanwhile keeps nothing.
    """
    references = [uuid.UUID(ref) for ref in lignes if _est_une_reference(ref)]
    attendues = LigneDeLot.objects.select_for_update().filter(id__in=references, lue_le=None, ecartee=False)
    lues, crues = [], {}
    for ligne, demande, empreinte in attendues.values_list("id", "demande", "empreinte"):
        mois = lignes[str(ligne)]
        if mois is not None:
            lues.append(ligne)
            crues[demande] = (bytes(empreinte), mois)
    LigneDeLot.objects.filter(id__in=lues).update(lue_le=acte.survenu_le)
    LigneDeLot.objects.filter(id__in=references, lue_le=None, ecartee=False).update(ecartee=True)
    return _garder(crues, acte=acte)


def _garder(crues: Mapping[uuid.UUID, tuple[bytes, tuple[Mois, ...]]], *, acte: Acte) -> int:
    """Write what is said of each demande, with the fingerprint that it was asked with, if it may still be."""
    qui_ecrivent = Demande.objects.select_for_update().filter(id__in=crues).order_by("id")
    demandes = list(qui_ecrivent.only("territoire", "statut", "revision"))
    situations = get_situations(demandes)
    dites = [
        Dite(demande, *crues[demande.id])
        for demande in demandes
        if can_actualiser(acte.acteur, demande) and refus_de_montrer(situations[demande.id]) is None
    ]
    if dites:
        ecrire(dites, declenchement=Declenchement.MENSUEL, acte=acte)
    return len(dites)


@transaction.atomic
def clore_lot(lot_id: uuid.UUID, *, le: datetime, rejete: bool = False) -> None:
    """Its last line was read, or the source wants nothing of it. What it did not answer may be asked once more."""
    LigneDeLot.objects.filter(lot=lot_id, lue_le=None).update(ecartee=True)
    LotRessources.objects.filter(id=lot_id, fini_le=None).update(fini_le=le, rejete=rejete)


@transaction.atomic
def oublier_les_lots(territoire: str, *, avant: date) -> None:
    """Forget lots of the months before that day, with their lines."""
    vieux = LotRessources.objects.filter(territoire=territoire, mois__lt=avant)
    LigneDeLot.objects.filter(lot__in=vieux).delete()
    vieux.delete()


def _est_une_reference(ref: str) -> bool:
    try:
        return str(uuid.UUID(ref)) == ref
    except ValueError:
        return False


def _a_demander(territoire: str, mois: date) -> QuerySet[Personne]:
    du_mois = LigneDeLot.objects.filter(demande=OuterRef("demande"), mois=mois)
    return (
        Personne.objects.filter(
            territoire=territoire,
            role=DEMANDEUR,
            retire_le=None,
            demande__statut__in=sorted(OUVERTES),
            identite_courante__nir_etat=EtatNir.PERMANENT.value,
        )
        .annotate(deja=Exists(du_mois), finie=Exists(du_mois.filter(Q(ecartee=False) | Q(rang=2))))
        .filter(finie=False)
        .select_related("identite_courante")
        .order_by(F("demande_id"))
    )
