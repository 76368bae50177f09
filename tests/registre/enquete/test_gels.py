"""A frozen file: what still moves and what does not, through every door; four eyes to lift it; its days given back."""

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from sne.habilitations.rules import Role
from sne.journal.models import Entree
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.models.demande import Demande, Version
from sne.registre.demande.models.personne import Identite, Personne
from sne.registre.demande.models.radiation import Radiation
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.demande.rules.services import horloge_du_registre
from sne.registre.demande.selectors.radiation import get_radiation
from sne.registre.depot.actions.deposer import Recepisse
from sne.registre.enquete.actions.gels import decider_levee, demander_levee, geler
from sne.registre.enquete.models.enquete import Gel, LeveeGel
from sne.registre.enquete.rules.gel import DossierFige
from sne.registre.enquete.selectors.gels import get_gel, limite_de_retour, sans_gel
from sne.registre.faits.rules.faits import NatureFait
from sne.registre.joindre.actions.invalider_courriel import invalider_courriel
from sne.registre.lecture.actions.consulter import consulter_demande
from sne.registre.lecture.selectors.fiche import list_derniers_actes
from sne.registre.modification.actions.modifier import modifier_demande
from sne.registre.modification.actions.reconcilier import Saisie
from sne.registre.vie.actions.radier import expirer_demande, radier_demande
from sne.registre.vie.actions.renouveler import renouveler_demande
from sne.registre.vie.rules.radiation import FaitsRadiation
from sne.registre.vie.rules.renouvellement import RenouvellementFerme
from sne.registre.vie.selectors.renouvellement import get_fenetre
from sne.registre.vie.tasks import passer_l_horloge
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur, Canal
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from tests.registre import factories as f
from tests.registre.enquete import enquetes as e
from tests.registre.factories import midi
from tests.registre.faits.faits import consigner

pytestmark = pytest.mark.django_db
DEPOT = date(2026, 3, 2)
EXPIRATION, RADIATION = date(2027, 3, 1), date(2027, 4, 2)
ADRESSE = {"etranger": False, "numero": "3", "voie": "rue Neuve", "code_postal": "99240", "commune": "99002"}
KARIM = f.personne("Haddad", "Karim", identite={"civilite": "1", "date_naissance": "1985-08-21"}) | {
    "lien_demandeur": "C"
}


def contenu(**demandeur: Any) -> Contenu:
    contact = {"courriel": "elodie@example.fr", "telephone_portable": "06 12 34 56 41"}
    return f.contenu(
        demandeur=f.personne(**({"contact": contact} | demandeur)),
        cotitulaires=[KARIM],
    )


@pytest.fixture
def recepisse() -> Recepisse:
    return f.deposer(contenu(), le=midi(DEPOT))


def modifier(recepisse: Recepisse, voulu: Contenu, **autres: Any) -> int:
    demande = Demande.objects.get(id=recepisse.demande_id)
    modifiee = modifier_demande(
        demande.id,
        contenu=voulu,
        revision=demande.revision,
        acte=Acte(f.creer_acteur(), f.MAINTENANT),
        **autres,
    )
    connection.check_constraints()
    return modifiee.revision


INTERDITES: dict[str, tuple[Callable[[], Contenu], str]] = {
    "birth name": (lambda: contenu(nom="Dubreuille"), "nom de naissance"),
    "first names": (lambda: contenu(prenoms="Elodie"), "prénoms"),
    "usage name": (lambda: contenu(identite={"nom_usage": "Morel"}), "nom d’usage"),
    "birth date": (lambda: contenu(identite={"date_naissance": "1987-03-15"}), "date de naissance"),
    "civility": (lambda: contenu(identite={"civilite": "1"}), "civilité"),
    "e-mail": (lambda: contenu(contact={"courriel": "autre@example.fr"}), "adresse électronique"),
    "phone": (lambda: contenu(contact={"telephone_portable": "06 00 00 00 00"}), "téléphone portable"),
    "postal address": (lambda: contenu(adresse_courrier=ADRESSE), "voie"),
    "co-holder removed": (
        lambda: contenu().model_copy(update={"cotitulaires": ()}),
        "Cotitulaire 1",
    ),
    "co-holder added": (
        lambda: Contenu.model_validate(
            contenu().model_dump(mode="json", exclude_defaults=True)
            | {"cotitulaires": [KARIM, f.personne("Leca", "Léa") | {"lien_demandeur": "C"}]}
        ),
        "Cotitulaire 2",
    ),
    "helper's e-mail": (
        lambda: contenu().model_copy(
            update={"accompagnant": contenu().accompagnant.model_copy(update={"courriel": "x@example.fr"})}
        ),
        "Adresse électronique de l’accompagnant",
    ),
}


