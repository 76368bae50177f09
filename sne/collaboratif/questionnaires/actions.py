"""Opening a questionnaire, filling it in, relaying it, closing it with what was decided; anonymous answers mixed."""

import json
import random
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from sne.collaboratif.espaces.possible import exiger_tenir
from sne.collaboratif.espaces.rules import INTROUVABLE, lire_ligne
from sne.collaboratif.espaces.selectors import Lecteur, cles_du_relais, lecteur_de
from sne.collaboratif.parametres import ParametresCollaboratif
from sne.collaboratif.questionnaires.models import (
    BrouillonReponses,
    Participation,
    Questionnaire,
    RelaisQuestionnaire,
    ReponseEnAttente,
    ReponseQuestionnaire,
)
from sne.collaboratif.questionnaires.possible import (
    exiger_exporter,
    exiger_relayer,
    exiger_repondre,
    exiger_tenir_questionnaire,
    exiger_voir,
)
from sne.collaboratif.questionnaires.rules import (
    INTRO_MAX,
    PHRASE_MAX,
    TITRE_MAX,
    lire_questions,
    lire_reponses,
    strates_gardees,
)
from sne.collaboratif.verbes import VerbeCollaboratif
from sne.journal.actions import inscrire
from sne.journal.rules import Entree
from sne.referentiels.selectors import get_guichet, get_parametres
from sne.socle.acte import Acte
from sne.socle.chiffrement import chiffrer, dechiffrer
from sne.socle.erreurs import Interdit
from sne.socle.horloge import jour
from sne.socle.lignes import sans_double, trouver
from sne.textes.rules import masquer_nir

HASARD = random.SystemRandom()
CLOS = "Ce questionnaire est déjà clos."


@dataclass(frozen=True, slots=True, kw_only=True)
class Nouveau:
    """What is asked, of which teams, from when until when."""

    code: str
    titre: str
    intro: str
    questions: Sequence[Mapping[str, Any]]
    cibles: Collection[str]
    anonyme: bool
    du: datetime
    au: datetime
    territoire: str = ""
    drapeau: str = ""


@transaction.atomic
def ouvrir_questionnaire(nouveau: Nouveau, *, acte: Acte) -> Questionnaire:
    """Open it. Raises ``NonHabilite``, ``Interdit`` (a field)."""
    exiger_tenir(acte.acteur, nouveau.territoire)
    if not nouveau.cibles:
        raise Interdit("Choisissez au moins une équipe à qui il s’adresse.", champ="cibles")
    if nouveau.au <= nouveau.du:
        raise Interdit("La fin vient après le début\u00a0: changez l’une des deux dates.", champ="au")
    lire_questions(nouveau.questions)
    questionnaire = Questionnaire(
        code=nouveau.code,
        titre=lire_ligne(nouveau.titre, champ="titre", maximum=TITRE_MAX, sinon="Donnez-lui un titre."),
        intro=lire_ligne(nouveau.intro, champ="intro", maximum=INTRO_MAX, sinon="Dites à quoi il sert."),
        territoire=nouveau.territoire,
        cibles=sorted(set(nouveau.cibles)),
        acces=sorted(set(nouveau.cibles)),
        questions=list(nouveau.questions),
        anonyme=nouveau.anonyme,
        seuil=get_parametres(jour(acte.survenu_le))[ParametresCollaboratif].questionnaire_seuil,
        drapeau=nouveau.drapeau,
        auteur=acte.acteur.id,
        du=nouveau.du,
        au=nouveau.au,
    )
    with sans_double("Un questionnaire porte déjà ce code.", champ="code"):
        questionnaire.save(force_insert=True)
    _inscrire(VerbeCollaboratif.OUVRIR_QUESTIONNAIRE, questionnaire, acte, anonyme=nouveau.anonyme)
    return questionnaire


@transaction.atomic
def garder(code: str, saisi: Mapping[str, Any], *, acte: Acte) -> None:
    """Keep what was typed, as typed, switched off meanwhile or not. Raises ``Introuvable``."""
    questionnaire, lecteur = _lire(code, acte)
    exiger_voir(lecteur, questionnaire)
    contenu = chiffrer(json.dumps(dict(saisi)).encode(), lie_a=_lien(questionnaire, acte.acteur.id))
    BrouillonReponses.objects.update_or_create(
        questionnaire=questionnaire, compte=acte.acteur.id, defaults={"contenu": contenu}
    )


@transaction.atomic
def repondre(code: str, saisi: Mapping[str, Any], *, acte: Acte) -> None:
    """Send one's answers. With one's name, they may be sent again until it is closed; without, once, and never found.

    Raises ``Introuvable``, ``Interdit`` (not open, answered already, a question).
    """
    questionnaire, lecteur = _lire(code, acte)
    exiger_repondre(lecteur, questionnaire, le=acte.survenu_le)
    valeurs = lire_reponses(lire_questions(questionnaire.questions), saisi)
    territoire, guichet = acte.acteur.territoire, acte.acteur.guichet
    Participation.objects.get_or_create(
        questionnaire=questionnaire,
        compte=acte.acteur.id,
        defaults={"territoire": territoire, "guichet": guichet, "jour": jour(acte.survenu_le)},
    )
    BrouillonReponses.objects.filter(questionnaire=questionnaire, compte=acte.acteur.id).delete()
    fiche = get_guichet(territoire, guichet, le=jour(acte.survenu_le)) if guichet else None
    strate = f"{fiche.type_organisme}:{territoire}" if fiche else ""
    if not questionnaire.anonyme:
        ReponseQuestionnaire.objects.update_or_create(
            questionnaire=questionnaire,
            compte=acte.acteur.id,
            defaults={"valeurs": valeurs},
            create_defaults={"valeurs": valeurs, "anonyme": False, "strate": strate},
        )
        return
    cle = uuid.uuid4()
    contenu = chiffrer(json.dumps({"valeurs": valeurs, "strate": strate}).encode(), lie_a=cle.bytes)
    ReponseEnAttente.objects.create(id=cle, questionnaire=questionnaire, contenu=contenu)


