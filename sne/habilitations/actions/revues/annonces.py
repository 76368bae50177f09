"""What a campaign writes: to reviewers when it opens and before it ends, to everybody concerned when it has ended.

And to national operation when one could not be opened.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from sne.habilitations.actions.annonces import ecrire_aux_veilleurs
from sne.habilitations.messages import MessageHabilitation
from sne.habilitations.models import CampagneRevue, Habilitation, Suspension
from sne.habilitations.rules import ROLES, Role
from sne.habilitations.rules.revues import MODELES, CodeModele
from sne.habilitations.selectors.carences import nom_du_lieu
from sne.habilitations.selectors.revues import Relecteurs
from sne.habilitations.selectors.veilleurs import Veilleur, list_exploitants
from sne.socle.horloge import jour


def annoncer_revue(
    campagne: CampagneRevue, a_revoir: Collection[Habilitation], *, rappel: int, survenu_le: datetime
) -> None:
    """Ask each reviewer for their answers; ``rappel`` 0 when it opens, then 1 and 2. Once each, to each."""
    le = jour(survenu_le)
    titre = MODELES[CodeModele(campagne.modele)].libelle
    for veilleur, nombre in Relecteurs(le).compter(a_revoir).items():
        attendues = "1 habilitation attend" if nombre == 1 else f"{nombre} habilitations attendent"
        ecrire_aux_veilleurs(
            [veilleur],
            MessageHabilitation.REVUE_A_FAIRE,
            territoire=campagne.territoire,
            phrase=f"{titre}\u00a0: {attendues} votre réponse.",
            lignes=[
                nom_du_lieu(campagne.territoire, campagne.guichet, le=le),
                f"Dernier jour pour répondre : {campagne.limite:%d/%m/%Y}",
            ],
            suite="Sans réponse à cette date, une habilitation est suspendue.",
            page=reverse("revue", args=[campagne.id]),
            origine=f"revue:{campagne.id}:{rappel}",
            survenu_le=survenu_le,
        )


@transaction.atomic
def annoncer_revue_non_ouverte(territoire: str, modele: CodeModele, *, survenu_le: datetime) -> None:
    """Tell national operation, once a day, that a campaign could not be opened in a territory; the other territories
    are opened.
    """
    le = jour(survenu_le)
    ecrire_aux_veilleurs(
        list_exploitants(le=le),
        MessageHabilitation.REVUE_NON_OUVERTE,
        territoire=territoire,
        phrase=f"{MODELES[modele].libelle} : l’ouverture a échoué, après plusieurs essais.",
        lignes=[nom_du_lieu(territoire, "", le=le)],
        suite="Les autres territoires ne sont pas concernés. Regardez l’erreur dans le journal technique, puis ouvrez "
        "cette revue.",
        page=reverse("revue-ouvrir"),
        origine=f"revue-non-ouverte:{modele}:{territoire}:{le}",
        survenu_le=survenu_le,
    )


def annoncer_suspensions(
    campagne: CampagneRevue, suspensions: Sequence[Suspension], *, survenu_le: datetime
) -> None:
    """Tell each person whose role silence suspended, and their reviewers, who may still keep it."""
    le = jour(survenu_le)
    titre = MODELES[CodeModele(campagne.modele)].libelle
    relecteurs = Relecteurs(le)
    pour: dict[Veilleur, list[str]] = {}
    for s in suspensions:
        h = s.habilitation
        dite = f"{ROLES[Role(h.role)].nom}, {nom_du_lieu(h.territoire, h.guichet, h.zone, le=le)}"
        ecrire_aux_veilleurs(
            [Veilleur.de(h.compte)],
            MessageHabilitation.HABILITATIONS_TERMINEES,
            territoire=campagne.territoire,
            phrase="Une de vos habilitations est suspendue : personne ne l’a confirmée à temps.",
            lignes=[dite],
            suite=f"Demandez qu’elle soit conservée avant le {s.expire_le:%d/%m/%Y}. Elle est retirée ce jour-là.",
            page=reverse("mon-compte"),
            origine=f"suspension:{s.id}",
            survenu_le=survenu_le,
        )
        for veilleur in relecteurs.de(h):
            pour.setdefault(veilleur, []).append(f"{h.compte}, {dite}")
    for veilleur, lignes in pour.items():
        ecrire_aux_veilleurs(
            [veilleur],
            MessageHabilitation.REVUE_CLOSE,
            territoire=campagne.territoire,
            phrase=f"{titre}\u00a0: des habilitations sans réponse sont suspendues.",
            lignes=lignes,
            suite="Vous pouvez encore en conserver. Les autres seront retirées.",
            page=reverse("revue", args=[campagne.id]),
            origine=f"revue-close:{campagne.id}",
            survenu_le=survenu_le,
        )
