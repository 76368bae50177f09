"""How often an agreement may call: the dated figure of a group, or one of its own."""

from dataclasses import dataclass
from datetime import date

from sne.conventions.models import Cadence, Convention
from sne.conventions.parametres import ParametresConventions
from sne.conventions.rules.cadences import GROUPES, Groupe
from sne.referentiels.selectors import get_parametres


@dataclass(frozen=True, slots=True)
class CadenceReglee:
    """Calls a minute of one group. ``propre``: the agreement has a figure of its own."""

    groupe: Groupe
    libelle: str
    par_minute: int
    propre: bool


def limite_de(groupe: Groupe, *, le: date) -> int:
    """Calls a minute of this group, where an agreement has no figure of its own."""
    parametres = get_parametres(le)[ParametresConventions]
    return {
        Groupe.LECTURE: parametres.convention_lectures_minute,
        Groupe.ECRITURE: parametres.convention_ecritures_minute,
        Groupe.RECHERCHE: parametres.convention_recherches_minute,
        Groupe.DOCUMENT: parametres.convention_documents_minute,
        Groupe.FLUX: parametres.convention_flux_minute,
    }[groupe]


def list_cadences(convention: Convention, *, le: date) -> tuple[CadenceReglee, ...]:
    """Every group, as it is limited for this agreement."""
    reglees = Cadence.objects.filter(convention=convention, par_minute__isnull=False)
    propres = dict(reglees.values_list("groupe", "par_minute"))
    return tuple(
        CadenceReglee(g, GROUPES[g], propres.get(g.value) or limite_de(g, le=le), g.value in propres)
        for g in Groupe
    )
