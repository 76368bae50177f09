"""« Ce n’est pas moi » from a line of the history: by the link of a notice, or by an adult who is known."""

import uuid
from typing import Any
from unittest import mock

import pytest
from django.db import IntegrityError, connection, transaction

from sne.habilitations.rules import Permission
from sne.journal import actions as journal
from sne.journal.models import Entree
from sne.notifications.models import Message
from sne.registre.attente.models import Attente
from sne.registre.avis.actions import s_opposer as actions
from sne.registre.avis.actions.s_opposer import (
    LienFerme,
    Recu,
    contester,
    contester_par_lien,
    retirer_opposition,
)
from sne.registre.avis.models import Opposition
from sne.registre.avis.selectors.oppositions import list_oppositions
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Personne
from sne.registre.enquete.models.enquete import DossierEnquete, ElementEnquete, Gel, LeveeGel
from sne.registre.enquete.rules.gel import DossierFige
from sne.registre.identite.actions.permettre_contact import permettre_contact
from sne.registre.lecture.actions.consulter import consulter_demande
from sne.registre.modification.actions.modifier import modifier_demande
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur, Canal, Mandat, Perimetre
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from sne.socle.identifiants import uuid7
from tests.registre import factories as f
from tests.registre.avis import avis as a
from tests.registre.controle.test_controle import contacts
from tests.registre.enquete.enquetes import figer, gt
from tests.registre.identite.changements_identite import modifier
from tests.registre.separation.separations import PAUL, deposer_couple, separer, seul

pytestmark = pytest.mark.django_db
APRES = f.MAINTENANT + a.HEURE


def demandeur(territoire: str = "099", canal: Canal = Canal.PGP) -> Acteur:
    """An adult signed in to the portal: reads their demande, and nothing else."""
    permissions = frozenset({str(Permission.DEMANDE_LIRE)})
    return Acteur(uuid7(), "Élodie", canal, (Mandat("DEMANDEUR", permissions, Perimetre(territoire)),))


@pytest.fixture
def demande() -> Demande:
    """Élodie's, whose e-mail was changed by a counter, and which was opened since."""
    recepisse = a.deposer()
    a.changer(recepisse.demande_id, a.contenu(a.APRES))
    consulter_demande(recepisse.nud, acte=Acte(f.creer_acteur(), f.MAINTENANT))
    return Demande.objects.get(id=recepisse.demande_id)


def personne_de(demande: Demande, rang: int = 0) -> uuid.UUID:
    cle: uuid.UUID = Personne.objects.filter(demande=demande, retire_le=None).order_by("rang")[rang].id
    return cle


def entree_de(verbe: str = "MODIFIER") -> uuid.UUID:
    cle: uuid.UUID = Entree.objects.filter(verbe=verbe).latest("inscrit_le").id
    return cle


def presser(demande: Demande, **autres: Any) -> Recu:
    champs = {
        "personne": personne_de(demande),
        "formulaire": uuid.uuid4(),
        "contact": "06 99 88 77 66",
        "acte": Acte(demandeur(), APRES),
    } | autres
    recu = contester(demande.id, champs.pop("entree", None) or entree_de(), **champs)
    connection.check_constraints()
    return recu


def presser_par_lien(jeton: str, **autres: Any) -> Recu:
    champs = {"formulaire": uuid.uuid4(), "contact": "06 99 88 77 66", "survenu_le": APRES} | autres
    recu = contester_par_lien(jeton, champs.pop("entree", None) or entree_de(), **champs)
    connection.check_constraints()
    return recu


def test_it_freezes_and_has_somebody_look_at_that_line(demande: Demande) -> None:
    recu = presser(demande)
    gel, enquete, opposition = Gel.objects.get(), DossierEnquete.objects.get(), Opposition.objects.get()
    assert (gel.demande_id, gel.enquete_id) == (demande.id, enquete.id)
    assert (enquete.origine, opposition.avis_id, opposition.entree, opposition.personne) == (
        "OPPOSITION",
        None,
        entree_de(),
        personne_de(demande),
    )
    assert (recu.reference, str(recu.rappel_avant)) == (opposition.reference, "2026-11-26")
    element = ElementEnquete.objects.get()
    assert (element.entree, element.texte) == (
        entree_de(),
        "Le guichet CCAS d’Aurette-la-Ville a changé votre demande.",
    )


