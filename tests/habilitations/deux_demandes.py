"""Two households of one counter: A, of which everything is on record, and B, just registered; and who acts for B."""

import contextlib
import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from unittest import mock

import time_machine
from django.db import connection

from sne.attestations.actions import emettre_attestation, imprimer_lot
from sne.attestations.rules import AttestationAEtablir
from sne.habilitations.actions import OuvertureRevue, constater_carences, ouvrir_revue
from sne.habilitations.models import Compte
from sne.habilitations.rules import Permission, Role
from sne.habilitations.verbes import VerbeHabilitation
from sne.journal.models import Entree
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.controle.models import Operation
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Identite
from sne.registre.demande.rules.services import horloge_du_registre
from sne.registre.depot.actions.egalite import consigner_egalite_de_traitement
from sne.registre.depot.rules.egalite import Moment
from sne.registre.doublons.actions.cas import demander_comparaison
from sne.registre.doublons.actions.chercher import RechercheDoublon
from sne.registre.enquete.actions.enquetes import ajouter_element
from sne.registre.enquete.actions.gels import demander_levee
from sne.registre.enquete.rules.enquete import NatureElement
from sne.registre.faits.rules.faits import NatureFait
from sne.registre.identite.actions.echanger import questionner_identite
from sne.registre.listes.actions.listes import enregistrer_liste
from sne.registre.listes.rules.listes import CodeListe, Filtre, Partage
from sne.registre.modification.actions.brouillons import ouvrir_brouillon
from sne.registre.restauration.actions.demander import demander_restauration
from sne.registre.vie.actions.prevenir import prevenir_demande
from sne.registre.vie.actions.renouveler import ouvrir_renouvellement
from sne.registre.vie.tasks import expedier
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur, Canal, Mandat, Perimetre
from sne.suivi.actions.alerter import ouvrir_alerte, repondre_alerte
from sne.suivi.actions.classer import classer_dossier, classer_guichet
from sne.suivi.actions.exporter import Periode
from sne.suivi.selectors.guichets import get_guichet_suivi
from tests.attestations.test_actions import SANS_GLYPHE
from tests.habilitations import factories as comptes
from tests.registre import factories as f
from tests.registre.avis import avis
from tests.registre.contenu.test_sante import FICHE
from tests.registre.doublons.ensembles import passer
from tests.registre.enquete.enquetes import enquete_de, figer
from tests.registre.faits.faits import consigner
from tests.registre.identite.changements_identite import modifier, organisme
from tests.registre.identite.test_observer_identite import expliquer, regarder
from tests.registre.separation.separations import NAISSANCE, deposer_couple, separer
from tests.registre.vie.test_preavis import SANS_ADRESSE
from tests.suivi.activites import noter, territoire_ordinaire
from tests.suivi.factories import NOVEMBRE

TERRITOIRE, GUICHET = "099", "G0993"
DU_MENAGE = frozenset(
    {
        str(Permission.DEMANDE_LIRE),
        str(Permission.DEMANDE_MODIFIER),
        str(Permission.DEMANDE_RENOUVELER),
        str(Permission.PIECE_LIRE),
        str(Permission.PIECE_DEPOSER),
        str(Permission.HISTORIQUE_REMETTRE),
    }
)
"""What a household may do of its own demande."""


@dataclass(frozen=True, slots=True)
class DeuxDemandes:
    """``operation``: an act on A that is looked at; ``compte``: of the agent who made it."""

    a: Demande
    b: Demande
    operation: Operation
    compte: Compte


def menage(demande: Demande, permissions: frozenset[str] = DU_MENAGE) -> Acteur:
    """The household of this demande: it acts on no other, were it in the very place that follows this one."""
    mandat = Mandat("DEMANDEUR", permissions, Perimetre(demande.territoire, demande=demande.id), "999000094")
    return Acteur(uuid.uuid4(), "Jeanne Quimper", Canal.PGP, (mandat,), GUICHET, TERRITOIRE)


