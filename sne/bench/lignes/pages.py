"""Every page that four agents and a household can open, in a large register and in a smaller one."""

from collections.abc import Sequence
from contextlib import ExitStack
from statistics import median

from sne.bench.atelier import Identifiants
from sne.bench.chantier import Chantier
from sne.bench.lignes.nombre import CIBLE_DES_PAGES, CROISSANCE_MAXIMALE
from sne.bench.nombre import Grands
from sne.bench.rules import Cible, Ligne, Sens, Tranche, au_plus, quantile
from sne.bench.visite import LECTEURS, Visite
from sne.bench.web import Navigateur, serveur_web
from sne.socle.bases import Acces
from sne.socle.serveur_web import VARIABLES_DU_PORTAIL

OUVERTURES = 20  # of each kind of page, on each side, after one that does not count
MENAGE = "Household"
DEPARTS = ("/accueil/", "/plan-du-site/")
DEPARTS_DU_MENAGE = ("/ma-demande/", "/mon-compte/")


def pages(chantier: Chantier) -> list[Ligne]:
    """Each kind of page that each of them reaches by links, on a register of ``taille`` and on one of ``temoin``."""
    taille = chantier.reglages.taille
    temoin = chantier.reglages.temoin or taille // 10
    lignes: list[Ligne] = []
    with Grands(chantier.atelier, dire=chantier.dire).ouverts() as grands, ExitStack() as pile:
        bases = [grands.base(n) for n in (temoin, taille)]
        agents, menages = ([_servir(pile, grands, acces, du) for acces in bases] for du in (False, True))
        for rang, qui in enumerate(LECTEURS.values()):
            visites = [
                _connecter(grands, acces, port, rang) for acces, port in zip(bases, agents, strict=True)
            ]
            lignes += _comparer(chantier, qui, visites)
        visites = [_entrer(grands, acces, port) for acces, port in zip(bases, menages, strict=True)]
        lignes += _comparer(chantier, MENAGE, visites)
    return lignes


def _servir(pile: ExitStack, grands: Grands, acces: Acces, portail: bool) -> int:
    """A web server on that database, the agents' or the households'; its port."""
    variables = grands.atelier.variables_du_web(acces) | (VARIABLES_DU_PORTAIL if portail else {})
    nom = f"web-{'portail' if portail else 'agents'}-{acces.runtime.rpartition('/')[2].partition('?')[0]}.log"
    port, _ = pile.enter_context(serveur_web(variables, grands.atelier.dossier / nom))
    return port


def _connecter(grands: Grands, acces: Acces, port: int, rang: int) -> Visite:
    """What the agent of that rank, in the largest territory, can open."""
    donne = grands.atelier.preparer("lecteur", acces=acces, taille=rang)
    navigateur = Navigateur(port)
    navigateur.se_connecter(Identifiants(**donne["compte"]))
    visite = Visite(navigateur)
    visite.parcourir([*DEPARTS, *(f"/demandes/{nud}/" for nud in donne["demandes"])])
    return visite


def _entrer(grands: Grands, acces: Acces, port: int) -> Visite:
    """What a household of the largest territory can open."""
    visite = Visite(Navigateur(port, cookies=grands.atelier.preparer("menage_inscrit", acces=acces)))
    visite.parcourir(DEPARTS_DU_MENAGE)
    return visite


def _comparer(chantier: Chantier, qui: str, visites: Sequence[Visite]) -> list[Ligne]:
    """A row for each kind that both registers have, then the slowest page of the larger one."""
    petit, grand = visites
    communes = sorted(petit.pages.keys() & grand.pages.keys())
    d_un_seul = sorted(petit.pages.keys() ^ grand.pages.keys())
    chantier.dire(
        f"  {qui} : {len(communes)} sortes de pages ; dans un seul registre : {' '.join(d_un_seul)}"
    )
    mesurees = {espece: _alterner(espece, visites) for espece in communes}
    for visite in visites:
        visite.navigateur.fermer()
    lignes = [
        Ligne(
            code=f"pages-{qui.lower()}-{rang}",
            titre=f"{qui}, {espece}",
            limite=f"{median(temoin):.1f} ms",
            mesure=f"{median(entier):.1f} ms; the first time {grand.premieres[espece]:.0f} ms",
            valeur=median(entier) / median(temoin),
            unite="×",
            cible=Cible(Sens.AU_PLUS, CROISSANCE_MAXIMALE),
            tranches={"temoin": temoin, "entier": entier},
        )
        for rang, (espece, (temoin, entier)) in enumerate(mesurees.items(), start=1)
    ]
    lente = max(communes, key=lambda espece: quantile(mesurees[espece][1], 0.95))
    durees = mesurees[lente][1]
    titre = f"{qui}, the slowest of {len(communes)} kinds of pages: {lente}"
    ouvertures = [Tranche(len(durees), sum(durees) / 1000, tuple(durees))]
    return [
        *lignes,
        au_plus(f"pages-{qui.lower()}-lente", titre, ouvertures, CIBLE_DES_PAGES, decimales=1),
    ]


def _alterner(espece: str, visites: Sequence[Visite]) -> tuple[list[float], ...]:
    """Milliseconds of each opening, one register after the other; the first ones do not count."""
    durees: tuple[list[float], ...] = tuple([] for _ in visites)
    for rang in range(OUVERTURES + 1):
        for visite, liste in zip(visites, durees, strict=True):
            liste.append(visite.rouvrir(espece, rang))
    return tuple(liste[1:] for liste in durees)
