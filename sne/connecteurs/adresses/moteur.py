"""The port of addresses answered by our own index: nothing leaves the machine, and nobody outside can make it wait."""

from sne.connecteurs.adresses.recherche import chercher_voies
from sne.connecteurs.adresses.rules import lire_question
from sne.connecteurs.ban.rules import LIMITE_MAX, Adresse, RechercheAdresse, texte_cherche
from sne.connecteurs.models import DepartementAdresses
from sne.connecteurs.parametres import ParametresConnecteurs
from sne.connecteurs.rules import Motif, Pour, Reponse, Resultat, SansReponse, Service, eteint
from sne.referentiels.selectors import get_parametres
from sne.socle.horloge import jour, maintenant


class IndexLocal:
    """Asks the tables of this database."""

    def chercher(self, recherche: RechercheAdresse, *, pour: Pour) -> Resultat[tuple[Adresse, ...]]:
        """See the port. An index that holds nothing is off: it would say of every address that there is none."""
        if not texte_cherche(recherche.texte):
            return SansReponse(Motif.REFUSE)
        instant = maintenant()
        eteints = get_parametres(jour(instant))[ParametresConnecteurs].connecteurs_eteints
        if eteint(Service.BAN, pour=pour, eteints=eteints):
            return SansReponse(Motif.ETEINT)
        question = lire_question(recherche.texte[:200])
        limite = max(1, min(recherche.limite, LIMITE_MAX))
        trouvees = chercher_voies(question, commune=recherche.code_commune, limite=limite)
        if not trouvees and not DepartementAdresses.objects.exists():
            return SansReponse(Motif.ETEINT)
        return Reponse(trouvees, instant)
