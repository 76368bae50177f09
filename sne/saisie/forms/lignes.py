"""Repeated rows of one form, added and removed by submit buttons: no JavaScript, no management form."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from sne.saisie.brut import en_formulaire, nombre_de_lignes
from sne.socle.forms import Formulaire


def initiales(
    classe: type[Formulaire], brut: Mapping[str, Sequence[str]], prefixe: str | None
) -> dict[str, Any]:
    """What was typed, as initial values: a form shown again without its errors."""
    donnees = en_formulaire(brut)
    tete = f"{prefixe}-" if prefixe else ""
    return {
        nom: champ.widget.value_from_datadict(donnees, {}, f"{tete}{nom}")
        for nom, champ in classe.base_fields.items()
    }


def construire[F: Formulaire](
    classe: type[F],
    brut: Mapping[str, Sequence[str]],
    *,
    controler: bool,
    prefixe: str | None = None,
    **options: Any,
) -> F:
    """A form rebuilt from what was typed; ``controler`` says whether its errors are looked for."""
    if controler:
        return classe(en_formulaire(brut), prefix=prefixe, **options)
    return classe(initial=initiales(classe, brut, prefixe), prefix=prefixe, **options)


def propres(formulaire: Formulaire) -> dict[str, Any]:
    """Cleaned values of a checked form: a wrong field has none, the others count."""
    if not formulaire.is_bound:
        return {}
    return {**dict.fromkeys(formulaire.errors), **formulaire.cleaned_data}


PHRASE_SURPLUS = (
    "Un dossier en tient %(maximum)s au plus. Retirez cette ligne, puis dites-le au gestionnaire territorial."
)


class Lignes:
    """The rows of one group, ``minimum`` of them always shown. A row left empty is ignored: nothing was said in it."""

    def __init__(
        self,
        groupe: str,
        classe: type[Formulaire],
        brut: Mapping[str, Sequence[str]],
        *,
        maximum: int,
        minimum: int = 0,
        nommer: Callable[[int, Mapping[str, Sequence[str]]], str],
        controler: bool,
        **options: Any,
    ) -> None:
        self.groupe = groupe
        self.maximum = maximum
        self.formulaires = [
            construire(
                classe,
                brut,
                controler=controler,
                prefixe=f"{groupe}-{rang}",
                contexte=nommer(rang, brut),
                empty_permitted=True,
                **options,
            )
            for rang in range(1, max(minimum, nombre_de_lignes(brut, groupe)) + 1)
        ]
        if controler:
            self._refuser_le_surplus()

    def _refuser_le_surplus(self) -> None:
        """Rows above what a file holds stay on screen, each with what to do."""
        for formulaire in self.formulaires[self.maximum :]:
            if formulaire.is_valid():
                champ = next(iter(formulaire.visible_fields())).name
                trop = ValidationError(gettext(PHRASE_SURPLUS), params={"maximum": self.maximum})
                formulaire.add_error(champ, trop)

    def __iter__(self) -> Iterator[Formulaire]:
        return iter(self.formulaires)

    def __len__(self) -> int:
        return len(self.formulaires)

    @property
    def complet(self) -> bool:
        """Whether no row can be added."""
        return len(self.formulaires) >= self.maximum

    @property
    def remplies(self) -> list[dict[str, Any]]:
        """Cleaned values of the rows where something was typed; a wrong field is left out, the others count."""
        return [propres(f) for f in self.formulaires[: self.maximum] if f.is_bound and f.has_changed()]
