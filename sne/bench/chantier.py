"""What every row works with: the server, the filled database, the peer, and how long to measure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import cast

import psycopg

from sne.bench.atelier import Atelier
from sne.bench.equipe import Equipe
from sne.bench.pgbench import Script, jouer
from sne.bench.rules import Tranche
from sne.socle.bases import Acces

CLIENTS = 8
LOT = 100  # applications of a former system taken over by one statement
REMPLIE = "remplie"  # name of the copy that holds the households of the demonstration's size
MARGE_DES_RANGS = 1_000_000  # ranks of the households that measures add, beyond those of the filled database


@dataclass(frozen=True, slots=True)
class Reglages:
    """How much is measured: slices of each side, seconds of each, households already there.

    ``temoin``: households of the smaller register that a large one is compared with; a tenth of it when 0.
    """

    tours: int = 5
    secondes: float = 4.0
    taille: int = 20_000
    temoin: int = 0


class Chantier:
    """One run: what is prepared for a row serves the next ones."""

    def __init__(self, atelier: Atelier, reglages: Reglages, *, dire: Callable[[str], None]) -> None:
        self.atelier, self.reglages, self.dire = atelier, reglages, dire
        self.remplissage: list[Tranche] = []
        self._rangs = MARGE_DES_RANGS

    @cached_property
    def script(self) -> Script:
        """The peer of a registration."""
        donnees = self.atelier.preparer("script", acces=self.atelier.modele())
        return Script(donnees["ordres"], donnees["documents"])

    @cached_property
    def remplie(self) -> Acces:
        """The database that already holds ``taille`` households, taken over in bulk; the rate is kept."""
        acces = self.atelier.copie(REMPLIE)
        self.dire(f"  {self.reglages.taille} demandes…")
        with self.equipe("Reprendre", acces, processus=2, fils=1, premier_rang=0) as equipe:
            while sum(t.actes for t in self.remplissage) * LOT < self.reglages.taille:
                self.remplissage.append(equipe.tranche(min(2.0, self.reglages.secondes), par_seconde=12))
        with psycopg.connect(acces.owner, autocommit=True) as connexion:
            connexion.execute("VACUUM ANALYZE")
        return acces

    def copie_remplie(self, nom: str, *ordres: str) -> Acces:
        """A copy of the filled database, altered by ``ordres`` (SQL, as the owner)."""
        self.remplie  # noqa: B018 - filled by its first reader
        return self.atelier.copie(nom, *ordres, depuis=REMPLIE)

    def equipe(
        self, acte: str, acces: Acces, *, processus: int = 2, fils: int = 4, **options: object
    ) -> Equipe:
        """Clients that repeat an act of :mod:`sne.bench.actes`, or of ``module``, with households of their own unless
        told otherwise; ``reglages``: variables of the environment of their processes besides.
        """
        premier, module = options.pop("premier_rang", None), options.pop("module", "actes")
        reglages = cast(Mapping[str, str], options.pop("reglages", {}))
        if premier is None:
            self._rangs += MARGE_DES_RANGS
            premier = self._rangs
        return Equipe(
            f"sne.bench.{module}:{acte}",
            variables={**self.atelier.variables(acces), **reglages},
            processus=processus,
            fils=fils,
            premier_rang=int(str(premier)),
            **options,  # type: ignore[arg-type]
        )

    def seul(self, acte: str, acces: Acces, *, par_seconde: int = 0, **options: object) -> list[Tranche]:
        """Slices of one client that repeats one act, with no other side."""
        with self.equipe(acte, acces, processus=1, fils=1, **options) as equipe:
            tranche = partial(equipe.tranche, self.reglages.secondes, par_seconde=par_seconde)
            return self.alterner({"mesure": tranche})["mesure"]

    def pair(self, acces: Acces) -> Tranche:
        """One slice of the peer, by as many clients as ours."""
        return jouer(self.script, url=acces.runtime, clients=CLIENTS, secondes=self.reglages.secondes)

    def alterner(self, cotes: Mapping[str, Callable[[], Tranche]]) -> dict[str, list[Tranche]]:
        """Slices of each side in turn, after a first one of each that does not count."""
        for cote in cotes.values():
            cote()
        tranches: dict[str, list[Tranche]] = {nom: [] for nom in cotes}
        for _ in range(self.reglages.tours):
            for nom, cote in cotes.items():
                tranches[nom].append(cote())
        return tranches
