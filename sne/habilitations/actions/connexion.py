"""Sign-in: the second factor, and what the journal keeps of sign-ins, refusals and sign-outs."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.contrib.sessions.models import Session
from django.db import transaction

from sne.habilitations.models import Appareil, Compte
from sne.habilitations.rules import MotifFin, MotifRefus, acteur_inconnu, normaliser_courriel
from sne.habilitations.selectors import empreinte_courriel
from sne.habilitations.verbes import VerbeHabilitation
from sne.journal.actions import inscrire
from sne.journal.rules import Cote, Entree, Valeur
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur

NOM_APPAREIL = "application d’authentification"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Answer to a code: the device that accepted it, or until when no code is looked at after too many errors."""

    appareil: Appareil | None = None
    attendre_jusqu_a: datetime | None = None


@transaction.atomic
def preparer_second_facteur(compte: Compte) -> Appareil | None:
    """The device to enrol, made at the first sign-in and kept until it is confirmed; ``None`` once there is a confirmed
    one. At this point the person has given a password only, so a confirmed device is never replaced here.
    """
    Compte.objects.select_for_update().get(pk=compte.pk)
    appareils = Appareil.objects.filter(user=compte)
    if appareils.filter(confirmed=True).exists():
        return None
    a_enroler: Appareil = appareils.order_by("id").first() or Appareil.objects.create(
        user=compte, name=NOM_APPAREIL, confirmed=False
    )
    return a_enroler


@transaction.atomic
def verifier_second_facteur(code: str, *, acte: Acte, adresse: str) -> Verdict:
    """Check the six digits of ``acteur``'s device, confirming it the first time, and tell the journal.

    A wrong code is told by the verdict, not by an exception: the count of failures, which slows the next try, must be
    committed. A code serves once. ``adresse`` is the network address of the person.
    """
    compte = Compte.objects.select_for_update().get(pk=acte.acteur.id)
    appareil = Appareil.objects.select_for_update().filter(user=compte).order_by("-confirmed", "id").first()
    if appareil is None:
        return _refuser(compte, MotifRefus.CODE, acte=acte, adresse=adresse)
    permis, details = appareil.verify_is_allowed()
    if not permis:
        _refuser(compte, MotifRefus.VERROU, acte=acte, adresse=adresse)
        return Verdict(attendre_jusqu_a=details["locked_until"])
    if not appareil.verify_token(code):
        return _refuser(compte, MotifRefus.CODE, acte=acte, adresse=adresse)
    if not appareil.confirmed:
        appareil.confirmed = True
        appareil.save(update_fields=["confirmed"])
        faits = {"compte": str(compte.id), "champ": "SECOND_FACTEUR"}
        inscrire(Entree(VerbeHabilitation.MODIFIER_COMPTE, acte, faits=faits))
    inscrire_connexion(acte=acte, adresse=adresse)
    return Verdict(appareil=appareil)


def inscrire_connexion(*, acte: Acte, adresse: str, **faits: str) -> None:
    """Tell the journal that the actor came in, in the transaction of what let them in."""
    noter_utilisation(acte.acteur.id, acte.survenu_le)
    faits = {"compte": str(acte.acteur.id), **faits}
    inscrire(Entree(VerbeHabilitation.CONNEXION, acte, faits=faits, valeurs=_adresse(adresse)))


def noter_utilisation(compte_id: uuid.UUID, survenu_le: datetime) -> None:
    """Keep that this account was used, at each sign-in. The database keeps the latest instant.

    Roles that end because nobody uses them count from it, or from a later act. A software never signs in: its acts are
    added up from the journal by night (``relever_usages``), its calls are noted once a day.
    """
    Compte.objects.filter(pk=compte_id).update(derniere_utilisation=survenu_le)


def _refuser(compte: Compte, motif: MotifRefus, *, acte: Acte, adresse: str) -> Verdict:
    inscrire_refus(
        compte.courriel,
        motif=motif,
        inconnu=acteur_inconnu(acte.acteur.correlation),
        survenu_le=acte.survenu_le,
        adresse=adresse,
    )
    return Verdict()


@transaction.atomic
def inscrire_refus(
    courriel: str, *, motif: MotifRefus, inconnu: Acteur, survenu_le: datetime, adresse: str
) -> None:
    """Tell the journal that a sign-in was refused. The author is unknown; the account is named when there is one.

    An address without account appears as its keyed fingerprint: repeated attempts are seen, the address is not.
    """
    compte = Compte.objects.filter(courriel=normaliser_courriel(courriel)).only("id").first()
    cible = {"compte": str(compte.id)} if compte else {"empreinte": empreinte_courriel(courriel)}
    inscrire(
        Entree(
            VerbeHabilitation.CONNEXION_REFUSEE,
            Acte(inconnu, survenu_le),
            faits={"motif": str(motif), **cible},
            valeurs=_adresse(adresse),
        )
    )


@transaction.atomic
def inscrire_deconnexion(*, acte: Acte, motif: MotifFin) -> None:
    """Tell the journal that a session ended, and why: asked by the person, idle, or too long."""
    faits = {"compte": str(acte.acteur.id), "motif": str(motif)}
    inscrire(Entree(VerbeHabilitation.DECONNEXION, acte, faits=faits))


def _adresse(adresse: str) -> tuple[Valeur, ...]:
    return (Valeur("adresse_reseau", Cote.APRES, adresse),) if adresse else ()


def purger_sessions(avant: datetime) -> int:
    """Forget the sessions that expired before this instant; returns how many. Their end is in the journal already."""
    return Session.objects.filter(expire_date__lt=avant).delete()[0]
