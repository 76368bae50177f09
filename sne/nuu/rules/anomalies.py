"""Anomalies and refusals of the register as the interface says them. Pure."""

from collections.abc import Iterable

from sne.anomalies.catalogue import borner, ligne_de
from sne.nuu.rules.description import chemins
from sne.nuu.rules.ecriture import AnomalieFilaire
from sne.registre.contenu.rules.anomalie import Anomalie
from sne.registre.contenu.rules.arbre.champs import generique
from sne.registre.demande.rules.refus import DepotIncomplet
from sne.socle.erreurs import Refus

PROPRIETE_MAX = 255


def dire(produit: str, phrase: str, chemin: str = "") -> AnomalieFilaire:
    """One anomaly. ``chemin``: of the tree; the interface names the element instead."""
    xml = chemins().get(generique(chemin).removesuffix("[]"), "")
    return AnomalieFilaire(ligne_de(produit).code, borner(phrase), xml[:PROPRIETE_MAX])


def des_anomalies(anomalies: Iterable[Anomalie]) -> tuple[AnomalieFilaire, ...]:
    """Those that block; the others are said on screens."""
    return tuple(dict.fromkeys(dire(a.code, a.phrase, a.chemin) for a in anomalies if a.bloquante))


def du_refus(refus: Refus) -> tuple[AnomalieFilaire, ...]:
    """What a refusal says: each field when the content is at fault, else its one sentence."""
    if isinstance(refus, DepotIncomplet):
        return des_anomalies(refus.anomalies)
    return (dire(refus.code, refus.phrase, refus.champ),)
