"""Whether documents may be read, added, replaced or qualified now, by this actor: asked by the acts themselves, and by
whoever offers them. Each raises ``NonHabilite``, ``Interdit`` (closed demande), ``DossierFige``.
"""

from sne.habilitations.rules import Permission, sans_droit
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.policies import scope
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.enquete.rules.gel import Gel
from sne.registre.pieces import policies
from sne.registre.pieces.rules.pieces_deposees import exiger_deposable, exiger_remplacable
from sne.registre.pieces.selectors.pieces import INCONNUE
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Introuvable, require


def exiger_pieces_lisibles(demande: Demande, acteur: Acteur) -> None:
    """Know of the documents of a file; those of health are shown to who may read them."""
    permis = policies.can_lire_pieces(acteur, territoire=demande.territoire, demande=demande.id)
    require(permis, sans_droit(Permission.PIECE_LIRE))


def exiger_joignable(demande: Demande, acteur: Acteur) -> None:
    """Add a document, note that one was seen, say what the household explains of one."""
    permis = policies.can_deposer_piece(acteur, territoire=demande.territoire, demande=demande.id)
    require(permis, sans_droit(Permission.PIECE_DEPOSER))
    exiger_deposable(Statut(demande.statut))


def ouvrir_a_un_envoi(nud: str, acteur: Acteur) -> Demande:
    """A demande of the perimeter for which a file may be sent ahead; nothing of it is shown. Raises ``Introuvable``."""
    demande = Demande.objects.filter(scope(acteur), nud=nud).first()
    if demande is None:
        raise Introuvable(INCONNUE)
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
