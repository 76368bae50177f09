"""Asking, answering, accepting, changing, withdrawing, moving: what is found follows in the same transaction."""

import uuid

from django.db import transaction

from sne.collaboratif.echanges.models import (
    Contribution,
    LectureSujet,
    SignalementContribution,
    Sujet,
    Veille,
    VersionContribution,
)
from sne.collaboratif.echanges.possible import (
    exiger_acceptable,
    exiger_accepter,
    exiger_modifier,
    exiger_repondre,
    exiger_retirer,
    exiger_visible,
)
from sne.collaboratif.echanges.rules import (
    SUJET,
    GenreSujet,
    Niveau,
    est_libre,
    lire_motif,
    lire_texte,
    lire_titre,
)
from sne.collaboratif.espaces.models import Espace
from sne.collaboratif.espaces.possible import exiger_droit, exiger_lire
from sne.collaboratif.espaces.rules import INTROUVABLE, Droit, cle_de_l_espace
from sne.collaboratif.espaces.selectors import lecteur_de
from sne.collaboratif.parametres import ParametresCollaboratif
from sne.collaboratif.verbes import VerbeCollaboratif
from sne.journal.actions import inscrire
from sne.journal.rules import Entree
from sne.recherche.actions import Publication, publier, retirer
from sne.referentiels.selectors import get_parametres
from sne.socle.acte import Acte
from sne.socle.horloge import jour
from sne.socle.lignes import trouver


@transaction.atomic
def ouvrir_sujet(espace_id: uuid.UUID, genre: GenreSujet, *, titre: str, corps: str, acte: Acte) -> Sujet:
    """Ask, or begin a discussion. Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (closed, a field)."""
    espace = trouver(Espace.objects.select_for_update().filter(id=espace_id), INTROUVABLE)
    exiger_droit(lecteur_de(acte.acteur, le=acte.survenu_le), espace, Droit.CONTRIBUER)
    titre, texte = lire_titre(titre), lire_texte(corps)
    sujet = Sujet.objects.create(
        espace=espace,
        genre=genre,
        titre=titre,
        auteur=acte.acteur.id,
        cree_le=acte.survenu_le,
        activite_le=acte.survenu_le,
    )
    Contribution.objects.create(
        sujet=sujet,
        ouvre=True,
        auteur=acte.acteur.id,
        corps=texte.corps,
        html=texte.rendu.html,
        brut=texte.rendu.brut,
        cree_le=acte.survenu_le,
    )
    noter_lu(sujet, acte=acte)
    _inscrire(VerbeCollaboratif.OUVRIR_SUJET, sujet, acte)
    indexer(sujet)
    return sujet


@transaction.atomic
def repondre(sujet_id: uuid.UUID, *, corps: str, acte: Acte) -> Contribution:
    """Write in a topic. Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (closed, a field)."""
    sujet = _verrouiller(sujet_id)
    exiger_repondre(lecteur_de(acte.acteur, le=acte.survenu_le), sujet)
    texte = lire_texte(corps)
    contribution = Contribution.objects.create(
        sujet=sujet,
        auteur=acte.acteur.id,
        corps=texte.corps,
        html=texte.rendu.html,
        brut=texte.rendu.brut,
        cree_le=acte.survenu_le,
    )
    sujet.activite_le = acte.survenu_le
    sujet.save(update_fields=["activite_le"])
    noter_lu(sujet, acte=acte)
    indexer(sujet)
    return contribution


@transaction.atomic
def accepter(contribution_id: uuid.UUID, *, acte: Acte) -> None:
    """This answer is right. Raises ``Introuvable``, ``NonHabilite``, ``Interdit``."""
    contribution = _contribution(contribution_id)
    sujet = contribution.sujet
    exiger_accepter(lecteur_de(acte.acteur, le=acte.survenu_le), sujet)
    exiger_acceptable(contribution)
    sujet.acceptee, sujet.acceptee_par, sujet.acceptee_le = contribution, acte.acteur.id, acte.survenu_le
    sujet.save(update_fields=["acceptee", "acceptee_par", "acceptee_le"])
    indexer(sujet)


@transaction.atomic
def clore(sujet_id: uuid.UUID, *, acte: Acte) -> None:
    """Nothing is added any more. Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (closed already)."""
    sujet = _verrouiller(sujet_id)
    lecteur = lecteur_de(acte.acteur, le=acte.survenu_le)
    exiger_repondre(lecteur, sujet)
    exiger_droit(lecteur, sujet.espace, Droit.ANIMER)
    sujet.clos_le = acte.survenu_le
    sujet.save(update_fields=["clos_le"])


@transaction.atomic
def modifier(contribution_id: uuid.UUID, *, corps: str, acte: Acte) -> None:
    """Change one's own words; past the first minutes (dated parameter), what they were stays shown.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (closed, withdrawn, a field).
    """
    contribution = _contribution(contribution_id)
    exiger_modifier(lecteur_de(acte.acteur, le=acte.survenu_le), contribution)
    texte = lire_texte(corps)
    if texte.corps == contribution.corps:
        return
    minutes = get_parametres(jour(acte.survenu_le))[ParametresCollaboratif].contribution_libre_minutes
    if not est_libre(contribution.cree_le, le=acte.survenu_le, minutes=minutes):
        VersionContribution.objects.create(
            contribution=contribution,
            corps=contribution.corps,
            html=contribution.html,
            remplacee_le=acte.survenu_le,
        )
        contribution.modifiee_le = acte.survenu_le
    contribution.corps, contribution.html, contribution.brut = texte.corps, texte.rendu.html, texte.rendu.brut
    contribution.save(update_fields=["corps", "html", "brut", "modifiee_le"])
    indexer(contribution.sujet)