def test_the_manager_is_told_what_and_where_to_call(demande: Demande) -> None:
    presser(demande)
    (lue,) = list_oppositions(DossierEnquete.objects.get().id, gt())
    assert (lue.contestes, lue.contact) == (("Quelqu’un a changé votre demande.",), "06 99 88 77 66")
    assert Attente.objects.get(nature="OPPOSITION").demande_id == demande.id
    assert not Message.objects.filter(genre="OPPOSITION_RECUE").exists()


def test_its_entry_does_not_name_the_demande(demande: Demande) -> None:
    presser(demande)
    entree = Entree.objects.get(verbe="S_OPPOSER")
    assert (entree.demande, entree.acteur["canal"]) == (None, "PGP")


def test_pressed_again_it_is_the_same_objection(demande: Demande) -> None:
    assert presser(demande) == presser(demande)
    assert (Gel.objects.count(), Opposition.objects.count()) == (1, 1)


def test_another_line_joins_the_same_enquiry(demande: Demande) -> None:
    presser(demande)
    modifier_demande(
        demande.id,
        contenu=a.contenu(a.APRES, precisions="Un mot"),
        revision=2,
        acte=Acte(f.creer_acteur(), APRES),
    )
    presser(demande, entree=entree_de())
    assert (DossierEnquete.objects.count(), Gel.objects.count(), Opposition.objects.count()) == (1, 1, 2)


def test_already_frozen_it_stays_so(demande: Demande) -> None:
    gel = figer(demande.id)
    presser(demande)
    assert [g.id for g in Gel.objects.all()] == [gel]


@pytest.mark.parametrize(
    ("champs", "champ"), [({"contact": " "}, "contact"), ({"contact": "x" * 201}, "contact")]
)
def test_what_is_missing_is_named_and_nothing_is_done(
    demande: Demande, champs: dict[str, str], champ: str
) -> None:
    with pytest.raises(Interdit) as refus:
        presser(demande, **champs)
    assert refus.value.champ == champ
    assert not DossierEnquete.objects.exists()


def test_a_contact_that_a_manager_allowed_is_not_used_once_it_is_contested() -> None:
    """Nobody asked the manager for it in the name of the household."""
    agent = f.creer_acteur()
    recepisse = a.deposer(acteur=agent)
    modifier(recepisse.demande_id, agent, traits={"nom_naissance": "Dubreuill"}, le=f.MAINTENANT)
    permettre_contact(
        recepisse.demande_id, motif="PLUS_D_ACCES", precision="Dit", acte=Acte(gt(), f.MAINTENANT)
    )
    demande = Demande.objects.get(id=recepisse.demande_id)
    presser(demande, entree=entree_de("PERMETTRE_CONTACT"))
    element = ElementEnquete.objects.get()
    assert element.texte.startswith("Le gestionnaire du territoire a permis de changer une adresse")
    with pytest.raises(DossierFige), transaction.atomic():
        modifier(demande.id, agent, contenu=contacts(a.APRES), le=APRES)


def test_a_read_is_not_contested(demande: Demande) -> None:
    with pytest.raises(Interdit):
        presser(demande, entree=entree_de("CONSULTER"))


@pytest.mark.parametrize("acteur", [demandeur("02A"), f.creer_acteur(territoire="02A")])
def test_another_territory(demande: Demande, acteur: Acteur) -> None:
    with pytest.raises(Introuvable):
        presser(demande, acte=Acte(acteur, APRES))


def test_no_agent_presses_for_the_household(demande: Demande) -> None:
    for acteur in (f.creer_acteur(), gt()):
        with pytest.raises(NonHabilite):
            presser(demande, acte=Acte(acteur, APRES))


def test_of_a_demande_that_is_not_theirs(demande: Demande) -> None:
    with pytest.raises(Introuvable):
        presser(demande, personne=f.inconnu())
    with pytest.raises(Introuvable):
        presser(demande, entree=f.inconnu())


def test_the_journal_failing_leaves_nothing(demande: Demande) -> None:
    with (
        mock.patch.object(journal, "inscrire", side_effect=RuntimeError("journal")),
        pytest.raises(RuntimeError, match="journal"),
        transaction.atomic(),
    ):
        presser(demande)
    assert (Gel.objects.count(), Opposition.objects.count(), DossierEnquete.objects.count()) == (0, 0, 0)


