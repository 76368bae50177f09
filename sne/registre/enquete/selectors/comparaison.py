"""Persons of demandes side by side, as those who decide compare them; a NIR is only ever masked."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from sne.registre.demande.models.personne import Identite, Personne


@dataclass(frozen=True, slots=True)
class PersonneComparee:
    """One person of a comparison. ``telephone`` in E.164; ``nir_masque`` is never the whole number."""

    qui: str
    nom: str
    usage: str
    prenoms: str
    date_naissance: date | None
    nir_masque: str
    telephone: str


def presentes(*demandes: uuid.UUID) -> QuerySet[Personne]:
    """Adults who are on these demandes, with their identity in force."""
    personnes = Personne.objects.filter(demande__in=demandes, retire_le=None)
    return personnes.select_related("identite_courante").order_by("demande", "rang", "id")


def comparer(
    qui: str, identite: Identite, telephone: str, masques: Mapping[tuple[uuid.UUID, bytes], str]
) -> PersonneComparee:
    """One identity as a line of a comparison. ``masques``: masked numbers by person and fingerprint."""
    empreinte = bytes(identite.nir_empreinte or b"")
    return PersonneComparee(
        qui=qui,
        nom=identite.nom_naissance,
        usage=identite.nom_usage,
        prenoms=identite.prenoms,
        date_naissance=identite.date_naissance,
        nir_masque=masques.get((identite.personne_id, empreinte), ""),
        telephone=telephone,
    )
