"""Invitations of relatives: their code, which is kept nowhere, and what it finds."""

import uuid

from sne.registre.demande.models.mandat_aide import MandatAide
from sne.registre.mandat.rules.proche import code_de, lire_code
from sne.socle.chiffrement import empreinte


def get_code(mandat_id: uuid.UUID) -> str:
    """The code of this invitation, made again each time it is asked for."""
    return code_de(empreinte(str(mandat_id), usage="mandat:code"))


def empreinte_du_code(saisi: str) -> str:
    """The fingerprint by which a typed code is looked for, in hexadecimal."""
    return empreinte(lire_code(saisi), usage="mandat:invitation").hex()


def get_invitation(saisi: str) -> MandatAide | None:
    """What this code invites to, as long as nobody answered and nothing ended it."""
    en_cours = MandatAide.objects.filter(invitation=empreinte_du_code(saisi), clos_le=None, aidant=None)
    return en_cours.select_related("demande", "identite").first()
