"""Writes of the attestations: issue, hand over, end a case by hand. Each one checks, writes and tells the journal."""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q

from sne.attestations import policies, rendu, selectors
from sne.attestations.models import Attestation, AttestationATraiter
from sne.attestations.rules import (
    AttestationAEtablir,
    DonneesAttestation,
    GlypheManquant,
    Modele,
    MotifATraiter,
    lire_donnees,
    motif_de_refus,
    tirer_reference,
)
from sne.habilitations.rules import Permission
from sne.journal import actions as journal
from sne.journal.rules import Entree, Verbe
from sne.referentiels.selectors import get_parametres
from sne.registre.selectors.attestation import DonneesDemande, get_donnees
from sne.socle import horloge
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable, require

A_ETABLIR = (
    "Un signe du nom ne peut pas être imprimé. L’attestation sera établie à la main par une personne habilitée : "
    "le cas est dans sa liste « Attestations à établir »."
)


@dataclass(frozen=True, slots=True)
class FichierRemis:
    """A file to hand over: its name and its bytes (PDF)."""

    nom: str
    contenu: bytes


@dataclass(frozen=True, slots=True)
class _Emission:
    """One issue in progress."""

    demande: DonneesDemande
    modele: Modele
    acteur: Acteur
    survenu_le: datetime
    origine: uuid.UUID | None

    @property
    def jour(self) -> date:
        return horloge.jour(self.survenu_le)

    def entree(self, verbe: Verbe, **faits: str) -> Entree:
        """The journal entry of this issue."""
        mandat = self.acteur.mandat_pour(Permission.ATTESTATION_EMETTRE, self.demande.territoire)
        return Entree(
            verbe=verbe,
            acteur=self.acteur,
            role=mandat.role if mandat else "",
            survenu_le=self.survenu_le,
            territoire=self.demande.territoire,
            demande_id=self.demande.demande_id,
            revision=self.demande.revision,
            faits={"modele": str(self.modele), **faits},
        )


def emettre_attestation(
    demande_id: uuid.UUID,
    *,
    acteur: Acteur,
    survenu_le: datetime,
    modele: Modele = Modele.SIMPLIFIEE,
    origine: uuid.UUID | None = None,
) -> Attestation:
    """Issue the attestation of a demande as it stands (CCH R441-2-4); it replaces the one before.

    The same one is returned for the same revision and the same civil day. ``origine`` is the journal entry of an
    automatic issue: it then only makes sure that the demande has been given one. Raises ``Introuvable``,
    ``NonHabilite``, ``Interdit`` (the demande is not valid) and ``AttestationAEtablir`` (queued for a person).
    """
    with transaction.atomic():
        issue = _emettre(demande_id, acteur=acteur, survenu_le=survenu_le, modele=modele, origine=origine)
    if issue is None:  # raised outside the transaction, so that the case stays in the queue
        raise AttestationAEtablir(A_ETABLIR)
    return issue


@transaction.atomic
def remettre_attestation(reference: str, *, acteur: Acteur, survenu_le: datetime) -> FichierRemis:
    """Open the file of an attestation to hand it over: a journalled read.

    Raises ``Introuvable``, ``NonHabilite`` and ``FichierDifferent``.
    """
    attestation = selectors.get_attestation(reference, acteur=acteur)
    require(
        policies.can_remettre(acteur, territoire=attestation.territoire),
        "Votre rôle ne permet pas de remettre une attestation. Adressez-vous à un guichet du territoire.",
    )
    contenu = selectors.refaire(attestation)
    mandat = acteur.mandat_pour(Permission.ATTESTATION_EMETTRE, attestation.territoire)
    journal.inscrire(
        Entree(
            verbe=Verbe.REMETTRE_ATTESTATION,
            acteur=acteur,
            role=mandat.role if mandat else "",
            survenu_le=survenu_le,
            territoire=attestation.territoire,
            demande_id=attestation.demande_id,
            revision=attestation.revision,
            faits={"modele": attestation.modele, "attestation": str(attestation.id)},
        )
    )
    return FichierRemis(nom=f"attestation-{attestation.donnees['numero']}.pdf", contenu=contenu)


@transaction.atomic
def traiter_attestation(cas_id: uuid.UUID, *, suite: str, acteur: Acteur, survenu_le: datetime) -> None:
    """End a case established by hand; ``suite`` says in a sentence how the household got it (300 signs).

    Raises ``Introuvable`` outside the perimeter, ``NonHabilite``, ``Interdit`` when already done or without a sentence.
    """
    cas = (
        AttestationATraiter.objects.select_for_update(of=("self",))
        .filter(policies.scope_a_traiter(acteur), id=cas_id)
        .first()
    )
    if cas is None:
        raise Introuvable("Aucune attestation à établir dans votre périmètre sous cet identifiant.")
    require(
        policies.can_traiter(acteur, territoire=cas.territoire),
        "Votre rôle ne permet pas d’établir une attestation à la main.",
    )
    if cas.traitee_le is not None:
        raise Interdit("Une autre personne a déjà traité ce cas.")
    suite = suite.strip()
    if not 1 <= len(suite) <= 300:
        raise Interdit(
            "Suite donnée : dites en une phrase de 300 signes au plus comment l’attestation a été remise."
        )
    mandat = acteur.mandat_pour(Permission.ATTESTATION_TRAITER, cas.territoire)
    cas.traitee_le = survenu_le
    cas.traitee_par = acteur.instantane(mandat.role if mandat else "")
    cas.suite = suite
    cas.save(update_fields=["traitee_le", "traitee_par", "suite"])
    journal.inscrire(
        Entree(
            verbe=Verbe.TRAITER_ATTESTATION,
            acteur=acteur,
            role=mandat.role if mandat else "",
            survenu_le=survenu_le,
            territoire=cas.territoire,
            demande_id=cas.demande_id,
            revision=cas.revision,
            faits={"modele": cas.modele, "cas": str(cas.id)},
        )
    )


