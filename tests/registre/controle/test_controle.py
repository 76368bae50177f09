"""The rule asked through every door: what applies, what waits, what is kept of it, what ranks the file."""

import uuid
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from unittest import mock

import pytest
from django.db import DatabaseError, connection, transaction

from sne.habilitations.actions import lier_comptes
from sne.habilitations.rules import Role
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.controle.actions import noter_operation
from sne.registre.controle.models import ExamenIdentite, Operation
from sne.registre.controle.rules import operations as rules
from sne.registre.controle.rules.alternance import ContactRetenu
from sne.registre.controle.selectors.controle import get_changement_qui_retient
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Identite, Personne
from sne.registre.lecture.selectors.fiche import get_fiche
from sne.registre.modification.actions.modifier import modifier_demande
from sne.registre.modification.actions.reconcilier import Saisie
from sne.registre.vie.actions.renouveler import renouveler_demande
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur, Canal
from sne.socle.horloge import PARIS
from tests.habilitations.factories import SYSTEME, creer_agent
from tests.habilitations.factories import acteur as acteur_de_compte
from tests.registre.controle.rules.exemples import SEUILS
from tests.registre.depot.test_deposer import CONJOINT, NAISSANCE
from tests.registre.factories import MAINTENANT, contenu, creer_acteur, decider, deposer, nir_de, personne
from tests.registre.identite.changements_identite import modifier
from tests.registre.pieces.pieces import joindre

pytestmark = pytest.mark.django_db
VIEUX = MAINTENANT - timedelta(days=300)


@pytest.fixture
def demande(agent: Acteur) -> uuid.UUID:
    return deposer(acteur=agent, le=VIEUX).demande_id


def contacts(courriel: str = "x@exemple.fr", **autres: Any) -> Any:
    """What gives the applicant another e-mail address."""

    def changer(voulu: Contenu) -> Contenu:
        brut = voulu.model_dump(mode="json")
        brut["demandeur"]["contact"] = {"courriel": courriel} | autres
        return Contenu.model_validate(brut)

    return changer


def attend(demande_id: uuid.UUID, agent: Acteur) -> bool:
    return get_fiche(Demande.objects.get(id=demande_id), agent).identite_en_attente


def test_a_deposit_is_neither_examined_nor_an_operation(demande: uuid.UUID) -> None:
    assert not ExamenIdentite.objects.exists()
    assert not Operation.objects.exists()


def test_one_letter_applies_at_once_and_says_why(demande: uuid.UUID, agent: Acteur) -> None:
    modifier(demande, agent, traits={"nom_naissance": "Dubreuill"})
    connection.check_constraints()
    examen = ExamenIdentite.objects.select_related("identite").get()
    assert (examen.decision, examen.clauses, examen.identite.voie) == ("AUTOMATIQUE", ["NOM"], "AUTOMATIQUE")
    assert "1\u00a0lettre sur 9" in examen.phrase
    assert examen.seuils["nom_lettres_max"] == 2
    operation = Operation.objects.get()
    assert (operation.champs, operation.type, operation.guichet) == (
        ["nom_naissance"],
        "modification",
        "G0993",
    )
    assert operation.risque is False
    assert operation.score is not None


def test_a_second_small_step_waits(demande: uuid.UUID, agent: Acteur) -> None:
    modifier(demande, agent, traits={"nom_naissance": "Dubreuill"}, le=MAINTENANT - timedelta(days=40))
    modifier(demande, agent, traits={"nom_naissance": "Dubreuille"})
    assert attend(demande, agent)
    assert ExamenIdentite.objects.get(decision="EN_ATTENTE").clauses == ["DEJA_AUTOMATIQUE"]


def test_another_name_waits_with_its_sentence(demande: uuid.UUID, agent: Acteur) -> None:
    modifier(demande, agent, traits={"nom_naissance": "Zimmer"})
    examen = ExamenIdentite.objects.get()
    assert (examen.decision, examen.clauses, examen.identite.voie) == ("EN_ATTENTE", ["NOM"], "CONTROLE")
    assert "lettres sur 8" in examen.phrase
    modifier(demande, agent, traits={"nom_naissance": "Zimmer"})
    assert ExamenIdentite.objects.count() == 1


