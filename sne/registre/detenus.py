"""What a professional holds in the register: their drafts, what they asked and somebody else has to decide."""

import uuid
from collections.abc import Collection

from django.db.models import Count

from sne.habilitations.detenus import Detenu
from sne.habilitations.rules.carences import Lieu
from sne.registre.attente.models import Attente
from sne.registre.attente.rules import NatureAttente
from sne.registre.modification.models import Brouillon
from sne.registre.modification.selectors.brouillons import brouillons_des_lieux


def list_detenus_du_registre(compte_id: uuid.UUID, lieux: Collection[Lieu]) -> tuple[Detenu, ...]:
    """Drafts wait for a successor; what was asked stays with the person who decides it, and loses nothing."""
    return (*_saisies(compte_id, lieux), *_demandes(compte_id, lieux))


def _saisies(compte_id: uuid.UUID, lieux: Collection[Lieu]) -> tuple[Detenu, ...]:
    nombre = Brouillon.objects.filter(brouillons_des_lieux(compte_id, lieux)).count()
    if not nombre:
        return ()
    libelle = "1 saisie en cours" if nombre == 1 else f"{nombre} saisies en cours"
    return (Detenu(libelle, "À confier : rien de ce qui est saisi ne se perd.", a_confier=True),)


def _demandes(compte_id: uuid.UUID, lieux: Collection[Lieu]) -> list[Detenu]:
    territoires = {lieu.territoire for lieu in lieux}
    ouvertes = Attente.objects.filter(territoire__in=territoires, auteur=compte_id, ouverte=True)
    if all(lieu.guichet for lieu in lieux):  # a counter is told of no suspicion
        ouvertes = ouvertes.exclude(
            nature__in=[str(n) for n in NatureAttente.tous().values() if n.attendu.reservee]
        )
    comptes = ouvertes.values_list("nature").annotate(nombre=Count("id")).order_by("nature")
    detenus = []
    for nature, nombre in comptes:
        attendue = NatureAttente.tous()[nature]
        suite = (
            f"Décision : {attendue.attendu.qui.lower()}."
            if attendue.attendu.droit
            else "Reste dans les listes du guichet."
        )
        detenus.append(Detenu(f"{attendue.libelle} : {nombre}", suite))
    return detenus
