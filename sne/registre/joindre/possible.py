"""Whether a link that verifies an address may be sent again, a household written to, now, by this actor: asked by the
act itself, and by whoever offers it.
"""

import uuid
from datetime import datetime, timedelta

from sne.habilitations.rules import Permission, sans_droit
from sne.journal.selectors import count_depuis
from sne.referentiels.selectors import get_parametres
from sne.registre.demande import policies
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.rules.cycle_de_vie import OUVERTES
from sne.registre.demande.selectors.existence import get_demande
from sne.registre.joindre.parametres import ParametresJoindre
from sne.registre.joindre.selectors.courriels import list_a_verifier
from sne.registre.joindre.verbes import VerbeJoindre
from sne.socle import horloge
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, require
from sne.socle.signes import INSECABLE


def exiger_ecrivable(demande: Demande, acteur: Acteur, *, instant: datetime) -> None:
    """Write to the household. Raises ``NonHabilite``, ``Interdit`` (no longer open, too many in a day)."""
    require(policies.can_modifier(acteur, demande), sans_droit(Permission.DEMANDE_MODIFIER))
    if demande.statut not in OUVERTES:
        raise Interdit("Cette demande n’est plus ouverte. Le registre n’écrit plus à son sujet.")
    au_plus = get_parametres(horloge.jour(instant))[ParametresJoindre].mots_par_jour_max
    depuis = instant - timedelta(days=1)
    if count_depuis(demande.id, VerbeJoindre.ECRIRE_AU_MENAGE, depuis=depuis) >= au_plus:
        raise Interdit(
            f"{au_plus} messages sont déjà partis à ce ménage depuis hier. Appelez-le, ou attendez demain."
        )


def exiger_un_mot(demande_id: uuid.UUID, acteur: Acteur, *, instant: datetime) -> None:
    """The same, asked of a demande that nobody holds yet. Raises ``Introuvable`` too."""
    exiger_ecrivable(get_demande(demande_id, acteur), acteur, instant=instant)


def exiger_courriel_verifiable(demande: Demande, acteur: Acteur, *, instant: datetime) -> None:
    """Raises ``NonHabilite``, ``Interdit`` (none to verify, or too many in a short while)."""
    require(policies.can_modifier(acteur, demande), sans_droit(Permission.DEMANDE_MODIFIER))
    if not list_a_verifier(demande.id):
        raise Interdit("Aucune adresse électronique de ce dossier n’est à vérifier.")
    parametres = get_parametres(horloge.jour(instant))
    minutes, au_plus = (
        parametres[ParametresJoindre].courriel_relances_minutes,
        parametres[ParametresJoindre].courriel_relances_max,
    )
    depuis = instant - timedelta(minutes=minutes)
    if count_depuis(demande.id, VerbeJoindre.DEMANDER_VERIFICATION, depuis=depuis) >= au_plus:
        raise Interdit(
            f"{au_plus} liens sont déjà partis. Attendez {minutes}{INSECABLE}minutes avant d’en envoyer un autre."
        )
