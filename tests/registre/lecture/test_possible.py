"""What a file offers is what its acts accept: every act, in every state, for every role, is asked and then tried."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from django.db import connection, transaction

from sne.attestations.actions import emettre_attestation
from sne.attestations.possible import exiger_attestable
from sne.habilitations.rules import Role
from sne.habilitations.rules.roles import LOGICIELS
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.demande.rules.services import horloge_du_registre
from sne.registre.depot.actions.decider_anteriorite import decider_anteriorite
from sne.registre.depot.actions.egalite import consigner_egalite_de_traitement
from sne.registre.depot.rules.egalite import Moment
from sne.registre.enquete.actions.enquetes import consulter_enquete, ouvrir_enquete
from sne.registre.enquete.models.enquete import DemandeEnquetee
from sne.registre.faits.actions.evenements import consigner_evenement
from sne.registre.faits.actions.faits import retirer_fait
from sne.registre.faits.models import Evenement
from sne.registre.faits.possible import natures_consignables
from sne.registre.faits.rules.evenements import EvenementSaisi
from sne.registre.faits.rules.faits import Correction, NatureFait
from sne.registre.identite.actions.permettre_contact import permettre_contact
from sne.registre.joindre.actions.verifier_courriel import demander_verification
from sne.registre.lecture.actions.consulter import consulter_demande
from sne.registre.lecture.actions.historique_demandeur import Format, remettre_historique
from sne.registre.lecture.possible import ActeDuDossier, actes_possibles
from sne.registre.lecture.selectors.fiche import Fiche
from sne.registre.modification.actions.modifier import modifier_demande
from sne.registre.modification.actions.reconcilier import Saisie
from sne.registre.pieces.actions.deposer import noter_piece_vue, remplacer_piece
from sne.registre.pieces.actions.qualifier import qualifier_piece
from sne.registre.pieces.models import Piece
from sne.registre.pieces.selectors.pieces import list_pieces
from sne.registre.ressources.actions.interroger import preparer_question
from sne.registre.ressources.actions.lire import lire_ressources
from sne.registre.separation.actions.lever_protection import lever_protection
from sne.registre.vie.actions.annuler import (
    annuler_enregistrement,
    demander_annulation,
    retablir_demande,
)
from sne.registre.vie.actions.radier import expirer_demande, radier_demande
from sne.registre.vie.actions.renouveler import renouveler_demande
from sne.registre.vie.rules.radiation import FaitsRadiation
from sne.registre.vie.selectors.radiation import list_motifs
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur, Canal
from sne.socle.erreurs import Introuvable, Refus, refus_de
from tests.registre import factories as f
from tests.registre.enquete.enquetes import figer
from tests.registre.faits.faits import BAILLEUR, ETAT, SIREN, consigner
from tests.registre.identite.changements_identite import modifier
from tests.registre.pieces.pieces import IDENTITE, fichier, joindre
from tests.registre.ressources.ressources import deposee
from tests.registre.separation.separations import couple, deposer_couple, separer

pytestmark = pytest.mark.django_db
LE = f.MAINTENANT
RENONCIATION = FaitsRadiation(
    MotifRadiation.RADABA, date_courrier=date(2026, 11, 20), document="Lettre du 20/11"
)
PHRASE = "Vu avec la personne au guichet"


def gt() -> Acteur:
    return f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL)


def active() -> Demande:
    """A couple's, with a document and an event."""
    demande = deposer_couple()
    joindre(demande.id)
    consigner(NatureFait.EVENEMENT, demande.id)
    return Demande.objects.get(id=demande.id)


def double() -> Demande:
    """Registered today beside the household's first demande."""
    f.deposer(le=LE - timedelta(days=90))
    return Demande.objects.get(id=f.deposer(doublons_ecartes="vu trop tard").demande_id)