@pytest.mark.parametrize("quoi", INTERDITES)
def test_identity_and_contacts_stay_through_both_doors(recepisse: Recepisse, quoi: str) -> None:
    """Table: each protected trait and contact × changing and renewing; nothing is written."""
    voulu, champ = INTERDITES[quoi]
    e.figer(recepisse.demande_id)
    with pytest.raises(DossierFige, match="en cours de vérification") as refus:
        modifier(recepisse, voulu())
    assert champ in refus.value.phrase
    with pytest.raises(DossierFige):
        renouveler_demande(
            recepisse.demande_id,
            saisie=Saisie(voulu(), 1, {}),
            acte=Acte(f.creer_acteur(), midi(EXPIRATION)),
        )
    assert Version.objects.filter(demande=recepisse.demande_id).count() == 1
    assert Identite.objects.filter(demande=recepisse.demande_id).count() == 2


def test_a_number_typed_is_an_identity(recepisse: Recepisse) -> None:
    e.figer(recepisse.demande_id)
    with pytest.raises(DossierFige, match="sécurité sociale"):
        modifier(recepisse, contenu(), nirs={"demandeur": f.nir_de(date(1987, 3, 14))})


def test_the_rest_may_change(recepisse: Recepisse) -> None:
    e.figer(recepisse.demande_id)
    voulu = contenu().model_copy(
        update={"souhaits": contenu().souhaits.model_copy(update={"loyer_maximum": Decimal(500)})}
    )
    assert modifier(recepisse, voulu) == 2
    consigner(NatureFait.EVENEMENT, recepisse.demande_id)


def test_the_household_renews(recepisse: Recepisse) -> None:
    e.figer(recepisse.demande_id)
    faite = renouveler_demande(
        recepisse.demande_id,
        saisie=Saisie(contenu(), 1, {}),
        sans_changement=True,
        acte=Acte(f.creer_acteur(), midi(EXPIRATION)),
    )
    connection.check_constraints()
    assert faite.date_expiration == date(2028, 2, 29)


def test_an_address_that_refuses_messages_is_still_marked(recepisse: Recepisse) -> None:
    """What the service saw is no change by anybody."""
    e.figer(recepisse.demande_id)
    service = f.creer_acteur(Role.EXPLOITATION_NATIONALE, canal=Canal.SYSTEME)
    marquees = invalider_courriel(
        recepisse.demande_id,
        "elodie@example.fr",
        message=uuid.uuid4(),
        acte=Acte(service, f.MAINTENANT),
    )
    connection.check_constraints()
    assert marquees == 1


def test_nobody_strikes_off_not_even_with_a_signed_lease(recepisse: Recepisse) -> None:
    consigner(NatureFait.ATTRIBUTION, recepisse.demande_id, acteur=f.creer_acteur(guichet="G0991"))
    e.figer(recepisse.demande_id)
    for guichet, faits in (
        ("G0991", FaitsRadiation(MotifRadiation.RADATT)),
        (
            "G0993",
            FaitsRadiation(MotifRadiation.RADABA, date_courrier=date(2026, 11, 20), document="Lettre"),
        ),
    ):
        with pytest.raises(DossierFige, match="La radiation attend"):
            radier_demande(
                recepisse.demande_id, faits, acte=Acte(f.creer_acteur(guichet=guichet), f.MAINTENANT)
            )
    horloge = horloge_du_registre("099")
    with pytest.raises(DossierFige):
        radier_demande(
            recepisse.demande_id,
            FaitsRadiation(MotifRadiation.RADREN),
            acte=Acte(horloge, midi(RADIATION)),
        )
    with pytest.raises(DossierFige, match="La fin de validité attend"):
        expirer_demande(recepisse.demande_id, acte=Acte(horloge, midi(RADIATION)))


