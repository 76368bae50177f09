"""Issuing, handing over and ending by hand: success, refusal by person and by state, once, all or nothing."""

import dataclasses
import hashlib
import re
import uuid
from datetime import date, timedelta

import pypdfium2
import pytest
from django.db import connection
from django.test import override_settings

from sne.attestations import rendu, selectors
from sne.attestations.actions import emettre_attestation, ouvrir_attestation, traiter_attestation
from sne.attestations.models import Attestation, AttestationATraiter
from sne.attestations.rules import AttestationAEtablir, EtatVerification, FichierDifferent, Modele
from sne.habilitations.rules import Role
from sne.journal.models import Entree
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.depot.actions.deposer import Recepisse
from sne.registre.lecture.actions.consulter import consulter_demande
from sne.registre.modification.actions.modifier import Modification, modifier_demande
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from tests.registre import factories as f
from tests.registre.enquete.enquetes import figer, lever

pytestmark = pytest.mark.django_db
PLUS_TARD = f.MAINTENANT + timedelta(hours=1)
LENDEMAIN = f.MAINTENANT + timedelta(days=1)
SANS_GLYPHE = f.personne("Haddad-\ua7c1", "Samir", identite={"civilite": "1", "date_naissance": "1990-05-05"})


@pytest.fixture
def agent() -> Acteur:
    return f.creer_acteur()


@pytest.fixture
def responsable() -> Acteur:
    return f.creer_acteur(Role.RESPONSABLE_GUICHET)


@pytest.fixture
def recepisse(agent: Acteur) -> Recepisse:
    return f.deposer(acteur=agent)


@pytest.fixture
def sans_glyphe(agent: Acteur) -> Recepisse:
    return f.deposer(f.contenu(demandeur=SANS_GLYPHE), acteur=agent)


def verbes(demande_id: uuid.UUID) -> list[str]:
    return list(
        Entree.objects.filter(demande=demande_id).order_by("inscrit_le").values_list("verbe", flat=True)
    )


def texte(fichier: bytes) -> str:
    return re.sub(r"\s+", " ", pypdfium2.PdfDocument(fichier)[0].get_textpage().get_text_range())


def renommer(recepisse: Recepisse, agent: Acteur, **traits: str) -> Modification:
    fiche = consulter_demande(recepisse.nud, acte=Acte(agent, PLUS_TARD))
    demandeur = fiche.contenu.demandeur
    assert demandeur is not None
    identite = demandeur.identite.model_copy(update=traits)
    voulu = fiche.contenu.model_copy(
        update={"demandeur": demandeur.model_copy(update={"identite": identite})}
    )
    return modifier_demande(
        recepisse.demande_id,
        contenu=voulu,
        revision=fiche.demande.revision,
        acte=Acte(agent, PLUS_TARD),
    )


def test_issue_writes_what_was_printed_and_tells_the_journal(recepisse: Recepisse, agent: Acteur) -> None:
    emise = emettre_attestation(recepisse.demande_id, acte=Acte(agent, f.MAINTENANT))
    connection.check_constraints()
    lue = Attestation.objects.get()
    assert (lue.id, lue.territoire, lue.revision, lue.demande_id) == (
        emise.id,
        "099",
        1,
        recepisse.demande_id,
    )
    assert (lue.date_delivrance, lue.date_expiration) == (date(2026, 11, 24), date(2027, 11, 23))
    assert lue.emise_par == agent.instantane(Role.AGENT_GUICHET)
    assert lue.donnees["numero"] == recepisse.nud
    assert lue.donnees["validite_mois"] == 12
    entree = Entree.objects.get(verbe="EMETTRE_ATTESTATION")
    assert (entree.demande, entree.revision) == (recepisse.demande_id, 1)
    assert entree.faits == {"modele": "SIMPLIFIEE", "attestation": str(lue.id)}


def test_file_is_made_again_and_names_the_person(recepisse: Recepisse, agent: Acteur) -> None:
    emise = emettre_attestation(recepisse.demande_id, acte=Acte(agent, f.MAINTENANT))
    remise = ouvrir_attestation(emise.reference, acte=Acte(agent, PLUS_TARD))
    assert hashlib.sha256(remise.contenu).digest() == bytes(emise.empreinte)
    assert remise.nom == f"attestation-{recepisse.nud}.pdf"
    lu = texte(remise.contenu)
    assert "Nom de naissance du demandeur Dubreuil Prénoms du demandeur Élodie" in lu
    assert "Date de dépôt initial 24 nov. 2026 Date d’expiration 23 nov. 2027" in lu
    assert verbes(recepisse.demande_id) == ["DEPOSER", "EMETTRE_ATTESTATION", "OUVRIR_ATTESTATION"]


