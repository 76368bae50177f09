"""Who comes, and who lost their way in: a code that is told by hand, a message that says where it serves.

Two steps, so that neither whoever reads the mailbox nor whoever overhears the code comes in: the address receives where
to sign in, the person is told a code that serves once, then chooses a password and links an application.
"""

import secrets
import uuid
from dataclasses import dataclass, replace

from django.db import transaction
from django.urls import reverse

from sne.habilitations.actions.annonces import ecrire_aux_veilleurs
from sne.habilitations.actions.comptes import NouveauCompte, creer_compte, reinitialiser_acces
from sne.habilitations.actions.roles import Octroi, accorder_habilitation
from sne.habilitations.messages import MessageHabilitation
from sne.habilitations.models import Compte
from sne.habilitations.rules import ROLES
from sne.habilitations.selectors.veilleurs import Veilleur
from sne.socle.acte import Acte

SIGNES = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none is taken for another when it is read aloud
GROUPES, PAR_GROUPE = 4, 4  # 80 bits
VOTRE_CODE = "Munissez-vous du code que la personne qui vous invite vous remet, jamais par courriel."


@dataclass(frozen=True, slots=True)
class Invite:
    """A person to be, named as on their papers."""

    courriel: str
    prenom: str
    nom: str


@dataclass(frozen=True, slots=True)
class Invitation:
    """The account that was made, and the code to hand over: it is nowhere else."""

    compte_id: uuid.UUID
    code: str


@transaction.atomic
def inviter(qui: Invite, octroi: Octroi, *, acte: Acte) -> Invitation:
    """Open an account with its first role, and write to its address; ``octroi`` says which role, its account apart.

    Raises as :func:`creer_compte` and :func:`accorder_habilitation`; nothing is then made.
    """
    code = tirer_code()
    compte_id = creer_compte(NouveauCompte(qui.courriel, qui.prenom, qui.nom, code), acte=acte)
    accorder_habilitation(replace(octroi, compte_id=compte_id), acte=acte)
    _ecrire(
        compte_id,
        MessageHabilitation.COMPTE_OUVERT,
        phrase=f"{acte.acteur.nom} vous ouvre un compte.",
        ligne=f"Rôle\u00a0: {ROLES[octroi.role].nom.lower()}",
        acte=acte,
    )
    return Invitation(compte_id, code)


@transaction.atomic
def redonner_acces(compte_id: uuid.UUID, *, acte: Acte) -> Invitation:
    """Lost telephone or forgotten password: a code, and a message that says who gave it.

    Raises as :func:`reinitialiser_acces`.
    """
    code = tirer_code()
    reinitialiser_acces(compte_id, mot_de_passe=code, acte=acte)
    _ecrire(
        compte_id,
        MessageHabilitation.ACCES_REDONNE,
        phrase=f"{acte.acteur.nom} vous redonne un accès. L’ancien mot de passe et l’application ne servent plus.",
        ligne="Si vous n’avez rien demandé, prévenez votre gestionnaire territorial.",
        acte=acte,
    )
    return Invitation(compte_id, code)


def tirer_code() -> str:
    """« K7QF-2M9P-XT4W-83LC »."""
    groupes = ("".join(secrets.choice(SIGNES) for _ in range(PAR_GROUPE)) for _ in range(GROUPES))
    return "-".join(groupes)


def _ecrire(compte_id: uuid.UUID, genre: MessageHabilitation, *, phrase: str, ligne: str, acte: Acte) -> None:
    ecrire_aux_veilleurs(
        [Veilleur.de(Compte.objects.get(pk=compte_id))],
        genre,
        territoire=acte.acteur.territoire,
        phrase=phrase,
        lignes=[ligne],
        suite=VOTRE_CODE,
        page=reverse("connexion"),
        origine=f"acces:{compte_id}:{acte.survenu_le.isoformat()}",
        survenu_le=acte.survenu_le,
    )
