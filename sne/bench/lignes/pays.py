"""The nation in two cells, rehearsed: one half of it in each, then the worst hour, as much as this machine holds.

What a page takes of each server's processor, kind by kind and mixed, says the cores of the nation, with its error.
"""

import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from statistics import mean
from typing import Any

import psycopg

from sne.bench.atelier import Atelier, Identifiants
from sne.bench.chantier import Chantier
from sne.bench.equipe import Equipe
from sne.bench.lignes.cellules import deplace, fermeture, tenir
from sne.bench.lignes.pointe import coeurs
from sne.bench.melange import GUICHETS, MELANGE, PAGES, PAR_PAGE, Genre
from sne.bench.nombre import PREFIXE, Grands
from sne.bench.rules import Cible, Ligne, Sens, Tranche, debit_median, erreur, p95
from sne.bench.web import ouvrir_session, serveur_web
from sne.demo.cellule import REGLAGES, TERRITOIRE
from sne.demo.dossier import NORD
from sne.demo.generation.doubles import SOUCHE
from sne.socle.bases import Acces

ANNUAIRE = "annuaire"
CONNUS = 3_000  # whose files are opened and looked for, in each cell
PAR_DEMANDE = 22_000  # bytes that the capacity model gives to a demande, its journal included
HEURE = "actes_de_pointe:HeureDePointe"
TOURS_D_UN_GENRE, PART_D_UN_GENRE = 3, 5  # slices of each kind by itself; each is that part of one of the mix
LE_PLUS_PEUPLE = """
SELECT territoire, count(*), (SELECT count(*) FROM demande), pg_database_size(current_database())
FROM demande WHERE territoire = ANY(%s) GROUP BY 1 ORDER BY 2 DESC LIMIT 1
"""
PLACER = "INSERT INTO cellule_territoire (territoire, cellule, de, vers, etape) VALUES (%s, %s, '', '', '')"
OUVRIR = "SELECT nud_ouvrir_territoire(%s)"


