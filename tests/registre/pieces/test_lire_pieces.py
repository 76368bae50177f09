"""A document added is read by machine once, what was read is beside it, and whoever qualifies it is told."""

import io
import uuid
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from PIL import Image

from config.settings.base import storage_sur_disque
from sne.documents.aides import get_aides, lire_aides
from sne.documents.models import Partie
from sne.documents.rules.aides import Signature
from sne.journal.handlers import abonnes
from sne.journal.models import Entree
from sne.registre.demande.models.demande import Demande
from sne.registre.pieces import tasks
from sne.registre.pieces.models import Piece
from tests.documents.lecture.avis_signes import Autorite, page
from tests.documents.limites import BORNES
from tests.guichet.parcours import texte
from tests.habilitations.factories import connecter, creer_agent
from tests.registre import factories as f
from tests.registre.pieces import pieces as p

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def dossier(settings: Any, tmp_path: Path) -> Path:
    settings.DOSSIER_DOCUMENTS = tmp_path
    settings.STORAGES = {**settings.STORAGES, "documents_disque": storage_sur_disque(tmp_path)}
    return tmp_path


def avis() -> bytes:
    """A tax notice of Jeanne Durand, whose code is signed by an authority that nobody knows."""
    tampon = io.BytesIO()
    image: Image.Image = page(Autorite().code())
    image.save(tampon, "PDF", resolution=200)
    return tampon.getvalue()


def lire() -> None:
    """What the journal's delivery does with each document added."""
    with time_machine.travel(f.MAINTENANT, tick=False):
        for entree in Entree.objects.filter(verbe="JOINDRE_PIECE"):
            tasks.lire_pieces(entree_id=str(entree.id), territoire="099")


def test_a_notice_is_read_and_compared_with_the_file() -> None:
    assert any(a.tache == tasks.LIRE_PIECES for a in abonnes())
    demande = Demande.objects.get(
        id=f.deposer(f.contenu(demandeur=f.personne("Durand", "Jeanne"))).demande_id
    )
    piece = p.joindre_pdf(demande.id, p.IMPOT, octets=avis(), textes=["Avis de DURAND"])
    document = Piece.objects.get(id=piece).document
    assert document
    p.joindre(demande.id)  # its file has no byte: it stays as it is
    lire()
    lues = get_aides(document, territoire="099")
    assert (lues.avis[0].annee_revenus, lues.avis[0].signature) == (2024, Signature.CERTIFICAT_INCONNU)
    assert Partie.objects.filter(document=document, part="AIDES").count() == 1
    assert not lire_aides(document, territoire="099", pages_max=5, bornes=BORNES)
    assert not lire_aides(uuid.uuid4(), territoire="099", pages_max=5, bornes=BORNES)
    with time_machine.travel(f.MAINTENANT, tick=False):
        agent = connecter(Client(), creer_agent())
        ecran = texte(agent.get(reverse("piece-voir", args=[piece])))
    assert "Le nom lu est celui du dossier." in ecran
    assert "Il porte sur les revenus de 2024, comme attendu." in ecran
    assert "sa signature n’a pas pu être vérifiée" in ecran
    assert "Avis de DURAND" in ecran
    assert "Lu sur la page" not in ecran
    assert "Non lu sur la page" not in ecran
    assert Entree.objects.filter(verbe="CONSULTER_PIECE").count() == 1
