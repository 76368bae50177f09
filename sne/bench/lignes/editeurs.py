"""The listener of vendors under several of them: what one waits for because of another, and minutes of mixed work."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from sne.bench.chantier import Chantier
from sne.bench.demonstration import memoire
from sne.bench.editeurs import serveur_des_editeurs
from sne.bench.equipe import Equipe
from sne.bench.lignes.rest import REGLAGES
from sne.bench.rules import Cible, Ligne, Sens, Tranche, debit_median, latence_mediane, p95, rapport
from sne.conventions.autorite import certifier
from sne.socle.bases import Acces

LIENS = 16
LECTEURS = ("lecteur-1", "lecteur-2")
CLIENTS = ("client-1", "client-2", "client-3", "client-4")
"""Each measure opens agreements of its own: a certificate is registered once."""
CHAUFFE = 0.2  # of the mixed load: what is read once is in memory by then
DUREE = 15  # times what is measured of another row: five minutes by default
MO = 1_000_000


def editeurs(chantier: Chantier) -> list[Ligne]:
    """Fairness between two agreements, then four of them at work together."""
    acces = chantier.copie_remplie("editeurs")
    dossier = chantier.atelier.dossier / "certificats"
    dossier.mkdir(exist_ok=True)
    certifier(dossier, [*LECTEURS, *CLIENTS])
    variables = chantier.atelier.variables(acces)
    with serveur_des_editeurs(variables, dossier, chantier.atelier.dossier / "editeurs.log") as (port, pid):
        options = {"port": port, "dossier": str(dossier)}
        lignes = [_equite(chantier, acces, options), _charge(chantier, acces, options, pid)]
    chantier.atelier.jeter("editeurs")
    return lignes


def _equite(chantier: Chantier, acces: Acces, options: dict[str, Any]) -> Ligne:
    """One reader alone, then while another agreement holds sixteen connections."""
    secondes = chantier.reglages.secondes
    with (
        _lecteurs(chantier, acces, options, LECTEURS[0], 1) as un,
        _lecteurs(chantier, acces, options, LECTEURS[1], LIENS) as autre,
    ):

        def a_deux() -> Tranche:
            with autre.pendant(secondes):
                return un.tranche(secondes, par_seconde=0)

        tranches = chantier.alterner({"seul": partial(un.tranche, secondes, par_seconde=0), "deux": a_deux})
    valeur = rapport([p95([t]) for t in tranches["deux"]], [p95([t]) for t in tranches["seul"]])
    return Ligne(
        code="editeurs-equite",
        titre=f"Fairness: reads of one agreement by REST, another holding {LIENS} connections",
        limite=f"alone: p95 {p95(tranches['seul']):.0f} ms",
        mesure=f"median {latence_mediane(tranches['deux']):.0f} ms, p95 {p95(tranches['deux']):.0f} ms",
        valeur=valeur,
        unite="×",
        cible=Cible(Sens.AU_PLUS, 2.0),
    )


@contextmanager
def _lecteurs(
    chantier: Chantier, acces: Acces, options: dict[str, Any], client: str, fils: int
) -> Iterator[Equipe]:
    siennes = [options | {"client": client, "rang": LECTEURS.index(client)}] * fils
    with chantier.equipe(
        "Lecteur", acces, processus=1, fils=fils, module="actes_reseau", reglages=REGLAGES, options=siennes
    ) as equipe:
        yield equipe


def _charge(chantier: Chantier, acces: Acces, options: dict[str, Any], pid: int) -> Ligne:
    """Reads, searches and registrations by both doors, of four agreements; a refusal stops the measure."""
    duree = DUREE * chantier.reglages.tours * chantier.reglages.secondes
    siennes = [options | {"client": nom, "rang": 10 + rang} for rang, nom in enumerate(CLIENTS)]
    with chantier.equipe(
        "Melange",
        acces,
        processus=1,
        fils=len(CLIENTS),
        module="actes_reseau",
        reglages=REGLAGES,
        options=siennes,
    ) as equipe:
        equipe.tranche(duree * CHAUFFE, par_seconde=0)
        avant = memoire(pid, "Rss")
        tranche = equipe.tranche(duree * (1 - CHAUFFE), par_seconde=0)
        derive = (memoire(pid, "Rss") - avant) / avant * 100
    return Ligne(
        code="editeurs-charge",
        titre=f"{duree / 60:.1f} minutes of mixed load, four agreements, both doors: memory of the listener",
        limite=f"{avant / MO:.0f} MB after {duree * CHAUFFE:.0f} s",
        mesure=f"{derive:+.1f} %; no 5xx in {tranche.actes} calls, {debit_median([tranche]):.0f} /s, "
        f"median {latence_mediane([tranche]):.0f} ms, p95 {p95([tranche]):.0f} ms",
        valeur=derive,
        unite="%",
        cible=Cible(Sens.AU_PLUS, 5.0),
    )
