"""The reminder shown where a civil status is changed: a few sentences with a version, read again after a while."""

from dataclasses import dataclass
from datetime import datetime

from dateutil.relativedelta import relativedelta

from sne.socle.erreurs import Interdit


@dataclass(frozen=True, slots=True)
class Rappel:
    """What is read. A change of meaning takes a new ``version``: everybody is asked to read again."""

    version: str
    titre: str
    phrases: tuple[str, ...]


RAPPEL = Rappel(
    version="2026-1",
    titre="Avant de changer un état civil",
    phrases=(
        "Un changement corrige ou met à jour l’état civil d’une même personne. Il ne donne jamais le dossier à "
        "quelqu’un d’autre, même de la même famille, même avec son accord.",
        "Regardez l’acte ou la pièce d’identité, et ajoutez-le au dossier.",
        "Quelqu’un d’autre attend un logement\u00a0? Enregistrez sa propre demande\u00a0: elle aura son numéro et sa "
        "date.",
        "La personne est prévenue de chaque changement, à ses anciennes coordonnées aussi. Il reste écrit avec votre "
        "nom.",
        "Un doute, ou une demande pressante\u00a0? N’enregistrez rien, et parlez-en au responsable du guichet ou au "
        "gestionnaire territorial.",
    ),
)


def debut_de_validite(le: datetime, *, mois: int) -> datetime:
    """What was read or answered after this instant still holds on ``le``: so many calendar months."""
    return le - relativedelta(months=mois)


def exiger_le_meme(version: str) -> None:
    """Raise ``Interdit`` unless the text that was read is the present one."""
    if version != RAPPEL.version:
        raise Interdit("Le rappel sur l’état civil a changé depuis. Relisez-le.", champ="rappel_lu")
