"""Checking a file: read to its end once, cut into batches of lines; a file that cannot be read does nothing.

Reading one may take a minute, and no entry of the journal that comes after an open transaction is sealed: each batch is
its own, none is done before the last one is written, and a process killed in between begins again.
"""

import uuid
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import transaction

from sne.imports.actions.tranches import ecrire_lignes, iter_recues
from sne.imports.lecture import Bornes, Ligne, lire_lignes
from sne.imports.models import Import
from sne.imports.parametres import ParametresImports
from sne.imports.rules.etats import Etat
from sne.imports.rules.formats import Compression, FichierRefuse, Format
from sne.referentiels.selectors import get_parametres
from sne.socle.horloge import jour
from sne.socle.verrous import seul

LIGNES, OCTETS = 500, 2 << 20  # of a batch


def controler(recu: Import, *, survenu_le: datetime) -> None:
    """RECU to CONTROLE, its bytes become batches; to INTERROMPU with the sentence that says why it is not read.

    Outside any transaction. Nothing when it was stopped meanwhile, or when another process is at it.
    """
    with seul(f"imports:{recu.id}") as libre:
        if libre and Import.objects.filter(id=recu.id, etat=Etat.RECU.value).exists():
            _controler(recu, survenu_le=survenu_le)


def _controler(recu: Import, *, survenu_le: datetime) -> None:
    parametres = get_parametres(jour(survenu_le))[ParametresImports]
    bornes = Bornes(
        parametres.import_octets_deplies_max,
        parametres.import_ligne_octets_max,
        parametres.import_lignes_max,
    )
    recu.tranches.filter(recue=False).delete()  # of a process that was killed
    total, motif = 0, ""
    try:
        lues = lire_lignes(iter_recues(recu), Format(recu.format), Compression(recu.compression), bornes)
        for rang, lot in enumerate(_lots(lues)):
            ecrire_lignes(recu, rang, lot)
            total += len(lot)
        if not total:
            raise FichierRefuse("Le fichier ne contient aucune ligne. Vérifiez-le.")
    except FichierRefuse as refus:
        motif = refus.phrase
    _conclure(recu.id, total, motif, survenu_le=survenu_le)


@transaction.atomic
def _conclure(import_id: uuid.UUID, total: int, motif: str, *, survenu_le: datetime) -> None:
    """Keep the bytes or the batches: those that were sent as long as they are to be read again, else the lines."""
    recu = Import.objects.select_for_update().get(id=import_id)
    controle = recu.etat == Etat.RECU and not motif
    recu.tranches.filter(recue=controle).delete()
    if controle:
        recu.lignes, recu.etat = total, Etat.CONTROLE.value
        recu.save(update_fields=["lignes", "etat"])
    elif recu.etat == Etat.RECU:
        interrompre(recu, motif, survenu_le=survenu_le)


def interrompre(recu: Import, motif: str, *, survenu_le: datetime) -> None:
    """Stop an import for a reason that its sender can mend; what was done stays done."""
    recu.etat, recu.motif, recu.fini_le = Etat.INTERROMPU.value, motif[:300], survenu_le
    recu.save(update_fields=["etat", "motif", "fini_le"])


def _lots(lues: Iterable[Ligne]) -> Iterator[list[Ligne]]:
    lot: list[Ligne] = []
    octets = 0
    for numero, texte in lues:
        lot.append((numero, texte))
        octets += len(texte or "")
        if len(lot) == LIGNES or octets >= OCTETS:
            yield lot
            lot, octets = [], 0
    if lot:
        yield lot
