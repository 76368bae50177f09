"""Notices of renewal: in time whatever was missed, once, by the right channels, never silent when they cannot go."""

import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection

from sne.journal.models import Entree
from sne.notifications import tasks as envois
from sne.notifications.actions import noter_tentative
from sne.notifications.models import Message
from sne.notifications.rendu import rediger
from sne.notifications.rules import Canal, Issue, Resultat
from sne.notifications.tasks import service_des_messages
from sne.referentiels.rules import parametres_par_defaut
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.controle.models import Operation
from sne.registre.controle.rules.operations import TypeOperation
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Personne
from sne.registre.demande.models.tentative import TentativeRefusee
from sne.registre.demande.rules.services import horloge_du_registre, service_du_registre
from sne.registre.lecture.selectors.fiche import get_fiche
from sne.registre.modification.actions.modifier import modifier_demande
from sne.registre.modification.actions.reconcilier import Saisie
from sne.registre.vie import tasks
from sne.registre.vie.actions.expedier import expedier_preavis
from sne.registre.vie.actions.prevenir import noter_echec, prevenir_demande
from sne.registre.vie.actions.radier import expirer_demande
from sne.registre.vie.actions.renouveler import renouveler_demande
from sne.registre.vie.models.preavis import EchecPreavis, Preavis
from sne.registre.vie.rules.horloge import EtapeHorloge
from sne.registre.vie.selectors import preavis as selectors
from sne.registre.vie.selectors import renouvellement
from sne.registre.vie.selectors.horloge import list_passages
from sne.registre.vie.selectors.preavis import (
    compter_preavis_a_remettre,
    get_preavis,
    list_preavis_a_remettre,
)
from sne.registre.vie.tasks import passer_l_horloge
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, NonHabilite
from tests.notifications.serveurs import Boite, serveur_de_courriel
from tests.registre import factories as f
from tests.registre.enquete.enquetes import figer
from tests.registre.factories import midi

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var")]
DEPOT = date(2024, 2, 29)
EXPIRATION, LIMITE, RADIATION = date(2025, 2, 27), date(2025, 1, 27), date(2025, 3, 29)
OUVERTURE = date(2024, 12, 29)
HORLOGE, SERVICE = horloge_du_registre("099"), service_du_registre("099")
SANS_ADRESSE = {"etranger": False, "voie": "x" * 39, "code_postal": "99240", "commune": "99002"}
COURRIEL = {"courriel": "elodie@exemple.fr"}


@pytest.fixture
def boite(settings: Any) -> Iterator[Boite]:
    with serveur_de_courriel() as (url, recue):
        settings.SMTP_URL = url
        yield recue


