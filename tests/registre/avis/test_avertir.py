"""A change is told to the addresses of before, once, without its values; where it is a danger, to the manager only."""

import uuid
from datetime import timedelta
from unittest import mock

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from sne.habilitations.rules import Role
from sne.journal import actions as journal
from sne.journal.handlers import abonnes
from sne.journal.models import Entree
from sne.notifications.models import Message
from sne.registre.avis import tasks
from sne.registre.avis.actions import avertir as actions
from sne.registre.avis.actions.avertir import avertir_du_changement
from sne.registre.avis.actions.s_opposer import LienFerme, lire_lien
from sne.registre.avis.models import AvisChangement
from sne.registre.avis.selectors.changement import DE_PIECES, get_avis_a_porter, is_annonce
from sne.registre.avis.tasks import ABONNE_AUX_CHANGEMENTS
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Identite, Personne
from sne.registre.demande.rules.services import service_du_registre
from sne.registre.demande.verbes import VerbeDemande
from sne.registre.handlers import CHANGENT_QUI_ET_COMMENT_JOINDRE
from sne.registre.modification.actions.modifier import modifier_demande
from sne.registre.modification.actions.reconcilier import Saisie
from sne.registre.pieces.rules.pieces_deposees import PieceSaisie
from sne.registre.vie.actions.renouveler import renouveler_demande
from sne.socle.acte import Acte
from sne.socle.erreurs import Introuvable, NonHabilite
from tests.journal.test_journal import tout_sceller
from tests.registre import factories as f
from tests.registre.avis import avis as a
from tests.registre.enquete.enquetes import gt
from tests.registre.pieces import pieces
from tests.registre.restauration.detournements import retablir
from tests.registre.separation.separations import PAUL, couple, deposer_couple, personne_de, separer, seul

pytestmark = pytest.mark.django_db
CLE, SANS_CLE = "AVIS_CHANGEMENT", "CHANGEMENT_ENREGISTRE"
PORTABLE = "+33611223344"


def sans_envoi() -> None:
    assert a.envois() == set()


def confies() -> list[tuple[str, list[str]]]:
    return [(x.raison, x.codes) for x in AvisChangement.objects.exclude(raison="").order_by("raison")]


def test_what_was_not_done_is_not_announced() -> None:
    recepisse = a.deposer()
    assert not is_annonce(recepisse.demande_id, 1, VerbeDemande.MODIFIER, survenu_le=f.MAINTENANT)
    a.changer(recepisse.demande_id, a.contenu(a.APRES))
    assert not is_annonce(recepisse.demande_id, 1, VerbeDemande.MODIFIER, survenu_le=f.MAINTENANT)
    assert is_annonce(recepisse.demande_id, 2, VerbeDemande.MODIFIER, survenu_le=f.MAINTENANT)


def test_the_old_address_gets_the_link_the_new_one_does_not() -> None:
    recepisse = a.deposer()
    a.changer(recepisse.demande_id, a.contenu(a.APRES, nom="Morel"))
    assert a.envois() == {
        (CLE, "COURRIEL", a.AVANT),
        (CLE, "SMS", PORTABLE),
        (SANS_CLE, "COURRIEL", a.APRES),
    }
    for mots in a.textes():
        for valeur in (a.APRES, a.AVANT, "Morel", "Dubreuil", "Camille"):
            assert valeur not in "".join(mots.values())
        assert mots["par"] == "par le guichet CCAS d’Aurette-la-Ville"
        assert mots["changements"].split("\n") == [
            "Nom de naissance\u00a0: changement demandé, rien n’est changé pour l’instant",
            "Adresse électronique\u00a0: changée",
        ]


