"""Enquiries: opened by the territorial manager, the DPO or a past identity recognised; completed, read, ended.

Entries of the journal name the enquiry, never its demandes: counters read the history of those.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from sne.cellules.routage import a_part, cellule_de
from sne.habilitations.actions.deux_personnes import signer
from sne.habilitations.models.deux_personnes import REPONSE
from sne.habilitations.rules import Permission, Role
from sne.habilitations.selectors.deux_personnes import exiger_autre_personne
from sne.journal.rules import Verbe
from sne.journal.selectors import is_entree_de
from sne.registre.contenu.rules.texte import lire_texte
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.demande.models.demande import Version
from sne.registre.demande.models.personne import DecisionIdentite, Identite
from sne.registre.demande.rules.personne import IssueIdentite
from sne.registre.enquete import policies
from sne.registre.enquete.models.enquete import DemandeEnquetee, DossierEnquete, ElementEnquete, Gel
from sne.registre.enquete.models.restauration import RequeteRestauration
from sne.registre.enquete.possible import exiger_en_cours, exiger_enquete_ouvrable
from sne.registre.enquete.rules.enquete import (
    NOTE_MAX,
    RECONNUES,
    MotifEnquete,
    NatureElement,
    OrigineEnquete,
    lire_issue,
    lire_ouverture,
)
from sne.registre.enquete.selectors.enquetes import EnqueteLue, get_enquete
from sne.registre.enquete.verbes import VerbeEnquete
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit
from sne.socle.identifiants import uuid7
from sne.socle.lignes import trouver

HORS_ENQUETE = "Cet élément n’est d’aucune demande de l’enquête."


@dataclass(frozen=True, slots=True)
class Ailleurs:
    """Another territory where the person of a piece of evidence is now; their demande there, if any."""

    territoire: str
    demande: uuid.UUID | None


@transaction.atomic
def ouvrir_enquete(
    demande_id: uuid.UUID,
    *,
    motif: str,
    precision: str,
    acte: Acte,
) -> uuid.UUID:
    """Open an enquiry on a demande; its id. Others are linked to it afterwards.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (reason ill said).
    """
    demande = lock_demande(demande_id, acteur=acte.acteur)
    exiger_enquete_ouvrable(demande, acte.acteur)
    code, phrase = lire_ouverture(motif, precision)
    enquete = inscrire_enquete(
        [demande.id],
        territoire=demande.territoire,
        origine=_origine(acte.acteur, demande.territoire),
        motif=code,
        precision=phrase,
        acte=acte,
    )
    cle: uuid.UUID = enquete.id
    return cle


def inscrire_enquete(
    demandes: Sequence[uuid.UUID],
    *,
    territoire: str,
    origine: OrigineEnquete,
    motif: MotifEnquete,
    acte: Acte,
    precision: str = "",
) -> DossierEnquete:
    """Write an enquiry on these demandes, the first being the main one, in the caller's transaction."""
    enquete = DossierEnquete(
        id=uuid7(),
        territoire=territoire,
        origine=origine.value,
        motif=motif.value,
        precision=precision,
        auteur=acte.acteur.id,
        ouvert_par=acte.acteur.instantane_pour(Permission.ENQUETE_OUVRIR, territoire),
        ouvert_le=acte.survenu_le,
    )
    enquete.save(force_insert=True)
    liens = DemandeEnquetee.objects.bulk_create(
        DemandeEnquetee(id=uuid7(), enquete=enquete, demande_id=demande, principale=rang == 0)
        for rang, demande in enumerate(demandes)
    )
    faits = {"liens": [str(lien.id) for lien in liens]}
    _journaliser(VerbeEnquete.OUVRIR_ENQUETE, enquete, acte=acte, faits=faits)
    return enquete


def joindre_enquete(ancienne: uuid.UUID, demande: uuid.UUID | None, *, acte: Acte) -> DossierEnquete | None:
    """The open enquiry that a past identity of ``ancienne`` opened, ``demande`` linked; ``None`` when there is none.

    In the caller's transaction; the enquiry stays open until its end.
    """
    enquete = (
        DossierEnquete.objects.select_for_update(of=("self",), no_key=True)
        .filter(
            demandes__demande=ancienne,
            demandes__principale=True,
            origine__in=RECONNUES,
            clos_le=None,
        )
        .order_by("ouvert_le", "id")
        .first()
    )
    if enquete and demande and not enquete.demandes.filter(demande=demande).exists():
        inscrire_lien(enquete, demande, acte=acte)
    return enquete


