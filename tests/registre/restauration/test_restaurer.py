"""Putting a demande back as it was: who asks, who answers, when it is refused, and nothing by halves."""

import functools
import uuid
from datetime import date, timedelta
from unittest import mock

import pytest
from django.db import IntegrityError, connection, transaction

from sne.habilitations.actions import lier_comptes
from sne.habilitations.rules import Role
from sne.journal import actions as journal
from sne.journal.models import Entree
from sne.registre.attente.models import Attente
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.selectors.versions import list_versions
from sne.registre.enquete.actions.enquetes import clore_enquete, lier_demande
from sne.registre.enquete.models.enquete import DemandeEnquetee, ElementEnquete
from sne.registre.enquete.models.restauration import DecisionRestauration, RequeteRestauration
from sne.registre.lecture.selectors.historique import get_historique
from sne.registre.restauration.actions.decider import refuser_restauration
from sne.registre.restauration.actions.retirer import retirer_restauration
from sne.registre.restauration.selectors import get_requete, get_retour, list_requetes, list_retours_a_decider
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import ConflitDeRevision, Interdit, Introuvable, NonHabilite
from tests.habilitations.factories import SYSTEME, creer_gestionnaire
from tests.habilitations.factories import acteur as acteur_de_compte
from tests.registre import factories as f
from tests.registre.enquete.enquetes import enqueter, gt
from tests.registre.restauration.detournements import (
    DEPOT,
    VOL,
    accepter,
    actuel,
    demander,
    deposer_elodie,
    detourner,
    retablir,
    revision_de,
    voler,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def demande() -> Demande:
    """Élodie Dubreuil's, taken over by Karl Zimmer ninety days ago."""
    demande = deposer_elodie()
    voler(demande.id, nirs={"demandeur": f.nir_de(date(1979, 1, 30), 1)})
    return demande


def refuser(requete: uuid.UUID, acteur: Acteur, motif: str = "Pièces concordantes") -> None:
    refuser_restauration(requete, motif=motif, acte=Acte(acteur, f.MAINTENANT))
    connection.check_constraints()


def test_nothing_changes_while_it_is_only_asked(demande: Demande) -> None:
    acteur = gt()
    requete = demander(demande.id, acteur=acteur)
    assert revision_de(demande.id) == 2
    lue = get_requete(requete, gt())
    assert (lue.vers, lue.a_part, lue.auteur, lue.issue) == (1, True, acteur.id, None)
    entree = Entree.objects.get(verbe="DEMANDER_RESTAURATION")
    assert (entree.demande, entree.faits["requete"]) == (None, str(requete))


def test_somebody_else_accepts_and_the_enquiry_knows(demande: Demande) -> None:
    acteur, autre = gt(), gt()
    enquete = enqueter(demande.id, acteur=acteur)
    faite = accepter(demander(demande.id, enquete=enquete, acteur=acteur), demande.id, acteur=autre)
    (lue,) = list_requetes(enquete, acteur)
    assert (lue.issue, lue.nouvelle, lue.decideur) == ("ACCEPTEE", faite.nouvelle, autre.nom)
    nouvelle = Demande.objects.get(nud=faite.nouvelle)
    assert DemandeEnquetee.objects.filter(enquete=enquete, demande=nouvelle, principale=False).exists()
    note = ElementEnquete.objects.get(enquete=enquete)
    quand = f"{DEPOT:%d/%m/%Y} à {DEPOT:%H}\u00a0h\u00a0{DEPOT:%M}"
    assert note.texte.startswith(f"Demande rétablie comme elle était le {quand}\u00a0: ")
    entree = Entree.objects.get(verbe="RESTAURER")
    decision = DecisionRestauration.objects.get()
    assert (entree.demande, entree.revision, entree.faits["restauration"]) == (
        demande.id,
        3,
        str(decision.id),
    )
    assert "nouvelle" not in entree.faits
    assert nouvelle.nud not in str(entree.faits)
    depot = Entree.objects.get(verbe="DEPOSER", demande=nouvelle.id)
    assert depot.faits["restauration"] == str(decision.id)


def test_history_says_it_was_put_back_and_as_of_when(demande: Demande) -> None:
    retablir(demande.id)
    agent = f.creer_acteur()
    (derniere, *_) = list_versions(demande.id, acteur=agent)
    quand = f"{DEPOT:%d/%m/%Y} à {DEPOT:%H}\u00a0h\u00a0{DEPOT:%M}"
    assert (derniere.acte, derniere.motif) == (
        "Demande rétablie comme elle était",
        f"Demande rétablie comme elle était le {quand}",
    )
    lignes = get_historique(demande.id, acteur=agent).lignes
    assert next(x.verbe for x in lignes if not x.lecture) == "RESTAURER"


def test_who_asked_does_not_answer(demande: Demande) -> None:
    acteur = gt()
    requete = demander(demande.id, acteur=acteur)
    for acte in (lambda: accepter(requete, demande.id, acteur=acteur), lambda: refuser(requete, acteur)):
        with pytest.raises(Interdit, match="Une autre personne doit décider"):
            acte()
    ligne = RequeteRestauration.objects.get()
    with pytest.raises(IntegrityError, match="deux_personnes"), transaction.atomic():
        DecisionRestauration.objects.create(
            territoire="099",
            demande=demande,
            revision=2,
            requete=ligne,
            issue="ACCEPTEE",
            auteur=acteur.id,
            decideur=acteur.id,
            decide_par={},
            survenu_le=f.MAINTENANT,
        )


def test_the_same_person_under_two_accounts_counts_once(demande: Demande) -> None:
    premier, second = (creer_gestionnaire(le=f.MAINTENANT) for _ in range(2))
    qui, autre = (acteur_de_compte(x, le=f.MAINTENANT) for x in (premier, second))
    requete = demander(demande.id, acteur=qui)
    enquete = RequeteRestauration.objects.get().enquete_id
    assert list_retours_a_decider([enquete], autre) == {enquete}
    lier_comptes(premier.id, second.id, acte=Acte(SYSTEME, f.MAINTENANT))
    assert list_retours_a_decider([enquete], autre) == frozenset()
    for acte in (lambda: accepter(requete, demande.id, acteur=autre), lambda: refuser(requete, autre)):
        with pytest.raises(Interdit, match="Une autre personne doit décider"), transaction.atomic():
            acte()
    with pytest.raises(IntegrityError, match="deux_personnes"), transaction.atomic():
        DecisionRestauration.objects.create(
            territoire="099",
            demande=demande,
            revision=2,
            requete=RequeteRestauration.objects.get(),
            issue="ACCEPTEE",
            auteur=qui.id,
            decideur=autre.id,
            personne_decideur=uuid.uuid4(),
            decide_par={},
            survenu_le=f.MAINTENANT,
        )


@pytest.mark.parametrize("role", Role)
def test_matrix_of_roles(demande: Demande, role: Role) -> None:
    acteur = f.creer_acteur(role)
    enquete = enqueter(demande.id)
    if role is Role.GESTIONNAIRE_TERRITORIAL:
        requete = demander(demande.id, enquete=enquete, acteur=acteur)
    else:
        with pytest.raises((NonHabilite, Introuvable)):
            demander(demande.id, enquete=enquete, acteur=acteur)
        requete = demander(demande.id, enquete=enquete)
    if role is Role.DPO:
        accepter(requete, demande.id, acteur=acteur)
    elif role is not Role.GESTIONNAIRE_TERRITORIAL:
        for acte in (lambda: accepter(requete, demande.id, acteur=acteur), lambda: refuser(requete, acteur)):
            with pytest.raises(Introuvable):
                acte()


def test_reading_an_enquiry_answers_nothing(demande: Demande) -> None:
    requete = demander(demande.id)
    acteur = f.creer_acteur(Role.DPO)
    (mandat,) = acteur.mandats
    mandat = type(mandat)(mandat.role, mandat.permissions - {"RESTAURATION_DECIDER"}, mandat.perimetre)
    lecteur = Acteur(id=acteur.id, nom="", canal=acteur.canal, mandats=(mandat,))
    with pytest.raises(NonHabilite):
        accepter(requete, demande.id, acteur=lecteur)


def test_another_territory_sees_nothing(demande: Demande) -> None:
    requete = demander(demande.id)
    ailleurs = f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL, territoire="098")
    for acte in (
        lambda: get_requete(requete, ailleurs),
        lambda: get_retour(demande.id, 1, acteur=ailleurs),
        lambda: demander(demande.id, enquete=enqueter(demande.id), acteur=ailleurs),
        lambda: accepter(requete, demande.id, acteur=ailleurs),
        lambda: refuser(f.inconnu(), gt()),
    ):
        with pytest.raises(Introuvable):
            acte()
    assert list_requetes(get_requete(requete, gt()).enquete, ailleurs) == ()