def test_same_day_and_revision_give_the_same_attestation(recepisse: Recepisse, agent: Acteur) -> None:
    premiere = emettre_attestation(recepisse.demande_id, acte=Acte(agent, f.MAINTENANT))
    seconde = emettre_attestation(recepisse.demande_id, acte=Acte(f.creer_acteur(), PLUS_TARD))
    assert premiere.id == seconde.id
    assert verbes(recepisse.demande_id).count("EMETTRE_ATTESTATION") == 1


def test_next_day_gives_a_new_one_that_replaces(recepisse: Recepisse, agent: Acteur) -> None:
    premiere = emettre_attestation(recepisse.demande_id, acte=Acte(agent, f.MAINTENANT))
    seconde = emettre_attestation(recepisse.demande_id, acte=Acte(agent, LENDEMAIN))
    troisieme = emettre_attestation(recepisse.demande_id, acte=Acte(agent, LENDEMAIN + timedelta(days=1)))
    connection.check_constraints()
    assert (premiere.remplace, seconde.remplace, troisieme.remplace) == (None, premiere, seconde)
    assert selectors.get_derniere(recepisse.demande_id) == troisieme
    listees = selectors.list_attestations(recepisse.demande_id, acteur=agent)
    assert [a.reference for a in listees] == [troisieme.reference, seconde.reference, premiere.reference]
    assert [a.remplacee_le for a in listees] == [None, troisieme.survenu_le, seconde.survenu_le]


def test_ordinary_change_gives_a_new_one_the_same_day(recepisse: Recepisse, agent: Acteur) -> None:
    emettre_attestation(recepisse.demande_id, acte=Acte(agent, f.MAINTENANT))
    renommer(recepisse, agent, nom_usage="Morel")
    nouvelle = emettre_attestation(recepisse.demande_id, acte=Acte(agent, PLUS_TARD))
    connection.check_constraints()
    assert nouvelle.revision == 2
    assert "Nom d’usage du demandeur Morel" in texte(selectors.refaire(nouvelle))


def test_pending_identity_is_never_printed(agent: Acteur) -> None:
    recepisse = f.deposer(acteur=agent, le=f.ANCIEN)
    modification = renommer(recepisse, agent, nom_naissance="Haddad")
    assert modification.en_attente == ("demandeur",)
    emise = emettre_attestation(recepisse.demande_id, acte=Acte(agent, PLUS_TARD))
    assert emise.donnees["nom_naissance"] == "Dubreuil"
    assert "Haddad" not in texte(selectors.refaire(emise))


def test_association_is_printed_by_its_name(agent: Acteur) -> None:
    contenu = Contenu.model_validate(
        {
            "titulaire": "ASSOCIATION",
            "association": {
                "nom": "Le Toit d’Aurette",
                "adresse_courrier": f.contenu().demandeur.adresse_courrier.model_dump(mode="json"),
            },
            "souhaits": f.contenu().souhaits.model_dump(mode="json"),
        }
    )
    recepisse = f.deposer(contenu, acteur=agent)
    lu = texte(selectors.refaire(emettre_attestation(recepisse.demande_id, acte=Acte(agent, f.MAINTENANT))))
    assert "Nom de l’association Le Toit d’Aurette Numéro de votre demande" in lu
    assert "Prénoms" not in lu


@override_settings(
    URL_PUBLIQUE="https://demande.example", URL_PORTAIL="https://menages.example", DEMONSTRATION=True
)
def test_address_and_demonstration_come_from_the_settings(recepisse: Recepisse, agent: Acteur) -> None:
    emise = emettre_attestation(recepisse.demande_id, acte=Acte(agent, f.MAINTENANT))
    assert emise.donnees["portail"] == "https://demande.example"
    assert emise.donnees["portail_menages"] == "https://menages.example"
    assert emise.donnees["demonstration"] is True


@pytest.mark.parametrize("role", [Role.SUPPORT_N1, Role.DPO, Role.EXPLOITATION_NATIONALE])
def test_roles_that_only_read_neither_issue_nor_hand_over(
    recepisse: Recepisse, agent: Acteur, role: Role
) -> None:
    lecteur = f.creer_acteur(role)
    with pytest.raises(NonHabilite, match="émettre"):
        emettre_attestation(recepisse.demande_id, acte=Acte(lecteur, f.MAINTENANT))
    emise = emettre_attestation(recepisse.demande_id, acte=Acte(agent, f.MAINTENANT))
    with pytest.raises(NonHabilite, match="remettre"):
        ouvrir_attestation(emise.reference, acte=Acte(lecteur, f.MAINTENANT))
    assert verbes(recepisse.demande_id) == ["DEPOSER", "EMETTRE_ATTESTATION"]


