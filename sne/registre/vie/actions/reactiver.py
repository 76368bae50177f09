"""A demande struck off comes back: what is checked before its renewal, and what is written with it.

It is renewed at once (arrêté du 23 mars 2015, annexe §6.1), so the door is that of a renewal:
:func:`sne.registre.vie.actions.renouveler.renouveler_demande`.
"""

import uuid
from datetime import date

from sne.registre.demande.actions import places
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Personne
from sne.registre.demande.models.radiation import Radiation
from sne.registre.demande.rules.cycle_de_vie import Statut, Transition, next_statut
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.enquete.selectors.gels import limite_de_retour
from sne.registre.modification.actions.revision.preparer import Projet
from sne.registre.vie import policies
from sne.registre.vie.models.radiation import Reactivation
from sne.registre.vie.rules.radiation import PAS_DE_RETOUR, exiger_reactivable
from sne.socle.acteur import Acteur
from sne.socle.erreurs import require


def exiger_retour(demande: Demande, radiation: Radiation, *, acteur: Acteur, jour: date) -> Statut:
    """The state after the return. Raises ``NonHabilite``, ``ReactivationFermee``, ``TransitionInterdite``."""
    motif = MotifRadiation(radiation.motif)
    require(policies.can_reactiver(acteur, motif, territoire=demande.territoire), PAS_DE_RETOUR)
    exiger_reactivable(jour=jour, limite=limite_de_retour(radiation, le=jour))
    return next_statut(Statut(demande.statut), Transition.REACTIVER)


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
