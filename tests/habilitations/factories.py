"""People of the tests: one account per role, made by the module's own actions, signed in as the pages leave them."""

import time
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client
from django.urls import reverse
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.oath import totp

from sne.habilitations.actions import NouveauCompte, Octroi, accorder_habilitation, creer_compte
from sne.habilitations.middleware import CLE_OUVERTE, CLE_VUE
from sne.habilitations.models import Appareil, Compte
from sne.habilitations.rules import Role, acteur_systeme
from sne.habilitations.selectors import acteur_de
from sne.habilitations.verbes import VerbeHabilitation
from sne.habilitations.views.connexion import MOTEUR
from sne.journal.actions import inscrire
from sne.journal.rules import Entree, Verbe
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.horloge import jour, maintenant

MOT_DE_PASSE = "un tilleul devant la mairie 47"
CLE_TOTP = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # 20 bytes in base32
SYSTEME = acteur_systeme("essais")


@dataclass(frozen=True, slots=True)
class Nom:
    """Name of a person of the tests."""

    prenom: str = "Camille"
    nom: str = "Rousset"


def creer_personne(
    *, nom: Nom = Nom(), courriel: str = "", second_facteur: bool = True, le: datetime | None = None
) -> Compte:
    """An account without any role; ``second_facteur=False`` leaves the application to enrol at the first sign-in."""
    compte_id = creer_compte(
        NouveauCompte(
            courriel=courriel or f"{uuid.uuid4().hex}@exemple.fr",
            prenom=nom.prenom,
            nom=nom.nom,
            mot_de_passe=MOT_DE_PASSE,
            cle_totp=CLE_TOTP if second_facteur else "",
            provisoire=False,
        ),
        acte=Acte(SYSTEME, le or maintenant()),
    )
    return Compte.objects.get(pk=compte_id)


def habiliter(
    compte: Compte,
    role: Role,
    *,
    territoire: str = "",
    guichet: str = "",
    zone: str = "",
    le: datetime | None = None,
    **dates: Any,
) -> uuid.UUID:
    """Grant a role by the service itself; ``debut`` and ``fin`` as in :class:`Octroi`."""
    octroi = Octroi(compte.id, role, territoire=territoire, guichet=guichet, zone=zone, **dates)
    return accorder_habilitation(octroi, acte=Acte(SYSTEME, le or maintenant()))


def dire(verbe: Verbe, **faits: object) -> None:
    """The entry that an act would write, for a row that a test changes by itself."""
    inscrire(
        Entree(verbe, Acte(SYSTEME, maintenant()), faits={cle: str(valeur) for cle, valeur in faits.items()})
    )


def dire_les_retraits(compte: Compte) -> None:
    """As :func:`dire`, for roles of this account that a test ended by itself."""
    for cle in compte.habilitations.values_list("id", flat=True):
        dire(VerbeHabilitation.RETIRER_HABILITATION, habilitation=cle)


def creer_agent(territoire: str = "099", guichet: str = "G0993", **personne: Any) -> Compte:
    """A counter agent of one guichet."""
    return _avec(Role.AGENT_GUICHET, territoire, guichet, **personne)


def creer_responsable(territoire: str = "099", guichet: str = "G0993", **personne: Any) -> Compte:
    """A guichet manager."""
    return _avec(Role.RESPONSABLE_GUICHET, territoire, guichet, **personne)


def creer_gestionnaire(territoire: str = "099", **personne: Any) -> Compte:
    """A territorial manager."""
    return _avec(Role.GESTIONNAIRE_TERRITORIAL, territoire, "", **personne)


def creer_support(**personne: Any) -> Compte:
    """Level 1 support."""
    return _avec(Role.SUPPORT_N1, "", "", **personne)


def creer_exploitation(**personne: Any) -> Compte:
    """National operation."""
    return _avec(Role.EXPLOITATION_NATIONALE, "", "", **personne)


def creer_dpo(**personne: Any) -> Compte:
    """Data protection officer."""
    return _avec(Role.DPO, "", "", **personne)


