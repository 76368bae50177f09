"""Asking, from an enquiry, that a demande be put back as it was: nothing changes yet."""

import uuid
from collections.abc import Collection

from django.db import transaction

from sne.habilitations.rules import Permission
from sne.registre.contenu.rules import arbre
from sne.registre.contenu.rules.texte import lire_texte
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.enquete.actions.enquetes import lock_enquete
from sne.registre.enquete.models.enquete import DemandeEnquetee, DossierEnquete, Gel
from sne.registre.enquete.models.restauration import RequeteRestauration
from sne.registre.pieces.policies import can_lire_piece
from sne.registre.restauration.actions.inscription import journaliser_a_part
from sne.registre.restauration.possible import exiger_restauration_demandable
from sne.registre.restauration.rules.pieces import lire_pieces_gardees
from sne.registre.restauration.rules.retour import exiger_anciennete_changee, exiger_retablissable, lire_blocs
from sne.registre.restauration.selectors import Retour, calculer_retour, get_version, is_retour_demande
from sne.registre.restauration.verbes import VerbeRestauration
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from sne.socle.identifiants import uuid7

GEL_D_UNE_AUTRE = (
    "Ce dossier est figé par une autre enquête. Faites lever ce gel d’abord, ou demandez le retour depuis cette "
    "enquête."
)


@transaction.atomic
def demander_restauration(
    enquete_id: uuid.UUID,
    demande_id: uuid.UUID,
    *,
    vers: int,
    motif: str,
    a_part: bool,
    acte: Acte,
    garder: Collection[str] = (),
    pieces: Collection[str] = (),
    anciennete: bool = False,
) -> uuid.UUID:
    """Ask that a demande of this enquiry be put back as version ``vers`` left it; the request's id. Nothing changes.

    ``a_part``: the person who came in since is to have a demande of their own; ``garder``: codes of what stays as it is
    today; ``pieces``: ids of the documents handed in since that stay, among those that the actor may read;
    ``anciennete``: seniority counts again as it did then. Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (of
    another enquiry, ended, asked already, nothing to change).
    """
    demande = lock_demande(demande_id, acteur=acte.acteur)
    enquete = lock_enquete(enquete_id, acteur=acte.acteur)
    exiger_restauration_demandable(enquete, acte.acteur)
    if not DemandeEnquetee.objects.filter(enquete=enquete, demande=demande).exists():
        raise Interdit("Cette demande n’est pas de cette enquête. Ajoutez-la d’abord.")
    blocs = lire_blocs(garder)
    motif = lire_texte(motif, requis=True, champ="motif")
    retour = calculer_retour(demande, get_version(demande, vers), garder=blocs)
    lisibles = [
        u
        for u in retour.ulterieures
        if can_lire_piece(acte.acteur, territoire=demande.territoire, sante=u.sante)
    ]
    gardees = lire_pieces_gardees(pieces, lisibles, a_part=a_part)
    exiger_possible(retour.en_gardant(gardees), enquete, a_part=a_part, anciennete=anciennete)
    if is_retour_demande(demande.id):
        raise Interdit("Un retour à un état antérieur attend déjà une décision pour cette demande.")
    requete = RequeteRestauration(
        id=uuid7(),
        territoire=demande.territoire,
        demande=demande,
        enquete=enquete,
        vers=vers,
        a_part=a_part,
        garder=[bloc.value for bloc in blocs],
        pieces=list(gardees),
        anciennete=anciennete,
        motif=motif,
        auteur=acte.acteur.id,
        demandee_par=acte.acteur.instantane_pour(Permission.RESTAURATION_DEMANDER, demande.territoire),
        survenu_le=acte.survenu_le,
    )
    requete.save(force_insert=True)
    faits = {"requete": str(requete.id), "enquete": str(enquete.id), "vers": vers}
    journaliser_a_part(VerbeRestauration.DEMANDER_RESTAURATION, requete, faits, acte=acte)
    cle: uuid.UUID = requete.id
    return cle


def exiger_possible(retour: Retour, enquete: DossierEnquete, *, a_part: bool, anciennete: bool) -> None:
    """Refuse what cannot be, or what would change nothing. Raises ``Interdit``."""
    demande = retour.demande
    exiger_retablissable(Statut(demande.statut), a_part=a_part)
    if Gel.objects.filter(demande=demande, leve_le=None).exclude(enquete=enquete).exists():
        raise Interdit(GEL_D_UNE_AUTRE)
    if anciennete:
        exiger_anciennete_changee(retour.anciennete, demande.date_anciennete)
    pareil = not anciennete and not arbre.difference(retour.maintenant, retour.cible)
    if pareil and set(demande.version_courante.pieces) == set(retour.pieces):
        raise Interdit(
            "La demande est déjà comme elle était à cette date. Choisissez-en une autre.", champ="vers"
        )
    if a_part and retour.a_part is None:
        raise Interdit(
            "Personne d’autre n’est entré dans cette demande depuis cette date\u00a0: il n’y a pas d’autre foyer à "
            "enregistrer. Décochez cette ligne.",
            champ="a_part",
        )
