"""Two versions of a report on the same place and period, figure by figure: equal to the integer, or not."""

from dataclasses import dataclass, replace
from datetime import datetime

from sne.infocentre.rapports.rules.grains import Grain
from sne.infocentre.rapports.rules.lieux import NATION, Portee, territoires_du
from sne.infocentre.rapports.rules.periodes import periode_par_defaut
from sne.infocentre.rapports.rules.vie import SortColonne
from sne.infocentre.rapports.selectors.tableau import Demandee, assembler
from sne.infocentre.rapports.selectors.versions import Passage, RapportLu, VersionLue, list_passages
from sne.infocentre.rapports.tableau import Cellule, Colonne, Ligne
from sne.referentiels.selectors.decoupage import get_decoupage
from sne.socle.horloge import jour


@dataclass(frozen=True, slots=True)
class Paire:
    """One column in both versions, on the line of everything that is read.

    ``differentes``: lines where they differ, of ``comparees``. A side that has no such column has no cell.
    """

    passage: Passage
    colonne: Colonne | None
    avant: Cellule | None
    apres: Cellule | None
    differentes: int
    comparees: int

    @property
    def fautive(self) -> bool:
        """Whether a column said to be the same is not."""
        return self.passage.sort is SortColonne.IDENTIQUE and bool(self.differentes)


def comparer(
    ancienne: VersionLue, nouvelle: VersionLue, demandee: Demandee, *, instant: datetime
) -> tuple[Paire, ...]:
    """Every column of both, in the order of the old one, compared line by line and on the total."""
    avant = assembler(replace(demandee, version=ancienne, tri=""), instant=instant).tableau
    apres = assembler(replace(demandee, version=nouvelle, tri=""), instant=instant).tableau
    cotes = (_par_colonne(avant.colonnes, avant.lignes), _par_colonne(apres.colonnes, apres.lignes))
    colonnes = {c.code: c for c in (*apres.colonnes, *avant.colonnes)}
    paires = []
    for passage in list_passages(ancienne, nouvelle):
        gauche, droite = cotes[0].get(passage.ancienne, {}), cotes[1].get(passage.nouvelle, {})
        communes = gauche.keys() & droite.keys()
        paires.append(
            Paire(
                passage,
                colonnes.get(passage.ancienne or passage.nouvelle),
                gauche.get(TOTAL),
                droite.get(TOTAL),
                sum(gauche[cle] != droite[cle] for cle in communes),
                len(communes),
            )
        )
    return tuple(paires)


def list_fautives(rapport: RapportLu, ancienne: VersionLue, *, instant: datetime) -> tuple[Paire, ...]:
    """Columns said to be the same that differ somewhere in the nation, over the last twelve months, between a version
    and the newest one that is read.
    """
    nouvelle = next((v for v in rapport.courantes(instant) if v.numero != ancienne.numero), None)
    if nouvelle is None:
        return ()
    portee = Portee(NATION, territoires_du(NATION, get_decoupage()))
    demandee = Demandee(ancienne, portee, periode_par_defaut(jour(instant)))
    return tuple(p for p in comparer(ancienne, nouvelle, demandee, instant=instant) if p.fautive)


TOTAL = f"{Grain.TOTAL}:"


def _par_colonne(colonnes: tuple[Colonne, ...], lignes: tuple[Ligne, ...]) -> dict[str, dict[str, Cellule]]:
    return {c.code: {ligne.cle: ligne.cellules[i] for ligne in lignes} for i, c in enumerate(colonnes)}
