"""Asking documents of a household: what may be asked now, of whom, why, and what answers it. Pure.

Only documents that the order allows, only those that this household has to give or mentioned to an agent, and never one
that is in the dossier and may be read (arrêté du 19 avril 2022; rules of the « dossier unique »). The number and the
seniority never wait for it.
"""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Protocol

from sne.referentiels.rules import CataloguePieces, TypePiece
from sne.registre.contenu.rules.anomalie import citer
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import Adulte, membre
from sne.registre.demande.rules.cycle_de_vie import OUVERTES, Statut
from sne.registre.pieces.rules.pieces_deposees import VIOLENCES, exiger_deposable, type_recevable
from sne.registre.pieces.rules.pieces_manquantes import LigneDePiece, Situation, refus_de_redemander
from sne.socle.erreurs import Interdit
from sne.socle.signes import INSECABLE

DEMANDE_PJ = "DEMANDE_PJ"
"""Kind of the event that asks."""
CHAMP = "caracteristiques.pieces"
PIECES = "pieces"
"""Name of the characteristic that holds what is asked; a list, or the free text of a request of before."""
DEJA_LA = frozenset({Situation.PRESENTE, Situation.A_VENIR})
"""A document seen without a copy is enough to register; a copy may still be asked for to examine the demande."""
RAISONS: Mapping[Situation, str] = MappingProxyType(
    {
        Situation.VUE: "elle a été vue au guichet, sans copie. Il en faut une pour instruire la demande",
        Situation.A_REMPLACER: "celle que nous avons ne peut pas être utilisée",
        Situation.PERIMEE: "celle que nous avons a cessé d’être valable",
        Situation.AUTRE_ANNEE: "celle que nous avons porte sur une autre année",
        Situation.MANQUANTE: "elle n’est pas dans votre dossier",
    }
)
RESERVEE = f"Une pièce de votre dossier{INSECABLE}: le guichet vous dira laquelle, et pourquoi."


@dataclass(frozen=True, slots=True)
class PieceDemandee:
    """One document asked. ``types``: its code, then those that answer as well; ``personne`` for an adult, ``membre``
    for a dependant, neither for the household. ``raison``: how it stood when it was asked.
    """

    types: tuple[str, ...]
    raison: Situation
    personne: uuid.UUID | None = None
    membre: str = ""
    annee: int | None = None
    sante: bool = False

    @property
    def code(self) -> str:
        """Its kind in the catalogue."""
        return self.types[0]

    def ecrire(self) -> dict[str, Any]:
        """As it is stored."""
        return {
            "types": list(self.types),
            "raison": str(self.raison),
            "personne": str(self.personne) if self.personne else None,
            "membre": self.membre,
            "annee": self.annee,
            "sante": self.sante,
        }


