"""What ``sne mesures`` says: the checks of ``sne sante`` and the State's services: gauges, no person in any label."""

from prometheus_client import CollectorRegistry, Gauge

from sne.cli.diagnostic import diagnostiquer
from sne.connecteurs.rules.sante import Sante
from sne.connecteurs.selectors import list_services
from sne.socle.horloge import maintenant


def relever(registre: CollectorRegistry) -> None:
    """Fill ``registre`` with how things stand now; without a database, with the checks alone."""
    bon = Gauge("sne_controle_bon", "1 quand le contrôle est bon", ["controle"], registry=registre)
    controles = diagnostiquer()
    for controle in controles:
        bon.labels(controle.nom).set(controle.bon)
    if controles[0].bon:
        _services(registre)


def _services(registre: CollectorRegistry) -> None:
    etat = Gauge(
        "sne_service_etat",
        "1 dans l’état où est ce service de l’État",
        ["service", "etat"],
        registry=registre,
    )
    trouble = Gauge(
        "sne_service_perturbe_secondes",
        "Depuis quand ce service de l’État est perturbé ; 0 s’il ne l’est pas",
        ["service"],
        registry=registre,
    )
    instant = maintenant()
    for vu in list_services():
        for sante in Sante:
            etat.labels(vu.service.value, sante.name).set(vu.sante is sante)
        depuis = (instant - vu.depuis).total_seconds() if vu.depuis else 0
        trouble.labels(vu.service.value).set(depuis)
