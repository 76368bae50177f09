"""Cases of duplicates: opened by a counter in doubt, read and ended by the territorial manager."""

import json
import uuid
from collections.abc import Sequence

from django.db import transaction

from sne.habilitations.actions.deux_personnes import signer
from sne.habilitations.models.deux_personnes import REPONSE
from sne.habilitations.rules import Permission
from sne.journal.rules import Verbe
from sne.referentiels.selectors import get_parametres
from sne.registre.contenu.rules import nir as regles_nir
from sne.registre.contenu.rules.arbre.telephone import lire_e164
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.policies import can_deposer
from sne.registre.demande.rules.refus import PAS_ICI
from sne.registre.doublons import policies
from sne.registre.doublons.actions.chercher import RechercheDoublon, personne_cherchee
from sne.registre.doublons.models import CasDoublon
from sne.registre.doublons.parametres import ParametresDoublons
from sne.registre.doublons.possible import exiger_cas_decidable
from sne.registre.doublons.rules.cas import Origine, lire_cloture
from sne.registre.doublons.selectors.cas import CasLu, get_cas
from sne.registre.doublons.selectors.proches import list_proches
from sne.registre.doublons.verbes import VerbeDoublon
from sne.registre.modification.selectors.brouillons import get_brouillon
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.chiffrement import chiffrer
from sne.socle.erreurs import Introuvable, require
from sne.socle.identifiants import uuid7


@transaction.atomic
def demander_comparaison(
    brouillon_id: uuid.UUID, *, personnes: Sequence[RechercheDoublon], acte: Acte
) -> int:
    """« Je ne sais pas » : one case for each demande close to these adults; returns how many were opened.

    It is asked before the registration, which does not wait for the answer. Asking twice opens no second case. Raises
    ``Introuvable`` when the draft is not the actor's, ``NonHabilite``, ``NirInvalide``.
    """
    brouillon = get_brouillon(brouillon_id, acte.acteur)
    require(can_deposer(acte.acteur, territoire=brouillon.territoire, guichet=acte.acteur.guichet), PAS_ICI)
    proches = list_proches(
        [personne_cherchee(p) for p in personnes],
        territoire=brouillon.territoire,
        seuil=get_parametres(horloge.jour(acte.survenu_le))[ParametresDoublons].seuil_doublon_proposition,
        sauf=brouillon_id,
    )
    deja = set(CasDoublon.objects.filter(dossier=brouillon_id).values_list("demande", flat=True))
    nouvelles = [proche for proche in proches if proche.demande_id not in deja]
    for proche in nouvelles:
        cas = CasDoublon(
            id=uuid7(),
            territoire=brouillon.territoire,
            origine=Origine.GUICHET,
            dossier=brouillon_id,
            demande_id=proche.demande_id,
            score=proche.score,
            raisons=list(proche.raisons),
            guichet=acte.acteur.guichet,
            auteur=acte.acteur.id,
            ouvert_par=acte.acteur.instantane(),
            ouvert_le=acte.survenu_le,
        )
        cas.saisie = chiffrer(json.dumps([_en_json(p) for p in personnes]).encode(), lie_a=cas.id.bytes)
        cas.save(force_insert=True)
        _journaliser(VerbeDoublon.OUVRIR_CAS_DOUBLON, cas.id, brouillon.territoire, acte=acte)
    return len(nouvelles)


@transaction.atomic
def consulter_cas(cas_id: uuid.UUID, *, acte: Acte) -> CasLu:
    """A case whole, its reading journalled: it shows persons of two households.

    Raises ``Introuvable`` outside the perimeter.
    """
    cas = get_cas(cas_id, acte.acteur)
    _journaliser(VerbeDoublon.CONSULTER_CAS_DOUBLON, cas.id, cas.territoire, acte=acte)
    return cas


@transaction.atomic
def clore_cas(cas_id: uuid.UUID, *, issue: str, motif: str, precision: str, acte: Acte) -> None:
    """End a case with one of its exits, a coded reason and, where it says so, a sentence (300 signs).

    Neither demande changes: each consequence is another act. Raises ``Introuvable`` outside the
    perimeter, ``NonHabilite``, and ``Interdit`` when it is the actor's own question, already ended, or ill said.
    """
    cas = (
        CasDoublon.objects.select_for_update(of=("self",), no_key=True)
        .filter(policies.scope_des_cas(acte.acteur), id=cas_id)
        .first()
    )
    if cas is None:
        raise Introuvable("Aucun cas dans votre périmètre sous cet identifiant.")
    exiger_cas_decidable(cas, acte.acteur)
    signer(
        cas,
        permission=Permission.DOUBLON_DECIDER,
        territoire=cas.territoire,
        acte=acte,
    )
    cas.issue, cas.motif, cas.precision = issue, motif, lire_cloture(issue, motif, precision)
    cas.save(update_fields=[*REPONSE, "issue", "motif", "precision"])
    faits = {"issue": issue, "motif": motif}
    _journaliser(VerbeDoublon.CLORE_CAS_DOUBLON, cas.id, cas.territoire, acte=acte, faits=faits)


def _journaliser(
    verbe: Verbe,
    cas_id: uuid.UUID,
    territoire: str,
    *,
    acte: Acte,
    faits: dict[str, str] | None = None,
) -> None:
    """No demande is named: every counter reads the history of both."""
    dire(verbe, territoire, acte=acte, faits={"cas": str(cas_id), **(faits or {})})


def _en_json(personne: RechercheDoublon) -> dict[str, str | None]:
    nir = regles_nir.normaliser(personne.nir) if personne.nir.strip() else ""
    naissance = personne.date_naissance
    return {
        "nom": personne.nom,
        "usage": personne.usage,
        "prenoms": personne.prenoms,
        "date_naissance": naissance.isoformat() if naissance else None,
        "nir_masque": regles_nir.masquer(nir) if nir else "",
        "telephone": lire_e164(personne.telephone) or personne.telephone,
    }
