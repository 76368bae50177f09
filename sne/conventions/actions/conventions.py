"""An agreement: opened, taken through its steps, settled, covering guichets, stopped and put back."""

import uuid
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum

from django.db import transaction

from sne.conventions.models import Arret, Convention
from sne.conventions.possible import exiger_arreter, exiger_gerer, exiger_signable, exiger_signee
from sne.conventions.rules.reglages import EDITEUR_MAX, MOTIF_MAX, Reglages
from sne.conventions.selectors.appelants import environnement, reglages_de
from sne.conventions.selectors.conventions import verrouiller
from sne.conventions.verbes import VerbeConvention
from sne.habilitations.actions import NouveauLogiciel, Octroi, accorder_habilitation, creer_compte
from sne.habilitations.rules import Role
from sne.journal.actions import inscrire
from sne.journal.rules import Entree
from sne.referentiels.selectors import get_nom_organisme
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, Introuvable
from sne.socle.horloge import jour
from sne.socle.lignes import sans_double, trouver


@dataclass(frozen=True, slots=True)
class NouvelleConvention:
    """A vendor, the body that its software works for (key), where the vendor is written to: one address each."""

    editeur: str
    organisme: str
    courriel: str


class Pas(StrEnum):
    """A step that somebody notes."""

    CONFORMITE = "CONFORMITE"
    SIGNATURE = "SIGNATURE"


@transaction.atomic
def ouvrir_convention(nouvelle: NouvelleConvention, *, verifiee: bool = True, acte: Acte) -> uuid.UUID:
    """Open an agreement, without any right yet; returns its identifier. ``verifiee``: its address is known to be read.

    Raises ``NonHabilite``, ``Interdit`` (name, body, address that is not read or is taken).
    """
    mandat = exiger_gerer(acte.acteur)
    editeur = nouvelle.editeur.strip()
    if not 0 < len(editeur) <= EDITEUR_MAX:
        raise Interdit(
            f"Éditeur\u00a0: 1 à {EDITEUR_MAX} signes sont attendus. Corrigez-le.", champ="editeur"
        )
    if not get_nom_organisme(nouvelle.organisme):
        raise Interdit("Organisme\u00a0: il n’est pas connu. Vérifiez son numéro SIREN.", champ="organisme")
    compte_id = creer_compte(NouveauLogiciel(nouvelle.courriel, editeur), acte=acte)
    convention = Convention(
        compte_id=compte_id,
        editeur=editeur,
        organisme=nouvelle.organisme,
        environnement=environnement().value,
        ouverte_par=acte.acteur.id,
        ouverte_le=acte.survenu_le,
        adresse_verifiee_le=acte.survenu_le if verifiee else None,
    )
    convention.save(force_insert=True)
    faits = {
        "compte": str(compte_id),
        "organisme": convention.organisme,
        "environnement": convention.environnement,
    }
    _inscrire(VerbeConvention.OUVRIR_CONVENTION, convention, acte, mandat.role, **faits)
    return convention.id


@transaction.atomic
def noter_pas(convention_id: uuid.UUID, pas: Pas, *, le: date, acte: Acte) -> None:
    """Note that the conformance was passed, or the agreement signed, on that day.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (day to come, signed before it conforms).
    """
    convention = verrouiller(convention_id, acte.acteur, le=jour(acte.survenu_le))
    mandat = exiger_gerer(acte.acteur) if pas is Pas.CONFORMITE else exiger_signable(convention, acte.acteur)
    if le > jour(acte.survenu_le):
        raise Interdit("Jour\u00a0: il est à venir. Indiquez celui où cela a eu lieu.", champ="le")
    champ = "conforme_le" if pas is Pas.CONFORMITE else "signee_le"
    setattr(convention, champ, le)
    convention.save(update_fields=[champ])
    _inscrire(
        VerbeConvention.REGLER_CONVENTION, convention, acte, mandat.role, pas=str(pas), le=le.isoformat()
    )


