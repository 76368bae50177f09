"""Sessions of one account: one of its own that is closed from another, and those that are too many."""

from django.contrib.sessions.models import Session
from django.db import transaction

from sne.habilitations.actions.connexion import inscrire_deconnexion
from sne.habilitations.models import Compte
from sne.habilitations.ouvertes import Ouverte, list_ouvertes, oublier_ouverture
from sne.habilitations.parametres import ParametresHabilitations
from sne.habilitations.rules import MotifFin
from sne.referentiels.selectors import get_parametres
from sne.socle.acte import Acte
from sne.socle.erreurs import Introuvable
from sne.socle.horloge import jour


@transaction.atomic
def fermer_session(jeton: str, *, ici: str, acte: Acte) -> None:
    """Close another session of one's own. ``ici``: the key of the session that asks, which signs out instead.

    Raises ``Introuvable``: somebody else's, this one, or one that has ended.
    """
    compte = Compte.objects.select_for_update().get(pk=acte.acteur.id)
    for ouverte in list_ouvertes(compte, ici=ici):
        if ouverte.jeton == jeton and not ouverte.celle_ci:
            _fermer(ouverte, MotifFin.AILLEURS, acte=acte)
            return
    raise Introuvable("Cette session est déjà fermée.")


@transaction.atomic
def borner_sessions(*, ici: str, acte: Acte) -> int:
    """End those that served longest ago, beyond the dated parameter; returns how many. ``ici`` was just opened."""
    compte = Compte.objects.select_for_update().get(pk=acte.acteur.id)
    au_plus = get_parametres(jour(acte.survenu_le))[ParametresHabilitations].session_simultanees
    autres = [ouverte for ouverte in list_ouvertes(compte, ici=ici) if not ouverte.celle_ci]
    for ouverte in autres[au_plus - 1 :]:
        _fermer(ouverte, MotifFin.NOMBRE, acte=acte)
    return len(autres[au_plus - 1 :])


def _fermer(ouverte: Ouverte, motif: MotifFin, *, acte: Acte) -> None:
    Session.objects.filter(pk=ouverte.cle).delete()
    oublier_ouverture(acte.acteur.id, ouverte.jeton)
    inscrire_deconnexion(acte=acte, motif=motif)
