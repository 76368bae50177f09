"""The infocentre: the table of quality of the nation, by compiled SQL and by SQL written by hand."""

from sne.bench.chantier import Chantier
from sne.bench.lac import MOIS, dessiner
from sne.bench.rules import Cible, Ligne, Sens, latence_mediane, rapport

FAITS, FAITS_EN_NOMBRE = 5_000_000, 50_000_000
CIBLE = 1.2  # times the SQL written by hand


def nation(chantier: Chantier) -> list[Ligne]:
    """At a tenth of the nation."""
    return _nation(chantier, FAITS, "infocentre-nation")


def nation_en_nombre(chantier: Chantier) -> list[Ligne]:
    """At the size of the nation."""
    return _nation(chantier, FAITS_EN_NOMBRE, "infocentre-nombre")


def _nation(chantier: Chantier, nombre: int, code: str) -> list[Ligne]:
    with dessiner(chantier.atelier.dossier / code, nombre) as lac:
        tranches = chantier.alterner({"compile": lac.compile, "main": lac.a_la_main})
        lac.comparer()
    compile_, main = tranches["compile"], tranches["main"]
    valeur = rapport([t.duree for t in compile_], [t.duree for t in main])
    return [
        Ligne(
            code=code,
            titre=f"Table of quality, whole nation, {lac.lignes} facts over {MOIS} months, same integers",
            limite=f"SQL written by hand: {latence_mediane(main):.0f} ms",
            mesure=f"{latence_mediane(compile_):.0f} ms",
            valeur=valeur,
            unite="×",
            cible=Cible(Sens.AU_PLUS, CIBLE),
            rapport=valeur,
            tranches={nom: [round(t.duree, 3) for t in serie] for nom, serie in tranches.items()},
        )
    ]
