"""Where a service is switched off: « BAN », « BAN:099 », « *:099:portail », as a dated parameter lists them."""

from collections.abc import Iterable

from sne.connecteurs.rules.reponses import Pour, Service

TOUT = "*"


def eteint(service: Service, *, pour: Pour, eteints: Iterable[str]) -> bool:
    """Whether one of these lines covers it; what a line does not say covers everything."""
    cherche = (service.value, pour.territoire, pour.canal.value)
    return any(
        all(dit in {TOUT, vrai} for dit, vrai in zip(ligne.split(":"), cherche, strict=False))
        for ligne in eteints
    )