def test_a_refusal_says_why_and_ends_the_request(demande: Demande) -> None:
    requete = demander(demande.id)
    with pytest.raises(Interdit) as refus:
        refuser(requete, gt(), "")
    assert refus.value.champ == "motif"
    refuser(requete, gt())
    assert (get_requete(requete, gt()).issue, revision_de(demande.id)) == ("REFUSEE", 2)
    assert Entree.objects.get(verbe="REFUSER_RESTAURATION").demande is None
    with pytest.raises(Interdit, match="plus rien à décider"):
        accepter(requete, demande.id)
    demander(demande.id)  # another may be asked for


def test_who_asked_takes_it_back(demande: Demande) -> None:
    """Under any of their accounts, and nobody else; the request has ended, another may be asked for."""
    premier, second = (creer_gestionnaire(le=f.MAINTENANT) for _ in range(2))
    qui, autre = (acteur_de_compte(x, le=f.MAINTENANT) for x in (premier, second))
    enquete = enqueter(demande.id)
    requete = demander(demande.id, enquete=enquete, acteur=qui)
    retirer = functools.partial(retirer_restauration, requete)
    with pytest.raises(Interdit, match="Seule la personne qui a demandé"):
        retirer(acte=Acte(autre, f.MAINTENANT))
    with pytest.raises(IntegrityError, match="deux_personnes"), transaction.atomic():
        DecisionRestauration.objects.create(
            territoire="099",
            demande=demande,
            revision=2,
            requete_id=requete,
            issue="RETIREE",
            auteur=qui.id,
            decideur=autre.id,
            decide_par={},
            survenu_le=f.MAINTENANT,
        )
    with pytest.raises(Introuvable):
        retirer(acte=Acte(f.creer_acteur(), f.MAINTENANT))
    with pytest.raises(NonHabilite):
        retirer(acte=Acte(f.creer_acteur(Role.DPO), f.MAINTENANT))
    lier_comptes(premier.id, second.id, acte=Acte(SYSTEME, f.MAINTENANT))
    with mock.patch.object(journal, "inscrire", side_effect=RuntimeError), pytest.raises(RuntimeError):
        retirer(acte=Acte(autre, f.MAINTENANT))
    assert not DecisionRestauration.objects.exists()
    retirer(acte=Acte(autre, f.MAINTENANT))
    connection.check_constraints()
    fin = DecisionRestauration.objects.get()
    assert (fin.issue, fin.revision, fin.nouvelle) == ("RETIREE", revision_de(demande.id), None)
    assert not Attente.objects.filter(id=requete).exists()
    assert Entree.objects.get(verbe="RETIRER_RESTAURATION").demande is None
    with pytest.raises(Interdit, match="plus rien à décider"):
        retirer(acte=Acte(autre, f.MAINTENANT))
    with pytest.raises(Interdit, match="plus rien à décider"):
        refuser(requete, gt())
    demander(demande.id, enquete=enquete, acteur=qui)