def annulee() -> Demande:
    gardee = f.deposer(le=LE - timedelta(days=90))
    doublee = f.deposer(doublons_ecartes="vu trop tard")
    annuler_enregistrement(doublee.demande_id, gardee=gardee.nud, precision=PHRASE, acte=Acte(gt(), LE))
    return Demande.objects.get(id=doublee.demande_id)


def radiee() -> Demande:
    demande = active()
    radier_demande(demande.id, RENONCIATION, acte=Acte(f.creer_acteur(), LE))
    return demande


def gelee() -> Demande:
    demande = active()
    figer(demande.id)
    return demande


def contacts_retenus() -> Demande:
    """A name of an old demande changed three days ago: its contacts wait."""
    demande = active()
    traits = {"nom_naissance": "Dubreuill"}
    modifier(demande.id, f.creer_acteur(), traits=traits, le=LE - timedelta(days=3))
    return demande


def expiree() -> Demande:
    """Its validity over two weeks ago, the clock went by."""
    cle = f.deposer(couple(), le=LE - timedelta(days=379)).demande_id
    expirer_demande(cle, acte=Acte(horloge_du_registre("099"), LE))
    return Demande.objects.get(id=cle)


def date_attendue() -> Demande:
    """Registered with an earlier reception date, which waits."""
    recue_le = LE.date() - timedelta(days=400)
    recu = f.deposer(couple(), date_reception=recue_le, anteriorite_motif="Dossier perdu")
    return Demande.objects.get(id=recu.demande_id)


def protegee() -> Demande:
    """Her reason said, then taken out by a counter."""
    demande = active()
    for autres in ({"motifs": {"codes": ("06",)}}, {"motifs": {"codes": ("01",)}}):
        fiche = consulter_demande(demande.nud, acte=Acte(f.creer_acteur(), LE))
        voulu = fiche.contenu.model_copy(
            update={"motifs": fiche.contenu.motifs.model_copy(update=autres["motifs"])}
        )
        modifier_demande(
            demande.id, contenu=voulu, revision=fiche.demande.revision, acte=Acte(f.creer_acteur(), LE)
        )
    return demande


def avec_numero() -> Demande:
    """Whose applicant has a permanent number."""
    return deposee()


ETATS: Mapping[str, Callable[[], Demande]] = {
    fabrique.__name__: fabrique
    for fabrique in (
        active,
        double,
        annulee,
        radiee,
        expiree,
        gelee,
        contacts_retenus,
        date_attendue,
        protegee,
        avec_numero,
    )
}
ACTEURS: Mapping[str, Callable[[], Acteur]] = {
    **{str(role): partial(f.creer_acteur, role) for role in sorted(f.LECTEURS - LOGICIELS)},
    "bailleur": partial(f.creer_acteur, guichet=BAILLEUR),
    "service de l’État": partial(f.creer_acteur, guichet=ETAT),
    "logiciel": partial(f.creer_acteur, Role.EDITEUR, canal=Canal.INTERFACE),
}
"""Who opens a file: at a counter, or by its software."""


def tenter(faire: Callable[[], object]) -> Refus | None:
    """Do it, and undo it; what refuses it."""
    repere = transaction.savepoint_create()
    try:
        faire()
    except Refus as refus:
        return refus
    finally:
        transaction.savepoint_rollback(repere)
    return None


