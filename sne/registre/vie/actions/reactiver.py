"""A demande struck off comes back: what is checked before its renewal, and what is written with it.

It is renewed at once (arrêté du 23 mars 2015, annexe §6.1), so the door is that of a renewal:
:func:`sne.registre.vie.actions.renouveler.renouveler_demande`.
"""

import uuid

from sne.registre.demande.actions import places
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Personne
from sne.registre.demande.models.radiation import Radiation
from sne.registre.modification.actions.revision.preparer import Projet
from sne.registre.vie.models.radiation import Reactivation


def consigner_retour(projet: Projet, radiation: Radiation, *, cle: uuid.UUID) -> None:
    """Called once the revision is written: give the household its place again, and write the row that says so.

    Raises ``DejaOuverte`` when it registered anew meanwhile.
    """
    demande = projet.demande
    rouvrir_places(demande)
    Reactivation(
        id=cle,
        territoire=demande.territoire,
        demande=demande,
        revision=demande.revision,
        radiation=radiation,
        auteur=projet.acte.acteur.id,
        guichet=projet.acte.acteur.guichet,
        survenu_le=projet.acte.survenu_le,
    ).save(force_insert=True)


def rouvrir_places(demande: Demande) -> None:
    """Hold the place of each adult still there whose number is known. Raises ``DejaOuverte``."""
    personnes = Personne.objects.filter(demande=demande, retire_le=None)
    traces = personnes.values_list("identite_courante__nir_empreinte", flat=True)
    connues = {bytes(trace) for trace in traces if trace is not None}
    places.tenir(demande, connues)