def test_one_request_at_a_time_from_an_enquiry_on_that_demande(demande: Demande) -> None:
    acteur = gt()
    enquete = enqueter(demande.id, acteur=acteur)
    demander(demande.id, enquete=enquete, acteur=acteur)
    with pytest.raises(Interdit, match="attend déjà"):
        demander(demande.id, enquete=enquete, acteur=acteur)
    autre = f.deposer(f.contenu(demandeur=f.personne("Leca", "Léa")))
    with pytest.raises(Interdit, match="pas de cette enquête"):
        demander(autre.demande_id, enquete=enquete)
    lier_demande(enquete, autre.demande_id, acte=Acte(acteur, f.MAINTENANT))
    with pytest.raises(Introuvable, match="aucun état antérieur"):
        demander(autre.demande_id, enquete=enquete)


def test_an_enquiry_does_not_end_while_a_request_waits(demande: Demande) -> None:
    acteur = gt()
    enquete = enqueter(demande.id, acteur=acteur)
    requete = demander(demande.id, enquete=enquete, acteur=acteur)
    fin = {
        "issue": "A_RETABLIR",
        "motif": "TITULAIRE_NIE",
        "precision": "Vu avec elle",
        "acte": Acte(acteur, f.MAINTENANT),
    }
    with pytest.raises(Interdit, match="attend une décision"):
        clore_enquete(enquete, **fin)
    accepter(requete, demande.id)
    clore_enquete(enquete, **fin)
    with pytest.raises(Interdit, match="close"):
        demander(demande.id, enquete=enquete, a_part=False)


