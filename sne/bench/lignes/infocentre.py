"""The infocentre: the table of the nation by compiled SQL and by SQL written by hand; a long report as a file."""

from statistics import median

from sne.bench.chantier import Chantier
from sne.bench.lac import MOIS, dessiner
from sne.bench.rapport_en_fichier import COLONNES, Fichiers
from sne.bench.rules import Cible, Ligne, Sens, latence_mediane, rapport

FAITS, FAITS_EN_NOMBRE = 5_000_000, 50_000_000
CIBLE = 1.2  # times the SQL written by hand, the bare writer
LIGNES, CIBLE_ODS = 200_000, 2.0


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


def fichiers(chantier: Chantier) -> list[Ligne]:
    """Processor time: the writers share nothing with the disk."""
    ecrits = Fichiers.de(LIGNES)
    tranches = chantier.alterner({"xlsx": ecrits.xlsx, "ods": ecrits.ods, "nu": ecrits.nu})
    nu = [t.processeur for t in tranches["nu"]]
    return [
        Ligne(
            code=f"infocentre-{nom}",
            titre=f"A report of {LIGNES} lines by {COLONNES} columns as {nom.upper()}: states, definitions, reading",
            limite=f"the bare writer of workbooks: {median(nu):.1f} s of processor",
            mesure=f"{median(t.processeur for t in tranches[nom]):.1f} s",
            valeur=(valeur := rapport([t.processeur for t in tranches[nom]], nu)),
            unite="×",
            cible=Cible(Sens.AU_PLUS, cible),
            rapport=valeur,
            tranches={cote: [round(t.processeur, 3) for t in tranches[cote]] for cote in (nom, "nu")},
        )
        for nom, cible in (("xlsx", CIBLE), ("ods", CIBLE_ODS))
    ]
