"""A nation in two cells, rehearsed: a territory moved at size, then the worst hour on both, against one server."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from statistics import mean
from typing import Any

import psycopg

from sne.bench.atelier import RACINE, Identifiants
from sne.bench.chantier import Chantier
from sne.bench.equipe import Equipe
from sne.bench.lignes.pointe import COEURS, coeurs
from sne.bench.nombre import PREFIXE, Grands
from sne.bench.pgbench import MesureImpossible
from sne.bench.preparation import LIEU
from sne.bench.processeur import secondes_de
from sne.bench.rules import Cible, Ligne, Sens, Tranche, fusionner
from sne.bench.web import ouvrir_session, serveur_web
from sne.demo.cellule import DEPLACER, REGLAGES, DeuxiemeCellule
from sne.demo.dossier import NORD
from sne.socle.bases import Acces

FERMETURE, POUR = 5.0, 2_000  # seconds that a territory of so many files may be closed
AUTANT = 1.3  # times what a page takes with one server, at most
VERIFIER = ("journal", "verifier")
LE_PLUS_GRAND = "SELECT territoire, count(*) FROM demande GROUP BY 1 ORDER BY 2 DESC LIMIT 1"
ICI = "SELECT count(*) FROM demande WHERE territoire = %s"
DES_MESURES, _ = LIEU
FERME = re.compile(r"fermé (\d+,\d) s")


@dataclass
class Heure:
    """What was held: slices, and milliseconds of processor that a page takes of each server, by slice."""

    tranches: list[Tranche] = field(default_factory=list)
    couts: dict[str, list[float]] = field(default_factory=dict)


def cellules(chantier: Chantier) -> list[Ligne]:
    """The largest territory of a register of ``taille`` leaves for a second server; pages before, and after."""
    with (
        Grands(chantier.atelier, dire=chantier.dire, reglages=REGLAGES).ouverts() as grands,
        grands.copie(grands.base(chantier.reglages.taille), f"{PREFIXE}cellules") as acces,
    ):
        with psycopg.connect(acces.owner, autocommit=True) as connexion:
            territoire, nombre = connexion.execute(LE_PLUS_GRAND).fetchone() or ("", 0)
        grands.atelier.preparer("tout_servir", acces=acces)
        comptes = {territoire: grands.atelier.preparer("compte", acces=acces)}
        if lire(acces, ICI, DES_MESURES):
            comptes[DES_MESURES] = grands.atelier.preparer("compte_des_mesures", acces=acces)
        chantier.dire("    une cellule…")
        avant = _jouer(chantier, grands, dict.fromkeys(comptes, acces), comptes, acces)
        with deplace(grands, acces, territoire) as (nord, serveur, ferme):
            chantier.dire(f"    fermé {ferme} s ; deux cellules…")
            ou = {t: nord if t == territoire else acces for t in comptes}
            apres = _jouer(chantier, grands, ou, comptes, acces, nord=(nord, serveur))
            for cellule, la in (("annuaire", acces), (NORD, nord)):
                if (lire(la, ICI, territoire) > 0) != (la is nord):
                    raise MesureImpossible(f"La cellule {cellule} n’a pas les lignes qu’elle doit avoir.")
    return [
        fermeture(ferme, territoire, nombre),
        _page(avant, apres),
        *(coeurs(n, apres.couts[n], apres.tranches, ligne="cellules", ou=", in two cells") for n in COEURS),
    ]


@contextmanager
def deplace(
    grands: Grands, acces: Acces, territoire: str, *, prouver: bool = True
) -> Iterator[tuple[Acces, int, float]]:
    """The second cell, with the territory: its addresses, the process of its server, how long it was closed.

    ``prouver``: both journals prove themselves, or ``MesureImpossible`` is raised.
    """
    atelier, dits = grands.atelier, list[str]()

    def commander(commande: tuple[str, ...], variables: Mapping[str, str]) -> None:
        fait = subprocess.run(
            [sys.executable, "-m", "sne.cli.principal", *commande],
            cwd=RACINE,
            env={**os.environ, **atelier.variables(acces, role="owner"), **variables},
            capture_output=True,
            text=True,
            check=False,
        )
        if fait.returncode:
            raise MesureImpossible(f"sne {' '.join(commande)} : {(fait.stdout + fait.stderr)[-2000:]}")
        dits.append(fait.stdout)

    dossier = atelier.dossier / NORD
    deuxieme = DeuxiemeCellule(dossier, territoire)
    deuxieme.serveur.arreter()
    shutil.rmtree(dossier, ignore_errors=True)
    nord = deuxieme.demarrer("sne_bench")
    try:
        deuxieme.preparer(acces, nord, commander, dire=grands.dire)
        for cellule in (acces, nord) if prouver else ():
            commander(VERIFIER, {"SNE_RUNTIME_URL": cellule.runtime, "SNE_OWNER_URL": cellule.owner})
        trouve = FERME.search("".join(dits))
        if trouve is None or deuxieme.serveur.pid is None:
            raise MesureImpossible(f"sne {' '.join(DEPLACER)} n’a pas dit combien de temps il a fermé.")
        yield nord, deuxieme.serveur.pid, float(trouve[1].replace(",", "."))
    finally:
        _desabonner(nord)
        deuxieme.serveur.arreter()
        shutil.rmtree(dossier, ignore_errors=True)


def _desabonner(nord: Acces) -> None:
    """The directory keeps nothing for a cell that is gone."""
    with psycopg.connect(nord.admin, autocommit=True) as connexion:
        for (nom,) in connexion.execute("SELECT subname FROM pg_subscription").fetchall():
            connexion.execute(f"DROP SUBSCRIPTION {nom}")


def _jouer(
    chantier: Chantier,
    grands: Grands,
    ou: Mapping[str, Acces],
    comptes: Mapping[str, dict[str, str]],
    acces: Acces,
    *,
    nord: tuple[Acces, int] | None = None,
) -> Heure:
    """The worst hour's pages, asked for by an agent of each territory at once. ``ou``: where the people of each are."""
    atelier = grands.atelier
    variables = atelier.variables_du_web(acces) | (
        {"SNE_CELLULES": f"{NORD}={nord[0].runtime}"} if nord else {}
    )
    pids = [p for p in (atelier.serveur.pid, nord[1] if nord else None) if p is not None]
    with ExitStack() as pile:
        port, web = pile.enter_context(serveur_web(variables, atelier.dossier / "web-cellules.log"))
        equipes = []
        for rang, (territoire, compte) in enumerate(comptes.items()):
            session: dict[str, Any] = ouvrir_session(port, Identifiants(**compte)) | {
                "territoire": territoire
            }
            equipe = Equipe(
                "sne.bench.actes_de_pointe:HeureDePointe",
                variables=atelier.variables(ou[territoire]),
                processus=1,
                fils=1,
                options=[session],
                premier_rang=(2 if nord else 1) * 1_000_000 + rang * 100_000,
            )
            equipes.append(pile.enter_context(equipe))
        reglages = chantier.reglages
        tenir(equipes, {}, tours=1, secondes=reglages.secondes)  # does not count
        serveurs = {"web": [web], "base": pids}
        return tenir(equipes, serveurs, tours=reglages.tours, secondes=reglages.secondes)


