"""The whole service: how long it takes to start again, what it holds in memory, what its pages weigh."""

import time

from sne.bench.chantier import Chantier
from sne.bench.demonstration import Demonstration, demonstration, memoire
from sne.bench.pages import poids_a_froid
from sne.bench.rules import Cible, Ligne, Sens
from sne.bench.web import Navigateur

MO, KO = 1_000_000, 1_000
REPOS = 5.0  # seconds without a request before memory is read
VISITES = 2  # one for each web worker


def service(chantier: Chantier) -> list[Ligne]:
    """Two starts of a demonstration of its own; memory and weights are read during the second."""
    dossier, taille = chantier.atelier.dossier / "demo", chantier.reglages.taille
    with demonstration(dossier, taille=taille) as premiere:
        depart = premiere.demarrage
    with demonstration(dossier, taille=taille) as seconde:
        navigateur = Navigateur(seconde.port)
        poids_connexion = poids_a_froid(navigateur, "/connexion/")
        navigateur.se_connecter(seconde.agent)
        poids_accueil = poids_a_froid(navigateur, "/")
        for _ in range(VISITES):
            navigateur.demander("GET", "/")
        navigateur.fermer()
        time.sleep(REPOS)
        lignes = _memoires(seconde)
    return [
        _simple("premier-depart", f"`make demo`, first start, {taille} files", depart, "s", 120.0),
        _simple("second-depart", "`make demo`, second start", seconde.demarrage, "s", 5.0),
        *lignes,
        _simple("poids-connexion", "Sign-in page, cold", poids_connexion / KO, "KB", 120.0),
        _simple("poids-accueil", "Home page, cold", poids_accueil / KO, "KB", 120.0),
    ]


def _memoires(demo: Demonstration) -> list[Ligne]:
    web = max(memoire(pid, "Rss") for pid in demo.travailleurs_web()) / MO
    tout = sum(memoire(pid, "Pss") for pid in demo.processus()) / MO
    return [
        _simple("memoire-web", "Idle memory of a web worker (RSS)", web, "MB", 120.0),
        _simple("memoire-demo", "Idle memory of the whole demo (PSS)", tout, "MB", 500.0),
    ]


def _simple(code: str, titre: str, valeur: float, unite: str, plafond: float) -> Ligne:
    """A row without a peer: the target itself is the limit."""
    return Ligne(
        code=code,
        titre=titre,
        limite=f"{plafond:g} {unite}",
        mesure=f"{valeur:.1f} {unite}",
        valeur=valeur,
        unite=unite,
        cible=Cible(Sens.AU_PLUS, plafond),
        rapport=valeur / plafond,
    )