def test_it_is_told_once_and_named_in_the_history() -> None:
    recepisse = a.deposer()
    a.changer(recepisse.demande_id, a.contenu(a.APRES))
    a.avertir("MODIFIER")
    assert (Message.objects.count(), AvisChangement.objects.count()) == (3, 3)
    entree = Entree.objects.get(verbe="AVERTIR")
    assert (entree.demande, entree.revision, entree.acteur["canal"]) == (recepisse.demande_id, 2, "SYSTEME")
    assert not Entree.objects.filter(verbe="CONFIER_AVIS").exists()


def test_what_is_said_of_the_token_is_only_its_fingerprint() -> None:
    a.changer(a.deposer().demande_id, a.contenu(a.APRES))
    jeton = a.jeton()
    assert len(jeton) == actions.LONGUEUR
    with connection.cursor() as curseur:
        curseur.execute("SELECT row_to_json(x)::text FROM avis_changement x")
        assert jeton not in str(curseur.fetchall())
    assert sorted(bool(x.jeton) for x in AvisChangement.objects.all()) == [False, True, True]


def test_an_ordinary_change_tells_nobody() -> None:
    a.changer(a.deposer().demande_id, a.contenu(precisions="Un mot"))
    sans_envoi()
    assert not Entree.objects.filter(verbe__in=["AVERTIR", "CONFIER_AVIS"]).exists()


def test_an_ordinary_change_costs_as_little_whatever_came_before() -> None:
    recepisse = a.deposer()
    cout = []
    for rang in range(4):
        modifier_demande(
            recepisse.demande_id,
            contenu=a.contenu(precisions=f"Mot {rang}"),
            revision=1 + rang,
            acte=Acte(f.creer_acteur(), f.MAINTENANT),
        )
        entree = Entree.objects.filter(verbe="MODIFIER").latest("id")
        with CaptureQueriesContext(connection) as captees:
            avertir_du_changement(
                entree.id,
                demande_id=recepisse.demande_id,
                revision=2 + rang,
                acte=Acte(service_du_registre("099"), f.MAINTENANT),
            )
        cout.append(len(captees))
    assert len(set(cout)) == 1
    assert cout[0] <= 7  # one of them because this entry waits for its seal


def test_the_database_lets_what_is_told_change_by_acts_that_are_told() -> None:
    with connection.cursor() as curseur:
        curseur.execute("SELECT unnest(registre_verbes_annonces()), unnest(registre_verbes())")
        lignes = curseur.fetchall()
    annonces, tous = ({ligne[rang] for ligne in lignes} - {None} for rang in (0, 1))
    assert annonces == tous & CHANGENT_QUI_ET_COMMENT_JOINDRE - DE_PIECES


def test_an_address_replaced_lately_is_still_told() -> None:
    recepisse = a.deposer()
    a.changer(recepisse.demande_id, a.contenu("milieu@exemple.fr"), le=f.MAINTENANT - 20 * a.JOUR)
    a.changer(recepisse.demande_id, a.contenu(a.APRES), revision=2)
    assert {ou for _, canal, ou in a.envois() if canal == "COURRIEL"} == {
        a.AVANT,
        "milieu@exemple.fr",
        a.APRES,
    }
    assert AvisChangement.objects.filter(revision=3).exclude(jeton=None).count() == 3


def test_an_address_replaced_long_ago_is_not() -> None:
    recepisse = a.deposer()
    a.changer(recepisse.demande_id, a.contenu("milieu@exemple.fr"), le=f.MAINTENANT - 31 * a.JOUR)
    a.changer(recepisse.demande_id, a.contenu(a.APRES), revision=2)
    assert AvisChangement.objects.filter(revision=3).exclude(jeton=None).count() == 2


def test_without_e_mail_nor_telephone_a_letter() -> None:
    a.changer(a.deposer(a.contenu(None, None)).demande_id, a.contenu(a.APRES, None))
    assert a.envois() == {
        (CLE, "LETTRE", "Élodie Dubreuil 12 rue des Tanneurs 99240 Les Ormeaux"),
        (SANS_CLE, "COURRIEL", a.APRES),
    }


