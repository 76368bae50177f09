"""The whole service: how long it takes to start again, what it holds in memory, what its pages weigh."""

import time

from sne.bench.chantier import Chantier
from sne.bench.demonstration import Demonstration, demonstration, memoire
from sne.bench.pages import poids_a_froid
from sne.bench.rules import Cible, Ligne, Sens
from sne.bench.web import Navigateur

MO, KO = 1_000_000, 1_000
REPOS = 5.0  # seconds without a request before memory is read


def service(chantier: Chantier) -> list[Ligne]:
    """Two starts of a demonstration of its own; memory and weights are read during the second."""
    dossier, taille = chantier.atelier.dossier / "demo", chantier.reglages.taille
    with demonstration(dossier, taille=taille) as premiere:
        depart = premiere.demarrage
    with demonstration(dossier, taille=taille) as seconde:
        time.sleep(REPOS)
        repos, tout = _memoire_d_un_web(seconde), sum(memoire(p, "Pss") for p in seconde.processus())
        poids = _poids(seconde)
        servi = _memoire_d_un_web(seconde)
    return [
        _simple("premier-depart", f"`make demo`, first start, {taille} files", depart, "s", 120.0),
        _simple("second-depart", "`make demo`, second start", seconde.demarrage, "s", 8.0),
        _simple(
            "memoire-web",
            f"Idle memory of a web worker (RSS); {servi / MO:.0f} MB once it has shown its first pages",
            repos / MO,
            "MB",
            120.0,
        ),
        _simple("memoire-demo", "Idle memory of the whole demo (PSS)", tout / MO, "MB", 1000.0),
        *(_simple(f"poids-{nom}", titre, octets / KO, "KB", 120.0) for nom, titre, octets in poids),
    ]


def _memoire_d_un_web(demo: Demonstration) -> int:
    """RSS of the largest web worker."""
    return max(memoire(pid, "Rss") for pid in demo.travailleurs_web())


def _poids(demo: Demonstration) -> list[tuple[str, str, int]]:
    """The sign-in page, then the home page of an agent, each downloaded by a cold browser."""
    navigateur = Navigateur(demo.port)
    connexion = poids_a_froid(navigateur, "/connexion/")
    navigateur.se_connecter(demo.agent)
    accueil = poids_a_froid(navigateur, "/accueil/")
    navigateur.fermer()
    return [("connexion", "Sign-in page, cold", connexion), ("accueil", "Home page, cold", accueil)]


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
    )
