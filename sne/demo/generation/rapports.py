"""Reports that left by themselves, one that was renamed, replaced and withdrawn, somebody who set them and left.

Played through the true doors, over the last months: who manages the territory today finds what their colleague set,
its editions, and what became of it. Then two editions of open data, one published, one that awaits its second person.
"""

import time
import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction

from sne.demo.comptes import TERRITOIRE
from sne.demo.generation.comptoir import titulaire
from sne.habilitations.actions import NouveauCompte, Octroi, accorder_habilitation, creer_compte
from sne.habilitations.actions.departs import DepartDit, constater_depart
from sne.habilitations.models import Compte
from sne.habilitations.rules import Role, acteur_systeme
from sne.habilitations.rules.departs import MotifDepart
from sne.habilitations.selectors import acteur_de
from sne.infocentre.abonnements.actions.decider import abonner
from sne.infocentre.abonnements.actions.migrer import repondre_migration
from sne.infocentre.abonnements.rules.calendrier import Calendrier, Rythme
from sne.infocentre.abonnements.rules.decisions import Reglage
from sne.infocentre.abonnements.rules.migration import Migration
from sne.infocentre.abonnements.rules.periodes import PeriodeRelative
from sne.infocentre.abonnements.rules.places import Place
from sne.infocentre.abonnements.tasks import passer, service_des_abonnements
from sne.infocentre.lac.actions.verser import service_du_lac, verser
from sne.infocentre.lac.selectors import get_retard
from sne.infocentre.ouvert.actions import preparer_edition, publier_edition
from sne.infocentre.ouvert.selectors import get_edition
from sne.infocentre.rapports.actions.decider import proposer_decision, repondre_decision
from sne.infocentre.rapports.actions.ecrire import ecrire_version
from sne.infocentre.rapports.models import Issue
from sne.infocentre.rapports.rules.lieux import Lieu, NatureLieu
from sne.infocentre.rapports.rules.vie import Decision, NatureDecision
from sne.infocentre.rapports.selectors.versions import get_rapport
from sne.journal.actions import sceller
from sne.notifications.tasks import reprendre
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.horloge import debut_du_jour, jour

ICI = Lieu(NatureLieu.TERRITOIRE, TERRITOIRE)
PARTANT = "marc.aubert@exemple.fr"
ARRIVEE, ABONNE, ECRIT, PUBLIE, RETRAIT_DECIDE, RETIRE = 100, 20, 16, 14, 10, 3
"""Days before today: a colleague comes, subscribes; a version is written, read, the old one is told to end, ends."""
DEPUIS = 75
RAPPORT, AUTRE = "R04", "TB06"
OTEES, AJOUTEE = ("MODIFICATIONS", "EXPIRATIONS"), "ATTRIBUTIONS_SNE"
HEURE = timedelta(hours=8, minutes=37)
PATIENCE, PAS = 240, 1.0  # seconds to wait for the worker, between two looks


def jouer_rapports(*, maintenant: datetime) -> int:
    """The whole story, once; how many subscriptions were opened."""
    if Compte.objects.filter(courriel=PARTANT).exists():
        return 0
    _verser(maintenant)
    qui = _arriver(maintenant)
    cles = _abonner(qui, maintenant)
    _remplacer(maintenant)
    for jours in range(DEPUIS, -1, -1):
        _vivre_un_jour(jours, maintenant)
        if jours == PUBLIE - 1:
            _repondre(qui, cles, _le(jours, maintenant))
    _partir(maintenant)
    _ouvrir_les_donnees(maintenant)
    return len(cles)


def _verser(maintenant: datetime) -> None:
    """Everything said so far is in the lake, poured here or by the worker."""
    while sceller() > 0:
        pass
    limite = time.monotonic() + PATIENCE
    while get_retard(le=horloge.maintenant()) and time.monotonic() < limite:
        if not verser(acte=Acte(service_du_lac(), maintenant)):
            time.sleep(PAS)


def _le(jours: int, maintenant: datetime) -> datetime:
    """That many days before today, in the morning."""
    return debut_du_jour(jour(maintenant) - timedelta(days=jours)) + HEURE


@transaction.atomic
def _arriver(maintenant: datetime) -> Acteur:
    """A colleague who manages the territory, for some months."""
    acte = Acte(acteur_systeme("Installation de la démonstration"), _le(ARRIVEE, maintenant))
    cle = creer_compte(
        NouveauCompte(PARTANT, "Marc", "Aubert", uuid.uuid4().hex, provisoire=False), acte=acte
    )
    octroi = Octroi(cle, Role.GESTIONNAIRE_TERRITORIAL, territoire=TERRITOIRE)
    accorder_habilitation(octroi, acte=acte)
    return acteur_de(Compte.objects.get(id=cle), le=jour(maintenant))


def _abonner(qui: Acteur, maintenant: datetime) -> dict[str, uuid.UUID]:
    """What the colleague set: for the territory, and one for themselves."""
    autre = _reglage(AUTRE, _le(DEPUIS, maintenant), Calendrier(Rythme.MOIS, 2), "xlsx")
    rapport = _reglage(RAPPORT, _le(ABONNE, maintenant), Calendrier(Rythme.SEMAINE, 1), "csv")
    voulus = {
        "tableau": (DEPUIS, Place(ICI), autre),
        "a_soi": (DEPUIS, Place(ICI, compte=qui.id), replace(autre, roles=())),
        "acceptee": (ABONNE, Place(ICI), rapport),
        "gardee": (ABONNE, Place(ICI), replace(rapport, format="xlsx")),
        "arretee": (ABONNE, Place(ICI), replace(rapport, format="ods")),
        "sans_reponse": (ABONNE, Place(ICI), replace(rapport, filtres=(("grain", "ORGANISME"),))),
    }
    return {
        nom: abonner(place, reglage, acte=Acte(qui, _le(jours, maintenant)))
        for nom, (jours, place, reglage) in voulus.items()
    }


