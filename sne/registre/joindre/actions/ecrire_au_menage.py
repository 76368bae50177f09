"""One message to the household of a demande, by each channel by which it may be reached now."""

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from sne.notifications.actions import Projet, preparer_message
from sne.notifications.models import Message
from sne.notifications.rules import Canal, Genre, Limites
from sne.referentiels.selectors import get_parametres
from sne.registre.demande.models.demande import Demande
from sne.registre.joindre.rules.canaux import Joignable, canaux_de_l_avis
from sne.registre.joindre.selectors.coordonnees import destinataire_de, get_coordonnees, joignable_de
from sne.registre.joindre.selectors.langues import get_langue_du_foyer, list_refuses_du_foyer
from sne.registre.joindre.selectors.protection import list_protegees
from sne.socle import horloge
from sne.socle.acte import Acte


@dataclass(frozen=True, slots=True, kw_only=True)
class Annonce:
    """What a household is told of its demande, at which revision. ``origine``: the entry of the journal that asks it.

    ``mots``: what fills the text, once it is known whether the demande must be spoken of to nobody (``True``).
    ``piece``: the file that another module makes when the message leaves.
    """

    territoire: str
    demande_id: uuid.UUID
    revision: int
    nud: str
    genre: Genre
    origine: uuid.UUID
    mots: Callable[[bool], Mapping[str, str]]
    piece: str = ""

    @classmethod
    def de(
        cls,
        demande: Demande,
        genre: Genre,
        *,
        origine: uuid.UUID,
        mots: Callable[[bool], Mapping[str, str]],
        revision: int | None = None,
    ) -> Self:
        """What is told of this demande as it now is, or as it was at a revision."""
        return cls(
            territoire=demande.territoire,
            demande_id=demande.id,
            revision=demande.revision if revision is None else revision,
            nud=demande.nud,
            genre=genre,
            origine=origine,
            mots=mots,
        )


def ecrire_au_menage(
    annonce: Annonce, *, acte: Acte, canaux: Callable[[Joignable], Iterable[Canal]] = canaux_de_l_avis
) -> tuple[Message, ...]:
    """Prepare the messages, those already there when the same entry is handled again; none when nobody can be reached,
    or of a family that the household reads on its pages only.

    ``canaux``: by which channels, as the household may be reached. Without a letter of its own, an e-mail that does not
    arrive becomes one. Raises ``Introuvable``.
    """
    famille = annonce.genre.modele.famille
    if famille is not None and famille in list_refuses_du_foyer(annonce.demande_id):
        return ()
    secrete = annonce.demande_id in list_protegees([annonce.demande_id])
    coordonnees = get_coordonnees(annonce.demande_id, acteur=acte.acteur)
    choisis = canaux(joignable_de(coordonnees, secrete=secrete))
    adresses = {c: ou for c in choisis if (ou := destinataire_de(coordonnees, c)) is not None}
    limites = Limites.depuis(get_parametres(horloge.jour(acte.survenu_le)))
    contexte, langue = annonce.mots(secrete), get_langue_du_foyer(annonce.demande_id)
    return tuple(
        preparer_message(
            Projet(
                territoire=annonce.territoire,
                demande_id=annonce.demande_id,
                revision=annonce.revision,
                nud=annonce.nud,
                genre=annonce.genre,
                canal=canal,
                destinataire=destinataire,
                contexte=contexte,
                origine=annonce.origine,
                limites=limites,
                langue=langue,
                piece="" if canal is Canal.SMS else annonce.piece,
                secours=coordonnees.adresse
                if canal is Canal.COURRIEL and Canal.LETTRE not in adresses
                else None,
            ),
            acte=acte,
        )
        for canal, destinataire in adresses.items()
    )