def _emettre(
    demande_id: uuid.UUID, *, acteur: Acteur, survenu_le: datetime, modele: Modele, origine: uuid.UUID | None
) -> Attestation | None:
    """The attestation, found or issued; ``None`` when the case was queued for a person."""
    _verrouiller(demande_id)
    emission = _Emission(get_donnees(demande_id, acteur=acteur), modele, acteur, survenu_le, origine)
    require(
        policies.can_emettre(acteur, territoire=emission.demande.territoire),
        "Votre rôle ne permet pas d’émettre une attestation. Adressez-vous à un guichet du territoire.",
    )
    precedente = selectors.get_derniere(demande_id, modele)
    if precedente is not None and _suffit(precedente, emission):
        return precedente
    refus = motif_de_refus(
        statut=emission.demande.statut,
        date_expiration=emission.demande.date_expiration,
        aujourd_hui=emission.jour,
    )
    if refus:
        raise Interdit(refus)
    return _ecrire(emission, precedente)


def _verrouiller(demande_id: uuid.UUID) -> None:
    """One issue at a time for a demande: insert-only rows cannot be locked, and ``demande`` is the register's."""
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"attestation:{demande_id}"]
        )


def _suffit(precedente: Attestation, emission: _Emission) -> bool:
    """Whether the last attestation already is the one asked for."""
    if emission.origine is not None:
        return True
    return (
        precedente.revision == emission.demande.revision
        and precedente.date_delivrance == emission.jour
        and precedente.modele_version == rendu.VERSION_COURANTE
        and precedente.moteur == rendu.MOTEUR
    )


def _ecrire(emission: _Emission, precedente: Attestation | None) -> Attestation | None:
    donnees = _donnees(emission)
    try:
        fichier = rendu.rendre(donnees)
    except GlypheManquant:
        _mettre_en_attente(emission)
        return None
    demande, acteur = emission.demande, emission.acteur
    entree = emission.entree(Verbe.EMETTRE_ATTESTATION)
    attestation = Attestation(
        territoire=demande.territoire,
        demande_id=demande.demande_id,
        revision=demande.revision,
        modele=emission.modele,
        modele_version=rendu.VERSION_COURANTE,
        moteur=rendu.MOTEUR,
        reference=donnees.reference,
        donnees=donnees.vers_json(),
        empreinte=hashlib.sha256(fichier).digest(),
        date_delivrance=donnees.date_delivrance,
        date_expiration=donnees.date_expiration,
        remplace=precedente,
        origine=emission.origine,
        emise_par=acteur.instantane(entree.role),
        canal=acteur.canal,
        survenu_le=emission.survenu_le,
    )
    attestation.save(force_insert=True)
    journal.inscrire(emission.entree(Verbe.EMETTRE_ATTESTATION, attestation=str(attestation.id)))
    return attestation


def _donnees(emission: _Emission) -> DonneesAttestation:
    demande = emission.demande
    return lire_donnees(
        {
            "territoire": demande.territoire,
            "numero": demande.nud,
            "nom_naissance": demande.nom_naissance,
            "nom_usage": demande.nom_usage,
            "prenoms": demande.prenoms,
            "association": demande.titulaire == "ASSOCIATION",
            "date_depot": demande.date_depot,
            "date_expiration": demande.date_expiration,
            "date_delivrance": emission.jour,
            "validite_mois": get_parametres(demande.base_validite).delaiz_mois,
            "portail": settings.URL_PUBLIQUE,
            "reference": tirer_reference(),
            "demonstration": settings.DEMONSTRATION,
        }
    )


def _mettre_en_attente(emission: _Emission) -> None:
    """Queue the case for a person: once while it waits, and once for ever for the same automatic issue."""
    demande = emission.demande
    deja = (
        Q(traitee_le=None) if emission.origine is None else Q(traitee_le=None) | Q(origine=emission.origine)
    )
    if AttestationATraiter.objects.filter(deja, demande=demande.demande_id, modele=emission.modele).exists():
        return
    cas = AttestationATraiter(
        territoire=demande.territoire,
        demande_id=demande.demande_id,
        revision=demande.revision,
        nud=demande.nud,
        modele=emission.modele,
        motif=MotifATraiter.GLYPHE_MANQUANT,
        origine=emission.origine,
        survenu_le=emission.survenu_le,
    )
    cas.save(force_insert=True)
    journal.inscrire(
        emission.entree(Verbe.ATTESTATION_IMPOSSIBLE, motif=MotifATraiter.GLYPHE_MANQUANT, cas=str(cas.id))
    )