def test_another_territory_sees_nothing(recepisse: Recepisse, sans_glyphe: Recepisse, agent: Acteur) -> None:
    emise = emettre_attestation(recepisse.demande_id, acte=Acte(agent, f.MAINTENANT))
    with pytest.raises(AttestationAEtablir):
        emettre_attestation(sans_glyphe.demande_id, acte=Acte(agent, f.MAINTENANT))
    ailleurs = f.creer_acteur(Role.RESPONSABLE_GUICHET, territoire="02B", guichet="GD2B1")
    with pytest.raises(Introuvable):
        emettre_attestation(recepisse.demande_id, acte=Acte(ailleurs, f.MAINTENANT))
    with pytest.raises(Introuvable):
        ouvrir_attestation(emise.reference, acte=Acte(ailleurs, f.MAINTENANT))
    with pytest.raises(Introuvable):
        traiter_attestation(
            AttestationATraiter.objects.get().id, suite="Remise", acte=Acte(ailleurs, f.MAINTENANT)
        )
    assert selectors.list_attestations(recepisse.demande_id, acteur=ailleurs) == ()
    assert selectors.list_a_traiter(ailleurs).lignes == ()


def test_any_counter_of_the_territory_serves_the_file(recepisse: Recepisse) -> None:
    voisin = f.creer_acteur(guichet="G0991")
    emise = emettre_attestation(recepisse.demande_id, acte=Acte(voisin, f.MAINTENANT))
    assert emise.emise_par["guichet"] == "G0991"


def test_expired_demande_is_refused_with_its_remedy(recepisse: Recepisse, agent: Acteur) -> None:
    dernier_jour = f.MAINTENANT.replace(year=2027, day=23)
    with pytest.raises(Interdit, match=r"a expiré le 23\snov\.\s2027\. Renouvelez-la"):
        emettre_attestation(recepisse.demande_id, acte=Acte(agent, dernier_jour + timedelta(days=1)))
    assert emettre_attestation(recepisse.demande_id, acte=Acte(agent, dernier_jour)).reference


def test_unknown_demande_is_not_found(agent: Acteur) -> None:
    with pytest.raises(Introuvable):
        emettre_attestation(f.inconnu(), acte=Acte(agent, f.MAINTENANT))


def test_journal_failure_leaves_nothing_behind(recepisse: Recepisse, agent: Acteur) -> None:
    """An actor whose snapshot the journal refuses: no attestation stays."""
    muet = dataclasses.replace(agent, nom="nul \x00")  # no JSON text in PostgreSQL
    with pytest.raises(Exception, match=r"u0000|unsupported"):
        emettre_attestation(recepisse.demande_id, acte=Acte(muet, f.MAINTENANT))
    assert Attestation.objects.count() == 0
    assert verbes(recepisse.demande_id) == ["DEPOSER"]


def test_name_that_cannot_be_drawn_waits_for_a_person(
    sans_glyphe: Recepisse, agent: Acteur, responsable: Acteur
) -> None:
    for _ in range(2):
        with pytest.raises(AttestationAEtablir, match="établie à la main"):
            emettre_attestation(sans_glyphe.demande_id, acte=Acte(agent, f.MAINTENANT))
    connection.check_constraints()
    assert Attestation.objects.count() == 0
    (cas,) = selectors.list_a_traiter(responsable).lignes
    assert (cas.nud, cas.motif, cas.survenu_le) == (sans_glyphe.nud, "GLYPHE_MANQUANT", f.MAINTENANT)
    assert selectors.compter_a_traiter(responsable) == 1
    assert selectors.list_a_traiter(agent).lignes == ()
    assert verbes(sans_glyphe.demande_id) == ["DEPOSER", "ATTESTATION_IMPOSSIBLE"]


def test_case_ended_by_hand_leaves_the_queue_and_says_how(
    sans_glyphe: Recepisse, agent: Acteur, responsable: Acteur
) -> None:
    with pytest.raises(AttestationAEtablir):
        emettre_attestation(sans_glyphe.demande_id, acte=Acte(agent, f.MAINTENANT))
    cas = AttestationATraiter.objects.get()
    traiter_attestation(
        cas.id, suite=" Écrite à la main, remise au guichet. ", acte=Acte(responsable, PLUS_TARD)
    )
    connection.check_constraints()
    cas.refresh_from_db()
    assert (cas.traitee_le, cas.suite) == (PLUS_TARD, "Écrite à la main, remise au guichet.")
    assert cas.traitee_par == responsable.instantane(Role.RESPONSABLE_GUICHET)
    assert selectors.list_a_traiter(responsable).lignes == ()
    assert verbes(sans_glyphe.demande_id)[-1] == "TRAITER_ATTESTATION"
    with pytest.raises(Interdit, match="déjà traité"):
        traiter_attestation(cas.id, suite="Encore", acte=Acte(responsable, PLUS_TARD))


