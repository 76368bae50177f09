"""Returns to a former state that wait for a second person."""

from sne.habilitations.rules import Permission
from sne.registre.attente.rules import Attendu, NatureAttente, suivre
from sne.registre.enquete.attentes import AttenteEnquete
from sne.registre.identite.attentes import D_UN_CHANGEMENT
from sne.registre.pieces.attentes import D_UNE_REVISION
from sne.registre.restauration.verbes import VerbeRestauration


class AttenteRestauration(NatureAttente):
    """Natures of what is awaited."""

    RESTAURATION = (
        "RESTAURATION",
        "Retour à un état antérieur à décider",
        Attendu("Une autre personne", Permission.RESTAURATION_DECIDER, reservee=True),
    )


_REQUETE = frozenset(AttenteRestauration)
suivre(
    {
        VerbeRestauration.DEMANDER_RESTAURATION: _REQUETE,
        VerbeRestauration.REFUSER_RESTAURATION: _REQUETE,
        VerbeRestauration.RETIRER_RESTAURATION: _REQUETE,
        VerbeRestauration.RESTAURER: _REQUETE | D_UNE_REVISION | D_UN_CHANGEMENT | {AttenteEnquete.LEVEE_GEL},
    }
)