def test_contacts_first_then_a_letter_applies_and_is_read_again_more_often(
    demande: uuid.UUID, agent: Acteur
) -> None:
    modifier(demande, agent, contenu=contacts(), le=MAINTENANT - timedelta(days=3))
    with mock.patch("sne.registre.controle.actions.est_tiree", return_value=False) as tirage:
        modifier(demande, agent, traits={"nom_naissance": "Dubreuill"})
    examen = ExamenIdentite.objects.select_related("identite").get()
    assert (examen.decision, examen.identite.voie) == ("AUTOMATIQUE", "AUTOMATIQUE")
    assert set(examen.clauses) == {"NOM", "CONTACT_RECENT", "ALTERNANCE"}
    assert tirage.call_args.args[1] == 0.25
    termes = Operation.objects.get(champs=["nom_naissance"]).termes
    assert any("ourriel" in terme["detail"] for terme in termes or [])


def test_contacts_first_then_a_letter_waits_where_the_parameter_says_so(
    demande: uuid.UUID, agent: Acteur
) -> None:
    tenus = SEUILS.model_copy(update={"contact_lettres_attente": 0})
    modifier(demande, agent, contenu=contacts(), le=MAINTENANT - timedelta(days=3))
    with mock.patch("sne.registre.controle.selectors.controle.get_seuils", return_value=tenus):
        modifier(demande, agent, traits={"nom_naissance": "Dubreuill"})
    assert set(ExamenIdentite.objects.get().clauses) == {"CONTACT_RECENT", "ALTERNANCE"}


def test_contacts_first_then_another_name_waits(demande: uuid.UUID, agent: Acteur) -> None:
    modifier(demande, agent, contenu=contacts(), le=MAINTENANT - timedelta(days=3))
    modifier(demande, agent, traits={"nom_naissance": "Zimmer"})
    assert set(ExamenIdentite.objects.get().clauses) == {"NOM", "CONTACT_RECENT", "ALTERNANCE"}


def test_the_name_first_then_the_contacts_are_refused(demande: uuid.UUID, agent: Acteur) -> None:
    modifier(demande, agent, traits={"nom_naissance": "Dubreuill"}, le=MAINTENANT - timedelta(days=3))
    with pytest.raises(ContactRetenu) as exc, transaction.atomic():
        modifier(demande, agent, contenu=contacts())
    assert exc.value.champ == "demandeur.contact.courriel"
    gt = creer_acteur(Role.GESTIONNAIRE_TERRITORIAL)
    modifier(demande, gt, contenu=contacts())
    modifier(demande, agent, contenu=contacts("y@exemple.fr"), le=MAINTENANT + timedelta(days=6))


def test_a_name_refused_holds_no_contact(demande: uuid.UUID, agent: Acteur) -> None:
    modifier(demande, agent, traits={"nom_naissance": "Zimmer"})
    demandee = Identite.objects.get(voie="CONTROLE")
    assert get_changement_qui_retient(demande) == (MAINTENANT, demandee)
    decider(demandee, issue="REFUSEE")
    assert get_changement_qui_retient(demande) is None
    modifier(demande, agent, contenu=contacts())


def test_a_name_validated_holds_them_from_its_day(demande: uuid.UUID, agent: Acteur) -> None:
    modifier(demande, agent, traits={"nom_naissance": "Zimmer"}, le=MAINTENANT - timedelta(days=10))
    demandee = Identite.objects.get(voie="CONTROLE")
    decider(demandee, le=MAINTENANT)
    assert get_changement_qui_retient(demande) == (MAINTENANT, demandee)
    with pytest.raises(ContactRetenu):
        modifier(demande, agent, contenu=contacts())


def test_the_used_name_of_long_ago_lets_the_name_pass(agent: Acteur) -> None:
    porte = deposer(
        contenu(demandeur=personne(identite={"nom_usage": "Zimmer"})), acteur=agent, le=VIEUX
    ).demande_id
    modifier(porte, agent, traits={"nom_naissance": "Zimmer"})
    assert not attend(porte, agent)


def test_not_the_used_name_of_last_month(demande: uuid.UUID, agent: Acteur) -> None:
    modifier(demande, agent, traits={"nom_usage": "Zimmer"}, le=MAINTENANT - timedelta(days=30))
    modifier(demande, agent, traits={"nom_naissance": "Zimmer"})
    assert attend(demande, agent)


def test_nor_that_of_a_co_holder_who_has_just_come(demande: uuid.UUID, agent: Acteur) -> None:
    venu = {**CONJOINT, "identite": {**CONJOINT["identite"], "nom_usage": "Zimmer"}}

    def ajouter(voulu: Contenu) -> Contenu:
        return Contenu.model_validate(voulu.model_dump(mode="json") | {"cotitulaires": [venu]})

    def renommer(voulu: Contenu) -> Contenu:
        (seul,) = voulu.cotitulaires
        identite = seul.identite.model_copy(update={"nom_naissance": "Zimmer"})
        return voulu.model_copy(update={"cotitulaires": (seul.model_copy(update={"identite": identite}),)})

    modifier(demande, agent, contenu=ajouter, le=MAINTENANT - timedelta(days=30))
    modifier(demande, agent, contenu=renommer)
    assert attend(demande, agent)


