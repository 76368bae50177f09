"""What is awaited: opened by each act that asks, closed by each that answers, whoever writes; read by who may know."""

import uuid
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from sne.habilitations.rules import Role
from sne.notifications.actions import noter_tentative
from sne.notifications.models import Message
from sne.notifications.rules import Canal, Issue, Resultat
from sne.notifications.tasks import service_des_messages
from sne.registre.attente.models import Attente
from sne.registre.attente.rules import NatureAttente
from sne.registre.avis.attentes import AttenteAvis
from sne.registre.demande.models.demande import RequeteAnteriorite
from sne.registre.demande.models.personne import Identite, Personne
from sne.registre.demande.models.separation import Separation
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.demande.rules.services import service_du_registre
from sne.registre.depot.actions.decider_anteriorite import decider_anteriorite
from sne.registre.depot.attentes import AttenteDepot
from sne.registre.doublons.actions.balayer import balayage_du_registre, balayer
from sne.registre.doublons.actions.cas import clore_cas, demander_comparaison
from sne.registre.doublons.actions.chercher import RechercheDoublon
from sne.registre.doublons.actions.ensembles import decider_ensemble
from sne.registre.doublons.attentes import AttenteDoublon
from sne.registre.doublons.models import CasDoublon, EnsembleDoublon
from sne.registre.enquete.actions.enquetes import clore_enquete
from sne.registre.enquete.actions.gels import decider_levee, demander_levee
from sne.registre.enquete.attentes import AttenteEnquete
from sne.registre.enquete.selectors.enquetes import list_enquetes
from sne.registre.faits.attentes import AttenteFait
from sne.registre.faits.rules.faits import NatureFait
from sne.registre.identite.attentes import AttenteIdentite
from sne.registre.joindre.actions.invalider_courriel import invalider_courriel
from sne.registre.joindre.attentes import AttenteJoindre
from sne.registre.listes.rules.listes import CodeListe, Filtre
from sne.registre.listes.selectors.lecture import Demandee, list_dossiers
from sne.registre.modification.actions.brouillons import ouvrir_brouillon
from sne.registre.modification.actions.modifier import modifier_demande
from sne.registre.pieces.actions.deposer import noter_piece_vue
from sne.registre.pieces.attentes import AttentePiece
from sne.registre.requete.attentes import AttenteRequete
from sne.registre.restauration.attentes import AttenteRestauration
from sne.registre.separation.actions.examiner_separation import examiner_separation
from sne.registre.separation.attentes import AttenteSeparation
from sne.registre.separation.rules import IssueSeparation
from sne.registre.vie.actions.radier import radier_demande
from sne.registre.vie.attentes import AttenteVie
from sne.registre.vie.rules.radiation import FaitsRadiation
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from tests.notifications import factories as messages
from tests.registre import factories as f
from tests.registre.enquete.enquetes import figer, gt
from tests.registre.faits.faits import consigner
from tests.registre.pieces import pieces
from tests.registre.separation.separations import deposer_couple, separer

pytestmark = pytest.mark.django_db
AGENT = f.creer_acteur()
GT = f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL)
ADRESSE = "elodie@exemple.fr"
Ouvrir = Callable[[], uuid.UUID]


def attendus(code: CodeListe = CodeListe.REPONSES, acteur: Acteur = AGENT) -> list[str]:
    """Natures of the lines of a list, of the agent's counter or of the manager's territory."""
    demandee = Demandee(code, Filtre(acteur.guichet), acteur, f.AUJOURD_HUI)
    return [ligne.nature for ligne in list_dossiers(demandee).lignes]


def deposer() -> uuid.UUID:
    contenu = f.contenu(demandeur=f.personne(contact={"courriel": ADRESSE}))
    return f.deposer(contenu, acteur=AGENT, le=f.ANCIEN).demande_id


def changer_de_nom() -> uuid.UUID:
    demande = deposer()
    modifier_demande(
        demande,
        contenu=f.contenu(demandeur=f.personne("Zimmer", contact={"courriel": ADRESSE})),
        revision=1,
        acte=Acte(AGENT, f.MAINTENANT),
    )
    return demande


def demander_anteriorite() -> uuid.UUID:
    reception = f.AUJOURD_HUI - timedelta(days=31)
    return f.deposer(date_reception=reception, anteriorite_motif="Courrier tamponné").demande_id


