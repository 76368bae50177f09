"""A reader says how far it is, with its own head: ours, or something was lost or altered on the way."""

from django.db import transaction

from sne.conventions.models import Convention
from sne.conventions.policies import can_noter
from sne.flux.models import Accuse
from sne.flux.rules.types import Serie
from sne.flux.selectors.lignes import exiger_lisible, get_tete
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, require
from sne.socle.signes import INSECABLE


class TetesDifferentes(Interdit):
    """The reader's lines are not ours (HTTP 409)."""

    code = "TETES_DIFFERENTES"


@transaction.atomic
def accuser(
    convention: Convention, territoire: str, serie: Serie, *, numero: int, tete: str, acte: Acte
) -> Accuse:
    """Note that this software has read up to ``numero``. ``tete``: its head then, in hexadecimal.

    Not told to the journal, as calls are not. Raises ``Introuvable``, ``NonHabilite``, ``TetesDifferentes``.
    """
    exiger_lisible(acte.acteur, territoire, serie)
    require(can_noter(convention, acte.acteur), "Cette convention n’est pas la vôtre.")
    notre = get_tete(territoire, serie, numero)
    if notre is None or notre.hex() != tete.lower():
        raise TetesDifferentes(
            f"Flux{INSECABLE}: au numéro {numero}, vos lignes ne donnent pas notre empreinte. Relisez-les depuis le "
            "dernier relevé accepté, puis accusez de nouveau.",
            champ="tete",
        )
    accuse, _ = Accuse.objects.update_or_create(
        convention=convention,
        territoire=territoire,
        serie=serie.value,
        defaults={"numero": numero, "accuse_le": acte.survenu_le},
    )
    return accuse
