"""Never silent: whatever happens, each occurrence ends once, and whoever has to know is told once."""

import email
from datetime import date, timedelta
from email.message import EmailMessage
from typing import Any
from unittest import mock

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from sne.demo.port import port_libre
from sne.habilitations.models import Compte, Habilitation
from sne.infocentre.abonnements.actions import constater, departs, envoyer, migrer
from sne.infocentre.abonnements.actions.constater import constater_dus
from sne.infocentre.abonnements.actions.decider import arreter_abonnement
from sne.infocentre.abonnements.actions.envoyer import avancer_envois, renvoyer_envoi
from sne.infocentre.abonnements.models import Edition, EnvoiDu, SuiteEnvoi
from sne.infocentre.abonnements.rules.calendrier import Calendrier, Rythme
from sne.infocentre.abonnements.rules.issues import FINALES
from sne.infocentre.abonnements.rules.periodes import PeriodeRelative
from sne.infocentre.abonnements.rules.places import Place
from sne.infocentre.abonnements.selectors import rapports
from sne.infocentre.abonnements.selectors.abonnements import lire_abonnement
from sne.infocentre.abonnements.selectors.editions import lire_edition
from sne.infocentre.abonnements.selectors.envois import get_attente
from sne.infocentre.abonnements.tasks import service_des_abonnements
from sne.infocentre.rpls.selectors import Millesime
from sne.referentiels.selectors import list_fiches
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from tests.habilitations.factories import creer_gestionnaire, creer_responsable, dire_les_retraits
from tests.infocentre.abonnements.monde import (
    ICI,
    abonner_ici,
    acteur,
    compter,
    courrier,
    ecrits,
    issues,
    le,
    nuit,
    suspendre,
    verser,
)
from tests.notifications.serveurs import Boite

pytestmark = pytest.mark.django_db
DEBUT = le(2024, 1, 10)
FEVRIER = le(2024, 2, 2)


def finales() -> list[tuple[str, str]]:
    """The end of each occurrence that has one."""
    return [(code, issue) for code, issue in issues() if issue in FINALES]


def partir(*comptes: Compte) -> None:
    """These people have no right any more since the first of February."""
    Habilitation.objects.filter(compte__in=comptes).update(
        fin=date(2024, 2, 1), retiree_par=comptes[0].id, retiree_le=DEBUT
    )
    for compte in comptes:
        dire_les_retraits(compte)


@pytest.fixture(autouse=True)
def activite() -> None:
    for n in range(1, 13):
        compter(date(2023, n, 1), EVENEMENTS=3, DEPOTS=40, ATTRIBUTIONS=5, DECISIONS=2)


def recu(boite: Boite, rang: int = 0) -> EmailMessage:
    contenu: Any = email.message_from_bytes(
        boite.recus[rang].original_content or b"", policy=email.policy.default
    )
    return contenu  # type: ignore[no-any-return]


def test_an_edition_arrives_with_its_figures_and_says_why(gt: Compte, boite: Boite) -> None:
    abonner_ici(gt, DEBUT)
    nuit(le(2024, 2, 1))
    assert issues() == []
    nuit(FEVRIER)
    assert issues() == [("2024-02", "PREPARE"), ("2024-02", "ENVOYE")]
    [enveloppe] = boite.recus
    assert enveloppe.rcpt_tos == ["gt@exemple.fr"]
    message = recu(boite)
    [piece] = message.iter_attachments()
    assert piece.get_filename() == "tb06_v1_val-daurette_2023-02_2024-01_s1.csv"
    assert b"G0991" in piece.get_payload(decode=True)
    corps = message.get_body(("plain",))
    assert corps is not None
    texte = corps.get_content()
    for dit in (
        "Tableau 06, version 1",
        "Val-d’Aurette",
        "du 1er\u00a0février 2023 au 31\u00a0janvier 2024",
        "Filtres : aucun",
        "au scellement 1",
        "gestionnaire territorial",
        "pas à une personne",
    ):
        assert dit in texte, dit
    nuit(FEVRIER + timedelta(hours=2))
    assert len(boite.recus) == 1