def test_an_address_that_refuses_messages_is_not_written_to() -> None:
    recepisse = a.deposer(a.contenu(mobile=None))
    Personne.objects.update(courriel_etat="INVALIDE")
    a.changer(recepisse.demande_id, a.contenu(mobile=None, nom="Morel"))
    assert a.envois() == {(CLE, "LETTRE", "Élodie Dubreuil 12 rue des Tanneurs 99240 Les Ormeaux")}


def test_a_change_by_renewal_is_told_too() -> None:
    recepisse = a.deposer(le=f.MAINTENANT - 330 * a.JOUR)
    renouveler_demande(
        recepisse.demande_id,
        saisie=Saisie(a.contenu(a.APRES), 1, {}),
        acte=Acte(f.creer_acteur(), f.MAINTENANT),
    )
    a.avertir("RENOUVELER")
    assert (CLE, "COURRIEL", a.AVANT) in a.envois()


@pytest.mark.parametrize(
    ("role", "par"), [(Role.GESTIONNAIRE_TERRITORIAL, "par le gestionnaire territorial")]
)
def test_the_door_is_named_never_the_person(role: Role, par: str) -> None:
    a.changer(a.deposer().demande_id, a.contenu(a.APRES), acteur=f.creer_acteur(role))
    assert {mots["par"] for mots in a.textes()} == {par}


def test_an_identity_put_in_force_is_told_after_it_was_told_asked_for() -> None:
    recepisse = a.deposer()
    a.changer(recepisse.demande_id, a.contenu(nom="Morel"))
    f.decider(Identite.objects.get(voie="CONTROLE"))
    a.avertir("VALIDER_IDENTITE", le=f.MAINTENANT + a.HEURE)
    phrases = ["changement demandé, rien n’est changé pour l’instant"] * 2 + ["changé"] * 2
    assert [mots["changements"] for mots in a.textes()] == [f"Nom de naissance\u00a0: {x}" for x in phrases]


def test_put_back_by_two_persons_who_had_taken_it_is_told_and_holds_no_key() -> None:
    recepisse = a.deposer()
    a.changer(recepisse.demande_id, a.contenu("voleur@exemple.fr"), le=f.MAINTENANT - 2 * a.JOUR)
    a.changer(
        recepisse.demande_id,
        a.contenu("voleur@exemple.fr", a.AUTRE_MOBILE),
        revision=2,
        le=f.MAINTENANT - a.JOUR,
    )
    tardive = a.jeton(a="voleur@exemple.fr")
    lire_lien(tardive, survenu_le=f.MAINTENANT)
    retablir(recepisse.demande_id, a_part=False)
    a.avertir("RESTAURER")
    remises = AvisChangement.objects.filter(revision=4)
    assert sorted((x.canal, bool(x.jeton)) for x in remises) == [("COURRIEL", False), ("SMS", False)]
    assert {ou for genre, _, ou in a.envois() if genre == SANS_CLE} >= {"voleur@exemple.fr", "+33655667788"}
    for jeton in (tardive, a.jeton(a=PORTABLE)):
        with pytest.raises(LienFerme):
            lire_lien(jeton, survenu_le=f.MAINTENANT)


class TestPieces:
    """Identity documents."""

    def test_the_first_one_of_a_young_demande_is_no_change(self) -> None:
        pieces.joindre(a.deposer(le=f.MAINTENANT - 2 * a.JOUR).demande_id)
        a.avertir("JOINDRE_PIECE")
        sans_envoi()

    def test_a_second_one_is(self) -> None:
        demande = a.deposer(le=f.MAINTENANT - 2 * a.JOUR).demande_id
        pieces.joindre(demande)
        pieces.joindre(demande)
        a.avertir("JOINDRE_PIECE")
        assert a.envois() == {(CLE, "COURRIEL", a.AVANT), (CLE, "SMS", PORTABLE)}
        assert {mots["changements"] for mots in a.textes()} == {
            "Pièce d’identité\u00a0: ajoutée ou remplacée"
        }

    def test_the_first_one_of_an_old_demande_is(self) -> None:
        pieces.joindre(a.deposer().demande_id)
        a.avertir("JOINDRE_PIECE")
        assert len(a.envois()) == 2

    def test_another_document_tells_nobody(self) -> None:
        pieces.joindre(
            a.deposer().demande_id, PieceSaisie("AVIS_IMPOSITION_N2", reference="demandeur", annee=2024)
        )
        a.avertir("JOINDRE_PIECE")
        sans_envoi()


