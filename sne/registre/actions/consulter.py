"""Opening a file: a read that leaves a trace, so that the household can see who looked."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from sne.journal import actions as journal
from sne.journal.rules import Entree, Verbe
from sne.registre import policies
from sne.registre.models import Demande
from sne.registre.rules import numero_unique
from sne.registre.rules.contenu import porte_sante
from sne.registre.rules.refus import Introuvable
from sne.registre.selectors.fiche import Fiche, get_fiche
from sne.socle.acteur import Acteur
from sne.socle.erreurs import require


@transaction.atomic
def consulter_demande(nud: str, *, acteur: Acteur, survenu_le: datetime, motif: str = "") -> Fiche:
    """The file of this number, its reading journalled first (CCH R441-2-6); reading health has its own entry.

    Raises ``Introuvable`` when the number is unreadable, unknown, or out of the actor's perimeter: all the same answer.
    """
    try:
        canonique = numero_unique.lire(nud).canonique
    except numero_unique.NumeroInvalide as exc:
        raise Introuvable(str(exc)) from None
    demande = (
        Demande.objects.select_related("version_courante")
        .filter(policies.scope(acteur), nud=canonique)
        .first()
    )
    if demande is None:
        raise Introuvable("Aucun dossier dans votre périmètre sous ce numéro. Vérifiez-le signe par signe.")
    require(policies.can_lire(acteur, demande), "Votre rôle ne permet pas de lire ce dossier.")
    lecture = Entree(
        verbe=Verbe.CONSULTER,
        acteur=acteur,
        survenu_le=survenu_le,
        territoire=demande.territoire,
        demande_id=demande.id,
        revision=demande.revision,
        faits={"motif": motif} if motif else {},
    )
    journal.inscrire(lecture)
    fiche = get_fiche(demande, acteur)
    if porte_sante(fiche.contenu):
        journal.inscrire(replace(lecture, verbe=Verbe.CONSULTER_SANTE))
    return fiche
