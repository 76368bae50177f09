"""Every figure that opens, of every report by every kind of line: is what is behind it that figure?"""

import json
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from unittest import mock

from sne.infocentre.moteur import duck, lancer
from sne.infocentre.moteur.enfant import ORDRES
from sne.infocentre.rapports.rules.derriere import SOMMES, Derriere, derriere
from sne.infocentre.rapports.rules.grains import AXES, GRAINS, Grain
from sne.infocentre.rapports.rules.lieux import Portee
from sne.infocentre.rapports.rules.periodes import Periode
from sne.infocentre.rapports.rules.termes import mesures_de
from sne.infocentre.rapports.selectors.catalogue import get_lectures
from sne.infocentre.rapports.selectors.detail import DossiersDerriere, get_ligne, list_dossiers_derriere
from sne.infocentre.rapports.selectors.tableau import Demandee, assembler, grains_du_rapport
from sne.infocentre.rapports.selectors.versions import VersionLue, list_rapports
from sne.socle.horloge import jour


@contextmanager
def moteur_sur_place() -> Iterator[None]:
    """The engine in this process, started once: thousands of lists are asked of it."""
    with duck.ouvrir({}) as base:

        def executer(ordre: Any, **_: object) -> Any:
            lu = json.loads(json.dumps(dict(ordre)))
            lu.pop("spark", None)
            return json.loads(json.dumps(ORDRES[lu.pop("ordre")](base, **lu)))

        with mock.patch.object(lancer, "executer", executer):
            yield


def ecarts(
    portee: Portee, periode: Periode, *, instant: datetime, grains: Collection[Grain] = (*GRAINS, *AXES)
) -> tuple[int, list[str]]:
    """How many figures were opened, and each that is not what is behind it; ``grains``: of these lines only."""
    ouvertes, faux = 0, []
    with moteur_sur_place():
        for rapport in list_rapports():
            for version in rapport.versions.values():
                for grain in grains_du_rapport(version, le=jour(instant)).keys() & set(grains):
                    n, dits = _du_tableau(version, Demandee(version, portee, periode, grain), instant)
                    ouvertes, faux = ouvertes + n, faux + dits
    return ouvertes, faux


def _du_tableau(version: VersionLue, demandee: Demandee, instant: datetime) -> tuple[int, list[str]]:
    lu, lectures = assembler(demandee, instant=instant), get_lectures(jour(instant))
    ouvertes: list[str] = []
    faux: list[str] = []
    trouves: dict[tuple[str, Derriere], DossiersDerriere] = {}
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
            ouvertes.append(definition.code)
            if dossiers.actes + dossiers.effacees != attendu:
                faux.append(
                    f"{version.rapport} {version.numero} {demandee.grain} {ligne.cle} {definition.code}: "
                    f"{attendu} shown, {dossiers.actes} behind, {dossiers.effacees} erased"
                )
    return len(ouvertes), faux
