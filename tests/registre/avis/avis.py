"""Changes and objections of the tests: a household, an act told, the link it got, one call each."""

import re
import uuid
from datetime import datetime, timedelta
from typing import Any

import time_machine
from django.db import connection

from sne.journal.models import Entree
from sne.notifications.models import Message
from sne.notifications.selectors import get_contenu
from sne.registre.avis import tasks
from sne.registre.avis.actions.s_opposer import Recu, s_opposer
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.depot.actions.deposer import Recepisse
from sne.registre.modification.actions.modifier import modifier_demande
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from tests.registre import factories as f

VIOLENCES = {"codes": ["06"]}  # reasons of a demande
AVANT, APRES = "elodie@exemple.fr", "neuve@exemple.fr"
MOBILE, AUTRE_MOBILE = "06 11 22 33 44", "06 55 66 77 88"
ANCIEN = f.MAINTENANT - timedelta(days=400)
HEURE, JOUR = timedelta(hours=1), timedelta(days=1)


def contenu(
    courriel: str | None = AVANT, mobile: str | None = MOBILE, nom: str = "Dubreuil", **autres: Any
) -> Contenu:
    """Élodie Dubreuil, reached by these; another block of hers or of the demande may be given."""
    contact = {"courriel": courriel, "telephone_portable": mobile}
    contact = {cle: valeur for cle, valeur in contact.items() if valeur}
    personne = f.personne(nom, contact=contact, **autres.pop("demandeur", {}))
    return f.contenu(demandeur=personne, **autres)


def deposer(contenu_: Contenu | None = None, *, le: datetime = ANCIEN, **autres: Any) -> Recepisse:
    return f.deposer(contenu_ or contenu(), le=le, **autres)


def changer(
    demande_id: uuid.UUID,
    contenu_: Contenu,
    *,
    revision: int = 1,
    acteur: Acteur | None = None,
    le: datetime = f.MAINTENANT,
    **autres: Any,
) -> None:
    """Change a demande, and tell it as the delivery of the journal does."""
    modifier_demande(
        demande_id,
        contenu=contenu_,
        revision=revision,
        acte=Acte(acteur or f.creer_acteur(), le),
        **autres,
    )
    avertir("MODIFIER", le=le)


def avertir(*verbes: str, le: datetime = f.MAINTENANT) -> None:
    """Handle every entry of these verbs, as the delivery of the journal does."""
    with time_machine.travel(le, tick=False):
        for entree in Entree.objects.filter(verbe__in=verbes).order_by("inscrit_le", "id"):
            tasks.avertir(
                entree_id=str(entree.id),
                demande_id=str(entree.demande),
                revision=entree.revision,
                territoire=entree.territoire,
            )
    connection.check_constraints()


def envois() -> set[tuple[str, str, str]]:
    """Kind, channel and address of every notice, each address in clear."""
    trouves = set()
    for message in Message.objects.filter(genre__in=["AVIS_CHANGEMENT", "CHANGEMENT_ENREGISTRE"]):
        lu = get_contenu(message.id)
        assert lu is not None
        ou = " ".join(lu.adresse.lignes) if lu.adresse else lu.destinataire
        trouves.add((message.genre, message.canal, ou))
    return trouves


def textes() -> list[dict[str, str]]:
    """Values of every notice, as the message tells them."""
    messages = Message.objects.filter(genre__in=["AVIS_CHANGEMENT", "CHANGEMENT_ENREGISTRE"])
    return [lu.contexte for m in messages.order_by("survenu_le", "id") if (lu := get_contenu(m.id))]


def jeton(genre: str = "AVIS_CHANGEMENT", *, a: str = AVANT) -> str:
    """The token of the last link sent to this address."""
    for message in Message.objects.filter(genre=genre).order_by("-survenu_le", "-id"):
        lu = get_contenu(message.id)
        assert lu is not None
        if a == (lu.destinataire or " ".join(lu.adresse.lignes if lu.adresse else ())):
            trouve = re.search(r"/pas-moi/(?:erreur/)?([^/]+)/$", lu.contexte["lien"])
            assert trouve is not None
            return trouve[1]
    raise AssertionError(f"no link for {a}")


def codes() -> list[str]:
    return ["COURRIEL:FAIT:VOUS"]


def s_opposer_a(jeton_: str, *, le: datetime = f.MAINTENANT + HEURE, **autres: Any) -> Recu:
    """Press the button of this link."""
    champs: dict[str, Any] = {"formulaire": uuid.uuid4(), "codes": codes(), "contact": "06 99 88 77 66"}
    recu = s_opposer(jeton_, **(champs | autres), survenu_le=le)
    connection.check_constraints()
    return recu
