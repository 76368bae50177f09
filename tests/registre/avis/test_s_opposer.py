"""« Ce n’est pas moi »: one link, one freeze, one enquiry, one receipt; and « je me suis trompé »."""

import uuid
from collections.abc import Iterator
from typing import Any
from unittest import mock

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from sne.habilitations.rules import Role
from sne.journal import actions as journal
from sne.journal.models import Entree
from sne.notifications.models import Message
from sne.registre.attente.models import Attente
from sne.registre.avis.actions import s_opposer as actions
from sne.registre.avis.actions.s_opposer import LienFerme, lire_lien, lire_retrait, retirer_opposition
from sne.registre.avis.models import AvisChangement, Opposition
from sne.registre.avis.selectors import changement as selectors
from sne.registre.avis.selectors.oppositions import list_oppositions
from sne.registre.demande.models.demande import Demande
from sne.registre.depot.actions.deposer import Recepisse
from sne.registre.enquete.actions.enquetes import clore_enquete
from sne.registre.enquete.actions.gels import decider_levee, demander_levee
from sne.registre.enquete.models.enquete import DossierEnquete, ElementEnquete, Gel, LeveeGel
from sne.registre.enquete.rules.gel import DossierFige, phrase_de_l_etat
from sne.registre.lecture.actions.consulter import consulter_demande
from sne.registre.modification.actions.modifier import modifier_demande
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, NonHabilite
from tests.registre import factories as f
from tests.registre.avis import avis as a
from tests.registre.avis.avis import VIOLENCES
from tests.registre.enquete.enquetes import figer, gt, lever
from tests.registre.separation.separations import PAUL, deposer_couple, separer, seul

pytestmark = pytest.mark.django_db
APRES = f.MAINTENANT + a.HEURE
PORTABLE = "+33611223344"


@pytest.fixture
def recepisse() -> Recepisse:
    recepisse = a.deposer()
    a.changer(recepisse.demande_id, a.contenu(a.APRES))
    return recepisse


@pytest.fixture
def jeton(recepisse: Recepisse) -> str:
    return a.jeton()


def retirer(jeton: str, *, le: Any = APRES + a.HEURE) -> None:
    retirer_opposition(jeton, survenu_le=le)
    connection.check_constraints()


def test_it_freezes_the_file_and_has_somebody_look_at_it(recepisse: Recepisse, jeton: str) -> None:
    recu = a.s_opposer_a(jeton)
    gel, enquete, opposition = Gel.objects.get(), DossierEnquete.objects.get(), Opposition.objects.get()
    assert (gel.demande_id, gel.enquete_id) == (recepisse.demande_id, enquete.id)
    assert (enquete.origine, enquete.motif, enquete.demandes.get().demande_id) == (
        "OPPOSITION",
        "SIGNALEMENT",
        recepisse.demande_id,
    )
    assert (recu.reference, str(recu.rappel_avant)) == (opposition.reference, "2026-11-26")
    assert recu.reference.startswith("S-2026-")
    element = ElementEnquete.objects.get()
    assert element.entree == Entree.objects.get(verbe="MODIFIER").id
    assert element.texte == "Adresse électronique\u00a0: changée"


def test_the_file_says_so_and_goes_on_otherwise(recepisse: Recepisse, jeton: str) -> None:
    a.s_opposer_a(jeton)
    fiche = consulter_demande(recepisse.nud, acte=Acte(f.creer_acteur(), APRES))
    assert fiche.gel is not None
    assert phrase_de_l_etat(fiche.gel) == (
        "Dossier figé depuis le 24/11/2026 à la demande de son titulaire. L’identité et les contacts ne peuvent pas "
        "être modifiés. Le reste, oui."
    )
    commun = {"revision": 2, "acte": Acte(f.creer_acteur(), APRES)}
    with pytest.raises(DossierFige):
        modifier_demande(recepisse.demande_id, contenu=a.contenu("voleur@exemple.fr"), **commun)
    modifier_demande(recepisse.demande_id, contenu=a.contenu(a.APRES, precisions="Un mot"), **commun)


