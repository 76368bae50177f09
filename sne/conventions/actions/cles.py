"""Keys of an agreement: created and shown once, announced before they end, taken back at once."""

import secrets
import uuid
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from sne.conventions.actions.annonces import annoncer_fin_de_cle, service_des_conventions
from sne.conventions.models import Cle
from sne.conventions.parametres import ParametresConventions
from sne.conventions.possible import exiger_cle, exiger_revocable
from sne.conventions.rules.cles import ALPHABET, PREFIXE, SECRET, Environnement, composer, lire
from sne.conventions.rules.portees import Portee
from sne.conventions.selectors.conventions import verrouiller
from sne.conventions.verbes import VerbeConvention
from sne.habilitations.rules import Role
from sne.journal.actions import inscrire
from sne.journal.rules import Entree
from sne.referentiels.selectors import get_parametres
from sne.socle.acte import Acte
from sne.socle.horloge import jour
from sne.socle.lignes import trouver


@dataclass(frozen=True, slots=True)
class CleCreee:
    """A key that has just been made. ``texte`` is nowhere else: whoever made it copies it now."""

    id: uuid.UUID
    texte: str = field(repr=False)


@transaction.atomic
def creer_cle(convention_id: uuid.UUID, portees: Collection[Portee], *, fin: date, acte: Acte) -> CleCreee:
    """A new key of these scopes until that day (excluded). To rotate one: create, have it used, revoke the former.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (scopes that are not open, too long, too many keys).
    """
    le = jour(acte.survenu_le)
    convention = verrouiller(convention_id, acte.acteur, le=le)
    mandat = exiger_cle(convention, portees, fin, acte.acteur, le=le)
    texte = composer(Environnement(convention.environnement), _tirer(PREFIXE), _tirer(SECRET))
    lue = lire(texte)
    assert lue is not None
    cle = Cle(
        convention=convention,
        prefixe=lue.prefixe,
        empreinte=lue.empreinte,
        portees=sorted(p.value for p in set(portees)),
        creee_par=acte.acteur.id,
        creee_le=acte.survenu_le,
        fin=fin,
    )
    cle.save(force_insert=True)
    _inscrire(VerbeConvention.CREER_CLE, cle, acte, mandat.role, fin=fin.isoformat(), portees=cle.portees)
    return CleCreee(cle.id, texte)


@transaction.atomic
def revoquer_cle(cle_id: uuid.UUID, *, acte: Acte) -> None:
    """Take a key back: refused from the next call on. Raises ``Introuvable``, ``NonHabilite``, ``Interdit``."""
    cle = trouver(
        Cle.objects.select_for_update(of=("self",)).select_related("convention").filter(pk=cle_id),
        "Cette clé n’existe pas.",
    )
    verrouiller(cle.convention_id, acte.acteur, le=jour(acte.survenu_le))
    mandat = exiger_revocable(cle, acte.acteur)
    cle.revoquee_par, cle.revoquee_le = acte.acteur.id, acte.survenu_le
    cle.save(update_fields=["revoquee_par", "revoquee_le"])
    _inscrire(VerbeConvention.REVOQUER_CLE, cle, acte, mandat.role)


def prevenir_fins_de_cle(survenu_le: datetime) -> int:
    """Tell vendors of the keys that end soon, at each of the dated delays; returns how many were told. Idempotent."""
    le = jour(survenu_le)
    reglages = get_parametres(le)[ParametresConventions]
    avis = (
        reglages.convention_cle_avis_1_jours,
        reglages.convention_cle_avis_2_jours,
        reglages.convention_cle_avis_3_jours,
    )
    a_dire = [
        (cle.id, jours)
        for cle in Cle.objects.filter(revoquee_le=None, fin__gt=le).order_by("fin", "id")
        if (jours := _avis_du(cle, avis, le)) is not None
    ]
    for cle_id, jours in a_dire:
        _prevenir(cle_id, jours, survenu_le)
    return len(a_dire)


def _avis_du(cle: Cle, avis: Collection[int], le: date) -> int | None:
    """The shortest delay that is reached and was not told; ``None`` when there is nothing to say."""
    atteints = [jours for jours in avis if (cle.fin - le).days <= jours]
    dus = [jours for jours in atteints if cle.avis_jours is None or jours < cle.avis_jours]
    return min(dus, default=None)


@transaction.atomic
def _prevenir(cle_id: uuid.UUID, jours: int, survenu_le: datetime) -> None:
    cle = Cle.objects.select_for_update(of=("self",)).select_related("convention__compte").get(pk=cle_id)
    cle.avis_jours = jours
    cle.save(update_fields=["avis_jours"])
    acte = Acte(service_des_conventions(), survenu_le)
    _inscrire(VerbeConvention.PREVENIR_FIN_DE_CLE, cle, acte, str(Role.EXPLOITATION_NATIONALE), jours=jours)
    annoncer_fin_de_cle(cle, jours, survenu_le)


def _tirer(signes: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(signes))


def _inscrire(verbe: VerbeConvention, cle: Cle, acte: Acte, role: str, **faits: object) -> None:
    dits = {"convention": str(cle.convention_id), "cle": str(cle.id), "prefixe": cle.prefixe, **faits}
    inscrire(Entree(verbe, acte, role=role, faits=dits))