def enregistrer() -> DeuxDemandes:
    """A, after years of acts and the reactions of everybody; B, a household of the same counter."""
    compte, agent, gt = _equipe()
    with mock.patch("sne.registre.controle.actions.est_tiree", return_value=True):
        a = _changer(agent, gt)
    operation = Operation.objects.filter(demande=a, score__isnull=False).latest("survenu_le")
    _consigner(a, agent)
    _ecrire(a, agent)
    _comparer(agent)
    separer(deposer_couple(), accord=False)
    _porter()
    _prevenir(agent)
    _suivre(operation, gt)
    _enqueter(a, gt)
    b = f.deposer(f.contenu(demandeur=f.personne("Quimper", "Jeanne")), acteur=agent).demande_id
    connection.check_constraints()
    return DeuxDemandes(Demande.objects.get(id=a), Demande.objects.get(id=b), operation, compte)


def _equipe() -> tuple[Compte, Acteur, Acteur]:
    """Who works there, in a review of their roles; a counter is left without anybody."""
    le = f.MAINTENANT - timedelta(days=40)
    agent, gt = comptes.creer_agent(le=le), comptes.creer_gestionnaire(le=le)
    parti = comptes.creer_agent(guichet="G0991", le=le)
    Compte.objects.filter(id=parti.id).update(actif=False)
    comptes.dire(VerbeHabilitation.MODIFIER_COMPTE, compte=parti.id)
    constater_carences(TERRITOIRE, survenu_le=f.MAINTENANT)
    gestion = comptes.acteur(gt, le=f.MAINTENANT)
    ouvrir_revue(OuvertureRevue(TERRITOIRE), acte=Acte(gestion, f.MAINTENANT))
    return agent, comptes.acteur(agent, le=f.MAINTENANT), gestion


def _changer(agent: Acteur, gt: Acteur) -> uuid.UUID:
    """Old, its contacts changed, then its holder: that waits for a decision, and another change for a second look."""
    a = regarder(
        agent,
        contenu_=_nomme("Zorglubine", handicaps=[FICHE]),
        date_reception=f.AUJOURD_HUI - timedelta(days=3000),
        anteriorite_motif="Dossier perdu",
    )
    expliquer(a.id, agent)
    demandee = Identite.objects.get(demande=a.demande_id, voie="CONTROLE")
    questionner_identite(demandee.id, texte="Vraiment ?", acte=Acte(gt, f.MAINTENANT))
    autre = f.deposer(_nomme("Valdisson"), acteur=agent, le=f.ANCIEN)
    modifier(autre.demande_id, agent, traits={"nom_naissance": "Valdison"}, motif="Faute de frappe")
    return a.demande_id


def _nomme(nom: str, **autres: Any) -> Contenu:
    return f.contenu(demandeur=f.personne(nom), **autres)


def _consigner(a: uuid.UUID, agent: Acteur) -> None:
    """A fact of each kind; a document of health."""
    for nature in NatureFait:
        consigner(nature, a)
    consigner_egalite_de_traitement(a, {Moment.APRES: ["NUMERO"]}, acte=Acte(agent, f.MAINTENANT))
    dossier = ouvrir_brouillon({}, acte=Acte(agent, f.MAINTENANT), territoire=TERRITOIRE)
    assert dossier
    for partage in (Partage.TERRITOIRE, Partage.GUICHET):
        enregistrer_liste(
            f"Échéances {partage}", CodeListe.ECHEANCE, Filtre(GUICHET), partage=partage,
            acte=Acte(comptes.acteur(comptes.creer_gestionnaire(le=f.ANCIEN), le=f.MAINTENANT)
            if partage is Partage.TERRITOIRE else agent, f.MAINTENANT),
        )  # fmt: skip


def _ecrire(a: uuid.UUID, agent: Acteur) -> None:
    """An attestation, left to hand over, one in a batch, one that could not be drawn."""
    emise = emettre_attestation(a, acte=Acte(agent, f.MAINTENANT - timedelta(days=6 * 365 - 1)))
    imprimer_lot([emise.reference], acte=Acte(agent, f.MAINTENANT))
    sans_glyphe = f.deposer(f.contenu(demandeur=SANS_GLYPHE), acteur=agent)
    with contextlib.suppress(AttestationAEtablir):
        emettre_attestation(sans_glyphe.demande_id, acte=Acte(agent, f.MAINTENANT))