def test_the_contact_is_kept_apart_encrypted_and_read_with_the_enquiry(jeton: str) -> None:
    a.s_opposer_a(jeton, contact=" chez ma sœur,  06 99 88 77 66")
    with connection.cursor() as curseur:
        curseur.execute("SELECT string_agg(o::text, '') FROM opposition o")
        assert "99 88" not in curseur.fetchone()[0]
    (lue,) = list_oppositions(DossierEnquete.objects.get().id, gt())
    assert (lue.contact, lue.contestes) == (
        "chez ma sœur, 06 99 88 77 66",
        ("Adresse électronique\u00a0: changée",),
    )
    for acteur in (f.creer_acteur(), f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL, territoire="02A")):
        assert list_oppositions(DossierEnquete.objects.get().id, acteur) == ()


def test_its_entries_do_not_name_the_demande(jeton: str) -> None:
    a.s_opposer_a(jeton)
    entree = Entree.objects.get(verbe="S_OPPOSER")
    assert (entree.demande, entree.acteur["canal"], entree.acteur["nom"]) == (
        None,
        "PGP",
        "Titulaire de l’adresse",
    )
    assert entree.faits["reference"] == Opposition.objects.get().reference


def test_the_manager_finds_it_with_its_day(recepisse: Recepisse, jeton: str) -> None:
    a.s_opposer_a(jeton)
    attente = Attente.objects.get(nature="OPPOSITION")
    assert (attente.id, attente.demande_id, str(attente.avant)) == (
        DossierEnquete.objects.get().id,
        recepisse.demande_id,
        "2026-11-26",
    )
    gel = Gel.objects.get()
    lever(gel.id, le=APRES + a.JOUR)
    clore_enquete(
        gel.enquete_id,
        issue="CHANGEMENT_EXPLIQUE",
        motif="CONTACTS_CONFIRMES",
        precision="",
        acte=Acte(gt(), APRES + a.JOUR),
    )
    connection.check_constraints()
    assert not Attente.objects.filter(nature="OPPOSITION").exists()


def test_the_receipt_goes_to_the_address_that_objected(jeton: str) -> None:
    a.s_opposer_a(jeton)
    recu = Message.objects.get(genre="OPPOSITION_RECUE")
    assert (recu.canal, recu.revision) == ("COURRIEL", None)
    assert a.jeton("OPPOSITION_RECUE") != jeton


def test_a_letter_gets_no_receipt() -> None:
    recepisse = a.deposer(a.contenu(None, None))
    a.changer(recepisse.demande_id, a.contenu(a.APRES, None))
    a.s_opposer_a(a.jeton(a="Élodie Dubreuil 12 rue des Tanneurs 99240 Les Ormeaux"))
    assert not Message.objects.filter(genre="OPPOSITION_RECUE").exists()
    assert Opposition.objects.get().retrait is None


def test_reading_the_link_writes_nothing(jeton: str) -> None:
    entrees = Entree.objects.count()
    lue = lire_lien(jeton, survenu_le=APRES)
    assert (lue.codes, lue.par, lue.jour) == (
        ("COURRIEL:FAIT:VOUS",),
        "par le guichet CCAS d’Aurette-la-Ville",
        f.AUJOURD_HUI,
    )
    assert Entree.objects.count() == entrees


def test_posted_twice_it_objects_once_and_answers_the_same(jeton: str) -> None:
    formulaire = uuid.uuid4()
    assert a.s_opposer_a(jeton, formulaire=formulaire) == a.s_opposer_a(jeton, formulaire=formulaire)
    assert (Gel.objects.count(), Opposition.objects.count()) == (1, 1)
    assert Message.objects.filter(genre="OPPOSITION_RECUE").count() == 1


