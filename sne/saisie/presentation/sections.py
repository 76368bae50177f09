"""The content of a file by sections, one per page of the form: in brief, in full, and what is still to be said."""

from collections.abc import Callable
from dataclasses import dataclass

from sne.registre.contenu.rules.arbre.derive import nb_personnes, ressources_mensuelles, rfr_reference
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.completude import elements_pour_instruire
from sne.saisie.forms.pages import PAGES, page_du_chemin, pages_pour
from sne.saisie.forms.pages.page import Page
from sne.saisie.presentation import BLOCS
from sne.saisie.presentation.foyer import Membre, membres_du_foyer, naissances_attendues
from sne.saisie.presentation.mots import Bloc, Lecture, Ligne, a_la_commune, dites, euros
from sne.saisie.presentation.valeurs import libelle_de

SANTE_MASQUEE = "Masqué\u00a0: peut révéler la santé."
MELEES = frozenset({"motifs", "ressources"})
"""Pages that hold health data among others: what is shown of them is not all."""
DE_SANTE = ("handicaps", "motifs.codes")
FOYER = "foyer"


@dataclass(frozen=True, slots=True)
class Section:
    """One page of the form as the file shows it; ``adresse``: where it is changed, or an empty text."""

    code: str
    titre: str
    objet: str
    adresse: str
    blocs: list[Bloc]


@dataclass(frozen=True, slots=True)
class Manque:
    """One item that a commission needs: its name, whether it is there, where it is typed."""

    libelle: str
    fait: bool
    adresse: str


@dataclass(frozen=True, slots=True)
class Detail:
    """A content as a page shows it."""

    bref: list[Ligne]
    sections: list[Section]
    membres: list[Membre]
    naissances: str
    manques: list[Manque]

    @property
    def faits(self) -> int:
        """How many of the items are there."""
        return sum(manque.fait for manque in self.manques)


def detailler(
    contenu: Contenu, lecture: Lecture, *, sante: bool, adresse: Callable[[str], str] | None = None
) -> Detail:
    """Word a content. ``sante``: it is shown with its health data; ``adresse``: where a page is changed, if it may."""
    situer = adresse or (lambda _: "")
    return Detail(
        bref=_en_bref(contenu, lecture, sante=sante),
        sections=[
            Section(
                code=page.code,
                titre=page.titre,
                objet=page.objet,
                adresse=situer(page.code),
                blocs=_blocs(page, contenu, lecture, sante=sante),
            )
            for page in pages_pour(contenu)
        ],
        membres=membres_du_foyer(contenu, lecture),
        naissances=naissances_attendues(contenu),
        manques=[
            Manque(
                libelle_de(element.chemin, contenu),
                element.fait,
                situer(code) if (code := page_du_chemin(element.chemin)) in PAGES else "",
            )
            for element in elements_pour_instruire(contenu)
            if sante or (not element.chemin.startswith(DE_SANTE) and not element.chemin.endswith(".recues"))
        ],
    )


def _blocs(page: type[Page], contenu: Contenu, lecture: Lecture, *, sante: bool) -> list[Bloc]:
    """The values of a page. Health that is not shown is said not to be: « aucune » would be another thing."""
    masquees = [Bloc([Ligne("Données de santé", absence=SANTE_MASQUEE)])]
    if not sante and any(chemin.startswith("handicaps") for chemin in page.chemins):
        return masquees
    dits = BLOCS[page.code](contenu, lecture) if page.code in BLOCS else []
    return [*dits, *masquees] if not sante and page.code in MELEES else dits


def _en_bref(contenu: Contenu, lecture: Lecture, *, sante: bool) -> list[Ligne]:
    """What a commission asks first. A sum that hidden incomes would make wrong is not shown."""
    personnes = nb_personnes(contenu)
    souhaits = contenu.souhaits
    types = [lecture.libelle("ListeTypeLogement", code) for code in souhaits.types_logement]
    communes = [
        lecture.geographie.nom_commune(lieu.commune) for lieu in souhaits.localisations if lieu.commune
    ]
    statuts = [
        lecture.libelle("ListeModeleLogement", code) for code in contenu.logement_actuel.statuts_occupation
    ]
    motifs = [lecture.libelle("ListeMotifDemande", code) for code in contenu.motifs.codes[:1]]
    lieux = [a_la_commune(commune) for commune in communes]
    ou = " ou ".join(filter(None, [", ".join(lieux[:-1]), *lieux[-1:]]))
    lignes = [Ligne("Cherche", " ".join(filter(None, [" ou ".join(types), ou])))]
    if not personnes:
        return dites(lignes)
    ressources = euros(ressources_mensuelles(contenu)) if sante else ""
    return [
        Ligne("Foyer", f"{personnes}\u00a0personne{'s' if personnes > 1 else ''}"),
        *lignes,
        Ligne("Logement actuel", ", ".join(statuts)),
        Ligne(
            "Motif principal", "".join(motifs) if sante else "", "Non renseigné" if sante else SANTE_MASQUEE
        ),
        Ligne("Ressources du mois", ressources, "Non renseigné" if sante else SANTE_MASQUEE),
        Ligne("Revenu fiscal de référence", euros(rfr_reference(contenu)), "Incomplet"),
    ]