def test_a_number_that_was_missing_and_agrees_applies(demande: uuid.UUID, agent: Acteur) -> None:
    modifier(demande, agent, nirs={"demandeur": nir_de(NAISSANCE)})
    assert ExamenIdentite.objects.get().clauses == ["NIR"]


def test_young_a_co_holder_leaves_at_once(agent: Acteur) -> None:
    """Typed by mistake the same day: the row says so, their place and their documents go."""
    nir = nir_de(CONJOINT_NE)
    recu = deposer(contenu(cotitulaires=[CONJOINT]), acteur=agent, nirs={"cotitulaire:1": nir})
    modifier(recu.demande_id, agent, contenu=lambda c: c.model_copy(update={"cotitulaires": ()}))
    connection.check_constraints()
    depart = Identite.objects.select_related("examen").get(retrait=True)
    assert (depart.voie, depart.examen.clauses) == ("AUTOMATIQUE", ["ANCIENNETE_COURTE"])
    assert Personne.objects.get(id=depart.personne_id).retire_le == MAINTENANT
    demande = Demande.objects.get(id=recu.demande_id)
    assert demande.nb_personnes == 1
    assert Operation.objects.get().champs == ["codemandeur"]
    deposer(contenu(demandeur=CONJOINT_SEUL), nirs={"demandeur": nir}, doublons_ecartes="Autre")


CONJOINT_SEUL = {cle: valeur for cle, valeur in CONJOINT.items() if cle != "lien_demandeur"}
CONJOINT_NE = datetime.fromisoformat(CONJOINT["identite"]["date_naissance"]).date()


def test_documents_and_renewals_are_operations_too(demande: uuid.UUID, agent: Acteur) -> None:
    joindre(demande, acteur=agent)
    (piece,) = Operation.objects.all()
    assert (piece.champs, piece.score, piece.risque) == (["pj_identite"], None, False)
    modifier_demande(
        demande,
        contenu=get_fiche(Demande.objects.get(id=demande), agent).contenu,
        revision=2,
        acte=Acte(agent, MAINTENANT),
    )
    assert Operation.objects.count() == 1  # nothing asked, nothing done
    le = VIEUX + timedelta(days=330)
    lu = get_fiche(Demande.objects.get(id=demande), agent)
    renouveler_demande(demande, saisie=Saisie(lu.contenu, 2, {}), acte=Acte(agent, le), sans_changement=True)
    assert Operation.objects.get(type="renouvellement").champs == []


def test_the_score_is_kept_with_its_terms_and_what_makes_it_a_risk(agent: Acteur) -> None:
    ancienne = deposer(acteur=agent, le=midi_il_y_a(6 * 365)).demande_id
    modifier(ancienne, agent, traits={"nom_naissance": "Zimmer", "prenoms": "Karl"})
    premiere = Operation.objects.get()
    assert premiere.risque
    assert {t["code"] for t in premiere.termes} == {"identite", "anciennete", "autres"}
    joindre(ancienne, acteur=agent, le=MAINTENANT + timedelta(minutes=1))
    seconde = Operation.objects.get(champs=["pj_identite"])
    assert seconde.score > premiere.score
    assert not seconde.risque
    # Another old file, by the same person: it is counted.
    autre = deposer(
        contenu(demandeur=personne("Roy", "Anne")),
        acteur=agent,
        le=midi_il_y_a(6 * 365),
        doublons_ecartes="x",
    ).demande_id
    modifier(autre, agent, traits={"nom_naissance": "Klein", "prenoms": "Otto"})
    dernier = Operation.objects.get(demande=autre)
    assert "Autres dossiers semblables du même agent\u00a0: 1" in dernier.termes[2]["detail"]


def logiciel() -> Acteur:
    """An account of the software of G0993, another one at each call."""
    acteur = creer_acteur(canal=Canal.INTERFACE)
    return replace(acteur, mandats=tuple(replace(m, role=str(Role.EDITEUR)) for m in acteur.mandats))