def test_another_address_joins_the_same_enquiry(jeton: str) -> None:
    premiere = a.s_opposer_a(jeton)
    seconde = a.s_opposer_a(a.jeton(a=PORTABLE))
    assert premiere.reference != seconde.reference
    assert (DossierEnquete.objects.count(), Gel.objects.count(), Opposition.objects.count()) == (1, 1, 2)
    assert ElementEnquete.objects.count() == 2


def test_a_file_already_frozen_stays_so_under_an_enquiry_more(recepisse: Recepisse, jeton: str) -> None:
    gel = figer(recepisse.demande_id)
    a.s_opposer_a(jeton)
    assert [g.id for g in Gel.objects.all()] == [gel]
    assert DossierEnquete.objects.count() == 2
    retirer(a.jeton("OPPOSITION_RECUE"))
    assert not LeveeGel.objects.exists()  # of a freeze that this objection did not make


@pytest.mark.parametrize(
    ("champs", "champ"),
    [
        ({"codes": []}, "codes"),
        ({"codes": ["NIR:FAIT:VOUS"]}, "codes"),
        ({"contact": " "}, "contact"),
        ({"contact": "x" * 201}, "contact"),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_done(jeton: str, champs: dict[str, Any], champ: str) -> None:
    with pytest.raises(Interdit) as refus:
        a.s_opposer_a(jeton, **champs)
    assert refus.value.champ == champ
    assert (Gel.objects.count(), DossierEnquete.objects.count()) == (0, 0)


class TestLiens:
    """Links that do nothing."""

    @pytest.mark.parametrize(
        "alteration", [str.upper, lambda x: x[:-1], lambda x: f"{x}a", lambda _: "", lambda _: "é"]
    )
    def test_altered(self, jeton: str, alteration: Any) -> None:
        with pytest.raises(LienFerme):
            a.s_opposer_a(alteration(jeton))

    def test_too_old(self, jeton: str) -> None:
        lire_lien(jeton, survenu_le=f.MAINTENANT + 60 * a.JOUR)
        apres = f.MAINTENANT + 60 * a.JOUR + a.HEURE
        with pytest.raises(LienFerme):
            lire_lien(jeton, survenu_le=apres)
        with pytest.raises(LienFerme):
            a.s_opposer_a(jeton, le=apres)

    def test_used(self, jeton: str) -> None:
        a.s_opposer_a(jeton)
        with pytest.raises(LienFerme):
            a.s_opposer_a(jeton)
        with pytest.raises(LienFerme):
            lire_lien(jeton, survenu_le=APRES)

    def test_of_an_address_that_was_erased(self, jeton: str) -> None:
        with pytest.raises(IntegrityError, match="garde son adresse"), transaction.atomic():
            Message.objects.update(
                destinataire=None
            )  # while its demande is there, nobody takes the link away
        for quand in (None, f.MAINTENANT + 3650 * a.JOUR):
            with pytest.raises(IntegrityError, match="rien ne retient"), transaction.atomic():
                Message.objects.update(prochain_essai_le=quand)
        with mock.patch.object(selectors, "get_contenu", return_value=None), pytest.raises(LienFerme):
            a.s_opposer_a(jeton)

    def test_of_a_demande_that_is_no_more(self, recepisse: Recepisse, jeton: str) -> None:
        with (
            mock.patch.object(actions, "FIGEABLES", frozenset()),
            pytest.raises(LienFerme),
        ):
            a.s_opposer_a(jeton)
        assert not Gel.objects.exists()

    def test_the_one_of_a_new_address_does_not_exist(self, recepisse: Recepisse) -> None:
        assert [mots.keys() for mots in a.textes() if "lien" not in mots] == [
            {"numero", "le", "par", "changements"}
        ]


class TestProteges:
    """A link sent before serves no more once somebody is protected, and says nothing of it."""

    @pytest.fixture
    def protegee(self, recepisse: Recepisse, jeton: str) -> Iterator[str]:
        modifier_demande(
            recepisse.demande_id,
            contenu=a.contenu(a.APRES, motifs=VIOLENCES),
            revision=2,
            acte=Acte(f.creer_acteur(), f.MAINTENANT),
        )
        yield jeton
        assert not Gel.objects.exists()
        assert not DossierEnquete.objects.exists()

    def test_it_reads_nothing(self, protegee: str) -> None:
        with pytest.raises(LienFerme) as refus:
            lire_lien(protegee, survenu_le=APRES)
        assert refus.value.phrase == LienFerme().phrase

    def test_it_freezes_nothing(self, protegee: str) -> None:
        with pytest.raises(LienFerme):
            a.s_opposer_a(protegee)

    def test_taking_it_back_after_does_not_open_it_again(self, recepisse: Recepisse, protegee: str) -> None:
        modifier_demande(
            recepisse.demande_id,
            contenu=a.contenu(a.APRES),
            revision=3,
            acte=Acte(f.creer_acteur(), f.MAINTENANT),
        )
        with pytest.raises(LienFerme):
            a.s_opposer_a(protegee)

    def test_who_objected_before_cannot_take_it_back(self, recepisse: Recepisse, jeton: str) -> None:
        a.s_opposer_a(jeton)
        modifier_demande(
            recepisse.demande_id,
            contenu=a.contenu(a.APRES, motifs=VIOLENCES),
            revision=2,
            acte=Acte(f.creer_acteur(), APRES),
        )
        for essai in (lire_retrait, retirer_opposition):
            with pytest.raises(LienFerme):
                essai(a.jeton("OPPOSITION_RECUE"), survenu_le=APRES)
        assert Gel.objects.filter(leve_le=None).exists()

    def test_an_address_that_the_household_left_uses_since(self) -> None:
        """Paul left for a demande of his own; his former mailbox is read by the household that he left."""
        ancienne = deposer_couple()
        nouvelle = separer(ancienne, seul(f.personne(**PAUL, contact={"courriel": "paul@exemple.fr"})))
        a.changer(nouvelle.id, seul(f.personne(**PAUL, contact={"courriel": a.APRES})))
        jeton = a.jeton(a="paul@exemple.fr")
        lire_lien(jeton, survenu_le=APRES)
        modifier_demande(
            ancienne.id,
            contenu=f.contenu(demandeur=f.personne(contact={"courriel": "Paul@exemple.fr"})),
            revision=2,
            acte=Acte(f.creer_acteur(), f.MAINTENANT),
        )
        with pytest.raises(LienFerme):
            lire_lien(jeton, survenu_le=APRES)
        with pytest.raises(LienFerme):
            a.s_opposer_a(jeton)


class TestRetrait:
    """« Je me suis trompé »."""

    @pytest.fixture
    def retrait(self, jeton: str) -> str:
        a.s_opposer_a(jeton)
        return a.jeton("OPPOSITION_RECUE")

    def test_it_asks_for_the_lifting_and_somebody_decides(self, recepisse: Recepisse, retrait: str) -> None:
        assert lire_retrait(retrait, survenu_le=APRES) == Opposition.objects.get().reference
        retirer(retrait)
        levee = LeveeGel.objects.get()
        assert Opposition.objects.get().retiree_le == APRES + a.HEURE
        assert Gel.objects.get().leve_le is None
        assert Attente.objects.filter(nature="LEVEE_GEL", id=levee.id).exists()
        decider_levee(levee.id, decision="ACCEPTEE", precision="", acte=Acte(gt(), APRES + 3 * a.JOUR))
        connection.check_constraints()
        demande = Demande.objects.get(id=recepisse.demande_id)
        assert Gel.objects.get().jours_rendus == 3
        assert demande.revision == 3

    def test_it_serves_once_for_a_day(self, retrait: str) -> None:
        lire_retrait(retrait, survenu_le=APRES + 24 * a.HEURE)
        with pytest.raises(LienFerme):
            retirer(retrait, le=APRES + 25 * a.HEURE)
        retirer(retrait)
        with pytest.raises(LienFerme):
            retirer(retrait)
        assert LeveeGel.objects.count() == 1

    def test_nothing_is_asked_while_somebody_else_objects(self, retrait: str) -> None:
        a.s_opposer_a(a.jeton(a=PORTABLE))
        retirer(retrait)
        assert not LeveeGel.objects.exists()
        retirer(a.jeton("OPPOSITION_RECUE", a=PORTABLE))
        assert LeveeGel.objects.count() == 1

    def test_nothing_is_asked_twice(self, retrait: str) -> None:
        demander_levee(Gel.objects.get().id, precision="Vue", acte=Acte(gt(), APRES))
        retirer(retrait)
        assert LeveeGel.objects.count() == 1

    def test_the_link_that_objected_is_not_that_one(self, jeton: str, retrait: str) -> None:
        with pytest.raises(LienFerme):
            retirer(jeton)
        with pytest.raises(LienFerme):
            a.s_opposer_a(retrait)

    def test_pressed_twice_at_once_the_second_finds_it_done(self, retrait: str) -> None:
        lire, lues = actions.get_retirable, []

        def une_fois(*args: Any, **options: Any) -> Any:
            lues.append(1)
            return lire(*args, **options) if len(lues) == 1 else None

        with mock.patch.object(actions, "get_retirable", side_effect=une_fois), pytest.raises(LienFerme):
            retirer(retrait)
        assert Opposition.objects.get().retiree_le is None

    def test_a_failure_of_the_journal_leaves_nothing(self, retrait: str) -> None:
        with (
            mock.patch.object(journal, "inscrire", side_effect=RuntimeError),
            pytest.raises(RuntimeError),
            transaction.atomic(),
        ):
            retirer(retrait)
        assert Opposition.objects.get().retiree_le is None


def test_a_failure_of_the_journal_leaves_nothing(jeton: str) -> None:
    with (
        mock.patch.object(journal, "inscrire", side_effect=RuntimeError),
        pytest.raises(RuntimeError),
        transaction.atomic(),
    ):
        a.s_opposer_a(jeton)
    assert (Gel.objects.count(), DossierEnquete.objects.count(), Opposition.objects.count()) == (0, 0, 0)
    assert not Message.objects.filter(genre="OPPOSITION_RECUE").exists()
    a.s_opposer_a(jeton)


def test_who_does_not_come_by_a_link_may_not(jeton: str) -> None:
    with (
        mock.patch.object(actions, "titulaire_de_l_adresse", return_value=f.creer_acteur()),
        pytest.raises(NonHabilite),
    ):
        a.s_opposer_a(jeton)
    a.s_opposer_a(jeton)
    retrait = a.jeton("OPPOSITION_RECUE")
    with (
        mock.patch.object(actions, "titulaire_de_l_adresse", return_value=f.creer_acteur()),
        pytest.raises(NonHabilite),
    ):
        retirer(retrait)


@pytest.mark.parametrize("colonne", ["codes", "contact", "rappel_avant", "reference"])
def test_nobody_rewrites_an_objection(jeton: str, colonne: str) -> None:
    a.s_opposer_a(jeton)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Opposition.objects.get().save(update_fields=[colonne])


def test_the_database_wants_an_entry_that_names_it(jeton: str) -> None:
    a.s_opposer_a(jeton)
    copie, autre = Opposition.objects.get(), AvisChangement.objects.filter(canal="SMS").get()
    copie.id, copie.avis, copie.reference, copie.retrait = uuid.uuid4(), autre, "S-2026-999999", None
    with pytest.raises(IntegrityError, match="aucune entrée"), transaction.atomic():
        copie.save(force_insert=True)
        connection.check_constraints()
    opposition = Opposition.objects.get()
    opposition.retiree_le = APRES
    with pytest.raises(IntegrityError, match="aucune entrée"), transaction.atomic():
        opposition.save(update_fields=["retiree_le"])
        connection.check_constraints()