class TestSansGel:
    """Where a freeze could be seen by whom somebody flees, the manager decides; the person is answered the same."""

    def test_violence_is_the_manager_s(self) -> None:
        recepisse = a.deposer(a.contenu(motifs={"codes": ["06"]}))
        a.changer(recepisse.demande_id, a.contenu(a.APRES, motifs={"codes": ["06"]}))
        demande = Demande.objects.get(id=recepisse.demande_id)
        recu = presser(demande)
        assert recu.reference == Opposition.objects.get().reference
        assert not Gel.objects.exists()
        assert Attente.objects.filter(nature="OPPOSITION").exists()

    def test_a_contact_that_is_also_of_who_left(self) -> None:
        couple = deposer_couple()
        paul = f.personne(**PAUL, contact={"courriel": "foyer@exemple.fr"})
        separer(couple, seul(paul))
        couple.refresh_from_db()
        contenu = f.contenu(
            demandeur=f.personne(contact={"courriel": "foyer@exemple.fr"}), precisions="Un mot"
        )
        modifier_demande(
            couple.id, contenu=contenu, revision=couple.revision, acte=Acte(f.creer_acteur(), APRES)
        )
        presser(couple, entree=entree_de())
        assert DossierEnquete.objects.filter(origine="OPPOSITION").exists()
        assert not Gel.objects.exists()


class TestParLien:
    """By the link of a notice, whose page opens the history."""

    def test_it_freezes_and_the_link_serves_no_more(self, demande: Demande) -> None:
        jeton = a.jeton()
        presser_par_lien(jeton)
        opposition = Opposition.objects.get()
        assert (opposition.entree, opposition.personne, opposition.codes) == (entree_de(), None, ["MODIFIER"])
        assert opposition.avis is not None
        assert Gel.objects.get().demande_id == demande.id
        with pytest.raises(LienFerme):
            presser_par_lien(jeton)
        with pytest.raises(LienFerme):
            a.s_opposer_a(jeton)

    def test_the_receipt_lets_them_say_that_they_were_wrong(self, demande: Demande) -> None:
        presser_par_lien(a.jeton())
        retirer_opposition(a.jeton("OPPOSITION_RECUE"), survenu_le=APRES + a.HEURE)
        assert LeveeGel.objects.exists()

    def test_posted_twice_it_objects_once(self, demande: Demande) -> None:
        jeton, formulaire = a.jeton(), uuid.uuid4()
        premier = presser_par_lien(jeton, formulaire=formulaire)
        assert presser_par_lien(jeton, formulaire=formulaire) == premier
        assert Opposition.objects.count() == 1

    def test_a_letter_gets_no_receipt(self) -> None:
        recepisse = a.deposer(a.contenu(None, None))
        a.changer(recepisse.demande_id, a.contenu(a.APRES, None))
        presser_par_lien(a.jeton(a="Élodie Dubreuil 12 rue des Tanneurs 99240 Les Ormeaux"))
        assert Opposition.objects.get().retrait is None

    @pytest.mark.parametrize("jeton", ["", "abc"])
    def test_a_bad_link(self, demande: Demande, jeton: str) -> None:
        with pytest.raises(LienFerme):
            presser_par_lien(jeton)

    def test_protected_since_it_serves_no_more(self, demande: Demande) -> None:
        jeton = a.jeton()
        modifier_demande(
            demande.id,
            contenu=a.contenu(a.APRES, motifs={"codes": ["06"]}),
            revision=2,
            acte=Acte(f.creer_acteur(), f.MAINTENANT),
        )
        with pytest.raises(LienFerme):
            presser_par_lien(jeton)

    def test_a_demande_that_is_no_more(self, demande: Demande) -> None:
        with mock.patch.object(actions, "FIGEABLES", frozenset()), pytest.raises(LienFerme):
            presser_par_lien(a.jeton())

    def test_a_line_of_another_demande(self, demande: Demande) -> None:
        jeton = a.jeton()
        autre = a.deposer(a.contenu("z@exemple.fr", None, nom="Zimmer"), doublons_ecartes="autre")
        a.changer(autre.demande_id, a.contenu("b@exemple.fr", None, nom="Zimmer"))
        with pytest.raises(Introuvable):
            presser_par_lien(jeton, entree=entree_de())
        assert not Gel.objects.exists()


@pytest.mark.parametrize("champs", [{"personne": None, "entree": None}, {"entree": None}])
def test_the_database_asks_by_which_door(demande: Demande, champs: dict[str, None]) -> None:
    presser(demande)
    opposition = Opposition.objects.get()
    opposition.id, opposition.reference = uuid7(), "S-2026-999999"
    for nom, valeur in champs.items():
        setattr(opposition, nom, valeur)
    with pytest.raises(IntegrityError, match="opposition_par_une_porte"), transaction.atomic():
        opposition.save(force_insert=True)
