"""A relative who helps, over HTTP, in two browsers: invited, signs in their own name, acts, is read, is stopped."""

import re
import uuid
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client

from sne.journal.models import Entree
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.mandat_aide import MandatAide
from sne.registre.mandat.rules.proche import grouper
from sne.registre.mandat.selectors.invitations import get_code
from sne.registre.pieces.models import Piece
from sne.simulation.fournisseur.protocole import Fournisseur
from tests.habilitations import factories as h
from tests.portail.conftest import ELODIE, NADIA, YVONNE, servie_par_le_portail
from tests.portail.formulaire import champs_de
from tests.portail.test_aide import signer
from tests.portail.test_code import entrer
from tests.portail.test_connexion import se_connecter
from tests.portail.test_documents import photo
from tests.portail.test_renouveler import deposer, texte
from tests.registre import factories as f

pytestmark = pytest.mark.django_db
OUI = {
    "proche": "Nadia Ouvrard",
    "courriel": "nadia@exemple.fr",
    "portees": ["LIRE", "DOCUMENTS", "RENOUVELER"],
    "jours": "182",
}


def inviter(porte: Client, demande: Demande, **champs: Any) -> Any:
    """Read again, then sign."""
    adresse = f"/ma-demande/{demande.nud}/aide/proche/"
    dits = champs_de(texte(porte.get(adresse))) | OUI | champs
    relue = porte.post(adresse, dits)
    return porte.post(adresse, dits | {"signer": "oui"}) if "J’autorise" in texte(relue) else relue


def code() -> str:
    return grouper(get_code(MandatAide.objects.get().id))


def test_invited_signed_acted_read_and_stopped_at_the_very_next_request(
    porte: Client,
    fc: Fournisseur,
) -> None:
    """Facts of a helper: never an amount, a contact nor an identity on a page; each act is a line of the history."""
    demande, proche = deposer(jours=340), Client()
    se_connecter(porte, fc, ELODIE)
    assert "Inviter un proche" in texte(porte.get(f"/ma-demande/{demande.nud}/aide/"))
    sans = texte(inviter(porte, demande, courriel="elodie@exemple.fr", portees=["RENOUVELER"]))
    assert "celle où votre demande vous joint" in sans
    assert 'value="Nadia Ouvrard"' in sans  # nothing typed is lost
    assert inviter(porte, demande).status_code == 302
    assert "Cette personne doit accepter avant" in texte(porte.get(f"/ma-demande/{demande.nud}/aide/"))

    se_connecter(proche, fc, NADIA)
    assert "/aider-un-proche/" in texte(proche.get("/ma-demande/"))
    page = f"/aider-un-proche/{MandatAide.objects.get().id}/"
    assert proche.get(page).status_code == 404
    assert "n’ouvre aucune aide" in texte(proche.post("/aider-un-proche/", {"code": "7KMR-W3XQ-9TFA"}))
    lue = texte(proche.post("/aider-un-proche/", {"code": code().lower()}))
    assert "J’autorise Nadia Ouvrard" in lue
    assert demande.nud not in lue
    assert proche.post("/aider-un-proche/", {"code": code(), "accepter": "oui"}).headers["Location"] == page
    signee = texte(porte.get(f"/ma-demande/{demande.nud}/aide/"))
    assert "sous le nom de Nadia Rose OUVRARD" in signee

    ouverte = texte(proche.get(page))
    assert "Les personnes à loger" in ouverte
    assert page in texte(proche.get("/aider-un-proche/"))
    documents = texte(proche.get(f"{page}documents/"))
    lien = re.search(r'href="(\?type=AVIS_IMPOSITION[^"]+)"', documents)
    assert lien is not None
    suite = lien[1].replace("&amp;", "&")
    assert "Choisissez" in texte(proche.post(f"{page}documents/{suite}", {}))
    assert proche.post(f"{page}documents/{suite}", {"fichiers": photo()}).status_code == 302
    assert Piece.objects.filter(demande=demande).count() == 1
    relue = texte(proche.get(f"{page}renouveler/"))
    for secret in ("elodie@exemple.fr", "22334455", "Tanneurs"):
        assert secret not in ouverte + documents + relue
    assert proche.post(f"{page}renouveler/", champs_de(relue) | {"revision": "99"}).status_code == 409
    faite = proche.post(f"{page}renouveler/", champs_de(texte(proche.get(f"{page}renouveler/"))), follow=True)
    assert "La demande est renouvelée" in texte(faite)
    histoire = texte(porte.get(f"/ma-demande/{demande.nud}/historique/"))
    for fait in ("a accepté d’aider", "a ajouté", "a renouvelé votre demande"):
        assert re.search(rf"Nadia Ouvrard, avec votre accord jusqu’au [^,]+, {fait}", histoire), fait

    cle = MandatAide.objects.get().id
    assert porte.post(f"/ma-demande/{demande.nud}/aide/{cle}/").status_code == 302
    apres = texte(proche.get(page))
    assert "Vous ne voyez plus rien de cette demande" in apres
    assert "Les personnes à loger" not in apres
    assert proche.post(f"{page}renouveler/", {"revision": "3"}).status_code == 409
    assert proche.get(f"{page}documents/").status_code == 409
    assert page not in texte(proche.get("/aider-un-proche/"))