def gestes(demande: Demande, fiche: Fiche, acteur: Acteur) -> dict[ActeDuDossier, Callable[[], object]]:
    """Each act with all that it asks besides; those that this demande holds nothing for are left out."""
    cle, par, de = demande.id, Acte(acteur, LE), ActeDuDossier
    contenu, revision = fiche.contenu, fiche.demande.revision
    gardee = Demande.objects.exclude(id=cle).values_list("nud", flat=True).first() or ""
    requete = fiche.requete_anteriorite.id if fiche.requete_anteriorite else f.inconnu()
    handicap = f.contenu(handicaps=[{"personne": "demandeur", "reconnu": True, "etat": "EVO"}]).handicaps
    de_sante = contenu.model_copy(update={"handicaps": handicap})
    sante = replace(IDENTITE, sante=True)
    pieces = {"pieces": "AVIS_IMPOSITION_N2"}
    faits = {de(f"CONSIGNER_{nature}"): partial(_consigner, nature, cle, acteur) for nature in NatureFait}
    gestes: dict[ActeDuDossier, Callable[[], object]] = {
        de.MODIFIER: lambda: modifier_demande(cle, contenu=contenu, revision=revision, acte=par),
        de.MODIFIER_SANTE: lambda: modifier_demande(cle, contenu=de_sante, revision=revision, acte=par),
        de.RENOUVELER: lambda: renouveler_demande(
            cle, saisie=Saisie(contenu, revision, {}), acte=par, sans_changement=True
        ),
        de.SEPARER: lambda: separer(
            demande, acteur=acteur, depot={"guichet": acteur.guichet}, personne=_qui_part(demande)
        ),
        de.RADIER: lambda: radier_demande(cle, RENONCIATION, acte=par),
        de.RETABLIR: lambda: retablir_demande(cle, precision=PHRASE, acte=par),
        de.LEVER_PROTECTION: lambda: lever_protection(cle, precision=PHRASE, acte=par),
        de.PERMETTRE_CONTACT: lambda: permettre_contact(
            cle, motif="PLUS_D_ACCES", precision=PHRASE, acte=par
        ),
        de.DECIDER_DATE: lambda: decider_anteriorite(requete, issue="REFUSEE", motif=PHRASE, acte=par),
        de.LIRE_RESSOURCES: lambda: lire_ressources(demande, acte=par),
        de.DEMANDER_RESSOURCES: lambda: preparer_question(cle, acte=par),
        de.LIRE_PIECES: lambda: list_pieces(cle, contenu, acteur=acteur, le=LE.date()),
        de.JOINDRE_PIECE: lambda: noter_piece_vue(cle, IDENTITE, vue_le=LE.date(), acte=par),
        de.JOINDRE_SANTE: lambda: noter_piece_vue(cle, sante, vue_le=LE.date(), acte=par),
        de.DEMANDER_PIECES: lambda: consigner_evenement(
            cle, EvenementSaisi("DEMANDE_PJ", LE.date(), pieces), acte=par
        ),
        **faits,
        de.CONSIGNER_EGALITE: lambda: consigner_egalite_de_traitement(cle, {Moment.AVANT: ()}, acte=par),
        de.VERIFIER_COURRIEL: lambda: demander_verification(cle, acte=par),
        de.REMETTRE_HISTORIQUE: lambda: remettre_historique(
            demande.nud, rang=0, format_=Format.CSV, verifiee=True, acte=par
        ),
        de.OUVRIR_ENQUETE: lambda: ouvrir_enquete(
            cle, motif="IDENTITE_REMPLACEE", precision=PHRASE, acte=par
        ),
    }
    if gardee:
        gestes[de.ANNULER] = lambda: annuler_enregistrement(cle, gardee=gardee, precision=PHRASE, acte=par)
        gestes[de.DEMANDER_ANNULATION] = lambda: demander_annulation(
            cle, gardee=gardee, precision=PHRASE, acte=par
        )
    piece = Piece.objects.filter(demande=cle).values_list("id", flat=True).first()
    if piece:
        gestes[de.REMPLACER_PIECE] = lambda: remplacer_piece(piece, IDENTITE, fichier(b"une autre"), acte=par)
        gestes[de.QUALIFIER_PIECE] = lambda: qualifier_piece(piece, "VALIDE", acte=par)
    enquete = DemandeEnquetee.objects.filter(demande=cle).values_list("enquete", flat=True).first()
    if enquete:
        gestes[de.LIRE_ENQUETES] = lambda: consulter_enquete(enquete, acte=par)
    return gestes


