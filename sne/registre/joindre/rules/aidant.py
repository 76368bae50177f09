"""A contact of a household is not that of somebody who helps it: they would read its messages and its codes. Pure."""

from collections.abc import Iterator, Mapping

from sne.registre.contenu.rules.anomalie import Anomalie, bloquer
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import adultes

PHRASE = (
    "Cette adresse électronique est celle de {nom}, qui aide pour cette demande et lirait les messages et les codes. "
    "Donnez celle de la personne elle-même, ou aucune."
)


def verifier_aidants(contenu: Contenu, aidants: Mapping[str, str]) -> Iterator[Anomalie]:
    """The addresses of adults that are a helper's. ``aidants``: address in small letters → who helps."""
    for rang, (_, adulte) in enumerate(adultes(contenu)):
        nom = aidants.get((adulte.contact.courriel or "").casefold())
        if nom:
            prefixe = f"cotitulaires[{rang - 1}]" if rang else "demandeur"
            yield bloquer(f"{prefixe}.contact.courriel", PHRASE.format(nom=nom))