@transaction.atomic
def regler_convention(convention_id: uuid.UUID, reglages: Reglages, *, acte: Acte) -> None:
    """Settle what its software is answered and what its messages are taken to say. Idempotent.

    Raises ``Introuvable``, ``NonHabilite``.
    """
    convention = verrouiller(convention_id, acte.acteur, le=jour(acte.survenu_le))
    mandat = exiger_gerer(acte.acteur)
    if reglages_de(convention) == reglages:
        return
    nouveaux = asdict(reglages)
    for champ, valeur in nouveaux.items():
        setattr(convention, champ, valeur)
    convention.save(update_fields=list(nouveaux))
    _inscrire(VerbeConvention.REGLER_CONVENTION, convention, acte, mandat.role, reglages=nouveaux)


@transaction.atomic
def couvrir_guichet(
    convention_id: uuid.UUID,
    territoire: str,
    guichet: str,
    *,
    debut: date | None = None,
    fin: date | None = None,
    acte: Acte,
) -> uuid.UUID:
    """Have the agreement cover a guichet, from a day until another: a role like any other, reviewed and ended as one.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (not signed, guichet closed, covered already).
    """
    convention = verrouiller(convention_id, acte.acteur, le=jour(acte.survenu_le))
    exiger_signee(convention)
    octroi = Octroi(convention.compte_id, Role.EDITEUR, territoire, guichet, debut=debut, fin=fin)
    return accorder_habilitation(octroi, acte=acte)


@transaction.atomic
def suspendre_convention(
    convention_id: uuid.UUID, *, territoire: str = "", motif: str, acte: Acte
) -> uuid.UUID:
    """Stop an agreement at once, in one territory or everywhere (empty): refused from the next call on.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (no reason, stopped already).
    """
    convention = verrouiller(convention_id, acte.acteur, le=jour(acte.survenu_le))
    mandat = exiger_arreter(acte.acteur, convention, partout=not territoire)
    if territoire and not mandat.perimetre.couvre(territoire):
        raise Introuvable("Cette convention ne couvre aucun guichet de ce territoire.")
    motif = motif.strip()
    if not 0 < len(motif) <= MOTIF_MAX:
        raise Interdit(f"Motif\u00a0: 1 à {MOTIF_MAX} signes sont attendus. Dites pourquoi.", champ="motif")
    arret = Arret(
        convention=convention,
        territoire=territoire,
        motif=motif,
        pose_par=acte.acteur.id,
        pose_le=acte.survenu_le,
    )
    with sans_double("Cette convention est déjà suspendue là. Rechargez la page."):
        arret.save(force_insert=True)
    _inscrire(
        VerbeConvention.SUSPENDRE_CONVENTION, convention, acte, mandat.role, territoire, arret=str(arret.id)
    )
    return arret.id


@transaction.atomic
def retablir_convention(arret_id: uuid.UUID, *, acte: Acte) -> None:
    """Lift a stop. Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (lifted already)."""
    arret = trouver(
        Arret.objects.select_for_update(of=("self",)).select_related("convention").filter(pk=arret_id),
        "Cette suspension n’existe pas.",
    )
    convention = verrouiller(arret.convention_id, acte.acteur, le=jour(acte.survenu_le))
    mandat = exiger_arreter(acte.acteur, convention, partout=not arret.territoire)
    if arret.territoire and not mandat.perimetre.couvre(arret.territoire):
        raise Introuvable("Cette suspension n’est pas de votre territoire.")
    if arret.leve_le is not None:
        raise Interdit("Cette suspension est déjà levée. Rechargez la page.")
    arret.leve_par, arret.leve_le = acte.acteur.id, acte.survenu_le
    arret.save(update_fields=["leve_par", "leve_le"])
    _inscrire(
        VerbeConvention.RETABLIR_CONVENTION,
        convention,
        acte,
        mandat.role,
        arret.territoire,
        arret=str(arret.id),
    )


def _inscrire(
    verbe: VerbeConvention,
    convention: Convention,
    acte: Acte,
    role: str,
    territoire: str = "",
    **faits: object,
) -> None:
    dits = {"convention": str(convention.id), **faits}
    inscrire(Entree(verbe, acte, territoire=territoire, role=role, faits=dits))