@transaction.atomic
def retirer_contribution(contribution_id: uuid.UUID, *, motif: str, acte: Acte) -> None:
    """Out of sight, and of the search, with a reason that its author reads. An accepted answer is no longer accepted.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (no reason, withdrawn already).
    """
    contribution = _contribution(contribution_id)
    sujet = contribution.sujet
    exiger_retirer(lecteur_de(acte.acteur, le=acte.survenu_le), contribution)
    contribution.motif = lire_motif(motif)
    contribution.retiree_le, contribution.retiree_par = acte.survenu_le, acte.acteur.id
    contribution.save(update_fields=["motif", "retiree_le", "retiree_par"])
    if sujet.acceptee_id == contribution.id:
        sujet.acceptee = sujet.acceptee_par = sujet.acceptee_le = None
        sujet.save(update_fields=["acceptee", "acceptee_par", "acceptee_le"])
    _inscrire(VerbeCollaboratif.RETIRER_CONTRIBUTION, sujet, acte, contribution=str(contribution.id))
    indexer(sujet)


@transaction.atomic
def signaler(contribution_id: uuid.UUID, *, motif: str, acte: Acte) -> None:
    """Tell those who run the space that something should not stay, once. Raises ``Introuvable``, ``Interdit``."""
    contribution = _contribution(contribution_id)
    exiger_visible(lecteur_de(acte.acteur, le=acte.survenu_le), contribution)
    SignalementContribution.objects.get_or_create(
        contribution=contribution,
        compte=acte.acteur.id,
        defaults={"motif": lire_motif(motif), "survenu_le": acte.survenu_le},
    )


@transaction.atomic
def deplacer(sujet_id: uuid.UUID, vers: uuid.UUID, *, acte: Acte) -> None:
    """Put a topic in another space that one runs too: who reads and finds it are those of there, from now on.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (one is closed).
    """
    sujet = _verrouiller(sujet_id)
    ailleurs = trouver(Espace.objects.filter(id=vers), INTROUVABLE)
    lecteur = lecteur_de(acte.acteur, le=acte.survenu_le)
    exiger_droit(lecteur, sujet.espace, Droit.ANIMER)
    exiger_droit(lecteur, ailleurs, Droit.ANIMER)
    _inscrire(VerbeCollaboratif.DEPLACER_SUJET, sujet, acte, vers=str(vers))
    sujet.espace = ailleurs
    sujet.save(update_fields=["espace"])
    indexer(sujet)


@transaction.atomic
def proposer(sujet_id: uuid.UUID, brouillon: uuid.UUID, *, acte: Acte) -> None:
    """This draft of the site comes from this topic, which shows the page once it is published.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit``.
    """
    sujet = _verrouiller(sujet_id)
    exiger_repondre(lecteur_de(acte.acteur, le=acte.survenu_le), sujet)
    sujet.brouillon = brouillon
    sujet.save(update_fields=["brouillon"])


def noter_lu(sujet: Sujet, *, acte: Acte) -> None:
    """Somebody has the whole topic under their eyes."""
    LectureSujet.objects.update_or_create(
        compte=acte.acteur.id, sujet=sujet, defaults={"jusqu_a": acte.survenu_le}
    )


@transaction.atomic
def regler_veille(niveau: Niveau, *, espace_id: uuid.UUID | None, acte: Acte) -> None:
    """What the digest tells, of everything or of one space. Raises ``Introuvable``."""
    if espace_id is not None:
        exiger_lire(lecteur_de(acte.acteur, le=acte.survenu_le), espace_id)
    Veille.objects.update_or_create(
        compte=acte.acteur.id,
        espace_id=espace_id,  # type: ignore[misc]  # the stubs know no key that may be null
        defaults={"niveau": niveau},
    )


def indexer(sujet: Sujet) -> None:
    """What is found of a topic: by those of its space, without what was withdrawn; nothing without what opened it."""
    dites = list(sujet.contributions.filter(retiree_le=None).order_by("cree_le", "id"))
    if not any(c.ouvre for c in dites):
        retirer(SUJET, [sujet.id])
        return
    acceptee = next((c for c in dites if c.id == sujet.acceptee_id), None)
    publier(
        Publication(
            genre=SUJET,
            cible=sujet.id,
            url=f"/espaces/sujet/{sujet.id}/",
            acces=[cle_de_l_espace(sujet.espace_id)],
            titre=sujet.titre,
            reponse=_court(acceptee.brut) if acceptee else "",
            corps="\n".join(c.brut for c in dites),
            verifie_le=jour(sujet.activite_le),
            visible_du=sujet.cree_le,
        )
    )


def _court(texte: str, signes: int = 240) -> str:
    return texte if len(texte) <= signes else texte[: signes - 1].rpartition(" ")[0] + "…"


def _verrouiller(sujet_id: uuid.UUID) -> Sujet:
    return trouver(
        Sujet.objects.select_for_update(of=("self",)).select_related("espace").filter(id=sujet_id),
        INTROUVABLE,
    )


def _contribution(contribution_id: uuid.UUID) -> Contribution:
    sujet_id = trouver(
        Contribution.objects.filter(id=contribution_id).values_list("sujet", flat=True), INTROUVABLE
    )
    sujet = _verrouiller(sujet_id)
    contribution = Contribution.objects.get(id=contribution_id)
    contribution.sujet = sujet
    return contribution


def _inscrire(verbe: VerbeCollaboratif, sujet: Sujet, acte: Acte, **faits: object) -> None:
    dits = {"sujet": str(sujet.id), "espace": str(sujet.espace_id)}
    inscrire(Entree(verbe, acte, territoire=sujet.espace.territoire, faits=dits | faits))
