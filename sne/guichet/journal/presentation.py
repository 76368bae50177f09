"""Acts found in the words of a counter: when, who, where, what, which fields, on which demande."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sne.habilitations.rules import ROLES, Role
from sne.journal.rules import Verbe
from sne.journal.selectors.recherche import ActeTrouve
from sne.preuve.rules import champs_de
from sne.registre.contenu.rules.arbre.champs import libelle
from sne.registre.contenu.rules.arbre.personnes import Identite
from sne.socle.horloge import PARIS
from sne.socle.tableur import Valeur

CHAMPS_MONTRES = 6
ENTETES = ("Jour", "Heure", "Qui", "Rôle", "Guichet", "Quoi", "Champs", "Demande")
SANS_CHEMIN: Mapping[str, str] = {
    "nir": "Numéro de sécurité sociale",
    "nir_etat": "Numéro de sécurité sociale",
}


@dataclass(frozen=True, slots=True)
class LigneActe:
    """One line of the table. ``champs``: French names of what changed, of which the page shows the first ones."""

    instant: datetime
    qui: str
    role: str
    guichet: str
    quoi: str
    champs: tuple[str, ...]
    nud: str

    @property
    def montres(self) -> tuple[str, ...]:
        return self.champs[:CHAMPS_MONTRES]

    @property
    def autres(self) -> int:
        return max(0, len(self.champs) - CHAMPS_MONTRES)


def presenter(actes: tuple[ActeTrouve, ...], nuds: Mapping[uuid.UUID, str]) -> list[LigneActe]:
    """Lines, in their order."""
    return [_ligne(acte, nuds) for acte in actes]


def en_colonnes(actes: tuple[ActeTrouve, ...], nuds: Mapping[uuid.UUID, str]) -> Iterator[list[Valeur]]:
    """The same lines for a file, under :data:`ENTETES`, with every field."""
    for ligne in presenter(actes, nuds):
        instant = ligne.instant.astimezone(PARIS)
        yield [
            instant.date(),
            f"{instant:%H:%M:%S}",
            ligne.qui,
            ligne.role,
            ligne.guichet,
            ligne.quoi,
            ", ".join(ligne.champs),
            ligne.nud,
        ]


def _ligne(acte: ActeTrouve, nuds: Mapping[uuid.UUID, str]) -> LigneActe:
    champs = tuple(dict.fromkeys(_nommer(chemin) for chemin in champs_de(acte.champs)))
    role = str(acte.acteur.get("role", ""))
    return LigneActe(
        instant=acte.survenu_le,
        qui=str(acte.acteur.get("nom", "")),
        role=ROLES[Role(role)].nom if role in set(Role) else "",
        guichet=str(acte.acteur.get("guichet", "")),
        quoi=Verbe.tous()[acte.verbe].phrase if acte.verbe in Verbe.tous() else acte.verbe,
        champs=champs,
        nud=nuds.get(acte.demande_id, "") if acte.demande_id else "",
    )


def _nommer(chemin: str) -> str:
    """A path of the tree, a bare trait of an identity, or a value of its own."""
    if chemin in SANS_CHEMIN:
        return SANS_CHEMIN[chemin]
    if chemin in Identite.model_fields:
        return Identite.model_fields[chemin].title or chemin
    return libelle(chemin)
