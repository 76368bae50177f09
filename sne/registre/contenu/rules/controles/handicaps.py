"""Control 16: the handicap sheets."""

from collections.abc import Iterator

from sne.registre.contenu.rules.arbre.handicap import Handicap
from sne.registre.contenu.rules.arbre.references import date_naissance, membre
from sne.registre.contenu.rules.controles.contexte import Constat, Contexte, constat

AUCUNE_AIDE = "1"


def fiche_sans_personne(contexte: Contexte) -> Iterator[Constat]:
    """Rule 16: each sheet points at one member of the household (a birth date alone is ambiguous for
    twins).
    """
    for rang, fiche in enumerate(contexte.contenu.handicaps):
        if fiche.personne is None or membre(contexte.contenu, fiche.personne) is None:
            yield constat(f"handicaps[{rang}].personne", "choisissez une personne du foyer.")


def fiche_repetee(contexte: Contexte) -> Iterator[Constat]:
    """Rule 16: one sheet per person."""
    vues: set[str] = set()
    for rang, fiche in enumerate(contexte.contenu.handicaps):
        if fiche.personne is not None and fiche.personne in vues:
            yield constat(
                f"handicaps[{rang}].personne", "cette personne a déjà une fiche. N’en gardez qu’une."
            )
        vues.add(fiche.personne or "")


def fiche_d_une_autre_date(contexte: Contexte) -> Iterator[Constat]:
    """Rule 16: the birth date of a sheet is the one of its person."""
    for rang, fiche in enumerate(contexte.contenu.handicaps):
        personne = membre(contexte.contenu, fiche.personne or "")
        if personne is not None and fiche.date_naissance not in {None, date_naissance(personne)}:
            yield constat(
                f"handicaps[{rang}].date_naissance", "ce n’est pas celle de la personne choisie. Corrigez-la."
            )


def _blocs(fiche: Handicap) -> dict[str, tuple[bool | None, bool]]:
    """Block → (flag, whether natures are filled)."""
    return {
        "moteur": (fiche.moteur.present, bool(fiche.moteur.natures)),
        "sensoriel": (fiche.sensoriel.present, bool(fiche.sensoriel.natures)),
        "autre": (fiche.autre.present, fiche.autre.nature is not None),
    }


def nature_discordante(contexte: Contexte) -> Iterator[Constat]:
    """Rule 16: a disability that is present has a nature, and the other way round."""
    for rang, fiche in enumerate(contexte.contenu.handicaps):
        for bloc, (present, rempli) in _blocs(fiche).items():
            if present and not rempli:
                yield constat(f"handicaps[{rang}].{bloc}", "précisez-en la nature.")
            elif rempli and not present:
                yield constat(
                    f"handicaps[{rang}].{bloc}", "une nature est indiquée. Cochez ce handicap, ou retirez-la."
                )


def fiche_sans_handicap(contexte: Contexte) -> Iterator[Constat]:
    """Rule 16: at least one kind of disability is expected."""
    for rang, fiche in enumerate(contexte.contenu.handicaps):
        if not any(present for present, _ in _blocs(fiche).values()):
            yield constat(f"handicaps[{rang}]", "indiquez au moins un handicap, moteur, sensoriel ou autre.")


def aide_contradictoire(contexte: Contexte) -> Iterator[Constat]:
    """Rule 16: « aucune aide » stands alone."""
    for rang, fiche in enumerate(contexte.contenu.handicaps):
        if AUCUNE_AIDE in fiche.aides_techniques and len(set(fiche.aides_techniques)) > 1:
            yield constat(
                f"handicaps[{rang}].aides_techniques",
                "« aucune » exclut les autres. Retirez l’une ou les autres.",
            )