def demander_une_comparaison() -> uuid.UUID:
    demande = deposer()
    brouillon = ouvrir_brouillon({}, acte=Acte(AGENT, f.MAINTENANT), territoire="099")
    qui = RechercheDoublon("Dubreuil", "Élodie", date(1987, 3, 14))
    demander_comparaison(brouillon, personnes=[qui], acte=Acte(AGENT, f.MAINTENANT))
    return demande


def deposer_sous(prenoms: str) -> uuid.UUID:
    contenu = f.contenu(demandeur=f.personne("Dubreuil", prenoms))
    return f.deposer(contenu, doublons_ecartes="Une autre personne.").demande_id


def evenement(demande: uuid.UUID, type_: str, **caracteristiques: object) -> uuid.UUID:
    return consigner(NatureFait.EVENEMENT, demande, AGENT, type=type_, caracteristiques=caracteristiques)


def demander_des_pieces() -> uuid.UUID:
    demande = deposer()
    evenement(demande, "DEMANDE_PJ", pieces="AVIS_IMPOSITION_N2", reponse_avant="2026-12-10")
    return demande


def proposer() -> uuid.UUID:
    demande = deposer()
    evenement(demande, "PROPOSITION", reponse_avant="2026-12-10")
    return demande


OUVERTURES: dict[str, Ouvrir] = {
    "IDENTITE": changer_de_nom,
    "ANTERIORITE": demander_anteriorite,
    "DOUBLON": demander_une_comparaison,
    "SEPARATION": lambda: separer(deposer_couple(), accord=False).id,
    "PIECES": demander_des_pieces,
    "REPONSE_MENAGE": proposer,
}


@pytest.mark.parametrize("nature", OUVERTURES)
def test_each_act_that_asks_is_in_the_list_of_its_counter(nature: str) -> None:
    demande = OUVERTURES[nature]()
    assert attendus() == [nature]
    assert attendus(acteur=GT) == [nature]
    assert attendus(acteur=f.creer_acteur(guichet="G0991")) == []
    assert attendus(acteur=f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL, territoire="02A")) == []
    ligne = Attente.objects.get()
    assert (ligne.demande_id, ligne.territoire, ligne.guichet) == (demande, "099", "G0993")
    assert ligne.avant == (date(2026, 12, 10) if nature in ("PIECES", "REPONSE_MENAGE") else None)


def decider_identite(demande: uuid.UUID) -> None:
    f.decider(Identite.objects.get(demande=demande, voie="CONTROLE"), issue="REFUSEE")


def examiner(nouvelle: uuid.UUID) -> None:
    cle = Separation.objects.get(nouvelle=nouvelle).id
    examiner_separation(cle, issue=IssueSeparation.HERITEE, acte=Acte(GT, f.MAINTENANT))


def decider_date(demande: uuid.UUID) -> None:
    cle = RequeteAnteriorite.objects.get(demande=demande).id
    decider_anteriorite(cle, issue="REFUSEE", motif="Sans preuve", acte=Acte(GT, f.MAINTENANT))


def clore(_: uuid.UUID) -> None:
    cas = CasDoublon.objects.get()
    clore_cas(cas.id, issue="AUTRE_PERSONNE", motif="HOMONYME", precision="", acte=Acte(GT, f.MAINTENANT))


def rencontrer(demande: uuid.UUID) -> None:
    evenement(demande, "CONTACT", moyen="TELEPHONE")


def completer(demande: uuid.UUID) -> None:
    contenu = f.contenu(demandeur=f.personne(situation_familiale="M", contact={"courriel": ADRESSE}))
    modifier_demande(demande, contenu=contenu, revision=1, acte=Acte(AGENT, f.MAINTENANT))


def remettre(demande: uuid.UUID) -> None:
    le = f.MAINTENANT + timedelta(hours=1)
    noter_piece_vue(demande, pieces.IMPOT, vue_le=f.AUJOURD_HUI, acte=Acte(AGENT, le))


def decider_en_commission(demande: uuid.UUID) -> None:
    consigner(NatureFait.DECISION, demande)


