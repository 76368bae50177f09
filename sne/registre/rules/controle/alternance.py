"""Contacts wait after a change of identity: whoever holds both takes a file away before anybody is warned. Pure."""

from collections.abc import Sequence
from datetime import date, timedelta

from sne.registre.rules.anomalie import INSECABLE
from sne.registre.rules.contenu import Changement
from sne.registre.rules.controle.operations import CONTACTS, champs_de
from sne.registre.rules.controle.seuils import Seuils
from sne.socle.erreurs import Interdit


class ContactRetenu(Interdit):
    """The e-mail address or the phone may not change yet: the identity has just changed, or is asked to."""

    code = "CONTACT_RETENU"


def exiger_contact_libre(
    changements: Sequence[Changement],
    *,
    identite_le: date | None,
    jour: date,
    anciennete_jours: int,
    permis: bool,
    seuils: Seuils,
) -> None:
    """Refuse a new e-mail address or phone too soon after a change of identity.

    ``identite_le``: day of the last change of a protected trait, applied or asked for, ``None`` when there is none;
    ``permis``: a territorial manager makes the change, or allowed it. Raises :class:`ContactRetenu` on the field.
    """
    if permis or identite_le is None or anciennete_jours < seuils.anciennete_libre_jours:
        return
    libre_le = identite_le + timedelta(days=seuils.alternance_jours + 1)
    contact = next((c for c in changements if champs_de([c]) & CONTACTS), None)
    if contact is None or jour >= libre_le:
        return
    raise ContactRetenu(
        f"L’identité a changé le {identite_le:%d/%m/%Y}, ou il est demandé qu’elle change{INSECABLE}: le courriel et "
        f"le téléphone peuvent être modifiés à partir du {libre_le:%d/%m/%Y}. Si c’est urgent, demandez l’accord du "
        "gestionnaire territorial.",
        champ=contact.chemin,
    )
