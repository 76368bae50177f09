"""An event of a type: its typed characteristics, read from what was typed. Pure."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from sne.referentiels.rules import Caracteristique, NatureCaracteristique, TypeEvenement
from sne.registre.contenu.rules.anomalie import Anomalie, bloquer
from sne.registre.contenu.rules.arbre.types_de_champ import MONTANT_MAXIMUM
from sne.registre.faits.rules.faits import CodeValide, Correction, controler_texte, lire_rpls
from sne.socle.erreurs import Interdit
from sne.socle.saisie import DateIllisible, lire_date

COMMENTAIRE_MAX = 500  # signs, as on the wire
ENTIER_MAXIMUM = 9999
OUI_NON: Mapping[str, bool] = {"OUI": True, "NON": False}
Valeur = str | int | bool | list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class EvenementSaisi:
    """What is told of an event; ``caracteristiques`` are texts by name, as screens and partners give them."""

    type: str
    jour: date
    caracteristiques: Mapping[str, str] = field(default_factory=dict)
    correction: Correction | None = None
    commentaire: str = ""


def exiger_type(type_evenement: TypeEvenement | None) -> TypeEvenement:
    """The type, when somebody may record an event of it. Raises ``Interdit``."""
    if type_evenement is None:
        raise Interdit(
            "Ce type d’événement n’existe pas ou plus dans ce territoire. Choisissez-en un de la liste.",
            champ="type",
        )
    if type_evenement.par_acte:
        raise Interdit(
            "Ce type d’événement est inscrit par l’acte lui-même. Faites cet acte depuis le dossier.",
            champ="type",
        )
    return type_evenement


def lire_caracteristiques(
    type_evenement: TypeEvenement, saisies: Mapping[str, str], *, code_valide: CodeValide
) -> tuple[dict[str, Valeur], tuple[Anomalie, ...]]:
    """Values as they are stored, by name, and what is wrong with the others; an empty one is left out."""
    valeurs: dict[str, Valeur] = {}
    anomalies: list[Anomalie] = []
    connues = {c.nom: c for c in type_evenement.caracteristiques}
    for nom in sorted(saisies.keys() - connues.keys()):
        anomalies.append(
            bloquer(chemin(nom), "Cette information n’est pas de ce type d’événement. Retirez-la.")
        )
    for nom, caracteristique in connues.items():
        texte = saisies.get(nom, "").strip()
        if not texte:
            anomalies += _absence(caracteristique)
            continue
        lue = _lire(caracteristique, texte, code_valide)
        if isinstance(lue, Anomalie):
            anomalies.append(lue)
        else:
            valeurs[nom] = lue
    return valeurs, tuple(anomalies)


def chemin(nom: str) -> str:
    """Where a characteristic stands in an event."""
    return f"caracteristiques.{nom}"


def _absence(caracteristique: Caracteristique) -> Iterator[Anomalie]:
    if caracteristique.requis:
        yield bloquer(
            chemin(caracteristique.nom),
            f"L’information «\u00a0{caracteristique.libelle}\u00a0» manque. Remplissez-la.",
        )


def _lire(caracteristique: Caracteristique, texte: str, code_valide: CodeValide) -> Valeur | Anomalie:
    ou, nature = chemin(caracteristique.nom), caracteristique.nature
    if nature is NatureCaracteristique.TEXTE:
        return next(iter(controler_texte(ou, texte)), texte)
    if nature is NatureCaracteristique.PIECES:
        return texte  # names of documents, which the act reads against the dossier
    if nature is NatureCaracteristique.CODE:
        lue: Valeur | None = texte if code_valide(caracteristique.liste, texte) else None
    else:
        lue = LECTEURS[nature](texte)
    if lue is not None:
        return lue
    return bloquer(ou, f"L’information «\u00a0{caracteristique.libelle}\u00a0» {PHRASES[nature]}")


def _lire_date(texte: str) -> str | None:
    try:
        return lire_date(texte).isoformat()
    except DateIllisible:
        return None


def _lire_entier(texte: str) -> int | None:
    if not (texte.isascii() and texte.isdecimal()):
        return None
    nombre = int(texte[:10])
    return nombre if nombre <= ENTIER_MAXIMUM else None


def lire_montant(texte: str) -> Decimal | None:
    """Euros and cents typed with a comma or a point: « 412,50 », « 1 200 »; ``None`` when the text is no amount."""
    try:
        montant = Decimal("".join(texte.split()).replace(",", "."))
    except InvalidOperation:
        return None
    if not montant.is_finite() or not 0 <= montant <= MONTANT_MAXIMUM:
        return None
    exact = montant.quantize(Decimal("0.01"))
    return exact if exact == montant else None


def _lire_montant(texte: str) -> str | None:
    montant = lire_montant(texte)
    return None if montant is None else str(montant)


LECTEURS: Mapping[NatureCaracteristique, Callable[[str], Valeur | None]] = {
    NatureCaracteristique.DATE: _lire_date,
    NatureCaracteristique.ENTIER: _lire_entier,
    NatureCaracteristique.MONTANT: _lire_montant,
    NatureCaracteristique.OUI_NON: OUI_NON.get,
    NatureCaracteristique.RPLS: lire_rpls,
}
PHRASES: Mapping[NatureCaracteristique, str] = {
    NatureCaracteristique.DATE: "n’est pas une date. Tapez-la comme 12/03/2026.",
    NatureCaracteristique.ENTIER: f"est un nombre entier, de 0 à {ENTIER_MAXIMUM}. Tapez des chiffres.",
    NatureCaracteristique.MONTANT: "est un montant en euros. Tapez-le comme 412,50.",
    NatureCaracteristique.OUI_NON: "se répond par oui ou par non. Choisissez l’un des deux.",
    NatureCaracteristique.CODE: "n’est pas dans la liste. Choisissez une valeur de la liste.",
    NatureCaracteristique.RPLS: "compte dix chiffres ou lettres. Recopiez-la depuis le répertoire RPLS.",
}
"""After « L’information … », what a value of this nature is, and the remedy."""