class TestProteges:
    """Whoever is fled learns nothing."""

    def test_violence_among_the_reasons_sends_nothing(self) -> None:
        recepisse = a.deposer(a.contenu(motifs=a.VIOLENCES))
        a.changer(recepisse.demande_id, a.contenu(a.APRES, motifs=a.VIOLENCES))
        sans_envoi()
        assert Message.objects.count() == 0
        assert confies() == [("PROTEGEE", ["COURRIEL:FAIT:VOUS"])]

    @pytest.mark.parametrize(("avant", "apres"), [({}, a.VIOLENCES), (a.VIOLENCES, {})])
    def test_said_in_the_same_act_or_taken_back_it_sends_nothing(
        self, avant: dict[str, list[str]], apres: dict[str, list[str]]
    ) -> None:
        recepisse = a.deposer(a.contenu(motifs=avant))
        a.changer(recepisse.demande_id, a.contenu(a.APRES, motifs=apres))
        sans_envoi()
        assert [raison for raison, _ in confies()] == ["PROTEGEE" if avant else "PROTECTION_NEUVE"]

    def test_said_a_little_before_it_sends_nothing_and_the_manager_reads_since_when(self) -> None:
        recepisse = a.deposer()
        dite_le = f.MAINTENANT - 29 * a.JOUR
        a.changer(recepisse.demande_id, a.contenu(motifs=a.VIOLENCES), le=dite_le)
        a.changer(recepisse.demande_id, a.contenu(a.APRES, motifs=a.VIOLENCES), revision=2)
        sans_envoi()
        avis = AvisChangement.objects.get()
        lu = get_avis_a_porter(avis.id, f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL))
        assert (lu.raison, lu.violences_le) == ("PROTECTION_NEUVE", dite_le)

    def test_said_long_before_it_is_no_news(self) -> None:
        recepisse = a.deposer()
        a.changer(recepisse.demande_id, a.contenu(motifs=a.VIOLENCES), le=f.MAINTENANT - 31 * a.JOUR)
        a.changer(recepisse.demande_id, a.contenu(a.APRES, motifs=a.VIOLENCES), revision=2)
        avis = AvisChangement.objects.get()
        lu = get_avis_a_porter(avis.id, f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL))
        assert (lu.raison, lu.violences_le) == ("PROTEGEE", None)

    def test_taken_back_long_ago_it_still_sends_nothing(self) -> None:
        recepisse = a.deposer(a.contenu(motifs=a.VIOLENCES))
        a.changer(recepisse.demande_id, a.contenu(), le=f.MAINTENANT - 200 * a.JOUR)
        a.changer(recepisse.demande_id, a.contenu(a.APRES), revision=2)
        sans_envoi()

    def test_leaving_for_a_secret_demande_tells_the_household_nothing(self) -> None:
        demande = deposer_couple()
        separer(demande, seul(), secrete=True)
        a.avertir("SEPARER")
        sans_envoi()
        assert [raison for raison, _ in confies()] == ["PROTEGEE"]

    def test_leaving_for_a_demande_that_says_violence_tells_the_household_nothing(self) -> None:
        separer(deposer_couple(), seul(motifs=a.VIOLENCES))
        a.avertir("SEPARER")
        sans_envoi()

    def test_leaving_otherwise_is_told_to_who_stays(self) -> None:
        demande = deposer_couple()
        separer(demande)
        a.avertir("SEPARER")
        assert (CLE, "COURRIEL", "Foyer@exemple.fr") in a.envois()
        assert {mots["changements"] for mots in a.textes()} == {
            "Cotitulaires de la demande\u00a0: liste changée"
        }

    def test_the_secret_demande_itself_tells_nobody(self) -> None:
        nouvelle = separer(deposer_couple(), seul(), secrete=True)
        neuf = seul(
            f.personne(
                **{"identite": seul().demandeur.identite.model_dump(mode="json")},
                contact={"courriel": a.APRES},
            )
        )
        a.changer(nouvelle.id, neuf)
        sans_envoi()
        assert [raison for raison, _ in confies()] == ["PROTEGEE"]

    def test_a_contact_shared_with_the_household_left_is_the_managers(self) -> None:
        paul = f.personne(
            **PAUL,
            contact={"courriel": "foyer@exemple.fr", "telephone_portable": "06 55 66 77 88"},
        )
        nouvelle = separer(deposer_couple(), seul(paul))
        a.changer(nouvelle.id, seul(paul | {"contact": {"courriel": a.APRES}}))
        assert a.envois() == {(CLE, "SMS", "+33655667788"), (SANS_CLE, "COURRIEL", a.APRES)}
        assert [raison for raison, _ in confies()] == ["CONTACT_PARTAGE"]

    def test_a_contact_that_who_left_had_is_the_managers(self) -> None:
        """The household left behind used the e-mail of who left: they would be told of it."""
        contact = {"courriel": "paul@exemple.fr"}
        ensemble = couple(
            demandeur=f.personne(contact=contact),
            cotitulaires=[f.personne(**PAUL, contact=contact, lien_demandeur="M")],
        )
        recepisse = f.deposer(ensemble, le=a.ANCIEN)
        demande = Demande.objects.get(id=recepisse.demande_id)
        separer(demande, personne=personne_de(demande.id))
        a.avertir("SEPARER")
        sans_envoi()
        a.changer(demande.id, f.contenu(demandeur=f.personne(contact={"courriel": a.APRES})), revision=2)
        assert a.envois() == {(SANS_CLE, "COURRIEL", a.APRES)}
        assert {raison for raison, _ in confies()} == {"CONTACT_PARTAGE"}

    def test_who_is_taken_off_by_a_decision_is_told_by_the_manager(self) -> None:
        """An adult who left holds no key to the file of those who stay."""
        paul = f.personne(**PAUL, contact={"courriel": "paul@exemple.fr"}, lien_demandeur="M")
        recepisse = a.deposer(a.contenu(cotitulaires=[paul]))
        a.changer(recepisse.demande_id, a.contenu())
        assert {ou for _, _, ou in a.envois()} == {a.AVANT, PORTABLE, "paul@exemple.fr"}
        avant = Message.objects.count()
        f.decider(Identite.objects.get(retrait=True))
        a.avertir("VALIDER_IDENTITE", le=f.MAINTENANT + a.HEURE)
        assert Message.objects.count() == avant + 2
        assert confies() == [("CONTACT_PARTAGE", ["COTITULAIRE:FAIT:VOUS"])]
        with pytest.raises(LienFerme):
            lire_lien(a.jeton(a="paul@exemple.fr"), survenu_le=f.MAINTENANT + a.HEURE)

    def test_no_letter_goes_to_the_household_left(self) -> None:
        chez_elodie = f.personne(**PAUL)
        nouvelle = separer(deposer_couple(), f.contenu(demandeur=chez_elodie))
        a.changer(nouvelle.id, f.contenu(demandeur=chez_elodie | {"contact": {"courriel": a.APRES}}))
        assert a.envois() == {(SANS_CLE, "COURRIEL", a.APRES)}
        assert [raison for raison, _ in confies()] == ["CONTACT_PARTAGE"]