def test_nothing_of_the_household_opens_to_a_relative(porte: Client, fc: Fournisseur) -> None:
    """Neither its pages nor those of somebody else; a code of another session, Aidants Connect, help nobody here."""
    demande, proche = deposer(jours=340), Client()
    se_connecter(porte, fc, ELODIE)
    inviter(porte, demande)
    se_connecter(proche, fc, NADIA)
    assert proche.post("/aider-un-proche/", {"code": code(), "refuser": "oui"}).status_code == 302
    assert MandatAide.objects.get().fin == "RENONCE"
    inviter(porte, demande)
    MandatAide.objects.get(clos_le=None)
    cle = MandatAide.objects.get(clos_le=None).id
    proche.post("/aider-un-proche/", {"code": grouper(get_code(cle)), "accepter": "oui"})
    for adresse in ("", "declaration/", "contacts/", "historique/", "ressources/", "aide/", "mes-donnees/"):
        assert proche.get(f"/ma-demande/{demande.nud}/{adresse}").status_code == 404
    assert porte.get(f"/aider-un-proche/{cle}/").status_code == 404
    assert proche.get(f"/aider-un-proche/{uuid.uuid4()}/").status_code == 404
    assert proche.post(f"/aider-un-proche/{cle}/").status_code == 302
    assert MandatAide.objects.get(id=cle).fin == "RENONCE"
    par_code, aidee = Client(), Client()
    entrer(par_code, demande)
    se_connecter(aidee, fc, YVONNE)
    for autre in (par_code, aidee):
        assert "connectez-vous avec FranceConnect, en votre nom" in texte(autre.get("/aider-un-proche/"))
        assert autre.post("/aider-un-proche/", {"code": "7KMR-W3XQ-9TFA"}).status_code == 403
        assert autre.get(f"/aider-un-proche/{cle}/").status_code == 403
    assert "Pour cela, connectez-vous" in texte(par_code.get(f"/ma-demande/{demande.nud}/aide/proche/"))


def test_codes_are_not_tried_without_end(porte: Client, fc: Fournisseur) -> None:
    se_connecter(porte, fc, NADIA)
    statuts = {
        porte.post("/aider-un-proche/", {"code": f"7KMR-W3XQ-{rang:04}"}).status_code for rang in range(40)
    }
    assert statuts == {200, 429}


@pytest.mark.django_db(transaction=True)
def test_with_the_rights_of_the_portal_alone_which_sign_for_no_body(
    porte: Client,
    fc: Fournisseur,
) -> None:
    h.creer_aidant(courriel="aidante@exemple.fr")
    demande, proche = deposer(jours=340), Client()
    with servie_par_le_portail():
        se_connecter(porte, fc, ELODIE)
        inviter(porte, demande)
        se_connecter(proche, fc, NADIA)
        proche.post("/aider-un-proche/", {"code": code(), "accepter": "oui"})
        cle = MandatAide.objects.get().id
        page = f"/aider-un-proche/{cle}/"
        relue = texte(proche.get(f"{page}renouveler/"))
        assert proche.post(f"{page}renouveler/", champs_de(relue)).status_code == 302
        assert proche.get(f"{page}documents/").status_code == 200
        signer(porte, demande.nud)
        organisme = MandatAide.objects.filter(invitation="")
        signature = {"aidant": uuid.uuid4(), "aidant_par": {}, "accepte_le": f.MAINTENANT}
        with pytest.raises(ProgrammingError, match="un organisme n’accepte pas"), transaction.atomic():
            organisme.update(statut="ACTIF", jusqu_au=f.AUJOURD_HUI, **signature)
        assert proche.post(page).status_code == 302
        connection.check_constraints()
    assert Entree.objects.filter(verbe="FINIR_MANDAT", demande=demande.id).count() == 1
