"""The register at size: searches, duplicate look-up, work lists and pages, and what they take in a smaller one."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from typing import Any

from sne.bench.chantier import Chantier
from sne.bench.nombre import Grands
from sne.bench.noms_des_listes import MESUREES
from sne.bench.rules import Cible, Ligne, Sens, Tranche, au_plus, latence_mediane, p95
from sne.bench.web import Navigateur, serveur_web
from sne.registre.listes.rules.listes import LISTES
from sne.socle.bases import Acces

CROISSANCE_MAXIMALE = 1.3
CIBLE_DES_PAGES = 150.0  # ms over HTTP
ACTES_A_BLANC, PAGES_A_BLANC = 50, 5  # before each slice, for each second of it
# Half as much again as what was measured in the database on a throwaway of 3 million files, milliseconds.
RECHERCHES: Mapping[str, tuple[str, float]] = {
    "ChercherNumero": ("Search by number", 0.32),
    "ChercherNaissance": ("Search by name with a slip and birth date", 0.87),
    "ChercherNom": ("Search by name with a slip, in the largest territory", 41.7),
    "ChercherAuFil": ("Search while typing, three to six letters of a surname", 10.0),
    "TournerLaPage": ("Next page of a list", 0.26),
    "ChercherDoublons": ("Duplicate look-up at registration", 12.6),
}
CIBLE_DES_LISTES = 10.0  # ms in the database, for fifty lines
LISTES_LUES: Mapping[str, str] = {
    nom: f"{'Page far in' if loin else 'First page of'} the list « {LISTES[code].titre} » of the largest territory"
    for nom, (code, loin) in MESUREES.items()
}
PAGES: Mapping[str, str] = {
    "PageAccueil": "Home page",
    "PageRecherche": "Search page, name with a slip",
    "PageListe": "Search page, list of fifty files",
    "PageFiche": "File page",
}
CODES: Mapping[str, str] = {
    "ChercherNumero": "nombre-numero",
    "ChercherNaissance": "nombre-naissance",
    "ChercherNom": "nombre-nom",
    "ChercherAuFil": "nombre-au-fil",
    "TournerLaPage": "nombre-suite",
    "ChercherDoublons": "nombre-doublons",
    "PageAccueil": "nombre-accueil",
    "PageRecherche": "nombre-recherche",
    "PageListe": "nombre-liste",
    "PageFiche": "nombre-fiche",
    **{
        nom: f"nombre-liste-{code.lower()}{'-loin' if loin else ''}" for nom, (code, loin) in MESUREES.items()
    },
}


def nombre(chantier: Chantier) -> list[Ligne]:
    """Each act on a register of ``taille`` applications and on one of ``temoin``, in turn."""
    taille = chantier.reglages.taille
    temoin = chantier.reglages.temoin or taille // 10
    with Grands(chantier.atelier, dire=chantier.dire).ouverts() as grands:
        bases = {"temoin": grands.base(temoin), "entier": grands.base(taille)}
        lignes: list[Ligne] = []
        for acte, (titre, cible) in RECHERCHES.items():
            tranches = _mesurer(chantier, grands, acte, bases)
            lignes += _lignes(acte, (titre, temoin, taille), tranches, cible=cible)
        lignes.append(_rappel(grands, bases["entier"]))
        for acte, titre in LISTES_LUES.items():
            tranches = _mesurer(chantier, grands, acte, bases)
            lignes += _lignes(acte, (titre, temoin, taille), tranches, cible=CIBLE_DES_LISTES)
        with ExitStack() as pile:
            sessions = {
                nom: pile.enter_context(_connecte(grands, nom, acces)) for nom, acces in bases.items()
            }
            for acte, titre in PAGES.items():
                tranches = _mesurer(chantier, grands, acte, bases, sessions=sessions)
                lignes += _lignes(acte, (titre, temoin, taille), tranches, cible=CIBLE_DES_PAGES)
    return lignes


@contextmanager
def _connecte(grands: Grands, nom: str, acces: Acces) -> Iterator[dict[str, Any]]:
    """A web server on that database, and somebody signed in: what clients are given."""
    variables = grands.atelier.variables_du_web(acces)
    with serveur_web(variables, grands.atelier.dossier / f"web-{nom}.log") as (port, _):
        navigateur = Navigateur(port)
        navigateur.se_connecter(grands.compte(acces))
        navigateur.fermer()
        yield {"port": port, "cookies": navigateur.cookies}


def _mesurer(
    chantier: Chantier,
    grands: Grands,
    acte: str,
    bases: Mapping[str, Acces],
    *,
    sessions: Mapping[str, dict[str, Any]] | None = None,
) -> dict[str, list[Tranche]]:
    secondes = chantier.reglages.secondes / 2
    with ExitStack() as pile:
        cotes: dict[str, Callable[[], Tranche]] = {}
        for nom, acces in bases.items():
            options = [sessions[nom]] if sessions else []
            equipe = pile.enter_context(grands.equipe(acte, acces, options=options))
            cotes[nom] = partial(
                equipe.tranche, secondes, par_seconde=PAGES_A_BLANC if sessions else ACTES_A_BLANC
            )
        return chantier.alterner(cotes)


def _lignes(
    acte: str, quoi: tuple[str, int, int], tranches: Mapping[str, list[Tranche]], *, cible: float
) -> list[Ligne]:
    """The p95 at size, then what it is of the p95 of the smaller register. ``quoi``: title and the two sizes."""
    titre, temoin, taille = quoi
    petit, grand = p95(tranches["temoin"]), p95(tranches["entier"])
    ou = "over HTTP" if acte in PAGES else "in the database"
    medianes = {nom: [round(latence_mediane([t]), 3) for t in liste] for nom, liste in tranches.items()}
    return [
        replace(
            au_plus(CODES[acte], f"{titre}, {taille} files, {ou}", tranches["entier"], cible, decimales=2),
            tranches=medianes,
        ),
        Ligne(
            code=f"{CODES[acte]}-croissance",
            titre=f"{titre}: {taille} files against {temoin}",
            limite=f"{latence_mediane(tranches['temoin']):.2f} ms, p95 {petit:.2f} ms",
            mesure=f"{latence_mediane(tranches['entier']):.2f} ms, p95 {grand:.2f} ms",
            valeur=grand / petit,
            unite="×",
            cible=Cible(Sens.AU_PLUS, CROISSANCE_MAXIMALE),
        ),
    ]


def _rappel(grands: Grands, acces: Acces) -> Ligne:
    """Duplicates found among those typed with a slip."""
    trouves, essais = grands.atelier.preparer("rappel", acces=acces)
    valeur = trouves / essais
    return Ligne(
        code="nombre-rappel",
        titre="Duplicates proposed, one slip in a name, the date or the phone; one in five share their names alone",
        limite="all of them",
        mesure=f"{trouves} of {essais}",
        valeur=valeur,
        unite="recall",
        cible=Cible(Sens.AU_MOINS, 0.985),
    )
