"""The households' portal: « Ma demande », the form page by page, sending; what waits for a counter; a sign-in."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from sne.bench.chantier import CLIENTS, Chantier
from sne.bench.lignes.ecriture import contre_le_pair
from sne.bench.lignes.lecture import contre
from sne.bench.pivot import remplir
from sne.bench.rules import Cible, Ligne, Sens, au_plus
from sne.bench.web import ouvrir_session, serveur_web
from sne.socle.bases import Acces
from sne.socle.serveur_web import VARIABLES_DU_PORTAIL

MODULE = "actes_du_portail"
MA_DEMANDE, LIRE, REPONDRE, VERIFIER, PIVOT = 80.0, 40.0, 60.0, 100.0, 20.0  # ms
NATION, ENVOIS = 3_000_000, 10_000
RECHERCHES_A_BLANC = 50  # before each slice, for each second of it
ENVOIS_PAR_SECONDE = 60
PAIR_DE_L_ENVOI = "pgbench, plain statements of a registration"
SANS_ENTREE = "ALTER TABLE depot_en_ligne DISABLE TRIGGER USER"
"""Ten thousand sendings are written at once, of which no entry tells."""


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
        tranches = chantier.seul("LireMaDemande", acces, module=MODULE, options=[{"port": port}])
    titre = "« Ma demande », over HTTP: session, level, link, the file and what to do next"
    return [au_plus("portail", titre, tranches, MA_DEMANDE, decimales=1)]


def questions(chantier: Chantier) -> list[Ligne]:
    """One household on one page of the form: read, then answered."""
    with _servi(chantier, "questions") as (acces, port):
        lues = chantier.seul("LireUneQuestion", acces, module=MODULE, options=[{"port": port}])
        repondues = chantier.seul("RepondreAUneQuestion", acces, module=MODULE, options=[{"port": port}])
    return [
        au_plus(
            "question-lue", "A page of the form, over HTTP, all others answered", lues, LIRE, decimales=1
        ),
        au_plus(
            "question-repondue",
            "The same answered: kept encrypted, judged, the next one named",
            repondues,
            REPONDRE,
            decimales=1,
        ),
    ]


def envoi(chantier: Chantier) -> list[Ligne]:
    """What is read again, sent by eight households, against the peer."""
    with _servi(chantier, "envoi") as (acces, port):
        options = [{"port": port}] * CLIENTS
        with chantier.equipe("EnvoyerSaDemande", acces, module=MODULE, options=options) as equipe:
            secondes = chantier.reglages.secondes
            tranches = chantier.alterner(
                {
                    "pair": partial(chantier.pair, acces),
                    "envoi": lambda: equipe.tranche(secondes, par_seconde=ENVOIS_PAR_SECONDE),
                }
            )
    titre = "Send a demande online through HTTP: every rule, sealed, journal"
    return [contre_le_pair("envoi", titre, tranches, Cible(Sens.AU_MOINS, 0.30), pair=PAIR_DE_L_ENVOI)]


def verification(chantier: Chantier) -> list[Ligne]:
    """The first page of what waits for a counter, ten thousand sendings waiting."""
    acces = chantier.copie_remplie("verification", SANS_ENTREE)
    variables, journal = (
        chantier.atelier.variables_du_web(acces),
        chantier.atelier.dossier / "verification.log",
    )
    with serveur_web(variables, journal) as (port, _):
        session = ouvrir_session(port, chantier.atelier.comptes[0]) | {"envois": ENVOIS}
        tranches = chantier.seul("ListerLesEnvois", acces, module="actes_en_ligne", options=[session])
    chantier.atelier.jeter("verification")
    titre = f"« Demandes en ligne », over HTTP, {ENVOIS} waiting"
    return [au_plus("verification", titre, tranches, VERIFIER, decimales=1)]


def pivot(chantier: Chantier) -> list[Ligne]:
    """A sign-in looks for its file among those of the whole country, against one read by primary key."""
    acces = chantier.atelier.copie("pivot")
    chantier.dire(f"  {NATION} demandes…")
    adultes = remplir(acces, NATION, chantier.atelier.preparer("tirer_une_nation", acces=acces))
    titre = f"Person of FranceConnect looked for in the whole country, {NATION} files, {adultes} adults"
    ligne = contre(
        chantier,
        acces,
        code="pivot",
        titre=titre,
        actes=("LirePersonne", "ChercherPivot"),
        module=MODULE,
        limite="one person by primary key, same driver",
        cible=Cible(Sens.AU_PLUS, PIVOT),
        par_seconde=RECHERCHES_A_BLANC,
    )
    chantier.atelier.jeter("pivot")
    return [ligne]
