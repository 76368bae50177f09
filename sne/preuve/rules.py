"""What the journal is searched by: kinds of acts, fields in the words of a counter, how long a period may be. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from sne.journal.rules import LECTURES, Verbe
from sne.socle.erreurs import Interdit


class Genre(StrEnum):
    """Which acts: all of them, those that changed something, those that read."""

    TOUT = "tout"
    MODIFICATIONS = "modifications"
    CONSULTATIONS = "consultations"


GENRES: Mapping[Genre, str] = {
    Genre.TOUT: "Tous",
    Genre.MODIFICATIONS: "Ce qui a changé",
    Genre.CONSULTATIONS: "Ce qui a été lu",
}
VERBES: Mapping[Genre, frozenset[Verbe] | None] = {
    Genre.TOUT: None,
    Genre.MODIFICATIONS: frozenset(Verbe) - LECTURES,
    Genre.CONSULTATIONS: LECTURES,
}


class Champ(StrEnum):
    """A field that fraud looks for."""

    NOM_NAISSANCE = "nom-naissance"
    NOM_USAGE = "nom-usage"
    PRENOMS = "prenoms"
    DATE_NAISSANCE = "date-naissance"
    CIVILITE = "civilite"
    NIR = "nir"
    COURRIEL = "courriel"
    TELEPHONE = "telephone"
    ADRESSE = "adresse"


CHAMPS: Mapping[Champ, tuple[str, str]] = {
    Champ.NOM_NAISSANCE: ("Nom de naissance", "nom_naissance"),
    Champ.NOM_USAGE: ("Nom d’usage", "nom_usage"),
    Champ.PRENOMS: ("Prénoms", "prenoms"),
    Champ.DATE_NAISSANCE: ("Date de naissance", "date_naissance"),
    Champ.CIVILITE: ("Civilité", "civilite"),
    Champ.NIR: ("Numéro de sécurité sociale", "nir(_etat)?"),
    Champ.COURRIEL: ("Adresse électronique", "courriel"),
    Champ.TELEPHONE: ("Téléphone", "telephone_[a-z]+"),
    Champ.ADRESSE: ("Adresse de courrier", "adresse_courrier([.].+)?"),
}
"""Label of each field, and how the journal names it at the end of a path (a regular expression)."""


@dataclass(frozen=True, slots=True)
class Criteres:
    """What somebody looks for. Days are included; ``agent``: an account, whose person counts whole."""

    territoire: str
    du: date
    au: date
    guichet: str = ""
    agent: UUID | None = None
    nud: str = ""
    champ: Champ | None = None
    genre: Genre = Genre.TOUT


def cles(champ: Champ | None) -> str:
    """The regular expression of the values of a field, before and after; empty for any."""
    return rf"(^|[.]){CHAMPS[champ][1]}[.](avant|apres)$" if champ else ""


def champs_de(noms: tuple[str, ...]) -> tuple[str, ...]:
    """Paths without their side, each once, in order: ``demandeur.identite.prenoms`` of ``….avant`` and ``….apres``."""
    return tuple(dict.fromkeys(nom.rpartition(".")[0] for nom in noms))


def exiger_periode(criteres: Criteres, *, au_plus: int) -> None:
    """Raise ``Interdit`` unless the period stands, and is short when nothing else narrows the search.

    ``au_plus``: days, for the whole territory.
    """
    if criteres.du > criteres.au:
        raise Interdit("Donnez une fin qui suit le début.", champ="au")
    etroite = criteres.agent or criteres.guichet or criteres.nud
    if not etroite and criteres.au - criteres.du >= timedelta(days=au_plus):
        raise Interdit(
            f"Choisissez un agent, un guichet ou une demande, ou une période d’au plus {au_plus}\u00a0jours.",
            champ="du",
        )
