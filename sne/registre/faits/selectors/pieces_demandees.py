"""Documents asked of a household: those of one demande that nothing answers yet, and what it takes to ask one."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from sne.referentiels.rules import CataloguePieces
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import adultes, membres
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.selectors.etat import assembler
from sne.registre.faits.models import Evenement
from sne.registre.faits.rules.pieces_demandees import (
    PIECES,
    PieceDemandee,
    PieceRecue,
    Recue,
    est_recue,
    lire_demandees,
)
from sne.registre.pieces.models import Piece
from sne.registre.pieces.rules.pieces_deposees import PieceSaisie, est_de_sante
from sne.registre.pieces.rules.pieces_manquantes import LigneDePiece
from sne.socle import horloge


@dataclass(frozen=True, slots=True)
class Demandee:
    """A document asked that nothing answers. ``reference``: whose it is in the present tree; ``avant``: when by."""

    piece: PieceDemandee
    reference: str
    le: date
    avant: date | None
    auteur: str


def list_demandees_de(
    demande: Demande, lignes: Iterable[LigneDePiece], catalogue: CataloguePieces
) -> list[PieceDemandee]:
    """Expected documents in the form of a request, with the person's present reference.

    ``demande`` is locked by the caller.
    """
    contenu = assembler(demande.version_courante)
    personnes = {reference: a.personne for reference, a in adultes(contenu)}
    demandees = []
    for ligne in lignes:
        attendue = ligne.attendue
        type_piece = catalogue.get(attendue.code)
        personne = personnes.get(attendue.reference)
        demandees.append(
            PieceDemandee(
                types=(attendue.code, *type_piece.repondent),
                raison=ligne.situation,
                personne=uuid.UUID(personne) if personne else None,
                membre="" if personne else attendue.reference,
                annee=attendue.annee,
                sante=est_de_sante(PieceSaisie(attendue.code, attendue.reference), type_piece, contenu),
            )
        )
    return demandees


def list_deja_demandees(demande: Demande) -> list[tuple[PieceDemandee, date]]:
    """Every document asked by a request that stands, and the day of it."""
    return [
        (piece, horloge.jour(survenu_le))
        for survenu_le, valeur in _demandes(demande).values_list("survenu_le", f"caracteristiques__{PIECES}")
        for piece in lire_demandees(valeur)
    ]


def list_attendues(
    demande: Demande, contenu: Contenu, recues: Collection[Recue], *, sante: bool
) -> tuple[Demandee, ...]:
    """Documents asked that nothing handed in or seen since answers, the last request of each; the newest first.

    Those of the person who left the household are no longer waited for. ``sante``: whether the reader may know of
    health.
    """
    trouvees: dict[tuple[str, str, int | None], Demandee] = {}
    for evenement in _demandes(demande).order_by("-survenu_le", "-id"):
        for piece, reference in _ouvertes(evenement, contenu, recues):
            if sante or not piece.sante:
                avant = evenement.caracteristiques.get("reponse_avant")
                trouvees.setdefault(
                    (piece.code, reference, piece.annee),
                    Demandee(
                        piece,
                        reference,
                        horloge.jour(evenement.survenu_le),
                        date.fromisoformat(avant) if avant else None,
                        str(evenement.consigne_par.get("nom", "")),
                    ),
                )
    return tuple(trouvees.values())


def list_sans_reponse(evenement: Evenement, contenu: Contenu) -> list[tuple[PieceDemandee, str]]:
    """What this request asks that nothing answers, and of whom now; nothing once it was taken back."""
    if evenement.retrait or Evenement.objects.filter(remplace=evenement.id).exists():
        return []
    references = _references(contenu)
    rangees = Piece.objects.filter(territoire=evenement.territoire, demande=evenement.demande_id)
    recues = [
        PieceRecue(
            p.type_piece,
            references.get(str(p.personne_id)) if p.personne_id else p.membre,
            p.annee,
            p.survenu_le,
        )
        for p in rangees
    ]
    return _ouvertes(evenement, contenu, recues)


def _references(contenu: Contenu) -> dict[str, str]:
    return {a.personne: reference for reference, a in adultes(contenu) if a.personne}


def _ouvertes(
    evenement: Evenement, contenu: Contenu, recues: Collection[Recue]
) -> list[tuple[PieceDemandee, str]]:
    references, connues = _references(contenu), {"", *(reference for reference, _ in membres(contenu))}
    trouvees = []
    for piece in lire_demandees(evenement.caracteristiques[PIECES]):
        reference = references.get(str(piece.personne)) if piece.personne else piece.membre
        if reference in connues and not est_recue(piece, reference, evenement.survenu_le, recues):
            trouvees.append((piece, reference))
    return trouvees


def _demandes(demande: Demande) -> QuerySet[Evenement]:
    """Requests that stand: neither taken back nor replaced."""
    suites = Evenement.objects.filter(remplace=OuterRef("id"))
    siennes = Evenement.objects.filter(territoire=demande.territoire, demande=demande, retrait=False)
    return siennes.filter(~Exists(suites), caracteristiques__has_key=PIECES)
