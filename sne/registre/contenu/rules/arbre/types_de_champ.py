"""Types of the leaves: shapes and hard caps only. Whether a code exists that day is a control, not a type.

The caps are the product's own (names and lines 100 characters, free text 2 000, lists bounded): they stop
an attack or a broken file, never a real household; the narrower limits of the vendor interface are applied
when a message is emitted.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

LONGUEUR_LIGNE = 100
LONGUEUR_TEXTE_LIBRE = 2000
LONGUEUR_COURRIEL = 254
LONGUEUR_CODE = 6
MAX_LOCALISATIONS = 50
MAX_MOTIFS = 23
MAX_COTITULAIRES = 10
MAX_FOYER = 30
MAX_HANDICAPS = 20
MAX_LISTE = 50  # every other list
MONTANT_MAXIMUM = Decimal("999999.99")
CENTIME = Decimal("0.01")
PREMIERE_DATE = date(1850, 1, 1)
DERNIERE_DATE = date(2150, 12, 31)
HORS_XML = r"\ud800-\udfff\ufffe\uffff"
"""Signs that no XML 1.0 document may hold (Extensible Markup Language 1.0, production 2): no partner could be told."""
COMMANDES = re.compile(rf"[\x00-\x1f\x7f-\x9f{HORS_XML}]")
COMMANDES_SAUF_LIGNES = re.compile(rf"[\x00-\x08\x0b-\x1f\x7f-\x9f{HORS_XML}]")


def forme(motif: str, predicat: str) -> AfterValidator:
    """Refuse a text that does not match ``motif`` entirely; ``predicat`` ends the sentence « field … »."""
    expression = re.compile(motif)

    def verifier(valeur: str) -> str:
        if not expression.fullmatch(valeur):
            raise PydanticCustomError("forme", predicat)
        return valeur

    return AfterValidator(verifier)


def _sans(commandes: re.Pattern[str]) -> Callable[[str], str]:
    def verifier(valeur: str) -> str:
        if commandes.search(valeur):
            raise PydanticCustomError("forme", "contient un caractère de commande : saisissez-le à nouveau")
        return valeur

    return verifier


def _fins_de_ligne(valeur: Any) -> Any:
    return valeur.replace("\r\n", "\n").replace("\r", "\n") if isinstance(valeur, str) else valeur


def _sans_espaces(valeur: Any) -> Any:
    return re.sub(r"[\s.]", "", valeur) if isinstance(valeur, str) else valeur


def _sur_cinq_chiffres(valeur: Any) -> Any:
    return valeur.zfill(5) if isinstance(valeur, str) and valeur.isascii() and valeur.isdigit() else valeur


def _en_majuscules(valeur: Any) -> Any:
    return valeur.upper() if isinstance(valeur, str) else valeur


def _jour_seulement(valeur: Any) -> Any:
    if isinstance(valeur, date) and not isinstance(valeur, datetime):
        return valeur
    if isinstance(valeur, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", valeur, re.ASCII):
        return valeur
    raise PydanticCustomError("jour", "doit être une date qui existe, au format JJ/MM/AAAA")


def _domaine_ascii(valeur: Any) -> Any:
    """Lower-case the domain and write it in punycode; what cannot be is left for the control to name."""
    if not isinstance(valeur, str) or "@" not in valeur:
        return valeur
    local, _, domaine = valeur.rpartition("@")
    try:
        return f"{local}@{domaine.lower().encode('idna').decode('ascii')}"
    except UnicodeError:
        return valeur


def _au_centime(valeur: Decimal) -> Decimal:
    return valeur.quantize(CENTIME, rounding=ROUND_HALF_UP)


Ligne = Annotated[str, StringConstraints(max_length=LONGUEUR_LIGNE), AfterValidator(_sans(COMMANDES))]
Nom = Ligne
TexteLibre = Annotated[
    str,
    StringConstraints(max_length=LONGUEUR_TEXTE_LIBRE),
    BeforeValidator(_fins_de_ligne),
    AfterValidator(_sans(COMMANDES_SAUF_LIGNES)),
]
Code = Annotated[
    str,
    StringConstraints(max_length=LONGUEUR_CODE, strip_whitespace=True),
    forme(r"[0-9A-Za-z]+", "doit être un code de lettres et de chiffres"),
]
CodeCommune = Annotated[
    str,
    BeforeValidator(_sur_cinq_chiffres),
    BeforeValidator(_en_majuscules),
    forme(r"[0-9A-Z]{1,5}", "doit être un code INSEE de 5 signes"),
]
"""Left-padded when it lost its zeros; whether such a commune exists is a control, which names the field."""
CodePaysInsee = Annotated[str, forme(r"[0-9]{5}", "doit être un code pays INSEE de 5 chiffres")]
CodePostal = Annotated[
    str, BeforeValidator(_sur_cinq_chiffres), forme(r"[0-9]{5}", "doit comporter 5 chiffres")
]
Siren = Annotated[str, BeforeValidator(_sans_espaces), forme(r"[0-9]{9}", "doit comporter 9 chiffres")]
Siret = Annotated[str, BeforeValidator(_sans_espaces), forme(r"[0-9]{14}", "doit comporter 14 chiffres")]
Courriel = Annotated[
    str,
    StringConstraints(max_length=LONGUEUR_COURRIEL),
    BeforeValidator(_domaine_ascii),
    AfterValidator(_sans(COMMANDES)),
]
Jour = Annotated[date, BeforeValidator(_jour_seulement), Field(ge=PREMIERE_DATE, le=DERNIERE_DATE)]
Annee = Annotated[int, Field(ge=1900, le=2100)]
Effectif = Annotated[int, Field(ge=0, le=99)]
Montant = Annotated[
    Decimal,
    Field(ge=-MONTANT_MAXIMUM, le=MONTANT_MAXIMUM, decimal_places=2),
    AfterValidator(_au_centime),
]
Identifiant = Annotated[
    str, forme(r"[0-9A-Za-z_-]{1,36}", "doit comporter de 1 à 36 lettres, chiffres, tirets ou tirets bas")
]
ReferencePersonne = Annotated[
    str,
    forme(
        r"demandeur|cotitulaire:[1-9][0-9]?|charge:[0-9A-Za-z_-]{1,36}|garde:[1-9][0-9]?",
        "doit désigner une personne du foyer",
    ),
]
IdPersonne = Annotated[
    str,
    forme(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "doit être l’identifiant d’une personne connue"),
]
EmpreinteHex = Annotated[str, forme(r"[0-9a-f]{64}", "doit être une empreinte de 64 signes hexadécimaux")]
