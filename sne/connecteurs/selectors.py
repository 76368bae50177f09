"""How the services of the State fare, for whom the page is shown to, or for the operator."""

from django.db.models import Max

from sne.connecteurs.allumage import adresse_de, adresses_en_local
from sne.connecteurs.etat import get_etats
from sne.connecteurs.models import DepartementAdresses
from sne.connecteurs.parametres import ParametresConnecteurs
from sne.connecteurs.rules import Pour, Service, eteint
from sne.connecteurs.rules.sante import ServiceVu, voir, voir_index
from sne.referentiels.selectors import get_parametres
from sne.socle.horloge import aujourd_hui, jour


def list_services(pour: Pour | None = None) -> tuple[ServiceVu, ...]:
    """Each of them, in their order. ``pour``: there, and through that channel; nowhere in particular when ``None``."""
    return tuple(_voir(service, pour) for service in Service)


def _voir(service: Service, pour: Pour | None) -> ServiceVu:
    eteints = get_parametres(aujourd_hui())[ParametresConnecteurs].connecteurs_eteints
    eteint_ici = pour is not None and eteint(service, pour=pour, eteints=eteints)
    if service is Service.BAN and adresses_en_local():
        charge_le = DepartementAdresses.objects.aggregate(le=Max("charge_le"))["le"]
        return voir_index(jour(charge_le) if charge_le else None, eteint_ici=eteint_ici)
    adresse = bool(adresse_de(service))
    return voir(service, get_etats().get(service), adresse=adresse, eteint_ici=eteint_ici)
