"""Refusals of the tree's types, in French sentences that a screen can show beside the field."""

from collections.abc import Mapping

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from sne.registre.contenu.rules.anomalie import Anomalie, Niveau, citer
from sne.registre.contenu.rules.arbre.champs import champ_de
from sne.socle.signes import INSECABLE

A_VERIFIER = f"n’est pas une valeur possible{INSECABLE}: vérifiez la saisie"
DATE = "doit être une date qui existe, au format JJ/MM/AAAA"
ENTIER = "doit être un nombre entier"
MONTANT = "doit être un montant en euros, avec deux décimales au plus"
OUI_NON = "doit être répondu par oui ou par non"
PREDICATS: Mapping[str, str] = {
    "missing": "est obligatoire",
    "string_type": "est obligatoire",
    "enum": f"n’est pas une valeur connue{INSECABLE}: choisissez-la dans la liste",
    "string_too_long": "ne doit pas dépasser {max_length} caractères",
    "too_long": "ne doit pas compter plus de {max_length} lignes ({actual_length} reçues)",
    "string_pattern_mismatch": "contient des signes qui ne sont pas admis",
    "string_unicode": "contient un caractère illisible",
    "bool_type": OUI_NON,
    "bool_parsing": OUI_NON,
    "int_type": ENTIER,
    "int_parsing": ENTIER,
    "int_from_float": ENTIER,
    "decimal_type": MONTANT,
    "decimal_parsing": MONTANT,
    "decimal_max_places": MONTANT,
    "finite_number": MONTANT,
    "date_from_datetime_parsing": DATE,
    "extra_forbidden": f"n’est pas un champ de la demande{INSECABLE}: retirez-le",
}
DITS_PAR_LE_TYPE = frozenset({"forme", "jour"})
"""Errors raised by our own types: their message is already the end of a French sentence."""


def chemin_pointe(emplacement: tuple[int | str, ...]) -> str:
    """``("cotitulaires", 0, "identite")`` → ``cotitulaires[0].identite``."""
    chemin = ""
    for etape in emplacement:
        chemin += f"[{etape}]" if isinstance(etape, int) else f"{'.' if chemin else ''}{etape}"
    return chemin


def _titre(chemin: str) -> str:
    """Title of the field, or of the nearest block that has one (a part of a phone number names the phone)."""
    lieu = chemin
    while lieu:
        champ = champ_de(lieu)
        if champ is not None:
            return champ.titre
        lieu = lieu.rpartition(".")[0]
    return chemin


def anomalies_de_forme(erreur: ValidationError) -> tuple[Anomalie, ...]:
    """One blocking :class:`Anomalie` for each value that the tree refused, with its path and a French
    sentence.

    What was typed is never repeated.
    """
    return tuple(_anomalie(detail) for detail in erreur.errors(include_url=False, include_input=False))


def _anomalie(detail: ErrorDetails) -> Anomalie:
    genre, chemin = detail["type"], chemin_pointe(detail["loc"])
    if genre in DITS_PAR_LE_TYPE:
        predicat = detail["msg"]
    else:
        predicat = PREDICATS.get(genre, A_VERIFIER).format_map(detail.get("ctx", {}))
    nom = chemin if genre == "extra_forbidden" else _titre(chemin)
    return Anomalie(
        code=f"FORME_{genre.upper()}",
        niveau=Niveau.BLOQUANT,
        chemin=chemin,
        phrase=f"{citer(nom)} {predicat}." if nom else f"Le contenu {predicat}.",
    )
