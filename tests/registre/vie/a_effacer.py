"""A household known by words found nowhere else, which left something in every place where something is kept."""

import uuid
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from unittest import mock

import pytest
import time_machine
from django.db import connection, transaction
from procrastinate.contrib.django import app

from sne.attestations import tasks as attestations
from sne.attestations.actions import consigner_remises, imprimer_lot
from sne.attestations.models import Attestation
from sne.attestations.rules import CanalRemise
from sne.connecteurs.drm.rules.mois import AucuneDonnee, Ligne, Montant, SansDonnee
from sne.conventions.actions import noter_emission
from sne.conventions.models import Convention
from sne.habilitations.rules import Role
from sne.journal.handlers import distribuer
from sne.journal.models import Entree
from sne.notifications import tasks as envois
from sne.notifications.actions import preparer_message
from sne.notifications.models import Message
from sne.notifications.rules import AdressePostale, Canal
from sne.oidc.rules.identite import IdentitePivot
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.controle.models import Operation
from sne.registre.controle.selectors.controle import get_seuils
from sne.registre.demande.models.demande import RequeteAnteriorite
from sne.registre.demande.models.personne import Identite
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.demande.rules.services import horloge_du_registre, service_du_registre
from sne.registre.depot.actions.decider_anteriorite import decider_anteriorite
from sne.registre.depot.actions.egalite import consigner_egalite_de_traitement
from sne.registre.depot.rules.egalite import Moment
from sne.registre.doublons.actions.cas import clore_cas, demander_comparaison
from sne.registre.doublons.actions.chercher import RechercheDoublon, chercher_doublons
from sne.registre.doublons.models import CasDoublon
from sne.registre.enquete.actions.enquetes import ajouter_element, clore_enquete
from sne.registre.enquete.actions.gels import decider_levee, demander_levee
from sne.registre.enquete.models.enquete import Gel
from sne.registre.enquete.rules.enquete import NatureElement
from sne.registre.faits.rules.faits import FaitRefuse, NatureFait
from sne.registre.identite.actions import relire as relire_identite
from sne.registre.identite.actions.echanger import questionner_identite
from sne.registre.identite.actions.permettre_contact import permettre_contact
from sne.registre.identite.actions.rappeler import rappeler_identites
from sne.registre.identite.actions.regards import observer_identite
from sne.registre.lecture.actions.consulter import consulter_demande
from sne.registre.listes.actions.listes import enregistrer_liste
from sne.registre.listes.rules.listes import CodeListe, Filtre, Partage
from sne.registre.modification.actions.brouillons import construire_brouillon, ouvrir_brouillon
from sne.registre.modification.actions.modifier import modifier_demande
from sne.registre.pieces.actions.expliquer import expliquer_piece
from sne.registre.pieces.actions.qualifier import qualifier_piece
from sne.registre.rattachement.actions.rattacher import Issue, rattacher_par_numero
from sne.registre.recherche.actions.rechercher import rechercher_demandes
from sne.registre.ressources.actions.lots import composer_lot
from sne.registre.ressources.models import LigneDeLot
from sne.registre.ressources.rules.montrer import derniers_mois
from sne.registre.restauration.actions.decider import refuser_restauration
from sne.registre.restauration.actions.demander import demander_restauration
from sne.registre.verification.actions import noter_constats
from sne.registre.verification.rules.cles import Source
from sne.registre.verification.rules.conclusions import Constat
from sne.registre.verification.rules.etats import EtatVerification
from sne.registre.verification.rules.lieux import lieux_a_verifier
from sne.registre.vie.actions.prevenir import prevenir_demande
from sne.registre.vie.actions.radier import radier_demande
from sne.registre.vie.rules.radiation import FaitsRadiation
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.acteur import Canal as Porte
from sne.socle.horloge import jour
from sne.suivi.actions.classer import classer_dossier
from tests.conventions.factories import prete
from tests.habilitations.factories import creer_gestionnaire
from tests.journal.test_journal import tout_sceller
from tests.notifications.factories import projet
from tests.registre import factories as f
from tests.registre.avis import avis
from tests.registre.controle.test_controle import contacts
from tests.registre.enquete.enquetes import enquete_de, figer, lever
from tests.registre.factories import midi
from tests.registre.faits.faits import consigner
from tests.registre.identite.changements_identite import modifier
from tests.registre.pieces import pieces
from tests.registre.ressources.ressources import repondre

