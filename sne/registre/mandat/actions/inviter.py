"""A relative who was invited answers: finds what they would sign by the code received, accepts, or refuses.

What they may do then is asked of the same acts as of a body's helper (``aider``).
"""

from dataclasses import dataclass

from django.db import transaction

from sne.demandeurs.rules.niveaux import Voie
from sne.registre.demande.models.mandat_aide import MandatAide
from sne.registre.demande.rules.mandat_aide import FinMandat
from sne.registre.mandat.actions.aider import nommer, signer, verrouiller
from sne.registre.mandat.actions.autoriser import finir
from sne.registre.mandat.possible import exiger_acceptable, exiger_en_cours, exiger_proche
from sne.registre.mandat.rules.proche import AUCUN_CODE
from sne.registre.mandat.selectors.invitations import get_invitation
from sne.registre.mandat.selectors.mandats import MandatLu, lire
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, refus_de
from sne.socle.horloge import jour


@dataclass(frozen=True, slots=True)
class Invitee:
    """What a relative is asked, by whom (``nom``). ``accepter``: why they may not, empty when they may."""

    mandat: MandatLu
    nom: str
    accepter: str


def lire_invitation(code: str, *, voie: Voie, acte: Acte) -> Invitee:
    """What this code asks of who typed it. Raises ``NonHabilite``, ``Interdit`` on the field."""
    mandat = _trouver(code, voie)
    le = jour(acte.survenu_le)
    refus = refus_de(exiger_acceptable, mandat, mandat.demande, acte.acteur, le=le)
    return Invitee(lire(mandat, mandat.demande, le=le), nommer(mandat), refus)


@transaction.atomic
def accepter_invitation(code: str, *, nom: str, voie: Voie, acte: Acte) -> MandatAide:
    """Sign. ``nom``: theirs, as the State gives it. Raises ``NonHabilite``, ``Interdit``."""
    mandat, demande, aidant = verrouiller(_trouver(code, voie), acte=acte)
    exiger_acceptable(mandat, demande, acte.acteur, le=jour(acte.survenu_le))
    mandat.aidant_par = acte.acteur.instantane() | {"nom": nom}
    signer(mandat, demande, acte=aidant)
    return mandat


@transaction.atomic
def refuser_invitation(code: str, *, voie: Voie, acte: Acte) -> None:
    """Do not help. Raises ``NonHabilite``, ``Interdit``."""
    mandat, demande, aidant = verrouiller(_trouver(code, voie), acte=acte)
    exiger_en_cours(mandat)
    finir(mandat, demande, FinMandat.RENONCE, acte=aidant)


def _trouver(code: str, voie: Voie) -> MandatAide:
    exiger_proche(voie)
    mandat = get_invitation(code)
    if mandat is None:
        raise Interdit(AUCUN_CODE, champ="code")
    return mandat
