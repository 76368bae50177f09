"""What an account follows, and by which proof; read again at each request, since a link is worth what it rests on."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from sne.registre.demande.models.rattachement import Rattachement
from sne.registre.demande.rules.rattachement import PreuveRattachement


@dataclass(frozen=True, slots=True)
class Lien:
    """An open link. ``en_vigueur``: the identity that was compared is the one in force today."""

    id: uuid.UUID
    territoire: str
    demande_id: uuid.UUID
    nud: str
    personne_id: uuid.UUID
    role: str
    preuve: PreuveRattachement
    ecarts: tuple[str, ...]
    depuis: datetime
    en_vigueur: bool

    @property
    def fort(self) -> bool:
        """Whether the civil status that the State gives is still the one of the register."""
        return self.preuve is PreuveRattachement.PIVOT and self.en_vigueur


def list_liens(compte: uuid.UUID) -> tuple[Lien, ...]:
    """The open links of an account, the oldest first; a person who left the household follows nothing."""
    lignes = (
        Rattachement.objects.filter(compte=compte, fini_le=None, personne__retire_le=None)
        .annotate(
            nud=F("demande__nud"), role=F("personne__role"), courante=F("personne__identite_courante_id")
        )
        .order_by("survenu_le", "id")
    )
    return tuple(
        Lien(
            id=ligne.id,
            territoire=ligne.territoire,
            demande_id=ligne.demande_id,
            nud=ligne.nud,
            personne_id=ligne.personne_id,
            role=ligne.role,
            preuve=PreuveRattachement(ligne.preuve),
            ecarts=tuple(ligne.ecarts),
            depuis=ligne.survenu_le,
            en_vigueur=ligne.identite_id == ligne.courante,
        )
        for ligne in lignes
    )
