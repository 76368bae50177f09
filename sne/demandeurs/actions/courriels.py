"""Somebody who files and has no number comes in by their e-mail; what leads back to what they began to type."""

import secrets
import uuid
from collections.abc import Collection
from datetime import date, datetime

from django.db import connection, transaction

from sne.cellules.routage import a_l_annuaire
from sne.demandeurs.actions.limites import compter
from sne.demandeurs.actions.sessions import VERROU, Venue, fermer_toutes, ouvrir_session
from sne.demandeurs.models import AccesDemandeur, CompteDemandeur
from sne.demandeurs.rules.codes import CourrielProuve
from sne.demandeurs.rules.mots import MOTS
from sne.demandeurs.rules.niveaux import Voie
from sne.demandeurs.rules.sessions import Scelle
from sne.demandeurs.selectors import (
    get_limites_des_codes,
    has_courriels_seuls,
    lire_compteur,
    marque_du_courriel,
    sujet_du_courriel,
)


@a_l_annuaire()
@transaction.atomic
def accueillir_par_courriel(prouve: CourrielProuve, *, survenu_le: datetime) -> Venue:
    """Start a session for whom a code proved an e-mail: under the account of what was begun with it and this birth
    date, or a new one. Whoever lacks the two words that protect it finds nothing, as if there were nothing.
    """
    _verrouiller(prouve.contact)
    acces = trouver_l_acces(prouve, survenu_le=survenu_le)
    if acces is None:
        compte = CompteDemandeur.objects.create(ouvert_le=survenu_le, vu_le=survenu_le)
        acces = _ajouter(compte.id, prouve, survenu_le)
    AccesDemandeur.objects.filter(id=acces.id).update(nature=prouve.depart.nature, vu_le=survenu_le)
    CompteDemandeur.objects.filter(id=acces.compte_id).update(vu_le=survenu_le)
    return ouvrir_session(acces.compte_id, Voie.COURRIEL, Scelle(courriel=prouve), survenu_le, survenu_le)


@a_l_annuaire()
def trouver_l_acces(prouve: CourrielProuve, *, survenu_le: datetime) -> AccesDemandeur | None:
    """The way that this e-mail, this birth date and these words lead by; wrong words are counted, and lead where none
    do.
    """
    contact, depart = prouve.contact, prouve.depart
    if depart.mots:
        limite, qui = get_limites_des_codes(survenu_le).mots, marque_du_courriel(contact).hex()
        if lire_compteur(limite, qui, instant=survenu_le) < limite.nombre:
            garde = sujet_du_courriel(contact, depart.naissance, depart.mots)
            if acces := AccesDemandeur.objects.filter(sujet=garde).first():
                return acces
            compter(limite, qui, instant=survenu_le)
    return AccesDemandeur.objects.filter(sujet=sujet_du_courriel(contact, depart.naissance)).first()


@a_l_annuaire()
@transaction.atomic
def prouver_courriel(compte: uuid.UUID, prouve: CourrielProuve, *, survenu_le: datetime) -> None:
    """A code proved this e-mail in a session of this account, and leads there from now on; where it leads into another,
    with this birth date, it is proved and leads nowhere else.
    """
    _verrouiller(prouve.contact)
    siens = AccesDemandeur.objects.filter(compte=compte, courriel=marque_du_courriel(prouve.contact))
    if siens.update(nature=prouve.depart.nature, vu_le=survenu_le):
        return
    sujet = sujet_du_courriel(prouve.contact, prouve.depart.naissance)
    pris = AccesDemandeur.objects.filter(sujet=sujet).exists()
    _ajouter(compte, prouve, survenu_le, a_part=str(compte) if pris else "")


@a_l_annuaire()
@transaction.atomic
def tenir_le_courriel(
    compte: uuid.UUID, contact: str, naissance: date, *, proteger: bool, deplacer: bool, survenu_le: datetime
) -> str:
    """What leads back to a draft follows what is typed in it: another birth date (``deplacer``), or a reason that makes
    it secret (``proteger``). The two words drawn, which are said once; empty when none were.

    Nothing for an e-mail that no code proved; nor where another account is led to already by the same.
    """
    _verrouiller(contact)
    marque = marque_du_courriel(contact)
    acces = AccesDemandeur.objects.filter(compte=compte, courriel=marque).first()
    if acces is None or not (deplacer or (proteger and not acces.mots)):
        return ""
    mots = " ".join(secrets.choice(MOTS) for _ in range(2)) if proteger or acces.mots else ""
    sujet = sujet_du_courriel(contact, naissance, mots)
    if AccesDemandeur.objects.filter(sujet=sujet).exclude(id=acces.id).exists():
        return ""
    AccesDemandeur.objects.filter(id=acces.id).update(sujet=sujet, mots=bool(mots), vu_le=survenu_le)
    if mots:  # an address of before is no way around them
        autres = AccesDemandeur.objects.filter(compte=compte).exclude(id=acces.id)
        autres.exclude(courriel=b"").delete()
    return mots


def _verrouiller(contact: str) -> None:
    """Two sign-ins at once by one e-mail open one account."""
    with connection.cursor() as curseur:
        curseur.execute(VERROU, [marque_du_courriel(contact).hex()])


def _ajouter(
    compte: uuid.UUID, prouve: CourrielProuve, survenu_le: datetime, *, a_part: str = ""
) -> AccesDemandeur:
    """``a_part``: what nobody may type as words, so that this way leads nowhere."""
    acces = AccesDemandeur(
        compte_id=compte,
        sujet=sujet_du_courriel(prouve.contact, prouve.depart.naissance, a_part),
        pivot=b"",
        courriel=marque_du_courriel(prouve.contact),
        nature=prouve.depart.nature,
        vu_le=survenu_le,
    )
    acces.save(force_insert=True)
    return acces


@a_l_annuaire()
@transaction.atomic
def confier_courriels(de: uuid.UUID, par: uuid.UUID) -> bool:
    """Let the e-mails that lead into an account lead into another, and end the sessions of the first; whether it was
    done: not where anything else leads there.
    """
    if not has_courriels_seuls(de):
        return False
    acces = AccesDemandeur.objects.filter(compte=de)
    confies = list(acces)
    acces.delete()
    for un in confies:
        un.compte_id = par
        un.save(force_insert=True)
    fermer_toutes({de})
    return True


@a_l_annuaire()
def oublier_courriels(comptes: Collection[uuid.UUID]) -> int:
    """Forget the e-mails that lead into these accounts; how many. Idempotent."""
    return AccesDemandeur.objects.filter(compte__in=comptes).exclude(courriel=b"").delete()[0]