class Recue(Protocol):
    """A document handed in or seen, as what answers a request. ``reference``: ``None`` once its person left."""

    @property
    def type_piece(self) -> str: ...

    @property
    def reference(self) -> str | None: ...

    @property
    def annee(self) -> int | None: ...

    @property
    def survenu_le(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class PieceRecue:
    """The plainest of them."""

    type_piece: str
    reference: str | None
    annee: int | None
    survenu_le: datetime


def lire_demandees(valeur: object) -> tuple[PieceDemandee, ...]:
    """What was asked, from what is stored; nothing for the free text of a request of before."""
    if not isinstance(valeur, list):
        return ()
    return tuple(
        PieceDemandee(
            types=tuple(x["types"]),
            raison=Situation(x["raison"]),
            personne=uuid.UUID(x["personne"]) if x["personne"] else None,
            membre=x["membre"],
            annee=x["annee"],
            sante=x["sante"],
        )
        for x in valeur
    )


def est_recue(demandee: PieceDemandee, reference: str, le: datetime, recues: Iterable[Recue]) -> bool:
    """Whether something handed in or seen since answers: that kind, that year, that person or the whole household."""
    return any(
        r.type_piece in demandee.types
        and r.survenu_le > le
        and r.annee == demandee.annee
        and r.reference in {"", reference}
        for r in recues
    )


def nommer(code: str, reference: str) -> str:
    """How a form and a partner name one document of one person: « AVIS_IMPOSITION_N2/cotitulaire:1 »."""
    return f"{code}/{reference}" if reference else code


def choisir(
    texte: str, lignes: Sequence[LigneDePiece], catalogue: CataloguePieces, *, statut: Statut
) -> tuple[LigneDePiece, ...]:
    """What is asked, from names separated by commas; a kind alone means every person who has to give it and has not.

    Raises ``Interdit``, in one sentence: closed demande, kind out of the list, not owed, there already, or not out yet.
    """
    exiger_deposable(statut)
    choisies: dict[str, LigneDePiece] = {}
    for nom in filter(None, (morceau.strip() for morceau in texte.split(","))):
        code, _, reference = nom.partition("/")
        for ligne in _une(code, reference, lignes, catalogue):
            choisies[nommer(code, ligne.attendue.reference)] = ligne
    if not choisies:
        raise Interdit("Choisissez au moins une pièce à demander.", champ=CHAMP)
    return tuple(choisies.values())


def _une(
    code: str, reference: str, lignes: Sequence[LigneDePiece], catalogue: CataloguePieces
) -> Iterable[LigneDePiece]:
    try:
        libelle = type_recevable(code, catalogue).libelle
    except Interdit as refus:
        raise Interdit(refus.phrase, champ=CHAMP) from None
    concernees = [x for x in lignes if x.attendue.code == code and reference in {"", x.attendue.reference}]
    if not concernees:
        raise Interdit(
            f"{citer(_sans_annee(libelle))} n’est pas attendue de cette personne, d’après sa demande. Corrigez d’abord "
            "la demande si elle a changé.",
            champ=CHAMP,
        )
    premiere = concernees[0]
    intitule = citer(premiere.attendue.libelle)
    ouvertes = [x for x in concernees if x.situation not in DEJA_LA]
    if ouvertes:
        return ouvertes
    if premiere.copie:
        raise Interdit(refus_de_redemander(premiere), champ=CHAMP)
    raise Interdit(f"{intitule} ne se demande pas encore. {premiere.phrase}", champ=CHAMP)


def _sans_annee(libelle: str) -> str:
    """A label without the years that only a day gives."""
    return libelle.split(" {", maxsplit=1)[0]


def demandables(lignes: Iterable[LigneDePiece], *, statut: Statut) -> tuple[LigneDePiece, ...]:
    """Documents that a screen may offer to ask: those that :func:`choisir` would take."""
    if statut not in OUVERTES:
        return ()
    return tuple(x for x in lignes if x.situation not in DEJA_LA)


def exiger_pas_du_jour(
    demandees: Collection[PieceDemandee], deja: Collection[tuple[PieceDemandee, date]], *, jour: date
) -> None:
    """Refuse to write to a household twice in one day about the same document. Raises ``Interdit``."""
    du_jour = {_cle(x) for x, le in deja if le == jour}
    if all(_cle(x) in du_jour for x in demandees):
        raise Interdit(
            "Ces pièces ont déjà été demandées aujourd’hui. Le ménage n’est pas écrit deux fois le même jour"
            f"{INSECABLE}: attendez sa réponse.",
            champ=CHAMP,
        )


def _cle(x: PieceDemandee) -> tuple[str, uuid.UUID | None, str, int | None]:
    return x.code, x.personne, x.membre, x.annee


def exiger_a_venir(avant: object, *, jour: date) -> None:
    """Refuse an answer waited for in the past. ``avant``: as it is stored. Raises ``Interdit``."""
    if avant and date.fromisoformat(str(avant)) < jour:
        raise Interdit(
            "Cette date est passée. Indiquez un jour à venir, ou laissez vide.",
            champ="caracteristiques.reponse_avant",
        )


def exiger_premiere(*, correction: bool) -> None:
    """Refuse to correct a request that the household has received: a new one has to be made. Raises ``Interdit``."""
    if correction:
        raise Interdit(
            f"Le ménage a pu recevoir cette demande de pièces{INSECABLE}: elle ne se corrige pas. Retirez-la, puis "
            "faites-en une autre.",
            champ=CHAMP,
        )


def dire_au_menage(
    demandee: PieceDemandee, type_piece: TypePiece | None, *, qui: str, jour: date, secrete: bool
) -> str:
    """One line of the message: which document, of whom, why, what is accepted for it.

    What speaks of health or of violence is not named, nor anything of a secret demande: the person who opens the
    message may be somebody else.
    """
    if secrete or demandee.sante or type_piece is None or VIOLENCES in type_piece.valeurs:
        return RESERVEE
    acceptes = ", ".join(f"{n.libelle[:1].lower()}{n.libelle[1:]}" for n in type_piece.natures)
    suite = f"Accepté{INSECABLE}: {acceptes}." if acceptes else type_piece.exemples
    pour = f", pour {qui}" if qui else ""
    libelle = type_piece.intitule_de(demandee.annee, jour)
    return f"{libelle}{pour}{INSECABLE}: {RAISONS[demandee.raison]}. {suite}".strip()


def prenom_de(contenu: Contenu, reference: str) -> str:
    """First name of a member, as a message to their own household says it; empty when it is not known."""
    trouve = membre(contenu, reference) if reference else None
    prenoms = trouve.identite.prenoms if isinstance(trouve, Adulte) else getattr(trouve, "prenoms", None)
    return (prenoms or "").replace(",", " ").split(" ")[0]


def quand(avant: str) -> str:
    """When the documents are waited for; ``avant``: a day in words, or nothing."""
    return f"avant le {avant}" if avant else "dès que vous le pouvez"
