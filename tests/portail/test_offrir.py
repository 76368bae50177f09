"""Side by side, over HTTP and both doors: a helper offers, one answer for all; the person has two buttons."""

import re
from typing import Any

import pytest
from django.test import Client

from sne.registre.demande.models.mandat_aide import MandatAide
from sne.simulation.fournisseur.protocole import Fournisseur
from tests.habilitations import factories as h
from tests.portail.conftest import ELODIE, chez_les_professionnels, servie_par_le_portail
from tests.portail.test_code import entrer
from tests.portail.test_connexion import se_connecter
from tests.portail.test_renouveler import deposer, texte

pytestmark = pytest.mark.django_db
OUI = {"naissance": "14/03/1987", "portees": ["LIRE", "RENOUVELER"], "jours": "31"}


def offrir(pro: Client, nud: str, **champs: Any) -> str:
    """The helper's page, sent."""
    reponse = pro.post("/personnes-aidees/offrir/", {"numero": nud} | OUI | champs, follow=True)
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"|nonce="[^"]+"', "", texte(reponse))


def test_one_answer_for_all_then_two_buttons(porte: Client, fc: Fournisseur) -> None:
    aidante, pro = h.creer_aidant(courriel="aidante@exemple.fr"), Client()
    demande, par_code = deposer(jours=340), Client()
    with chez_les_professionnels():
        h.connecter(pro, aidante)
        assert "/personnes-aidees/offrir/" in texte(pro.get("/personnes-aidees/"))
        assert "Numéro de la demande" in texte(pro.get("/personnes-aidees/offrir/"))
        faux = offrir(pro, "099", portees=[], naissance="31/02/1987")
        assert "Cochez ce que vous feriez" in faux
        assert "Recopiez les 18 signes" in offrir(pro, "099")
        non = offrir(pro, demande.nud, naissance="15/03/1987")
        assert not MandatAide.objects.exists()
        oui = offrir(pro, demande.nud)
        assert "Si ce numéro et cette date de naissance vont ensemble" in oui
        assert non == oui  # neither the message nor the list tells one from the other
    adresse = f"/ma-demande/{demande.nud}/aide/"
    cle = MandatAide.objects.get().id
    entrer(par_code, demande)
    lue = texte(par_code.get(adresse))
    assert "vous propose son aide" in lue
    assert "/accepter/" not in lue  # FranceConnect gives an authorisation, a code refuses one
    assert par_code.post(f"{adresse}{cle}/accepter/").status_code == 403
    se_connecter(porte, fc, ELODIE)
    page = texte(porte.get(adresse))
    assert "à compter du jour où je signe" in page
    assert [bouton in page for bouton in ("J’accepte", "Je refuse")] == [True, True]
    assert porte.post(f"{adresse}{cle}/accepter/").status_code == 302
    assert "Arrêter cette aide" in texte(porte.get(adresse))
    assert porte.post(f"{adresse}{cle}/accepter/").status_code == 409
    with chez_les_professionnels():
        assert f"/personnes-aidees/{cle}/" in texte(pro.get("/personnes-aidees/"))
    assert porte.post(f"{adresse}{cle}/").status_code == 302
    with chez_les_professionnels():
        assert "Vous ne voyez plus rien" in texte(pro.get(f"/personnes-aidees/{cle}/"))


@pytest.mark.django_db(transaction=True)
def test_the_person_signs_with_the_rights_of_the_portal_alone(
    porte: Client,
    fc: Fournisseur,
) -> None:
    aidante, pro = h.creer_aidant(courriel="aidante@exemple.fr"), Client()
    demande = deposer(jours=340)
    with chez_les_professionnels():
        offrir(h.connecter(pro, aidante), demande.nud)
    with servie_par_le_portail():
        se_connecter(porte, fc, ELODIE)
        cle = MandatAide.objects.get().id
        assert porte.post(f"/ma-demande/{demande.nud}/aide/{cle}/accepter/").status_code == 302
    assert MandatAide.objects.get().statut == "ACTIF"
