"""Certificates of an agreement: one person registers it, another confirms it, whoever answers for it takes it back."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from sne.conventions.models import Certificat, Convention
from sne.conventions.models.acces import CONFIRME, REFUSE
from sne.conventions.possible import (
    DEUXIEME,
    exiger_certificat_revocable,
    exiger_decidable,
    exiger_gerer,
    exiger_signee,
)
from sne.conventions.selectors.conventions import verrouiller
from sne.conventions.verbes import VerbeConvention
from sne.habilitations.actions.deux_personnes import repondre
from sne.habilitations.rules import Permission
from sne.journal.actions import inscrire
from sne.journal.rules import Entree
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from sne.socle.horloge import jour
from sne.socle.lignes import sans_double, trouver

EMPREINTE = 32  # bytes of a SHA-256
LIBELLE_MAX = 200


@dataclass(frozen=True, slots=True)
class NouveauCertificat:
    """``empreinte``: SHA-256 of its DER; ``libelle``: what it calls itself; ``debut``, ``fin``: last one excluded."""

    empreinte: bytes
    libelle: str
    debut: date
    fin: date


@transaction.atomic
def proposer_certificat(convention_id: uuid.UUID, nouveau: NouveauCertificat, *, acte: Acte) -> uuid.UUID:
    """Register a certificate, which lets nobody in until another person confirms it; returns its identifier.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (not signed, over, registered already).
    """
    convention = verrouiller(convention_id, acte.acteur, le=jour(acte.survenu_le))
    exiger_gerer(acte.acteur)
    exiger_signee(convention)
    return enregistrer_certificat(convention, nouveau, acte=acte)


def enregistrer_certificat(convention: Convention, nouveau: NouveauCertificat, *, acte: Acte) -> uuid.UUID:
    """The certificate and its entry; what forbids it otherwise is for the caller to ask. Raises ``Interdit``."""
    mandat = exiger_gerer(acte.acteur)
    if len(nouveau.empreinte) != EMPREINTE:
        raise Interdit("Empreinte\u00a0: 64 signes de 0 à 9 et de a à f sont attendus.", champ="empreinte")
    if not nouveau.debut < nouveau.fin or nouveau.fin <= jour(acte.survenu_le):
        raise Interdit("Fin\u00a0: ce certificat n’est plus valable. Prenez le nouveau.", champ="fin")
    certificat = Certificat(
        convention=convention,
        empreinte=nouveau.empreinte,
        libelle=nouveau.libelle.strip()[:LIBELLE_MAX],
        debut=nouveau.debut,
        fin=nouveau.fin,
        auteur=acte.acteur.id,
        propose_par=acte.acteur.instantane_pour(Permission.CONVENTION_GERER),
        survenu_le=acte.survenu_le,
    )
    with sans_double("Empreinte\u00a0: ce certificat est déjà enregistré.", champ="empreinte"):
        certificat.save(force_insert=True)
    _inscrire(
        VerbeConvention.PROPOSER_CERTIFICAT,
        certificat,
        acte,
        mandat.role,
        debut=nouveau.debut.isoformat(),
        fin=nouveau.fin.isoformat(),
    )
    return certificat.id


@transaction.atomic
def decider_certificat(certificat_id: uuid.UUID, *, confirme: bool, acte: Acte) -> None:
    """Confirm a certificate that somebody else registered, or refuse it.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (one's own, answered already).
    """
    certificat = _verrouiller(certificat_id, acte)
    mandat = exiger_decidable(certificat, acte.acteur)
    repondre(certificat, permission=Permission.CONVENTION_GERER, territoire="", sinon=DEUXIEME, acte=acte)
    certificat.issue = CONFIRME if confirme else REFUSE
    certificat.save(update_fields=["issue", "decideur", "decide_par", "clos_le"])
    _inscrire(VerbeConvention.DECIDER_CERTIFICAT, certificat, acte, mandat.role, issue=certificat.issue)


@transaction.atomic
def revoquer_certificat(certificat_id: uuid.UUID, *, acte: Acte) -> None:
    """Take a certificate back: refused from the next call on. Raises ``Introuvable``, ``NonHabilite``, ``Interdit``."""
    certificat = _verrouiller(certificat_id, acte)
    mandat = exiger_certificat_revocable(certificat, acte.acteur)
    certificat.revoque_par, certificat.revoque_le = acte.acteur.id, acte.survenu_le
    certificat.save(update_fields=["revoque_par", "revoque_le"])
    _inscrire(VerbeConvention.REVOQUER_CERTIFICAT, certificat, acte, mandat.role)


def _verrouiller(certificat_id: uuid.UUID, acte: Acte) -> Certificat:
    tous = Certificat.objects.select_for_update(of=("self",)).select_related("convention")
    certificat = trouver(tous.filter(pk=certificat_id), "Ce certificat n’existe pas.")
    verrouiller(certificat.convention_id, acte.acteur, le=jour(acte.survenu_le))
    return certificat


def _inscrire(verbe: VerbeConvention, certificat: Certificat, acte: Acte, role: str, **faits: object) -> None:
    dits = {"convention": str(certificat.convention_id), "certificat": str(certificat.id), **faits}
    inscrire(Entree(verbe, acte, role=role, faits=dits))
