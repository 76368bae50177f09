"""A definition changed on screen: whether it can be one, and what differs from the one before, field by field. Pure."""

from collections.abc import Collection, Sequence

from sne.infocentre.rapports.rules.formules import Definition, Operation
from sne.infocentre.rapports.rules.grains import HORS_DU_LAC
from sne.infocentre.rapports.rules.lignes import ATTRIBUTS
from sne.infocentre.rapports.rules.termes import lire_terme

DIVISENT = frozenset({Operation.RAPPORT, Operation.MOYENNE, Operation.INDICE})
CHAMPS = {
    "libelle": "Libellé",
    "phrase": "Formule",
    "numerateur": "Mesures du numérateur",
    "haut": "Numérateur",
    "denominateur": "Mesures du dénominateur",
    "bas": "Dénominateur",
    "vide": "Ce que veut dire une case vide",
    "reference": "Ce qui place un cas dans la période",
    "decimales": "Décimales",
    "source": "Source",
}
"""What a new definition may change, in the order in which it is read."""


def differences(avant: Definition, apres: Definition) -> tuple[tuple[str, str, str], ...]:
    """Field, before, after: those that are not the same."""
    return tuple(
        (nom, _dire(getattr(avant, champ)), _dire(getattr(apres, champ)))
        for champ, nom in CHAMPS.items()
        if getattr(avant, champ) != getattr(apres, champ)
    )


def refuser(avant: Definition, apres: Definition, connues: Collection[str]) -> tuple[str, str]:
    """The field and the sentence by which this definition cannot be; two empty texts when it can.

    ``connues``: codes of the measures that are counted.
    """
    if not differences(avant, apres):
        return "phrase", "Rien ne change : modifiez au moins un champ."
    textes = avant.operation is Operation.TEXTE
    for champ in ("numerateur", "denominateur"):
        termes = getattr(apres, champ)
        inconnues = [t for t in termes if t not in ATTRIBUTS] if textes else _inconnus(termes, connues)
        if inconnues:
            return (
                champ,
                f"{', '.join(inconnues)} : cette mesure n’existe pas. Vérifiez son code signe par signe.",
            )
    if not apres.numerateur:
        return "numerateur", "Indiquez au moins une mesure."
    if avant.operation in DIVISENT and not apres.denominateur:
        return "denominateur", "Un taux ou une moyenne a un dénominateur : indiquez au moins une mesure."
    return "", ""


def _inconnus(termes: Sequence[str], connues: Collection[str]) -> list[str]:
    """Texts that are no term, or whose measure nobody counts."""
    inconnus = []
    for texte in termes:
        try:
            mesure = lire_terme(texte).mesure
        except ValueError:
            mesure = ""
        if mesure not in HORS_DU_LAC and mesure not in connues:
            inconnus.append(texte)
    return inconnus


def _dire(valeur: str | int | Sequence[str]) -> str:
    if isinstance(valeur, tuple):
        return ", ".join(valeur) or "rien"
    return str(valeur) or "rien"