@pytest.fixture
def retenir(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing ends without a notice."""

    def strictes(le: date) -> object:
        return parametres_par_defaut(le).avec(retenir_sans_preavis=True)

    for module in (selectors, renouvellement):
        monkeypatch.setattr(module, "get_parametres", strictes)


def deposee(nom: str = "Dubreuil", jour: date = DEPOT, **autres: Any) -> Demande:
    racine = {cle: autres.pop(cle) for cle in ("preferences", "accompagnant") if cle in autres}
    contenu = f.contenu(demandeur=f.personne(nom, **autres), **racine)
    recu = f.deposer(contenu, le=midi(jour), date_reception=jour, doublons_ecartes="Une autre personne.")
    return Demande.objects.get(id=recu.demande_id)


def passer_le(jour: date) -> None:
    passer_l_horloge(midi(jour), territoires=["099"])
    connection.check_constraints()


def comptes(jour: date, etape: EtapeHorloge = EtapeHorloge.PREAVIS) -> tuple[int, int, int]:
    (passage,) = (p for p in list_passages(jour) if p.etape is etape)
    return passage.traites, passage.retenues, passage.refuses


def reagir(verbe: str, jour: date) -> None:
    """What the journal's delivery does with the entries of this verb."""
    tache = {"PREVENIR": tasks.expedier, "REJETER_MESSAGE": tasks.suivre}[verbe]
    with time_machine.travel(midi(jour), tick=False):
        for entree in Entree.objects.filter(verbe=verbe).order_by("inscrit_le", "id"):
            tache(entree_id=str(entree.id), territoire="099")
    connection.check_constraints()


def prevenir_le(jour: date) -> None:
    passer_le(jour)
    reagir("PREVENIR", jour)


def envoyer_le(jour: date) -> None:
    with time_machine.travel(midi(jour), tick=False):
        envois.reprendre(timestamp=0)


def canaux() -> list[str]:
    return sorted(Message.objects.values_list("canal", flat=True))


def rejeter(message: Message, jour: date) -> None:
    resultat = Resultat(Issue.PERMANENT, "5.1.1")
    noter_tentative(message.id, resultat, acte=Acte(service_des_messages(), midi(jour)))
    reagir("REJETER_MESSAGE", jour)


def statut(demande: Demande) -> str:
    return str(Demande.objects.get(id=demande.id).statut)


@pytest.mark.parametrize(
    ("depot", "limite"),
    [
        (date(2023, 10, 1), date(2024, 8, 30)),
        (date(2024, 2, 29), date(2025, 1, 27)),
        (date(2024, 4, 15), date(2025, 3, 14)),
    ],
)
@pytest.mark.parametrize("panne", [0, 3])
def test_given_by_the_law_s_date_even_after_three_days_of_outage(
    depot: date, limite: date, panne: int
) -> None:
    demande = deposee(jour=depot)
    ouverture = demande.date_expiration - timedelta(days=60)
    passer_le(ouverture - timedelta(days=1))
    assert Preavis.objects.count() == 0
    passer_le(ouverture + timedelta(days=panne))
    preavis = Preavis.objects.get()
    assert preavis.jour == ouverture + timedelta(days=panne) <= limite
    assert preavis.date_expiration == demande.date_expiration
    assert Entree.objects.get(verbe="PREVENIR").faits["fait"] == str(preavis.id)
    assert Demande.objects.get().revision == 1


def test_clock_run_again_gives_it_once() -> None:
    deposee()
    for _ in range(2):
        prevenir_le(OUVERTURE)
    prevenir_le(OUVERTURE + timedelta(days=1))
    assert Preavis.objects.count() == 1
    assert canaux() == ["LETTRE"]
    assert comptes(OUVERTURE) == (1, 0, 0)
    assert comptes(OUVERTURE + timedelta(days=1)) == (0, 0, 0)


def test_renewed_is_told_again_the_year_after_only() -> None:
    demande = deposee()
    passer_le(OUVERTURE)
    contenu = get_fiche(demande, f.creer_acteur()).contenu
    renouveler_demande(
        demande.id,
        saisie=Saisie(contenu=contenu, revision=1),
        acte=Acte(f.creer_acteur(), midi(date(2025, 2, 1))),
        sans_changement=True,
    )
    passer_le(date(2025, 2, 2))
    assert Preavis.objects.count() == 1
    passer_le(date(2025, 12, 5))
    assert set(Preavis.objects.values_list("date_expiration", flat=True)) == {
        EXPIRATION,
        date(2026, 1, 31),
    }


def test_struck_off_or_long_over_is_not_told() -> None:
    """Found too late, it is struck off in the same pass: a notice would promise days that are gone."""
    demande = deposee()
    passer_le(RADIATION)
    assert (statut(demande), Preavis.objects.count()) == ("RADIEE", 0)
    passer_le(RADIATION + timedelta(days=1))
    assert Preavis.objects.count() == 0
    with pytest.raises(Interdit, match="plus ouverte"):
        prevenir_demande(demande.id, acte=Acte(HORLOGE, midi(RADIATION)))


def test_frozen_is_told_nothing() -> None:
    demande = deposee()
    figer(demande.id, le=midi(OUVERTURE - timedelta(days=1)))
    passer_le(OUVERTURE)
    assert comptes(OUVERTURE) == (0, 0, 0)
    with pytest.raises(Interdit, match="préavis de renouvellement attend"):
        prevenir_demande(demande.id, acte=Acte(HORLOGE, midi(OUVERTURE)))


def test_in_the_month_of_tolerance_it_says_that_validity_is_over() -> None:
    deposee(contact=COURRIEL)
    prevenir_le(date(2025, 3, 5))
    assert Preavis.objects.get().date_radiation == RADIATION
    contexte = envois.selectors.get_contenu(Message.objects.get(canal="COURRIEL").id)
    assert contexte is not None
    assert contexte.contexte["validite"] == "a pris fin"


def test_only_the_register_s_clock_gives_it() -> None:
    demande = deposee()
    with pytest.raises(NonHabilite):
        prevenir_demande(demande.id, acte=Acte(f.creer_acteur(), midi(OUVERTURE)))
    preavis = prevenir_demande(demande.id, acte=Acte(HORLOGE, midi(OUVERTURE)))
    assert preavis is not None
    with pytest.raises(NonHabilite):
        noter_echec(preavis.entree, (), acte=Acte(f.creer_acteur(), midi(OUVERTURE)))


class TestCanaux:
    """CCH R441-2-7, from the file to the messages."""

    @pytest.mark.parametrize(
        ("personne", "racine", "en_ligne", "attendus"),
        [
            ({}, {}, False, ["LETTRE"]),
            ({"contact": COURRIEL}, {}, False, ["COURRIEL", "LETTRE"]),
            ({"contact": COURRIEL}, {}, True, ["COURRIEL"]),
            (
                {"contact": COURRIEL},
                {"preferences": {"avis_renouvellement_electronique": False}},
                True,
                ["COURRIEL", "LETTRE"],
            ),
            ({"contact": COURRIEL}, {"accompagnant": {"accompagne": True}}, True, ["COURRIEL", "LETTRE"]),
            (
                {"contact": COURRIEL | {"telephone_portable": "+33612345678"}},
                {"preferences": {"notification_sms": True}},
                True,
                ["COURRIEL", "SMS"],
            ),
            ({"contact": COURRIEL | {"telephone_portable": "+33612345678"}}, {}, True, ["COURRIEL"]),
        ],
    )
    def test_by_the_file(
        self, personne: dict[str, Any], racine: dict[str, Any], en_ligne: bool, attendus: list[str]
    ) -> None:
        demande = deposee(**personne, **racine)
        if en_ligne:
            avancee(demande)
        prevenir_le(OUVERTURE)
        assert canaux() == attendus
        assert sorted(Preavis.objects.get().canaux) == attendus

    def test_address_that_refuses_messages_counts_for_none(self) -> None:
        demande = deposee(contact=COURRIEL)
        avancee(demande)
        Personne.objects.update(courriel_etat="INVALIDE")
        entree_de("INVALIDER_COURRIEL", demande)
        prevenir_le(OUVERTURE)
        assert canaux() == ["LETTRE"]

    def test_association_is_told(self) -> None:
        association = {"nom": "Toits d’Aurette", "contact": COURRIEL, "adresse_courrier": SANS_ADRESSE}
        souhaits = f.contenu().souhaits.model_dump(mode="json")
        brut = {"titulaire": "ASSOCIATION", "association": association, "souhaits": souhaits}
        f.deposer(Contenu.model_validate(brut), le=midi(DEPOT), date_reception=DEPOT)
        prevenir_le(OUVERTURE)
        assert canaux() == ["COURRIEL"]


def avancee(demande: Demande) -> None:
    """It was renewed on the portal once."""
    Operation.objects.create(
        territoire=demande.territoire,
        demande=demande,
        revision=demande.revision,
        type=TypeOperation.RENOUVELLEMENT,
        canal="PGP",
        auteur=demande.id,
        survenu_le=midi(DEPOT),
    )


def entree_de(verbe: str, demande: Demande) -> None:
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT journal_inscrire('099', %s, 1, %s, '{}', '{}', '[]', NULL, now())", [demande.id, verbe]
        )


