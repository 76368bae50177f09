"""Issue an attestation: what it says is gathered, drawn, hashed, written with what it replaces, told to the journal."""

import contextlib
import hashlib
import uuid
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q

from sne.attestations import rendu, selectors
from sne.attestations.actions.composer import CommissionInconnue, composer
from sne.attestations.actions.ecrire import ecrire
from sne.attestations.actions.verrou import verrouiller
from sne.attestations.models import Attestation, AttestationATraiter
from sne.attestations.possible import exiger_droit_d_emettre
from sne.attestations.rules import (
    COMPLETES,
    AttestationAEtablir,
    CanalRemise,
    DonneesAttestation,
    DonneesCompletes,
    GlypheManquant,
    Modele,
    MotifATraiter,
    canal_prevu,
    dit_encore,
    motif_de_refus,
    personnes_dites,
)
from sne.attestations.verbes import VerbeAttestation
from sne.habilitations.rules import Permission
from sne.journal import actions as journal
from sne.journal.rules import Entree, Verbe
from sne.registre.demande.selectors.attestation import (
    DonneesDemande,
    get_contenu_d_alors,
    get_contenu_declare,
    get_donnees,
)
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit

A_ETABLIR = {
    MotifATraiter.GLYPHE_MANQUANT: "Un signe du nom ne peut pas être imprimé.",
    MotifATraiter.COMMISSION_INCONNUE: "La commission de médiation d’un département demandé n’est pas connue.",
}
SUITE_A_LA_MAIN = (
    " L’attestation sera établie à la main par une personne habilitée\u00a0: le cas est dans sa liste "
    "«\u00a0Attestations à établir\u00a0»."
)


@dataclass(frozen=True, slots=True)
class _Emission:
    """One issue in progress."""

    demande: DonneesDemande
    modele: Modele
    acte: Acte
    origine: uuid.UUID | None

    @property
    def jour(self) -> date:
        return horloge.jour(self.acte.survenu_le)

    @property
    def guichet(self) -> str:
        """The counter that hands it over: the one that asked, else the one that follows the file."""
        return self.acte.acteur.guichet or self.demande.guichet_gestionnaire

    @property
    def canal_prevu(self) -> CanalRemise:
        return canal_prevu(
            au_guichet=self.origine is None,
            courriel=self.demande.courriel,
            accompagne=self.demande.accompagne,
        )

    def entree(self, verbe: Verbe, **faits: str) -> Entree:
        """The journal entry of this issue."""
        mandat = self.acte.acteur.mandat_pour(Permission.ATTESTATION_EMETTRE, self.demande.territoire)
        return Entree(
            verbe=verbe,
            acte=self.acte,
            role=mandat.role if mandat else "",
            territoire=self.demande.territoire,
            demande_id=self.demande.demande_id,
            revision=self.demande.revision,
            faits={"modele": str(self.modele), **faits},
        )


def modele_en_cours(demande_id: uuid.UUID, *, acteur: Acteur) -> Modele:
    """The attestation that says again what a household was told last. Raises ``Introuvable``, ``Efface``."""
    renouvelee = get_donnees(demande_id, acteur=acteur).date_dernier_renouvellement
    return Modele.SIMPLIFIEE if renouvelee is None else Modele.RENOUVELLEMENT


def emettre_attestation(
    demande_id: uuid.UUID,
    *,
    acte: Acte,
    modele: Modele = Modele.SIMPLIFIEE,
    origine: uuid.UUID | None = None,
) -> Attestation:
    """Issue the attestation of a demande as it stands (CCH R441-2-4); it replaces the one before.

    The same one is returned for the same revision and the same civil day. ``origine`` is the journal entry of an
    automatic issue: it then issues nothing when the demande already has one. Raises ``Introuvable``,
    ``NonHabilite``, ``Interdit`` (the demande is not valid) and ``AttestationAEtablir`` (queued for a person).
    """
    with transaction.atomic():
        issue = _emettre(demande_id, acte=acte, modele=modele, origine=origine)
    if isinstance(
        issue, MotifATraiter
    ):  # raised outside the transaction, so that the case stays in the queue
        raise AttestationAEtablir(A_ETABLIR[issue] + SUITE_A_LA_MAIN)
    return issue


@transaction.atomic
def revoir_attestations(
    demande_id: uuid.UUID,
    *,
    acte: Acte,
    origine: uuid.UUID,
    sur_place: bool,
) -> Attestation | None:
    """Issue again each attestation in force that says other persons, or another seniority, than the demande.

    Each replaces the one before. Returns the one that is to be sent, which ``origine`` asked for; the others, and all
    of them when nothing may be sent (``sur_place``), are the counter's to hand over. A kind that cannot be drawn waits
    for a person. Raises as :func:`emettre_attestation`.
    """
    verrouiller([demande_id])
    demande, a_envoyer = (
        get_donnees(demande_id, acteur=acte.acteur),
        modele_en_cours(demande_id, acteur=acte.acteur),
    )
    nouvelles = {}
    for precedente in selectors.list_en_vigueur(demande_id, le=horloge.jour(acte.survenu_le)):
        if _dit_vrai(precedente, demande):
            continue
        modele = Modele(precedente.modele)
        with contextlib.suppress(AttestationAEtablir):
            emise = emettre_attestation(
                demande_id,
                acte=acte,
                modele=modele,
                origine=origine if modele is a_envoyer and not sur_place else None,
            )
            if emise.id != precedente.id:
                nouvelles[modele] = emise
    return None if sur_place else nouvelles.get(a_envoyer)


