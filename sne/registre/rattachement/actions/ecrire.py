"""One message to one contact of a demande: the one that somebody typed, or each of those that did not sign in."""

import uuid
from collections.abc import Mapping

from sne.notifications.actions import Projet, preparer_message
from sne.notifications.rules import Genre, Limites
from sne.referentiels.selectors import get_parametres
from sne.registre.demande.models.demande import Demande
from sne.registre.rattachement.rules.contacts import canal_de
from sne.socle import horloge
from sne.socle.acte import Acte


def ecrire_au_contact(
    demande: Demande,
    adresse: str,
    genre: Genre,
    mots: Mapping[str, str],
    *,
    origine: uuid.UUID,
    acte: Acte,
    dite: bool = False,
) -> None:
    """Prepare it, once for this entry of the journal. ``dite``: the file's history names it."""
    projet = Projet(
        territoire=demande.territoire,
        demande_id=demande.id,
        revision=demande.revision if dite else None,
        nud=demande.nud,
        genre=genre,
        canal=canal_de(adresse),
        destinataire=adresse,
        contexte=mots,
        origine=origine,
        limites=Limites.depuis(get_parametres(horloge.jour(acte.survenu_le))),
    )
    preparer_message(projet, acte=acte)