def test_through_an_interface_the_counter_is_counted_not_its_machine(agent: Acteur) -> None:
    """Two accounts of one software, one counter: its other file counts; not that of an agent on a screen."""
    machines = [logiciel() for _ in range(2)]
    for acteur, nom in ((agent, "Roy"), (machines[0], "Sorel"), (machines[1], "Vernet")):
        ancienne = deposer(
            contenu(demandeur=personne(nom, "Anne")),
            acteur=agent,
            le=midi_il_y_a(6 * 365),
            doublons_ecartes="x",
        ).demande_id
        modifier(ancienne, acteur, traits={"nom_naissance": "Klein", "prenoms": "Otto"})
    dernier = Operation.objects.get(demande=ancienne)
    assert "du même guichet par son logiciel\u00a0: 1" in dernier.termes[2]["detail"]


def test_two_accounts_of_one_person_are_one_author() -> None:
    comptes = [creer_agent(le=MAINTENANT) for _ in range(2)]
    lier_comptes(comptes[0].id, comptes[1].id, acte=Acte(SYSTEME, MAINTENANT))
    for compte, nom in zip(comptes, ("Roy", "Sorel"), strict=True):
        acteur = acteur_de_compte(compte, le=MAINTENANT)
        ancienne = deposer(
            contenu(demandeur=personne(nom, "Anne")), acteur=acteur, le=midi_il_y_a(6 * 365)
        ).demande_id
        modifier(ancienne, acteur, traits={"nom_naissance": "Klein", "prenoms": "Otto"})
    dernier = Operation.objects.get(demande=ancienne)
    assert "du même agent\u00a0: 1" in dernier.termes[2]["detail"]


def test_hours_of_a_counter_overseas() -> None:
    """At 16:31 in Paris it is 19:31 in La Réunion."""
    soir = MAINTENANT.astimezone(PARIS).replace(hour=16, minute=31)
    acteur = creer_acteur(territoire="974", guichet="G9741")
    souhaits = {
        "types_logement": ["T3"],
        "localisations": [{"commune": "97411"}],
        "accepte_autres_communes": True,
    }
    ancienne = deposer(
        contenu(souhaits=souhaits),
        acteur=acteur,
        le=midi_il_y_a(6 * 365),
        territoire="974",
        guichet="G9741",
    ).demande_id
    modifier(ancienne, acteur, traits={"nom_naissance": "Klein", "prenoms": "Otto"}, le=soir)
    dernier = Operation.objects.get(demande=ancienne)
    assert "En dehors des heures habituelles" in dernier.termes[2]["detail"]


def midi_il_y_a(jours: int) -> datetime:
    return MAINTENANT - timedelta(days=jours)


def test_what_the_household_does_itself_has_no_score(demande: uuid.UUID, agent: Acteur) -> None:
    modifier(demande, agent, traits={"nom_naissance": "Dubreuill"})
    acte = rules.Operation(MAINTENANT, Canal.PGP, champs=frozenset({rules.Champ.ADRESSE}))
    noter_operation(Demande.objects.get(id=demande), acte, auteur=agent.id)
    assert Operation.objects.get(champs=["adresse"]).score is None


def test_an_association_has_no_score(agent: Acteur) -> None:
    adresse = contenu().demandeur.adresse_courrier.model_dump(mode="json")
    brut = {
        "titulaire": "ASSOCIATION",
        "association": {"nom": "Toits d’Aurette", "adresse_courrier": adresse},
        "souhaits": contenu().souhaits.model_dump(mode="json"),
    }
    recu = deposer(Contenu.model_validate(brut), acteur=agent, le=VIEUX)

    def demenager(voulu: Contenu) -> Contenu:
        lu = voulu.model_dump(mode="json")
        lu["association"]["adresse_courrier"]["numero"] = "99"
        return Contenu.model_validate(lu)

    modifier(recu.demande_id, agent, contenu=demenager)
    assert Operation.objects.get().score is None


def test_the_database_wants_an_automatic_change_examined(demande: uuid.UUID, agent: Acteur) -> None:
    """By SQL, as the service: a row that says « applied at once » and that no rule saw does not come into force."""
    depot = Identite.objects.get(demande=demande)
    faux = Identite.objects.get(id=depot.id)
    faux.pk, faux.nom_naissance, faux.voie = uuid.uuid4(), "Zimmer", "AUTOMATIQUE"
    faux.save(force_insert=True)
    with pytest.raises(DatabaseError, match="personne n’a validé"), transaction.atomic():
        Personne.objects.filter(id=depot.personne_id).update(identite_courante=faux)
        connection.cursor().execute("SET CONSTRAINTS identite_admise IMMEDIATE")
