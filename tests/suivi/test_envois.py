"""The monthly mailing: the territory's own, once for each month, caught up, never stranded by somebody's departure."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from unittest import mock

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from sne.habilitations.models import Compte, Habilitation
from sne.habilitations.rules import Role
from sne.journal import actions as journal
from sne.journal.models import Entree
from sne.notifications.envois.pieces import get_pieces
from sne.notifications.models import MessageAgent
from sne.notifications.selectors import get_contenu
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, NonHabilite
from sne.socle.horloge import PARIS
from sne.socle.tableur import Format
from sne.suivi.actions.activite import service_du_suivi
from sne.suivi.actions.envoyer import envoyer_recapitulatifs
from sne.suivi.actions.programmer import arreter_envoi, programmer_envoi
from sne.suivi.models import EnvoiFait, EnvoiProgramme
from sne.suivi.rules.envois import Reglage, mois_dus
from sne.suivi.selectors.envois import get_envoi, list_decisions
from tests.habilitations.factories import creer_exploitation, creer_gestionnaire, dire_les_retraits
from tests.registre import factories as f
from tests.suivi.factories import NOVEMBRE, OCTOBRE, activite, remarquable

LE_DEUX = Reglage(2, Format.XLSX)
DECEMBRE, JANVIER = date(2026, 12, 1), date(2027, 1, 1)


@pytest.mark.parametrize(
    ("le", "depuis", "faits", "dus"),
    [
        (date(2026, 12, 1), date(2026, 11, 24), (), ()),
        (date(2026, 12, 2), date(2026, 11, 24), (), (NOVEMBRE,)),
        (date(2026, 12, 3), date(2026, 11, 24), (NOVEMBRE,), ()),
        (date(2027, 2, 10), date(2026, 11, 24), (NOVEMBRE,), (DECEMBRE, JANVIER)),
        (date(2026, 11, 24), date(2026, 11, 24), (), ()),
        (date(2026, 11, 2), date(2026, 11, 2), (), (OCTOBRE,)),
    ],
)
def test_a_month_is_due_on_its_day_of_the_next_one(
    le: date, depuis: date, faits: tuple[date, ...], dus: tuple[date, ...]
) -> None:
    assert mois_dus(LE_DEUX, depuis=depuis, le=le, faits=faits) == dus


@pytest.fixture
def gt() -> Acteur:
    return f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL)


def programmer(acteur: Acteur, jour: int = 2, format_: str = "xlsx", le: datetime = f.MAINTENANT) -> None:
    programmer_envoi(jour, format_, acte=Acte(acteur, le))
    connection.check_constraints()


def nuit(le: date) -> int:
    """The pass of that night; how many months left."""
    instant = datetime(le.year, le.month, le.day, 3, 4, tzinfo=PARIS)
    envoyes = envoyer_recapitulatifs(acte=Acte(service_du_suivi(), instant))
    connection.check_constraints()
    return envoyes


def destinataires(genre: str = "RECAPITULATIF") -> list[str]:
    contenus = [get_contenu(m.id) for m in MessageAgent.objects.filter(genre=genre).order_by("id")]
    return [contenu.destinataire for contenu in contenus if contenu]


@pytest.mark.django_db
class TestProgrammer:
    """Started, changed, stopped: each an act, by any manager of the territory."""

    def test_each_decision_is_added_and_told(self, gt: Acteur) -> None:
        autre = f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL)
        programmer(gt)
        programmer(autre, 5, "csv", le=f.MAINTENANT + timedelta(days=1))
        envoi = get_envoi("099")
        assert envoi is not None
        assert (envoi.reglage, envoi.depuis) == (Reglage(5, Format.CSV), f.AUJOURD_HUI)
        arreter_envoi(acte=Acte(autre, f.MAINTENANT + timedelta(days=2)))
        connection.check_constraints()
        assert get_envoi("099") is None
        assert [d.reglage for d in list_decisions("099")] == [None, Reglage(5, Format.CSV), LE_DEUX]
        dits = Entree.objects.order_by("inscrit_le", "id").values_list("verbe", "territoire")
        assert list(dits) == [
            ("PROGRAMMER_ENVOI", "099"),
            ("PROGRAMMER_ENVOI", "099"),
            ("ARRETER_ENVOI", "099"),
        ]
        programmer(gt, le=f.MAINTENANT + timedelta(days=3))
        repris = get_envoi("099")
        assert repris is not None
        assert repris.depuis == f.AUJOURD_HUI + timedelta(days=3)

    @pytest.mark.parametrize(
        ("jour", "format_", "champ"), [(0, "xlsx", "jour"), (29, "csv", "jour"), (2, "pdf", "format")]
    )
    def test_a_wrong_setting_is_refused_on_its_field(
        self, gt: Acteur, jour: int, format_: str, champ: str
    ) -> None:
        with pytest.raises(Interdit) as exc:
            programmer(gt, jour, format_)
        assert exc.value.champ == champ

    def test_the_same_again_or_nothing_to_stop_is_refused(self, gt: Acteur) -> None:
        with pytest.raises(Interdit):
            arreter_envoi(acte=Acte(gt, f.MAINTENANT))
        programmer(gt)
        with pytest.raises(Interdit):
            programmer(gt)

    @pytest.mark.parametrize(
        "role", [Role.RESPONSABLE_GUICHET, Role.AGENT_GUICHET, Role.EXPLOITATION_NATIONALE]
    )
    def test_nobody_else_decides(self, role: Role) -> None:
        acteur = replace(f.creer_acteur(role), territoire="099")
        with pytest.raises(NonHabilite):
            programmer(acteur)
        with pytest.raises((NonHabilite, Interdit)):
            arreter_envoi(acte=Acte(acteur, f.MAINTENANT))

    def test_nothing_is_kept_when_the_journal_fails(self, gt: Acteur) -> None:
        casse = mock.patch.object(journal, "INSCRIRE", "SELECT * FROM nulle_part(%s)")
        with casse, pytest.raises(DatabaseError), transaction.atomic():
            programmer(gt)
        assert not EnvoiProgramme.objects.exists()

    def test_the_database_refuses_a_decision_that_is_not_told(self) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            EnvoiProgramme.objects.create(
                territoire="099",
                actif=True,
                jour=2,
                format="csv",
                auteur=f.inconnu(),
                decide_par={},
                survenu_le=f.MAINTENANT,
            )
            connection.check_constraints()


@pytest.mark.django_db
class TestEnvoyer:
    """By night, to whoever holds the territory then."""

    @pytest.fixture
    def compte(self, gt: Acteur) -> Compte:
        """A manager, the mailing that another one started, and a month of figures."""
        remarquable(mois=NOVEMBRE)
        activite("G0991", NOVEMBRE, traitees=2_000)
        programmer(gt)
        return creer_gestionnaire(courriel="un@exemple.fr", le=f.MAINTENANT)

    def test_each_manager_of_that_day_is_written_to_once(self, compte: Compte) -> None:
        creer_gestionnaire(courriel="deux@exemple.fr", le=f.MAINTENANT)
        creer_gestionnaire("02B", courriel="ailleurs@exemple.fr", le=f.MAINTENANT)
        assert nuit(date(2026, 12, 1)) == 0
        assert nuit(date(2026, 12, 2)) == 1
        assert nuit(date(2026, 12, 2)) == 0
        assert sorted(destinataires()) == ["deux@exemple.fr", "un@exemple.fr"]
        fait = EnvoiFait.objects.get()
        assert (fait.mois, fait.lu, fait.destinataires) == (NOVEMBRE, True, 2)
        dit = Entree.objects.get(verbe="ENVOYER_RECAPITULATIF")
        assert dit.faits == {
            "fait": str(fait.id),
            "mois": "2026-11",
            "destinataires": 2,
            "a_l_operateur": False,
        }

    def test_the_message_says_the_month_and_carries_the_file(self, compte: Compte) -> None:
        nuit(date(2026, 12, 2))
        message = MessageAgent.objects.get()
        contenu = get_contenu(message.id)
        assert contenu is not None
        assert contenu.contexte["mois"] == "novembre 2026"
        assert contenu.contexte["guichets"] == "2\u00a0guichets ont traité des demandes"
        assert contenu.contexte["signales"] == "1\u00a0guichet est signalé"
        assert contenu.contexte["lien"].endswith("/suivi/recapitulatif/?mois=2026-11")
        [piece] = get_pieces(contenu.piece, territoire="099")
        assert piece.nom == "recapitulatif-099-2026-11.xlsx"
        assert piece.contenu.startswith(b"PK")
        assert "spreadsheetml" in piece.type_mime

    def test_what_an_outage_held_back_leaves_afterwards(self, compte: Compte) -> None:
        assert nuit(date(2027, 1, 20)) == 2
        assert set(EnvoiFait.objects.values_list("mois", flat=True)) == {NOVEMBRE, DECEMBRE}
        assert "Aucun guichet n’est signalé" in str([get_contenu(m.id) for m in MessageAgent.objects.all()])

    def test_it_survives_whoever_started_it(self, compte: Compte) -> None:
        """The account that decided of it never had any role: the others are still written to."""
        assert not Habilitation.objects.filter(compte=EnvoiProgramme.objects.get().auteur).exists()
        assert nuit(date(2026, 12, 2)) == 1
        assert destinataires() == ["un@exemple.fr"]

    def test_without_a_manager_the_operator_is_told_and_it_leaves_later(self, compte: Compte) -> None:
        Habilitation.objects.filter(compte=compte).update(
            fin=date(2026, 12, 1), retiree_par=f.inconnu(), retiree_le=f.MAINTENANT
        )
        dire_les_retraits(compte)
        assert nuit(date(2026, 12, 2)) == 0
        assert not EnvoiFait.objects.exists()
        creer_exploitation(courriel="operateur@exemple.fr", le=f.MAINTENANT)
        assert nuit(date(2026, 12, 3)) == 0
        assert nuit(date(2026, 12, 4)) == 0
        assert destinataires("RECAPITULATIF_SANS_LECTEUR") == ["operateur@exemple.fr"]
        assert [fait.lu for fait in EnvoiFait.objects.all()] == [False]
        creer_gestionnaire(courriel="nouveau@exemple.fr", le=f.MAINTENANT)
        assert nuit(date(2026, 12, 5)) == 1
        assert destinataires() == ["nouveau@exemple.fr"]

    def test_a_mailing_that_was_stopped_sends_nothing(self, compte: Compte, gt: Acteur) -> None:
        arreter_envoi(acte=Acte(gt, f.MAINTENANT + timedelta(days=1)))
        assert nuit(date(2026, 12, 2)) == 0
        assert not MessageAgent.objects.exists()

    def test_nobody_else_sends(self, gt: Acteur) -> None:
        with pytest.raises(NonHabilite):
            envoyer_recapitulatifs(acte=Acte(gt, f.MAINTENANT))

    def test_nothing_leaves_when_the_journal_fails(self, compte: Compte) -> None:
        casse = mock.patch.object(journal, "INSCRIRE", "SELECT * FROM nulle_part(%s)")
        with casse, pytest.raises(DatabaseError), transaction.atomic():
            nuit(date(2026, 12, 2))
        assert not MessageAgent.objects.exists()
        assert not EnvoiFait.objects.exists()