def test_clock_leaves_a_frozen_file_alone(recepisse: Recepisse) -> None:
    autre = f.deposer(f.contenu(demandeur=f.personne("Leca", "Léa")), le=midi(DEPOT))
    e.figer(recepisse.demande_id)
    passer_l_horloge(midi(RADIATION), territoires=["099"])
    statuts = dict(Demande.objects.values_list("id", "statut"))
    assert statuts == {recepisse.demande_id: "ACTIVE", autre.demande_id: "RADIEE"}
    assert list(Demande.objects.filter(sans_gel())) == [Demande.objects.get(id=autre.demande_id)]


def test_a_late_household_still_renews_while_frozen(recepisse: Recepisse) -> None:
    """Past the last day to come back as it stood, the clock having been stopped for longer."""
    e.figer(recepisse.demande_id)
    demande = Demande.objects.get(id=recepisse.demande_id)
    tard = date(2027, 10, 1)
    assert get_fenetre(demande, le=tard).reactivation_jusqu_au < tard
    fenetre = get_fenetre(demande, le=tard, gel=get_gel(demande.id))
    assert fenetre.ouverture == get_fenetre(demande, le=tard).ouverture
    assert fenetre.expiration == EXPIRATION + (tard - f.AUJOURD_HUI)
    faite = renouveler_demande(
        demande.id,
        saisie=Saisie(contenu(), 1, {}),
        sans_changement=True,
        acte=Acte(f.creer_acteur(), midi(tard)),
    )
    assert faite.date_renouvellement == tard


def test_days_are_given_back_said_and_journalled(recepisse: Recepisse) -> None:
    gel = e.figer(recepisse.demande_id)
    demande = Demande.objects.get(id=recepisse.demande_id)
    avant = get_fenetre(demande, le=f.AUJOURD_HUI)
    leve = RADIATION + timedelta(days=30)
    jours = (leve - f.AUJOURD_HUI).days
    assert e.lever(gel, le=midi(leve)) == jours
    demande.refresh_from_db()
    assert (demande.statut, demande.revision) == ("ACTIVE", 2)
    assert demande.date_expiration == EXPIRATION + timedelta(days=jours)
    apres = get_fenetre(demande, le=leve)
    for borne in ("expiration", "fermeture", "reactivation_jusqu_au"):
        assert getattr(apres, borne) - getattr(avant, borne) == timedelta(days=jours)
    version = Version.objects.get(demande=demande, numero=2)
    assert version.motif == f"Vérification terminée\u00a0: {jours}\u00a0jours rendus à la demande"
    entree = Entree.objects.get(demande=demande.id, verbe="LEVER_GEL")
    assert (entree.revision, entree.faits["jours_rendus"]) == (2, jours)
    assert entree.faits["date_expiration"] == demande.date_expiration.isoformat()
    passer_l_horloge(midi(leve), territoires=["099"])
    demande.refresh_from_db()
    assert demande.statut == "ACTIVE"
    assert modifier(recepisse, contenu(contact={"courriel": "autre@example.fr"})) == 3


def test_renewed_while_frozen_only_the_days_since_count(recepisse: Recepisse) -> None:
    gel = e.figer(recepisse.demande_id)
    renouveler_demande(
        recepisse.demande_id,
        saisie=Saisie(contenu(), 1, {}),
        sans_changement=True,
        acte=Acte(f.creer_acteur(), midi(EXPIRATION)),
    )
    assert e.lever(gel, le=midi(EXPIRATION + timedelta(days=10))) == 10
    demande = Demande.objects.get(id=recepisse.demande_id)
    assert demande.date_expiration == date(2028, 2, 29) + timedelta(days=10)


def test_lifted_the_same_day_nothing_moves(recepisse: Recepisse) -> None:
    assert e.lever(e.figer(recepisse.demande_id), le=f.MAINTENANT + timedelta(hours=2)) == 0
    assert Demande.objects.get(id=recepisse.demande_id).revision == 1


