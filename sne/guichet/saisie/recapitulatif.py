"""What is read again with the person at the last step: content in words, controls made, what comes later."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sne.guichet.lecture.presentation import BLOCS
from sne.guichet.lecture.presentation.foyer import Membre, membres_du_foyer, naissances_attendues
from sne.guichet.lecture.presentation.mots import Bloc, Lecture
from sne.guichet.lecture.valeurs import libelle_de, phrase_de
from sne.guichet.saisie.brut import premier
from sne.guichet.saisie.enregistrement import DOUBLONS, Enregistrement
from sne.guichet.saisie.etapes import Etat
from sne.guichet.saisie.forms.pages import page_du_chemin, pages_pour
from sne.guichet.saisie.saisie import SaisieEnCours
from sne.registre.contenu.rules import nir as regles_nir

PAS_DE_PROCHE = (
    "Aucune demande proche\u00a0: nom, naissance, sécurité sociale et téléphone cherchés dans le territoire"
)
PROCHES_ECARTEES = "Demande proche écartée"
PROCHES_JUSTIFIEES = "Demande proche écartée, la raison est notée"


@dataclass(frozen=True, slots=True)
class Section:
    """One page of the form, read again. ``objet``: what its link changes."""

    code: str
    titre: str
    objet: str
    adresse: str
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
                Constat(phrase_de(remarque, contenu), saisie.adresse(page_du_chemin(remarque.chemin)))
                for remarque in saisie.remarques
            ),
        ],
        elements=[
            Constat(
                libelle_de(element.chemin, contenu),
                saisie.adresse(page_du_chemin(element.chemin)),
                element.fait,
            )
            for element in saisie.a_instruire
        ],
    )


def _sections(saisie: SaisieEnCours, lecture: Lecture) -> list[Section]:
    etats = {page.code: page.etat for etape in saisie.etapes for page in etape.pages}
    return [
        Section(
            code=page.code,
            titre=page.titre,
            objet=page.objet,
            adresse=saisie.adresse(page.code),
            blocs=BLOCS[page.code](saisie.contenu, lecture) if page.code in BLOCS else [],
            a_faire=etats[page.code] is Etat.A_FAIRE,
        )
        for page in pages_pour(saisie.contenu)
    ]


def controles_faits(enregistrement: Enregistrement) -> list[str]:
    """What was looked at and found right before a registration."""
    faits = []
    if not enregistrement.association:
        faits.append(_proches(enregistrement))
    if enregistrement.nirs:
        faits.append("Numéro de sécurité sociale\u00a0: clé juste")
    if enregistrement.contenu.souhaits.localisations:
        faits.append("Communes souhaitées\u00a0: toutes dans le territoire")
    return faits


def remarques_de_la_piece(enregistrement: Enregistrement) -> list[Constat]:
    """What is remarked of the document seen, where it is typed."""
    perime = enregistrement.titre_perime
    return [Constat(perime, "#id_piece_fin")] if perime else []


def _proches(enregistrement: Enregistrement) -> str:
    if DOUBLONS not in enregistrement.donnees:
        return PAS_DE_PROCHE
    raison = premier(enregistrement.donnees[DOUBLONS], "justification")
    return PROCHES_JUSTIFIEES if raison else PROCHES_ECARTEES
