"""An agent verifies what was sent online, in a real browser: the list, the picture beside the typing, the number."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from sne.registre.depot_en_ligne.actions.envoyer import PieceRecue
from tests.habilitations.factories import creer_agent
from tests.journeys.poste import Poste
from tests.journeys.test_pieces import avis
from tests.registre import factories as f
from tests.registre.depot_en_ligne import envois as e
from tests.registre.pieces import pieces as p

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]


def test_a_demande_sent_online_is_verified_and_registered(
    asseoir: Callable[..., Poste], tmp_path: Path
) -> None:
    f.deposer(f.contenu(demandeur=f.personne("Dubreuil", "Éloïse")))
    fichier = p.recevoir_pdf(avis(tmp_path, 1))
    recue = PieceRecue(fichier.document, fichier.empreinte, nature="CNI")
    e.envoyer(pieces=[recue])
    e.envoyer(f.contenu(demandeur=f.personne("Zimmer", "Paul")), compte=e.AUTRE_COMPTE, pieces=[])
    poste = asseoir()
    page = poste.page
    poste.se_connecter(creer_agent())
    page.get_by_role("link", name="Demandes en ligne", exact=True).first.click()
    expect(page.get_by_role("heading", name="Demandes en ligne à vérifier", level=1)).to_be_visible()
    poste.examiner("demandes-en-ligne")
    page.get_by_role("button", name="Vérifier la demande de Dubreuil Élodie").press("Enter")
    image = page.get_by_role("img", name="Pièce d’identité, page 1 sur 1")
    expect(image).to_be_visible()
    assert image.evaluate("i => i.decode().then(() => i.naturalWidth)") > 0
    poste.examiner("demande-en-ligne")
    page.get_by_role("button", name="Enregistrer et donner le numéro").press("Enter")
    expect(page.get_by_role("link", name="choisissez la pièce que vous avez vue")).to_be_visible()
    poste.examiner("demande-en-ligne-erreur")
    page.get_by_label("Pièce d’identité ou titre de séjour vu").select_option("CNI")
    page.get_by_label("Pourquoi les demandes proches").fill("Une sœur, autre prénom")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("à la date de son envoi")).to_be_visible()
    poste.examiner("demande-en-ligne-enregistree")