def tenir(
    equipes: Sequence[Equipe], serveurs: Mapping[str, Sequence[int]], *, tours: int, secondes: float
) -> Heure:
    """So many slices of all of them at once, and what a page takes of each of these servers (its processes): what is
    made ready before a slice is not counted.
    """
    heure = Heure(couts={nom: [] for nom in serveurs})
    for _ in range(tours):
        for equipe in equipes:
            equipe.preparer(secondes, par_seconde=5)
        depart = {nom: sum(map(secondes_de, pids)) for nom, pids in serveurs.items()}
        for equipe in equipes:
            equipe.partir(secondes)
        tranche = fusionner([equipe.revenir() for equipe in equipes])
        heure.tranches.append(tranche)
        for nom, pids in serveurs.items():
            heure.couts[nom].append((sum(map(secondes_de, pids)) - depart[nom]) * 1000 / tranche.actes)
    return heure


def fermeture(ferme: float, territoire: str, nombre: int, *, ligne: str = "cellules") -> Ligne:
    """How long a territory of so many files was closed."""
    permis = FERMETURE * max(1.0, nombre / POUR)
    return Ligne(
        code=f"{ligne}-fermeture",
        titre=f"Territory {territoire} moved to another cell, {nombre} files: seconds closed, no row different",
        limite=f"{FERMETURE:g} s for {POUR} files",
        mesure=f"{ferme:.1f} s",
        valeur=ferme,
        unite="s",
        cible=Cible(Sens.AU_PLUS, permis),
    )


def _page(avant: Heure, apres: Heure) -> Ligne:
    une, deux = (sum(mean(couts) for couts in heure.couts.values()) for heure in (avant, apres))
    return Ligne(
        code="cellules-page",
        titre="A page of the worst hour, web and database: two cells against one",
        limite=f"{une:.1f} ms of processor",
        mesure=f"{deux:.1f} ms of processor",
        valeur=deux / une,
        unite="×",
        cible=Cible(Sens.AU_PLUS, AUTANT),
        tranches={"une": avant.couts["web"], "deux": apres.couts["web"]},
    )


def lire(acces: Acces, ordre: str, *valeurs: object) -> int:
    """One number."""
    with psycopg.connect(acces.owner, autocommit=True) as connexion:
        return int((connexion.execute(ordre, valeurs).fetchone() or (0,))[0])
