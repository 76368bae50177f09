"""What the counter reads of an attestation: sent is not handed over, and handing over is one act, recorded once."""

import pytest
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django import app

from sne.attestations.actions import emettre_attestation
from sne.attestations.models import Remise
from sne.journal.handlers import abonnes
from sne.journal.models import Entree
from sne.registre.depot.actions.deposer import Recepisse
from sne.registre.depot.models import ConsigneEgalite
from sne.socle.acte import Acte
from tests.guichet.parcours import pour_un_appel, texte
from tests.habilitations.factories import connecter, creer_support
from tests.registre import factories as f

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var")]
SUSPECTE = {"courriel": "elodie@gmial.com"}
COCHEE = {"egalite_apres": "NUMERO", "egalite_apres_montre": "oui", "retour": "enregistree"}


def livrer() -> None:
    """The journal delivered to whoever issues, sends and follows attestations, until nothing new is told."""
    faites: set[tuple[str, str]] = set()
    siens = [a for a in abonnes() if a.nom.split(".")[0] in ("attestations", "notifications")]
    for _ in range(4):
        for abonne in siens:
            for entree in Entree.objects.filter(verbe__in=abonne.verbes).order_by("inscrit_le", "id"):
                if (abonne.nom, str(entree.id)) in faites:
                    continue
                faites.add((abonne.nom, str(entree.id)))
                app.tasks[abonne.tache](
                    entree_id=str(entree.id),
                    demande_id=str(entree.demande),
                    territoire="099",
                    verbe=entree.verbe,
                )


def deposer(contact: dict[str, str] | None = None) -> Recepisse:
    return f.deposer(f.contenu(demandeur=f.personne(contact=contact or {})))


def test_emailed_to_an_unverified_address_it_is_sent_and_a_copy_is_proposed(agent: Client) -> None:
    recepisse = deposer(SUSPECTE)
    livrer()
    liste = texte(agent.get(reverse("attestations-a-remettre")))
    assert "1\u00a0attestation attend d’être remise." in liste
    assert "adresse non vérifiée\u00a0: proposez une copie imprimée" in liste
    for adresse in (
        reverse("attestations-registre"),
        reverse("attestations-du-dossier", args=[recepisse.nud]),
        reverse("demande", args=[recepisse.nud]),
    ):
        page = texte(agent.get(adresse))
        assert ">Envoyée</span>" in page
        assert ">Remise</span>" not in page
    confirmation = texte(agent.get(reverse("demande-enregistree", args=[recepisse.nud])))
    assert "proposez une copie imprimée" in confirmation


def test_ticked_on_the_confirmation_page_it_is_handed_over_everywhere_and_once(agent: Client) -> None:
    recepisse = deposer(SUSPECTE)
    livrer()
    cochee = COCHEE | {"egalite_apres": ["NUMERO", "ATTESTATION"]}
    for _ in range(2):
        page = texte(agent.post(reverse("demande-egalite", args=[recepisse.nud]), cochee, follow=True))
    assert "Aucune attestation à remettre." in texte(agent.get(reverse("attestations-a-remettre")))
    assert "Au guichet, le 24/11/2026" in texte(agent.get(reverse("attestations-registre")))
    assert "remise au guichet le 24/11/2026" in page
    assert Remise.objects.count() == 1
    assert [c.points for c in ConsigneEgalite.objects.all()] == [["NUMERO"]]


def test_handed_over_from_the_register_the_confirmation_page_says_so(agent: Client) -> None:
    recepisse = deposer()
    emise = emettre_attestation(recepisse.demande_id, acte=Acte(f.creer_acteur(), f.MAINTENANT))
    pages = [reverse(vue, args=[recepisse.nud]) for vue in ("demande-enregistree", "demande-egalite")]
    assert [texte(agent.get(page)).count('value="ATTESTATION"') for page in pages] == [1, 1]
    remise = reverse("attestation-remettre", args=[recepisse.nud, emise.reference])
    agent.post(remise, {"canal": "GUICHET"})
    for adresse in pages:
        page = texte(agent.get(adresse))
        assert "remise au guichet le 24/11/2026" in page
        assert 'value="ATTESTATION"' not in page


def test_none_issued_yet_nothing_says_that_one_was_handed_over(agent: Client) -> None:
    recepisse = deposer()
    champs = COCHEE | {"egalite_apres": ["NUMERO", "ATTESTATION"]}
    page = texte(agent.post(reverse("demande-egalite", args=[recepisse.nud]), champs, follow=True))
    assert "L’attestation n’est pas encore émise" in page
    assert Remise.objects.count() == 0
    assert [c.points for c in ConsigneEgalite.objects.all()] == [
        ["NUMERO"]
    ]  # what was ticked beside it is kept


def test_posted_by_hand_is_sent(agent: Client) -> None:
    recepisse = deposer()
    emise = emettre_attestation(recepisse.demande_id, acte=Acte(f.creer_acteur(), f.MAINTENANT))
    remise = reverse("attestation-remettre", args=[recepisse.nud, emise.reference])
    page = texte(agent.post(remise, {"canal": "COURRIER"}, follow=True))
    assert ">Envoyée</span>" in page
    assert "Par courrier, le 24/11/2026" in page


def test_an_email_is_not_recorded_by_hand(agent: Client) -> None:
    recepisse = deposer()
    emise = emettre_attestation(recepisse.demande_id, acte=Acte(f.creer_acteur(), f.MAINTENANT))
    remise = reverse("attestation-remettre", args=[recepisse.nud, emise.reference])
    assert "Par courriel" not in texte(agent.get(reverse("attestations-du-dossier", args=[recepisse.nud])))
    agent.post(remise, {"canal": "COURRIEL"})
    assert Remise.objects.count() == 0


def test_who_hands_nothing_over_is_offered_no_tick(jour_des_essais: None, db: None) -> None:
    recepisse = deposer()
    emettre_attestation(recepisse.demande_id, acte=Acte(f.creer_acteur(), f.MAINTENANT))
    support = pour_un_appel(connecter(Client(), creer_support()), recepisse.nud)
    page = texte(support.get(reverse("demande", args=[recepisse.nud])))
    assert ">Préparée</span>" in page
    assert 'value="ATTESTATION"' not in page
