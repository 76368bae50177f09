"""A household asks for help from its own pages, goes on, says that it is settled, and whether the answer helped.

The door of households writes one row, and opens no table of the desk: the service takes it in, and makes the ticket.
"""

import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from sne.assistance.actions.fil import ajouter, dire, garder, passer_a, prevenir
from sne.assistance.actions.ouvrir import inscrire_ticket
from sne.assistance.actions.un_a_un import un_a_un
from sne.assistance.models import MotDuMenage, Ticket
from sne.assistance.possible import exiger_ecrire_en_menage
from sne.assistance.rules.etats import FINIS, Qui, Statut, lire_satisfaction
from sne.assistance.rules.menages import SORTES, Mot, place_du_menage
from sne.assistance.rules.niveaux import Categorie
from sne.assistance.rules.textes import lire_corps, lire_titre
from sne.assistance.selectors.menages import compter_les_mots, list_du_menage
from sne.assistance.verbes import VerbeAssistance
from sne.cellules.routage import a_l_annuaire
from sne.demandeurs.rules.sessions import NOM
from sne.habilitations.rules import Permission
from sne.journal.actions import inscrire
from sne.journal.rules import Entree
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur, Canal, Mandat, Perimetre
from sne.socle.erreurs import Interdit
from sne.socle.verrous import tenir

CHOISISSEZ = "Choisissez de quoi il s’agit."
GARDE = timedelta(days=2)
ECRIT = "La personne a écrit dans une demande que vous suivez."


@dataclass(frozen=True, slots=True, kw_only=True)
class Dit:
    """What is written. ``id``: the form's; ``demande``, ``nud``, ``territoire``: the file it is written from.

    ``numero``: of the ticket that it goes on, settles or judges; of a judgement, ``corps`` is the answer.
    """

    id: uuid.UUID
    demande: uuid.UUID
    nud: str
    territoire: str
    geste: Mot = Mot.QUESTION
    categorie: str = ""
    titre: str = ""
    corps: str = ""
    numero: str = ""


@a_l_annuaire()
@transaction.atomic
def ecrire_en_menage(dit: Dit, *, acte: Acte) -> None:
    """Keep it without social security number, for the desk to take. Twice the same form is once.

    Raises ``NonHabilite``, ``Introuvable`` (not a ticket of theirs), ``Interdit`` (a field; closed for long; too many;
    judged already).
    """
    acteur, le = acte.acteur, acte.survenu_le
    tenir(f"mot du ménage|{acteur.id}")  # the same form twice at once is once, and two words are counted
    siens = {t.numero: t for t in list_du_menage(acteur.id, dit.nud, le=le)}
    exiger_ecrire_en_menage(
        acteur,
        territoire=dit.territoire,
        demande=dit.demande,
        geste=dit.geste,
        ticket=siens.get(dit.numero),
        ecrits=compter_les_mots(acteur.id, le=le),
        le=le,
    )
    if MotDuMenage.objects.filter(id=dit.id).exists():
        return
    question = dit.geste is Mot.QUESTION
    if question and dit.categorie not in SORTES:
        raise Interdit(CHOISISSEZ, champ="categorie")
    MotDuMenage.objects.create(
        id=dit.id,
        compte=acteur.id,
        demande=dit.demande,
        nud=dit.nud,
        territoire=dit.territoire,
        role=acteur.mandats[0].role,
        geste=dit.geste,
        numero="" if question else dit.numero,
        categorie=dit.categorie if question else "",
        titre=lire_titre(dit.titre) if question else "",
        corps=_corps(dit),
        survenu_le=le,
    )
    inscrire(
        Entree(VerbeAssistance.ECRIRE_EN_MENAGE, acte, territoire=dit.territoire, faits={"mot": str(dit.id)})
    )


@transaction.atomic
def prendre_le_mot(mot_id: uuid.UUID, *, acte: Acte) -> bool:
    """Make of it a ticket of the first level, a message, an end, a judgement; ``False`` when it is taken already.
    ``acte``: its instant.
    """
    mot = MotDuMenage.objects.select_for_update().filter(id=mot_id, pris_le=None).first()
    if mot is None:
        return False
    sien = Acte(_auteur(mot), acte.survenu_le)
    if mot.geste == Mot.QUESTION:
        _ouvrir(mot, acte=sien)
    elif mot.geste == Mot.AVIS:
        _juger(mot)
    else:
        _suivre(mot, acte=sien)
    mot.pris_le = acte.survenu_le
    mot.save(update_fields=["pris_le"])
    return True


def reprendre_les_mots(*, acte: Acte) -> int:
    """By night: those that no job took; those taken for two days are forgotten. Returns how many were taken.

    Raises ``NuitInachevee``.
    """
    MotDuMenage.objects.filter(pris_le__lt=acte.survenu_le - GARDE).delete()
    laisses = MotDuMenage.objects.filter(pris_le=None).order_by("survenu_le").values_list("id", flat=True)
    return un_a_un(list(laisses), lambda mot_id: prendre_le_mot(mot_id, acte=acte))


def _corps(dit: Dit) -> str:
    match dit.geste:
        case Mot.REGLE:
            return ""
        case Mot.AVIS:
            return lire_satisfaction(dit.corps)
    return lire_corps(dit.corps).source


def _auteur(mot: MotDuMenage) -> Acteur:
    sienne = Perimetre(mot.territoire, demande=mot.demande)
    mandat = Mandat(mot.role, frozenset({str(Permission.TICKET_OUVRIR)}), sienne)
    return Acteur(id=mot.compte, nom=NOM, canal=Canal.PGP, mandats=(mandat,))


def _ouvrir(mot: MotDuMenage, *, acte: Acte) -> None:
    place = place_du_menage(Categorie(mot.categorie), mot.territoire)
    ticket = Ticket(
        territoire=mot.territoire,
        categorie=mot.categorie,
        niveau=place.niveau,
        demandeur=mot.compte,
        menage=True,
        titre=mot.titre,
        nuds=[mot.nud],
        contexte={"role": mot.role},
    )
    inscrire_ticket(ticket, lire_corps(mot.corps), acte=acte)


def _juger(mot: MotDuMenage) -> None:
    """Whether the answer helped, once; nothing when the question was opened again meanwhile."""
    siens = Ticket.objects.filter(menage=True, demandeur=mot.compte, numero=mot.numero)
    siens.filter(statut__in=FINIS, satisfaction="").update(satisfaction=mot.corps)


def _suivre(mot: MotDuMenage, *, acte: Acte) -> None:
    """What its author's word makes of it: what waited goes on, what was over is open again; or it is settled."""
    siens = Ticket.objects.select_for_update(of=("self",)).filter(menage=True, demandeur=mot.compte)
    ticket = siens.get(numero=mot.numero)
    regle = mot.geste == Mot.REGLE
    if regle and ticket.statut in FINIS:
        return
    faits: dict[str, object] = {}
    if not regle:
        faits["message"] = str(ajouter(ticket, lire_corps(mot.corps), part=Qui.AUTEUR, acte=acte).id)
    if regle or ticket.statut in {Statut.ATTENTE_DEMANDEUR, *FINIS}:
        passer_a(ticket, Statut.RESOLU if regle else Statut.EN_COURS, qui=Qui.AUTEUR, le=acte.survenu_le)
    garder(ticket, le=acte.survenu_le)
    dire(
        VerbeAssistance.CHANGER_TICKET if regle else VerbeAssistance.ECRIRE_TICKET, ticket, acte=acte, **faits
    )
    if ticket.assigne and not regle:
        prevenir(ticket, [ticket.assigne], ECRIT, origine=str(faits["message"]), acte=acte)