NAISSANCE = date(1987, 3, 14)
PLUS_TARD = f.MAINTENANT + timedelta(days=61)  # old enough for its identity to be controlled
PREVENUE_LE, RADIEE_LE, PURGEE_LE = date(2027, 10, 1), date(2027, 10, 15), date(2028, 10, 15)
EN_CLAIR = (
    "Zorglubine",
    "Quixotte",
    "Vraxington",
    "Pixelline",
    "Klaxonnier",
    "Brindacier",
    "Hurlevents",
    "quixotte.z@rare.example",
    "12398745",
    "Saltimbanque",
    "Carambole",
    "Trifouillis",
    "Abracadabra",
    "Ritournelle",
    "Galipette",
    "Farandole",
    "Klaxonnié",
    "Mirliton",
    "Turlututu",
    "Papillotin",
    "Saperlipopette",
    "Croquignole",
    "Chafouin",
    "Tarabiscotée",
    "Rocambole",
    "Tintamarre",
)
"""Words of the household that its demande leaves somewhere in clear, in the database or in a folder."""
NIR = f.nir_de(NAISSANCE, rang=987123)


@dataclass(frozen=True, slots=True)
class AEffacer:
    """The demande, once struck off."""

    id: uuid.UUID
    nud: str


def contenu(nom: str = "Zorglubine", **autres: Any) -> Contenu:
    demandeur = f.personne(
        nom,
        "Quixotte Wilhelmine",
        identite={"nom_usage": "Hortensieux"},
        contact={"courriel": "quixotte.z@rare.example", "telephone_portable": "+33612398745"},
        adresse_courrier={
            "etranger": False,
            "numero": "17",
            "voie": "impasse des Hurlevents",
            "code_postal": "99240",
            "commune": "99002",
        },
        situation_professionnelle={"employeur": "Filature Brindacier", "profession": "Saltimbanque"},
    )
    conjoint = f.personne("Vraxington", "Anatole", identite={"civilite": "1"}) | {"lien_demandeur": "C"}
    enfant = {
        "identifiant": "e1",
        "nom": "Zorglubine",
        "prenoms": "Pixelline",
        "date_naissance": "2015-05-05",
        "sexe": "F",
        "lien_parente": "E",
    }
    return f.contenu(
        demandeur=demandeur,
        cotitulaires=[conjoint],
        foyer={"personnes_a_charge": [enfant]},
        precisions="Carambole au deuxième",
        **autres,
    )


