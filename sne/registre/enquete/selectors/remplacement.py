"""Whether a past identity was replaced, and on whose word."""

from dataclasses import dataclass
from datetime import datetime

from sne.registre.demande.models.demande import Version
from sne.registre.demande.models.personne import Identite


@dataclass(frozen=True, slots=True)
class Remplacement:
    """From when to when an identity was in force on a demande, and the version that took it away, typed at ``guichet``.

    ``jusqu_au`` and ``version`` are ``None`` while it holds; ``nouveau`` is empty when the person left the demande.
    """

    nud: str
    role: str
    depuis: datetime | None
    jusqu_au: datetime | None = None
    version: int | None = None
    guichet: str = ""
    nouveau: str = ""


def get_remplacement(identite: Identite) -> Remplacement:
    """What took the place of this identity of its person, first."""
    versions = Version.objects.filter(demande=identite.demande_id).order_by("numero")
    ou = (identite.demande.nud, identite.personne.role)
    depuis: datetime | None = None
    for numero, survenu_le, identites in versions.values_list("numero", "survenu_le", "identites"):
        if identite.id in identites:
            depuis = depuis or survenu_le
        elif depuis is not None:
            suivante = Identite.objects.filter(id__in=identites, personne=identite.personne_id).first()
            if suivante is None:
                return Remplacement(*ou, depuis, survenu_le, numero)
            nouveau = f"{suivante.nom_naissance} {suivante.prenoms}"
            return Remplacement(*ou, depuis, survenu_le, numero, suivante.guichet, nouveau)
    return Remplacement(*ou, depuis)
