"""Acts found in the words of a counter: when, who, where, what, which fields, on which demande."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sne.habilitations.rules import ROLES, Role
from sne.journal.rules import PHRASES, Verbe
from sne.journal.selectors.recherche import Acte, PlaceDActe
from sne.preuve.rules import champs_de
from sne.registre.rules.contenu import Identite, libelle

CHAMPS_MONTRES = 6
SANS_CHEMIN: Mapping[str, str] = {
    "nir": "Numéro de sécurité sociale",
    "nir_etat": "Numéro de sécurité sociale",
}


@dataclass(frozen=True, slots=True)
class LigneActe:
    """One line of the table. ``champs``: French names of what changed; ``autres``: how many more there are."""

    instant: datetime
    qui: str
    role: str
    guichet: str
    quoi: str
    champs: tuple[str, ...]
    autres: int
    nud: str


def presenter(actes: tuple[Acte, ...], nuds: Mapping[uuid.UUID, str]) -> list[LigneActe]:
    """Lines, in their order."""
    return [_ligne(acte, nuds) for acte in actes]


def _ligne(acte: Acte, nuds: Mapping[uuid.UUID, str]) -> LigneActe:
    champs = tuple(dict.fromkeys(_nommer(chemin) for chemin in champs_de(acte.champs)))
    role = str(acte.acteur.get("role", ""))
    return LigneActe(
        instant=acte.survenu_le,
        qui=str(acte.acteur.get("nom", "")),
        role=ROLES[Role(role)].nom if role in set(Role) else "",
        guichet=str(acte.acteur.get("guichet", "")),
        quoi=PHRASES[Verbe(acte.verbe)] if acte.verbe in set(Verbe) else acte.verbe,
        champs=champs[:CHAMPS_MONTRES],
        autres=max(0, len(champs) - CHAMPS_MONTRES),
        nud=nuds.get(acte.demande_id, "") if acte.demande_id else "",
    )


def _nommer(chemin: str) -> str:
    """A path of the tree, a bare trait of an identity, or a value of its own."""
    if chemin in SANS_CHEMIN:
        return SANS_CHEMIN[chemin]
    if chemin in Identite.model_fields:
        return Identite.model_fields[chemin].title or chemin
    return libelle(chemin)


def lire_place(texte: str) -> PlaceDActe | None:
    """Where a page starts, as its address carries it; ``None`` (the first page) for anything that is not one."""
    try:
        sens, instant, cle = texte.split("~")
        place = PlaceDActe(datetime.fromisoformat(instant), uuid.UUID(cle), en_arriere=sens == "r")
    except ValueError:
        return None
    return place if place.survenu_le.tzinfo else None


def ecrire_place(place: PlaceDActe) -> str:
    """What :func:`lire_place` reads."""
    return f"{'r' if place.en_arriere else 'a'}~{place.survenu_le.isoformat()}~{place.id}"
