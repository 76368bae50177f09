"""A server is lost, for real, in a running demonstration: ``python -m sne.demo.panne`` (``make panne``).

Its standby takes the place: what is said of it before and after is printed, with the checks of the operator's command.
"""

import shutil
import subprocess
import sys
import time
from collections.abc import Sequence

import psycopg

from sne.demo.annonce import dire
from sne.demo.dossier import Dossier, dossier_de_la_demo
from sne.demo.supervision import BASE
from sne.socle.postgres import Serveur, ServeurIndisponible

DONNER = "SELECT prochain_nud('099', current_date, 'PANNE') FROM generate_series(1, %s)"
RECUS, PERDUS, ENSUITE = (
    3,
    5,
    3,
)  # numbers given: before the standby stops receiving, after, and by the standby
DELAI = 90.0  # seconds for the service to be well again
CONTROLES = (["sante"], ["journal", "verifier"])


class Panne:
    """One loss: the standby of the demonstration's server, and what both gave."""

    def __init__(self, dossier: Dossier, url_runtime: str) -> None:
        self.dossier, self.url = dossier, url_runtime
        self.principal = Serveur(dossier.postgres)
        self.secours = Serveur(dossier.racine / "secours")

    def executer(self) -> bool:
        """Lose the server, put the standby in its place; whether no number was given twice and the checks are good."""
        dire("Copie de secours : elle reçoit ce que le serveur écrit…")
        self.secours.arreter()  # one that an interrupted run left
        shutil.rmtree(self.secours.dossier, ignore_errors=True)
        self.secours.suivre(self.principal)
        try:
            avant, ensuite = self._basculer()
        finally:
            self.secours.arreter()
            shutil.rmtree(self.secours.dossier, ignore_errors=True)
        repetes = set(avant) & set(ensuite)
        dire("Aucun numéro n’a été donné deux fois." if not repetes else f"Donnés deux fois : {repetes}")
        return not repetes and self._controler()

    def _basculer(self) -> tuple[list[str], list[str]]:
        """Numbers given before and after."""
        recus = _donner(self.url, RECUS)
        _dire_numeros(f"Ère {_ere(self.url)}. Numéros donnés, que la copie a reçus", recus)
        self.secours.arreter()
        perdus = _donner(self.url, PERDUS)
        _dire_numeros("Numéros donnés, que la copie n’a pas eu le temps de recevoir", perdus)
        with self.dossier.place_du_serveur():  # the supervisor starts nothing meanwhile
            self.principal.tuer()
            debut = time.monotonic()
            self.secours.demarrer()
            self.secours.promouvoir()
            url = self.secours.preparer(BASE).runtime
            dire(f"Serveur perdu. La copie prend sa place en {_secondes(debut)}.")
            ensuite = _donner(url, ENSUITE)
            _dire_numeros(f"Ère {_ere(url)}. Numéros donnés ensuite", ensuite)
            self.secours.arreter()
            self._prendre_la_place()
        return [*recus, *perdus], ensuite

    def _prendre_la_place(self) -> None:
        """The data of the standby where the supervisor looks for them; those of the lost server are kept beside."""
        perdues = self.principal.dossier / "donnees-perdues"
        shutil.rmtree(perdues, ignore_errors=True)
        self.principal.donnees.rename(perdues)
        self.secours.donnees.rename(self.principal.donnees)

    def _controler(self) -> bool:
        """The operator's checks, once the service had the time to come back; prints what they say."""
        debut = time.monotonic()
        while True:
            faits = [_sne(*commande) for commande in CONTROLES]
            bons = all(fait.returncode == 0 for fait in faits)
            if bons or time.monotonic() > debut + DELAI:
                break
            time.sleep(1)
        dire(f"Contrôles {'bons' if bons else 'mauvais'} au bout de {_secondes(debut)}.")
        for commande, fait in zip(CONTROLES, faits, strict=True):
            sys.stdout.write(f"\n$ sne {' '.join(commande)}\n{fait.stdout}{fait.stderr}")
        return bons


def _sne(*arguments: str) -> subprocess.CompletedProcess[str]:
    commande = [sys.executable, "-m", "sne.cli.principal", *arguments]
    return subprocess.run(commande, capture_output=True, text=True, check=False)


def _donner(url: str, nombre: int) -> list[str]:
    """Numbers as registrations take them, of a counter that does not exist: no demande will hold them."""
    with psycopg.connect(url, autocommit=True) as connexion:
        return [str(ligne[0]) for ligne in connexion.execute(DONNER, [nombre])]


def _ere(url: str) -> str:
    with psycopg.connect(url, autocommit=True) as connexion:
        (ere,) = connexion.execute("SELECT journal_ere()").fetchone() or ("",)
    return str(ere)


def _dire_numeros(quoi: str, numeros: Sequence[str]) -> None:
    dire(f"{quoi} : {', '.join(numeros)}.")


def _secondes(debut: float) -> str:
    return f"{time.monotonic() - debut:.1f} s".replace(".", ",")


def main() -> int:
    """Exit status 0 when nothing was given twice and every check is good."""
    dossier = dossier_de_la_demo()
    description = dossier.lire_description()
    if description is None:
        sys.stderr.write("Aucune démonstration en marche. Démarrez-la d’abord : make demo\n")
        return 1
    if description["processus"]["base"] is None:
        sys.stderr.write("Le serveur de DATABASE_URL n’est pas à cette démonstration : rien n’est fait.\n")
        return 1
    if description.get("cellules"):
        sys.stderr.write(
            "Cette démonstration a deux serveurs : la perte se montre avec un seul, dans un dossier neuf (supprimez "
            "var/, puis make demo).\n"
        )
        return 1
    try:
        bon = Panne(dossier, description["base"]["runtime"]).executer()
    except ServeurIndisponible as exc:
        sys.stderr.write(f"{exc}\n")
        return 1
    return 0 if bon else 1


if __name__ == "__main__":
    sys.exit(main())
