"""Monthly resources: one closed type of six states; an amount exists in the first only, absence is never zero."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from sne.api.schemas.commun import Dit, dire

MOIS = "2026-10"
Montant = Annotated[str, Field(pattern=r"^-?[0-9]{1,8}\.[0-9]{2}$")]


class LigneDeRessource(Dit):
    """One line of a month."""

    nature: str = dire("Nature, comme la source la nomme", "SALAIRE")
    source: str = dire("Source, comme elle se nomme", "DSN")
    montant: Montant = dire("Net, en euros", "1452.30")


class MoisMontant(Dit):
    """The source declares this amount, never zero."""

    mois: str = dire("Mois", MOIS)
    etat: Literal["MONTANT"] = dire("Un montant est déclaré")
    montant: Montant = dire("Net, en euros\u00a0; négatif après une correction", "1452.30")
    natures: list[LigneDeRessource] = dire("Ses lignes")


class MoisZeroConfirme(Dit):
    """The source declares lines whose total is zero: «\u00a00,00 € confirmé par la source\u00a0»."""

    mois: str = dire("Mois", MOIS)
    etat: Literal["ZERO_CONFIRME"] = dire("Zéro, confirmé par la source")
    natures: list[LigneDeRessource] = dire("Ses lignes")


class MoisAucuneDonnee(Dit):
    """Nothing is known of that month: it is no zero."""

    mois: str = dire("Mois", MOIS)
    etat: Literal["AUCUNE_DONNEE"] = dire("Rien n’est connu")
    raison: str = dire("Pourquoi (liste ouverte)", "PAS_ENCORE_REMONTE")


class MoisNonEligible(Dit):
    """The source is not asked about this person."""

    mois: str = dire("Mois", MOIS)
    etat: Literal["NON_ELIGIBLE"] = dire("La source n’est pas interrogée")
    raison: str = dire("Pourquoi (liste ouverte)", "NIR_PROVISOIRE")


class MoisDiscordance(Dit):
    """The source knows somebody else under that number: nothing is shown."""

    mois: str = dire("Mois", MOIS)
    etat: Literal["DISCORDANCE_IDENTITE"] = dire("Identité à vérifier")


class MoisIndisponible(Dit):
    """The source did not answer."""

    mois: str = dire("Mois", MOIS)
    etat: Literal["SOURCE_INDISPONIBLE"] = dire("La source n’a pas répondu")
    raison: str = dire("Pourquoi (liste ouverte)", "DELAI")


Mois = Annotated[
    MoisMontant | MoisZeroConfirme | MoisAucuneDonnee | MoisNonEligible | MoisDiscordance | MoisIndisponible,
    Field(discriminator="etat"),
]


class RessourcesLues(Dit):
    """Three months of the applicant; while the source is away, the last good answer besides, with its date."""

    nud: str = dire("Numéro unique", "0991126000412G0993")
    personne: Literal["demandeur"] = dire("De qui")
    demande_le: date | None = dire("Jour de la réponse de la source", defaut=None)
    mois: list[Mois] = dire("Trois mois, le plus récent d’abord")
    anciennes: list[Mois] = dire("Dernière bonne réponse, quand la source n’a pas répondu", defaut=[])
    anciennes_le: date | None = dire("Jour de cette réponse", defaut=None)