def test_struck_off_and_frozen_its_last_day_to_come_back_is_later(recepisse: Recepisse) -> None:
    passer_l_horloge(midi(RADIATION), territoires=["099"])
    radiation = get_radiation(recepisse.demande_id)
    assert radiation is not None
    pose = RADIATION + timedelta(days=20)
    gel = e.figer(recepisse.demande_id, le=midi(pose))
    assert limite_de_retour(
        radiation, le=pose + timedelta(days=7)
    ) == radiation.reactivable_jusqu_au + timedelta(7)
    assert e.lever(gel, le=midi(pose + timedelta(days=40))) == 40
    limite = radiation.reactivable_jusqu_au + timedelta(days=40)
    assert limite_de_retour(radiation, le=pose + timedelta(days=99)) == limite
    demande = Demande.objects.get(id=recepisse.demande_id)
    assert (demande.revision, demande.date_expiration) == (3, EXPIRATION)

    def revenir(le: date) -> None:
        renouveler_demande(
            demande.id,
            saisie=Saisie(contenu(), 3, {}),
            sans_changement=True,
            acte=Acte(f.creer_acteur(), midi(le)),
        )

    with pytest.raises(Interdit, match=f"{limite:%d/%m/%Y}"):
        revenir(limite + timedelta(days=1))
    revenir(limite)
    assert Demande.objects.get(id=demande.id).statut == "ACTIVE"
    assert Radiation.objects.filter(demande=demande).count() == 1


def test_days_given_back_then_struck_off_the_last_day_to_come_back_is_later_too(recepisse: Recepisse) -> None:
    leve = DEPOT + timedelta(days=200)
    e.lever(e.figer(recepisse.demande_id, le=midi(DEPOT)), le=midi(leve))
    annoncee = get_fenetre(Demande.objects.get(id=recepisse.demande_id), le=leve)
    passer_l_horloge(midi(annoncee.fermeture + timedelta(days=1)), territoires=["099"])
    radiation = get_radiation(recepisse.demande_id)
    assert radiation is not None
    assert (
        radiation.reactivable_jusqu_au == annoncee.reactivation_jusqu_au == date(2027, 9, 2) + timedelta(200)
    )
    assert radiation.reactivable_jusqu_au > radiation.date_radiation


def test_too_early_stays_too_early(recepisse: Recepisse) -> None:
    e.figer(recepisse.demande_id)
    with pytest.raises(RenouvellementFerme, match="ouvre le"):
        renouveler_demande(
            recepisse.demande_id,
            saisie=Saisie(contenu(), 1, {}),
            sans_changement=True,
            acte=Acte(f.creer_acteur(), f.MAINTENANT),
        )


def test_one_freeze_at_a_time_whoever_comes_second(recepisse: Recepisse) -> None:
    """Two managers, each with an enquiry: the second is told, and the database has the last word."""
    e.figer(recepisse.demande_id)
    second = e.gt()
    enquete = e.enqueter(recepisse.demande_id, acteur=second)
    with pytest.raises(Interdit, match="déjà figé"):
        geler(recepisse.demande_id, enquete_id=enquete, acte=Acte(second, f.MAINTENANT))
    with pytest.raises(IntegrityError, match="gel_en_cours"), transaction.atomic():
        premier = Gel.objects.get()
        premier.id, premier.enquete_id = uuid.uuid4(), enquete
        premier.save(force_insert=True)


def test_frozen_again_after_a_lifting(recepisse: Recepisse) -> None:
    e.lever(e.figer(recepisse.demande_id), le=f.MAINTENANT + timedelta(days=3))
    e.figer(recepisse.demande_id, le=f.MAINTENANT + timedelta(days=4))
    demande = Demande.objects.get(id=recepisse.demande_id)
    assert demande.date_expiration == EXPIRATION + timedelta(days=3)