@pytest.mark.parametrize("suite", ["", "   ", "x" * 301])
def test_case_needs_one_sentence(
    sans_glyphe: Recepisse, agent: Acteur, responsable: Acteur, suite: str
) -> None:
    with pytest.raises(AttestationAEtablir):
        emettre_attestation(sans_glyphe.demande_id, acte=Acte(agent, f.MAINTENANT))
    with pytest.raises(Interdit, match="Suite donnée"):
        traiter_attestation(
            AttestationATraiter.objects.get().id, suite=suite, acte=Acte(responsable, PLUS_TARD)
        )


def test_agent_cannot_end_a_case(sans_glyphe: Recepisse, agent: Acteur) -> None:
    with pytest.raises(AttestationAEtablir):
        emettre_attestation(sans_glyphe.demande_id, acte=Acte(agent, f.MAINTENANT))
    with pytest.raises(Introuvable):
        traiter_attestation(AttestationATraiter.objects.get().id, suite="Remise", acte=Acte(agent, PLUS_TARD))


def test_file_that_comes_out_different_is_never_handed_over(recepisse: Recepisse, agent: Acteur) -> None:
    emise = emettre_attestation(recepisse.demande_id, acte=Acte(agent, f.MAINTENANT))
    emise.empreinte = bytes(32)
    with pytest.raises(FichierDifferent, match="ne correspond plus à son empreinte"):
        selectors.refaire(emise)
    emise.moteur = "typst 0.1"
    with pytest.raises(FichierDifferent, match="Émettez-en une nouvelle"):
        selectors.refaire(emise)


def test_attestation_of_another_engine_is_issued_again_the_same_day(
    recepisse: Recepisse, agent: Acteur, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rendu, "MOTEUR", "typst 0.1")
    ancienne = emettre_attestation(recepisse.demande_id, acte=Acte(agent, f.MAINTENANT))
    monkeypatch.undo()
    nouvelle = emettre_attestation(recepisse.demande_id, acte=Acte(agent, PLUS_TARD))
    assert (nouvelle.remplace, nouvelle.moteur) == (ancienne, rendu.MOTEUR)


def test_public_answer_follows_the_life_of_an_attestation(recepisse: Recepisse, agent: Acteur) -> None:
    premiere = emettre_attestation(recepisse.demande_id, acte=Acte(agent, f.MAINTENANT))

    def lue(reference: str, jour: date) -> tuple[str, date | None, date | None]:
        v = selectors.verifier_reference(reference, aujourd_hui=jour)
        return v.etat, v.jusqu_au, v.remplacee_le

    assert lue(premiere.reference, date(2026, 11, 24)) == (EtatVerification.VALABLE, date(2027, 11, 23), None)
    assert lue(premiere.reference, date(2027, 11, 24)) == (EtatVerification.PLUS_VALABLE, None, None)
    seconde = emettre_attestation(recepisse.demande_id, acte=Acte(agent, LENDEMAIN))
    assert lue(premiere.reference, date(2026, 11, 25)) == (
        EtatVerification.REMPLACEE,
        None,
        date(2026, 11, 25),
    )
    assert lue(seconde.reference, date(2026, 11, 25))[0] == EtatVerification.VALABLE
    assert lue("222222222222", date(2026, 11, 25)) == (EtatVerification.INCONNUE, None, None)


@pytest.mark.parametrize("nombre", [1, 3])
def test_list_of_attestations_costs_three_queries(
    recepisse: Recepisse, agent: Acteur, nombre: int, django_assert_num_queries: object
) -> None:
    for i in range(nombre):
        emettre_attestation(recepisse.demande_id, acte=Acte(agent, f.MAINTENANT + timedelta(days=i)))
    with django_assert_num_queries(3):  # type: ignore[operator]
        assert len(selectors.list_attestations(recepisse.demande_id, acteur=agent)) == nombre


def test_days_given_back_by_a_freeze_are_in_the_dates_announced(recepisse: Recepisse) -> None:
    avant = emettre_attestation(
        recepisse.demande_id, acte=Acte(f.creer_acteur(), f.MAINTENANT), modele=Modele.INTEGRALE
    )
    plus_tard = f.MAINTENANT + timedelta(days=10)
    lever(figer(recepisse.demande_id), le=plus_tard)
    apres = emettre_attestation(
        recepisse.demande_id, acte=Acte(f.creer_acteur(), plus_tard), modele=Modele.INTEGRALE
    )
    for annoncee in ("date_expiration", "radiation_le", "reactivation_jusqu_au"):
        rendus = date.fromisoformat(apres.donnees[annoncee]) - date.fromisoformat(avant.donnees[annoncee])
        assert (annoncee, rendus) == (annoncee, timedelta(days=10))
