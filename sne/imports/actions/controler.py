"""Checking a file: read to its end once, cut into batches of lines; a file that cannot be read does nothing."""

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

LIGNES, OCTETS = 500, 2 << 20  # of a batch


def controler(recu: Import, *, survenu_le: datetime) -> None:
    """RECU to CONTROLE, its bytes become batches; to INTERROMPU with the sentence that says why it is not read."""
    parametres = get_parametres(jour(survenu_le))[ParametresImports]
    bornes = Bornes(
        parametres.import_octets_deplies_max,
        parametres.import_ligne_octets_max,
        parametres.import_lignes_max,
    )
    try:
        with transaction.atomic():
            lues = lire_lignes(iter_recues(recu), Format(recu.format), Compression(recu.compression), bornes)
            total = 0
            for rang, lot in enumerate(_lots(lues)):
                ecrire_lignes(recu, rang, lot)
                total += len(lot)
            if not total:
                raise FichierRefuse("Le fichier ne contient aucune ligne. Vérifiez-le.")
    except FichierRefuse as refus:
        interrompre(recu, refus.phrase, survenu_le=survenu_le)
        return
    recu.tranches.filter(recue=True).delete()
    recu.lignes, recu.etat = total, Etat.CONTROLE.value
    recu.save(update_fields=["lignes", "etat"])


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
