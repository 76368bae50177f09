"""Sizes of drawings, and how one becomes the two figures that a page shows, one for each width of screen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe


@dataclass(frozen=True, slots=True)
class Cadre:
    """A width of drawing, in its own units."""

    largeur: int

    @property
    def large(self) -> bool:
        return self.largeur >= LARGE.largeur


LARGE, ETROIT = Cadre(900), Cadre(340)


@dataclass(frozen=True, slots=True)
class Dessin:
    """A drawing ready for a page, the sentence that it concludes with, and the same figures in words, in order."""

    svg: SafeString
    phrase: str
    lignes: tuple[tuple[str, str], ...]


def dessiner(
    gabarit: str,
    composer: Callable[[Cadre], Any],
    *,
    identifiant: str,
    titre: str,
    phrase: str,
    lignes: Sequence[tuple[str, str]],
    tableau: str,
) -> Dessin:
    """Both figures of a drawing. ``identifiant``: unique in the page; ``tableau``: the id of the table that says the
    same, empty when the drawing has to carry one of its own, folded.
    """
    figures = [
        render_to_string(
            gabarit,
            {
                "d": composer(cadre),
                "cadre": cadre,
                "id": f"{identifiant}-{cadre.largeur}",
                "titre": titre,
                "phrase": phrase,
                "tableau": tableau or f"{identifiant}-chiffres",
            },
        )
        for cadre in (LARGE, ETROIT)
    ]
    if not tableau:
        figures.append(
            render_to_string(
                "infocentre/dessins/chiffres.html",
                {"id": f"{identifiant}-chiffres", "titre": titre, "lignes": lignes},
            )
        )
    # Each part was made by a template, which escapes.
    return Dessin(mark_safe("".join(figures)), phrase, tuple(lignes))  # noqa: S308


def place(valeur: float) -> str:
    """A coordinate as SVG writes it, whatever the language of the page."""
    return f"{valeur:.1f}".removesuffix(".0")