def _qui_part(demande: Demande) -> str:
    personnes = demande.personnes.filter(retire_le=None).order_by("-rang")
    return str(personnes.values_list("id", flat=True).first())


def _consigner(nature: NatureFait, demande_id: uuid.UUID, acteur: Acteur) -> object:
    """A landlord's counter records for its own body; the others name one."""
    nomme = {"bailleur": SIREN} if nature in {NatureFait.DECISION, NatureFait.ATTRIBUTION} else {}
    return consigner(nature, demande_id, acteur, **({} if acteur.guichet == BAILLEUR else nomme))


@pytest.mark.parametrize("etat", list(ETATS))
def test_what_is_offered_is_done_and_what_is_not_is_refused_in_the_same_words(etat: str) -> None:
    demande = ETATS[etat]()
    for nom, faire in ACTEURS.items():
        acteur = faire()
        fiche = consulter_demande(demande.nud, acte=Acte(acteur, LE), motif="A-118")
        possibles = actes_possibles(fiche, acteur, instant=LE)
        assert list(possibles) == list(ActeDuDossier)
        sans_ce_motif = MotifRadiation.RADABA not in list_motifs(acteur, territoire="099", le=LE.date())
        for acte, geste in gestes(demande, fiche, acteur).items():
            refus, reponse = tenter(geste), possibles[acte]
            if acte is ActeDuDossier.RADIER and reponse.possible and sans_ce_motif:
                continue  # for other reasons only
            if isinstance(
                refus, Introuvable
            ):  # what is not there for somebody is not refused to them in words
                assert not reponse.possible, (nom, acte, refus)
            else:
                assert (refus.phrase if refus else "") == reponse.refus, (nom, acte, refus)
    connection.check_constraints()


@pytest.mark.parametrize("etat", list(ETATS))
def test_an_attestation_and_a_correction_are_offered_as_they_are_accepted(etat: str) -> None:
    demande = ETATS[etat]()
    fait = Evenement.objects.filter(demande=demande).values_list("id", flat=True).first()
    for nom, faire in ACTEURS.items():
        acteur = faire()
        par, fiche = Acte(acteur, LE), consulter_demande(demande.nud, acte=Acte(acteur, LE), motif="A-118")
        refus = tenter(partial(emettre_attestation, demande.id, acte=par))
        attendu = refus_de(exiger_attestable, fiche.demande, acteur, le=LE.date())
        assert (refus.phrase if refus else "") == attendu, nom
        if fait:
            retirer = partial(retirer_fait, demande.id, NatureFait.EVENEMENT, Correction(fait, PHRASE))
            refus = tenter(partial(retirer, acte=par))
            offertes = natures_consignables(fiche.source, acteur, le=LE.date(), correction=True)
            assert bool(refus) is (NatureFait.EVENEMENT not in offertes), (nom, refus)


def test_every_act_is_possible_somewhere() -> None:
    """Else the matrix would compare refusals alone."""
    trouves = set()
    for fabrique in ETATS.values():
        repere = transaction.savepoint_create()
        demande = fabrique()
        for faire in ACTEURS.values():
            acteur = faire()
            fiche = consulter_demande(demande.nud, acte=Acte(acteur, LE), motif="A-118")
            reponses = actes_possibles(fiche, acteur, instant=LE)
            trouves |= {acte for acte in gestes(demande, fiche, acteur) if reponses[acte].possible}
        transaction.savepoint_rollback(repere)
    assert trouves == set(ActeDuDossier)


def test_some_acts_have_the_answers_that_they_have_among_all() -> None:
    acteur = f.creer_acteur()
    fiche = consulter_demande(radiee().nud, acte=Acte(acteur, LE))
    tous = actes_possibles(fiche, acteur, instant=LE)
    for acte in ActeDuDossier:
        assert actes_possibles(fiche, acteur, instant=LE, parmi=[acte]) == {acte: tous[acte]}
