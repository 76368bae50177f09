"""Reads a commune, or a country of birth, typed in a text field: found, or a sentence that proposes the near ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django import forms
from django.utils import translation
from django.utils.translation import gettext, gettext_noop

from sne.referentiels.rules import Ambigue, CommuneChoix, PaysChoix, Trouvee
from sne.referentiels.rules.normalisation import normaliser_lieu
from sne.saisie.forms.champs import Cadre
from sne.saisie.propositions.communes import propositions_de
from sne.socle.forms import Formulaire
from sne.socle.langues import LANGUES

NOMBRE_CITE = 4
LE_NOM = gettext_noop(
    "Plusieurs communes répondent à «\u00a0%(saisie)s\u00a0»\u00a0: %(noms)s Ajoutez le nom."
)
LE_CODE = gettext_noop(
    "Plusieurs communes répondent à «\u00a0%(saisie)s\u00a0»\u00a0: %(noms)s Ajoutez le code postal."
)
INCONNUES = {
    (False, False): gettext_noop(
        "«\u00a0%(saisie)s\u00a0» n’est pas une commune connue. Vérifiez le nom ou le code postal."
    ),
    (False, True): gettext_noop(
        "«\u00a0%(saisie)s\u00a0» n’est pas une commune connue. Noms proches\u00a0: %(noms)s"
    ),
    (True, False): gettext_noop(
        "«\u00a0%(saisie)s\u00a0» n’est pas une commune connue dans le territoire %(lieu)s. Vérifiez le nom ou le code "
        "postal."
    ),
    (True, True): gettext_noop(
        "«\u00a0%(saisie)s\u00a0» n’est pas une commune connue dans le territoire %(lieu)s. Noms proches\u00a0: "
        "%(noms)s"
    ),
}
"""What is said of a commune that is none: looked for in a territory or not, near names found or not."""


class CommuneRefusee(forms.ValidationError):
    """Why a commune that was typed is none, or several; ``communes``: those that may be meant."""

    def __init__(self, phrase: str, communes: tuple[CommuneChoix, ...], **valeurs: str) -> None:
        super().__init__(phrase, params=valeurs)
        self.communes = communes


@dataclass(frozen=True, slots=True)
class LieuLu:
    """A place of birth as typed, and the commune or the country (INSEE codes) that it means."""

    saisie: str
    commune: str = ""
    pays: str = ""


def lire_commune(
    saisie: str, cadre: Cadre, *, territoire: str = "", code_postal: str = ""
) -> CommuneChoix | None:
    """The commune meant, in one territory or (none given) in the whole country; ``None``: nothing typed.

    Raises ``CommuneRefusee`` with the possible names when several answer, the nearest when none does.
    """
    if not saisie.strip():
        return None
    if territoire:
        resolution = cadre.geographie.resoudre(saisie, territoire)
    else:
        resolution = cadre.geographie.resoudre_partout(saisie, code_postal)
    if isinstance(resolution, Trouvee):
        return resolution.commune
    if isinstance(resolution, Ambigue):
        phrase = LE_NOM if saisie.strip().isdigit() else LE_CODE
        raise CommuneRefusee(
            gettext(phrase), resolution.candidates, saisie=saisie, noms=_citer(resolution.candidates)
        )
    lieu = cadre.geographie.nom_territoire(territoire) if territoire else ""
    phrase = INCONNUES[bool(lieu), bool(resolution.proches)]
    raise CommuneRefusee(
        gettext(phrase), resolution.proches, saisie=saisie, lieu=lieu, noms=_citer(resolution.proches)
    )


def offrir_les_proches(
    formulaire: Formulaire, nom: str, refus: CommuneRefusee, *, saisie: str, code_postal: str = ""
) -> None:
    """Beside the field of a commune that was refused, those that may be meant."""
    formulaire.fields[nom].proches = propositions_de(nom, saisie, refus.communes, code_postal=code_postal)


def lire_naissance(saisie: str, cadre: Cadre) -> LieuLu | None:
    """The commune or the country of a birth; ``None``: nothing typed. Raises ``CommuneRefusee`` for neither.

    A country may be typed as households' languages say it, whichever the page is in: a draft goes from one to another.
    """
    pays = cadre.geographie.resoudre_pays(saisie)
    if pays is not None:
        return LieuLu(saisie, pays=pays.code)
    try:
        commune = lire_commune(saisie, cadre)
    except CommuneRefusee:
        code = _pays_traduits(cadre.geographie.pays).get(normaliser_lieu(saisie))
        if code is None:
            raise
        return LieuLu(saisie, pays=code)
    return LieuLu(saisie, commune=commune.code) if commune else None


@lru_cache(maxsize=1)
def _pays_traduits(pays: tuple[PaysChoix, ...]) -> Mapping[str, str]:
    """Key of each name in the languages of households → code; a name of two countries is left out."""
    codes: dict[str, set[str]] = {}
    for langue in LANGUES:
        with translation.override(langue.code):
            for p in pays:
                codes.setdefault(normaliser_lieu(gettext(p.nom)), set()).add(p.code)
    return {cle: next(iter(de)) for cle, de in codes.items() if len(de) == 1}


def _citer(communes: tuple[CommuneChoix, ...]) -> str:
    fin = "…" if len(communes) > NOMBRE_CITE else "."
    return ", ".join(commune.libelle for commune in communes[:NOMBRE_CITE]) + fin
