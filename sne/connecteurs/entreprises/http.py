"""The search of companies over HTTP. It knows no other way than the address; a name of a company goes in it."""

from sne.connecteurs.allumage import adresse_de
from sne.connecteurs.appel import retrouver
from sne.connecteurs.client import Requete
from sne.connecteurs.entreprises.rules.etats import Entreprise
from sne.connecteurs.entreprises.rules.lecture import (
    RechercheEntreprise,
    lire_entreprises,
    parametres,
    texte_cherche,
)
from sne.connecteurs.memoire import Memoire
from sne.connecteurs.rules import Motif, Pour, Resultat, SansReponse, Service

memoire: Memoire[tuple[Entreprise, ...]] = Memoire()


class ServiceNational:
    """Asks ``SNE_ENTREPRISES_URL``; what it answered lately is not asked again."""

    def chercher(self, recherche: RechercheEntreprise, *, pour: Pour) -> Resultat[tuple[Entreprise, ...]]:
        """See the port. A number whose key is wrong is nobody's: it is not asked."""
        texte = texte_cherche(recherche.texte)
        if not texte:
            return SansReponse(Motif.REFUSE)
        requete = Requete(
            f"{adresse_de(Service.ENTREPRISES)}/search", parametres=parametres(recherche, texte.lower())
        )
        return retrouver(
            memoire,
            Service.ENTREPRISES,
            requete,
            pour=pour,
            lire=lambda recu: lire_entreprises(recu.octets, texte=texte),
        )
