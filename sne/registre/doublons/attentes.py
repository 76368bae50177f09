"""Demandes that somebody has to compare."""

from sne.habilitations.rules import Permission
from sne.registre.attente.rules import NatureAttente, du_gestionnaire, suivre
from sne.registre.demande.verbes import VerbeDemande
from sne.registre.doublons.verbes import VerbeDoublon
from sne.registre.vie.verbes import VerbeVie


class AttenteDoublon(NatureAttente):
    """Natures of what is awaited."""

    DOUBLON = (
        "DOUBLON",
        "Même personne\u00a0? Question posée au gestionnaire",
        du_gestionnaire(Permission.DOUBLON_DECIDER),
    )
    ENSEMBLE_DOUBLON = (
        "ENSEMBLE_DOUBLON",
        "Demandes proches à comparer",
        du_gestionnaire(Permission.DOUBLON_DECIDER, reservee=True),
    )


_ENSEMBLE = (AttenteDoublon.ENSEMBLE_DOUBLON,)
suivre(
    {
        VerbeDoublon.OUVRIR_CAS_DOUBLON: (AttenteDoublon.DOUBLON,),
        VerbeDoublon.CLORE_CAS_DOUBLON: (AttenteDoublon.DOUBLON,),
        VerbeDoublon.CLORE_ENSEMBLE_DOUBLON: _ENSEMBLE,
        # The line of a set is on the first of its demandes that is under way.
        VerbeDemande.REACTIVER: _ENSEMBLE,
        VerbeVie.RADIER: _ENSEMBLE,
        VerbeVie.ANNULER: _ENSEMBLE,
        VerbeVie.RETABLIR: _ENSEMBLE,
    }
)
