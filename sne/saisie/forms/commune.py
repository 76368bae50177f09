"""Reads a commune typed in a text field: found, or a sentence that proposes the near ones."""

from dataclasses import dataclass

from django import forms

from sne.referentiels.rules import Ambigue, CommuneChoix, Trouvee
from sne.saisie.forms.champs import Cadre

NOMBRE_CITE = 4


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

    Raises ``ValidationError`` with the possible names when several answer, the nearest when none does.
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
        manque = "le nom" if saisie.strip().isdigit() else "le code postal"
        raise forms.ValidationError(
            f"Plusieurs communes répondent à «\u00a0{saisie}\u00a0»\u00a0: {_citer(resolution.candidates)} "
            f"Ajoutez {manque}."
        )
    lieu = f" dans le territoire {cadre.geographie.nom_territoire(territoire)}" if territoire else ""
    conseil = "Vérifiez le nom ou le code postal."
    if resolution.proches:
        conseil = f"Noms proches\u00a0: {_citer(resolution.proches)}"
    raise forms.ValidationError(f"«\u00a0{saisie}\u00a0» n’est pas une commune connue{lieu}. {conseil}")


def lire_naissance(saisie: str, cadre: Cadre) -> LieuLu | None:
    """The commune or the country of a birth; ``None``: nothing typed. Raises ``ValidationError`` for neither."""
    pays = cadre.geographie.resoudre_pays(saisie)
    if pays is not None:
        return LieuLu(saisie, pays=pays.code)
    commune = lire_commune(saisie, cadre)
    return LieuLu(saisie, commune=commune.code) if commune else None


def _citer(communes: tuple[CommuneChoix, ...]) -> str:
    fin = "…" if len(communes) > NOMBRE_CITE else "."
    return ", ".join(commune.libelle for commune in communes[:NOMBRE_CITE]) + fin
