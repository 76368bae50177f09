"""Changes of identity asked for, opened, decided: what several tests share."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from sne.habilitations.rules import Role
from sne.referentiels.selectors import get_guichet
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import DecisionIdentite, Identite
from sne.registre.identite.actions.decider import refuser_identite, valider_identite
from sne.registre.identite.selectors.a_decider import get_changement
from sne.registre.lecture.actions.consulter import consulter_piece
from sne.registre.lecture.selectors.fiche import get_fiche
from sne.registre.modification.actions.modifier import modifier_demande
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from tests.registre import factories as f
from tests.registre.pieces.pieces import joindre

APRES = f.MAINTENANT + timedelta(hours=1)


def modifier(demande_id: uuid.UUID, agent: Acteur, le: datetime = f.MAINTENANT, **options: Any) -> None:
    """Ask for a change; ``traits`` of the applicant, ``contenu`` as a function of the tree, ``nirs``."""
    demande = Demande.objects.get(id=demande_id)
    voulu: Contenu = get_fiche(demande, agent).contenu
    if traits := options.pop("traits", None):
        assert voulu.demandeur is not None
        identite = voulu.demandeur.identite.model_copy(update=traits)
        voulu = voulu.model_copy(
            update={"demandeur": voulu.demandeur.model_copy(update={"identite": identite})}
        )
    if change := options.pop("contenu", None):
        voulu = change(voulu)
    modifier_demande(demande_id, contenu=voulu, revision=demande.revision, acte=Acte(agent, le), **options)


def demander(agent: Acteur, *, depot: dict[str, Any] | None = None, **options: Any) -> Identite:
    """A demande of Élodie Dubreuil, and a change of identity that waits, with its document."""
    recu = f.deposer(acteur=agent, **({"le": f.ANCIEN} | (depot or {})))
    options.setdefault("traits", {"nom_naissance": "Morel"} if "contenu" not in options else {})
    avec_piece = options.pop("piece", True)
    modifier(recu.demande_id, agent, **options)
    if avec_piece:
        joindre(recu.demande_id, acteur=agent)
    return Identite.objects.get(demande=recu.demande_id, voie="CONTROLE")


def ouvrir(ligne: Identite, acteur: Acteur) -> None:
    """Open each document of the change."""
    for piece in get_changement(ligne.id, acteur, le=f.AUJOURD_HUI).pieces:
        if piece.ouvrable:
            consulter_piece(piece.id, acte=Acte(acteur, f.MAINTENANT))


def valider(ligne: Identite, acteur: Acteur, *, vues: bool = True, **options: Any) -> None:
    if vues:
        ouvrir(ligne, acteur)
    valider_identite(ligne.id, acte=Acte(acteur, APRES), **options)
    connection.check_constraints()


def refuser(ligne: Identite, acteur: Acteur, motif: str = "PJ_NON_PROBANTE", precision: str = "") -> None:
    refuser_identite(ligne.id, motif=motif, precision=precision, acte=Acte(acteur, APRES))
    connection.check_constraints()


def noms(demande_id: uuid.UUID, agent: Acteur) -> list[str | None]:
    fiche = get_fiche(Demande.objects.get(id=demande_id), agent)
    return [p.identite.nom_naissance for p in fiche.personnes]


def decision(ligne: Identite, **autres: Any) -> DecisionIdentite:
    champs = {
        "issue": "VALIDEE",
        "decideur": uuid.uuid4(),
        "survenu_le": APRES,
        "auteur": ligne.auteur,
    } | autres
    return DecisionIdentite(
        territoire="099", demande_id=ligne.demande_id, revision=1, identite=ligne, decide_par={}, **champs
    )


def organisme(code: str) -> str:
    fiche = get_guichet("099", code, le=f.AUJOURD_HUI)
    assert fiche is not None
    return fiche.organisme


def responsable(code: str) -> Acteur:
    return f.creer_acteur(Role.RESPONSABLE_GUICHET, guichet=code, organisme=organisme(code))
