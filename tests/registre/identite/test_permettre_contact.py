"""One change of contact allowed soon after a change of identity: by whom, for whom, once, within its time."""

import uuid
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from sne.habilitations.actions import lier_comptes
from sne.habilitations.rules import Role
from sne.journal import actions as journal
from sne.journal.models import Entree
from sne.registre.avis.models import AvisChangement
from sne.registre.controle.models import PermissionContact, UsagePermission
from sne.registre.controle.rules.alternance import ContactRetenu
from sne.registre.controle.selectors.permissions import get_etat_des_contacts, get_permission
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Identite
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.enquete.rules.gel import DossierFige
from sne.registre.identite.actions.permettre_contact import permettre_contact
from sne.registre.vie.actions.radier import radier_demande
from sne.registre.vie.rules.radiation import FaitsRadiation
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from tests.habilitations.factories import SYSTEME, creer_agent, creer_gestionnaire
from tests.habilitations.factories import acteur as acteur_de_compte
from tests.registre import factories as f
from tests.registre.avis import avis
from tests.registre.controle.test_controle import contacts
from tests.registre.enquete.enquetes import figer
from tests.registre.identite.changements_identite import modifier

pytestmark = pytest.mark.django_db


@pytest.fixture
def demande(agent: Acteur) -> uuid.UUID:
    """Old, whose name has changed three days ago: contacts wait."""
    recu = avis.deposer(acteur=agent)
    modifier(
        recu.demande_id, agent, traits={"nom_naissance": "Dubreuill"}, le=f.MAINTENANT - timedelta(days=3)
    )
    return recu.demande_id


def permettre(demande_id: uuid.UUID, acteur: Acteur, **autres: Any) -> uuid.UUID:
    commun = {"motif": "PLUS_D_ACCES", "precision": "Titre vu"} | autres
    permission = permettre_contact(demande_id, acte=Acte(acteur, f.MAINTENANT), **commun)
    connection.check_constraints()
    return permission


def changer(demande_id: uuid.UUID, acteur: Acteur, courriel: str = "x@exemple.fr", *, jours: int = 0) -> None:
    modifier(demande_id, acteur, contenu=contacts(courriel), le=f.MAINTENANT + timedelta(days=jours))
    connection.check_constraints()


def test_allowed_once_then_held_again(demande: uuid.UUID, agent: Acteur, gt: Acteur) -> None:
    with pytest.raises(ContactRetenu, match="un gestionnaire de votre territoire"), transaction.atomic():
        changer(demande, agent)
    cle = permettre(demande, gt)
    permission = PermissionContact.objects.get(id=cle)
    assert (permission.jusqu_au, permission.auteur, permission.decideur) == (
        f.AUJOURD_HUI + timedelta(days=7),
        agent.id,
        gt.id,
    )
    changer(demande, agent)
    usage = UsagePermission.objects.get(permission=cle)
    assert (usage.revision, usage.auteur) == (Demande.objects.get(id=demande).revision, agent.id)
    verbes = Entree.objects.filter(demande=demande, faits__permission=str(cle)).order_by("inscrit_le")
    assert [e.verbe for e in verbes] == ["PERMETTRE_CONTACT", "MODIFIER"]
    with pytest.raises(ContactRetenu), transaction.atomic():
        changer(demande, agent, "y@exemple.fr")


def test_what_nothing_holds_or_no_contact_uses_no_permission(
    demande: uuid.UUID, agent: Acteur, gt: Acteur
) -> None:
    permettre(demande, gt)
    modifier(demande, agent, contenu=lambda c: c.model_copy(update={"precisions": "Rez-de-chaussée"}))
    changer(demande, gt)
    changer(demande, agent, "y@exemple.fr", jours=6)
    assert not UsagePermission.objects.exists()


def test_addresses_of_before_are_told_of_the_permission_then_of_the_change(
    demande: uuid.UUID, agent: Acteur, gt: Acteur
) -> None:
    permettre(demande, gt)
    avis.avertir("PERMETTRE_CONTACT")
    dits = AvisChangement.objects.filter(demande=demande)
    assert {tuple(a.codes) for a in dits} == {("CONTACT_PERMIS:FAIT:VOUS",)}
    assert {a.canal for a in dits} == {"COURRIEL", "SMS"}
    assert all(a.jeton is not None for a in dits)  # the address in force holds the key
    changer(demande, agent)
    avis.avertir("MODIFIER")
    assert AvisChangement.objects.filter(codes__contains=["COURRIEL:FAIT:VOUS"]).exists()


def test_out_of_date_or_changed_again_it_is_void(demande: uuid.UUID, agent: Acteur, gt: Acteur) -> None:
    permettre(demande, gt)
    assert get_permission(demande, le=f.AUJOURD_HUI + timedelta(days=7)) is not None
    assert get_permission(demande, le=f.AUJOURD_HUI + timedelta(days=8)) is None
    modifier(demande, agent, traits={"nom_naissance": "Zimmer"}, le=f.MAINTENANT + timedelta(hours=1))
    assert get_permission(demande, le=f.AUJOURD_HUI) is None
    with pytest.raises(ContactRetenu), transaction.atomic():
        changer(demande, agent, jours=1)


def test_neither_a_manager_of_a_counter_nor_an_agent_nor_another_territory(
    demande: uuid.UUID, agent: Acteur
) -> None:
    for acteur in (agent, f.creer_acteur(Role.RESPONSABLE_GUICHET)):
        with pytest.raises(NonHabilite, match="Un gestionnaire du territoire"), transaction.atomic():
            permettre(demande, acteur)
        assert get_etat_des_contacts(demande, acteur, le=f.AUJOURD_HUI) is None
    ailleurs = f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL, territoire="02A")
    with pytest.raises(Introuvable), transaction.atomic():
        permettre(demande, ailleurs)
    assert get_etat_des_contacts(demande, ailleurs, le=f.AUJOURD_HUI) is None


