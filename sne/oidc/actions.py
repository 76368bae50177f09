"""A sign-in that starts, one that comes back: a state opened, taken once by the browser that opened it, forgotten."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hmac import compare_digest

from django.db import connection, transaction

from sne.oidc.models import EtatOidc
from sne.oidc.parametres import ParametresOidc
from sne.oidc.rules.echange import EtatOuvert, nouvel_etat
from sne.oidc.rules.fournisseur import Fournisseur
from sne.oidc.rules.refus import ConnexionRefusee, Motif
from sne.referentiels.selectors import get_parametres
from sne.socle.chiffrement import chiffrer, dechiffrer, empreinte
from sne.socle.horloge import jour

PRENDRE = """
DELETE FROM etat_oidc WHERE etat = %s RETURNING temoin, fournisseur, nonce, verifieur, retour, survenu_le, expire_le
"""


@dataclass(frozen=True, slots=True)
class EtatPris:
    """What was kept of a sign-in that comes back; it is no longer kept."""

    nonce: str = field(repr=False)
    verifieur: str = field(repr=False)
    retour: str
    ouvert_le: datetime


def ouvrir_etat(fournisseur: Fournisseur, *, temoin: str, retour: str, survenu_le: datetime) -> EtatOuvert:
    """Start a sign-in for the browser that holds the cookie ``temoin`` (43 signs drawn at random).

    ``retour``: the page wanted afterwards; one where no sign-in may lead gives the first of those where it may.
    """
    ouvert = nouvel_etat(fournisseur)
    minutes = get_parametres(jour(survenu_le))[ParametresOidc].oidc_etat_minutes
    etat = empreinte(ouvert.etat, usage="oidc:etat")
    EtatOidc.objects.create(
        etat=etat,
        temoin=empreinte(temoin, usage="oidc:temoin"),
        fournisseur=fournisseur.code,
        nonce=ouvert.nonce,
        verifieur=chiffrer(ouvert.verifieur.encode(), lie_a=etat) if ouvert.verifieur else b"",
        retour=fournisseur.retour_permis(retour),
        survenu_le=survenu_le,
        expire_le=survenu_le + timedelta(minutes=minutes),
    )
    return ouvert


def prendre_etat(fournisseur: Fournisseur, *, etat: str, temoin: str, survenu_le: datetime) -> EtatPris:
    """Take the sign-in that this state opened: the row is gone, for everybody, whatever is said of it next.

    Raises :class:`ConnexionRefusee`: unknown or taken, opened by another browser or at another provider, expired.
    """
    cle = empreinte(etat, usage="oidc:etat")
    with (
        transaction.atomic(durable=True),
        connection.cursor() as curseur,
    ):  # a refusal must not give the row back
        curseur.execute(PRENDRE, [cle])
        ligne = curseur.fetchone()
    if ligne is None:
        raise ConnexionRefusee(Motif.ETAT_INCONNU)
    de_temoin, code, nonce, verifieur, retour, ouvert_le, expire_le = ligne
    if not compare_digest(bytes(de_temoin), empreinte(temoin, usage="oidc:temoin")):
        raise ConnexionRefusee(Motif.ETAT_AUTRE_NAVIGATEUR)
    if code != fournisseur.code:
        raise ConnexionRefusee(Motif.ETAT_AUTRE_FOURNISSEUR)
    if expire_le <= survenu_le:
        raise ConnexionRefusee(Motif.ETAT_EXPIRE)
    clair = dechiffrer(bytes(verifieur), lie_a=cle).decode() if verifieur else ""
    return EtatPris(nonce, clair, retour, ouvert_le)


def purger_etats(survenu_le: datetime) -> int:
    """Forget the sign-ins that did not come back in time; how many. Idempotent."""
    return EtatOidc.objects.filter(expire_le__lte=survenu_le).delete()[0]