@pytest.mark.parametrize(
    ("autres", "champ"),
    [({"motif": " "}, "motif"), ({"garder": ["IDENTITE"]}, "garder"), ({"motif": "x" * 301}, "motif")],
)
def test_what_is_ill_said_is_refused_on_its_field(
    demande: Demande, autres: dict[str, object], champ: str
) -> None:
    with pytest.raises(Interdit) as refus:
        demander(demande.id, **autres)
    assert refus.value.champ == champ


def test_a_return_that_would_change_nothing_is_refused() -> None:
    demande = deposer_elodie()
    detourner(demande.id, actuel(demande.id).model_copy(update={"precisions": "Étage élevé"}))
    detourner(demande.id, actuel(demande.id).model_copy(update={"precisions": None}))
    with pytest.raises(Interdit) as refus:
        demander(demande.id, a_part=False)
    assert refus.value.champ == "vers"


def test_no_demande_is_set_apart_when_nobody_came_in() -> None:
    demande = deposer_elodie()
    detourner(demande.id, actuel(demande.id).model_copy(update={"precisions": "Étage élevé"}))
    with pytest.raises(Interdit) as refus:
        demander(demande.id)
    assert refus.value.champ == "a_part"
    assert retablir(demande.id, a_part=False).nouvelle == ""


def test_what_changed_since_it_was_read_is_read_again(demande: Demande) -> None:
    requete = demander(demande.id)
    with pytest.raises(ConflitDeRevision, match="Relisez"):
        accepter(requete, demande.id, revision=1)


def test_nothing_is_left_when_the_journal_fails(demande: Demande) -> None:
    acteur = gt()
    enquete = enqueter(demande.id, acteur=acteur)
    with mock.patch.object(journal, "inscrire", side_effect=RuntimeError), pytest.raises(RuntimeError):
        demander(demande.id, enquete=enquete, acteur=acteur)
    assert not RequeteRestauration.objects.exists()
    requete = demander(demande.id, enquete=enquete, acteur=acteur)
    avant = actuel(demande.id), Demande.objects.count()
    with mock.patch.object(journal, "inscrire_en_lot", side_effect=RuntimeError), pytest.raises(RuntimeError):
        accepter(requete, demande.id)
    with mock.patch.object(journal, "inscrire", side_effect=RuntimeError), pytest.raises(RuntimeError):
        refuser(requete, gt())
    assert (actuel(demande.id), Demande.objects.count()) == avant
    assert not DecisionRestauration.objects.exists()


def test_a_whole_remedy_is_three_acts(demande: Demande) -> None:
    """Enquiry, request, answer: what two persons have to do between the alert and the household's demande."""
    avant = Entree.objects.count()
    acteur = gt()
    enquete = enqueter(demande.id, acteur=acteur)
    accepter(demander(demande.id, enquete=enquete, acteur=acteur), demande.id)
    verbes = Entree.objects.order_by("inscrit_le", "id").values_list("verbe", flat=True)[avant:]
    assert set(verbes) == {
        "OUVRIR_ENQUETE",
        "DEMANDER_RESTAURATION",
        "RESTAURER",
        "DEPOSER",
        "COMPLETER_ENQUETE",
    }


def test_dates_of_the_takeover_are_told(demande: Demande) -> None:
    retour = get_retour(demande.id, 1, acteur=gt())
    assert retour.a_part is not None
    assert retour.a_part.le == VOL.date()
    assert VOL - DEPOT > timedelta(days=1)
