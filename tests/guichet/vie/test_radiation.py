"""Striking off at the counter: reasons of one's own, proof asked beside its field, and what the file then says."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from sne.habilitations.models import Compte
from sne.journal.models import Entree
from sne.notifications.actions import noter_tentative
from sne.notifications.models import Message
from sne.notifications.rules import Issue, Resultat
from sne.notifications.tasks import service_des_messages
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.vie.actions.radier import radier_demande
from sne.registre.vie.rules.radiation import FaitsRadiation
from sne.registre.vie.tasks import annoncer_radiation, passer_l_horloge
from sne.socle.acte import Acte
from sne.socle.horloge import maintenant
from tests.documents.factories import pdf
from tests.guichet.parcours import commencer, texte
from tests.guichet.vie.renouvellements import confirmer
from tests.habilitations.factories import connecter, creer_agent
from tests.registre import factories as f

RENONCIATION = {"motif": "RADABA", "date_courrier": "20/11/2026", "document": "Lettre du 20/11, classeur B"}

CONFIRMEE = RENONCIATION | {"confirmer": "oui"}


@pytest.fixture
def nud(compte: Compte) -> str:
    return f.deposer().nud


def test_renonciation(agent: Client, nud: str) -> None:
    adresse = reverse("demande-radier", args=[nud])
    assert adresse in texte(agent.get(reverse("demande", args=[nud])))
    page = texte(agent.get(adresse))
    assert "Le refus d’un logement n’en fait pas partie" in page
    assert "Renonciation écrite du demandeur" in page
    confirmation = texte(agent.post(adresse, RENONCIATION))
    assert "Radier la demande de Dubreuil Élodie" in confirmation
    assert "Revenir jusqu’au <strong>23/11/2027</strong>" in confirmation
    assert "par le gestionnaire territorial seulement" in confirmation
    assert Demande.objects.get(nud=nud).statut == "ACTIVE"
    assert 'value="20/11/2026"' in texte(agent.post(adresse, RENONCIATION | {"corriger": "oui"}))
    lettre = {"fichiers": SimpleUploadedFile("lettre.pdf", pdf(1))}
    apres = texte(agent.post(adresse, CONFIRMEE | lettre, follow=True))
    assert "Courrier de radiation" in texte(agent.get(reverse("pieces", args=[nud])))
    assert "Demande radiée. Elle peut être réactivée jusqu’au 23/11/2027" in apres
    assert "Réactivable jusqu’au" in apres
    assert "Lettre du 20/11, classeur B" in apres
    assert adresse not in apres
    assert "Réactiver<" not in apres  # this reason comes back by the territorial manager alone
    assert "ne revient que par le gestionnaire territorial" in apres


def test_radiee_sans_renouvellement_revient_au_guichet(agent: Client, compte: Compte) -> None:
    depot = date(2025, 8, 1)
    nud = f.deposer(le=f.MAINTENANT.replace(year=2025, month=8, day=1), date_reception=depot).nud
    passer_l_horloge(f.MAINTENANT, territoires=["099"])
    page = texte(agent.get(reverse("demande", args=[nud])))
    assert "Absence de renouvellement" in page
    assert "Réactivable jusqu’au" in page
    assert reverse("renouvellement", args=[nud]) in page
    debut = texte(agent.get(reverse("renouvellement", args=[nud])))
    assert "Réactiver et renouveler cette demande" in debut
    assert agent.post(reverse("renouvellement", args=[nud])).status_code == 302
    confirmer(agent, nud)
    assert Demande.objects.get(nud=nud).statut == "ACTIVE"


@pytest.mark.parametrize(
    ("saisie", "phrase"),
    [
        ({}, "Motif de la radiation\u00a0: choisissez le motif"),
        ({**RENONCIATION, "document": ""}, "où le courrier est gardé"),
        ({**RENONCIATION, "date_courrier": ""}, "indiquez la date du courrier"),
        ({**RENONCIATION, "date_courrier": "31/02/2026"}, "31/02/2026"),
        ({**RENONCIATION, "motif": "RADCON"}, "la radiation est possible à partir du 20/12/2026"),
        ({**RENONCIATION, "date": "25/11/2026"}, "la date de radiation est dans l’avenir"),
        ({**RENONCIATION, "motif": "RADREN"}, "ce choix n’existe pas dans la liste"),
    ],
)
def test_ce_qui_manque_se_dit_et_rien_n_est_perdu(
    agent: Client, nud: str, saisie: dict[str, str], phrase: str
) -> None:
    page = texte(agent.post(reverse("demande-radier", args=[nud]), saisie))
    assert "<title>Erreur" in page
    assert phrase in page
    for valeur in saisie.values():
        assert valeur in page or valeur == "RADREN"
    assert Demande.objects.get(nud=nud).statut == "ACTIVE"
    assert not Entree.objects.filter(verbe="REFUSER_ACTE").exists()


@pytest.mark.parametrize(
    ("fichiers", "phrase"),
    [
        ([SimpleUploadedFile("lettre.txt", b"Je renonce")], "lettre.txt"),
        ([SimpleUploadedFile(f"{n}.pdf", pdf(n)) for n in (1, 2)], "Un seul fichier"),
    ],
)
def test_une_lettre_refusee_ne_radie_pas(
    agent: Client, nud: str, fichiers: list[SimpleUploadedFile], phrase: str
) -> None:
    page = texte(agent.post(reverse("demande-radier", args=[nud]), CONFIRMEE | {"fichiers": fichiers}))
    assert "<title>Erreur" in page
    assert phrase in page
    assert Demande.objects.get(nud=nud).statut == "ACTIVE"


def test_le_bailleur_a_ses_motifs(compte: Compte, nud: str) -> None:
    bailleur = connecter(Client(), creer_agent(guichet="G0991"))
    page = texte(bailleur.get(reverse("demande-radier", args=[nud])))
    assert "Logement attribué, bail signé" in page
    assert "Pourquoi la demande est irrecevable" in page
    refus = bailleur.post(reverse("demande-radier", args=[nud]), {"motif": "RADATT"})
    assert "aucun bail signé n’est connu" in texte(refus)
    apres = bailleur.post(
        reverse("demande-radier", args=[nud]),
        {
            "motif": "RADIRR",
            "sous_motif": "IRRRES",
            "date_courrier": "01/10/2026",
            "document": "CALEOL du 28/09",
            "confirmer": "oui",
        },
        follow=True,
    )
    assert "(ressources au-dessus du plafond)" in texte(apres)


def test_radiee_deux_fois(agent: Client, nud: str) -> None:
    agent.post(reverse("demande-radier", args=[nud]), CONFIRMEE)
    reponse = agent.post(reverse("demande-radier", args=[nud]), RENONCIATION)
    assert reponse.status_code == 409
    assert "elle ne peut pas être radiée" in texte(reponse)


PROCHE = {"nom_naissance": "Dubreuil", "prenoms": "Élodie", "date_naissance": "14/03/1987"}


def test_demande_proche_radiee_peut_revenir(agent: Client, nud: str) -> None:
    agent.post(reverse("demande-radier", args=[nud]), CONFIRMEE)
    page = texte(commencer(agent, **PROCHE))
    assert (
        "Cette demande est radiée depuis le 24/11/2026. Elle peut être réactivée jusqu’au 23/11/2027" in page
    )


def test_demande_proche_radiee_trop_ancienne_ne_promet_rien(agent: Client, compte: Compte) -> None:
    depot = date(2024, 3, 1)
    f.deposer(le=f.MAINTENANT.replace(year=2024, month=3, day=1), date_reception=depot)
    passer_l_horloge(f.MAINTENANT.replace(year=2025, month=6, day=1), territoires=["099"])
    page = texte(commencer(agent, **PROCHE))
    assert "Une demande proche existe déjà" in page
    assert "peut être réactivée" not in page


def test_le_dossier_dit_qui_n_a_pas_ete_prevenu(agent: Client, compte: Compte) -> None:
    """Past the time that a message takes to be prepared; then once every one was refused."""
    recu = f.deposer()
    faits = FaitsRadiation(MotifRadiation.RADABA, date_courrier=f.AUJOURD_HUI, document="Classeur B")
    radier_demande(recu.demande_id, faits, acte=Acte(f.creer_acteur(), f.MAINTENANT))
    adresse, titre = reverse("demande", args=[recu.nud]), "Le ménage n’a pas été prévenu de la radiation"
    entree = Entree.objects.get(verbe="RADIER")

    def page() -> str:
        return texte(agent.get(adresse))

    with time_machine.travel(f.MAINTENANT + timedelta(minutes=5), tick=False):
        connecter(agent, compte)
        assert titre not in page()
    with time_machine.travel(f.MAINTENANT + timedelta(hours=2), tick=False):
        connecter(agent, compte)
        assert "Aucun avis de radiation n’est parti" in page()
        annoncer_radiation(
            entree_id=str(entree.id), demande_id=str(recu.demande_id), revision=2, territoire="099"
        )
        assert titre not in page()
        message = Message.objects.get(genre="AVIS_RADIATION")
        refus = Resultat(Issue.PERMANENT, texte="Lettre rejetée")
        noter_tentative(message.id, refus, acte=Acte(service_des_messages(), maintenant()))
        assert "refusé par tous les moyens d’envoi" in page()
