"""The households' portal: « Ma demande », as its holder opens it."""

from functools import partial

from sne.bench.chantier import Chantier
from sne.bench.rules import Cible, Ligne, Sens, latence_mediane, p95
from sne.bench.web import serveur_web
from sne.socle.serveur_web import VARIABLES_DU_PORTAIL

CIBLE = 80.0  # ms


def portail(chantier: Chantier) -> list[Ligne]:
    """One household that reads, on a portal under its own database role."""
    acces = chantier.copie_remplie("portail")
    variables = {**chantier.atelier.variables(acces), **VARIABLES_DU_PORTAIL}
    with serveur_web(variables, chantier.atelier.dossier / "portail.log") as (port, _):
        quoi = {"module": "actes_du_portail", "options": [{"port": port}]}
        with chantier.equipe("LireMaDemande", acces, processus=1, fils=1, **quoi) as equipe:
            mesure = partial(equipe.tranche, chantier.reglages.secondes, par_seconde=0)
            tranches = chantier.alterner({"mesure": mesure})["mesure"]
    chantier.atelier.jeter("portail")
    grand = p95(tranches)
    return [
        Ligne(
            code="portail",
            titre="« Ma demande », over HTTP: session, level, link, the file and what to do next",
            limite=f"{CIBLE:g} ms p95",
            mesure=f"{latence_mediane(tranches):.1f} ms, p95 {grand:.1f} ms",
            valeur=grand,
            unite="ms p95",
            cible=Cible(Sens.AU_PLUS, CIBLE),
            rapport=grand / CIBLE,
        )
    ]
