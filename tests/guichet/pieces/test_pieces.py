"""Documents on the screens: what is missing and why, several files at once, what is refused, what is opened and how."""

import io
import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from sne.documents.models import Document
from sne.documents.rules import EtatDocument
from sne.journal.models import Entree
from sne.registre.demande.models.demande import Demande
from sne.registre.pieces.models import Piece, QualificationPiece
from sne.registre.pieces.rules.pieces_deposees import PieceSaisie
from tests.documents.factories import pdf
from tests.guichet.parcours import guichet_de, pour_un_appel, requetes, texte
from tests.habilitations.factories import connecter, creer_agent, creer_dpo, creer_support
from tests.registre import factories as f
from tests.registre.enquete.enquetes import figer
from tests.registre.pieces import pieces as p

pytestmark = pytest.mark.usefixtures("jour_des_essais")
PDF = pdf()


def png() -> bytes:
    """A small picture, in the few colours that make it stay a PNG."""
    tampon = io.BytesIO()
    Image.new("L", (40, 30), 128).save(tampon, "PNG")
    return tampon.getvalue()


PNG = png()
IDENTITE = "?type=IDENTITE&qui=demandeur"


@pytest.fixture
def nud(db: None) -> str:
    return f.deposer().nud


def page(nud: str, suite: str = "") -> str:
    return f"/demandes/{nud}/pieces/{suite}"