def test_who_opened_it_leaves_and_nothing_stops(gt: Compte) -> None:
    abonner_ici(gt, DEBUT)
    creer_gestionnaire(courriel="suivant@exemple.fr", le=DEBUT)
    partir(gt)
    nuit(FEVRIER)
    assert [a for a, _ in ecrits()] == ["suivant@exemple.fr"]
    assert finales() == [("2024-02", "ENVOYE")]


def test_a_suspended_right_receives_nothing_from_the_same_night(gt: Compte) -> None:
    abonner_ici(gt, DEBUT)
    autre = creer_gestionnaire(courriel="autre@exemple.fr", le=DEBUT)
    suspendre(autre, DEBUT)
    nuit(FEVRIER)
    assert [a for a, _ in ecrits()] == ["gt@exemple.fr"]


def test_nobody_left_the_operator_is_told_once_and_it_leaves_when_somebody_is(
    gt: Compte, operateur: Compte
) -> None:
    abonner_ici(gt, DEBUT)
    partir(gt)
    nuit(FEVRIER)
    nuit(le(2024, 2, 3))
    nuit(le(2024, 2, 9))
    assert issues() == [("2024-02", "SANS_LECTEUR")]
    assert [a for a, _ in ecrits("ABONNEMENT_SANS_LECTEUR")] == ["operateur@exemple.fr"]
    creer_gestionnaire(courriel="nouveau@exemple.fr", le=le(2024, 2, 9))
    nuit(le(2024, 2, 10))
    assert finales() == [("2024-02", "ENVOYE")]
    assert [a for a, _ in ecrits()] == ["nouveau@exemple.fr"]


def test_a_mail_server_down_for_three_days_sends_once_when_it_is_back(
    gt: Compte, settings: Any, operateur: Compte
) -> None:
    from tests.notifications.serveurs import serveur_de_courriel

    abonner_ici(gt, DEBUT)
    settings.SMTP_URL = f"smtp://127.0.0.1:{port_libre()}"
    for jour in (2, 3, 4):
        nuit(le(2024, 2, jour))
    assert issues() == [("2024-02", "PREPARE"), ("2024-02", "RETARDE")]
    with serveur_de_courriel() as (url, boite):
        settings.SMTP_URL = url
        for jour in (5, 6):
            nuit(le(2024, 2, jour))
        sujets = [str(recu(boite, n)["subject"]) for n in range(len(boite.recus))]
    assert sorted(sujets) == [
        "Envoi d’un rapport en retard, Val-d’Aurette",
        "Rapport de l’infocentre, Val-d’Aurette",
    ]
    assert finales() == [("2024-02", "ENVOYE")]


def test_an_outage_of_the_service_is_caught_up_oldest_first(gt: Compte, boite: Boite) -> None:
    abonner_ici(gt, DEBUT)
    nuit(le(2024, 5, 20))
    assert finales() == [(f"2024-0{n}", "ENVOYE") for n in (2, 3, 4, 5)]
    fins = [c["periode"].rpartition(" au ")[2].split("\u00a0")[1] for _, c in ecrits()]
    assert fins == ["janvier 2024", "février 2024", "mars 2024", "avril 2024"]
    sujets = [str(recu(boite, n)["subject"]) for n in range(len(boite.recus))]
    assert sujets.count("Rapport de l’infocentre, Val-d’Aurette") == 4


