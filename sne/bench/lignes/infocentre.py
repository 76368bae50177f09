"""The infocentre: the nation by compiled SQL and by hand; a long report as a file; pages as opened; a day poured."""

from statistics import median

import psycopg

from sne.bench.chantier import Chantier
from sne.bench.demonstration import demonstration
from sne.bench.infocentre import asseoir
from sne.bench.lac import MOIS, dessiner
from sne.bench.pgbench import MesureImpossible
from sne.bench.rapport_en_fichier import COLONNES, Fichiers
from sne.bench.rules import Cible, Ligne, Sens, Tranche, latence_mediane, p95, rapport

FAITS, FAITS_EN_NOMBRE = 5_000_000, 50_000_000
CIBLE = 1.2  # times the SQL written by hand, the bare writer
LIGNES, CIBLE_ODS = 200_000, 2.0
PAGES, DETAILS = 60, 20  # openings measured of each
CIBLE_PAGE, CIBLE_DETAIL = 150.0, 1500.0  # ms, p95
UN_JOUR, CIBLE_JOUR = 70_000, 5.0  # facts of a day of the nation, seconds


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


def pages(chantier: Chantier) -> list[Ligne]:
    """A manager opens the report of their territory, then what is behind its figures; the target is the limit."""
    dossier, taille = chantier.atelier.dossier / "infocentre-demo", chantier.reglages.taille
    with demonstration(dossier, taille=taille) as demo:
        lectrice = asseoir(demo)
        tableau = [lectrice.tableau() for _ in range(PAGES)]
        detail = [lectrice.detail(rang) for rang in range(DETAILS)]
        lectrice.navigateur.fermer()
    return [
        _page(
            "infocentre-page",
            f"Report of a territory, twelve months, drawn, {taille} files",
            tableau,
            CIBLE_PAGE,
        ),
        _page(
            "infocentre-detail",
            f"Demandes behind a figure, each with its reason, {taille} files",
            detail,
            CIBLE_DETAIL,
        ),
    ]


def _page(code: str, titre: str, tranches: list[Tranche], cible: float) -> Ligne:
    grand = p95(tranches)
    return Ligne(
        code=code,
        titre=titre,
        limite=f"{cible:g} ms p95",
        mesure=f"{latence_mediane(tranches):.0f} ms, p95 {grand:.0f} ms",
        valeur=grand,
        unite="ms p95",
        cible=Cible(Sens.AU_PLUS, cible),
        rapport=grand / cible,
    )


def un_jour(chantier: Chantier) -> list[Ligne]:
    """All that the filled register holds is poured at once, told for as many facts as a day of the nation has."""
    acces = chantier.copie_remplie("infocentre-jour")
    with chantier.equipe("VerserUnJour", acces, processus=1, fils=1, module="versement") as equipe:
        [duree] = [ms / 1000 for ms in equipe.tranche(0.001, par_seconde=0).latences]
    with psycopg.connect(acces.runtime) as connexion:
        ligne = connexion.execute("SELECT coalesce(sum(lignes), 0) FROM lac_fichier").fetchone()
    chantier.atelier.jeter("infocentre-jour")
    faits = int(ligne[0]) if ligne else 0
    if not faits:
        raise MesureImpossible("le registre rempli n’a donné aucun fait.")
    dits = min(faits, UN_JOUR)  # fewer facts cost what they cost: a start is not told several times
    valeur = duree * dits / faits
    return [
        Ligne(
            code="infocentre-jour",
            titre=f"A new day poured, from seals to cells: {faits} facts at once, told for {dits}",
            limite=f"{CIBLE_JOUR:g} s",
            mesure=f"{duree:.1f} s, {valeur:.1f} s for {dits}",
            valeur=valeur,
            unite="s",
            cible=Cible(Sens.AU_PLUS, CIBLE_JOUR),
            rapport=valeur / CIBLE_JOUR,
        )
    ]
