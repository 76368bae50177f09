"""People to call back, and changes to tell in a safe way."""

from sne.habilitations.rules import Permission
from sne.registre.attente.rules import NatureAttente, du_gestionnaire, suivre
from sne.registre.avis.verbes import VerbeAvis
from sne.registre.enquete.verbes import VerbeEnquete


class AttenteAvis(NatureAttente):
    """Natures of what is awaited."""

    OPPOSITION = (
        "OPPOSITION",
        "«\u00a0Ce n’est pas moi\u00a0»\u00a0: personne à rappeler",
        du_gestionnaire(Permission.ENQUETE_OUVRIR, reservee=True),
    )
    AVIS_A_PORTER = (
        "AVIS_A_PORTER",
        "Changement à annoncer à la personne, par une voie sûre",
        du_gestionnaire(Permission.ENQUETE_OUVRIR, reservee=True),
    )


_OPPOSITION, _AVIS = (AttenteAvis.OPPOSITION,), (AttenteAvis.AVIS_A_PORTER,)
suivre(
    {
        VerbeAvis.S_OPPOSER: _OPPOSITION,
        VerbeEnquete.OUVRIR_ENQUETE: _OPPOSITION,
        VerbeEnquete.CLORE_ENQUETE: _OPPOSITION,
        VerbeAvis.CONFIER_AVIS: _AVIS,
        VerbeAvis.PORTER_AVIS: _AVIS,
    }
)
