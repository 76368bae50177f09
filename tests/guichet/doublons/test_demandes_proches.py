"""Close demandes on screen: the list, the comparison, each way a set ends, and what is offered next."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from sne.registre.demande.models.demande import Demande
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.doublons.actions.balayer import balayage_du_registre, balayer
from sne.registre.doublons.models import EnsembleDoublon
from sne.registre.vie.actions.radier import radier_demande
from sne.registre.vie.rules.radiation import FaitsRadiation
from sne.socle.acte import Acte
from tests.guichet.parcours import requetes, texte
from tests.habilitations.factories import connecter, creer_gestionnaire, creer_responsable
from tests.registre import factories as f


def semer(nombre: int, *, naissance: str = "1987-03-14") -> list[str]:
    """That many demandes of one person, and a sweep; their numbers."""
    contenu = f.contenu(demandeur=f.personne(identite={"date_naissance": naissance}))
    nuds = [f.deposer(contenu, doublons_ecartes="Une autre.").nud for _ in range(nombre)]
    balayer("099", acte=Acte(balayage_du_registre("099"), f.MAINTENANT))
    return nuds


def page() -> str:
    return reverse("ensemble-doublon", args=[EnsembleDoublon.objects.get(clos_le=None).id])


def test_liste_puis_comparaison(gestionnaire: Client) -> None:
    vide = texte(gestionnaire.get(reverse("demandes-proches")))
    assert "Aucune demande proche n’attend" in vide
    assert "n’a pas encore été parcouru" in vide
    nuds = semer(2)
    liste = texte(gestionnaire.get(reverse("demandes-proches")))
    assert "Dubreuil Élodie" in liste
    assert "Même date de naissance, même nom, mêmes prénoms." in liste
    assert "5,50" in liste
    assert "Demandes proches (1)" in liste
    assert "2\u00a0demandes comparées" in liste
    assert page() in liste
    comparaison = texte(gestionnaire.get(page()))
    for nud in nuds:
        assert reverse("demande", args=[nud]) in comparaison
    assert "plusieurs foyers" not in comparaison
    assert "Demandes proches (1)" in texte(gestionnaire.get(reverse("decisions")))


def test_meme_foyer_propose_la_suite_et_ne_change_rien(gestionnaire: Client) -> None:
    garde, autre = semer(2)
    adresse = page()
    saisie = {
        "issue": "MEME_FOYER",
        "motif": "DEJA_ENREGISTREE",
        "gardee": str(Demande.objects.get(nud=garde).id),
    }
    reponse = gestionnaire.post(adresse, saisie, follow=True)
    assert reponse.request["PATH_INFO"] == adresse
    assert "Décision enregistrée. Aucune demande n’a changé." in texte(reponse)
    assert "Demande déjà enregistrée" in texte(reponse)
    assert reverse("demande-radier", args=[autre]) in texte(reponse)
    assert reverse("demande-annuler", args=[autre]) in texte(reponse)
    assert reverse("demande-radier", args=[garde]) not in texte(reponse)
    assert set(Demande.objects.values_list("statut", "revision")) == {("ACTIVE", 1)}
    deux_fois = gestionnaire.post(adresse, saisie)
    assert deux_fois.status_code == 409
    assert "déjà décidées" in texte(deux_fois)


def test_la_demande_radiee_qui_continue_revient_par_un_renouvellement(gestionnaire: Client) -> None:
    radiee, active = semer(2)
    demande = Demande.objects.get(nud=radiee)
    faits = FaitsRadiation(MotifRadiation.RADABA, date_courrier=date(2026, 11, 24), document="Classeur B")
    radier_demande(demande.id, faits, acte=Acte(f.creer_acteur(), f.MAINTENANT))
    assert "Peut revenir jusqu’au" in texte(gestionnaire.get(page()))
    saisie = {"issue": "MEME_FOYER", "motif": "DEJA_ENREGISTREE", "gardee": str(demande.id)}
    suite = texte(gestionnaire.post(page(), saisie, follow=True))
    assert reverse("renouvellement", args=[radiee]) in suite
    assert reverse("demande-radier", args=[active]) in suite


def test_foyers_differents(gestionnaire: Client) -> None:
    semer(2)
    adresse = page()
    reponse = gestionnaire.post(adresse, {"issue": "FOYERS_DIFFERENTS", "motif": "HOMONYME"}, follow=True)
    assert reponse.request["PATH_INFO"] == reverse("demandes-proches")
    assert "Aucune demande proche n’attend" in texte(reponse)
    close = texte(gestionnaire.get(adresse))
    assert "Ce sont des foyers différents. Homonyme." in close
    assert "La suite" not in close


def test_a_separer(gestionnaire: Client) -> None:
    semer(3)
    adresse = page()
    saisie = {"issue": "A_SEPARER", "motif": "MEME_FAMILLE", "foyer_0": "1", "foyer_1": "1", "foyer_2": "2"}
    assert "plusieurs foyers" in texte(gestionnaire.get(adresse))
    assert gestionnaire.post(adresse, saisie).status_code == 302
    assert "foyer 2" in texte(gestionnaire.get(adresse))
    assert page() != adresse


@pytest.mark.parametrize(
    ("saisie", "phrase", "cible"),
    [
        ({}, "choisissez comment la comparaison se termine.", "#id_issue_0"),
        (
            {"issue": "MEME_FOYER", "motif": "DEJA_ENREGISTREE"},
            "choisissez la demande qui continue.",
            "#id_gardee_0",
        ),
        ({"issue": "FOYERS_DIFFERENTS", "motif": "DEJA_ENREGISTREE"}, "choisissez le motif", "#id_motif"),
        ({"issue": "A_SEPARER", "motif": "HOMONYME"}, "donnez un foyer à chaque demande.", "#id_foyer_0"),
    ],
)
def test_refus_a_cote_du_champ(gestionnaire: Client, saisie: dict[str, str], phrase: str, cible: str) -> None:
    semer(3)
    reponse = gestionnaire.post(page(), saisie)
    assert reponse.status_code == 200
    assert phrase in texte(reponse)
    assert f'href="{cible}"' in texte(reponse)


def test_ce_qui_est_decide_ou_change_est_dit(gestionnaire: Client) -> None:
    semer(2)
    gestionnaire.post(page(), {"issue": "FOYERS_DIFFERENTS", "motif": "HOMONYME"})
    semer(1)
    comparaison = texte(gestionnaire.get(page()))
    assert "Déjà décidé, et gardé" in comparaison
    assert "foyers différents." in comparaison


def test_reserve_au_gestionnaire_de_ce_territoire(gestionnaire: Client, agent: Client) -> None:
    semer(2)
    responsable = connecter(Client(), creer_responsable(le=f.MAINTENANT))
    for client in (agent, responsable):
        assert client.get(page()).status_code == 403
        assert client.get(reverse("demandes-proches")).status_code == 403
    corse = connecter(Client(), creer_gestionnaire("02A", le=f.MAINTENANT))
    assert corse.get(page()).status_code == corse.post(page(), {}).status_code == 404
    assert "Aucune demande proche" in texte(corse.get(reverse("demandes-proches")))


def test_requetes_constantes(gestionnaire: Client) -> None:
    semer(2)
    adresse = page()
    gestionnaire.get(adresse)
    liste = requetes(lambda: gestionnaire.get(reverse("demandes-proches")))
    comparaison = requetes(lambda: gestionnaire.get(adresse))
    semer(1)
    semer(2, naissance="1970-01-02")
    assert requetes(lambda: gestionnaire.get(reverse("demandes-proches"))) == liste
    assert requetes(lambda: gestionnaire.get(adresse)) == comparaison


def test_pages(gestionnaire: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "sne.registre.doublons.selectors.ensembles.list_ensembles.__kwdefaults__",
        {"apres": None, "avant": None, "par_page": 1},
    )
    semer(2)
    semer(2, naissance="1970-01-02")
    premiere = gestionnaire.get(reverse("demandes-proches"))
    assert "Précédents" not in texte(premiere)
    suite = gestionnaire.get(reverse("demandes-proches") + premiere.context["suivante"])
    assert "Précédents" in texte(suite)
    assert "Suivants" not in texte(suite)
    perdue = gestionnaire.get(reverse("demandes-proches"), {"avant": "n’importe quoi"})
    for quoi in ("lignes", "suivante", "precedente"):
        assert perdue.context[quoi] == premiere.context[quoi]
