"""Earlier reception dates on the screens: the tab, the list, the answer, what the file then says."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse

from sne.registre.demande.models.demande import RequeteAnteriorite
from tests.guichet.parcours import requetes, texte
from tests.habilitations.factories import connecter, creer_gestionnaire
from tests.registre import factories as f

DEMANDEE = f.AUJOURD_HUI - timedelta(days=400)


def demander(nom: str = "Dubreuil") -> RequeteAnteriorite:
    recu = f.deposer(
        f.contenu(demandeur=f.personne(nom)),
        date_reception=DEMANDEE,
        anteriorite_motif="Dossier perdu au déménagement",
        doublons_ecartes="Une autre personne.",
    )
    return RequeteAnteriorite.objects.select_related("demande").get(demande=recu.demande_id)


def test_accordee(gestionnaire: Client, agent: Client) -> None:
    requete = demander()
    adresse, dossier = (
        reverse("anteriorite", args=[requete.id]),
        reverse("demande", args=[requete.demande.nud]),
    )
    assert "Dates de dépôt (1)" in texte(gestionnaire.get(reverse("decisions")))
    liste = texte(gestionnaire.get(reverse("anteriorites")))
    assert adresse in liste
    assert "20/10/2025" in liste
    assert adresse in texte(gestionnaire.get(dossier))
    assert adresse not in texte(agent.get(dossier))
    page = texte(gestionnaire.get(adresse))
    assert "Dossier perdu au déménagement" in page
    reponse = gestionnaire.post(adresse, {"issue": "ACCORDEE", "motif": "Récépissé vu"}, follow=True)
    assert "Date accordée" in texte(reponse)
    assert "Aucune date à décider" in texte(reponse)
    apres = texte(agent.get(dossier))
    assert "dépôt le 20/10/2025" in apres
    assert "attend une décision" not in apres
    assert "Date de dépôt antérieure accordée" in apres
    relue = texte(gestionnaire.get(adresse))
    assert "Récépissé vu" in relue
    assert "Enregistrer la décision" not in relue


def test_refusee_avec_sa_raison(gestionnaire: Client, agent: Client) -> None:
    requete = demander()
    adresse = reverse("anteriorite", args=[requete.id])
    page = texte(gestionnaire.post(adresse, {"issue": "REFUSEE", "motif": ""}))
    assert "Dites en une phrase sur quoi repose votre décision" in page
    assert texte(gestionnaire.post(adresse, {"issue": "REFUSEE", "motif": f.nir_de(f.AUJOURD_HUI)})).count(
        "Retirez le numéro de sécurité sociale"
    )
    assert "Date refusée" in texte(
        gestionnaire.post(adresse, {"issue": "REFUSEE", "motif": "Sans preuve"}, follow=True)
    )
    apres = texte(agent.get(reverse("demande", args=[requete.demande.nud])))
    assert "dépôt le 24/11/2026" in apres
    assert "Date de dépôt antérieure refusée" in apres
    assert gestionnaire.post(adresse, {"issue": "ACCORDEE", "motif": "Vu"}).status_code == 409


def test_reservee_au_gestionnaire(agent: Client) -> None:
    requete = demander()
    for adresse in (reverse("anteriorites"), reverse("anteriorite", args=[requete.id])):
        assert agent.get(adresse).status_code == 403


def test_rien_d_un_autre_territoire(gestionnaire: Client) -> None:
    requete = demander()
    ailleurs = connecter(Client(), creer_gestionnaire(territoire="02A", le=f.MAINTENANT))
    assert ailleurs.get(reverse("anteriorite", args=[requete.id])).status_code == 404
    assert "Aucune date à décider" in texte(ailleurs.get(reverse("anteriorites")))


def test_requetes_constantes(gestionnaire: Client) -> None:
    demander("Roy")
    une = requetes(lambda: gestionnaire.get(reverse("anteriorites")))
    for nom in ("Petit", "Zimmer"):
        demander(nom)
    assert requetes(lambda: gestionnaire.get(reverse("anteriorites"))) == une