def test_only_the_service_tells() -> None:
    recepisse = a.deposer()
    a.changer(recepisse.demande_id, a.contenu(a.APRES))
    entree = Entree.objects.get(verbe="MODIFIER")
    with pytest.raises(NonHabilite):
        avertir_du_changement(
            entree.id, demande_id=recepisse.demande_id, revision=2, acte=Acte(gt(), f.MAINTENANT)
        )
    with pytest.raises(Introuvable):
        avertir_du_changement(
            entree.id,
            demande_id=recepisse.demande_id,
            revision=2,
            acte=Acte(service_du_registre("02A"), f.MAINTENANT),
        )


def test_a_failure_of_the_journal_leaves_nothing() -> None:
    recepisse = a.deposer()
    with (
        mock.patch.object(journal, "inscrire", side_effect=RuntimeError),
        pytest.raises(RuntimeError),
    ):
        a.changer(recepisse.demande_id, a.contenu(a.APRES))
    assert (Message.objects.count(), AvisChangement.objects.count()) == (0, 0)


def test_the_journal_delivers_every_act_that_may_change_them() -> None:
    (abonne,) = [x for x in abonnes() if x.nom == ABONNE_AUX_CHANGEMENTS]
    assert abonne.tache == tasks.AVERTIR
    assert abonne.verbes == {
        "MODIFIER", "RENOUVELER", "REACTIVER", "SEPARER", "JOINDRE_PIECE", "REMPLACER_PIECE",
        "VALIDER_IDENTITE", "RESTAURER", "PERMETTRE_CONTACT",
    }  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_a_notice_whose_job_was_lost_is_told_the_next_night() -> None:
    modifier_demande(
        a.deposer().demande_id,
        contenu=a.contenu(a.APRES),
        revision=1,
        acte=Acte(f.creer_acteur(), f.MAINTENANT),
    )
    tout_sceller()
    for _ in range(2):  # told, it is not told again
        assert tasks.rattraper(timestamp=0) == 1
    for job in ProcrastinateJob.objects.filter(task_name=tasks.AVERTIR):
        tasks.avertir(**job.args)
    assert a.envois() == {(CLE, "COURRIEL", a.AVANT), (CLE, "SMS", PORTABLE), (SANS_CLE, "COURRIEL", a.APRES)}
    assert AvisChangement.objects.count() == 3


