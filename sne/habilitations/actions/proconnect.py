"""ProConnect beside password and code: an account is linked by its holder, then opened by who comes back from there."""

from datetime import datetime

from django.db import transaction

from sne.habilitations import policies
from sne.habilitations.actions.connexion import inscrire_connexion, inscrire_refus
from sne.habilitations.models import Compte
from sne.habilitations.rules import MotifRefus
from sne.habilitations.verbes import VerbeHabilitation
from sne.journal.actions import inscrire
from sne.journal.rules import Entree
from sne.oidc.rules.identite import IdentiteProfessionnelle
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.chiffrement import empreinte
from sne.socle.erreurs import Interdit, require

DEJA = "Cette identité ProConnect est déjà reliée à un autre compte. Déconnectez-vous, puis entrez par ProConnect."
LE_SIEN = "Vous ne pouvez relier ou délier que votre propre compte."


def sujet(identite: IdentiteProfessionnelle) -> bytes:
    """What we keep of this person: the keyed fingerprint of what ProConnect knows them by, no address and no name."""
    return empreinte(identite.sub, usage="habilitations:proconnect")


@transaction.atomic
def relier_proconnect(identite: IdentiteProfessionnelle, *, acte: Acte) -> None:
    """Let this person of ProConnect open the actor's own account. Idempotent.

    No address is compared: who is signed in says that both are theirs. Raises ``NonHabilite``, or ``Interdit`` when it
    opens another account.
    """
    compte = _le_sien(acte)
    cle = sujet(identite)
    if bytes(compte.proconnect or b"") == cle:
        return
    if Compte.objects.filter(proconnect=cle).exists():
        raise Interdit(DEJA)
    _poser(compte, cle, acte=acte)


@transaction.atomic
def delier_proconnect(*, acte: Acte) -> None:
    """Let nobody of ProConnect open the actor's own account any more. Idempotent. Raises ``NonHabilite``."""
    compte = _le_sien(acte)
    if compte.proconnect is not None:
        _poser(compte, None, acte=acte)


def _le_sien(acte: Acte) -> Compte:
    compte = Compte.objects.select_for_update().filter(pk=acte.acteur.id).first()
    require(
        compte is not None and policies.can_changer_mot_de_passe(acte.acteur, compte_id=compte.pk), LE_SIEN
    )
    assert compte is not None
    return compte


def _poser(compte: Compte, cle: bytes | None, *, acte: Acte) -> None:
    compte.proconnect = cle
    compte.save(update_fields=["proconnect"])
    faits = {"compte": str(compte.id), "champ": "PROCONNECT", "reliee": cle is not None}
    inscrire(Entree(VerbeHabilitation.MODIFIER_COMPTE, acte, faits=faits))


@transaction.atomic
def entrer_par_proconnect(*, acte: Acte, adresse: str) -> None:
    """Tell the journal that the actor came in, two factors asked over there. ``adresse``: of their network."""
    inscrire_connexion(acte=acte, adresse=adresse, par="PROCONNECT")


def refuser_proconnect(
    identite: IdentiteProfessionnelle, *, inconnu: Acteur, survenu_le: datetime, adresse: str
) -> None:
    """Tell the journal that somebody whom ProConnect knows opens no account of ours."""
    inscrire_refus(
        identite.email, motif=MotifRefus.NON_RELIEE, inconnu=inconnu, survenu_le=survenu_le, adresse=adresse
    )
