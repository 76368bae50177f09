"""Asking a counter for a change, over HTTP, on both sides of it."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from sne.registre.pieces.actions.qualifier import qualifier_piece
from sne.registre.pieces.models import Piece
from sne.registre.pieces.rules.pieces_deposees import Qualification
from sne.registre.requete.models import RequeteDemandeur
from sne.simulation.fournisseur.protocole import Fournisseur
from sne.socle.acte import Acte
from tests.portail.conftest import ELODIE, YVONNE, servie_par_le_portail
from tests.portail.formulaire import champs_de
from tests.portail.test_code import entrer
from tests.portail.test_connexion import se_connecter
from tests.portail.test_documents import photo
from tests.portail.test_renouveler import KARIM, deposer, texte
from tests.registre import factories as f

pytestmark = pytest.mark.django_db


def envoyer(porte: Client, nud: str, **champs: Any) -> Any:
    adresse = f"/ma-demande/{nud}/changements/"
    return porte.post(adresse, champs_de(texte(porte.get(adresse))) | champs)


def test_asked_followed_and_taken_back(porte: Client, fc: Fournisseur) -> None:
    demande = deposer(jours=100)
    se_connecter(porte, fc, ELODIE)
    adresse = f"/ma-demande/{demande.nud}/changements/"
    assert adresse in texte(porte.get("/ma-demande/"))
    assert adresse in texte(porte.get(f"/ma-demande/{demande.nud}/declaration/"))
    vide = texte(envoyer(porte, demande.nud, texte="Martin"))
    assert "Choisissez ce qu’il faut changer" in vide
    assert 'value="Martin"' in vide  # nothing typed is lost
    assert envoyer(porte, demande.nud, genre="NOM_USAGE", texte="Martin").status_code == 302
    lue = texte(porte.get(adresse))
    assert "Votre demande de changement est envoyée. Un guichet la lit avant le 8 décembre 2026" in lue
    assert "Martin" in lue
    assert "Changement demandé à un guichet" in texte(porte.get("/ma-demande/"))
    deja = texte(envoyer(porte, demande.nud, genre="NOM_USAGE", texte="Durand"))
    assert "Vous avez déjà demandé ce changement" in deja
    cle = RequeteDemandeur.objects.get().id
    assert porte.post(f"{adresse}{cle}/").status_code == 302
    assert "a été retirée" in texte(porte.get(adresse))
    assert porte.post(f"{adresse}{cle}/").status_code == 409
    assert "Vous, avec FranceConnect, avez demandé un changement à un guichet" in texte(
        porte.get(f"/ma-demande/{demande.nud}/historique/")
    )


def test_its_document_is_sent_read_and_taken_again(
    porte: Client,
    fc: Fournisseur,
    settings: Any,
    tmp_path: Path,
) -> None:
    settings.DOSSIER_DOCUMENTS = tmp_path
    demande = deposer(jours=100)
    se_connecter(porte, fc, ELODIE)
    adresse = f"/ma-demande/{demande.nud}/changements/"
    ou = envoyer(porte, demande.nud, genre="NOM_USAGE", texte="Martin").headers["Location"]
    cle = RequeteDemandeur.objects.get().id
    assert ou == f"{adresse}{cle}/document/"
    page = texte(porte.get(ou))
    assert "une pièce d’identité ou un livret de famille où ce nom figure" in page
    assert 'enctype="multipart/form-data"' in page
    assert f"/ma-demande/{demande.nud}/documents/fichiers/?requete={cle}" in page
    assert "Choisissez un document" in texte(porte.post(ou, {"fichiers": [photo()]}))
    page = texte(porte.post(ou, {"papier": "FILIATION", "garder": "oui", "fichiers": [photo("black")]}))
    gardes = re.findall(r'name="televersements" value="([^"]+)"', page)
    tout = {"papier": "FILIATION", "televersements": gardes, "fichiers": [photo()]}
    assert porte.post(ou, tout).headers["Location"] == adresse
    (piece,) = Piece.objects.filter(demande=demande)
    assert RequeteDemandeur.objects.get().pieces == [piece.id]
    assert "Reçu. Vérification en cours." in texte(porte.get(adresse))
    agent = Acte(f.creer_acteur(), f.MAINTENANT)
    qualifier_piece(piece.id, Qualification.INEXPLOITABLE, motif="Photo floue", acte=agent)
    lue = texte(porte.get(adresse))
    assert "Photo floue" in lue
    assert "Reprendre la photo" in lue
    qualifier_piece(piece.id, Qualification.VALIDE, acte=agent)
    assert "Lisible" in texte(porte.get(adresse))
    histoire = texte(porte.get(f"/ma-demande/{demande.nud}/historique/"))
    assert "avez envoyé un document pour un changement demandé à un guichet" in histoire
    meme = {"papier": "FILIATION", "fichiers": [photo("black"), photo()]}
    assert "déjà dans le dossier" in texte(porte.post(ou, meme))


def test_by_code_no_co_holder_is_made_to_leave_and_a_helper_asks_nothing(
    porte: Client,
    fc: Fournisseur,
) -> None:
    demande, par_code = deposer(jours=100, cotitulaires=[KARIM]), Client()
    entrer(par_code, demande)
    page = texte(par_code.get(f"/ma-demande/{demande.nud}/changements/"))
    assert "Nom de naissance" in page
    assert "DEPART_COTITULAIRE" not in page
    envoyer(par_code, demande.nud, genre="DEPART_COTITULAIRE", texte="Paul")
    assert not RequeteDemandeur.objects.exists()
    se_connecter(porte, fc, YVONNE)
    assert porte.get(f"/ma-demande/{demande.nud}/changements/").status_code == 403
    assert "/changements/" not in texte(porte.get("/ma-demande/"))


@pytest.mark.django_db(transaction=True)
def test_with_the_rights_of_the_portal_alone(
    porte: Client,
    fc: Fournisseur,
    settings: Any,
    tmp_path: Path,
) -> None:
    settings.DOSSIER_DOCUMENTS = tmp_path
    demande = deposer(jours=100)
    with servie_par_le_portail():
        se_connecter(porte, fc, ELODIE)
        assert envoyer(porte, demande.nud, genre="NOM_NAISSANCE", texte="Castaing").status_code == 302
        cle = RequeteDemandeur.objects.get().id
        ou = f"/ma-demande/{demande.nud}/changements/{cle}/document/"
        assert porte.post(ou, {"papier": "IDENTITE", "fichiers": [photo()]}).status_code == 302
        assert RequeteDemandeur.objects.get().pieces
        assert porte.post(f"/ma-demande/{demande.nud}/changements/{cle}/").status_code == 302
