"""Why a helper may not act now: read at each act, and by whoever says so."""

from datetime import date

from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.mandat_aide import MandatAide
from sne.registre.demande.models.personne import Personne
from sne.registre.enquete.selectors.gels import get_gel
from sne.registre.joindre.selectors.protection import is_protegee
from sne.registre.mandat.rules.mandat import empechement, empechement_de_la_demande


def get_empechement(mandat: MandatAide, demande: Demande, *, le: date) -> str:
    """Why nobody may act under it that day, in a sentence; empty when they may."""
    du_mandat = empechement(
        mandat.statut, jusqu_au=mandat.jusqu_au, le=le, meme_identite=is_meme_identite(mandat)
    )
    return du_mandat or get_empechement_de(demande)


def get_empechement_de(demande: Demande) -> str:
    """Why no helper may act on it now, whatever was signed; empty when one may."""
    return empechement_de_la_demande(gelee=get_gel(demande.id) is not None, protegee=is_protegee(demande))


def is_meme_identite(mandat: MandatAide) -> bool:
    """Whether who signed is still on the demande, under the identity that they signed with."""
    signataires = Personne.objects.filter(id=mandat.personne_id, retire_le=None)
    return signataires.filter(identite_courante=mandat.identite_id).exists()
