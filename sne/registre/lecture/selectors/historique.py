"""What was done to a file, act by act: what changed, why and from which paper, who read it; by pages of a keyset."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sne.journal.rules import Trait, Verbe, ecritures, verbes_qui
from sne.journal.selectors import EntreeLue, count_entrees, list_entrees
from sne.notifications.rules import Genre as GenreDeMessage
from sne.notifications.rules import Issue
from sne.notifications.verbes import VerbeMessage
from sne.registre.contenu.rules import arbre
from sne.registre.contenu.rules.arbre.personnes import Identite
from sne.registre.demande import policies
from sne.registre.demande.models.demande import Demande, Version
from sne.registre.demande.rules.tentatives import SAISIE, nommer_refus
from sne.registre.demande.selectors.existence import get_demande
from sne.registre.demande.verbes import VerbeDemande
from sne.registre.depot.rules.anteriorite import IssueAnteriorite
from sne.registre.depot.verbes import VerbeDepot
from sne.registre.modification.verbes import VerbeModification
from sne.socle.acteur import Acteur
from sne.socle.pages import DEBUT, Page, Position, paginer

PAR_PAGE = 50
LETTRE_TRAITEE = "Courrier traité par le prestataire"
MESSAGES = frozenset(
    {
        VerbeMessage.PREPARER_MESSAGE,
        VerbeMessage.ENVOYER_MESSAGE,
        VerbeMessage.DIFFERER_MESSAGE,
        VerbeMessage.DELIVRER_MESSAGE,
        VerbeMessage.REJETER_MESSAGE,
    }
)
ACHEMINEMENT = MESSAGES - {VerbeMessage.REJETER_MESSAGE}
"""What became of messages, where nobody has to act: the change itself says that a notice was sent."""
REPRISES = {
    "RENOUVELER": "Renouvellement repris d’un ancien système",
    "EXPIREE": "Expiration reprise d’un ancien système",
    "RADIEE": "Radiation reprise d’un ancien système",
}
FAUTES_DE_SAISIE: Mapping[str, str] = {VerbeDemande.REFUSER_ACTE: SAISIE}
"""What is no line of a history: somebody typed a date wrong, read why, and typed it again."""
DATE_REFUSEE = "Date de dépôt antérieure refusée"


class Genre(StrEnum):
    """Which acts: those that changed the file, those that read it, all of them."""

    MODIFICATIONS = "modifications"
    CONSULTATIONS = "consultations"
    TOUT = "tout"


@dataclass(frozen=True, slots=True)
class ChangementLu:
    """One change as told: French name of the field, value before and after (``None`` = nothing, or erased)."""

    champ: str
    libelle: str
    avant: str | None
    apres: str | None


@dataclass(frozen=True, slots=True)
class LigneHistorique:
    """One dated act on the file; ``motif`` and ``document`` are of the version it made, if it made one."""

    survenu_le: datetime
    verbe: str
    libelle: str
    guichet: str
    auteur: str
    revision: int
    changements: tuple[ChangementLu, ...]
    lecture: bool
    en_attente: bool
    version: bool = False
    motif: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class PageHistorique(Page[LigneHistorique]):
    """One page of the history, the newest first; ``total``: how many acts there are."""

    total: int = 0


def get_historique(
    demande_id: uuid.UUID, *, acteur: Acteur, genre: Genre = Genre.TOUT, position: Position = DEBUT
) -> PageHistorique:
    """A page of :data:`PAR_PAGE` acts, except those whose name alone says too much to this reader.

    Raises ``Introuvable``.
    """
    return lire_une_page(get_demande(demande_id, acteur), acteur=acteur, genre=genre, position=position)


def lire_une_page(
    demande: Demande, *, acteur: Acteur, genre: Genre = Genre.TOUT, position: Position = DEBUT
) -> PageHistorique:
    """The same of a demande that the caller has read for this actor."""
    sauf = policies.verbes_caches(acteur, demande)
    parmi = None
    if genre is Genre.MODIFICATIONS:
        parmi = ecritures()
    elif genre is Genre.CONSULTATIONS:
        parmi = verbes_qui(Trait.LECTURE)
    entrees = list_entrees(
        demande.id, au_plus=PAR_PAGE + 1, parmi=parmi, sauf=sauf, sans=FAUTES_DE_SAISIE, position=position
    )
    page = paginer(entrees, position, par_page=PAR_PAGE, repere=place_de)
    return PageHistorique(
        _lignes(demande.id, page.lignes),
        page.suivante,
        page.precedente,
        total=len(entrees)
        if position == DEBUT and len(entrees) <= PAR_PAGE
        else count_entrees(demande.id, parmi=parmi, sauf=sauf, sans=FAUTES_DE_SAISIE),
    )


def lire_historique(
    demande_id: uuid.UUID, *, sauf: Collection[Verbe], au_plus: int = PAR_PAGE
) -> tuple[LigneHistorique, ...]:
    """The newest acts of a file that the caller may read, for its first page."""
    return _lignes(demande_id, list_entrees(demande_id, sauf=sauf, sans=FAUTES_DE_SAISIE, au_plus=au_plus))


def place_de(entree: EntreeLue) -> Position:
    """Where a page that follows this entry starts."""
    return Position(entree.inscrit_le, entree.id)


def _lignes(demande_id: uuid.UUID, entrees: tuple[EntreeLue, ...]) -> tuple[LigneHistorique, ...]:
    revisions = {e.revision for e in entrees}
    versions = {
        str(v.id): v
        for v in Version.objects.filter(demande=demande_id, numero__in=revisions).only(
            "id", "motif", "document"
        )
    }
    return tuple(_ligne(e, versions) for e in entrees)


def _ligne(entree: EntreeLue, versions: Mapping[str, Version]) -> LigneHistorique:
    verbe = Verbe.tous()[entree.verbe]
    version = versions.get(str(entree.faits.get("version", "")))
    return LigneHistorique(
        survenu_le=entree.survenu_le,
        verbe=verbe,
        libelle=_nommer(verbe, entree),
        guichet=str(entree.acteur.get("guichet", "")),
        auteur=str(entree.acteur.get("nom", "")),
        revision=entree.revision,
        changements=tuple(
            ChangementLu(champ, _libelle(champ), avant, apres)
            for champ, (avant, apres) in sorted(entree.valeurs.items())
            if verbe is not VerbeDemande.DEPOSER
        ),
        lecture=verbe.lecture,
        en_attente=verbe is VerbeModification.PROPOSER_IDENTITE,
        version=version is not None,
        motif=version.motif if version else "",
        document=version.document if version else "",
    )


def _nommer(verbe: Verbe, entree: EntreeLue) -> str:
    if verbe is VerbeDemande.REFUSER_ACTE:
        return nommer_refus(verbe.phrase, str(entree.faits.get("acte", "")))
    if verbe in MESSAGES:
        traite = verbe is VerbeMessage.ENVOYER_MESSAGE and entree.faits.get("issue") == Issue.TRAITE
        return _avec_le_message(LETTRE_TRAITEE if traite else verbe.phrase, entree)
    if verbe is VerbeDepot.DECIDER_ANTERIORITE and entree.faits.get("issue") == IssueAnteriorite.REFUSEE:
        return DATE_REFUSEE
    if verbe is VerbeDepot.REPRENDRE:
        return REPRISES.get(str(entree.faits.get("acte", "")), verbe.phrase)
    return verbe.phrase


def _avec_le_message(phrase: str, entree: EntreeLue) -> str:
    """« Message envoyé : avis de radiation »; the phrase alone for a kind that this version does not know."""
    genre = GenreDeMessage.tous().get(str(entree.faits.get("genre", "")))
    if genre is None:
        return phrase
    libelle = genre.modele.libelle
    return f"{phrase}\u00a0: {libelle[:1].lower()}{libelle[1:]}"


def _libelle(champ: str) -> str:
    """French name of a journalled field: a path of the tree, or a bare trait of an identity."""
    if champ in Identite.model_fields:
        return Identite.model_fields[champ].title or champ
    return arbre.libelle(champ)