def creer_aidant(territoire: str = "099", guichet: str = "G0993", **personne: Any) -> Compte:
    """Somebody who helps, and does nothing else."""
    return _avec(Role.AIDANT, territoire, guichet, **personne)


def creer_gestionnaire_de_fichiers(territoire: str = "099", **personne: Any) -> Compte:
    """Who looks after the shared file of a territory."""
    return _avec(Role.GESTIONNAIRE_FICHIERS_PARTAGES, territoire, "", **personne)


def creer_coordination_departementale(
    territoire: str = "099", departement: str = "99", **personne: Any
) -> Compte:
    """Who coordinates a département."""
    return _avec(Role.COORDINATION_DEPARTEMENTALE, territoire, "", departement, **personne)


def creer_coordination_regionale(region: str = "099", **personne: Any) -> Compte:
    """Who coordinates a region."""
    return _avec(Role.COORDINATION_REGIONALE, "", "", region, **personne)


def creer_association_hlm(region: str = "099", **personne: Any) -> Compte:
    """A regional association of landlords."""
    return _avec(Role.ASSOCIATION_HLM, "", "", region, **personne)


def creer_union_hlm(**personne: Any) -> Compte:
    """The national union of landlords."""
    return _avec(Role.UNION_HLM, "", "", **personne)


def creer_pole_metier(**personne: Any) -> Compte:
    """Who defines and publishes reports."""
    return _avec(Role.POLE_METIER, "", "", **personne)


def creer_support_n2(**personne: Any) -> Compte:
    """Level 2 support."""
    return _avec(Role.SUPPORT_N2, "", "", **personne)


def _avec(role: Role, territoire: str, guichet: str, zone: str = "", **personne: Any) -> Compte:
    compte = creer_personne(**personne)
    habiliter(compte, role, territoire=territoire, guichet=guichet, zone=zone, le=personne.get("le"))
    return compte


def acteur(compte: Compte, *, le: datetime | None = None, **poste: str) -> Acteur:
    """The acting person, as the middleware makes them (``guichet=``, ``territoire=`` choose the place)."""
    return acteur_de(compte, le=jour(le or maintenant()), correlation=uuid.uuid4(), **poste)


def code_de(compte: Compte) -> str:
    """The six digits that the application of this account shows now."""
    appareil = Appareil.objects.get(user=compte)
    return f"{totp(appareil.bin_key, step=appareil.step, t0=appareil.t0, digits=6, drift=0):06d}"


def connecter(client: Client, compte: Compte) -> Client:
    """Signed in, as the two pages leave the session."""
    session, instant = client.session, maintenant().timestamp()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(compte.pk), MOTEUR
    session[HASH_SESSION_KEY] = compte.get_session_auth_hash()
    session[DEVICE_ID_SESSION_KEY] = Appareil.objects.get(user=compte).persistent_id
    session[CLE_OUVERTE] = session[CLE_VUE] = instant
    session.save()
    return client


def connecter_par_les_pages(client: Client, compte: Compte) -> Client:
    """Sign in through the two pages. A code serves once: the memory of the last one is put aside first."""
    Appareil.objects.filter(user=compte).update(last_t=int(time.time()) // 30 - 2)
    client.post(reverse("connexion"), {"courriel": compte.courriel, "mot_de_passe": MOT_DE_PASSE})
    reponse = client.post(reverse("connexion-code"), {"code": code_de(compte)})
    assert reponse.status_code == 302, "sign-in refused"
    return client


def ouvrir_une_saisie(compte: Compte, *, le: datetime | None = None) -> uuid.UUID:
    """A registration that this agent has under way at their guichet."""
    from sne.registre.modification.actions.brouillons import (
        ouvrir_brouillon,  # the register is above accounts
    )

    agent = acteur(compte, le=le)
    return ouvrir_brouillon({}, acte=Acte(agent, le or maintenant()), territoire=agent.territoire)