def en_clair_partout() -> AEffacer:
    """Registered, changed, searched, told, written to, struck off: everything that a year of life leaves."""
    agent, gt = f.creer_acteur(), f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL)
    par_le_guichet, par_le_gt = Acte(agent, f.MAINTENANT), Acte(gt, f.MAINTENANT)
    recherche = RechercheDoublon("Zorglubine", "Quixotte", NAISSANCE)
    chercher_doublons(recherche, acte=par_le_guichet, territoire="099")
    recepisse = f.deposer(
        contenu(),
        acteur=agent,
        nirs={"demandeur": NIR},
        date_reception=f.AUJOURD_HUI - timedelta(days=400),
        anteriorite_motif="Dossier Trifouillis perdu",
    )
    demande_id = recepisse.demande_id
    _rattacher(recepisse.nud)
    _demander_les_ressources(demande_id)
    decider_anteriorite(
        RequeteAnteriorite.objects.get().id, issue="REFUSEE", motif="Croquignole introuvable", acte=par_le_gt
    )
    _decider_le_nom(_demander_le_nom(demande_id))
    _consigner(demande_id, agent)
    recherche = RechercheDoublon("Klaxonnier", "Quixotte Wilhelmine", NAISSANCE)
    chercher_doublons(recherche, acte=par_le_guichet, territoire="099")
    dossier = ouvrir_brouillon({}, acte=par_le_guichet, territoire="099")
    demander_comparaison(dossier, personnes=[recherche], acte=par_le_guichet)
    clore_cas(
        CasDoublon.objects.get().id,
        issue="AUTRE_PERSONNE",
        motif="AUTRE",
        precision="Ritournelle",
        acte=par_le_gt,
    )
    brouillon = construire_brouillon({"nom": "x"}, acte=par_le_guichet, territoire="099")
    brouillon.demande_id, brouillon.revision = demande_id, 2
    brouillon.save(force_insert=True)
    for texte in ("Klaxonnié", "06 12 39 87 45", "Vraxington Anatole"):
        rechercher_demandes(texte, acte=par_le_guichet)
    consulter_demande(recepisse.nud, acte=par_le_guichet)
    for liste in ("Rappeler les Zorglubine", "Échéances du mois"):
        enregistrer_liste(
            liste, CodeListe.ECHEANCE, Filtre("G0993"), partage=Partage.PRIVEE, acte=par_le_guichet
        )
    ecrire_au_menage(demande_id, recepisse.nud)
    _enqueter(demande_id, gt)
    _permettre(demande_id, agent, gt)
    _verifier(demande_id)
    _echanger(demande_id)
    prevenir_demande(demande_id, acte=Acte(horloge_du_registre("099"), midi(PREVENUE_LE)))
    radier_demande(
        demande_id,
        FaitsRadiation(
            MotifRadiation.RADABA, date_courrier=RADIEE_LE, document="Lettre Farandole, classeur B"
        ),
        acte=Acte(agent, midi(RADIEE_LE)),
    )
    tout_sceller()
    distribuer()
    connection.check_constraints()
    return AEffacer(demande_id, recepisse.nud)


def _demander_les_ressources(demande_id: uuid.UUID) -> None:
    """Asked by a counter, then by a lot of the month."""
    (septembre, *_) = mois = derniers_mois(f.AUJOURD_HUI)
    paie = Montant(
        septembre, Decimal("1448.20"), (Ligne("SALAIRE", "Saperlipopette SA", Decimal("1448.20")),)
    )
    repondre(demande_id, (paie, *(AucuneDonnee(m, SansDonnee.SOURCES_CLOSES) for m in mois[1:])))
    composer_lot("099", acte=Acte(service_du_registre("099"), f.MAINTENANT))
    assert LigneDeLot.objects.filter(demande=demande_id).exists()


@transaction.atomic
def _rattacher(nud: str) -> None:
    """The applicant follows the demande online."""
    pivot = IdentitePivot(
        sub="sujet",
        given_name="Quixotte Wilhelmine",
        family_name="Zorglubine",
        birthdate=NAISSANCE,
        gender="female",
    )
    reponse = rattacher_par_numero(nud, pivot, compte=uuid.uuid4(), survenu_le=f.MAINTENANT)
    assert reponse.issue is Issue.RELIEE


def _demander_le_nom(demande_id: uuid.UUID) -> Identite:
    modifier_demande(
        demande_id,
        contenu=contenu("Klaxonnier", motifs={"autre_motif": "Abracadabra"}),
        revision=1,
        acte=Acte(f.creer_acteur(), PLUS_TARD),
        motif="Galipette au guichet",
    )
    demandee = Identite.objects.get(demande=demande_id, voie="CONTROLE")
    questionner_identite(
        demandee.id,
        texte="Klaxonnier, vraiment ?",
        acte=Acte(f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL), PLUS_TARD),
    )
    return demandee