class TestImpossible:
    """Nowhere to write: seen by somebody, never silent."""

    def test_is_written_counted_and_listed_once(self) -> None:
        demande = deposee(adresse_courrier=SANS_ADRESSE)
        prevenir_le(OUVERTURE)
        prevenir_le(OUVERTURE + timedelta(days=1))
        assert Message.objects.count() == 0
        assert comptes(OUVERTURE) == (0, 1, 0)
        assert comptes(OUVERTURE + timedelta(days=1)) == (0, 0, 0)
        lu = get_preavis(demande.id, EXPIRATION)
        assert lu is not None
        assert (lu.possible, lu.echoue) == (False, True)
        (cas,) = list_preavis_a_remettre(f.creer_acteur()).lignes
        assert (cas.nud, cas.date_radiation, cas.possible) == (demande.nud, RADIATION, False)
        assert compter_preavis_a_remettre(f.creer_acteur(guichet="G0992")) == 0
        assert compter_preavis_a_remettre(f.creer_acteur(territoire="02A", guichet="")) == 0

    def test_is_given_once_an_address_comes(self) -> None:
        demande = deposee(adresse_courrier=SANS_ADRESSE)
        prevenir_le(OUVERTURE)
        modifier_demande(
            demande.id, contenu=f.contenu(), revision=1, acte=Acte(f.creer_acteur(), midi(OUVERTURE))
        )
        prevenir_le(OUVERTURE + timedelta(days=1))
        assert canaux() == ["LETTRE"]
        assert compter_preavis_a_remettre(f.creer_acteur()) == 0
        lu = get_preavis(demande.id, EXPIRATION)
        assert lu is not None
        assert lu.possible

    def test_address_gone_before_the_messages_are_prepared(self) -> None:
        demande = deposee()
        passer_le(OUVERTURE)
        neuf = f.contenu(demandeur=f.personne(adresse_courrier=SANS_ADRESSE))
        modifier_demande(demande.id, contenu=neuf, revision=1, acte=Acte(f.creer_acteur(), midi(OUVERTURE)))
        reagir("PREVENIR", OUVERTURE)
        assert (Message.objects.count(), EchecPreavis.objects.count()) == (0, 1)

    def test_entry_of_no_notice(self) -> None:
        assert expedier_preavis(uuid.uuid4(), acte=Acte(SERVICE, midi(OUVERTURE))) == 0
        tasks.suivre(entree_id=str(uuid.uuid4()))
        assert EchecPreavis.objects.count() == 0


