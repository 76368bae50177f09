"""Load the delivered data sets: the same files twice change nothing, new files change only what differs."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from sne.referentiels.actions import jeux
from sne.referentiels.actions.synchroniser import Bilan, synchroniser
from sne.referentiels.models import Chargement
from sne.referentiels.rules.fichiers import empreinte
from sne.referentiels.rules.parametres import textes_livres
from sne.referentiels.selectors import oublier
from sne.socle import horloge
from sne.socle.droits import admettre

VERROU = "sne:referentiels"
FORMAT = "1"  # to raise when rows are derived otherwise from the same files


@dataclass(frozen=True, slots=True)
class Jeu:
    """A data set: its files, which tell whether it must be loaded again, and its rows."""

    nom: str
    fichiers: tuple[str, ...]
    contenus: Callable[[], Iterator[jeux.Contenu]]
    ailleurs: Callable[[], str] = str
    """What other modules keep of the set, as text."""

    def empreinte(self) -> str:
        """Fingerprint of the files and of the way they are read."""
        return empreinte(self.fichiers, sel=FORMAT + self.ailleurs())


DIVISIONS = ("regions.csv", "territoires.csv", "departements.csv", "epci.csv")
NATIONAUX = (
    Jeu("geographie", (*DIVISIONS, "communes.csv.gz", "communes_rattachees.csv.gz"), jeux.geographie),
    Jeu("pays", ("pays.csv",), jeux.pays),
    Jeu("nomenclatures", ("nomenclatures.json",), jeux.listes),
    Jeu("parametres", (), jeux.parametres_dates, textes_livres),
    Jeu("pieces", ("pieces.json",), jeux.pieces_justificatives),
    Jeu("evenements", ("types_evenement.json", "publics_prioritaires.json"), jeux.evenements),
)
FICTIFS = tuple(
    jeux.DEMONSTRATION + f
    for f in (
        *DIVISIONS,
        "communes.csv",
        "organismes.csv",
        "guichets.csv",
        "parc.csv",
        "commissions_mediation.csv",
        "types_evenement.json",
    )
)
DEMONSTRATION = Jeu("demonstration", FICTIFS, jeux.demonstration)


def charger_referentiels(
    *, le: date | None = None, forcer: bool = False, using: str = DEFAULT_DB_ALIAS
) -> tuple[Bilan, ...]:
    """Load geography, countries, code lists, parameters; ``le`` (today by default) is the day they take effect.

    A set whose files were already loaded is skipped unless ``forcer``. Runs as the owner role.
    """
    return _charger(NATIONAUX, le=le or horloge.aujourd_hui(), forcer=forcer, using=using)


def charger_demonstration(
    *, le: date | None = None, forcer: bool = False, using: str = DEFAULT_DB_ALIAS
) -> tuple[Bilan, ...]:
    """Load the fictional territory, bodies and counters; never called in production. Runs as the owner role.

    Days may then be fictional too, and demandes older than the day they are typed.
    """
    admettre("AUTRE_JOUR", "REPRISE", using=using)
    return _charger((DEMONSTRATION,), le=le or horloge.aujourd_hui(), forcer=forcer, using=using)


def _charger(a_charger: tuple[Jeu, ...], *, le: date, forcer: bool, using: str) -> tuple[Bilan, ...]:
    bilans: list[Bilan] = []
    with transaction.atomic(using=using):
        with connections[using].cursor() as curseur:
            curseur.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [VERROU])
        for jeu in a_charger:
            bilans += _charger_jeu(jeu, le=le, forcer=forcer, using=using)
    oublier()
    return tuple(bilans)


def _charger_jeu(jeu: Jeu, *, le: date, forcer: bool, using: str) -> list[Bilan]:
    marque = jeu.empreinte()
    chargements = Chargement.objects.using(using)
    if not forcer and chargements.filter(jeu=jeu.nom, empreinte=marque).exists():
        return []
    bilans = [
        synchroniser(c.modele, c.lignes, cle=c.cle, le=le, clore=c.clore, using=using) for c in jeu.contenus()
    ]
    chargements.update_or_create(
        jeu=jeu.nom, defaults={"empreinte": marque, "charge_le": horloge.maintenant()}
    )
    return bilans
