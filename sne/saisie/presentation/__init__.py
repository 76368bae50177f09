"""The content of an application in the words of the screens: labels and values, table of the household.

``BLOCS`` words each page of the form; the recap and the file show them in the order of the pages.
"""

from collections.abc import Callable, Mapping

from sne.registre.contenu.rules.arbre.personnes import Demandeur
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import DEMANDEUR
from sne.registre.contenu.rules.arbre.references import adultes as adultes_de
from sne.saisie.presentation.adultes import blocs_ressources, blocs_situation
from sne.saisie.presentation.identite import lignes_contact, lignes_coordonnees, lignes_identite, nom_complet
from sne.saisie.presentation.logement import blocs_logement, blocs_motifs
from sne.saisie.presentation.mots import Bloc, Lecture, Ligne, dites
from sne.saisie.presentation.pieces import blocs_handicap, blocs_pieces
from sne.saisie.presentation.souhaits import lignes_souhaits
from sne.saisie.presentation.titulaire import blocs_association, blocs_preferences


def _personne(contenu: Contenu, lecture: Lecture) -> list[Bloc]:
    nir = lecture.nirs.get(DEMANDEUR, "")
    return [Bloc(lignes_identite(contenu.demandeur or Demandeur(), lecture, nir=nir))]


def _coordonnees(contenu: Contenu, lecture: Lecture) -> list[Bloc]:
    return [Bloc(lignes_coordonnees(contenu, lecture))]


def _cotitulaires(contenu: Contenu, lecture: Lecture) -> list[Bloc]:
    """Each co-holder in full; everybody to be housed is the table of ``membres_du_foyer``."""
    return [
        Bloc(
            [
                *lignes_identite(adulte, lecture, nir=lecture.nirs.get(reference, "")),
                *lignes_contact(adulte.contact, lecture.courriels.get(reference)),
            ],
            nom_complet(adulte.identite) or "Cotitulaire",
        )
        for reference, adulte in adultes_de(contenu)
        if reference != DEMANDEUR
    ]


def _souhaits(contenu: Contenu, lecture: Lecture) -> list[Bloc]:
    precisions = dites([Ligne("Précisions", contenu.precisions or "")])
    return [Bloc([*lignes_souhaits(contenu.souhaits, lecture), *precisions])]


BLOCS: Mapping[str, Callable[[Contenu, Lecture], list[Bloc]]] = {
    "personne": _personne,
    "coordonnees": _coordonnees,
    "preferences": blocs_preferences,
    "association": blocs_association,
    "foyer": _cotitulaires,
    "situation": blocs_situation,
    "ressources": blocs_ressources,
    "logement": blocs_logement,
    "motifs": blocs_motifs,
    "souhaits": _souhaits,
    "pieces": blocs_pieces,
    "handicap": blocs_handicap,
}
"""Page of the form → its values in words."""