REPONSES: list[tuple[str, Callable[[uuid.UUID], None], list[str]]] = [
    ("IDENTITE", decider_identite, []),
    ("DOUBLON", clore, []),
    ("SEPARATION", examiner, []),
    ("PIECES", rencontrer, ["PIECES"]),
    ("PIECES", completer, ["PIECES"]),
    ("PIECES", remettre, []),
    ("PIECES", decider_en_commission, ["PIECES"]),
    ("REPONSE_MENAGE", rencontrer, []),
    ("REPONSE_MENAGE", decider_en_commission, []),
    ("REPONSE_MENAGE", completer, ["REPONSE_MENAGE"]),
    ("ANTERIORITE", rencontrer, ["ANTERIORITE"]),
    ("ANTERIORITE", decider_date, []),
]


@pytest.mark.parametrize(("nature", "repondre", "restent"), REPONSES)
def test_each_answer_closes_what_it_answers(
    nature: str, repondre: Callable[[uuid.UUID], None], restent: list[str]
) -> None:
    repondre(OUVERTURES[nature]())
    assert attendus() == restent


def test_a_past_identity_is_told_to_the_manager_alone() -> None:
    f.remplacer()
    f.deposer(acteur=AGENT)
    assert attendus() == []
    assert attendus(acteur=GT) == ["ANCIENNE_IDENTITE"]
    (enquete,) = list_enquetes(GT).lignes
    clore_enquete(
        enquete.id,
        issue="AUTRE_PERSONNE",
        motif="HOMONYME",
        precision="",
        acte=Acte(GT, f.MAINTENANT),
    )
    assert attendus(acteur=GT) == []


def test_a_secret_separation_is_told_to_the_manager_alone() -> None:
    separer(deposer_couple(), secrete=True, accord=False)
    assert attendus() == []
    assert attendus(acteur=GT) == ["SEPARATION"]


def test_a_set_of_close_demandes_is_one_line_for_who_decides() -> None:
    """On the first that is under way: it moves on when that one ends, and goes when the set is decided."""
    demandes = {deposer_sous(prenoms) for prenoms in ("Élodie", "Elodie", "Élodie Marie")}
    balayer("099", acte=Acte(balayage_du_registre("099"), f.MAINTENANT))
    assert attendus() == []
    assert attendus(acteur=f.creer_acteur(Role.RESPONSABLE_GUICHET)) == []
    assert attendus(acteur=GT) == ["ENSEMBLE_DOUBLON"]
    premiere = Attente.objects.get().demande_id
    renoncer = FaitsRadiation(MotifRadiation.RADABA, date_courrier=f.AUJOURD_HUI, document="Lettre")
    radier_demande(premiere, renoncer, acte=Acte(AGENT, f.MAINTENANT))
    assert attendus(acteur=GT) == ["ENSEMBLE_DOUBLON"]
    assert Attente.objects.get().demande_id in demandes - {premiere}
    decider_ensemble(
        EnsembleDoublon.objects.get().id,
        issue="FOYERS_DIFFERENTS",
        motif="HOMONYME",
        precision="",
        acte=Acte(GT, f.MAINTENANT),
    )
    assert attendus(acteur=GT) == []
    assert Attente.objects.count() == 0


def test_the_end_of_a_freeze_waits_for_other_eyes() -> None:
    gel = figer(deposer(), acteur=GT)
    assert attendus(acteur=GT) == []
    levee = demander_levee(gel, precision="Pièces lues", acte=Acte(GT, f.MAINTENANT))
    assert attendus() == []
    assert attendus(acteur=GT) == ["LEVEE_GEL"]
    assert Attente.objects.get().auteur == GT.id  # who asked is not who is to act
    decider_levee(levee, decision="ACCEPTEE", precision="", acte=Acte(gt(), f.MAINTENANT))
    assert attendus(acteur=GT) == []
    assert Attente.objects.count() == 0


def test_what_is_struck_off_waits_for_nothing() -> None:
    demande = demander_des_pieces()
    renoncer = FaitsRadiation(MotifRadiation.RADABA, date_courrier=f.AUJOURD_HUI, document="Lettre")
    Attente.objects.get()
    radier_demande(demande, renoncer, acte=Acte(AGENT, f.MAINTENANT))
    assert attendus() == []
    assert attendus(acteur=GT) == []


