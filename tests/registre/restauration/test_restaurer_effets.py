"""What comes back when a demande is put back, what stays as it is, what leaves with whoever had come in."""

import uuid
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from unittest import mock

import pytest
from django.db import IntegrityError, connection, transaction

from sne.registre.attente.models import Attente
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.controle.rules.alternance import ContactRetenu
from sne.registre.demande.models.demande import Demande, PlaceOuverte
from sne.registre.demande.models.personne import DecisionIdentite, Identite, Personne, TitreAnciennete
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.demande.rules.refus import DejaOuverte
from sne.registre.demande.selectors.etat import etat
from sne.registre.demande.selectors.identites import ancre, en_attente, list_identites
from sne.registre.enquete.actions.gels import demander_levee
from sne.registre.enquete.models.enquete import ElementEnquete, Gel
from sne.registre.modification.actions.modifier import modifier_demande
from sne.registre.modification.actions.reconcilier import Saisie
from sne.registre.pieces.actions.deposer import remplacer_piece
from sne.registre.pieces.models import Piece
from sne.registre.pieces.rules.pieces_deposees import PieceSaisie
from sne.registre.restauration.actions import mettre_a_part
from sne.registre.vie.actions.radier import radier_demande
from sne.registre.vie.actions.renouveler import renouveler_demande
from sne.registre.vie.rules.radiation import FaitsRadiation
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from tests.registre import factories as f
from tests.registre.enquete.enquetes import figer, gt
from tests.registre.pieces import pieces
from tests.registre.restauration.detournements import (
    NAISSANCE,
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
from tests.registre.separation import separations

pytestmark = pytest.mark.django_db
CONJOINT = f.personne(
    "Morel", "Paul", identite={"civilite": "1", "date_naissance": "1985-06-02"}, lien_demandeur="M"
)
COMPLICE = f.personne("Leca", "Ida", identite={"date_naissance": "1982-02-02"}, lien_demandeur="M")
ENFANT = {
    "identifiant": "a",
    "nom": "Dubreuil",
    "prenoms": "Nina",
    "date_naissance": "2015-05-05",
    "sexe": "F",
}
FICHE = {"personne": "demandeur", "reconnu": True, "accompagne": True}
NIR_DU_VOLEUR = {"demandeur": f.nir_de(date(1979, 1, 30), 1)}


def en_vigueur(demande: Demande) -> list[uuid.UUID]:
    demande = Demande.objects.select_related("version_courante").get(id=demande.id)
    return list(demande.version_courante.pieces)


def places(demande: Demande) -> set[bytes]:
    tenues = PlaceOuverte.objects.filter(demande=demande).values_list("nir_empreinte", flat=True)
    return {bytes(trace) for trace in tenues}


def nouvelle_de(faite: Any) -> Demande:
    return Demande.objects.get(nud=faite.nouvelle)


def test_identity_and_contacts_come_back_and_the_identity_is_an_anchor() -> None:
    demande = deposer_elodie()
    avant, tenues = actuel(demande.id), places(demande)
    voler(demande.id, nirs=NIR_DU_VOLEUR)
    assert places(demande) != tenues or len(tenues) == 2
    faite = retablir(demande.id)
    assert actuel(demande.id) == avant
    assert places(demande) == tenues
    personne = Personne.objects.select_related("identite_courante").get(demande=demande)
    assert (personne.courriel, personne.telephone) == ("elodie@exemple.fr", "+33611223344")
    assert personne.courriel_etat == "NON_VERIFIEE"
    courante = personne.identite_courante
    assert (courante.voie, courante.nom_naissance) == ("RETABLIE", "Dubreuil")
    assert ancre(list_identites(demande.id), personne.id).id == courante.id
    assert Identite.objects.filter(demande=demande).count() == 3  # nothing of the past is gone
    assert Demande.objects.get(id=demande.id).remarques is None  # to be examined again
    assert len(places(nouvelle_de(faite))) == 1


def test_seniority_and_validity_lose_no_day() -> None:
    demande = deposer_elodie()
    voler(demande.id)
    titres = list(TitreAnciennete.objects.filter(demande=demande).values_list("id", "date_depot"))
    faite = retablir(demande.id)
    apres = Demande.objects.get(id=demande.id)
    for colonne in (
        "nud",
        "date_depot",
        "date_expiration",
        "date_anciennete",
        "statut",
        "guichet_gestionnaire",
    ):
        assert getattr(apres, colonne) == getattr(demande, colonne)
    assert list(TitreAnciennete.objects.filter(demande=demande).values_list("id", "date_depot")) == titres
    nouvelle = nouvelle_de(faite)
    assert (nouvelle.date_depot, nouvelle.date_enregistrement) == (VOL.date(), f.AUJOURD_HUI)
    assert nouvelle.date_anciennete == VOL.date()
    assert nouvelle.nud[3:7] == f"{VOL:%m%y}"
    assert nouvelle.date_expiration == date(2027, 8, 25)
    (titre,) = TitreAnciennete.objects.filter(demande=nouvelle)
    assert (titre.acte, titre.date_depot, titre.precedent) == ("DEPOT", VOL.date(), None)


def test_any_instant_tells_what_was_true_then() -> None:
    demande = deposer_elodie()
    avant = actuel(demande.id)
    voler(demande.id)
    vole = actuel(demande.id)
    faite = retablir(demande.id)
    agent = f.creer_acteur()
    instants = (VOL - timedelta(days=1), VOL + timedelta(days=1), f.MAINTENANT + timedelta(hours=1))
    dits = [etat(demande.nud, instant, acteur=agent) for instant in instants]
    assert [d.contenu for d in dits] == [avant, vole, avant]
    assert {d.date_depot for d in dits} == {demande.date_depot}
    assert etat(faite.nouvelle, instants[-1], acteur=agent).date_depot == VOL.date()


def test_nothing_of_the_first_household_goes_to_the_second() -> None:
    demande = deposer_elodie(
        foyer={"personnes_a_charge": [ENFANT]}, handicaps=[FICHE], precisions="Près de l’école"
    )
    intrus = {**ENFANT, "identifiant": "b", "nom": "Zimmer", "prenoms": "Otto"}
    fiche = {**FICHE, "besoin_particulier": "Un ascenseur"}
    voler(
        demande.id,
        foyer={"personnes_a_charge": [ENFANT, intrus]},
        handicaps=[fiche],
        cotitulaires=[COMPLICE],
        logement_actuel={"nombre_habitants": 4},
    )
    faite = retablir(demande.id)
    contenu = actuel(nouvelle_de(faite).id)
    assert contenu.demandeur is not None
    assert contenu.demandeur.adresse_courrier is None  # it was never theirs
    assert [p.prenoms for p in contenu.foyer.personnes_a_charge] == ["Otto"]
    assert [c.identite.nom_naissance for c in contenu.cotitulaires] == ["Leca"]
    assert contenu.cotitulaires[0].lien_demandeur == "M"
    assert [h.besoin_particulier for h in contenu.handicaps] == ["Un ascenseur"]
    assert (contenu.logement_actuel.nombre_habitants, contenu.precisions) == (4, None)
    assert contenu.souhaits.localisations == ()
    assert nouvelle_de(faite).elements_manquants


def test_a_co_holder_who_came_in_leaves_and_one_who_was_sent_away_comes_back() -> None:
    demande = separations.deposer_couple()
    paul = Personne.objects.get(demande=demande, role="COTITULAIRE")
    avant = actuel(demande.id)
    agent = f.creer_acteur()
    modifier_demande(
        demande.id,
        contenu=avant.model_copy(update={"cotitulaires": ()}),
        revision=1,
        acte=Acte(agent, VOL),
    )
    f.decider(Identite.objects.get(demande=demande, retrait=True), le=VOL + timedelta(hours=1))
    intruse = Contenu.model_validate({"titulaire": "PERSONNE", "cotitulaires": [COMPLICE]}).cotitulaires
    detourner(demande.id, actuel(demande.id).model_copy(update={"cotitulaires": intruse}))
    connection.check_constraints()
    ida = Personne.objects.get(demande=demande, role="COTITULAIRE", retire_le=None)
    faite = retablir(demande.id)
    assert actuel(demande.id) == avant
    assert Personne.objects.get(id=paul.id).retire_le is None
    assert Personne.objects.get(id=ida.id).retire_le == f.MAINTENANT
    assert len(places(demande)) == 2
    nouvelle = actuel(nouvelle_de(faite).id)
    assert nouvelle.demandeur is not None
    assert (nouvelle.demandeur.identite.nom_naissance, nouvelle.cotitulaires) == ("Leca", ())


def test_documents_replaced_come_back_and_may_be_replaced_again() -> None:
    demande = deposer_elodie()
    vraie = pieces.joindre(demande.id, le=VOL - timedelta(days=9))
    agent = f.creer_acteur()
    fausse = remplacer_piece(vraie, pieces.IDENTITE, pieces.fichier(b"fausse"), acte=Acte(agent, VOL))
    voler(demande.id)
    avis = pieces.joindre(demande.id, PieceSaisie("TUTELLE"), le=VOL)
    assert Attente.objects.get(demande=demande, nature="PIECE_A_VERIFIER").id == fausse
    faite = retablir(demande.id, 2)
    assert en_vigueur(demande) == [vraie]
    assert Attente.objects.get(demande=demande, nature="PIECE_A_VERIFIER").id == vraie
    nouvelle = nouvelle_de(faite)
    siennes = Piece.objects.filter(demande=nouvelle).order_by("survenu_le")
    anciennes = Piece.objects.filter(id__in=(fausse, avis))
    assert {p.document for p in siennes} == {p.document for p in anciennes}  # the same files, not copied
    assert {p.survenu_le for p in siennes} == {VOL}
    assert set(en_vigueur(nouvelle)) == {p.id for p in siennes}
    assert {p.personne_id for p in siennes} == {None, Personne.objects.get(demande=nouvelle).id}
    encore = remplacer_piece(vraie, pieces.IDENTITE, pieces.fichier(b"neuve"), acte=Acte(agent, f.MAINTENANT))
    connection.check_constraints()
    assert en_vigueur(demande) == [encore]


def test_documents_of_who_stays_or_of_a_child_who_stays_do_not_leave() -> None:
    demande = deposer_elodie(foyer={"personnes_a_charge": [ENFANT]}, cotitulaires=[CONJOINT])
    voler(demande.id)
    de_paul = pieces.joindre(demande.id, replace(pieces.IMPOT, reference="cotitulaire:1"), le=VOL)
    faite = retablir(demande.id)
    assert de_paul not in en_vigueur(demande)
    assert not Piece.objects.filter(demande=nouvelle_de(faite)).exists()


def test_while_the_applicant_stays_what_is_of_nobody_is_theirs() -> None:
    demande = deposer_elodie()
    brut = actuel(demande.id).model_dump(mode="json") | {"cotitulaires": [COMPLICE]}
    detourner(demande.id, Contenu.model_validate(brut))
    pieces.joindre(demande.id, PieceSaisie("TUTELLE"), le=VOL)
    sienne = pieces.joindre(demande.id, replace(pieces.IMPOT, reference="cotitulaire:1"), le=VOL)
    nouvelle = nouvelle_de(retablir(demande.id))
    (piece,) = Piece.objects.filter(demande=nouvelle)
    assert piece.document == Piece.objects.get(id=sienne).document


def test_the_freeze_ends_by_the_same_decision_and_its_days_are_given_back() -> None:
    demande = deposer_elodie()
    voler(demande.id)
    acteur = gt()
    gel = Gel.objects.get(id=figer(demande.id, acteur=acteur, le=f.MAINTENANT - timedelta(days=10)))
    faite = accepter(demander(demande.id, enquete=gel.enquete_id, acteur=acteur), demande.id)
    gel.refresh_from_db()
    assert (gel.leve_le, gel.jours_rendus, faite.jours_rendus) == (f.MAINTENANT, 10, 10)
    levee = gel.levees.get()
    assert (levee.auteur, levee.decision) == (acteur.id, "ACCEPTEE")
    apres = Demande.objects.get(id=demande.id)
    assert apres.date_expiration == demande.date_expiration + timedelta(days=10)
    assert apres.revision == 3


@pytest.mark.parametrize("par_qui_accepte", [True, False])
def test_a_lifting_that_was_asked_for_already_waits_no_more(par_qui_accepte: bool) -> None:
    demande = deposer_elodie()
    voler(demande.id)
    acteur, autre = gt(), gt()
    gel = Gel.objects.get(id=figer(demande.id, acteur=acteur))
    demandeur = autre if par_qui_accepte else gt()
    demander_levee(gel.id, precision="Tout est lu", acte=Acte(demandeur, f.MAINTENANT))
    assert Attente.objects.filter(demande=demande, nature="LEVEE_GEL").exists()
    requete = demander(demande.id, enquete=gel.enquete_id, acteur=acteur)
    accepter(requete, demande.id, acteur=autre)
    gel.refresh_from_db()
    assert gel.leve_le == f.MAINTENANT
    assert not Attente.objects.filter(demande=demande, nature__in=["LEVEE_GEL", "RESTAURATION"]).exists()


def test_a_freeze_of_another_enquiry_is_lifted_there_first() -> None:
    demande = deposer_elodie()
    voler(demande.id)
    figer(demande.id)
    with pytest.raises(Interdit, match="autre enquête"):
        demander(demande.id)


def test_a_change_that_waits_is_refused_with_the_rest() -> None:
    demande = deposer_elodie()
    voler(demande.id)
    contenu = actuel(demande.id)
    assert contenu.demandeur is not None
    identite = contenu.demandeur.identite.model_copy(update={"prenoms": "Heinrich"})
    demandeur = contenu.demandeur.model_copy(update={"identite": identite})
    agent = f.creer_acteur()
    modifier_demande(
        demande.id,
        contenu=contenu.model_copy(update={"demandeur": demandeur}),
        revision=2,
        acte=Acte(agent, VOL),
    )
    assert en_attente(list_identites(demande.id))
    acteur = replace(gt(), id=agent.id)  # the same person, who is a manager too
    requete = demander(demande.id)
    with pytest.raises(Interdit, match="Une autre personne doit décider"):
        accepter(requete, demande.id, acteur=acteur)
    accepter(requete, demande.id)
    assert not en_attente(list_identites(demande.id))
    decision = DecisionIdentite.objects.get(demande=demande)
    assert (decision.issue, decision.motif, decision.revision) == (
        "REFUSEE",
        "AUTRE",
        revision_de(demande.id),
    )


def test_a_household_that_registered_again_meanwhile_is_to_be_brought_together() -> None:
    nir = f.nir_de(NAISSANCE)
    demande = Demande.objects.get(
        id=f.deposer(le=VOL - timedelta(days=50), nirs={"demandeur": nir}).demande_id
    )
    voler(demande.id, nirs=NIR_DU_VOLEUR)
    PlaceOuverte.objects.filter(demande=demande).exclude(
        nir_empreinte=Personne.objects.get(demande=demande).identite_courante.nir_empreinte
    ).delete()  # as a decision on the number leaves it
    refaite = f.deposer(le=VOL + timedelta(days=20), nirs={"demandeur": nir}, doublons_ecartes="Non.")
    faite = retablir(demande.id)
    assert faite.ailleurs == (refaite.nud,)
    assert places(demande) == set()
    assert refaite.nud[:3] in ElementEnquete.objects.latest("survenu_le").texte
    assert "à réunir" in ElementEnquete.objects.filter(texte__contains="rétablie comme").get().texte


def test_who_came_in_and_is_registered_elsewhere_gets_no_second_demande() -> None:
    demande = deposer_elodie()
    voler(demande.id, nirs=NIR_DU_VOLEUR)
    trace = Personne.objects.get(demande=demande).identite_courante.nir_empreinte
    autre = f.deposer(f.contenu(demandeur=f.personne("Leca", "Léa")))
    requete = demander(demande.id)
    with transaction.atomic():
        PlaceOuverte.objects.filter(nir_empreinte=trace).delete()
        PlaceOuverte.objects.create(territoire="099", nir_empreinte=trace, demande_id=autre.demande_id)
        with pytest.raises(DejaOuverte):
            accepter(requete, demande.id)
        assert revision_de(demande.id) == 2
        transaction.set_rollback(True)  # the database would refuse it at the end


def test_any_other_refusal_of_the_database_is_told_as_it_is() -> None:
    demande = deposer_elodie()
    voler(demande.id)
    requete = demander(demande.id)
    with (
        mock.patch.object(mettre_a_part, "ecrire", side_effect=IntegrityError("autre chose")),
        pytest.raises(IntegrityError, match="autre chose"),
    ):
        accepter(requete, demande.id)


def test_renewed_since_they_came_both_say_so() -> None:
    demande = deposer_elodie()
    voler(demande.id)
    le = f.MAINTENANT + timedelta(days=5)
    renouveler_demande(
        demande.id,
        saisie=Saisie(actuel(demande.id), 2, {}),
        sans_changement=True,
        acte=Acte(f.creer_acteur(), le),
    )
    renouvelee = Demande.objects.get(id=demande.id)
    faite = accepter(demander(demande.id, survenu_le=le), demande.id, survenu_le=le)
    for une in (Demande.objects.get(id=demande.id), nouvelle_de(faite)):
        assert une.date_dernier_renouvellement == renouvelee.date_dernier_renouvellement == le.date()
        assert une.date_expiration == renouvelee.date_expiration


def test_what_was_undone_is_not_held_against_the_household() -> None:
    demande = deposer_elodie()
    for nom in ("Dubreuill", "Dubreuille"):  # by itself, and then no more: what is left waits
        contenu = actuel(demande.id)
        assert contenu.demandeur is not None
        identite = contenu.demandeur.identite.model_copy(update={"nom_naissance": nom})
        demandeur = contenu.demandeur.model_copy(update={"identite": identite})
        modifier(
            demande, contenu.model_copy(update={"demandeur": demandeur}), f.MAINTENANT - timedelta(days=2)
        )

    def joindre_autrement(le: datetime) -> None:
        contenu = actuel(demande.id)
        assert contenu.demandeur is not None
        contact = contenu.demandeur.contact.model_copy(update={"courriel": "neuve@exemple.fr"})
        demandeur = contenu.demandeur.model_copy(update={"contact": contact})
        modifier(demande, contenu.model_copy(update={"demandeur": demandeur}), le)

    with pytest.raises(ContactRetenu):
        joindre_autrement(f.MAINTENANT)
    retablir(demande.id, a_part=False)
    assert not en_attente(list_identites(demande.id))
    apres = f.MAINTENANT + timedelta(hours=1)
    joindre_autrement(apres)
    assert Personne.objects.get(demande=demande).courriel == "neuve@exemple.fr"


def modifier(demande: Demande, contenu: Contenu, le: datetime) -> None:
    modifier_demande(
        demande.id, contenu=contenu, revision=revision_de(demande.id), acte=Acte(f.creer_acteur(), le)
    )
    connection.check_constraints()


def test_struck_off_it_is_put_back_without_a_place_and_nobody_is_set_apart() -> None:
    demande = deposer_elodie()
    avant = actuel(demande.id)
    voler(demande.id)
    radier_demande(
        demande.id,
        FaitsRadiation(
            MotifRadiation.RADABA, date_courrier=f.AUJOURD_HUI, document="Courrier de renonciation"
        ),
        acte=Acte(f.creer_acteur(), f.MAINTENANT),
    )
    with pytest.raises(Interdit, match="radiée") as refus:
        demander(demande.id)
    assert refus.value.champ == "a_part"
    retablir(demande.id, a_part=False)
    assert actuel(demande.id) == avant
    assert (Demande.objects.get(id=demande.id).statut, places(demande)) == ("RADIEE", set())


def test_who_left_by_a_separation_has_a_demande_and_does_not_come_back() -> None:
    demande = separations.deposer_couple()
    pieces.joindre(demande.id, replace(pieces.IMPOT, reference="cotitulaire:1"), le=VOL)
    separations.separer(demande, survenu_le=VOL, depot={"date_reception": VOL.date()})
    seule = actuel(demande.id)
    voler(demande.id, le=VOL + timedelta(days=1))
    retablir(demande.id, 2)
    assert actuel(demande.id) == seule
    assert en_vigueur(demande) == []


def test_what_is_ticked_stays_as_it_is_today() -> None:
    demande = deposer_elodie(cotitulaires=[CONJOINT], foyer={"personnes_a_charge": [ENFANT]})
    contenu = actuel(demande.id)
    assert contenu.demandeur is not None
    travail = {"situation_familiale": "M", "situation_professionnelle": {"statut": "CDI"}}
    brut = contenu.model_dump(mode="json")
    brut["cotitulaires"][0] |= travail
    brut["logement_actuel"] |= {"nombre_habitants": 3}
    detourner(demande.id, Contenu.model_validate(brut), le=VOL - timedelta(days=3))
    honnete = actuel(demande.id)
    voler(demande.id, foyer={"personnes_a_charge": []})
    retablir(demande.id, garder=["SITUATION", "LOGEMENT", "SOUHAITS", "FOYER"])
    apres = actuel(demande.id)
    assert apres.cotitulaires == honnete.cotitulaires
    assert apres.logement_actuel == honnete.logement_actuel
    assert apres.foyer.personnes_a_charge == ()
    assert apres.demandeur == contenu.demandeur