def test_a_filter_that_the_version_lacks_fails_once_told_to_all(gt: Compte, operateur: Compte) -> None:
    abonner_ici(gt, DEBUT)
    with mock.patch.object(envoyer, "refus_des_filtres", return_value="Le filtre « quartier » n’existe pas."):
        nuit(FEVRIER)
        nuit(le(2024, 2, 3))
    assert issues() == [("2024-02", "ECHEC")]
    assert sorted(a for a, _ in ecrits("ABONNEMENT_EN_ECHEC")) == ["gt@exemple.fr", "operateur@exemple.fr"]
    assert "« quartier »" in ecrits("ABONNEMENT_EN_ECHEC")[0][1]["quoi"]
    nuit(le(2024, 3, 2))
    [edition] = ecrits()
    assert "L’envoi est rétabli" in edition[1]["remarques"]


def test_a_report_that_cannot_be_made_fails_after_three_tries(gt: Compte, operateur: Compte) -> None:
    abonner_ici(gt, DEBUT)
    with mock.patch.object(envoyer, "assembler", side_effect=RuntimeError("moteur")):
        for heure in range(3, 8):
            nuit(le(2024, 2, 2, heure))
    assert issues() == [("2024-02", "ESSAI")] * 3 + [("2024-02", "ECHEC")]
    assert len(ecrits("ABONNEMENT_EN_ECHEC")) == 2
    assert not Edition.objects.exists()


def test_one_that_fails_leaves_the_others(gt: Compte) -> None:
    abonner_ici(gt, DEBUT)
    abonner_ici(gt, DEBUT, format="xlsx")
    vrai = envoyer.assembler

    def un_sur_deux(voulue: Any, *args: Any, **kwargs: Any) -> Any:
        if not un_sur_deux.fait:  # type: ignore[attr-defined]
            un_sur_deux.fait = True  # type: ignore[attr-defined]
            raise RuntimeError("moteur")
        return vrai(voulue, *args, **kwargs)

    un_sur_deux.fait = False  # type: ignore[attr-defined]
    with mock.patch.object(envoyer, "assembler", un_sur_deux):
        nuit(FEVRIER)
    assert sorted(issue for _, issue in issues()) == ["ENVOYE", "ESSAI", "PREPARE", "PREPARE"]


def test_what_two_subscriptions_ask_alike_is_read_once(gt: Compte) -> None:
    for autres in ({}, {"format": "xlsx"}, {"tri": "-EVENEMENTS"}):
        abonner_ici(gt, DEBUT, **autres)
    with mock.patch.object(envoyer, "assembler", wraps=envoyer.assembler) as lus:
        nuit(FEVRIER)
    assert lus.call_count == 2
    assert [issue for _, issue in issues()].count("ENVOYE") == Edition.objects.count() == 3


def test_what_is_read_once_goes_to_nobody_who_may_not_read_it(gt: Compte) -> None:
    """One report, place and period in one pass: of a territory, of a body of it, of somebody of that body."""
    responsable, fiches = creer_responsable(courriel="responsable@exemple.fr", le=DEBUT), list_fiches("099")
    organisme = fiches["G0993"].organisme
    siens = {f"GUICHET:099{code}" for code, fiche in fiches.items() if fiche.organisme == organisme}
    abonner_ici(gt, DEBUT)
    abonner_ici(responsable, DEBUT, place=Place(ICI.lieu, organisme), roles=("RESPONSABLE_GUICHET",))
    abonner_ici(responsable, DEBUT, place=Place(ICI.lieu, compte=responsable.id))
    with mock.patch.object(envoyer, "assembler", wraps=envoyer.assembler) as lus:
        nuit(FEVRIER)
    assert lus.call_count == 2  # the body's, and what its manager reads, are the same
    guichets = {}
    for edition in Edition.objects.all():
        gardee = lire_edition(edition.id)
        assert gardee is not None
        guichets[edition.organisme, edition.compte] = {
            ligne.cle for ligne in gardee[1].lignes if ligne.niveau == "GUICHET"
        }
    tous = guichets.pop(("", None))
    assert tous & siens < tous
    assert guichets == {(organisme, None): tous & siens, ("", responsable.id): tous & siens}