@transaction.atomic
def _decider_le_nom(demandee: Identite) -> None:
    creer_gestionnaire(le=f.MAINTENANT)
    rappeler_identites("099", acte=Acte(horloge_du_registre("099"), PLUS_TARD + timedelta(days=7)))
    f.decider(demandee, le=PLUS_TARD)
    with mock.patch.object(relire_identite, "est_a_relire", return_value=True):
        relire_identite.relire_identite(
            demandee.id,
            avis="REFUSEE",
            precision="Klaxonnier encore",
            acte=Acte(f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL), PLUS_TARD),
        )
    _observer(demandee.demande_id)


def _verifier(demande_id: uuid.UUID) -> None:
    """What the national service proposed of its address, and what was typed to find it."""
    [lieu, *_] = lieux_a_verifier(contenu())
    etat, source, le = EtatVerification.VERIFIEE, Source.BAN, f.AUJOURD_HUI
    constat = Constat(
        lieu.chemin, lieu.cle, etat, source, le, "17 Impasse des Hurlevents", saisi="imp des Hurlevents"
    )
    noter_constats(demande_id, [constat])


def _echanger(demande_id: uuid.UUID) -> None:
    """What the software of its counter calls it, and the revision that it was given."""
    with time_machine.travel(f.MAINTENANT):
        convention = Convention.objects.get(pk=prete([]))
        logiciel = Acte(Acteur(convention.compte_id, "Logiciel", Porte.INTERFACE), f.MAINTENANT)
        noter_emission(
            convention, demande_id, territoire="099", revision=1, reference="D-88231", acte=logiciel
        )


def _observer(demande_id: uuid.UUID) -> None:
    """An explanation that an agent gave, and the case that was closed, whatever the score of the act was."""
    acte = Operation.objects.filter(demande=demande_id, score__isnull=False).latest("survenu_le")
    agent = replace(f.creer_acteur(), id=acte.auteur)
    with mock.patch("sne.registre.identite.selectors.regards.get_seuils") as seuils:
        seuils.return_value.score_regarder = 0.0
        observer_identite(acte.id, texte="Klaxonnier est son nom", acte=Acte(agent, PLUS_TARD))
    with mock.patch("sne.registre.identite.selectors.suivi.get_seuils") as seuils:
        seuils.return_value = get_seuils(jour(PLUS_TARD)).model_copy(update={"score_regarder": 0.0})
        classer_dossier(
            demande_id,
            vu=acte.id,
            motif="ERREUR_SAISIE",
            acte=Acte(f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL), PLUS_TARD),
        )


def _consigner(demande_id: uuid.UUID, agent: Any) -> None:
    consigner_egalite_de_traitement(demande_id, {Moment.APRES: ["NUMERO"]}, acte=Acte(agent, f.MAINTENANT))
    with pytest.raises(FaitRefuse):
        consigner(NatureFait.EVENEMENT, demande_id, caracteristiques={})
    for nature in NatureFait:
        consigner(nature, demande_id)
    consigner(
        NatureFait.EVENEMENT, demande_id, type="PROPOSITION", caracteristiques={"reponse_avant": "2026-12-10"}
    )
    saisie = replace(pieces.IDENTITE, explication="Le nom de Chafouin est celui de sa mère")
    piece = pieces.joindre(demande_id, saisie)
    expliquer_piece(piece, "Ma Tarabiscotée", acte=Acte(agent, f.MAINTENANT))
    qualifier_piece(piece, "INEXPLOITABLE", motif="Page Tarabiscotée", acte=Acte(agent, f.MAINTENANT))