def test_only_a_demande_of_the_enquiry(recepisse: Recepisse) -> None:
    autre = f.deposer(f.contenu(demandeur=f.personne("Leca", "Léa")))
    acteur = e.gt()
    enquete = e.enqueter(recepisse.demande_id, acteur=acteur)
    with pytest.raises(Interdit, match="pas de cette enquête"):
        geler(autre.demande_id, enquete_id=enquete, acte=Acte(acteur, f.MAINTENANT))


def decider(levee: uuid.UUID, acteur: Acteur, decision: str = "ACCEPTEE", precision: str = "") -> int:
    return decider_levee(levee, decision=decision, precision=precision, acte=Acte(acteur, f.MAINTENANT))


def test_four_eyes_to_lift(recepisse: Recepisse) -> None:
    pose = e.gt()
    gel = e.figer(recepisse.demande_id, acteur=pose)
    with pytest.raises(Interdit, match="en une phrase"):
        demander_levee(gel, precision=" ", acte=Acte(pose, f.MAINTENANT))
    levee = demander_levee(gel, precision="Actes lus", acte=Acte(pose, f.MAINTENANT))
    with pytest.raises(Interdit, match="Une autre personne doit décider"):
        decider(levee, pose)
    with pytest.raises(Interdit, match="attend déjà"):
        demander_levee(gel, precision="Encore", acte=Acte(e.gt(), f.MAINTENANT))
    with pytest.raises(Interdit, match="en une phrase"):
        decider(levee, e.gt(), "REFUSEE")
    assert decider(levee, e.gt(), "REFUSEE", "Il manque l’acte de naissance") == 0
    assert get_gel(recepisse.demande_id) is not None
    with pytest.raises(Interdit, match="plus rien à décider"):
        decider(levee, e.gt())
    levee = demander_levee(gel, precision="Acte de naissance lu", acte=Acte(pose, f.MAINTENANT))
    assert decider(levee, f.creer_acteur(Role.DPO)) == 0
    connection.check_constraints()
    assert get_gel(recepisse.demande_id) is None
    for acte in (
        lambda: demander_levee(gel, precision="Encore", acte=Acte(pose, f.MAINTENANT)),
        lambda: decider(levee, e.gt()),
    ):
        with pytest.raises(Interdit, match="n’est plus figé"):
            acte()


def test_database_wants_four_eyes_an_answer_and_an_entry(recepisse: Recepisse) -> None:
    acteur = e.gt()
    gel = e.figer(recepisse.demande_id, acteur=acteur)
    levee = demander_levee(gel, precision="Actes lus", acte=Acte(acteur, f.MAINTENANT))
    connection.check_constraints()
    reponse = {"decision": "ACCEPTEE", "decide_par": {}, "clos_le": f.MAINTENANT}
    levees, gels = LeveeGel.objects.filter(id=levee), Gel.objects.filter(id=gel)
    fin = {"leve_le": f.MAINTENANT, "jours_rendus": 0}
    for erreur, ecrire in (
        ("deux_personnes", lambda: levees.update(**reponse, decideur=acteur.id)),
        ("aucune entrée de journal", lambda: levees.update(**reponse, decideur=uuid.uuid4())),
        ("personne n’a accepté", lambda: gels.update(**fin)),
        ("levee_gel_decision", lambda: levees.update(decision="ACCEPTEE")),
        ("gel_leve", lambda: gels.update(leve_le=f.MAINTENANT - timedelta(1), jours_rendus=0)),
    ):
        with pytest.raises(IntegrityError, match=erreur), transaction.atomic():
            ecrire()
            connection.check_constraints()
    decider(levee, e.gt())
    connection.check_constraints()
    for ligne in (levees, gels):
        with pytest.raises(IntegrityError, match="déjà écrite"), transaction.atomic():
            ligne.update(**(reponse if ligne is levees else fin))