def test_no_attempt_follows_the_end_of_one_that_somebody_stopped_while_it_failed(gt: Compte) -> None:
    cle = abonner_ici(gt, DEBUT)
    acte = Acte(service_des_abonnements(), FEVRIER)
    verser(le(2024, 1, 31))
    constater_dus(acte=acte)

    def arreter(*_: object) -> None:
        arreter_abonnement(cle, acte=Acte(acteur(gt, FEVRIER), FEVRIER))

    with (
        mock.patch.object(envoyer, "_avancer", side_effect=RuntimeError("moteur")),
        mock.patch.object(envoyer.JOURNAL, "exception", arreter),
        mock.patch.object(envoyer, "lock_abonnement") as verrou,
    ):
        assert avancer_envois(acte=acte) == 0
    assert issues() == [("2024-02", "ARRETE")]
    verrou.assert_called_once_with(cle)


def test_every_address_refused_is_a_failure_told(gt: Compte, boite: Boite, operateur: Compte) -> None:
    Compte.objects.filter(id=gt.id)
    inconnu = creer_gestionnaire(courriel="inconnu@exemple.fr", le=DEBUT)
    abonner_ici(inconnu, DEBUT)
    partir(gt)
    nuit(FEVRIER)
    assert finales() == [("2024-02", "ECHEC")]
    assert "Aucune adresse" in SuiteEnvoi.objects.get(issue="ECHEC").motif


def test_one_address_refused_is_said_and_the_others_have_it(gt: Compte, boite: Boite) -> None:
    creer_gestionnaire(courriel="inconnu@exemple.fr", le=DEBUT)
    abonner_ici(gt, DEBUT)
    nuit(FEVRIER)
    fin = SuiteEnvoi.objects.get(issue="ENVOYE")
    assert (fin.destinataires, fin.motif) == (1, "1 adresse(s) sur 2 ont refusé le message.")


def test_a_month_without_activity_is_sent_and_says_so(gt: Compte) -> None:
    abonner_ici(gt, DEBUT, calendrier=Calendrier(Rythme.MOIS, 2), periode=PeriodeRelative.MOIS_PRECEDENT)
    compter(date(2024, 1, 1), EVENEMENTS=0)
    nuit(FEVRIER)
    assert finales() == [("2024-02", "VIDE")]
    assert "Aucune activité" in ecrits()[0][1]["remarques"]


def test_a_month_without_activity_sends_nothing_when_asked_so(gt: Compte) -> None:
    abonner_ici(gt, DEBUT, periode=PeriodeRelative.MOIS_PRECEDENT, sauf_vide=True)
    nuit(FEVRIER)
    assert finales() == [("2024-02", "VIDE")]
    assert ecrits() == []


def test_it_waits_for_its_figures_and_says_that_it_is_late(gt: Compte) -> None:
    abonner_ici(gt, DEBUT)
    verser(le(2024, 1, 31))
    for heures in (0, 12, 25, 40):
        courrier(FEVRIER + timedelta(hours=heures))
    assert issues() == [("2024-02", "RETARDE")]
    assert "ne vont pas encore" in ecrits("ABONNEMENT_EN_RETARD")[0][1]["quoi"]
    nuit(le(2024, 2, 4))
    assert finales() == [("2024-02", "ENVOYE")]


def test_a_file_too_heavy_is_a_link(gt: Compte) -> None:
    abonner_ici(gt, DEBUT)
    with mock.patch.object(envoyer, "MO", 0):
        nuit(FEVRIER)
    assert "trop lourd" in ecrits()[0][1]["piece"]


def test_what_was_due_and_stopped_ends_with_it(gt: Compte, operateur: Compte) -> None:
    cle = abonner_ici(gt, DEBUT)
    partir(gt)
    nuit(FEVRIER)
    suivant = creer_gestionnaire(courriel="suivant@exemple.fr", le=FEVRIER)
    arret = le(2024, 3, 5)
    arreter_abonnement(cle, motif="Plus utile.", acte=Acte(acteur(suivant, arret), arret))
    connection.check_constraints()
    assert finales() == [("2024-02", "ARRETE"), ("2024-03", "ARRETE")]
    nuit(le(2024, 4, 2))
    assert ecrits() == []