def _enqueter(demande_id: uuid.UUID, gt: Acteur) -> None:
    """Changes told, one contested; then an enquiry with a freeze; both ended before the striking-off."""
    avis.avertir("MODIFIER", "JOINDRE_PIECE")
    avis.s_opposer_a(
        avis.jeton(a="quixotte.z@rare.example"), codes=["NOM_NAISSANCE:DEMANDE:VOUS"], contact="Barbichette"
    )
    contestee = Gel.objects.get(demande=demande_id, leve_le=None)
    lever(contestee.id, le=f.MAINTENANT + avis.HEURE)
    clore_enquete(
        contestee.enquete_id,
        issue="AUTRE_PERSONNE",
        motif="HOMONYME",
        precision="",
        acte=Acte(gt, f.MAINTENANT + avis.HEURE),
    )
    gel = figer(demande_id, acteur=gt)
    enquete = enquete_de(gel)
    commun = {"acte": Acte(gt, f.MAINTENANT)}
    ajouter_element(enquete, nature=NatureElement.NOTE, texte="Turlututu au téléphone", **commun)
    identite = Identite.objects.filter(demande=demande_id, voie="DEPOT").first()
    ajouter_element(enquete, nature=NatureElement.IDENTITE, reference=identite.id, **commun)
    requete = demander_restauration(
        enquete, demande_id, vers=1, motif="Rocambole a écrit", a_part=False, **commun
    )
    autre = f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL)
    refuser_restauration(requete, motif="Tintamarre sans preuve", acte=Acte(autre, f.MAINTENANT))
    levee = demander_levee(gel, precision="Papillotin lu", **commun)
    decider_levee(
        levee,
        decision="ACCEPTEE",
        precision="",
        acte=Acte(f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL), f.MAINTENANT),
    )
    clore_enquete(enquete, issue="AUTRE_PERSONNE", motif="HOMONYME", precision="Mirliton", **commun)


def _permettre(demande_id: uuid.UUID, agent: Acteur, gt: Acteur) -> None:
    """A change of contact allowed soon after the change of identity, then made."""
    permettre_contact(demande_id, motif="AUTRE", precision="Klaxonnier est venue", acte=Acte(gt, PLUS_TARD))
    change = contacts(
        "quixotte.z@rare.example", telephone_portable="+33612398745", telephone_travail="+33123987450"
    )
    modifier(demande_id, agent, contenu=change, le=PLUS_TARD)


def executer(tache: str, *, le: datetime = f.MAINTENANT, **arguments: Any) -> None:
    with time_machine.travel(le, tick=False):
        app.tasks[tache](**arguments)


def ecrire_au_menage(demande_id: uuid.UUID, nud: str) -> None:
    """The attestation by e-mail, its hand-over, a batch; an SMS; a letter, in one drop with somebody else's."""
    entree = Entree.objects.get(verbe="DEPOSER", demande=demande_id)
    commun = {
        "entree_id": str(entree.id),
        "demande_id": str(demande_id),
        "territoire": "099",
        "verbe": "DEPOSER",
    }
    executer(attestations.EMETTRE, **commun)
    imprimer_lot([Attestation.objects.get().reference], acte=Acte(f.creer_acteur(), f.MAINTENANT))
    service = envois.service_des_messages()
    sien = {"demande_id": demande_id, "revision": 2, "nud": nud}
    adresse = AdressePostale(("Quixotte Zorglubine", "17 impasse des Hurlevents", "99240 Les Ormeaux"))
    for autres in (
        {**sien, "canal": Canal.LETTRE, "destinataire": adresse},
        {**sien, "canal": Canal.SMS, "destinataire": "+33612398745"},
        {
            "canal": Canal.LETTRE,
            "destinataire": AdressePostale(("Jean Autre", "1 rue Voisine", "99240 Les Ormeaux")),
        },
    ):
        preparer_message(projet(**autres), acte=Acte(service, f.MAINTENANT))
    for message in Message.objects.exclude(canal=Canal.LETTRE):
        executer(envois.ENVOYER, entree_id=str(message.entree))
    executer(envois.DEPOSER_LETTRES, timestamp=0)
    consigner_remises(
        [Attestation.objects.get().reference],
        canal=CanalRemise.GUICHET,
        acte=Acte(f.creer_acteur(), f.MAINTENANT),
    )
