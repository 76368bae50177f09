"""Lines of a work list in words: on screen, and in a file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from sne.guichet.lecture.dossier import Badge, badge_statut
from sne.registre.attente.rules import NatureAttente
from sne.registre.attente.selectors import is_a_decider, is_ouverte_a
from sne.registre.avis.attentes import AttenteAvis
from sne.registre.contenu.rules.remarques import en_mots
from sne.registre.demande.rules.cycle_de_vie import LIBELLES_STATUT, Statut
from sne.registre.depot.attentes import AttenteDepot
from sne.registre.doublons.attentes import AttenteDoublon
from sne.registre.identite.attentes import AttenteIdentite
from sne.registre.listes.rules.listes import TITRES, CodeListe, Colonne, Liste
from sne.registre.listes.selectors.lecture import LigneDeListe
from sne.registre.pieces.attentes import AttentePiece
from sne.registre.requete.attentes import AttenteRequete
from sne.registre.separation.attentes import AttenteSeparation
from sne.registre.vie.attentes import AttenteVie
from sne.saisie.presentation.mots import Lecture, oui_non
from sne.socle.acteur import Acteur
from sne.socle.horloge import jour
from sne.socle.navigation import ouvre
from sne.socle.tableur import Valeur
from sne.socle.templatetags.socle_tags import date_fr, pluriel


@dataclass(frozen=True, slots=True)
class Lecteur:
    """Who reads, and the words of the day."""

    acteur: Acteur
    lecture: Lecture


@dataclass(frozen=True, slots=True)
class Cellule:
    """One cell on screen, under its title, short on a narrow one; with a badge rather than a text for a state.

    ``adresse``: where the reader decides on what it says.
    """

    titre: str
    texte: str
    badge: Badge | None = None
    adresse: str = ""


@dataclass(frozen=True, slots=True)
class LigneAffichee:
    """One line on screen."""

    nud: str
    nom: str
    cellules: list[Cellule]
    renouvelable: bool


def presenter(ligne: LigneDeListe, liste: Liste, lecteur: Lecteur, *, guichet: bool) -> LigneAffichee:
    """A line in words. ``guichet``: its counter is shown."""
    personnes = pluriel(ligne.nb_personnes, "personne,personnes") if ligne.nb_personnes else ""
    foyer = ", ".join(filter(None, (personnes, types_de(ligne, lecteur))))
    return LigneAffichee(
        nud=ligne.nud,
        nom=f"{ligne.nom} {ligne.prenoms}".strip() or ligne.nud,
        cellules=[
            *(_cellule(colonne, ligne, lecteur) for colonne in liste.en_vue),
            Cellule("À loger", foyer),
            Cellule("Commune", commune_de(ligne, lecteur)),
            *([Cellule("Guichet", ligne.guichet)] if guichet else []),
        ],
        renouvelable=liste.code is CodeListe.ECHEANCE and ouvre(lecteur.acteur, "renouvellement", "nud"),
    )


def entetes(liste: Liste, *, guichet: bool) -> list[str]:
    """Titles of the cells of a line."""
    return [
        *(TITRES[colonne] for colonne in liste.en_vue),
        "À loger",
        "Commune",
        *(["Guichet"] if guichet else []),
    ]


def commune_de(ligne: LigneDeListe, lecteur: Lecteur) -> str:
    """Name of the first commune wished; empty when there is none."""
    return lecteur.lecture.geographie.nom_commune(ligne.commune) if ligne.commune else ""


def types_de(ligne: LigneDeListe, lecteur: Lecteur) -> str:
    """Kinds of dwelling wished."""
    return ", ".join(lecteur.lecture.libelle("ListeTypeLogement", code) for code in ligne.types_logement)


def nature_de(ligne: LigneDeListe, _: Lecteur) -> str:
    """What is awaited."""
    return NatureAttente.tous()[ligne.nature].libelle


def qui_agit(ligne: LigneDeListe, lecteur: Lecteur) -> str:
    """Who is to act."""
    nature, acteur = NatureAttente.tous()[ligne.nature], lecteur.acteur
    decide = is_a_decider(nature, acteur, guichet=ligne.guichet_attente)
    return nature.qui_agit(decide=decide, auteur=ligne.auteur == acteur.id)


PAGES: Mapping[NatureAttente, str] = {
    AttenteIdentite.IDENTITE: "identite",
    AttenteIdentite.QUESTION_IDENTITE: "changement-question",
    AttenteDepot.ANTERIORITE: "anteriorite",
    AttenteDoublon.DOUBLON: "cas-doublon",
    AttenteSeparation.SEPARATION: "separation",
    AttenteDoublon.ENSEMBLE_DOUBLON: "ensemble-doublon",
    AttenteVie.ANNULATION: "annulation",
    AttenteAvis.OPPOSITION: "enquete",
    AttenteAvis.AVIS_A_PORTER: "avis-a-porter",
    AttenteRequete.REQUETE: "requete",
    AttentePiece.PIECE_A_VERIFIER: "piece-voir",
    AttentePiece.PIECE_PERIMEE: "piece-voir",
}
"""Where a decision is taken or a document verified, under the identifier of what is awaited."""


def ou_decider(ligne: LigneDeListe, lecteur: Lecteur) -> str:
    """The page of the decision or of the document awaited, for those who may open it; empty for the others."""
    nature, acteur = NatureAttente.tous()[ligne.nature], lecteur.acteur
    if nature not in PAGES or not is_ouverte_a(nature, acteur, guichet=ligne.guichet_attente):
        return ""
    return reverse(PAGES[nature], args=[ligne.rang])


def depuis_de(ligne: LigneDeListe, _: Lecteur) -> date:
    """The day of the key of a list by instant."""
    return jour(ligne.cle) if isinstance(ligne.cle, datetime) else ligne.cle


VALEURS: Mapping[Colonne, Callable[[LigneDeListe, Lecteur], Valeur]] = {
    Colonne.NUMERO: lambda ligne, _: ligne.nud,
    Colonne.NOM: lambda ligne, _: ligne.nom,
    Colonne.PRENOMS: lambda ligne, _: ligne.prenoms,
    Colonne.STATUT: lambda ligne, _: LIBELLES_STATUT[Statut(ligne.statut)],
    Colonne.DEPOT: lambda ligne, _: ligne.date_depot,
    Colonne.EXPIRATION: lambda ligne, _: ligne.date_expiration,
    Colonne.GUICHET: lambda ligne, _: ligne.guichet,
    Colonne.COMMUNE: commune_de,
    Colonne.PERSONNES: lambda ligne, _: ligne.nb_personnes,
    Colonne.TYPES: types_de,
    Colonne.MUTATION: lambda ligne, _: oui_non(ligne.deja_locataire_hlm),
    Colonne.MANQUANTS: lambda ligne, _: ligne.elements_manquants,
    Colonne.REMARQUES: lambda ligne, _: en_mots(ligne.remarques),
    Colonne.NATURE: nature_de,
    Colonne.QUI: qui_agit,
    Colonne.DEPUIS: depuis_de,
    Colonne.AVANT: lambda ligne, _: ligne.avant or "",
}
"""What each column holds."""


COURTS: Mapping[Colonne, str] = {
    Colonne.EXPIRATION: "Jusqu’au",
    Colonne.MANQUANTS: "À compléter",
    Colonne.QUI: "Qui agit",
    Colonne.AVANT: "Avant le",
}


def _cellule(colonne: Colonne, ligne: LigneDeListe, lecteur: Lecteur) -> Cellule:
    titre = COURTS.get(colonne, TITRES[colonne])
    if colonne is Colonne.STATUT:
        return Cellule(titre, "", badge_statut(ligne.statut))
    valeur = VALEURS[colonne](ligne, lecteur)
    adresse = ou_decider(ligne, lecteur) if colonne is Colonne.NATURE else ""
    return Cellule(titre, date_fr(valeur) if isinstance(valeur, date) else str(valeur), adresse=adresse)