def pays(chantier: Chantier) -> list[Ligne]:
    """One half of ``taille`` in the directory's server, the other in a second one, which received the territory that
    its people are doubled from by a true move; nothing of it is kept.
    """
    moitie = chantier.reglages.taille // 2
    souche = min(SOUCHE, moitie // 4)
    dire = chantier.dire
    with (
        Grands(chantier.atelier, dire=dire, reglages=REGLAGES).ouverts() as grands,
        grands.copie(grands.base(souche), f"{PREFIXE}pays") as acces,
    ):
        tirages = grands.tirer(acces)
        ici, la = partager(tirages["lieux"])
        tours = -(-(moitie + souche) // souche) - 1
        with _dit(chantier, ANNUAIRE):
            grands.agrandir(acces, moitie + souche, tirages | {"lieux": ici})
        grands.atelier.preparer("tout_servir", acces=acces)
        with deplace(grands, acces, TERRITOIRE, prouver=False) as (nord, serveur, ferme):
            dire(f"    fermé {ferme} s")
            _placer(acces, nord, {territoire for _, territoire in la})
            with _dit(chantier, NORD):
                grands.agrandir(nord, moitie, tirages | {"lieux": la}, apres=tours)
            pids = {ANNUAIRE: grands.atelier.serveur.pid or 0, NORD: serveur}
            cellules = _lire(chantier, {ANNUAIRE: acces, NORD: nord}, pids)
            mesures = _jouer(chantier, grands.atelier, cellules)
    return [fermeture(ferme, TERRITOIRE, souche, ligne="pays"), *mesures]


def partager(lieux: Sequence[Sequence[Any]]) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """The draws of places (rank, territory) as two halves of whole territories: each goes to the smaller by then."""
    moities: tuple[list[str], list[str]] = ([], [])
    for territoire, fois in Counter(territoire for _, territoire in lieux).most_common():
        min(moities, key=len).extend([territoire] * fois)
    return list(enumerate(moities[0])), list(enumerate(moities[1]))


@contextmanager
def _dit(chantier: Chantier, cellule: str) -> Iterator[None]:
    depart = time.monotonic()
    yield
    chantier.dire(f"    {cellule} remplie en {time.monotonic() - depart:.0f} s")


def _placer(acces: Acces, nord: Acces, territoires: set[str]) -> None:
    """These territories are in the second cell, where numbers are given for them."""
    with psycopg.connect(acces.owner) as ici, psycopg.connect(nord.owner) as la:
        for territoire in sorted(territoires):
            ici.execute(PLACER, [territoire, NORD])
            la.execute(OUVRIR, [territoire])


@dataclass(frozen=True, slots=True)
class Cellules:
    """Both servers by name: where they answer, their process, where most of their files are, how many in all."""

    acces: Mapping[str, Acces]
    pids: Mapping[str, int]
    lieux: Mapping[str, str]
    demandes: int
    octets: int


def _lire(chantier: Chantier, acces: Mapping[str, Acces], pids: Mapping[str, int]) -> Cellules:
    lieux, demandes, octets = dict[str, str](), 0, 0
    for cellule, la in acces.items():
        with psycopg.connect(la.owner, autocommit=True) as connexion:
            lue = connexion.execute(LE_PLUS_PEUPLE, [list(GUICHETS)]).fetchone()
        territoire, siennes, toutes, taille = lue or ("", 0, 0, 0)
        chantier.dire(
            f"    {cellule} : {toutes} demandes, dont {siennes} de {territoire} ; {taille / 1e9:.1f} Go"
        )
        lieux[cellule], demandes, octets = territoire, demandes + toutes, octets + taille
    return Cellules(acces, pids, lieux, demandes, octets)


def _jouer(chantier: Chantier, atelier: Atelier, cellules: Cellules) -> list[Ligne]:
    """Four agents of the most populated territory of each cell, as fast as they are answered: the mix, then each kind
    of page by itself.
    """
    annuaire, nord = cellules.acces[ANNUAIRE], cellules.acces[NORD]
    variables = atelier.variables_du_web(annuaire) | {"SNE_CELLULES": f"{NORD}={nord.runtime}"}
    tours, secondes = chantier.reglages.tours, chantier.reglages.secondes
    with serveur_web(variables, atelier.dossier / "web-pays.log") as (port, web):
        sessions = {cellule: _sessions(atelier, annuaire, port, t) for cellule, t in cellules.lieux.items()}
        serveurs = {"web": [web], **{cellule: [pid] for cellule, pid in cellules.pids.items()}}
        chantier.dire("    l’heure de pointe…")
        with _equipes(atelier, cellules, sessions, HEURE, 1) as equipes:
            tenir(equipes, {}, tours=1, secondes=secondes)  # does not count
            heure = tenir(equipes, serveurs, tours=tours, secondes=secondes)
        lignes = []
        for rang, (code, genre) in enumerate(MELANGE.items(), start=2):
            chantier.dire(f"    {genre.titre}…")
            with _equipes(atelier, cellules, sessions, genre.acte, rang) as equipes:
                seul = tenir(equipes, serveurs, tours=TOURS_D_UN_GENRE, secondes=secondes / PART_D_UN_GENRE)
            lignes.append(_genre(code, genre, seul.couts, seul.tranches))
    couts = {"web": heure.couts["web"]}
    couts["base"] = [ici + la for ici, la in zip(heure.couts[ANNUAIRE], heure.couts[NORD], strict=True)]
    ou = f", in two cells of {cellules.demandes} files in all"
    mixtes = [coeurs(nom, couts[nom], heure.tranches, ligne="pays", ou=ou) for nom in couts]
    return [*mixtes, *lignes, _octets(cellules)]


def _sessions(atelier: Atelier, annuaire: Acces, port: int, territoire: str) -> list[dict[str, Any]]:
    """The agents of a territory, signed in: what their clients are given."""
    rang = list(GUICHETS).index(territoire)
    comptes = atelier.preparer("comptes_du_lieu", acces=annuaire, taille=rang)
    siens = {"territoire": territoire, "connus": CONNUS}
    return [ouvrir_session(port, Identifiants(**compte)) | siens for compte in comptes]


@contextmanager
def _equipes(
    atelier: Atelier, cellules: Cellules, sessions: Mapping[str, list[dict[str, Any]]], acte: str, rang: int
) -> Iterator[list[Equipe]]:
    """A process of clients for each cell; ``rang``: of this act, for households of its own."""
    with ExitStack() as pile:
        yield [
            pile.enter_context(
                Equipe(
                    f"sne.bench.{acte}",
                    variables=atelier.variables(acces),
                    processus=1,
                    fils=len(sessions[cellule]),
                    options=sessions[cellule],
                    premier_rang=(2 * rang + n) * 1_000_000,
                )
            )
            for n, (cellule, acces) in enumerate(cellules.acces.items())
        ]


def _genre(code: str, genre: Genre, couts: Mapping[str, list[float]], tranches: list[Tranche]) -> Ligne:
    """A kind of page by itself: what it takes of each server, against what the capacity model gives it."""
    donne = PAR_PAGE + genre.base
    valeur = sum(mean(c) for c in couts.values())
    parts = ", ".join(f"{nom} {mean(c):.1f} ± {erreur(c):.1f}" for nom, c in couts.items())
    return Ligne(
        code=f"pays-{code}",
        titre=f"{genre.titre} ({genre.part} pages of {PAGES}): processor of each server",
        limite=f"{donne:g} ms; {debit_median(tranches):.0f} pages/s held here, p95 {p95(tranches):.0f} ms",
        mesure=f"{valeur:.1f} ms: {parts}",
        valeur=valeur,
        unite="ms",
        cible=Cible(Sens.AU_PLUS, donne),
        tranches={nom: [round(cout, 2) for cout in c] for nom, c in couts.items()},
    )


def _octets(cellules: Cellules) -> Ligne:
    valeur = cellules.octets / cellules.demandes
    return Ligne(
        code="pays-octets",
        titre=f"What {cellules.demandes} files are on disk, indexes and journal included, in two cells",
        limite=f"{PAR_DEMANDE / 1000:g} KB a file",
        mesure=f"{cellules.octets / 1e9:.1f} GB, {valeur / 1000:.1f} KB a file",
        valeur=valeur / 1000,
        unite="KB",
        cible=Cible(Sens.AU_PLUS, PAR_DEMANDE / 1000),
    )
