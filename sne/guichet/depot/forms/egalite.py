"""The checklist of equal treatment, one group of boxes per step; ticking nothing is an answer too."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django import forms

from sne.registre.depot.rules.egalite import MOMENTS, Etape, Moment, Nature, ordonner, points_de
from sne.saisie.brut import Brut
from sne.socle.forms import Cases, Formulaire

ATTESTATION = "ATTESTATION"
"""A box among the others that is not part of the checklist: when it is ticked, the hand-over is recorded in the
register of the attestations.
"""
FAIT = {Nature.EXPLIQUE: "expliqué", Nature.REMIS: "remise faite"}


def champ_de(moment: Moment) -> str:
    """Name of the field of a step."""
    return f"egalite_{moment.lower()}"


def _cases(moment: Moment) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=MOMENTS[moment],
        choices=[(point.code, f"{point.phrase} ({FAIT[point.nature]})") for point in points_de(moment)],
        required=False,
        widget=Cases(en_ligne=False),
    )


class FormulaireEgalite(Formulaire):
    """Boxes of some of the three steps: ``moments``, except the lines ``sauf``, which another field already covers.

    ``attestation``: whether one may still be handed over, by a box of the last step.
    """

    egalite_avant = _cases(Moment.AVANT)
    egalite_pendant = _cases(Moment.PENDANT)
    egalite_apres = _cases(Moment.APRES)

    def __init__(
        self,
        *args: Any,
        moments: Sequence[Moment] = tuple(Moment),
        sauf: Collection[str] = (),
        attestation: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for moment in Moment:
            champ = self.fields[champ_de(moment)]
            champ.choices = [(code, phrase) for code, phrase in champ.choices if code not in sauf]
            if moment not in moments:
                del self.fields[champ_de(moment)]
        if attestation:
            apres = self.fields[champ_de(Moment.APRES)]
            apres.choices = [
                (ATTESTATION, "L’attestation d’enregistrement (remise au guichet)"),
                *apres.choices,
            ]


def points_coches(brut: Brut, moments: Iterable[Moment]) -> dict[Moment, tuple[str, ...]]:
    """Lines ticked, by step. A value that is not in the list is ignored, so that no form has to refuse it."""
    return {moment: ordonner(moment, brut.get(champ_de(moment), ())) for moment in moments}


def attestation_cochee(brut: Brut) -> bool:
    """Whether the box of the attestation is ticked."""
    return ATTESTATION in brut.get(champ_de(Moment.APRES), ())


def saisie_egalite(etapes: Sequence[Etape]) -> Brut:
    """What would be ticked to record what is already recorded."""
    dits: Mapping[str, list[str]] = {
        champ_de(etape.moment): [point.code for point, fait in etape.lignes if fait] for etape in etapes
    }
    return {nom: codes for nom, codes in dits.items() if codes}