def test_neither_whoever_changed_the_identity_nor_whoever_types_the_contact_under_two_accounts(
    gt: Acteur,
) -> None:
    compte_gt, compte_agent = creer_gestionnaire(le=f.ANCIEN), creer_agent(le=f.ANCIEN)
    lier_comptes(compte_gt.id, compte_agent.id, acte=Acte(SYSTEME, f.MAINTENANT))
    le_gt, son_autre_compte = (acteur_de_compte(c, le=f.MAINTENANT) for c in (compte_gt, compte_agent))
    sienne = avis.deposer(acteur=son_autre_compte).demande_id
    modifier(sienne, son_autre_compte, traits={"nom_naissance": "Dubreuill"})
    with pytest.raises(Interdit, match="Un autre gestionnaire"), transaction.atomic():
        permettre(sienne, le_gt)
    with pytest.raises(IntegrityError, match="deux_personnes"), transaction.atomic():
        permission(sienne, decideur=le_gt.id).save(force_insert=True)
    with (
        pytest.raises(ContactRetenu),
        transaction.atomic(),
    ):  # nor changes the contacts without asking anybody
        changer(sienne, le_gt)
    permettre(sienne, gt)
    changer(
        sienne, son_autre_compte
    )  # who changed the identity may type the contact that somebody else allowed


def test_whoever_allowed_it_does_not_type_it(demande: uuid.UUID) -> None:
    compte_gt, compte_agent = creer_gestionnaire(le=f.ANCIEN), creer_agent(le=f.ANCIEN)
    lier_comptes(compte_gt.id, compte_agent.id, acte=Acte(SYSTEME, f.MAINTENANT))
    le_gt, son_autre_compte = (acteur_de_compte(c, le=f.MAINTENANT) for c in (compte_gt, compte_agent))
    cle = permettre(demande, le_gt)
    with pytest.raises(ContactRetenu, match="Une autre personne doit le saisir"), transaction.atomic():
        changer(demande, son_autre_compte)
    with pytest.raises(IntegrityError, match="deux_personnes"), transaction.atomic():
        usage(demande, cle, auteur=son_autre_compte.id).save(force_insert=True)


def test_not_on_a_closed_nor_a_frozen_file_nor_twice_nor_for_nothing(
    demande: uuid.UUID, agent: Acteur, gt: Acteur
) -> None:
    permettre(demande, gt)
    with pytest.raises(Interdit, match="déjà permis"), transaction.atomic():
        permettre(demande, gt)
    libre = f.deposer(f.contenu(demandeur=f.personne("Zimmer")), acteur=agent).demande_id
    with pytest.raises(Interdit, match="Rien ne retient"), transaction.atomic():
        permettre(libre, gt)
    assert get_etat_des_contacts(libre, gt, le=f.AUJOURD_HUI) is not None
    figer(libre)
    with pytest.raises(DossierFige), transaction.atomic():
        permettre(libre, gt)
    faits = FaitsRadiation(MotifRadiation.RADABA, date_courrier=f.AUJOURD_HUI, document="Lettre")
    radier_demande(demande, faits, acte=Acte(agent, f.MAINTENANT))
    with pytest.raises(Interdit, match="n’est plus ouverte"), transaction.atomic():
        permettre(demande, gt)


def test_journal_failure_leaves_nothing(demande: uuid.UUID, gt: Acteur) -> None:
    with (
        mock.patch.object(journal, "inscrire", side_effect=RuntimeError),
        pytest.raises(RuntimeError),
        transaction.atomic(),
    ):
        permettre(demande, gt)
    assert not PermissionContact.objects.exists()


def permission(demande_id: uuid.UUID, **autres: Any) -> PermissionContact:
    identite = Identite.objects.filter(demande=demande_id, examen__isnull=False).latest("survenu_le")
    champs: dict[str, Any] = {
        "territoire": "099",
        "demande_id": demande_id,
        "identite": identite,
        "motif": "AUTRE",
        "precision": "Vu",
        "jusqu_au": f.AUJOURD_HUI,
        "auteur": uuid.uuid4(),
        "decideur": uuid.uuid4(),
        "decide_par": {},
        "survenu_le": f.MAINTENANT,
    }
    return PermissionContact(**champs | autres)


def usage(demande_id: uuid.UUID, permission_id: uuid.UUID, **autres: Any) -> UsagePermission:
    champs: dict[str, Any] = {
        "territoire": "099",
        "demande_id": demande_id,
        "permission_id": permission_id,
        "revision": 2,
        "gestionnaire": uuid.uuid4(),
        "auteur": uuid.uuid4(),
        "survenu_le": f.MAINTENANT,
    }
    return UsagePermission(**champs | autres)


def test_the_database_keeps_both_as_they_are_told(demande: uuid.UUID, gt: Acteur) -> None:
    cle = permettre(demande, gt)
    refusees = [
        permission(demande),  # no entry tells it
        permission(demande, motif="RIEN"),
        permission(demande, precision=""),
        usage(demande, cle),  # no entry tells it
        usage(demande, cle, survenu_le=f.MAINTENANT + timedelta(days=8)),
        usage(f.deposer(f.contenu(demandeur=f.personne("Zimmer"))).demande_id, cle),
    ]
    for ligne in refusees:
        with pytest.raises(IntegrityError), transaction.atomic():
            ligne.save(force_insert=True)
            connection.check_constraints()
    with pytest.raises(DatabaseError), transaction.atomic():
        PermissionContact.objects.update(jusqu_au=f.AUJOURD_HUI + timedelta(days=90))