def test_anybody_who_holds_the_place_sends_again(gt: Compte, boite: Boite) -> None:
    abonner_ici(gt, DEBUT)
    nuit(FEVRIER)
    autre = creer_gestionnaire(courriel="autre@exemple.fr", le=FEVRIER)
    instant = le(2024, 2, 5)
    envoi = EnvoiDu.objects.get()
    renvoi = renvoyer_envoi(envoi.id, acte=Acte(acteur(autre, instant), instant))
    assert renvoi.destinataires == 2
    courrier(instant)
    assert len(boite.recus) == 3
    assert issues()[-1] == ("2024-02", "RENVOYE")
    assert Edition.objects.count() == 1
    voisin = creer_gestionnaire("02B", le=FEVRIER)
    with pytest.raises(Introuvable):
        renvoyer_envoi(envoi.id, acte=Acte(acteur(voisin, instant), instant))


def test_what_failed_is_made_and_sent_again_once_mended(gt: Compte, operateur: Compte) -> None:
    abonner_ici(gt, DEBUT)
    with mock.patch.object(envoyer, "refus_des_filtres", return_value="Un filtre manque."):
        nuit(FEVRIER)
        envoi, instant = EnvoiDu.objects.get(), le(2024, 2, 5)
        with pytest.raises(Interdit, match="Un filtre manque"):
            renvoyer_envoi(envoi.id, acte=Acte(acteur(gt, instant), instant))
    renvoyer_envoi(envoi.id, acte=Acte(acteur(gt, instant), instant))
    connection.check_constraints()
    assert issues() == [("2024-02", "ECHEC"), ("2024-02", "RENVOYE")]


def test_what_has_not_ended_or_has_nobody_is_not_sent_again(gt: Compte, operateur: Compte) -> None:
    abonner_ici(gt, DEBUT)
    verser(le(2024, 1, 31))
    courrier(FEVRIER)
    envoi = EnvoiDu.objects.get()
    with pytest.raises(Interdit, match="n’est pas terminé"):
        renvoyer_envoi(envoi.id, acte=Acte(acteur(gt, FEVRIER), FEVRIER))


def test_with_nobody_to_read_it_there_is_nothing_to_send_again(gt: Compte) -> None:
    abonner_ici(gt, DEBUT)
    nuit(FEVRIER)
    personne = mock.patch.object(envoyer, "list_lecteurs", return_value=())
    with personne, pytest.raises(Interdit, match="Personne ne tient"):
        renvoyer_envoi(EnvoiDu.objects.get().id, acte=Acte(acteur(gt, FEVRIER), FEVRIER))


def test_what_was_stopped_is_not_sent_again(gt: Compte) -> None:
    cle = abonner_ici(gt, DEBUT)
    arreter_abonnement(cle, acte=Acte(acteur(gt, FEVRIER), FEVRIER))
    with pytest.raises(Interdit, match="arrêté avec son abonnement"):
        renvoyer_envoi(EnvoiDu.objects.get().id, acte=Acte(acteur(gt, FEVRIER), FEVRIER))
    with pytest.raises(Introuvable):
        renvoyer_envoi(gt.id, acte=Acte(acteur(gt, FEVRIER), FEVRIER))


def test_a_version_that_is_no_longer_read_is_never_sent(gt: Compte) -> None:
    """What was due before, when the pass that moves subscriptions could not run."""
    abonner_ici(gt, DEBUT)
    acte = Acte(service_des_abonnements(), le(2024, 5, 20))
    constater_dus(acte=acte)
    avancer_envois(acte=acte)
    assert {issue for _, issue in issues()} == {"ECHEC"}
    assert "n’est plus lue" in ecrits("ABONNEMENT_EN_ECHEC")[0][1]["quoi"]


