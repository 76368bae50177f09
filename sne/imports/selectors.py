"""Reads of imports: one, those of an agreement, the report line by line."""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from sne.imports import policies
from sne.imports.models import Import, LigneImport
from sne.imports.parametres import ParametresImports
from sne.imports.rules.etats import ETATS, Etat, Issue
from sne.referentiels.selectors import get_parametres
from sne.socle.acteur import Acteur
from sne.socle.lignes import trouver

MONTRES = 20
LOT = 500


@dataclass(frozen=True, slots=True)
class ImportLu:
    """An import with what became of its lines; ``faites``: lines that have their report."""

    recu: Import
    issues: Mapping[Issue, int]

    @property
    def faites(self) -> int:
        """Lines that have their report."""
        return sum(self.issues.values())

    @property
    def etat_dit(self) -> str:
        """Its state in words, and whether it is a trial."""
        dit = ETATS[Etat(self.recu.etat)]
        return f"{dit} (essai)" if self.recu.essai else dit

    @property
    def refusees(self) -> int:
        """Lines that were refused."""
        return self.issues.get(Issue.REFUSEE, 0)


def taille_admise(le: date) -> int:
    """Bytes that a file may have, as it is sent."""
    return get_parametres(le)[ParametresImports].import_octets_max


def get_import(import_id: uuid.UUID, acteur: Acteur) -> ImportLu:
    """One import. Raises ``Introuvable``, also for another's."""
    recu = trouver(Import.objects.filter(policies.scope(acteur), id=import_id), "Cet import n’existe pas.")
    return _avec_leurs_lignes([recu])[0]


def list_imports(convention_id: uuid.UUID, acteur: Acteur) -> tuple[ImportLu, ...]:
    """The last imports of an agreement that the actor may see, the newest first."""
    visibles = Import.objects.filter(policies.scope(acteur), convention=convention_id)
    return _avec_leurs_lignes(visibles.order_by("-depose_le", "id")[:MONTRES])


def _avec_leurs_lignes(recus: Iterable[Import]) -> tuple[ImportLu, ...]:
    recus = tuple(recus)
    comptes: dict[uuid.UUID, dict[Issue, int]] = {recu.id: {} for recu in recus}
    lignes = LigneImport.objects.filter(import_recu__in=list(comptes)).order_by()
    for cle, issue, nombre in lignes.values_list("import_recu", "issue").annotate(Count("ligne")):
        comptes[cle][Issue(issue)] = nombre
    return tuple(ImportLu(recu, comptes[recu.id]) for recu in recus)


def iter_rapport(import_id: uuid.UUID, acteur: Acteur) -> Iterator[LigneImport]:
    """Each line of the report, in the order of the file, some hundreds at a time. Raises ``Introuvable`` at once."""
    recu = get_import(import_id, acteur).recu
    return _par_lots(recu.id)


def _par_lots(import_id: uuid.UUID) -> Iterator[LigneImport]:
    derniere = 0
    while lot := list(
        LigneImport.objects.filter(import_recu=import_id, ligne__gt=derniere).order_by("ligne")[:LOT]
    ):
        yield from lot
        derniere = lot[-1].ligne
