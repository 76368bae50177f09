"""The national service of addresses, over HTTP. It knows no other way than the address: what is typed goes in it."""

from sne.connecteurs.allumage import adresse_de
from sne.connecteurs.appel import retrouver
from sne.connecteurs.ban.rules import Adresse, RechercheAdresse, lire_adresses, parametres, texte_cherche
from sne.connecteurs.client import Requete
from sne.connecteurs.memoire import Memoire
from sne.connecteurs.rules import Motif, Pour, Resultat, SansReponse, Service

memoire: Memoire[tuple[Adresse, ...]] = Memoire()


class ServiceNational:
    """Asks ``SNE_BAN_URL``; what it answered lately is not asked again."""

    def chercher(self, recherche: RechercheAdresse, *, pour: Pour) -> Resultat[tuple[Adresse, ...]]:
        """See the port. What is too short to be asked is refused here."""
        texte = texte_cherche(recherche.texte)
        if not texte:
            return SansReponse(Motif.REFUSE)
        requete = Requete(
            f"{adresse_de(Service.BAN)}/search", parametres=parametres(recherche, texte.lower())
        )
        return retrouver(
            memoire, Service.BAN, requete, pour=pour, lire=lambda recu: lire_adresses(recu.octets)
        )
