"""The history of a demande as its household reads it: looked at, or handed over; each is a line of that history."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from sne.journal.rules import Verbe
from sne.referentiels.selectors import get_parametres
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.policies import verbes_caches
from sne.registre.demande.selectors.etat import assembler
from sne.registre.lecture.actions.consulter import deja_dites, ouvrir
from sne.registre.lecture.parametres import ParametresLecture
from sne.registre.lecture.possible import exiger_historique_remis
from sne.registre.lecture.selectors.fiche import Resume, resumer
from sne.registre.lecture.selectors.historique_demandeur import (
    PAS_UN_ADULTE,
    Adulte,
    Demandee,
    LigneMontree,
    get_lecteur,
    get_page,
    list_adultes,
    list_annees,
    parcourir,
)
from sne.registre.lecture.verbes import VerbeLecture
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable, refus_de
from sne.socle.pages import DEBUT, Page, Position

VERIFIER = "Vérifiez l’identité de la personne, puis cochez la case."


class Format(StrEnum):
    """A kind of copy; its value is its extension."""

    PDF = "pdf"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class HistoriqueLu:
    """A page of the history, as one adult reads it. ``rang``: which of ``adultes``; ``tait``: no counter is named.

    ``remettable``: the reader may give it to the person.
    """

    demande: Resume
    adultes: tuple[Adulte, ...]
    rang: int
    page: Page[LigneMontree]
    annees: tuple[int, ...]
    tait: bool
    remettable: bool


@dataclass(frozen=True, slots=True)
class Copie:
    """What a person is given. ``coupe``: the history had more than may leave at once.

    ``reserves``: acts were left out because their name alone would say too much to the agent who hands the copy over.
    """

    demande: Resume
    adulte: Adulte
    lignes: tuple[LigneMontree, ...]
    coupe: bool
    reserves: bool
    le: datetime


@transaction.atomic
def consulter_historique(
    nud: str,
    demandee: Demandee,
    *,
    acte: Acte,
    rang: int = 0,
    position: Position = DEBUT,
    relue: bool = False,
) -> HistoriqueLu:
    """What the adult of this rank reads of the demande, shown to the agent who answers them; a journalled read.

    ``relue``: the form of that page comes back, and its opening is not told again. Acts that the actor may not read
    are left out. Raises ``Introuvable``, ``NonHabilite``.
    """
    demande = ouvrir(nud, acte.acteur)
    adultes = list_adultes(demande)
    adulte = _choisir(adultes, rang)
    lecture = VerbeLecture.CONSULTER_HISTORIQUE
    if not relue or not deja_dites(demande, {lecture}, acte=acte):
        _inscrire(lecture, demande, {"personne": adulte.personne}, acte=acte)
    lecteur = get_lecteur(demande, adulte.personne)
    return HistoriqueLu(
        demande=_resumer(demande),
        adultes=adultes,
        rang=rang,
        page=get_page(demande, lecteur, _sans(demandee, demande, acte.acteur), position=position),
        annees=list_annees(demande, le=horloge.jour(acte.survenu_le)),
        tait=lecteur.tait,
        remettable=not refus_de(exiger_historique_remis, demande, acte.acteur),
    )


@transaction.atomic
def remettre_historique(nud: str, *, rang: int, format_: Format, verifiee: bool, acte: Acte) -> Copie:
    """The whole history of a demande, for one of its adults (RGPD, art. 15), once the journal says who hands it over.

    ``verifiee``: the person who asks has proved their identity. Raises ``Introuvable``, ``NonHabilite``, ``Interdit``.
    """
    demande = ouvrir(nud, acte.acteur)
    exiger_historique_remis(demande, acte.acteur)
    adulte = _choisir(list_adultes(demande), rang)
    if not verifiee:
        raise Interdit(VERIFIER, champ="verifiee")
    return copier_historique(demande, adulte, _sans(Demandee(), demande, acte.acteur), format_, acte=acte)


def copier_historique(
    demande: Demande, adulte: Adulte, demandee: Demandee, format_: Format, *, acte: Acte, par: str = ""
) -> Copie:
    """The same, of a demande that the caller opened to its actor; ``par``: a code, when nobody else hands it over."""
    au_plus = get_parametres(horloge.jour(acte.survenu_le))[ParametresLecture].historique_copie_lignes_max
    lecteur = get_lecteur(demande, adulte.personne)
    lignes = tuple(parcourir(demande, lecteur, demandee, au_plus=au_plus + 1))
    faits: dict[str, object] = {
        "personne": adulte.personne,
        "format": str(format_),
        "lignes": min(len(lignes), au_plus),
        "coupe": len(lignes) > au_plus,
    }
    if par:
        faits["par"] = par
    _inscrire(VerbeLecture.REMETTRE_HISTORIQUE, demande, faits, acte=acte)
    return Copie(
        demande=_resumer(demande),
        adulte=adulte,
        lignes=lignes[:au_plus],
        coupe=len(lignes) > au_plus,
        reserves=lecteur.reserves and bool(demandee.sauf),
        le=acte.survenu_le,
    )


@dataclass(frozen=True, slots=True)
class HistoriqueDuLien:
    """A page of the history behind a link, and the years it goes over."""

    page: Page[LigneMontree]
    annees: tuple[int, ...]


def _choisir(adultes: tuple[Adulte, ...], rang: int) -> Adulte:
    if not 0 <= rang < len(adultes):
        raise Introuvable(PAS_UN_ADULTE)
    return adultes[rang]


def _sans(demandee: Demandee, demande: Demande, acteur: Acteur) -> Demandee:
    caches = frozenset(verbes_caches(acteur, demande))
    return Demandee(demandee.genre, demandee.annee, demandee.sauf | caches)


def _resumer(demande: Demande) -> Resume:
    return resumer(demande, assembler(demande.version_courante, avec_sante=False))


def _inscrire(verbe: Verbe, demande: Demande, faits: dict[str, object], *, acte: Acte) -> None:
    dire(verbe, demande, acte=acte, faits=faits)
