"""What was typed, read again before it is sent: step by step, in words, each with the pages that change it."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext

from sne.portail.lignes import BlocDit, MembreDit, dire_blocs, dire_lignes, dire_membres, dire_niveaux
from sne.portail.nouvelle.en_cours import DemandeEnLigne
from sne.portail.nouvelle.page_du_plan import ETAPES
from sne.portail.nouvelle.plan import RELIRE
from sne.registre.contenu.rules import nir as regles_nir
from sne.registre.contenu.rules.arbre.personnes import Contact
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.saisie.cadre import get_lecture
from sne.saisie.composition.textes import demandeur_de
from sne.saisie.presentation import BLOCS
from sne.saisie.presentation.foyer import membres_du_foyer
from sne.saisie.presentation.mots import Bloc, Lecture
from sne.saisie.presentation.pieces import NIVEAUX


@dataclass(frozen=True, slots=True)
class Partie:
    """One step. ``pages``: the question and the address of each page that changes it."""

    etape: str
    titre: str
    membres: list[MembreDit]
    blocs: list[BlocDit]
    pages: list[tuple[str, str]]


def _en_clair(bloc: Bloc, contact: Contact) -> Bloc:
    """The lines of a person's contacts as they were typed: they are the reader's, and may be wrong."""
    clairs = {
        "Portable": contact.telephone_portable and contact.telephone_portable.saisi,
        "Domicile": contact.telephone_domicile and contact.telephone_domicile.saisi,
        "Travail": contact.telephone_travail and contact.telephone_travail.saisi,
        "Courriel": contact.courriel,
    }
    return replace(
        bloc,
        lignes=[
            replace(ligne, valeur=clairs.get(ligne.libelle, ligne.valeur) or "") for ligne in bloc.lignes
        ],
    )


def _dire(source: str, contenu: Contenu, lecture: Lecture) -> list[Bloc]:
    blocs = BLOCS[source](contenu, lecture)
    if source == "coordonnees":
        return [_en_clair(bloc, demandeur_de(contenu).contact) for bloc in blocs]
    if source == "foyer":
        return [
            _en_clair(bloc, adulte.contact) for bloc, adulte in zip(blocs, contenu.cotitulaires, strict=True)
        ]
    return blocs


def _blocs(source: str, demande: DemandeEnLigne, lecture: Lecture) -> list[BlocDit]:
    """Those of one page, said; each document by its own name, which may hold a comma."""
    blocs = _dire(source, demande.contenu, lecture)
    if source != "pieces":
        return dire_blocs(blocs)
    autres = [ligne for bloc in blocs for ligne in bloc.lignes if ligne.libelle not in NIVEAUX.values()]
    return [BlocDit([*dire_niveaux(demande.documents), *dire_lignes(autres)], "")]


def relire_tout(demande: DemandeEnLigne) -> list[Partie]:
    """The steps of which something is asked, in order."""
    contenu = demande.contenu
    lecture = get_lecture(demande.cadre.aujourd_hui)
    lecture = replace(lecture, nirs={r: regles_nir.masquer(nir) for r, nir in demande.nirs.items()})
    parties = []
    for etape, titre in ETAPES.items():
        pages = [page for page in demande.plan if page.etape == etape and page.source and page.code != RELIRE]
        sources = dict.fromkeys(page.source for page in pages)
        parties.append(
            Partie(
                etape,
                gettext(titre),
                dire_membres(membres_du_foyer(contenu, lecture)) if etape == "foyer" else [],
                [bloc for s in sources if s in BLOCS for bloc in _blocs(s, demande, lecture)],
                [(page.question, f"{demande.adresse(page.code)}?retour={RELIRE}") for page in pages],
            )
        )
    return [partie for partie in parties if partie.pages]