def fichier(nom: str = "carte.pdf", octets: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(nom, octets)


def ajouter(client: Client, nud: str, *fichiers: Any, suite: str = IDENTITE, **champs: Any) -> Any:
    return client.post(
        page(nud, f"ajouter/{suite}"),
        {"qui": "demandeur", "fichiers": list(fichiers)} | champs,
    )


def test_what_is_expected_is_said_with_the_reason(agent: Client, nud: str) -> None:
    lue = texte(agent.get(page(nud)))
    assert "Vue au guichet le 24/11/2026, sans copie." in lue
    assert "Avis d’impôt 2025 sur les revenus de 2024" in lue
    assert "Elle n’est pas dans le dossier. Elle sera demandée pour instruire la demande." in lue
    assert "1\u00a0pièce peut être demandée au ménage." in lue


def test_the_type_and_the_person_come_first(agent: Client, nud: str) -> None:
    choix = texte(agent.get(page(nud, "type/")))
    assert "Certificat médical" in choix
    reponse = agent.get(page(nud, "type/"), {"choisi": "oui", "type": "IDENTITE", "qui": "demandeur"})
    assert reponse.headers["Location"] == page(nud, f"ajouter/{IDENTITE}")
    reponse = agent.get(
        page(nud, "type/"), {"choisi": "oui", "type": "IDENTITE", "qui": "demandeur", "suite": "vue"}
    )
    assert reponse.headers["Location"] == page(nud, f"vue/{IDENTITE}")
    jamais = texte(
        agent.get(page(nud, "type/"), {"choisi": "oui", "type": "RELEVE_BANCAIRE", "qui": "foyer"})
    )
    assert "ne permet ni de demander cette pièce ni de la garder" in jamais
    for adresse in ("ajouter/", "ajouter/?type=CARTE_VITALE", "vue/?type=AILLEURS"):
        assert agent.get(page(nud, adresse)).headers["Location"] == page(nud, "type/")


def test_several_files_at_once_are_in_the_file_and_open(agent: Client, nud: str) -> None:
    assert 'type="file"' in texte(agent.get(page(nud, f"ajouter/{IDENTITE}")))
    reponse = ajouter(
        agent, nud, fichier(), fichier("verso.png", PNG), nature="CNI", validite_fin="01/05/2030"
    )
    assert reponse.headers["Location"] == page(nud)
    lue = texte(agent.get(page(nud)))
    assert "2 pièces ajoutées au dossier." in lue
    assert "2\u00a0pièces" in lue
    assert "Reçue le 24/11/2026, à vérifier. Elle vaut jusqu’au 01/05/2030." in lue
    (image, document) = Piece.objects.order_by("-survenu_le", "-id")
    ouverte = agent.get(reverse("piece-ouvrir", args=[image.id]))
    assert b"".join(ouverte.streaming_content).startswith(b"\x89PNG")
    assert ouverte.headers["Content-Type"] == "image/png"
    assert ouverte.headers["Content-Disposition"].startswith("inline")
    ouverte = agent.get(reverse("piece-ouvrir", args=[document.id]))
    neutre = f"document-{document.id.hex[-8:]}.pdf"
    assert ouverte.headers["Content-Disposition"] == f'attachment; filename="{neutre}"'
    for entete, valeur in {
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox",
    }.items():
        assert valeur in ouverte.headers[entete]
    assert Entree.objects.filter(verbe="CONSULTER_PIECE").count() == 2


def test_a_file_refused_is_said_beside_its_name_and_the_others_stay(agent: Client, nud: str) -> None:
    reponse = ajouter(
        agent, nud, fichier(), fichier("virus.exe", b"MZ"), fichier("vide.pdf", b""), nature="CNI"
    )
    lue = texte(reponse)
    assert reponse.status_code == 200
    assert "<title>Erreur" in lue
    assert "1\u00a0fichier ajouté au dossier. N’envoyez à nouveau que les autres." in lue
    assert "virus.exe" in lue
    assert "Ce fichier est un programme." in lue
    assert "vide.pdf\u00a0: Ce fichier est vide" in lue
    assert re.search(r'value="CNI" selected', lue)
    assert (Piece.objects.count(), Document.objects.count()) == (1, 1)
    encore = texte(ajouter(agent, nud, fichier("copie.pdf"), nature="CNI"))
    assert "copie.pdf\u00a0: Ce fichier est déjà dans le dossier" in encore
    assert Document.objects.exclude(etat="EFFACE").count() == 1


@pytest.mark.parametrize(
    ("suite", "champs", "phrase"),
    [
        (IDENTITE, {"fichiers": []}, "choisissez au moins un fichier"),
        (IDENTITE, {"qui": ""}, "choisissez la personne"),
        ("?type=AVIS_IMPOSITION_N2&qui=demandeur", {"annee": ""}, "indiquez l’année"),
        ("?type=AVIS_IMPOSITION_N2&qui=demandeur", {"annee": "2031"}, "l’année des revenus va de"),
        (IDENTITE, {"explication": "2 87 03 99 123 456 78"}, "retirez le numéro"),
    ],
)
def test_a_form_refused_adds_nothing(
    agent: Client, nud: str, suite: str, champs: dict[str, Any], phrase: str
) -> None:
    lue = texte(ajouter(agent, nud, *champs.pop("fichiers", [fichier()]), suite=suite, **champs))
    assert phrase in lue
    assert Piece.objects.count() == 0


def test_seen_replaced_and_qualified(agent: Client, nud: str) -> None:
    assert agent.get(page(nud, f"vue/{IDENTITE}")).status_code == 200
    lue = texte(agent.post(page(nud, f"vue/{IDENTITE}"), {"qui": "demandeur", "vue_le": "25/11/2026"}))
    assert "cette date est dans l’avenir" in lue
    champs = {"qui": "demandeur", "vue_le": "24/11/2026", "nature": "PASSEPORT"}
    assert agent.post(page(nud, f"vue/{IDENTITE}"), champs).status_code == 302
    ajouter(agent, nud, fichier(), nature="CNI")
    piece = Piece.objects.get(document__isnull=False)
    adresse = page(nud, f"{piece.id}/qualifier/")
    assert agent.get(adresse).status_code == 302
    assert "dites pourquoi" in texte(agent.post(adresse, {"qualification": "INEXPLOITABLE"}))
    agent.post(adresse, {"qualification": "INEXPLOITABLE", "motif": "Elle est floue."})
    lue = texte(agent.get(page(nud)))
    assert "Inexploitable" in lue
    assert "Elle est floue." in lue
    adresse = page(nud, f"{piece.id}/remplacer/")
    assert re.search(r'value="CNI" selected', texte(agent.get(adresse)))
    deux = {"qui": "demandeur", "fichiers": [fichier("a.pdf"), fichier("b.pdf")]}
    assert "un seul fichier" in texte(agent.post(adresse, deux))
    neuve = {"qui": "demandeur", "fichiers": [fichier("b.png", PNG)]}
    assert agent.post(adresse, neuve).status_code == 302
    lue = texte(agent.get(page(nud)))
    assert "Remplacée" in lue
    assert agent.get(adresse).status_code == 404
    assert QualificationPiece.objects.count() == 1


def test_another_territory_sees_nothing(nud: str) -> None:
    piece = p.joindre(Demande.objects.get(nud=nud).id)
    ailleurs = connecter(Client(), creer_agent("02A", guichet_de("02A")))
    for adresse in (page(nud), page(nud, f"ajouter/{IDENTITE}"), reverse("piece-ouvrir", args=[piece])):
        assert ailleurs.get(adresse).status_code == 404


def test_one_document_or_three_cost_the_same(agent: Client, nud: str) -> None:
    demande_id = Demande.objects.get(nud=nud).id
    p.joindre(demande_id)
    une = requetes(lambda: agent.get(page(nud)))
    p.joindre(demande_id, p.IMPOT)
    p.joindre(demande_id, PieceSaisie("MARIAGE", reference="demandeur"))
    assert requetes(lambda: agent.get(page(nud))) == une


def test_health_is_shown_to_who_may_read_it(agent: Client) -> None:
    recu = f.deposer(f.contenu(motifs={"codes": ["01", "08"]}))
    piece = p.joindre(recu.demande_id, PieceSaisie("MOTIF_08"))
    assert "Certificat médical" in texte(agent.get(page(recu.nud)))
    dpo = connecter(Client(), creer_dpo())
    lue = texte(dpo.get(page(recu.nud)))
    assert "Certificat médical" not in lue
    assert "Votre rôle ne montre pas les pièces qui parlent de santé." in lue
    assert "Ajouter une pièce" not in lue
    assert dpo.get(reverse("piece-ouvrir", args=[piece])).status_code == 404
    support = pour_un_appel(connecter(Client(), creer_support()), recu.nud)
    assert support.get(page(recu.nud)).status_code == 403
    assert 'href="#documents"' not in texte(support.get(reverse("demande", args=[recu.nud])))


def test_a_frozen_or_secret_file_says_what_may_be_done(agent: Client) -> None:
    recu = f.deposer(f.contenu(motifs={"codes": ["06"]}))
    piece = p.joindre(recu.demande_id)
    figer(recu.demande_id)
    lue = texte(agent.get(page(recu.nud)))
    assert "Une pièce peut être ajoutée. Aucune ne peut être remplacée." in lue
    assert "Remplacer" not in lue
    assert agent.get(page(recu.nud, f"{piece}/remplacer/")).status_code == 409
    assert agent.get(page(recu.nud, f"ajouter/{IDENTITE}")).status_code == 200
    assert "Adresse à protéger." in lue


def test_what_cannot_be_opened_yet_or_is_twice_there_is_said(agent: Client, nud: str) -> None:
    demande_id = Demande.objects.get(nud=nud).id
    p.joindre(demande_id, etat=EtatDocument.QUARANTAINE, contenu=b"page")
    p.joindre(demande_id, PieceSaisie("MARIAGE", "demandeur"), contenu=b"page")
    perimee = PieceSaisie("SEJOUR", "demandeur", validite_fin=date(2026, 1, 1))
    p.joindre(demande_id, perimee)
    lue = texte(agent.get(page(nud)))
    assert "En attente du contrôle antivirus. Elle s’ouvrira ensuite." in lue
    assert "Ne s’ouvre pas encore" in lue
    assert "Même fichier que «\u00a0Preuve du mariage\u00a0», du 24/11/2026" in lue
    assert "Périmée" in lue
    assert "Vaut jusqu’au 01/01/2026" in lue


def test_what_the_household_says_later_stands_beside_the_document(agent: Client, nud: str) -> None:
    ajouter(agent, nud, fichier(), explication="Accent oublié.")
    piece = Piece.objects.get()
    adresse = page(nud, f"{piece.id}/expliquer/")
    assert agent.get(adresse).headers["Location"] == reverse("piece-voir", args=[piece.id])
    assert "Notez ce que le ménage dit" in texte(agent.post(adresse, {"explication": " "}))
    refusee = texte(agent.post(adresse, {"explication": "285045999912303"}))
    assert "Retirez le numéro de sécurité sociale" in refusee
    reponse = agent.post(adresse, {"explication": "C’est mon nom d’usage."})
    assert reponse.headers["Location"] == reverse("piece-voir", args=[piece.id])
    lue = texte(agent.get(reponse.headers["Location"]))
    for dite in ("Accent oublié.", "C’est mon nom d’usage."):
        assert re.search(rf"Explication du ménage, notée le 24/11/2026 par [^:]+\u00a0: {dite}", lue)
    assert agent.post(page("0990126000001G0993", f"{piece.id}/expliquer/")).status_code == 404
    assert "Noter l’explication" not in texte(
        connecter(Client(), creer_dpo()).get(reverse("piece-voir", args=[piece.id]))
    )
