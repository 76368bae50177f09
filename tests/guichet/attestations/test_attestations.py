"""Attestations at the counter: issued, opened, or established by hand."""

from datetime import date

import pytest
from django.test import Client
from django.urls import resolve, reverse

from sne.registre.demande.models.demande import Demande
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.demande.rules.services import horloge_du_registre
from sne.registre.vie.actions.radier import radier_demande
from sne.registre.vie.rules.radiation import FaitsRadiation
from sne.socle.acte import Acte
from tests.guichet.parcours import texte
from tests.habilitations.factories import connecter, creer_responsable, creer_support
from tests.registre import factories as f

INIMPRIMABLE = "Dubr\ua7c1euil"  # a letter of Old Polish, which the font of the attestation does not have


def test_emettre_puis_ouvrir(agent: Client) -> None:
    nud = f.deposer().nud
    emise = agent.post(reverse("attestation-emettre", args=[nud]))
    assert resolve(emise.headers["Location"]).url_name == "attestation"
    fichier = agent.get(emise.headers["Location"])
    assert fichier.headers["Content-Type"] == "application/pdf"
    assert fichier.headers["Content-Disposition"] == f'inline; filename="attestation-{nud}.pdf"'
    assert fichier.content.startswith(b"%PDF-1.7")
    page = texte(agent.get(reverse("demande", args=[nud])))
    assert emise.headers["Location"] in page
    assert "Attestations (1)" in page
    assert "Attestation ouverte ou imprimée" in texte(
        agent.get(reverse("demande", args=[nud]), {"historique": "tout"})
    )


def test_un_nombre_qui_peut_etre_coupe_le_dit(agent: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    nud = f.deposer().nud
    agent.post(reverse("attestation-emettre", args=[nud]))
    monkeypatch.setattr("sne.guichet.lecture.views.fiche.ATTESTATIONS_AU_PLUS", 1)
    assert "Attestations (1 ou plus)" in texte(agent.get(reverse("demande", args=[nud])))


def test_emettre_ne_se_fait_pas_par_un_lien(agent: Client) -> None:
    nud = f.deposer().nud
    assert agent.get(reverse("attestation-emettre", args=[nud])).status_code == 405


def test_demande_plus_valable(agent: Client) -> None:
    le = f.MAINTENANT.replace(year=2024)
    nud = f.deposer(le=le, date_reception=le.date()).nud
    page = texte(agent.post(reverse("attestation-emettre", args=[nud]), follow=True))
    assert "fr-alert--error" in page
    assert "23/11/2025, depuis 366\u00a0jours" in page


@pytest.mark.parametrize(
    ("depot", "suite"), [(date(2025, 11, 10), "Renouveler"), (date(2024, 11, 24), "Réactiver"), (None, "")]
)
def test_pas_de_bouton_qui_serait_refuse(agent: Client, depot: date | None, suite: str) -> None:
    """Expired, it offers to renew; struck off, to bring back; valid, the buttons."""
    le = f.MAINTENANT.replace(year=depot.year, month=depot.month, day=depot.day) if depot else f.MAINTENANT
    nud = f.deposer(le=le, date_reception=le.date()).nud
    if suite == "Réactiver":
        radier_demande(
            Demande.objects.get(nud=nud).id,
            FaitsRadiation(MotifRadiation.RADREN),
            acte=Acte(horloge_du_registre("099"), f.MAINTENANT.replace(year=2026, month=1)),
        )
    emettre, pages = reverse("attestation-emettre", args=[nud]), []
    for adresse in ("demande", "attestations-du-dossier"):
        page = texte(agent.get(reverse(adresse, args=[nud])))
        assert (emettre in page) is not bool(suite)
        pages.append(page)
    renouveler = f'<a href="{reverse("renouvellement", args=[nud])}">{suite}</a>'
    assert (renouveler in pages[0]) is (suite == "Renouveler")
    if suite:
        assert ("Réactivez-la" if suite == "Réactiver" else "a expiré le") in pages[0]


def test_reference_inconnue(agent: Client) -> None:
    assert agent.get(reverse("attestation", args=["222222222222"])).status_code == 404


def test_le_support_ne_remet_rien(db: None, jour_des_essais: None) -> None:
    nud = f.deposer().nud
    support = connecter(Client(), creer_support())
    assert support.post(reverse("attestation-emettre", args=[nud])).status_code == 403


def test_un_nom_inimprimable_va_dans_la_liste_d_une_personne(agent: Client) -> None:
    nud = f.deposer(f.contenu(demandeur=f.personne(INIMPRIMABLE))).nud
    page = texte(agent.post(reverse("attestation-emettre", args=[nud]), follow=True))
    assert "Un signe du nom ne peut pas être imprimé" in page
    responsable = connecter(Client(), creer_responsable())
    assert "1\u00a0attestation attend une personne" in texte(responsable.get(reverse("accueil")))
    reponse = responsable.get(reverse("attestations-a-traiter"))
    ((cas, _),) = reponse.context["cas"]
    adresse = reverse("attestation-traiter", args=[cas.id])
    vide = texte(responsable.post(adresse, {f"{cas.id}-suite": ""}))
    assert "Dites en une phrase comment l’attestation a été remise." in vide
    responsable.post(adresse, {f"{cas.id}-suite": "Établie à la main et remise en main propre"})
    assert "Aucune attestation n’attend" in texte(responsable.get(reverse("attestations-a-traiter")))
