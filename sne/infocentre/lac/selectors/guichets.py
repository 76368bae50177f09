"""Counters as they were: each stretch of time in which one had the same body, category and commune."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from sne.infocentre.lac.models import GuichetDate
from sne.referentiels.rules import CategorieOrganisme, FicheGuichet, TypeOrganisme
from sne.referentiels.rules.periodes import Periode


def list_epoques(fiches: Mapping[str, FicheGuichet]) -> dict[str, tuple[FicheGuichet, ...]]:
    """Of these counters (8 signs), those that changed: what each was, in order, ``periode`` the days of it."""
    par_guichet: dict[str, list[FicheGuichet]] = defaultdict(list)
    for g in GuichetDate.objects.filter(guichet__in=[*fiches]).order_by("guichet", "id"):
        par_guichet[g.guichet].append(
            replace(
                fiches[g.guichet],
                organisme=g.organisme,
                organisme_nom=g.organisme_nom,
                type_organisme=TypeOrganisme(g.type_organisme),
                categorie=CategorieOrganisme(g.categorie),
                commune=g.commune,
                periode=Periode(g.du, g.au),
            )
        )
    return {code: tuple(epoques) for code, epoques in par_guichet.items() if len(epoques) > 1}