@pytest.mark.parametrize(
    "colonnes",
    [
        {"raison": "INJOIGNABLE"},
        {"raison": "AUTRE", "canal": "", "message": None, "empreinte": None, "jeton": None},
        {"porte_le": f.MAINTENANT},
        {"jeton": b"court"},
    ],
)
def test_the_database_keeps_notices_whole(colonnes: dict[str, object]) -> None:
    a.changer(a.deposer().demande_id, a.contenu(a.APRES))
    un = AvisChangement.objects.exclude(jeton=None).first()
    assert un is not None
    un.id, un.origine, un.jeton = uuid.uuid4(), uuid.uuid4(), None
    for nom, valeur in colonnes.items():
        setattr(un, nom, valeur)
    with pytest.raises(IntegrityError, match="avis_changement"), transaction.atomic():
        un.save(force_insert=True)


@pytest.mark.parametrize("colonne", ["raison", "codes", "jeton", "message", "origine"])
def test_nobody_rewrites_a_notice(colonne: str) -> None:
    a.changer(a.deposer().demande_id, a.contenu(a.APRES))
    un = AvisChangement.objects.first()
    assert un is not None
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        un.save(update_fields=[colonne])


def test_the_database_wants_an_entry_that_names_the_notice() -> None:
    a.changer(a.deposer().demande_id, a.contenu(a.APRES))
    un = AvisChangement.objects.exclude(jeton=None).first()
    assert un is not None
    un.id, un.origine, un.jeton = uuid.uuid4(), uuid.uuid4(), None
    un.survenu_le += timedelta(hours=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        un.save(force_insert=True)
        connection.check_constraints()
