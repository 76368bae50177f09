"""What narrows the lists of attestations: the counter, for who follows several; how each is to be handed over."""

from collections.abc import Collection, Mapping

from sne.attestations.rules import CanalRemise
from sne.attestations.selectors import FiltreRegistre
from sne.referentiels.selectors import list_guichets
from sne.socle.acteur import Acteur
from sne.socle.horloge import aujourd_hui


def list_guichets_a_choisir(acteur: Acteur) -> list[tuple[str, str]]:
    """(code, label) of the counters to choose among; none for who acts for one."""
    if acteur.guichet:
        return []
    return [(g.code, g.libelle) for g in list_guichets(acteur.territoire, le=aujourd_hui())]


def list_choix(acteur: Acteur) -> Mapping[str, Collection[str]]:
    """What an address of these lists may say, by name."""
    guichets = [code for code, _ in list_guichets_a_choisir(acteur)]
    return {"guichet": guichets, "remise": [canal.value for canal in CanalRemise]}


def lire_filtre(acteur: Acteur, options: Mapping[str, str]) -> FiltreRegistre:
    """The filter that they make: of the actor's counter, or of the one chosen."""
    return FiltreRegistre(
        territoire=acteur.territoire,
        guichet=acteur.guichet or options.get("guichet", ""),
        canal_prevu=options.get("remise", ""),
    )