def _reglage(rapport: str, instant: datetime, calendrier: Calendrier, format_: str) -> Reglage:
    return Reglage(
        rapport=rapport,
        version=get_rapport(rapport).courantes(instant)[0].numero,
        periode=PeriodeRelative.DOUZE_MOIS,
        calendrier=calendrier,
        format=format_,
        roles=(str(Role.GESTIONNAIRE_TERRITORIAL),),
    )


def _remplacer(maintenant: datetime) -> None:
    """Two columns less, one more: read under the same name, the old version renamed, then withdrawn."""
    metier, collegue = (_du_metier(nom, maintenant) for nom in ("claire.monnier", "hugo.tessier"))
    ecrit = _le(ECRIT, maintenant)
    lu = get_rapport(RAPPORT)
    ancienne = lu.courantes(ecrit)[0]
    nom = ancienne.vie.nom(ecrit)
    colonnes = [c.indicateur for c in ancienne.colonnes if c.indicateur not in {*OTEES, AJOUTEE}]
    ecrire_version(
        RAPPORT,
        colonnes=[*colonnes, AJOUTEE],
        phrase="Sans les actes qui ne changent pas le nombre de demandes, avec les attributions.",
        acte=Acte(metier, ecrit),
    )
    nouvelle = max(get_rapport(RAPPORT).versions)
    publiee, retiree = (debut_du_jour(jour(_le(n, maintenant))) for n in (PUBLIE, RETIRE))
    for jours, decision, motif in (
        (
            ECRIT,
            Decision(ancienne.numero, NatureDecision.RENOMMER, publiee, f"{nom}_OLD"),
            "Une nouvelle version",
        ),
        (
            ECRIT,
            Decision(nouvelle, NatureDecision.PUBLIER, publiee, nom),
            "Colonnes demandées par les territoires",
        ),
        (RETRAIT_DECIDE, Decision(ancienne.numero, NatureDecision.RETIRER, retiree, ""), "Remplacée"),
    ):
        instant = _le(jours, maintenant)
        cle = proposer_decision(RAPPORT, decision, motif=motif, acte=Acte(metier, instant))
        repondre_decision(cle, Issue.VALIDEE, acte=Acte(collegue, instant))


def _du_metier(nom: str, maintenant: datetime) -> Acteur:
    return acteur_de(Compte.objects.get(courriel=f"{nom}@exemple.fr"), le=jour(maintenant))


def _vivre_un_jour(jours: int, maintenant: datetime) -> None:
    """Where something is due or moves: the pass of the morning, its messages, the pass that notes what they became."""
    instant = _le(jours, maintenant)
    lundi = jours <= ABONNE and not jour(instant).weekday()
    if not (lundi or jour(instant).day == 2 or jours in {PUBLIE, RETIRE, 0}):
        return
    if jours == 0:
        instant = maintenant
    passer(acte=Acte(service_des_abonnements(), instant))
    reprendre(0)
    passer(acte=Acte(service_des_abonnements(), instant))


def _repondre(qui: Acteur, cles: Mapping[str, uuid.UUID], instant: datetime) -> None:
    """What was answered to the new version; one subscription has no answer, and moves by itself."""
    for nom, reponse in (
        ("acceptee", Migration.ACCEPTEE),
        ("gardee", Migration.GARDEE),
        ("arretee", Migration.ARRETEE),
    ):
        repondre_migration(cles[nom], reponse, acte=Acte(qui, instant))


def _partir(maintenant: datetime) -> None:
    """The colleague leaves: what was set for the territory goes on, what was theirs is offered to it."""
    acteur = titulaire(Role.EXPLOITATION_NATIONALE, maintenant=maintenant)
    compte = Compte.objects.get(courriel=PARTANT)
    successeur = titulaire(Role.GESTIONNAIRE_TERRITORIAL, maintenant=maintenant)
    depart = DepartDit(compte.id, jour(maintenant), MotifDepart.MUTATION, successeur_id=successeur.id)
    constater_depart(depart, acte=Acte(acteur, maintenant))


def _ouvrir_les_donnees(maintenant: datetime) -> None:
    """The last year but one is published; the last one awaits the data protection officer."""
    annee, metier = jour(maintenant).year - 1, _du_metier("claire.monnier", maintenant)
    avant = preparer_edition(annee - 1, acte=Acte(metier, maintenant))
    preparer_edition(annee, acte=Acte(metier, maintenant))
    limite = time.monotonic() + PATIENCE
    while get_edition(avant).fichier is None and time.monotonic() < limite:
        time.sleep(PAS)  # the worker computes it
    if (fichier := get_edition(avant).fichier) and fichier.audit.passe:
        dpo = titulaire(Role.DPO, maintenant=maintenant)
        publier_edition(avant, acte=Acte(dpo, horloge.maintenant()))
