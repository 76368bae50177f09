"""The message that tells a household that a document cannot be used, and asks for another: once whatever happens."""

import uuid
from datetime import datetime

from django.db import transaction

from sne.journal.selectors import list_entrees_de
from sne.notifications.actions import Projet, preparer_message
from sne.notifications.rules import Canal, Genre, Limites
from sne.notifications.selectors import has_messages
from sne.referentiels.selectors import get_parametres, get_pieces
from sne.registre.actions.expedier import destinataire_de, joignable_de
from sne.registre.models import QualificationPiece
from sne.registre.rules.avis_radiation import TERRITOIRE, canaux_de_l_avis
from sne.registre.rules.cycle_de_vie import Statut
from sne.registre.rules.pieces_deposees import DEPOSABLES, Qualification, mots_pour_le_menage
from sne.registre.selectors.etat import assembler
from sne.registre.selectors.preavis import get_coordonnees
from sne.registre.selectors.separation import is_a_proteger
from sne.socle import horloge
from sne.socle.acteur import Acteur
from sne.socle.templatetags.socle_tags import date_longue, numero


@transaction.atomic
def expedier_piece_inexploitable(entree_id: uuid.UUID, *, acteur: Acteur, survenu_le: datetime) -> int:
    """Tell the household what this entry said of a document; how many messages are new. Idempotent.

    Nothing for another qualification, nor once the document was replaced or qualified otherwise, or the demande closed.
    """
    dite = _qualification(entree_id)
    if dite is None or has_messages(entree_id, territoire=dite.territoire):
        return 0
    demande = dite.demande
    secrete = is_a_proteger(demande, assembler(demande.version_courante))
    coordonnees = get_coordonnees(demande.id, acteur=acteur)
    canaux = canaux_de_l_avis(joignable_de(coordonnees, secrete=secrete))
    adresses = {c: ou for c in canaux if (ou := destinataire_de(coordonnees, c)) is not None}
    for canal, destinataire in adresses.items():
        parametres = get_parametres(horloge.jour(survenu_le))
        projet = Projet(
            territoire=demande.territoire,
            demande_id=demande.id,
            revision=dite.revision,
            nud=demande.nud,
            genre=Genre.PIECE_INEXPLOITABLE,
            canal=canal,
            destinataire=destinataire,
            contexte=_contexte(dite, secrete=secrete),
            origine=entree_id,
            limites=Limites(parametres.courriel_echecs_temporaires, parametres.courriel_echecs_heures),
            secours=coordonnees.adresse if Canal.LETTRE not in adresses else None,
        )
        preparer_message(projet, acteur=acteur, survenu_le=survenu_le)
    return len(adresses)


def _qualification(entree_id: uuid.UUID) -> QualificationPiece | None:
    """What the entry said, if it still holds and asks something of the household."""
    ids = [
        str(entree.faits.get("qualification", uuid.UUID(int=0))) for entree in list_entrees_de([entree_id])
    ]
    lignes = QualificationPiece.objects.select_related("piece", "demande__version_courante")
    dite = lignes.filter(id__in=ids, qualification=Qualification.INEXPLOITABLE).first()
    if dite is None or Statut(dite.demande.statut) not in DEPOSABLES:
        return None
    if dite.piece_id not in dite.demande.version_courante.pieces:
        return None
    apres = QualificationPiece.objects.filter(
        territoire=dite.territoire, demande=dite.demande, piece=dite.piece, id__gt=dite.id
    )
    return None if apres.exists() else dite


def _contexte(dite: QualificationPiece, *, secrete: bool) -> dict[str, str]:
    recue_le = horloge.jour(dite.piece.survenu_le)
    types = {t.code: t for t in get_pieces(recue_le).types}
    quoi, raison = mots_pour_le_menage(
        types.get(dite.piece.type_piece),
        annee=dite.piece.annee,
        recue_le=recue_le,
        motif=dite.motif,
        reservee=secrete or dite.piece.sante,
    )
    return {
        "numero": numero(dite.demande.nud),
        "piece": quoi,
        "recue_le": date_longue(recue_le),
        "raison": raison,
        "territoire": TERRITOIRE,
    }
