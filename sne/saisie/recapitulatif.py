"""What is read again before it is handed in: content in words, what is remarked, what comes later."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sne.registre.contenu.rules import nir as regles_nir
from sne.saisie.en_cours import SaisieEnCours
from sne.saisie.etapes import Etat
from sne.saisie.forms.pages import page_du_chemin, pages_pour
from sne.saisie.presentation import BLOCS
from sne.saisie.presentation.foyer import Membre, membres_du_foyer, naissances_attendues
from sne.saisie.presentation.mots import Bloc, Lecture
from sne.saisie.presentation.valeurs import libelle_de, phrase_de


@dataclass(frozen=True, slots=True)
class Section:
    """One page of the form, read again. ``ecran``: the screen where it is typed; ``objet``: what its links change,
    there (``adresse``) or on the recap (``sur_place``).
    """

    code: str
    ecran: str
    titre: str
    objet: str
    adresse: str
    sur_place: str
    blocs: list[Bloc]
    a_faire: bool


@dataclass(frozen=True, slots=True)
class Constat:
    """A sentence, and the page where what it says is typed."""

    phrase: str
    adresse: str
    fait: bool = False


@dataclass(frozen=True, slots=True)
class Recapitulatif:
    """One value per block of the page. ``remarques`` never prevent registration; ``elements`` may come later."""

    sections: list[Section]
    membres: list[Membre]
    naissances: str
    controles: Sequence[str]
    remarques: list[Constat]
    elements: list[Constat]

    @property
    def faits(self) -> int:
        """How many of the elements are there."""
        return sum(element.fait for element in self.elements)


def recapituler(
    saisie: SaisieEnCours,
    lecture: Lecture,
    *,
    controles: Sequence[str] = (),
    remarques: Sequence[Constat] = (),
) -> Recapitulatif:
    """Word what is being typed. ``controles``: what was looked at and found right; ``remarques``: of this step."""
    contenu = saisie.contenu
    saisis = {ref: regles_nir.masquer(nir) for ref, nir in saisie.nirs.items()}
    lecture = replace(lecture, nirs={**lecture.nirs, **saisis})
    return Recapitulatif(
        sections=_sections(saisie, lecture),
        membres=membres_du_foyer(contenu, lecture),
        naissances=naissances_attendues(contenu),
        controles=controles,
        remarques=[
            *remarques,
            *(
                Constat(phrase_de(remarque, contenu), saisie.retour_de(page_du_chemin(remarque.chemin)))
                for remarque in saisie.remarques
            ),
        ],
        elements=[
            Constat(
                libelle_de(element.chemin, contenu),
                saisie.retour_de(page_du_chemin(element.chemin)),
                element.fait,
            )
            for element in saisie.a_instruire
        ],
    )


def _sections(saisie: SaisieEnCours, lecture: Lecture) -> list[Section]:
    etats = {etape.code: etape.etat for etape in saisie.etapes}
    return [
        Section(
            code=page.code,
            ecran=saisie.ecran_de(page.code),
            titre=page.titre,
            objet=page.objet,
            adresse=saisie.retour_de(page.code),
            sur_place=saisie.sur_place(page.code),
            blocs=BLOCS[page.code](saisie.contenu, lecture) if page.code in BLOCS else [],
            a_faire=etats[saisie.ecran_de(page.code)] is Etat.A_FAIRE,
        )
        for page in pages_pour(saisie.contenu)
    ]