class TestEnvoi:
    """What leaves, by a real mail server, and what makes up for what does not arrive."""

    def test_email_says_all_that_the_law_wants(self, boite: Boite) -> None:
        avancee(deposee(contact=COURRIEL))
        prevenir_le(OUVERTURE)
        envoyer_le(OUVERTURE)
        (recu,) = boite.recus
        lu = message_from_bytes(recu.content, policy=policy.default)
        texte = lu.get_body(("plain",)).get_content()
        html = lu.get_body(("html",)).get_content()
        for mot in ("27 février 2025", "29 mars 2025", "29 août 2025", "099 0224"):
            assert mot in texte.replace("\u00a0", " ").replace("\n", " ")
            assert mot in html.replace("\u00a0", " ")
        assert "guichet" in texte
        assert "portail" not in texte  # none is configured
        assert canaux() == ["COURRIEL"]

    def test_refused_by_the_server_it_becomes_a_letter_in_the_same_run(self, boite: Boite, var: Path) -> None:
        avancee(deposee(contact={"courriel": "inconnu@exemple.fr"}))
        prevenir_le(OUVERTURE)
        envoyer_le(OUVERTURE)
        reagir("REJETER_MESSAGE", OUVERTURE)
        assert canaux() == ["COURRIEL", "LETTRE"]
        assert EchecPreavis.objects.count() == 0
        with time_machine.travel(midi(OUVERTURE) + timedelta(hours=1), tick=False):
            assert envois.deposer_lettres(timestamp=0) == 1
        (depot,) = (var / "courriers").iterdir()
        assert "Élodie Dubreuil;12 rue des Tanneurs;99240 Les Ormeaux" in (depot / "index.csv").read_text()

    def test_put_off_then_taken(self, boite: Boite) -> None:
        avancee(deposee(contact={"courriel": "plus-tard@exemple.fr"}))
        prevenir_le(OUVERTURE)
        envoyer_le(OUVERTURE)
        assert Message.objects.get().etat == "DIFFERE"
        for jours in (1, 2, 4):
            envoyer_le(OUVERTURE + timedelta(days=jours))
        assert canaux() == ["COURRIEL", "LETTRE"]

    def test_refused_by_every_channel_is_seen_once(self) -> None:
        demande = deposee(contact=COURRIEL)
        prevenir_le(OUVERTURE)
        rejeter(Message.objects.get(canal="COURRIEL"), OUVERTURE)
        assert EchecPreavis.objects.count() == 0  # the letter is on its way
        rejeter(Message.objects.get(canal="LETTRE"), OUVERTURE)
        assert EchecPreavis.objects.count() == 1
        (cas,) = list_preavis_a_remettre(f.creer_acteur()).lignes
        assert (cas.nud, cas.possible) == (demande.nud, True)

    def test_text_message_that_left_is_no_notice(self) -> None:
        mobile = {"telephone_portable": "+33612345678"}
        deposee(contact=COURRIEL | mobile, preferences={"notification_sms": True})
        prevenir_le(OUVERTURE)
        for canal in (Canal.COURRIEL, Canal.LETTRE):
            rejeter(Message.objects.get(canal=canal), OUVERTURE)
        assert EchecPreavis.objects.count() == 1


