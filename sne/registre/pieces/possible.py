"""Whether documents may be read, added, replaced or qualified now, by this actor: asked by the acts themselves, and by
whoever offers them. Each raises ``NonHabilite``, ``Interdit`` (closed demande), ``DossierFige``.
"""

from datetime import datetime, timedelta

from sne.habilitations.rules import Permission, sans_droit
from sne.referentiels.selectors import get_parametres
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.policies import scope
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.enquete.rules.gel import Gel
from sne.registre.pieces import policies
from sne.registre.pieces.models import Piece
from sne.registre.pieces.parametres import ParametresPieces
from sne.registre.pieces.rules.pieces_deposees import exiger_deposable, exiger_remplacable
from sne.registre.pieces.selectors.pieces import INCONNUE
from sne.socle import horloge
from sne.socle.acteur import Acteur, Canal
from sne.socle.erreurs import Interdit, require
from sne.socle.lignes import trouver
from sne.socle.signes import INSECABLE


def exiger_pieces_lisibles(demande: Demande, acteur: Acteur) -> None:
    """Know of the documents of a file; those of health are shown to who may read them."""
    permis = policies.can_lire_pieces(acteur, territoire=demande.territoire, demande=demande.id)
    require(permis, sans_droit(Permission.PIECE_LIRE))


def exiger_joignable(demande: Demande, acteur: Acteur) -> None:
    """Add a document, note that one was seen, say what the household explains of one."""
    permis = policies.can_deposer_piece(acteur, territoire=demande.territoire, demande=demande.id)
    require(permis, sans_droit(Permission.PIECE_DEPOSER))
    exiger_deposable(Statut(demande.statut))


def exiger_place_en_ligne(demande: Demande, acteur: Acteur, *, instant: datetime) -> None:
    """One file more from the household itself, which sends so many a day. Raises ``Interdit``."""
    if acteur.canal is not Canal.PGP:
        return
    au_plus = get_parametres(horloge.jour(instant))[ParametresPieces].pieces_en_ligne_par_jour
    depuis = instant - timedelta(days=1)
    siennes = Piece.objects.filter(territoire=demande.territoire, demande=demande, canal=str(Canal.PGP))
    if siennes.filter(survenu_le__gt=depuis).count() >= au_plus:
        raise Interdit(
            f"{au_plus}{INSECABLE}fichiers ont été ajoutés en ligne depuis hier. Continuez demain, ou allez dans un "
            "guichet.",
            champ="fichiers",
        )


def ouvrir_a_un_envoi(nud: str, acteur: Acteur) -> Demande:
    """A demande of the perimeter for which a file may be sent ahead; nothing of it is shown. Raises ``Introuvable``."""
    demande = trouver(Demande.objects.filter(scope(acteur), nud=nud), INCONNUE)
    exiger_joignable(demande, acteur)
    return demande


def exiger_sante_joignable(demande: Demande, acteur: Acteur) -> None:
    """The same of one that says something of health."""
    exiger_joignable(demande, acteur)
    permis = policies.can_deposer_piece(acteur, territoire=demande.territoire, demande=demande.id, sante=True)
    require(permis, sans_droit(Permission.SANTE_ECRIRE))


def exiger_remplacement(demande: Demande, acteur: Acteur, *, gel: Gel | None) -> None:
    """Put a document in the place of another, put its pages in order."""
    exiger_joignable(demande, acteur)
    exiger_remplacable(gel)


def exiger_qualifiable(demande: Demande, acteur: Acteur, *, sante: bool = False) -> None:
    """Say what a document is worth. ``sante``: it says something of health."""
    permis = policies.can_qualifier_piece(acteur, territoire=demande.territoire, sante=sante)
    require(permis, sans_droit(Permission.PIECE_QUALIFIER))
    exiger_deposable(Statut(demande.statut))
