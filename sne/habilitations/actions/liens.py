"""Two accounts are of one person: whatever wants two persons then counts them once."""

import uuid

from django.db import transaction
from django.db.models import Q

from sne.habilitations.models import Compte
from sne.habilitations.possible import exiger_relier
from sne.habilitations.verbes import VerbeHabilitation
from sne.journal.actions import inscrire
from sne.journal.rules import Cote, Entree, Valeur
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, Introuvable


@transaction.atomic
def lier_comptes(compte_id: uuid.UUID, autre_id: uuid.UUID, *, motif: str = "", acte: Acte) -> None:
    """Say that two accounts are of one person, with every account known to be of either. It is never unsaid.

    ``motif``: how it is known, kept by the journal.

    Raises ``NonHabilite``, ``Introuvable``, ``Interdit`` (one account twice, linked already).
    """
    mandat = exiger_relier(acte.acteur)
    # One global order, so that two links at once never wait for each other.
    comptes = {
        c.id: c
        for c in Compte.objects.select_for_update()
        .filter(id__in=[compte_id, autre_id], logiciel=False)
        .order_by("id")
    }
    if not {compte_id, autre_id} <= comptes.keys():
        raise Introuvable("Aucun compte sous cet identifiant.")
    garde, rejoint = (comptes[cle].titulaire_id or cle for cle in (compte_id, autre_id))
    if garde == rejoint:
        raise Interdit("Ces deux comptes sont déjà reconnus d’une même personne.")
    Compte.objects.filter(Q(id=rejoint) | Q(titulaire=rejoint)).update(titulaire=garde)
    inscrire(
        Entree(
            VerbeHabilitation.LIER_COMPTES,
            acte,
            role=mandat.role,
            faits={"compte": str(compte_id), "autre": str(autre_id), "titulaire": str(garde)},
            valeurs=(Valeur("motif", Cote.APRES, motif),) if motif else (),
        )
    )
