"""Every figure that opens, of every report by every kind of line: is what is behind it that figure?

``ouvrir_tout.py`` asks it of the lake of a demonstration.
"""

import json
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from unittest import mock

from sne.infocentre.lac.models import Agregat
from sne.infocentre.moteur import duck, lancer
from sne.infocentre.moteur.enfant import ORDRES
from sne.infocentre.rapports.rules.derriere import SOMMES, Derriere, derriere
from sne.infocentre.rapports.rules.grains import AXES, GRAINS, Grain
from sne.infocentre.rapports.rules.lieux import Lieu, NatureLieu, Portee, territoires_du
from sne.infocentre.rapports.rules.periodes import Periode
from sne.infocentre.rapports.rules.termes import mesures_de
from sne.infocentre.rapports.selectors.catalogue import get_lectures
from sne.infocentre.rapports.selectors.detail import DossiersDerriere, get_ligne, list_dossiers_derriere
from sne.infocentre.rapports.selectors.tableau import Demandee, assembler, grains_du_rapport
from sne.infocentre.rapports.selectors.versions import list_rapports
from sne.referentiels.selectors.decoupage import get_decoupage
from sne.socle.horloge import jour

TOUTES = (*GRAINS, *AXES)


@dataclass(frozen=True)
class TableauOuvert:
    """A table, how many of its figures were opened, and each that is not what is behind it."""

    demandee: Demandee
    ouvertes: int
    faux: list[str]


@contextmanager
def moteur_sur_place() -> Iterator[None]:
    """The engine in this process, started once for all that is read: thousands of lists are asked of it."""
    with duck.ouvrir({}) as lectures:

        def executer(ordre: Any, *, ecrit: bool = False, **_: object) -> Any:
            lu = json.loads(json.dumps(dict(ordre)))
            lu.pop("spark", None)
            with duck.ouvrir({}) if ecrit else nullcontext(lectures) as base:
                return json.loads(json.dumps(ORDRES[lu.pop("ordre")](base, **lu)))

        with mock.patch.object(lancer, "executer", executer):
            yield


def ecarts(
    portee: Portee,
    periode: Periode,
    *,
    instant: datetime,
    grains: Collection[Grain] = TOUTES,
    rapports: Collection[str] = (),
) -> tuple[int, list[str]]:
    """How many figures of a place were opened, and each that is not what is behind it, as in :func:`parcourir`."""
    lus = list(parcourir([portee], periode, instant=instant, grains=grains, rapports=rapports))
    return sum(lu.ouvertes for lu in lus), [faux for lu in lus for faux in lu.faux]


def parcourir(
    portees: Iterable[Portee],
    periode: Periode,
    *,
    instant: datetime,
    grains: Collection[Grain] = TOUTES,
    rapports: Collection[str] = (),
) -> Iterator[TableauOuvert]:
    """Every table of these places, the narrowest reports first; ``rapports``: of these alone."""
    lus = [rapport for rapport in list_rapports() if not rapports or rapport.code in rapports]
    versions = [version for rapport in lus for version in rapport.versions.values()]
    with moteur_sur_place():
        for portee in portees:
            trouves: dict[tuple[str, Derriere], DossiersDerriere] = {}
            for version in sorted(versions, key=lambda version: len(version.colonnes)):
                for grain in [g for g in grains if g in grains_du_rapport(version, le=jour(instant))]:
                    yield _ouvrir(Demandee(version, portee, periode, grain), instant, trouves)


def _ouvrir(
    demandee: Demandee, instant: datetime, trouves: dict[tuple[str, Derriere], DossiersDerriere]
) -> TableauOuvert:
    """``trouves``: what was found behind the figures of the same place and period."""
    lu, lectures = assembler(demandee, instant=instant), get_lectures(jour(instant))
    faux: list[str] = []
    ouvertes = 0
    for rang, definition in enumerate(lu.matiere.definitions):
        mesures = derriere(definition, lectures)
        for ligne in lu.tableau.lignes if mesures else ():
            cellule = ligne.cellules[rang]
            if not cellule.numerateur or ligne.niveau == Grain.MOYENNE or mesures is None:
                continue
            if (ligne.cle, mesures) not in trouves:
                trouves[ligne.cle, mesures] = list_dossiers_derriere(
                    mesures, demandee, get_ligne(demandee, ligne.cle)
                )
            dossiers = trouves[ligne.cle, mesures]
            # of a sum of days, the cases that were summed
            jours = SOMMES.keys() & mesures_de(definition.numerateur)
            attendu = cellule.denominateur if jours else cellule.numerateur
            ouvertes += 1
            if dossiers.actes + dossiers.effacees != attendu:
                faux.append(
                    f"{demandee.version.rapport} {demandee.version.numero} {demandee.portee.lieu.cle} {ligne.cle} "
                    f"{definition.code}: {attendu} shown, {dossiers.actes} behind, {dossiers.effacees} erased"
                )
    return TableauOuvert(demandee, ouvertes, faux)


def portees_du_lac() -> list[Portee]:
    """Each territory of which something was counted, then the widest places that these are in."""
    decoupage = get_decoupage()
    comptes = sorted(set(Agregat.objects.values_list("territoire", flat=True).distinct()))
    lieux = [
        *(Lieu(NatureLieu.TERRITOIRE, t) for t in comptes),
        *(Lieu(NatureLieu.REGION, r) for r in sorted({decoupage.region_de(t) for t in comptes})),
        Lieu(NatureLieu.NATION),
    ]
    return [Portee(lieu, siens) for lieu in lieux if (siens := territoires_du(lieu, decoupage))]
