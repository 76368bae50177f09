"""Where each service is asked, and whether it helps somebody there: the environment, then a dated parameter."""

from django.conf import settings

from sne.connecteurs.parametres import ParametresConnecteurs
from sne.connecteurs.rules import Pour, Service, eteint
from sne.referentiels.selectors import get_parametres
from sne.socle.horloge import aujourd_hui


def adresse_de(service: Service) -> str:
    """Where it is asked, without a final slash; empty when the environment names none."""
    adresse: str = settings.CONNECTEURS[service.value]
    return adresse


def est_allume(service: Service, *, pour: Pour) -> bool:
    """Whether somebody there, through that channel, is helped by it today."""
    eteints = get_parametres(aujourd_hui())[ParametresConnecteurs].connecteurs_eteints
    return bool(adresse_de(service)) and not eteint(service, pour=pour, eteints=eteints)


def adresses_en_local() -> bool:
    """Whether our own index of addresses answers today, and not the national service."""
    return get_parametres(aujourd_hui())[ParametresConnecteurs].adresses_source == "INDEX"