@transaction.atomic
def lier_demande(enquete_id: uuid.UUID, demande_id: uuid.UUID, *, acte: Acte) -> None:
    """Add a demande of the same territory to an open enquiry. Raises ``Introuvable``, ``NonHabilite``, ``Interdit``."""
    demande = lock_demande(demande_id, acteur=acte.acteur)
    enquete = lock_enquete(enquete_id, acteur=acte.acteur)
    if demande.territoire != enquete.territoire:
        raise Interdit(
            "Cette demande est d’un autre territoire. Son gestionnaire territorial ouvre sa propre enquête.",
            champ="numero",
        )
    if DemandeEnquetee.objects.filter(enquete=enquete, demande=demande).exists():
        raise Interdit("Cette demande est déjà dans l’enquête.", champ="numero")
    inscrire_lien(enquete, demande.id, acte=acte)


@transaction.atomic
def ajouter_element(
    enquete_id: uuid.UUID,
    *,
    nature: NatureElement,
    acte: Acte,
    texte: str = "",
    reference: uuid.UUID | None = None,
) -> uuid.UUID:
    """Add a piece of evidence, which stays; its id. ``reference``: the journal entry or the identity it points at.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit``: ended, empty, about no demande of the enquiry.
    """
    enquete = lock_enquete(enquete_id, acteur=acte.acteur)
    texte = lire_texte(texte, requis=nature is NatureElement.NOTE, champ="texte", maximum=NOTE_MAX)
    if nature is not NatureElement.NOTE:
        if reference is None:
            raise Interdit(HORS_ENQUETE, champ="reference")
        _exiger_des_demandes(enquete, nature, reference)
    element = inscrire_element(enquete, nature, texte=texte, reference=reference, acte=acte)
    cle: uuid.UUID = element.id
    return cle


def inscrire_element(
    enquete: DossierEnquete,
    nature: NatureElement,
    *,
    texte: str,
    reference: uuid.UUID | None,
    acte: Acte,
    ailleurs: Ailleurs | None = None,
) -> ElementEnquete:
    """Write a piece of evidence, in the caller's transaction."""
    element = ElementEnquete(
        id=uuid7(),
        enquete=enquete,
        nature=nature.value,
        texte=texte,
        entree=reference if nature is NatureElement.ENTREE else None,
        identite_id=reference if nature is NatureElement.IDENTITE else None,
        territoire_ailleurs=ailleurs.territoire if ailleurs else "",
        ailleurs_id=ailleurs.demande if ailleurs else None,
        auteur=acte.acteur.id,
        ajoute_par=acte.acteur.instantane_pour(Permission.ENQUETE_OUVRIR, enquete.territoire),
        survenu_le=acte.survenu_le,
    )
    element.save(force_insert=True)
    faits = {"element": str(element.id), "nature": nature.value}
    _journaliser(VerbeEnquete.COMPLETER_ENQUETE, enquete, acte=acte, faits=faits)
    return element


@transaction.atomic
def consulter_enquete(enquete_id: uuid.UUID, *, acte: Acte) -> EnqueteLue:
    """An enquiry whole, its reading journalled. Raises ``Introuvable`` outside the perimeter."""
    enquete = trouver(
        DossierEnquete.objects.filter(policies.scope_des_enquetes(acte.acteur), id=enquete_id),
        "Aucune enquête dans votre périmètre sous cet identifiant.",
    )
    _journaliser(VerbeEnquete.CONSULTER_ENQUETE, enquete, acte=acte)
    return get_enquete(enquete_id, acte.acteur)


