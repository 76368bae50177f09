"""The infocentre: the nation by compiled SQL and by hand; a long report as a file; pages as opened; a day poured; what
was erased taken out.
"""

from statistics import median

import psycopg

from sne.bench.chantier import Chantier
from sne.bench.infocentre import asseoir
from sne.bench.lac import GUICHETS, MOIS, dessiner
from sne.bench.nation import Nation, dossier_de, fonder
from sne.bench.pgbench import MesureImpossible
from sne.bench.rapport_en_fichier import COLONNES, Fichiers
from sne.bench.rules import Cible, Ligne, Sens, au_plus, latence_mediane, rapport
from sne.bench.web import serveur_web

FAITS, FAITS_EN_NOMBRE = 5_000_000, 50_000_000
CIBLE = 1.2  # times the SQL written by hand, the bare writer
LIGNES, CIBLE_ODS = 200_000, 2.0
A_BLANC, PAGES, DETAILS = 5, 60, 20  # openings before the measure, then measured of each
CIBLE_PAGE, CIBLE_DETAIL = 150.0, 1500.0  # ms, p95
UN_JOUR, CIBLE_JOUR = 70_000, 5.0  # facts of a day of the nation, seconds
CIBLE_EFFACER = 120.0  # seconds, the whole lake
VERSES = """
SELECT (SELECT coalesce(sum(lignes), 0) FROM lac_fichier WHERE sceau_du > 0), (SELECT count(*) FROM agregat)
"""
EFFACEES = "DELETE FROM cle_statistique WHERE cle % 25 = 0"
PARTIES = "SELECT coalesce(sum(CASE WHEN retire_le IS NULL THEN -lignes ELSE lignes END), 0) FROM lac_fichier"


def nation(chantier: Chantier) -> list[Ligne]:
    """At a tenth of the nation."""
    return _nation(chantier, FAITS, "infocentre-nation")


def _nation(chantier: Chantier, nombre: int, code: str) -> list[Ligne]:
    with dessiner(dossier_de(chantier, nombre), nombre) as lac:
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
            valeur=rapport([t.processeur for t in tranches[nom]], nu),
            unite="×",
            cible=Cible(Sens.AU_PLUS, cible),
            tranches={cote: [round(t.processeur, 3) for t in tranches[cote]] for cote in (nom, "nu")},
        )
        for nom, cible in (("xlsx", CIBLE), ("ods", CIBLE_ODS))
    ]


def pages(chantier: Chantier) -> list[Ligne]:
    """At a tenth of the nation."""
    with fonder(chantier, FAITS, une_seule=True) as nation_:
        return _pages(chantier, nation_)


def un_jour(chantier: Chantier) -> list[Ligne]:
    """On the figures of a tenth of the nation."""
    with fonder(chantier, FAITS, journee=UN_JOUR) as nation_:
        return [_un_jour(chantier, nation_)]


def effacer(chantier: Chantier) -> list[Ligne]:
    """At a tenth of the nation, told for the whole of it."""
    with fonder(chantier, FAITS) as nation_:
        return [_effacer(chantier, nation_)]


def en_nombre(chantier: Chantier) -> list[Ligne]:
    """All of them at the size of the nation, on one lake."""
    with fonder(chantier, FAITS_EN_NOMBRE, journee=UN_JOUR) as nation_:
        lues = [*_nation(chantier, FAITS_EN_NOMBRE, "infocentre-nombre"), *_pages(chantier, nation_)]
        return [*lues, _un_jour(chantier, nation_), _effacer(chantier, nation_)]


def _pages(chantier: Chantier, nation_: Nation) -> list[Ligne]:
    """A manager opens the report of their territory, then what is behind its figures; the target is the limit."""
    variables = chantier.atelier.variables_du_web(nation_.acces)
    with serveur_web(variables, chantier.atelier.dossier / "web-infocentre.log") as (port, _):
        lectrice = asseoir(port, nation_.gestionnaire)
        for _a_blanc in range(A_BLANC):
            lectrice.tableau()
        tableau = [lectrice.tableau() for _ in range(PAGES)]
        detail = [lectrice.detail(rang) for rang in range(DETAILS)]
        lectrice.navigateur.fermer()
    parmi = f"among {nation_.lignes} facts and {nation_.cellules} cells"
    return [
        au_plus(
            "infocentre-page", f"Report of a territory of {GUICHETS} counters, {parmi}", tableau, CIBLE_PAGE
        ),
        au_plus("infocentre-detail", f"Demandes behind a figure, {parmi}", detail, CIBLE_DETAIL),
    ]


def _un_jour(chantier: Chantier, nation_: Nation) -> Ligne:
    """From the seals of the day to the cells: files, manifest, cells, cursor and entry."""
    duree = _une_fois(chantier, nation_, "VerserUnJour")
    with psycopg.connect(nation_.acces.runtime) as connexion:
        faits, cellules = connexion.execute(VERSES).fetchone() or (0, 0)
    if faits < UN_JOUR:
        raise MesureImpossible(f"La journée versée n’a donné que {faits} faits.")
    return Ligne(
        code="infocentre-jour",
        titre=f"A new day poured, from seals to cells: {faits} facts into {nation_.cellules} cells, then {cellules}",
        limite=f"{CIBLE_JOUR:g} s",
        mesure=f"{duree:.1f} s",
        valeur=duree,
        unite="s",
        cible=Cible(Sens.AU_PLUS, CIBLE_JOUR),
    )


def _effacer(chantier: Chantier, nation_: Nation) -> Ligne:
    """One demande in twenty-five was erased: each file is written again, what they were worth is kept apart."""
    with psycopg.connect(nation_.acces.admin) as connexion:
        connexion.execute(
            "ALTER TABLE cle_statistique DISABLE TRIGGER USER"
        )  # no demande of theirs was erased
        connexion.execute(EFFACEES)
    duree = _une_fois(chantier, nation_, "RetirerDuLac")
    with psycopg.connect(nation_.acces.runtime) as connexion:
        (parties,) = connexion.execute(PARTIES).fetchone() or (0,)
    if not parties:
        raise MesureImpossible("Aucun fait n’a quitté le lac.")
    valeur = duree * FAITS_EN_NOMBRE / nation_.lignes
    return Ligne(
        code="infocentre-effacer",
        titre=f"Demandes erased leave the lake: {nation_.lignes} facts, {parties} gone, told for {FAITS_EN_NOMBRE}",
        limite=f"{CIBLE_EFFACER:g} s",
        mesure=f"{duree:.1f} s, {valeur:.0f} s",
        valeur=valeur,
        unite="s",
        cible=Cible(Sens.AU_PLUS, CIBLE_EFFACER),
    )


def _une_fois(chantier: Chantier, nation_: Nation, acte: str) -> float:
    """Seconds of one act of the service, in a process of its own."""
    with chantier.equipe(acte, nation_.acces, processus=1, fils=1, module="versement") as equipe:
        [duree] = [ms / 1000 for ms in equipe.tranche(0.001, par_seconde=0).latences]
    return duree
