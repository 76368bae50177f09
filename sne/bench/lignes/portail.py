"""The households' portal: « Ma demande », the form page by page."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from sne.bench.chantier import Chantier
from sne.bench.rules import Cible, Ligne, Sens, Tranche, latence_mediane, p95
from sne.bench.web import serveur_web
from sne.socle.bases import Acces
from sne.socle.serveur_web import VARIABLES_DU_PORTAIL

MODULE = "actes_du_portail"
MA_DEMANDE, LIRE, REPONDRE = 80.0, 40.0, 60.0  # ms


@contextmanager
def _servi(chantier: Chantier, nom: str) -> Iterator[tuple[Acces, int]]:
    """A copy of the filled database and the portal before it, under its own role."""
    acces = chantier.copie_remplie(nom)
    variables = {**chantier.atelier.variables(acces), **VARIABLES_DU_PORTAIL}
    with serveur_web(variables, chantier.atelier.dossier / f"{nom}.log") as (port, _):
        yield acces, port
    chantier.atelier.jeter(nom)


def portail(chantier: Chantier) -> list[Ligne]:
    """One household that reads what it follows."""
    with _servi(chantier, "portail") as (acces, port):
        tranches = _seul(chantier, "LireMaDemande", acces, port)
    titre = "« Ma demande », over HTTP: session, level, link, the file and what to do next"
    return [_au_plus("portail", titre, tranches, MA_DEMANDE)]


def questions(chantier: Chantier) -> list[Ligne]:
    """One household on one page of the form: read, then answered."""
    with _servi(chantier, "questions") as (acces, port):
        lues = _seul(chantier, "LireUneQuestion", acces, port)
        repondues = _seul(chantier, "RepondreAUneQuestion", acces, port)
    return [
        _au_plus("question-lue", "A page of the form, over HTTP, all others answered", lues, LIRE),
        _au_plus(
            "question-repondue",
            "The same answered: kept encrypted, judged, the next one named",
            repondues,
            REPONDRE,
        ),
    ]


def _seul(chantier: Chantier, acte: str, acces: Acces, port: int) -> list[Tranche]:
    quoi = {"module": MODULE, "options": [{"port": port}]}
    with chantier.equipe(acte, acces, processus=1, fils=1, **quoi) as equipe:
        mesure = partial(equipe.tranche, chantier.reglages.secondes, par_seconde=0)
        return chantier.alterner({"mesure": mesure})["mesure"]


def _au_plus(code: str, titre: str, tranches: list[Tranche], cible: float) -> Ligne:
    grand = p95(tranches)
    return Ligne(
        code=code,
        titre=titre,
        limite=f"{cible:g} ms p95",
        mesure=f"{latence_mediane(tranches):.1f} ms, p95 {grand:.1f} ms",
        valeur=grand,
        unite="ms p95",
        cible=Cible(Sens.AU_PLUS, cible),
        rapport=grand / cible,
    )
