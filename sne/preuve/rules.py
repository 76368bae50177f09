"""What the journal is searched by: kinds of acts, fields in the words of a counter, how long a period may be. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from sne.journal.rules import Trait, Verbe, ecritures, verbes_qui
from sne.registre.faits.verbes import VerbeFait
from sne.registre.listes.rules.listes import milliers
from sne.registre.pieces.verbes import VerbePiece
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


class Champ(StrEnum):
    """What an act may have touched: a field, a part of the demande, or its documents. Health is not among them."""

    NOM_NAISSANCE = "nom-naissance"
    NOM_USAGE = "nom-usage"
    PRENOMS = "prenoms"
    DATE_NAISSANCE = "date-naissance"
    LIEU_NAISSANCE = "lieu-naissance"
    NATIONALITE = "nationalite"
    CIVILITE = "civilite"
    NIR = "nir"
    COURRIEL = "courriel"
    TELEPHONE = "telephone"
    ADRESSE = "adresse"
    FOYER = "foyer"
    COTITULAIRE = "cotitulaire"
    SITUATION = "situation"
    REVENUS = "revenus"
    LOGEMENT = "logement"
    MOTIFS = "motifs"
    SOUHAITS = "souhaits"
    ASSOCIATION = "association"
    ACCOMPAGNANT = "accompagnant"
    PREFERENCES = "preferences"
    PRECISIONS = "precisions"
    PIECES = "pieces"


CHAMPS: Mapping[Champ, tuple[str, str]] = {
    Champ.NOM_NAISSANCE: ("Nom de naissance", "nom_naissance"),
    Champ.NOM_USAGE: ("Nom d’usage", "nom_usage"),
    Champ.PRENOMS: ("Prénoms", "prenoms"),
    Champ.DATE_NAISSANCE: ("Date de naissance", "date_naissance(_presumee)?"),
    Champ.LIEU_NAISSANCE: ("Lieu de naissance", "lieu_naissance([.].+)?"),
    Champ.NATIONALITE: ("Nationalité", "nationalite"),
    Champ.CIVILITE: ("Civilité", "civilite"),
    Champ.NIR: ("Numéro de sécurité sociale", "nir(_etat)?"),
    Champ.COURRIEL: ("Adresse électronique", "courriel"),
    Champ.TELEPHONE: ("Téléphone", "telephone_[a-z]+"),
    Champ.ADRESSE: ("Adresse de courrier", "adresse_courrier([.].+)?"),
    Champ.FOYER: ("Foyer, personnes à charge", "foyer([.].+)?"),
    Champ.COTITULAIRE: ("Cotitulaires", r"cotitulaires(\[[0-9]+\])?([.].+)?"),
    Champ.SITUATION: (
        "Situation familiale ou professionnelle",
        "situation_(familiale|professionnelle)([.].+)?",
    ),
    Champ.REVENUS: (
        "Revenus et ressources",
        "(revenus_fiscaux|ressources|ressources_personnes_a_charge)([.].+)?",
    ),
    Champ.LOGEMENT: ("Logement actuel ou possédé", "logement_(actuel|possede)([.].+)?"),
    Champ.MOTIFS: ("Motifs de la demande", "motifs([.].+)?"),
    Champ.SOUHAITS: ("Logement recherché", "souhaits([.].+)?"),
    Champ.ASSOCIATION: ("Association", "association([.].+)?"),
    Champ.ACCOMPAGNANT: ("Accompagnant", "accompagnant([.].+)?"),
    Champ.PREFERENCES: ("Préférences", "preferences([.].+)?"),
    Champ.PRECISIONS: ("Précisions", "precisions"),
    Champ.PIECES: ("Pièces", ""),
}
"""Label of each field, and how the journal names it at the end of a path (a regular expression).

Empty for what an act says by its verb, of :data:`SUR_LES_PIECES`.
"""
SUR_LES_PIECES = frozenset(
    {
        VerbeFait.DEMANDER_PIECES,
        VerbePiece.JOINDRE_PIECE,
        VerbePiece.REMPLACER_PIECE,
        VerbePiece.NOTER_PIECE_VUE,
        VerbePiece.QUALIFIER_PIECE,
        VerbePiece.EXPLIQUER_PIECE,
        VerbePiece.DETRUIRE_PIECE,
        VerbePiece.CONSULTER_PIECE,
    }
)
"""Acts on the documents of a demande, told by their verb: their entries hold no value."""


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
    nom = CHAMPS[champ][1] if champ else ""
    return rf"(^|[.]){nom}[.](avant|apres)$" if nom else ""


def verbes_cherches(genre: Genre, champ: Champ | None) -> frozenset[Verbe] | None:
    """The verbs of the acts of a kind that may touch a field; ``None`` for any."""
    du_genre = None
    if genre is Genre.MODIFICATIONS:
        du_genre = ecritures()
    elif genre is Genre.CONSULTATIONS:
        du_genre = verbes_qui(Trait.LECTURE)
    if champ is not Champ.PIECES:
        return du_genre
    return SUR_LES_PIECES if du_genre is None else du_genre & SUR_LES_PIECES


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


def exiger_fichier(nombre: int, *, au_plus: int) -> None:
    """Raise ``Interdit`` when a file would hold more acts than it may."""
    if nombre > au_plus:
        raise Interdit(
            f"Cette recherche trouve plus de {milliers(au_plus)}\u00a0actes\u00a0: un fichier n’en porte pas "
            "davantage. Choisissez une période plus courte, un agent, un guichet ou une demande.",
            champ="du",
        )
