"""One answer of a reviewer: kept, reduced, taken away. The last two take effect at once, and are not undone."""

import uuid
from collections.abc import Collection, Sequence

from django.db import transaction

from sne.habilitations import policies
from sne.habilitations.actions.annonces import annoncer_retraits
from sne.habilitations.actions.carences import combler_carences, constater_carences
from sne.habilitations.actions.retraits import faits_de, terminer
from sne.habilitations.models import Habilitation, LigneRevue, Reduction, ReponseRevue, Suspension
from sne.habilitations.rules import PERMISSIONS, MotifRetrait, Permission
from sne.habilitations.rules.revues import IssueSuspension, Reponse, refus_de_la_reponse
from sne.habilitations.rules.usages import reductibles
from sne.habilitations.selectors.deux_personnes import est_de_soi
from sne.habilitations.selectors.revues import lignes_visibles
from sne.habilitations.selectors.usages import list_usages
from sne.habilitations.verbes import VerbeHabilitation
from sne.journal.actions import inscrire
from sne.journal.rules import Cote, Entree, Valeur
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, require
from sne.socle.horloge import jour
from sne.socle.lignes import trouver


@transaction.atomic
def repondre_revue(
    ligne_id: uuid.UUID,
    *,
    reponse: Reponse,
    motif: str = "",
    vus: Collection[str] = (),
    acte: Acte,
) -> None:
    """Answer for one role. Keeping a role that was suspended for want of an answer gives it back.

    ``vus``: the rights that the reviewer was shown as taken away if they reduce. No other right is taken away, and none
    at all if one of them was used since; this is checked again here, the role being locked.

    Raises ``Introuvable`` (out of the perimeter), ``NonHabilite`` (their own, or not theirs to review), ``Interdit``
    (ended meanwhile, campaign over, no reason, nothing to reduce, a right used since).
    """
    le = jour(acte.survenu_le)
    ligne = trouver(
        lignes_visibles(acte.acteur, le=le).filter(id=ligne_id).select_related("campagne"),
        "Cette ligne n’est dans aucune revue de votre périmètre.",
    )
    h = (
        Habilitation.objects.select_for_update(of=("self",))
        .select_related("compte")
        .get(id=ligne.habilitation_id)
    )
    require(not est_de_soi(acte.acteur, h.compte_id), "Personne ne revoit son propre accès.")
    mandat = policies.require_mandat(
        policies.mandat_pour_revoir(acte.acteur, h, le=le),
        "Vous ne pouvez pas répondre pour cette personne : c’est au gestionnaire territorial, ou à "
        "l’exploitation nationale.",
    )
    suspension = Suspension.objects.filter(habilitation=h, levee_le=None).first()
    usage = list_usages([h])[h.id]
    montres = [p for p in reductibles(ligne.jamais) if p in vus and p in usage.tenus]
    retires = [p for p in montres if p in usage.jamais]
    refus = refus_de_la_reponse(
        reponse,
        motif=motif,
        terminee=h.fin is not None and h.fin <= le,
        hors_delai=le > ligne.campagne.limite and ligne.reponses.exists(),
        suspendue=suspension is not None,
        reductible=bool(retires),
        servis=[PERMISSIONS[p] for p in montres if p not in usage.jamais],
    )
    if refus:
        champ, phrase = refus
        raise Interdit(phrase, champ=champ)
    ecrite = _ecrire(ligne, reponse, motif, acte=acte, role=mandat.role)
    if suspension is not None:
        _lever(suspension, reponse, acte=acte, role=mandat.role)
    if reponse is Reponse.REDUIRE:
        _reduire(ecrite, h, retires, acte=acte, role=mandat.role)
    if reponse is Reponse.RETIRER:
        _retirer(ligne, h, acte=acte, role=mandat.role)


def _retirer(ligne: LigneRevue, h: Habilitation, *, acte: Acte, role: str) -> None:
    """The role ends that day; its holder is told, and what the place then lacks is noted."""
    terminer(
        h,
        fin=max(jour(acte.survenu_le), h.debut),
        motif=MotifRetrait.REVUE,
        acte=acte,
        role=role,
        campagne=str(ligne.campagne_id),
    )
    annoncer_retraits(h.compte, [h], motif=MotifRetrait.REVUE, survenu_le=acte.survenu_le)
    constater_carences(h.territoire, survenu_le=acte.survenu_le)


def _ecrire(ligne: LigneRevue, reponse: Reponse, motif: str, *, acte: Acte, role: str) -> ReponseRevue:
    ecrite = ReponseRevue.objects.create(
        territoire=ligne.territoire,
        ligne=ligne,
        reponse=str(reponse),
        motif=motif,
        auteur=acte.acteur.id,
        auteur_nom=acte.acteur.nom,
        survenu_le=acte.survenu_le,
    )
    inscrire(
        Entree(
            VerbeHabilitation.REPONDRE_REVUE,
            acte,
            territoire=ligne.territoire,
            role=role,
            faits={
                "campagne": str(ligne.campagne_id),
                "habilitation": str(ligne.habilitation_id),
                "reponse": str(reponse),
            },
            valeurs=(Valeur("motif", Cote.APRES, motif),) if motif else (),
        )
    )
    return ecrite


def _lever(suspension: Suspension, reponse: Reponse, *, acte: Acte, role: str) -> None:
    gardee = reponse is not Reponse.RETIRER
    suspension.issue = str(IssueSuspension.RETABLIE if gardee else IssueSuspension.RETIREE)
    suspension.levee_le, suspension.levee_par = acte.survenu_le, acte.acteur.id
    suspension.save(update_fields=["issue", "levee_le", "levee_par"])
    if gardee:
        inscrire(
            Entree(
                VerbeHabilitation.RETABLIR_HABILITATION,
                acte,
                territoire=suspension.territoire,
                role=role,
                faits=faits_de(suspension.habilitation),
            )
        )
        combler_carences(suspension.habilitation, survenu_le=acte.survenu_le)


def _reduire(
    ecrite: ReponseRevue,
    h: Habilitation,
    retires: Sequence[Permission],
    *,
    acte: Acte,
    role: str,
) -> None:
    Reduction.objects.bulk_create(
        Reduction(
            territoire=h.territoire,
            habilitation=h,
            permission=str(permission),
            reponse=ecrite,
            retiree_par=acte.acteur.id,
            retiree_le=acte.survenu_le,
        )
        for permission in retires
    )
    inscrire(
        Entree(
            VerbeHabilitation.REDUIRE_HABILITATION,
            acte,
            territoire=h.territoire,
            role=role,
            faits={**faits_de(h), "retires": [str(p) for p in retires]},
        )
    )