def refuser(
    demande: uuid.UUID, canal: Canal = Canal.COURRIEL, issue: Issue = Issue.PERMANENT, **autres: object
) -> Message:
    options: dict[str, object] = {"demande_id": demande, "canal": canal, "destinataire": ADRESSE} | autres
    if canal is Canal.LETTRE:
        options["destinataire"] = messages.ADRESSE
    message = messages.preparer(**options)
    noter_tentative(message.id, Resultat(issue, "5.1.1"), acte=Acte(service_des_messages(), f.MAINTENANT))
    return message


@pytest.mark.parametrize(
    ("canal", "nature"), [(Canal.COURRIEL, "MESSAGE_REFUSE"), (Canal.LETTRE, "LETTRE_REFUSEE")]
)
def test_a_refused_message_waits_until_another_leaves(canal: Canal, nature: str) -> None:
    demande = deposer()
    refuser(demande, canal)
    assert attendus(CodeListe.COURRIERS) == [nature]
    assert attendus() == []
    refuser(demande, issue=Issue.ACCEPTE)
    assert attendus(CodeListe.COURRIERS) == []


def test_a_message_replaced_by_a_letter_does_not_wait() -> None:
    refuser(deposer(), secours=messages.ADRESSE)
    assert Message.objects.count() == 2
    assert attendus(CodeListe.COURRIERS) == []


def test_a_message_of_no_file_of_the_register_opens_nothing() -> None:
    refuser(uuid.uuid4())
    assert Attente.objects.count() == 0


def test_an_address_that_refuses_waits_until_another_is_given() -> None:
    demande = deposer()
    invalider_courriel(
        demande,
        ADRESSE,
        message=uuid.UUID(int=5),
        acte=Acte(service_du_registre("099"), f.MAINTENANT),
    )
    assert attendus(CodeListe.COURRIERS) == ["COURRIEL_INVALIDE"]
    contenu = f.contenu(demandeur=f.personne(contact={"courriel": "autre@exemple.fr"}))
    modifier_demande(demande, contenu=contenu, revision=1, acte=Acte(AGENT, f.MAINTENANT))
    assert attendus(CodeListe.COURRIERS) == []
    assert Personne.objects.get().courriel_etat == "NON_VERIFIEE"


@pytest.mark.parametrize("ordre", ["DELETE FROM attente", "UPDATE attente SET guichet = 'G0991'"])
def test_the_service_writes_nothing_there_by_itself(ordre: str) -> None:
    demander_des_pieces()
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(ordre)


def test_every_nature_has_words_and_somebody_to_act() -> None:
    natures = NatureAttente.tous().values()
    assert all(nature.libelle for nature in natures)
    assert {n: n.qui_agit(decide=False, auteur=False) for n in natures} == {
        AttenteIdentite.IDENTITE: "Responsable du guichet ou gestionnaire territorial",
        AttenteIdentite.QUESTION_IDENTITE: "Le guichet",
        AttenteDepot.ANTERIORITE: "Gestionnaire territorial",
        AttenteVie.ANNULATION: "Gestionnaire territorial",
        AttenteDoublon.DOUBLON: "Gestionnaire territorial",
        AttenteEnquete.ANCIENNE_IDENTITE: "Gestionnaire territorial",
        AttenteSeparation.SEPARATION: "Gestionnaire territorial",
        AttenteDoublon.ENSEMBLE_DOUBLON: "Gestionnaire territorial",
        AttenteEnquete.LEVEE_GEL: "Une autre personne",
        AttenteRestauration.RESTAURATION: "Une autre personne",
        AttenteAvis.OPPOSITION: "Gestionnaire territorial",
        AttenteAvis.AVIS_A_PORTER: "Gestionnaire territorial",
        AttenteRequete.REQUETE: "Le guichet",
        AttentePiece.PIECES: "Le ménage",
        AttenteFait.REPONSE_MENAGE: "Le ménage",
        AttentePiece.PIECE_A_VERIFIER: "Le guichet",
        AttentePiece.PIECE_PERIMEE: "Le guichet",
        AttenteJoindre.COURRIEL_INVALIDE: "Le guichet",
        AttenteJoindre.MESSAGE_REFUSE: "Le guichet",
        AttenteJoindre.LETTRE_REFUSEE: "Le guichet",
    }
    assert AttenteIdentite.IDENTITE.qui_agit(decide=True, auteur=False) == "Vous"
    assert AttenteIdentite.IDENTITE.qui_agit(decide=True, auteur=True) != "Vous"
