"""What a professional holds in the register: their drafts, what they asked and somebody else has to decide."""

import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace

from django.db.models import Count

from sne.cellules.routage import a_part, cellule_de
from sne.habilitations.detenus import Detenu, Passation
from sne.habilitations.rules.carences import Lieu
from sne.registre.attente.models import Attente
from sne.registre.attente.rules import NatureAttente
from sne.registre.modification.actions.brouillons import confier_brouillons
from sne.registre.modification.models import Brouillon
from sne.registre.modification.selectors.brouillons import brouillons_des_lieux


def list_detenus_du_registre(compte_id: uuid.UUID, lieux: Collection[Lieu]) -> tuple[Detenu, ...]:
    """Drafts wait for a successor; what was asked stays with the person who decides it, and loses nothing.

    Rights end in the directory: each place is asked where its territory is.
    """
    detenus: list[Detenu] = []
    for cellule, siens in _par_cellule(lieux).items():
        with a_part(cellule):
            detenus += (*_saisies(compte_id, siens), *_demandes(compte_id, siens))
    return tuple(detenus)


def confier_ce_qui_est_du_registre(passation: Passation) -> int:
    """Hand the drafts over, each where its territory is; in another cell, even when the act of the directory fails: a
    colleague goes on with them. How many.
    """
    nombre = 0
    for cellule, siens in _par_cellule(passation.lieux).items():
        with a_part(cellule):
            nombre += confier_brouillons(replace(passation, lieux=frozenset(siens)))
    return nombre


def _par_cellule(lieux: Collection[Lieu]) -> dict[str, list[Lieu]]:
    par_cellule: dict[str, list[Lieu]] = defaultdict(list)
    for lieu in lieux:
        par_cellule[cellule_de(lieu.territoire)].append(lieu)
    return par_cellule


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
        detenus.append(Detenu(f"{attendue.libelle}\u00a0: {nombre}", suite))
    return detenus