class TestRetenue:
    """« No demande lapses while its notice is known undelivered », off by default."""

    def perdue(self) -> Demande:
        demande = deposee()
        prevenir_le(OUVERTURE)
        rejeter(Message.objects.get(), OUVERTURE)
        return demande

    def test_off_it_ends_by_the_law_s_dates(self) -> None:
        demande = self.perdue()
        passer_le(RADIATION)
        assert statut(demande) == "RADIEE"

    def test_on_an_undelivered_notice_holds_both_ends(self, retenir: None) -> None:
        demande = self.perdue()
        passer_le(EXPIRATION + timedelta(days=1))
        passer_le(RADIATION)
        assert statut(demande) == "ACTIVE"
        assert comptes(RADIATION, EtapeHorloge.EXPIRATION) == (0, 1, 0)
        assert comptes(RADIATION, EtapeHorloge.RADIATION) == (0, 1, 0)
        assert TentativeRefusee.objects.count() == 0
        with pytest.raises(Interdit, match="par aucun moyen"):
            expirer_demande(demande.id, acte=Acte(HORLOGE, midi(RADIATION)))

    def test_on_one_that_left_in_time_holds_nothing(self, retenir: None) -> None:
        demande = deposee()
        prevenir_le(OUVERTURE)
        passer_le(EXPIRATION + timedelta(days=1))
        assert statut(demande) == "EXPIREE"
        passer_le(RADIATION)
        assert statut(demande) == "RADIEE"

    def test_on_one_never_made_is_made_and_given_its_month(self, retenir: None) -> None:
        demande = deposee()
        passer_le(RADIATION)
        assert statut(demande) == "ACTIVE"
        assert Preavis.objects.get().date_radiation == date(2025, 4, 29)
        passer_le(date(2025, 4, 28))
        assert statut(demande) == "ACTIVE"
        passer_le(date(2025, 4, 29))
        assert statut(demande) == "RADIEE"

    def test_on_an_impossible_one_holds(self, retenir: None) -> None:
        demande = deposee(adresse_courrier=SANS_ADRESSE)
        passer_le(OUVERTURE)
        passer_le(RADIATION)
        assert statut(demande) == "ACTIVE"
        with pytest.raises(Interdit, match="n’a pas pu être donné"):
            expirer_demande(demande.id, acte=Acte(HORLOGE, midi(RADIATION)))

    def test_on_held_very_long_it_may_still_be_renewed_and_is_promised_no_more(self, retenir: None) -> None:
        tard = date(2025, 12, 1)  # long past its last day to come back
        demande = deposee()
        prevenir_le(tard)
        lu = envois.selectors.get_contenu(Message.objects.get().id)
        assert lu is not None
        assert (lu.contexte["date_radiation"], lu.contexte["retour_jusqu_au"]) == ("1er janvier 2026", "")
        texte = rediger(lu.genre, Canal.LETTRE, lu.contexte).texte
        assert "Après cette date, il faudra déposer une nouvelle demande" in texte
        assert "faire revenir" not in texte
        renouveler_demande(
            demande.id,
            saisie=Saisie(contenu=get_fiche(demande, f.creer_acteur()).contenu, revision=1),
            acte=Acte(f.creer_acteur(), midi(tard + timedelta(days=5))),
            sans_changement=True,
        )
        assert Demande.objects.get().date_expiration == date(2026, 12, 5)