def test_database_keeps_a_frozen_file_still(recepisse: Recepisse) -> None:
    """By SQL, beside every action: contacts, identity, departure, end of validity, content of a version."""
    e.figer(recepisse.demande_id)
    personnes = Personne.objects.filter(demande=recepisse.demande_id)
    demandes = Demande.objects.filter(id=recepisse.demande_id)

    def autre_identite() -> None:
        ligne = Identite.objects.filter(demande=recepisse.demande_id)[0]
        ligne.id, ligne.voie = uuid.uuid4(), "CONTROLE"
        ligne.save(force_insert=True)

    def autre_version(chemin: str, valeur: object) -> None:
        version = Version.objects.get(demande=recepisse.demande_id)
        version.id, version.numero = uuid.uuid4(), 2
        version.contenu["demandeur"][chemin] = valeur
        version.save(force_insert=True)

    for ecrire in (
        lambda: personnes.update(courriel="autre@example.fr"),
        lambda: personnes.update(telephone="+33600000000"),
        lambda: personnes.filter(role="COTITULAIRE").update(retire_le=f.MAINTENANT),
        lambda: demandes.update(statut="RADIEE"),
        lambda: demandes.update(statut="EXPIREE"),
        autre_identite,
        lambda: autre_version("contact", {"courriel": "autre@example.fr"}),
        lambda: autre_version("adresse_courrier", ADRESSE),
    ):
        with pytest.raises(IntegrityError, match="dossier figé"), transaction.atomic():
            ecrire()
    with transaction.atomic():
        autre_version("situation_familiale", "M")
        transaction.set_rollback(True)


def test_out_of_perimeter_and_without_the_right(recepisse: Recepisse) -> None:
    gel = e.figer(recepisse.demande_id)
    enquete = e.enquete_de(gel)
    levee = demander_levee(gel, precision="Actes lus", acte=Acte(e.gt(), f.MAINTENANT))
    ailleurs = f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL, territoire="02A")
    autres = [ailleurs, *(f.creer_acteur(r) for r in set(Role) - {Role.GESTIONNAIRE_TERRITORIAL, Role.DPO})]
    for acteur in autres:
        for acte in (
            lambda a=acteur: geler(recepisse.demande_id, enquete_id=enquete, acte=Acte(a, f.MAINTENANT)),
            lambda a=acteur: demander_levee(gel, precision="Oui", acte=Acte(a, f.MAINTENANT)),
            lambda a=acteur: decider(levee, a),
        ):
            with pytest.raises(Introuvable):
                acte()
    with pytest.raises(Introuvable):
        decider(uuid.uuid4(), e.gt())


@pytest.mark.parametrize("permission", ["ENQUETE_OUVRIR", "GEL_LEVER"])
def test_reading_alone_gives_no_act(recepisse: Recepisse, permission: str) -> None:
    """Rights are asked one by one: whoever only reads enquiries neither freezes nor lifts."""
    gel = e.figer(recepisse.demande_id)
    levee = demander_levee(gel, precision="Actes lus", acte=Acte(e.gt(), f.MAINTENANT))
    acteur = e.gt()
    (mandat,) = acteur.mandats
    mandat = type(mandat)(mandat.role, mandat.permissions - {permission}, mandat.perimetre)
    prive = Acteur(id=acteur.id, nom="", canal=acteur.canal, mandats=(mandat,), territoire="099")
    with pytest.raises(NonHabilite):
        if permission == "GEL_LEVER":
            decider(levee, prive)
        else:
            demander_levee(gel, precision="Oui", acte=Acte(prive, f.MAINTENANT))


def test_counters_read_that_it_is_frozen_and_nothing_more(recepisse: Recepisse) -> None:
    gel = e.figer(recepisse.demande_id)
    demander_levee(gel, precision="Actes lus", acte=Acte(e.gt(), f.MAINTENANT))
    fiche = consulter_demande(recepisse.nud, acte=Acte(f.creer_acteur(), f.MAINTENANT))
    assert fiche.gel is not None
    assert fiche.gel.depuis == f.AUJOURD_HUI
    dits = [ligne.libelle for ligne in list_derniers_actes(fiche) if ligne.verbe != "CONSULTER"]
    assert dits == ["Dossier figé pendant une vérification", "Demande enregistrée"]
    nommees = Entree.objects.filter(demande=recepisse.demande_id).values_list("verbe", flat=True)
    assert not {"OUVRIR_ENQUETE", "DEMANDER_LEVEE"} & set(nommees)
