"""Opens the accounts of the demonstration through the actions of ``habilitations``; idempotent."""

import uuid

from django.db import transaction

from sne.demo.comptes import COMPTES, CompteFictif
from sne.demo.dossier import Dossier, secret_de_compte
from sne.habilitations.actions import NouveauCompte, Octroi, accorder_habilitation, creer_compte
from sne.habilitations.models import Compte
from sne.habilitations.rules import acteur_systeme
from sne.socle.acte import Acte
from sne.socle.horloge import maintenant


def ouvrir_comptes(dossier: Dossier) -> int:
    """Create the missing accounts and roles; returns how many roles were granted."""
    acteur, instant = acteur_systeme("Installation de la démonstration"), maintenant()
    return sum(_ouvrir(compte, dossier=dossier, acte=Acte(acteur, instant)) for compte in COMPTES)


@transaction.atomic
def _ouvrir(fictif: CompteFictif, *, dossier: Dossier, acte: Acte) -> int:
    compte = Compte.objects.filter(courriel=fictif.courriel).first()
    compte_id = compte.id if compte else _creer(fictif, dossier=dossier, acte=acte)
    deja = set(compte.habilitations.values_list("role", "territoire", "guichet", "zone")) if compte else set()
    manquants = [m for m in fictif.mandats if (str(m.role), m.territoire, m.guichet, m.zone) not in deja]
    for m in manquants:
        octroi = Octroi(compte_id, m.role, territoire=m.territoire, guichet=m.guichet, zone=m.zone)
        accorder_habilitation(octroi, acte=acte)
    return len(manquants)


def _creer(fictif: CompteFictif, *, dossier: Dossier, acte: Acte) -> uuid.UUID:
    mot_de_passe, totp = secret_de_compte(dossier, fictif.courriel)
    nouveau = NouveauCompte(
        fictif.courriel, fictif.prenom, fictif.nom, mot_de_passe, cle_totp=totp, provisoire=False
    )
    return creer_compte(nouveau, acte=acte)