def _comparer(agent: Acteur) -> None:
    """Two demandes that look alike, and a question about one of them."""
    for _ in range(2):
        f.deposer(_nomme("Vraxington"), acteur=agent, doublons_ecartes="Une autre personne.")
    passer()
    dossier = ouvrir_brouillon({}, acte=Acte(agent, f.MAINTENANT), territoire=TERRITOIRE)
    cherche = RechercheDoublon("Vraxington", "Élodie", NAISSANCE["demandeur"])
    demander_comparaison(dossier, personnes=[cherche], acte=Acte(agent, f.MAINTENANT))


def _porter() -> None:
    """A change that nobody may write of, which is carried by hand; another, which who is told of it contests."""
    recepisse = avis.deposer(avis.contenu(nom="Quixotte"), doublons_ecartes="Une autre personne.")
    avis.changer(recepisse.demande_id, avis.contenu(avis.APRES, nom="Quixotte"))
    avis.s_opposer_a(avis.jeton())
    secret = avis.contenu(nom="Quennec", motifs=avis.VIOLENCES)
    recepisse = avis.deposer(secret, doublons_ecartes="Une autre personne.")
    avis.changer(recepisse.demande_id, avis.contenu(avis.APRES, nom="Quennec", motifs=avis.VIOLENCES))


def _prevenir(agent: Acteur) -> None:
    """Nowhere to write that a demande is about to end; an agent begins to renew it."""
    le = f.MAINTENANT - timedelta(days=320)
    contenu = f.contenu(demandeur=f.personne("Brindacier", adresse_courrier=SANS_ADRESSE))
    demande_id = f.deposer(contenu, le=le).demande_id
    prevenir_demande(demande_id, acte=Acte(horloge_du_registre(TERRITOIRE), f.MAINTENANT))
    avec = Entree.objects.get(verbe="PREVENIR", demande=demande_id)
    with time_machine.travel(f.MAINTENANT, tick=False):
        expedier(entree_id=str(avec.id), territoire=TERRITOIRE)
    ouvrir_renouvellement(demande_id, acte=Acte(agent, f.MAINTENANT))


def _suivre(operation: Operation, gt: Acteur) -> None:
    """The counter stands out: it is asked why, and its case is closed, and the file's."""
    territoire_ordinaire()
    noter(GUICHET, 300, 20)
    posee = ouvrir_alerte(
        GUICHET, Periode(NOVEMBRE, NOVEMBRE), texte="Pourquoi ?", acte=Acte(gt, f.MAINTENANT)
    )
    responsable = f.creer_acteur(Role.RESPONSABLE_GUICHET, organisme=organisme(GUICHET))
    repondre_alerte(posee, texte="Une relecture", acte=Acte(responsable, f.MAINTENANT))
    motif = {"motif": "CORRECTION_HONNETE", "acte": Acte(gt, f.MAINTENANT + timedelta(hours=2))}
    vu = get_guichet_suivi(GUICHET, gt, le=f.AUJOURD_HUI).operation
    classer_guichet(GUICHET, vu=vu, observes=20, **motif)
    autre = regarder(f.creer_acteur(), contenu_=_nomme("Hurlevent"))
    classer_dossier(autre.demande_id, vu=autre.id, **motif)


def _enqueter(a: uuid.UUID, gt: Acteur) -> None:
    """Told, contested, therefore frozen; a return to what it was is asked for, and the end of the freeze."""
    avis.avertir("MODIFIER")
    gel = figer(a, acteur=gt)
    commun = {"acte": Acte(gt, f.MAINTENANT)}
    ajouter_element(enquete_de(gel), nature=NatureElement.NOTE, texte="A téléphoné", **commun)
    demander_restauration(enquete_de(gel), a, vers=1, motif="A écrit", a_part=False, **commun)
    demander_levee(gel, precision="Pièces lues", **commun)
