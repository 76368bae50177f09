"""What may be asked of a counter, in words; how far a request is; why it is refused; its reference. Pure."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from sne.demandeurs.rules.niveaux import Geste

VALEUR_MAX = 200  # signs


class GenreRequete(StrEnum):
    """What is to be changed, that no page of the portal changes."""

    NOM_NAISSANCE = "NOM_NAISSANCE"
    PRENOMS = "PRENOMS"
    NAISSANCE = "NAISSANCE"
    CIVILITE = "CIVILITE"
    NOM_USAGE = "NOM_USAGE"
    NATIONALITE = "NATIONALITE"
    NIR = "NIR"
    DEPART_COTITULAIRE = "DEPART_COTITULAIRE"
    DATE_DEPOT = "DATE_DEPOT"


LIBELLES: Mapping[GenreRequete, str] = MappingProxyType(
    {
        GenreRequete.NOM_NAISSANCE: "Nom de naissance",
        GenreRequete.PRENOMS: "Prénoms",
        GenreRequete.NAISSANCE: "Date ou lieu de naissance",
        GenreRequete.CIVILITE: "Civilité",
        GenreRequete.NOM_USAGE: "Nom d’usage",
        GenreRequete.NATIONALITE: "Nationalité",
        GenreRequete.NIR: "Numéro de sécurité sociale",
        GenreRequete.DEPART_COTITULAIRE: "Départ d’un autre signataire du bail",
        GenreRequete.DATE_DEPOT: "Date de la demande",
    }
)
DOCUMENTS: Mapping[GenreRequete, str] = MappingProxyType(
    {
        **dict.fromkeys(
            (GenreRequete.NOM_NAISSANCE, GenreRequete.PRENOMS, GenreRequete.NAISSANCE, GenreRequete.CIVILITE),
            "une pièce d’identité, ou un acte de naissance de moins de trois mois",
        ),
        GenreRequete.NOM_USAGE: "une pièce d’identité ou un livret de famille où ce nom figure",
        GenreRequete.NATIONALITE: "une pièce d’identité ou un titre de séjour",
        GenreRequete.NIR: "la carte Vitale ou une attestation de droits",
        GenreRequete.DEPART_COTITULAIRE: "le jugement, la convention, ou l’accord écrit de la personne qui part",
        GenreRequete.DATE_DEPOT: "l’attestation d’enregistrement la plus ancienne",
    }
)
"""What proves the change: shown at the counter, or sent, where it is of :data:`PAPIERS`."""
PAPIERS: Mapping[GenreRequete, tuple[str, ...]] = MappingProxyType(
    {
        **dict.fromkeys(
            (
                GenreRequete.NOM_NAISSANCE,
                GenreRequete.PRENOMS,
                GenreRequete.NAISSANCE,
                GenreRequete.CIVILITE,
                GenreRequete.NOM_USAGE,
            ),
            ("IDENTITE", "FILIATION"),
        ),
        GenreRequete.NATIONALITE: ("IDENTITE", "SEJOUR"),
        GenreRequete.DEPART_COTITULAIRE: ("SEPARATION",),
    }
)
"""What may be sent for each, as the catalogue of documents calls it. Of the other kinds nothing may be kept (arrêté du
19 avril 2022): the card that bears the number, a paper that the catalogue does not have.
"""
DU_TITULAIRE = frozenset({"IDENTITE", "SEJOUR"})
"""Of these, the catalogue calls a co-holder’s otherwise."""
SANS_VALEUR = frozenset({GenreRequete.NIR})
"""Nothing is to be typed: the number is read on its document, at the counter."""
SANS_OBJET_SEUL = frozenset({GenreRequete.DEPART_COTITULAIRE})
"""Nobody but the person themselves signs for the demande: there is nobody to leave it."""
GESTES: Mapping[GenreRequete, Geste] = MappingProxyType(
    {GenreRequete.DEPART_COTITULAIRE: Geste.DEMANDER_UN_RETRAIT}
)
"""What a session must be allowed to ask for each, when it is not ``DEMANDER_AU_GUICHET``."""


def geste_de(genre: GenreRequete) -> Geste:
    """The line of the table of levels that says who may ask for it."""
    return GESTES.get(genre, Geste.DEMANDER_AU_GUICHET)


def type_de_piece(papier: str, *, titulaire: bool) -> str:
    """How the catalogue calls that paper of the applicant, or of a co-holder."""
    return f"{papier}_AUTRES" if papier in DU_TITULAIRE and not titulaire else papier


class StatutRequete(StrEnum):
    """How far a request is."""

    DEPOSEE = "DEPOSEE"
    PRISE = "PRISE"
    DOCUMENT_DEMANDE = "DOCUMENT_DEMANDE"
    FAITE = "FAITE"
    REFUSEE = "REFUSEE"
    RETIREE = "RETIREE"
    CLOSE_SANS_SUITE = "CLOSE_SANS_SUITE"


OUVERTES = frozenset({StatutRequete.DEPOSEE, StatutRequete.PRISE, StatutRequete.DOCUMENT_DEMANDE})
D_UN_AGENT = (StatutRequete.PRISE, StatutRequete.FAITE, StatutRequete.REFUSEE)
"""An agent holds it, or answered it."""


def is_tenue(tenue_jusqu_au: date | None, *, le: date) -> bool:
    """Whether an agent holds it on this day: past the last one, it goes back by itself."""
    return tenue_jusqu_au is not None and le <= tenue_jusqu_au


class MotifRefus(StrEnum):
    """Why a counter refuses."""

    DOCUMENT_ABSENT = "DOCUMENT_ABSENT"
    DOCUMENT_NE_PROUVE_PAS = "DOCUMENT_NE_PROUVE_PAS"
    DEJA_EXACT = "DEJA_EXACT"
    AUTRE_DEMARCHE = "AUTRE_DEMARCHE"


MOTIFS: Mapping[MotifRefus, str] = MappingProxyType(
    {
        MotifRefus.DOCUMENT_ABSENT: "Le document demandé n’est pas venu.",
        MotifRefus.DOCUMENT_NE_PROUVE_PAS: "Le document montré ne prouve pas ce changement.",
        MotifRefus.DEJA_EXACT: "La demande le dit déjà ainsi.",
        MotifRefus.AUTRE_DEMARCHE: "Ce changement se fait par une autre démarche.",
    }
)


def next_au_document(statut: StatutRequete, *, prise: bool) -> StatutRequete:
    """How far it is once a document has come: what waited for one is with its agent again, or with whoever takes it."""
    if statut is not StatutRequete.DOCUMENT_DEMANDE:
        return statut
    return StatutRequete.PRISE if prise else StatutRequete.DEPOSEE


def reference_de(annee: int, rang: int) -> str:
    """« D-2026-004182 »: said at a counter, it opens nothing."""
    return f"D-{annee}-{rang:06d}"
