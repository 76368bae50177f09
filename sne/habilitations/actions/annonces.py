"""What professionals are written about their roles and the places they watch over: with the act, sent after it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse

from sne.habilitations.messages import MessageHabilitation
from sne.habilitations.models import AvisInactivite, Carence, Compte, Habilitation
from sne.habilitations.rules import MOTIFS_RETRAIT, ROLES, MotifRetrait, Role, acteur_systeme
from sne.habilitations.selectors.carences import lire_carence, nom_du_lieu
from sne.habilitations.selectors.veilleurs import (
    Veilleur,
    list_exploitants,
    list_gestionnaires,
    list_responsables,
)
from sne.notifications.actions import Pli, ecrire_a
from sne.notifications.rules import GenreAgent, Limites
from sne.referentiels.selectors import get_parametres
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.horloge import jour

SERVICE = "Service des habilitations"
SANS_CONNEXION = "Vous ne vous êtes pas connecté depuis plusieurs mois\u00a0: vos habilitations prennent fin."
SANS_APPEL = (
    "Votre logiciel n’a rien appelé depuis plusieurs mois\u00a0: les guichets qu’il sert lui sont retirés."
)


def service_des_habilitations() -> Acteur:
    """The service itself, when it ends a role, notes a lack or writes without anybody asking."""
    return acteur_systeme(SERVICE)


def ecrire_aux_veilleurs(
    veilleurs: Iterable[Veilleur],
    genre: GenreAgent,
    *,
    territoire: str,
    phrase: str,
    lignes: Sequence[str],
    suite: str,
    page: str,
    origine: str,
    survenu_le: datetime,
) -> None:
    """Write once to each; ``page`` is the address of the screen that goes on from there."""
    le = jour(survenu_le)
    parametres = get_parametres(le)
    for veilleur in sorted(set(veilleurs), key=lambda v: v.courriel):
        ecrire_a(
            Pli(
                destinataire=veilleur.courriel,
                compte_id=veilleur.compte_id,
                genre=genre,
                contexte={
                    "territoire": nom_du_lieu(territoire, "", le=le),
                    "phrase": phrase,
                    "lignes": "\n".join(lignes),
                    "suite": suite,
                    "lien": f"{settings.URL_PUBLIQUE}{page}",
                },
                origine=origine,
                limites=Limites.depuis(parametres),
                territoire=territoire,
            ),
            acte=Acte(service_des_habilitations(), survenu_le),
        )


def annoncer_inactivite(compte: Compte, avis: Sequence[AvisInactivite], survenu_le: datetime) -> None:
    """Tell a person that roles of theirs end soon, and that signing in keeps them; a vendor, that a call does."""
    le = jour(survenu_le)
    premier = min(a.retrait_le for a in avis)
    ecrire_aux_veilleurs(
        [Veilleur.de(compte)],
        MessageHabilitation.HABILITATIONS_A_ECHOIR,
        territoire=avis[0].territoire,
        phrase=SANS_APPEL if compte.logiciel else SANS_CONNEXION,
        lignes=[f"{_dite(a.habilitation, le)}, fin le {a.retrait_le:%d/%m/%Y}" for a in avis],
        suite=f"Pour les garder, {'appelez le service' if compte.logiciel else 'connectez-vous'} "
        f"avant le {premier:%d/%m/%Y}.",
        page=reverse("connexion"),
        origine=f"inactivite:{avis[0].id}",
        survenu_le=survenu_le,
    )


def annoncer_retraits(
    compte: Compte, retirees: Sequence[Habilitation], *, motif: MotifRetrait, survenu_le: datetime
) -> None:
    """Tell a person which roles they no longer hold, why, and whom to ask."""
    le = jour(survenu_le)
    ecrire_aux_veilleurs(
        [Veilleur.de(compte)],
        MessageHabilitation.HABILITATIONS_TERMINEES,
        territoire=retirees[0].territoire,
        phrase=f"Des habilitations qui vous étaient accordées prennent fin. Raison : {MOTIFS_RETRAIT[motif].lower()}.",
        lignes=[f"{_dite(h, le)}, fin le {h.fin or le:%d/%m/%Y}" for h in retirees],
        suite="Si vous en avez de nouveau besoin, demandez-les au gestionnaire territorial.",
        page=reverse("mon-compte"),
        origine=f"retrait:{retirees[0].id}",
        survenu_le=survenu_le,
    )


def annoncer_inactivites_du_territoire(territoire: str, survenu_le: datetime) -> None:
    """Tell the managers of a territory, or national operation, what was announced and ended there on that day.

    Cases of territorial managers are told to national operation, which grants their role.
    """
    le = jour(survenu_le)
    avis = AvisInactivite.objects.filter(territoire=territoire, avise_le=le)
    retraits = Habilitation.objects.filter(
        territoire=territoire, fin=le, motif_retrait=MotifRetrait.INACTIVITE.value
    )
    lignes: defaultdict[bool, list[str]] = defaultdict(list)
    for a in avis.select_related("habilitation__compte").order_by("retrait_le", "id"):
        lignes[_national(a.habilitation)].append(
            f"{a.habilitation.compte}, {_dite(a.habilitation, le)}\u00a0: fin le {a.retrait_le:%d/%m/%Y} sans connexion"
        )
    for h in retraits.select_related("compte").order_by("guichet", "id"):
        lignes[_national(h)].append(f"{h.compte}, {_dite(h, le)}\u00a0: habilitation retirée ce jour")
    for national, dites in lignes.items():
        ecrire_aux_veilleurs(
            list_exploitants(le=le) if national else list_gestionnaires(territoire, le=le),
            MessageHabilitation.HABILITATIONS_INACTIVES,
            territoire=territoire,
            phrase="Des habilitations ne servent plus.",
            lignes=dites,
            suite="Une connexion avant la date suffit à la garder. Retirée, il faut en accorder une nouvelle.",
            page=reverse("habilitations"),
            origine=f"inactivites:{territoire}:{le}{':nation' if national else ''}",
            survenu_le=survenu_le,
        )


def annoncer_carences(nouvelles: Sequence[Carence], survenu_le: datetime) -> None:
    """Tell what places lack to their territorial managers, the managers of their body and national operation."""
    le = jour(survenu_le)
    pour: defaultdict[Veilleur, list[Carence]] = defaultdict(list)
    for carence in nouvelles:
        veilleurs = {*list_exploitants(le=le), *list_gestionnaires(carence.territoire, le=le)}
        if carence.guichet:
            veilleurs |= {*list_responsables(carence.territoire, carence.guichet, le=le)}
        for veilleur in veilleurs:
            pour[veilleur].append(carence)
    for veilleur, siennes in pour.items():
        lues = [lire_carence(c, le=le) for c in siennes]
        ecrire_aux_veilleurs(
            [veilleur],
            MessageHabilitation.LIEUX_SANS_RESPONSABLE,
            territoire=siennes[0].territoire,
            phrase="Plus personne ne répond de ces lieux.",
            lignes=[f"{c.lieu}\u00a0: {c.libelle.lower()}" for c in lues],
            suite="Accordez une habilitation, ou demandez-la au gestionnaire territorial.",
            page=reverse("habilitations"),
            origine=f"carence:{siennes[0].id}",
            survenu_le=survenu_le,
        )


def _national(habilitation: Habilitation) -> bool:
    """Whether the territorial manager is not the one to mend it: their own role, or a national one."""
    return not habilitation.guichet


def _dite(habilitation: Habilitation, le: date) -> str:
    nom = ROLES[Role(habilitation.role)].nom
    lieu = nom_du_lieu(habilitation.territoire, habilitation.guichet, habilitation.zone, le=le)
    return f"{nom[:1].lower()}{nom[1:]}, {lieu}"
