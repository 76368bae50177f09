"""The worst hour of a nation, rehearsed: its mix of pages on one web server, then the cores that it would take."""

from collections.abc import Mapping
from statistics import mean

from sne.bench.chantier import CLIENTS, Chantier
from sne.bench.pgbench import MesureImpossible
from sne.bench.processeur import secondes_de
from sne.bench.rules import Cible, Ligne, Sens, Tranche, debit_median, erreur, p95
from sne.bench.web import ouvrir_session, serveur_web

PAGES_PAR_SECONDE = 175.0  # 3 million households, 30 000 agents: the worst hour, of the portal too
OCCUPATION = 0.5  # of a core of the web, beyond which pages wait
COEURS: Mapping[str, float] = {"web": 7.0, "base": 1.4}  # of the capacity model


def pointe(chantier: Chantier) -> list[Ligne]:
    """Eight agents at once, as fast as they are answered; processor time of the web and of PostgreSQL, by slice."""
    base = chantier.atelier.serveur.pid
    if base is None:
        raise MesureImpossible(
            "Le temps de processeur de PostgreSQL ne se lit que sur un serveur de cette machine."
        )
    acces = chantier.copie_remplie("pointe")
    variables, journal = chantier.atelier.variables_du_web(acces), chantier.atelier.dossier / "web-pointe.log"
    tranches: list[Tranche] = []
    couts: dict[str, list[float]] = {"web": [], "base": []}
    with serveur_web(variables, journal) as (port, web):
        sessions = [ouvrir_session(port, compte) for compte in chantier.atelier.comptes[:CLIENTS]]
        module = "actes_de_pointe"
        with chantier.equipe("HeureDePointe", acces, options=sessions, module=module) as equipe:
            pids = {"web": web, "base": base}
            equipe.tranche(chantier.reglages.secondes, par_seconde=5)  # does not count
            for _ in range(chantier.reglages.tours):
                avant = {nom: secondes_de(pid) for nom, pid in pids.items()}
                tranche = equipe.tranche(chantier.reglages.secondes, par_seconde=5)
                tranches.append(tranche)
                for nom, pid in pids.items():
                    couts[nom].append((secondes_de(pid) - avant[nom]) * 1000 / tranche.actes)
    chantier.atelier.jeter("pointe")
    return [coeurs(nom, couts[nom], tranches) for nom in COEURS]


def coeurs(
    nom: str, couts: list[float], tranches: list[Tranche], *, ligne: str = "pointe", ou: str = ""
) -> Ligne:
    """Cores at the worst hour, and its error: the standard error of the slices, times two. ``ou``: beside the title."""
    occupation = OCCUPATION if nom == "web" else 1.0
    par_ms = PAGES_PAR_SECONDE / 1000 / occupation
    valeur = mean(couts) * par_ms
    quoi = "web servers, half busy" if nom == "web" else "the database that writes"
    tenu = f"{debit_median(tranches):.0f} pages/s held here, p95 {p95(tranches):.0f} ms"
    return Ligne(
        code=f"{ligne}-{nom}",
        titre=f"Worst hour of 3 million households ({PAGES_PAR_SECONDE:g} pages/s): cores of {quoi}{ou}",
        limite=f"{COEURS[nom]:g} cores; {tenu}",
        mesure=f"{valeur:.1f} ± {erreur(couts) * par_ms:.1f} cores, {mean(couts):.1f} ms a page",
        valeur=valeur,
        unite="cores",
        cible=Cible(Sens.AU_PLUS, COEURS[nom]),
        tranches={nom: [round(cout, 2) for cout in couts]},
    )
