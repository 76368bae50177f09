"""Business messages of the tests, written as a vendor's software would."""

from datetime import date, datetime

from sne.nuu.rules.ecriture import Emission, ecrire_message
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.socle.horloge import PARIS
from tests.registre.factories import contenu

INSTANT = datetime(2026, 11, 29, 8, 0, tzinfo=PARIS)


def message(
    type_fichier: str = "CRE",
    contenu_: Contenu | None = None,
    *,
    version: str = "02.01",
    jour: date | None = None,
    guichet: str = "G0993",
    reference: str | None = None,
    forcer: bool | None = None,
    **dossier: object,
) -> str:
    """One message of this kind, with this content."""
    siens = {"guichet": guichet, "date_depot": jour or date(2026, 11, 24), **dossier}
    emission = Emission(
        contenu_ or contenu(), siens, {"reference_interne": reference, "forcer_doublon": forcer}
    )
    return ecrire_message([emission], type_fichier=type_fichier, date_fichier=INSTANT, version=version)
