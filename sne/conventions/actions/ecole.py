"""An agreement at the École, which a vendor opens by itself: its address verified, every scope, a key."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.core import signing
from django.db import transaction

from sne.conventions.actions.annonces import annoncer_adresse, service_des_conventions
from sne.conventions.actions.certificats import (
    NouveauCertificat,
    decider_certificat,
    enregistrer_certificat,
)
from sne.conventions.actions.cles import CleCreee, creer_cle
from sne.conventions.actions.conventions import NouvelleConvention, ouvrir_convention, regler_convention
from sne.conventions.actions.portees import ouvrir_portee
from sne.conventions.autorite import Autorite, Emis
from sne.conventions.models import Convention
from sne.conventions.parametres import ParametresConventions
from sne.conventions.possible import exiger_ecole
from sne.conventions.rules.portees import Portee
from sne.conventions.rules.reglages import Reglages
from sne.conventions.verbes import VerbeConvention
from sne.habilitations.rules import Role
from sne.journal.actions import inscrire
from sne.journal.rules import Entree
from sne.referentiels.selectors import get_parametres
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, Introuvable
from sne.socle.horloge import jour
from sne.socle.lignes import trouver


@dataclass(frozen=True, slots=True)
class Remis:
    """What a vendor goes away with. ``cle``: the first time alone; ``certificat``: none where the École has no
    authority of its own.
    """

    cle: CleCreee | None
    certificat: Emis | None


REGLAGES = Reglages(piece_vue=True, preuve_gardee=True)
"""A message says neither which document was seen nor where a proof is: without them nothing could be tried by SOAP."""
SEL = "sne.conventions.ecole"
LIEN_PERDU = "Ce lien ne s’ouvre plus. Demandez une nouvelle convention à l’École."


@transaction.atomic
def demander_a_l_ecole(
    nouvelle: NouvelleConvention, *, lien: Callable[[str], str], survenu_le: datetime
) -> None:
    """Open an agreement that permits nothing, and write to its address. ``lien``: the page that a token opens.

    Raises ``Introuvable`` (not the École), ``Interdit``: as :func:`ouvrir_convention`.
    """
    exiger_ecole()
    convention_id = ouvrir_convention(
        nouvelle, verifiee=False, acte=Acte(service_des_conventions(), survenu_le)
    )
    convention = Convention.objects.select_related("compte").get(pk=convention_id)
    heures = get_parametres(jour(survenu_le))[ParametresConventions].convention_adresse_heures
    jeton = signing.dumps(str(convention_id), salt=SEL)
    annoncer_adresse(convention, heures=heures, lien=lien(jeton), survenu_le=survenu_le)


@transaction.atomic
def ouvrir_a_l_ecole(jeton: str, *, survenu_le: datetime) -> Remis:
    """The address is read: every scope is opened, key and certificate are made, once. Its guichet comes with its bac.
    Read again, another certificate besides the one before, as a software that is judged has to take one up.

    Raises ``Introuvable`` (not the École, a link that is not ours or too old), ``Interdit`` (verified already, and the
    École certifies nobody).
    """
    exiger_ecole()
    le = jour(survenu_le)
    parametres = get_parametres(le)[ParametresConventions]
    try:
        age = timedelta(hours=parametres.convention_adresse_heures)
        cle = uuid.UUID(signing.loads(jeton, salt=SEL, max_age=age))
    except signing.BadSignature as exc:
        raise Introuvable(LIEN_PERDU) from exc
    convention = trouver(Convention.objects.select_for_update().filter(pk=cle), LIEN_PERDU)
    acte = Acte(service_des_conventions(), survenu_le)
    fin = le + relativedelta(months=parametres.convention_cle_mois)
    if convention.adresse_verifiee_le is not None:
        return Remis(None, _renouveler(convention, fin=fin, acte=acte))
    convention.adresse_verifiee_le = survenu_le
    convention.save(update_fields=["adresse_verifiee_le"])
    faits = {"convention": str(cle), "pas": "ADRESSE"}
    role = str(Role.EXPLOITATION_NATIONALE)
    inscrire(Entree(VerbeConvention.REGLER_CONVENTION, acte, role=role, faits=faits))
    regler_convention(cle, REGLAGES, acte=acte)
    for portee in Portee:
        ouvrir_portee(cle, portee, acte=acte)
    emis = _certifier(convention, fin=fin, acte=acte)
    return Remis(creer_cle(cle, tuple(Portee), fin=fin, acte=acte), emis)


def _renouveler(convention: Convention, *, fin: date, acte: Acte) -> Emis:
    emis = _certifier(convention, fin=fin, acte=acte)
    if emis is None:
        raise Interdit(
            "Cette adresse est déjà vérifiée, et la clé a été montrée. Demandez une autre convention."
        )
    return emis


def _certifier(convention: Convention, *, fin: date, acte: Acte) -> Emis | None:
    """A certificate of the École's own authority, asked by the agreement and confirmed by the service."""
    if not settings.ECOLE_AUTORITE:
        return None
    emis = Autorite.lire(Path(settings.ECOLE_AUTORITE)).certifier(f"École {convention.id}")
    nom, le = emis.certificat.subject.rfc4514_string(), jour(acte.survenu_le)
    demande = enregistrer_certificat(
        convention,
        NouveauCertificat(emis.empreinte, nom, le, min(fin, jour(emis.certificat.not_valid_after_utc))),
        acte=replace(acte, acteur=replace(acte.acteur, id=convention.compte_id, nom=convention.editeur)),
    )
    decider_certificat(demande, confirme=True, acte=acte)
    return emis
