"""Somebody who is vouched for comes in: the account is found or opened, a session starts; it ends, it is forgotten."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection, transaction

from sne.cellules.routage import a_l_annuaire
from sne.demandeurs.actions.envois import oublier_envoi
from sne.demandeurs.models import AccesDemandeur, CompteDemandeur, SessionDemandeur
from sne.demandeurs.rules.niveaux import NatureContact, Voie
from sne.demandeurs.rules.sessions import NOM, Scelle, texte_du_pivot
from sne.demandeurs.selectors import cle_de, get_limites
from sne.demandeurs.verbes import VerbeDemandeur
from sne.journal.actions import inscrire
from sne.journal.rules import Entree
from sne.notifications.rules import Famille
from sne.oidc.rules.echange import tirer
from sne.oidc.rules.identite import IdentitePivot
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur, Canal
from sne.socle.chiffrement import chiffrer, empreinte
from sne.socle.erreurs import Interdit
from sne.socle.langues import PAR_CODE
from sne.socle.signes import INSECABLE

VERROU = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


@dataclass(frozen=True, slots=True)
class Venue:
    """Somebody who has just come in. ``secret``: what their browser holds from now on."""

    compte: uuid.UUID
    secret: str = field(repr=False)


def acteur_de(compte: uuid.UUID, *, correlation: uuid.UUID | None = None) -> Acteur:
    """The holder of an account, who may do nothing yet: what is theirs is said by the links of the register."""
    return Acteur(id=compte, nom=NOM, canal=Canal.PGP, correlation=correlation)


@a_l_annuaire()
@transaction.atomic
def accueillir(
    identite: IdentitePivot,
    *,
    jeton: str,
    fournisseur: str,
    voie: Voie = Voie.FC,
    prouvee_le: datetime | None,
    survenu_le: datetime,
) -> Venue:
    """Start a session for whom this provider vouches: under the account that is known by it, or a new one.

    ``prouvee_le``: when they identified themselves there, if it says so. An e-mail identifies nobody: it is neither
    kept nor compared.
    """
    sujet = empreinte(f"{fournisseur}\0{identite.sub}", usage="demandeurs:sujet")
    texte = texte_du_pivot(identite)
    pivot = empreinte(f"{fournisseur}\0{texte}", usage="demandeurs:pivot") if texte else b""
    with connection.cursor() as curseur:  # two first sign-ins at once open one account
        curseur.execute(VERROU, [(pivot or sujet).hex()])
    compte = _compte(sujet, pivot, survenu_le)
    return ouvrir_session(compte, voie, Scelle(identite=identite, jeton=jeton), prouvee_le, survenu_le)


@a_l_annuaire()
@transaction.atomic
def accueillir_par_code(sujet: bytes, *, survenu_le: datetime) -> Venue:
    """Start a session for whom a code vouches: under the account that this way leads into, or a new one."""
    with connection.cursor() as curseur:
        curseur.execute(VERROU, [sujet.hex()])
    return ouvrir_session(_compte(sujet, b"", survenu_le), Voie.CODE, Scelle(), survenu_le, survenu_le)


def ouvrir_session(
    compte: uuid.UUID, voie: Voie, contenu: Scelle, prouvee_le: datetime | None, survenu_le: datetime
) -> Venue:
    """One more session of this account, under a key drawn anew."""
    secret = tirer()
    cle = cle_de(secret)
    SessionDemandeur.objects.create(
        cle=cle,
        compte_id=compte,
        voie=voie,
        scelle=chiffrer(contenu.model_dump_json().encode(), lie_a=cle),
        ouverte_le=survenu_le,
        prouvee_le=prouvee_le,
        vue_le=survenu_le,
    )
    acte = Acte(acteur_de(compte), survenu_le)
    inscrire(Entree(VerbeDemandeur.CONNECTER_DEMANDEUR, acte, faits={"par": str(voie)}))
    return Venue(compte, secret)


def _compte(sujet: bytes, pivot: bytes, survenu_le: datetime) -> uuid.UUID:
    """The account of this identifier; else that of this very civil status, whose identifier has changed; else new."""
    acces = AccesDemandeur.objects.filter(sujet=sujet).first()
    if acces is None and pivot:
        acces = AccesDemandeur.objects.filter(pivot=pivot).first()
        if acces is not None:  # sessions of the former identifier end with it
            SessionDemandeur.objects.filter(compte=acces.compte_id).delete()
    if acces is None:
        compte = CompteDemandeur.objects.create(ouvert_le=survenu_le, vu_le=survenu_le)
        acces = AccesDemandeur(compte=compte, sujet=sujet, pivot=pivot, vu_le=survenu_le)
        acces.save(force_insert=True)
        return compte.id
    AccesDemandeur.objects.filter(id=acces.id).update(sujet=sujet, pivot=pivot, vu_le=survenu_le)
    CompteDemandeur.objects.filter(id=acces.compte_id).update(vu_le=survenu_le)
    return acces.compte_id


@a_l_annuaire()
def ajouter_acces(
    compte: uuid.UUID, sujet: bytes, *, survenu_le: datetime, nature: NatureContact | None = None
) -> None:
    """One more way into this account; one that leads into another already stays that other’s. ``nature``: who reads the
    contact where its codes go, if that was said.
    """
    acces = AccesDemandeur(compte_id=compte, sujet=sujet, pivot=b"", nature=nature or "", vu_le=survenu_le)
    AccesDemandeur.objects.bulk_create([acces], ignore_conflicts=True)


@a_l_annuaire()
def prolonger(cle: bytes, *, le: datetime) -> None:
    """Something was done in this session."""
    SessionDemandeur.objects.filter(cle=cle).update(vue_le=le)


@a_l_annuaire()
@transaction.atomic
def fermer(cle: bytes, *, acte: Acte) -> None:
    """End a session; ended already, nothing."""
    if SessionDemandeur.objects.filter(cle=cle).delete()[0]:
        inscrire(Entree(VerbeDemandeur.DECONNECTER_DEMANDEUR, acte))


@a_l_annuaire()
@transaction.atomic
def fermer_compte(compte: uuid.UUID, *, acte: Acte) -> None:
    """Erase an account, the ways into it and its sessions: the journal keeps its identifier, and whoever comes back
    opens another one.
    """
    AccesDemandeur.objects.filter(compte=compte).delete()
    oublier_envoi(compte)
    fermer_toutes({compte})
    CompteDemandeur.objects.filter(id=compte).delete()
    inscrire(Entree(VerbeDemandeur.FERMER_COMPTE, acte, faits={"compte": str(compte)}))


@a_l_annuaire()
@transaction.atomic
def choisir_langue(compte: uuid.UUID, langue: str, *, acte: Acte) -> None:
    """Be written to in this language from now on; chosen already, nothing. Raises ``Interdit`` for one that is none."""
    if langue not in PAR_CODE:
        raise Interdit(f"Choisissez une langue de la liste{INSECABLE}: celle-ci n’y est pas.", champ="langue")
    siens = CompteDemandeur.objects.filter(id=compte).exclude(langue=langue)
    if siens.update(langue=langue, langue_depuis=acte.survenu_le):
        inscrire(Entree(VerbeDemandeur.CHOISIR_LANGUE, acte, faits={"langue": langue}))


@a_l_annuaire()
@transaction.atomic
def choisir_avis(compte: uuid.UUID, refuses: Collection[Famille], *, acte: Acte) -> None:
    """Be sent no message of these families from now on, and those of every other; chosen already, nothing."""
    voulus = sorted(refuses)
    if CompteDemandeur.objects.filter(id=compte).exclude(avis_refuses=voulus).update(avis_refuses=voulus):
        inscrire(Entree(VerbeDemandeur.CHOISIR_AVIS, acte, faits={"refuses": voulus}))


@a_l_annuaire()
def fermer_toutes(comptes: Collection[uuid.UUID]) -> int:
    """End every session of these accounts; how many."""
    return SessionDemandeur.objects.filter(compte__in=[*comptes]).delete()[0]


@a_l_annuaire()
def fermer_partout() -> int:
    """After a restoration, no session of before lives on; how many ended."""
    return SessionDemandeur.objects.all().delete()[0]


@a_l_annuaire()
def purger(le: datetime) -> int:
    """Forget sessions that are over, and what they alone knew; how many. Idempotent."""
    durees = get_limites(le)
    return sum(
        SessionDemandeur.objects.filter(voie=voie, ouverte_le__lte=le - limites.duree).delete()[0]
        for voie, limites in durees.items()
    )