def test_a_database_that_is_gone_ends_the_pass(gt: Compte) -> None:
    abonner_ici(gt, DEBUT)
    acte = Acte(service_des_abonnements(), FEVRIER)
    constater_dus(acte=acte)
    partie = mock.patch.object(envoyer, "lire_envoi", side_effect=OperationalError("partie"))
    with partie, pytest.raises(OperationalError):
        avancer_envois(acte=acte)
    assert issues() == []


def test_one_that_somebody_stops_meanwhile_is_left_alone(gt: Compte) -> None:
    cle = abonner_ici(gt, DEBUT)
    connu = lire_abonnement(cle)
    arreter_abonnement(cle, acte=Acte(acteur(gt, DEBUT), DEBUT + timedelta(minutes=1)))
    acte = Acte(service_des_abonnements(), FEVRIER)
    for module, agir in (
        (constater, constater_dus),
        (migrer, migrer.proposer_migrations),
        (migrer, migrer.porter_abonnements),
        (departs, departs.terminer_sans_droit),
    ):
        vivants = mock.patch.object(module, "list_vivants", return_value=(connu,))
        perdu = mock.patch.object(departs, "a_perdu_son_droit", return_value=True)
        with vivants, perdu:
            assert agir(acte=acte) == 0


def test_sante_knows_what_waits_without_a_word(gt: Compte) -> None:
    abonner_ici(gt, DEBUT)
    assert get_attente(le=FEVRIER).ouverts == 0
    verser(le(2024, 1, 31))
    courrier(FEVRIER)
    attente = get_attente(le=FEVRIER + timedelta(hours=5))
    assert attente.ouverts == 1
    assert timedelta(hours=4) < attente.depuis < timedelta(hours=5)


def test_nobody_else_passes(gt: Compte) -> None:
    for agir in (constater_dus, avancer_envois):
        with pytest.raises(NonHabilite):
            agir(acte=Acte(acteur(gt, FEVRIER), FEVRIER))


@pytest.mark.parametrize("issue", sorted(FINALES))
def test_the_database_keeps_one_end(gt: Compte, issue: str) -> None:
    abonner_ici(gt, DEBUT)
    nuit(FEVRIER)
    envoi = EnvoiDu.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        SuiteEnvoi.objects.create(
            envoi=envoi, issue=issue, auteur=gt.id, decide_par={"nom": ""}, survenu_le=FEVRIER
        )


def test_the_database_notes_an_occurrence_once(gt: Compte) -> None:
    abonner_ici(gt, DEBUT)
    nuit(FEVRIER)
    envoi = EnvoiDu.objects.get()
    with pytest.raises(IntegrityError, match="une_fois"), transaction.atomic():
        EnvoiDu.objects.create(
            abonnement=envoi.abonnement,
            occurrence="2024-02",
            due_le=envoi.due_le,
            du=envoi.du,
            au=envoi.au,
            survenu_le=FEVRIER,
        )


def test_at_publication_it_leaves_with_a_version_and_with_a_vintage_of_rpls(gt: Compte) -> None:
    abonner_ici(gt, le(2024, 3, 1), calendrier=Calendrier(Rythme.PUBLICATION))
    nuit(le(2024, 4, 14, 22))
    assert issues() == []
    nuit(le(2024, 4, 15))
    assert finales() == [("P2024-04-15", "ENVOYE")]
    millesime = Millesime(2027, rang=1, lignes=3, rejets=0, bailleurs=1, charge_le=le(2027, 3, 15))
    with mock.patch.object(rapports, "list_millesimes", return_value=(millesime,)):
        nuit(le(2027, 3, 16))
    assert [code for code, _ in finales()] == ["P2024-04-15", "P2027-03-15"]