@transaction.atomic
def verser(questionnaire_id: uuid.UUID, *, le: datetime) -> int:
    """Write the anonymous answers that wait, mixed, once they are enough or when it is closed; how many were.

    Nothing of a written answer comes from the one that waited: neither identifier, nor order, nor transaction.
    """
    questionnaire = Questionnaire.objects.select_for_update().get(id=questionnaire_id)
    attendent = list(questionnaire.attentes.order_by("id"))
    lot = get_parametres(jour(le))[ParametresCollaboratif].questionnaire_lot
    if not attendent or (len(attendent) < lot and questionnaire.clos_le is None):
        return 0
    lues = [json.loads(dechiffrer(bytes(a.contenu), lie_a=a.id.bytes)) for a in attendent]
    HASARD.shuffle(lues)
    strates = strates_gardees([lue["strate"] for lue in lues], seuil=questionnaire.seuil)
    ReponseQuestionnaire.objects.bulk_create(
        ReponseQuestionnaire(questionnaire=questionnaire, anonyme=True, strate=strate, valeurs=lue["valeurs"])
        for lue, strate in zip(lues, strates, strict=True)
    )
    questionnaire.attentes.filter(id__in=[a.id for a in attendent]).delete()
    return len(lues)


@transaction.atomic
def relayer(code: str, *, phrase: str, acte: Acte) -> None:
    """Share it with one's counters, with a sentence. Raises ``Introuvable``, ``NonHabilite``, ``Interdit``."""
    questionnaire, lecteur = _lire(code, acte)
    territoire, guichet = exiger_relayer(lecteur, questionnaire)
    RelaisQuestionnaire.objects.create(
        questionnaire=questionnaire,
        territoire=territoire,
        guichet=guichet,
        phrase=masquer_nir(
            lire_ligne(
                phrase, champ="phrase", maximum=PHRASE_MAX, sinon="Dites en une phrase pourquoi y répondre."
            )
        ),
        par=acte.acteur.id,
        survenu_le=acte.survenu_le,
    )
    questionnaire.acces = sorted({*questionnaire.acces, *cles_du_relais(territoire, guichet)})
    questionnaire.save(update_fields=["acces"])
    _inscrire(
        VerbeCollaboratif.RELAYER_QUESTIONNAIRE, questionnaire, acte, territoire=territoire, guichet=guichet
    )


@transaction.atomic
def clore(code: str, *, suites: str, acte: Acte) -> None:
    """Nobody answers any more; the rest of the answers is written; ``suites``: what was decided from them.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (closed already, nothing decided).
    """
    questionnaire, lecteur = _lire(code, acte)
    exiger_tenir_questionnaire(lecteur, questionnaire)
    if questionnaire.clos_le is not None:
        raise Interdit(CLOS)
    suites = masquer_nir(suites.strip())
    if not suites:
        raise Interdit(
            "Dites ce qui a été décidé à partir des réponses\u00a0: ceux qui ont répondu le liront.",
            champ="suites",
        )
    questionnaire.clos_le = questionnaire.suites_le = acte.survenu_le
    questionnaire.suites = suites[:2000]
    questionnaire.save(update_fields=["clos_le", "suites", "suites_le"])
    verser(questionnaire.id, le=acte.survenu_le)
    _inscrire(VerbeCollaboratif.CLORE_QUESTIONNAIRE, questionnaire, acte)


@transaction.atomic
def exporter(code: str, *, acte: Acte) -> Questionnaire:
    """What may leave of the answers of a questionnaire; the journal says that it did.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (without names, and not closed).
    """
    questionnaire, lecteur = _lire(code, acte)
    exiger_exporter(lecteur, questionnaire)
    _inscrire(VerbeCollaboratif.EXPORTER_REPONSES, questionnaire, acte)
    return questionnaire


def lire_brouillon(questionnaire: Questionnaire, compte: uuid.UUID) -> dict[str, Any]:
    """What was typed and not sent yet."""
    garde = BrouillonReponses.objects.filter(questionnaire=questionnaire, compte=compte).first()
    return (
        dict(json.loads(dechiffrer(bytes(garde.contenu), lie_a=_lien(questionnaire, compte))))
        if garde
        else {}
    )


def _lien(questionnaire: Questionnaire, compte: uuid.UUID) -> bytes:
    return questionnaire.id.bytes + compte.bytes


def _lire(code: str, acte: Acte) -> tuple[Questionnaire, Lecteur]:
    questionnaire = trouver(Questionnaire.objects.select_for_update().filter(code=code), INTROUVABLE)
    return questionnaire, lecteur_de(acte.acteur, le=acte.survenu_le)


def _inscrire(verbe: VerbeCollaboratif, questionnaire: Questionnaire, acte: Acte, **faits: object) -> None:
    dits = {"questionnaire": str(questionnaire.id), "code": questionnaire.code}
    inscrire(Entree(verbe, acte, territoire=questionnaire.territoire, faits=dits | faits))
