"""Lines of a work list in words: on screen, and in a file."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.urls import reverse

from sne.guichet.lecture.dossier import Badge, badge_statut, echeance
from sne.guichet.listes.tri import trier
from sne.referentiels.selectors import get_parametres
from sne.registre.attente.rules import NatureAttente
from sne.registre.attente.selectors import is_a_decider, is_ouverte_a
from sne.registre.avis.attentes import AttenteAvis
from sne.registre.contenu.rules.completude import Element
from sne.registre.contenu.rules.remarques import en_mots
from sne.registre.controle.parametres import Seuils
from sne.registre.demande.rules.cycle_de_vie import LIBELLES_STATUT, Statut
from sne.registre.depot.attentes import AttenteDepot
from sne.registre.doublons.attentes import AttenteDoublon
from sne.registre.identite.attentes import AttenteIdentite
from sne.registre.listes.rules.listes import TITRES, CodeListe, Colonne, Liste
from sne.registre.listes.selectors.lecture import LigneDeListe
from sne.registre.listes.selectors.manques import list_manques
from sne.registre.pieces.attentes import AttentePiece
from sne.registre.requete.attentes import AttenteRequete
from sne.registre.separation.attentes import AttenteSeparation
from sne.registre.vie.attentes import AttenteVie
from sne.registre.vie.selectors.preavis import PreavisLu, list_preavis
from sne.registre.vie.selectors.renouvellement import get_fenetre_depuis
from sne.saisie.forms.pages import PAGES as PAGES_DE_SAISIE
from sne.saisie.forms.pages import page_du_chemin
from sne.saisie.presentation.mots import Lecture, oui_non
from sne.saisie.presentation.valeurs import libelle_de
from sne.socle.acteur import Acteur
from sne.socle.horloge import jour
from sne.socle.navigation import ouvre
from sne.socle.tableur import Valeur
from sne.socle.templatetags.socle_tags import date_fr, pluriel


@dataclass(frozen=True, slots=True)
class Manque:
    """What a file lacks: items in words, and where the first is typed (empty: on no page of the form)."""

    libelles: tuple[str, ...]
    adresse: str


@dataclass(frozen=True, slots=True)
class Lecteur:
    """Who reads, and the words of the day. ``preavis``, ``manques``: of the demandes of a page that shows them."""

    acteur: Acteur
    lecture: Lecture
    preavis: Mapping[uuid.UUID, PreavisLu] = field(default_factory=dict)
    manques: Mapping[uuid.UUID, Manque] = field(default_factory=dict)


def lire_pour(acteur: Acteur, lecture: Lecture, liste: Liste, lignes: Sequence[LigneDeListe]) -> Lecteur:
    """The same, with what the lines of this list show and its statement does not read."""
    preavis = _lire_preavis(lignes) if Colonne.PREAVIS in liste.colonnes else {}
    nuds = {ligne.demande_id: ligne.nud for ligne in lignes}
    lus = list_manques(nuds) if Colonne.MANQUANTS in liste.en_vue else {}
    manques = {
        cle: Manque(
            tuple(libelle_de(e.chemin, contenu) for e in elements), _ou_completer(nuds[cle], elements)
        )
        for cle, (contenu, elements) in lus.items()
    }
    return Lecteur(acteur, lecture, preavis, manques)


def _lire_preavis(lignes: Sequence[LigneDeListe]) -> Mapping[uuid.UUID, PreavisLu]:
    return list_preavis({ligne.demande_id: ligne.date_expiration for ligne in lignes})


def _ou_completer(nud: str, elements: Sequence[Element]) -> str:
    pages = (page_du_chemin(element.chemin) for element in elements)
    return next(
        (reverse("demande-modifier", args=[nud, page]) for page in pages if page in PAGES_DE_SAISIE), ""
    )


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
class Acte:
    """What is to be done of a line. ``poste``: it is asked by a form rather than by a link."""

    libelle: str
    adresse: str
    poste: bool = False


@dataclass(frozen=True, slots=True)
class LigneAffichee:
    """One line on screen."""

    nud: str
    nom: str
    cellules: list[Cellule]
    acte: Acte | None

    @property
    def ou(self) -> str:
        """Where its act is done: the file itself when it has none."""
        return self.acte.adresse if self.acte else reverse("demande", args=[self.nud])


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
        acte=_acte(ligne, liste, lecteur),
    )


def _acte(ligne: LigneDeListe, liste: Liste, lecteur: Lecteur) -> Acte | None:
    """The act that takes the line out of the list; ``None`` for who may not, or when the file alone says it."""
    nud, acteur = ligne.nud, lecteur.acteur
    if liste.code is CodeListe.ECHEANCE and ouvre(acteur, "renouvellement", "nud"):
        return Acte("Renouveler", reverse("renouvellement", args=[nud]), poste=True)
    if liste.code in (CodeListe.REPONSES, CodeListe.PIECES) and (ou := ou_decider(ligne, lecteur)):
        return Acte("Vérifier" if liste.code is CodeListe.PIECES else "Décider", ou)
    if not ouvre(acteur, "demande-modifier", "nud", "bloc"):
        return None
    if liste.code is CodeListe.QUALIFIER:
        return Acte("Lever", reverse("demande-remarques", args=[nud]))
    if liste.code is CodeListe.COURRIERS:
        return Acte("Corriger l’adresse", reverse("demande-modifier", args=[nud, ADRESSE]))
    manque = lecteur.manques.get(ligne.demande_id)
    return Acte("Compléter", manque.adresse) if manque and manque.adresse else None


def colonnes_en_vue(liste: Liste, *, guichet: bool) -> list[tuple[str, str]]:
    """(code, title) of the columns of a line, the person first. ``guichet``: its counter is shown."""
    return [
        (str(colonne).lower(), titre)
        for colonne, titre in (
            (Colonne.NOM, "Personne"),
            *((colonne, TITRES[colonne]) for colonne in liste.en_vue),
            (Colonne.PERSONNES, "À loger"),
            (Colonne.COMMUNE, "Commune"),
            *([(Colonne.GUICHET, "Guichet")] if guichet else []),
        )
    ]


def trier_par(
    colonne: Colonne, lignes: Sequence[LigneDeListe], acteur: Acteur, lecture: Lecture, *, inverse: bool
) -> list[LigneDeListe]:
    """Lines in the order of what this column shows of them."""
    preavis = _lire_preavis(lignes) if colonne is Colonne.PREAVIS else {}
    lecteur = Lecteur(acteur, lecture, preavis)
    valeur = A_TRIER.get(colonne, VALEURS[colonne])
    return trier(lignes, lambda ligne: valeur(ligne, lecteur), inverse=inverse)


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


def attendu_avant(ligne: LigneDeListe, lecteur: Lecteur) -> date | str:
    """The day before which it is awaited: the one that was said, else the one by which an identity is to be decided."""
    if ligne.avant or ligne.nature != AttenteIdentite.IDENTITE:
        return ligne.avant or ""
    jours = get_parametres(lecteur.lecture.aujourd_hui)[Seuils].decision_attendue_jours
    return depuis_de(ligne, lecteur) + timedelta(days=jours)


def radiation_de(ligne: LigneDeListe, lecteur: Lecteur) -> date:
    """The day on which it is struck off unless it is renewed."""
    le = lecteur.lecture.aujourd_hui
    fenetre = get_fenetre_depuis(ligne.valable_depuis, ligne.date_expiration, le=le)
    return fenetre.fermeture + timedelta(days=1)


def preavis_de(ligne: LigneDeListe, lecteur: Lecteur) -> str:
    """Whether the household was told."""
    lu = lecteur.preavis.get(ligne.demande_id)
    if lu is None:
        return "Pas encore parti"
    if lu.echoue:
        return "Non remis" if lu.possible else "Sans adresse"
    return f"Donné le {date_fr(lu.jour)}"


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
    Colonne.AVANT: attendu_avant,
    Colonne.RADIATION: radiation_de,
    Colonne.PREAVIS: preavis_de,
}
"""What each column holds."""


def preavis_a_trier(ligne: LigneDeListe, lecteur: Lecteur) -> str:
    """What is said of its notice; those given, by day."""
    lu = lecteur.preavis.get(ligne.demande_id)
    return preavis_de(ligne, lecteur) if lu is None or lu.echoue else f"Donné le {lu.jour.isoformat()}"


A_TRIER: Mapping[Colonne, Callable[[LigneDeListe, Lecteur], Valeur]] = {
    Colonne.NOM: lambda ligne, _: f"{ligne.nom} {ligne.prenoms}".strip(),
    Colonne.PREAVIS: preavis_a_trier,
}
"""Columns whose order is not that of what they hold."""


COURTS: Mapping[Colonne, str] = {
    Colonne.EXPIRATION: "Jusqu’au",
    Colonne.RADIATION: "Radiation",
    Colonne.MANQUANTS: "À compléter",
    Colonne.QUI: "Qui agit",
    Colonne.AVANT: "Avant le",
}


JOURS_RESTANTS = (Colonne.EXPIRATION, Colonne.RADIATION)
MANQUES_EN_VUE = 3
ADRESSE = page_du_chemin("demandeur.adresse_courrier")


def _en_bref(libelles: Sequence[str]) -> str:
    """« Numéro de sécurité sociale, motif et 2 autres »."""
    debut, reste = ", ".join(libelles[:MANQUES_EN_VUE]), len(libelles) - MANQUES_EN_VUE
    return f"{debut} et {pluriel(reste, 'autre,autres')}" if reste > 0 else debut


def _cellule(colonne: Colonne, ligne: LigneDeListe, lecteur: Lecteur) -> Cellule:
    titre = COURTS.get(colonne, TITRES[colonne])
    if colonne is Colonne.STATUT:
        return Cellule(titre, "", badge_statut(ligne.statut))
    if colonne is Colonne.MANQUANTS and (manque := lecteur.manques.get(ligne.demande_id)):
        return Cellule(titre, _en_bref(manque.libelles))
    valeur = VALEURS[colonne](ligne, lecteur)
    if colonne in JOURS_RESTANTS and isinstance(valeur, date):
        return Cellule(titre, echeance(valeur, lecteur.lecture.aujourd_hui))
    if colonne is Colonne.AVANT and not valeur:
        valeur = "Sans date"
    adresse = ou_decider(ligne, lecteur) if colonne is Colonne.NATURE else ""
    return Cellule(titre, date_fr(valeur) if isinstance(valeur, date) else str(valeur), adresse=adresse)
