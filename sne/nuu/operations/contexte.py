"""What every operation is given, and what it gives back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sne.nuu.convention import Interlocuteur
from sne.nuu.parametres import ParametresNuu
from sne.nuu.rules.ecriture import Repli
from sne.nuu.rules.enveloppe import Appel, Fichier
from sne.nuu.rules.xml import Limites
from sne.referentiels.rules import Parametres
from sne.referentiels.selectors import get_nomenclatures, get_parametres
from sne.socle.acte import Acte
from sne.socle.horloge import PARIS, jour


@dataclass(frozen=True, slots=True)
class Contexte:
    """One call: who, when, within which limits."""

    appel: Appel
    convention: Interlocuteur
    instant: datetime
    limites: Limites
    parametres: ParametresNuu

    @property
    def repli(self) -> Repli:
        """The code that an older partner knows, for a later one."""
        return get_nomenclatures(jour(self.instant)).repli

    @property
    def date_fichier(self) -> datetime:
        """Instant of the answer, as it is written."""
        return self.instant.astimezone(PARIS)

    def acte(self, guichet: str = "") -> Acte:
        """The act, for this guichet of the agreement. Raises ``NonHabilite``."""
        return Acte(self.convention.acteur(guichet), self.instant)


@dataclass(frozen=True, slots=True)
class Reponse:
    """The element of the answer's body and its files."""

    corps: str
    fichiers: Sequence[Fichier] = ()


def limites_de(parametres: Parametres) -> Limites:
    """The dated limits of what is read."""
    lus = parametres[ParametresNuu]
    return Limites(
        message_octets=lus.nuu_message_max_octets,
        parties=lus.nuu_parties_max,
        entetes_octets=lus.nuu_entetes_max_octets,
        fichier_octets=lus.nuu_fichier_max_octets,
        elements=lus.nuu_elements_max,
        profondeur=lus.nuu_profondeur_max,
        attributs=lus.nuu_attributs_max,
    )


def ouvrir(appel: Appel, convention: Interlocuteur, instant: datetime) -> Contexte:
    """The context of one call, read at the day's parameters."""
    parametres = get_parametres(jour(instant))
    return Contexte(appel, convention, instant, limites_de(parametres), parametres[ParametresNuu])


def nom_de_fichier(guichet: str, instant: datetime) -> str:
    """``DEMG1226-202611290800-000000.xml``; the six digits are of the second and below."""
    local = instant.astimezone(PARIS)
    return f"DEM{guichet}-{local:%Y%m%d%H%M}-{local.second:02d}{local.microsecond // 100:04d}.xml"