def _emettre(
    demande_id: uuid.UUID, *, acte: Acte, modele: Modele, origine: uuid.UUID | None
) -> Attestation | MotifATraiter:
    """The attestation, found or issued; the reason when the case was queued for a person."""
    verrouiller([demande_id])
    emission = _Emission(get_donnees(demande_id, acteur=acte.acteur), modele, acte, origine)
    exiger_droit_d_emettre(emission.demande, acte.acteur)
    precedente = selectors.get_derniere(demande_id, modele)
    if precedente is not None and _suffit(precedente, emission):
        return precedente
    refus = motif_de_refus(
        modele,
        statut=emission.demande.statut,
        date_expiration=emission.demande.date_expiration,
        renouvelee=emission.demande.date_dernier_renouvellement is not None,
        aujourd_hui=emission.jour,
    )
    if refus:
        raise Interdit(refus)
    return _ecrire(emission, precedente)


def _suffit(precedente: Attestation, emission: _Emission) -> bool:
    """Whether the last attestation already is the one asked for.

    An automatic one only makes sure that there is one, which says the persons, the seniority and the renewal that
    count.
    """
    if not _dit_vrai(precedente, emission.demande):
        # One entry issues once, even delivered again when the demande has moved on: what moved it has an entry too.
        return emission.origine is not None and Attestation.objects.filter(origine=emission.origine).exists()
    if emission.origine is not None:
        renouvelee = emission.demande.date_dernier_renouvellement
        atteste = precedente.donnees.get("date_dernier_renouvellement")
        return emission.modele is not Modele.RENOUVELLEMENT or atteste == str(renouvelee)
    return (
        precedente.revision == emission.demande.revision
        and precedente.date_delivrance == emission.jour
        and precedente.modele_version == rendu.version_de(emission.modele)
        and precedente.moteur == rendu.MOTEUR
    )


def _dit_vrai(precedente: Attestation, demande: DonneesDemande) -> bool:
    """Whether it names the persons of the demande as it stands, those of its summary too, and its seniority."""
    meme_titulaire = dit_encore(
        precedente.donnees,
        nom_naissance=demande.nom_naissance,
        nom_usage=demande.nom_usage,
        prenoms=demande.prenoms,
        date_depot=demande.date_depot,
    )
    if not meme_titulaire or precedente.modele not in COMPLETES or precedente.revision == demande.revision:
        return meme_titulaire
    alors = get_contenu_d_alors(demande.demande_id, precedente.revision)
    return personnes_dites(alors) == personnes_dites(get_contenu_declare(demande.version_id))


def _ecrire(emission: _Emission, precedente: Attestation | None) -> Attestation | MotifATraiter:
    try:
        donnees = composer(emission.demande, emission.modele, jour=emission.jour)
        fichier = rendu.rendre(donnees)
    except GlypheManquant:
        return _mettre_en_attente(emission, MotifATraiter.GLYPHE_MANQUANT)
    except CommissionInconnue:
        return _mettre_en_attente(emission, MotifATraiter.COMMISSION_INCONNUE)
    attestation = _attestation(emission, donnees, fichier)
    attestation.remplace = precedente
    ecrire(
        attestation, emission.entree(VerbeAttestation.EMETTRE_ATTESTATION, attestation=str(attestation.id))
    )
    return attestation


def _attestation(
    emission: _Emission, donnees: DonneesAttestation | DonneesCompletes, fichier: bytes
) -> Attestation:
    """The row of an issue, not written yet."""
    demande, acteur = emission.demande, emission.acte.acteur
    return Attestation(
        territoire=demande.territoire,
        demande_id=demande.demande_id,
        revision=demande.revision,
        modele=emission.modele,
        modele_version=rendu.version_de(emission.modele),
        moteur=rendu.MOTEUR,
        reference=donnees.reference,
        donnees=donnees.vers_json(),
        empreinte=hashlib.sha256(fichier).digest(),
        date_delivrance=donnees.date_delivrance,
        date_expiration=donnees.date_expiration,
        origine=emission.origine,
        emise_par=acteur.instantane_pour(Permission.ATTESTATION_EMETTRE, demande.territoire),
        canal=acteur.canal,
        guichet=emission.guichet,
        canal_prevu=emission.canal_prevu,
        survenu_le=emission.acte.survenu_le,
    )


def _mettre_en_attente(emission: _Emission, motif: MotifATraiter) -> MotifATraiter:
    """Queue the case for a person: once while it waits, and once for ever for the same automatic issue."""
    demande = emission.demande
    deja = (
        Q(traitee_le=None) if emission.origine is None else Q(traitee_le=None) | Q(origine=emission.origine)
    )
    if AttestationATraiter.objects.filter(deja, demande=demande.demande_id, modele=emission.modele).exists():
        return motif
    cas = AttestationATraiter(
        territoire=demande.territoire,
        demande_id=demande.demande_id,
        revision=demande.revision,
        nud=demande.nud,
        modele=emission.modele,
        motif=motif,
        origine=emission.origine,
        survenu_le=emission.acte.survenu_le,
    )
    cas.save(force_insert=True)
    journal.inscrire(emission.entree(VerbeAttestation.ATTESTATION_IMPOSSIBLE, motif=motif, cas=str(cas.id)))
    return motif
