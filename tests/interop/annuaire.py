"""Agreements of the tests: one, for the guichet of the demonstration, known by any certificate that TLS accepted."""

import uuid
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from sne.habilitations.rules import Role
from sne.socle.acteur import Acteur, Canal
from sne.socle.erreurs import NonHabilite
from tests.registre.factories import creer_acteur

GUICHETS = ("G0993",)


class Code(StrEnum):
    JOINTE = "JOINTE"
    ENVELOPPE = "ENVELOPPE"
    UNE_RACINE = "UNE_RACINE"
    DEMANDER = "DEMANDER"


class Reglages:
    attestation: StrEnum = Code.JOINTE
    reponse_vide: StrEnum = Code.ENVELOPPE
    format_liste: StrEnum = Code.UNE_RACINE
    anteriorite: StrEnum = Code.DEMANDER
    preuve_gardee = True
    piece_vue = True


class Convention:
    """One agreement; ``emises``: what it was last given."""

    def __init__(self, role: Role = Role.RESPONSABLE_GUICHET) -> None:
        self.id = uuid.uuid5(uuid.NAMESPACE_OID, "convention")
        self.reglages = Reglages()
        self.emises: dict[uuid.UUID, int] = {}
        self.references: dict[uuid.UUID, str] = {}
        acteur = creer_acteur(role, canal=Canal.INTERFACE)
        self._acteur = replace(acteur, mandats=tuple(replace(m, role="EDITEUR") for m in acteur.mandats))

    def acteur(self, guichet: str = "") -> Acteur:
        if guichet and guichet not in GUICHETS:
            raise NonHabilite(
                f"Guichet {guichet}\u00a0: il n’est pas de votre convention. Vérifiez son numéro."
            )
        return self._acteur

    def revision_emise(self, demande_id: uuid.UUID, _territoire: str) -> int | None:
        return self.emises.get(demande_id)

    def reference(self, demande_id: uuid.UUID, _territoire: str) -> str:
        return self.references.get(demande_id, "")

    def noter(
        self, demande_id: uuid.UUID, _territoire: str, *, revision: int, reference: str, le: datetime
    ) -> None:
        self.emises[demande_id] = revision
        if reference:
            self.references[demande_id] = reference


class Annuaire:
    def __init__(self) -> None:
        self.convention = Convention()

    def par_certificat(self, _empreinte: bytes, *, survenu_le: datetime) -> Convention:
        return self.convention


annuaire = Annuaire()
