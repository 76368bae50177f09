"""Demandes close to what a registration says of its adults."""

import uuid

from sne.guichet.saisie.enregistrement import Enregistrement
from sne.registre.doublons.actions.chercher import chercher_doublons
from sne.registre.doublons.selectors.proches import Proche
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.horloge import maintenant


def chercher_proches(enregistrement: Enregistrement, acteur: Acteur) -> tuple[Proche, ...]:
    """Files close to any of the adults typed in, each once; not the one that the person is leaving."""
    trouves: dict[uuid.UUID, Proche] = {}
    for recherche in enregistrement.recherches:
        for proche in chercher_doublons(
            recherche,
            acte=Acte(acteur, maintenant()),
            territoire=enregistrement.brouillon.territoire,
            sauf=enregistrement.quittee,
        ):
            trouves.setdefault(proche.demande_id, proche)
    return tuple(trouves.values())