@transaction.atomic
def clore_enquete(enquete_id: uuid.UUID, *, issue: str, motif: str, precision: str, acte: Acte) -> None:
    """End an enquiry with one of its exits and a coded reason. Nothing of any demande changes.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit``: a file is still frozen, ended already, ill said; or the past
    identity was met on a registration that the actor made, or was replaced by a change that they made or validated,
    under any of their accounts.
    """
    enquete = lock_enquete(enquete_id, acteur=acte.acteur)
    if enquete.origine in RECONNUES:
        _exiger_etranger(enquete, acte.acteur)
    if Gel.objects.filter(enquete=enquete, leve_le=None).exists():
        raise Interdit(
            "Un dossier de cette enquête est encore figé. Faites lever le gel, puis closez l’enquête."
        )
    if RequeteRestauration.objects.filter(enquete=enquete, decision=None).exists():
        raise Interdit(
            "Un retour à un état antérieur attend une décision. Une autre personne doit d’abord répondre."
        )
    fin, code, phrase = lire_issue(issue, motif, precision)
    signer(enquete, permission=Permission.ENQUETE_OUVRIR, territoire=enquete.territoire, acte=acte)
    enquete.issue, enquete.motif_issue, enquete.precision_issue = fin.value, code.value, phrase
    enquete.save(update_fields=[*REPONSE, "issue", "motif_issue", "precision_issue"])
    faits = {"issue": fin.value, "motif": code.value}
    _journaliser(VerbeEnquete.CLORE_ENQUETE, enquete, acte=acte, faits=faits)


def lock_enquete(enquete_id: uuid.UUID, *, acteur: Acteur) -> DossierEnquete:
    """The enquiry, locked, which is open. Raises ``Introuvable``, ``NonHabilite``, ``Interdit``."""
    enquete = trouver(
        DossierEnquete.objects.select_for_update(no_key=True).filter(
            policies.scope_des_enquetes(acteur), id=enquete_id
        ),
        "Aucune enquête dans votre périmètre sous cet identifiant.",
    )
    exiger_en_cours(enquete, acteur)
    return enquete


def inscrire_lien(enquete: DossierEnquete, demande: uuid.UUID, *, acte: Acte) -> None:
    """Link a demande to an open enquiry, in the caller's transaction."""
    lien = DemandeEnquetee(id=uuid7(), enquete=enquete, demande_id=demande, principale=False)
    lien.save(force_insert=True)
    faits = {"liens": [str(lien.id)]}
    _journaliser(VerbeEnquete.COMPLETER_ENQUETE, enquete, acte=acte, faits=faits)


def _exiger_etranger(enquete: DossierEnquete, acteur: Acteur) -> None:
    """The person who ends an enquiry is neither the one who registered the person recognised, nor the one who changed
    the identity. Raises ``Interdit``.
    """
    liees = enquete.demandes.filter(principale=False).values("demande")
    auteurs = list(Version.objects.filter(demande__in=liees, numero=1).values_list("auteur", flat=True))
    ailleurs = enquete.elements.filter(ailleurs__isnull=False).values_list("territoire_ailleurs", "ailleurs")
    for territoire, recente in ailleurs:
        with a_part(cellule_de(territoire)):
            auteurs += Version.objects.filter(demande=recente, numero=1).values_list("auteur", flat=True)
    exiger_autre_personne(
        acteur,
        *auteurs,
        sinon="Vous avez enregistré la demande qui a ouvert cette enquête. Une autre personne doit la clore.",
    )
    personnes = enquete.elements.filter(identite__isnull=False).values("identite__personne")
    validees = DecisionIdentite.objects.filter(
        identite__personne__in=personnes, issue=IssueIdentite.VALIDEE.value
    )
    exiger_autre_personne(
        acteur,
        *validees.values_list("decideur", flat=True),
        sinon="Vous avez validé le changement d’identité que cette enquête examine. Une autre personne doit la clore.",
    )


def _exiger_des_demandes(enquete: DossierEnquete, nature: NatureElement, reference: uuid.UUID) -> None:
    """What is pointed at is of one of the demandes. Raises ``Interdit``."""
    demandes = list(enquete.demandes.values_list("demande", flat=True))
    trouve = (
        Identite.objects.filter(id=reference, demande__in=demandes).exists()
        if nature is NatureElement.IDENTITE
        else is_entree_de(reference, demandes=demandes)
    )
    if not trouve:
        raise Interdit(HORS_ENQUETE, champ="reference")


def _origine(acteur: Acteur, territoire: str) -> OrigineEnquete:
    mandat = acteur.mandat_pour(Permission.ENQUETE_OUVRIR, territoire)
    return OrigineEnquete.DPO if mandat and mandat.role == Role.DPO else OrigineEnquete.MAIN_GT


def _journaliser(
    verbe: Verbe,
    enquete: DossierEnquete,
    *,
    acte: Acte,
    faits: Mapping[str, object] | None = None,
) -> None:
    dire(verbe, enquete.territoire, acte=acte, faits={"enquete": str(enquete.id), **(faits or {})})
