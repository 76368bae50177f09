"""« Qui m’aide », over HTTP, on both sides: a body authorised, an act told line by line, stopped at once."""

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.mandat_aide import MandatAide
from sne.registre.demande.rules.mandat_aide import MesureProtection, Portee
from sne.registre.mandat.actions.enregistrer import AidePapier, Jugement, enregistrer_papier
from sne.simulation.fournisseur.protocole import Fournisseur
from sne.socle.acte import Acte
from tests.habilitations import factories as h
from tests.portail.conftest import ELODIE, YVONNE, chez_les_professionnels, servie_par_le_portail
from tests.portail.formulaire import champs_de
from tests.portail.test_code import entrer
from tests.portail.test_connexion import se_connecter
from tests.portail.test_renouveler import deposer, texte
from tests.registre import factories as f
from tests.registre.mandat.mandats import organisme
from tests.registre.pieces.pieces import fichier

pytestmark = pytest.mark.django_db
OUI = {"portees": ["LIRE", "RENOUVELER"], "jours": "182"}


def signer(porte: Client, nud: str, **champs: Any) -> Any:
    """Read again, then sign."""
    adresse = f"/ma-demande/{nud}/aide/"
    dits = champs_de(texte(porte.get(adresse))) | {"organisme": organisme()} | OUI | champs
    relue = porte.post(adresse, dits)
    return porte.post(adresse, dits | {"signer": "oui"}) if "J’autorise" in texte(relue) else relue


def test_signed_and_stopped_by_the_person(porte: Client, fc: Fournisseur) -> None:
    h.creer_aidant(courriel="aidante@exemple.fr")
    demande = deposer(jours=100)
    se_connecter(porte, fc, ELODIE)
    adresse = f"/ma-demande/{demande.nud}/aide/"
    assert adresse in texte(porte.get("/ma-demande/"))
    assert "Personne ne peut agir à votre place" in texte(porte.get(adresse))
    vide = texte(signer(porte, demande.nud, organisme="", portees=["RENOUVELER"]))
    assert "Choisissez l’organisme qui vous aide" in vide
    sans_lire = texte(signer(porte, demande.nud, portees=["RENOUVELER"]))
    assert "Cochez aussi «\u00a0lire la demande\u00a0»" in sans_lire
    assert re.search(r'value="182"[^>]*checked', sans_lire)  # nothing chosen is lost
    assert not MandatAide.objects.exists()
    assert signer(porte, demande.nud).status_code == 302
    signee = texte(porte.get(adresse))
    assert "Cet organisme doit accepter avant la fin du" in signee
    assert "déjà autorisé cet organisme" in texte(signer(porte, demande.nud))
    cle = MandatAide.objects.get().id
    assert porte.post(f"{adresse}{cle}/").status_code == 302
    assert "Cette aide est terminée depuis le" in texte(porte.get(adresse))
    assert porte.post(f"{adresse}{cle}/").status_code == 409
    assert "Vous, avec FranceConnect, avez autorisé un organisme" in texte(
        porte.get(f"/ma-demande/{demande.nud}/historique/")
    )


def test_by_code_one_only_stops(porte: Client, fc: Fournisseur) -> None:
    h.creer_aidant(courriel="aidante@exemple.fr")
    demande, par_code = deposer(jours=100), Client()
    se_connecter(porte, fc, ELODIE)
    signer(porte, demande.nud)
    adresse = f"/ma-demande/{demande.nud}/aide/"
    entrer(par_code, demande)
    page = texte(par_code.get(adresse))
    assert "connectez-vous avec FranceConnect" in page
    assert 'name="organisme"' not in page
    assert par_code.post(adresse, {"signer": "oui", "organisme": organisme()} | OUI).status_code == 200
    assert MandatAide.objects.count() == 1
    assert par_code.post(f"{adresse}{MandatAide.objects.get().id}/").status_code == 302
    assert MandatAide.objects.get().fin == "REVOQUE"


def test_through_aidants_connect_neither(porte: Client, fc: Fournisseur) -> None:
    h.creer_aidant(courriel="aidante@exemple.fr")
    demande = deposer(jours=100)
    se_connecter(porte, fc, YVONNE)
    assert porte.get(f"/ma-demande/{demande.nud}/aide/").status_code == 403
    assert "/aide/" not in texte(porte.get("/ma-demande/"))


def test_what_a_counter_recorded_is_read_and_what_a_judge_decided_is_not_stopped_there(
    porte: Client,
    fc: Fournisseur,
) -> None:
    h.creer_aidant(courriel="aidante@exemple.fr")
    demande = deposer(jours=100)
    with chez_les_professionnels():
        le, acte = f.AUJOURD_HUI, Acte(f.creer_acteur(), f.MAINTENANT)
        for dit in (
            AidePapier(organisme(), [Portee.LIRE], 31, le),
            Jugement(MesureProtection.TUTELLE, "Mme Odile Vasseur", "", (), le, le + timedelta(days=90)),
        ):
            enregistrer_papier(demande.id, dit, fichier(uuid.uuid4().bytes), acte=acte)
    se_connecter(porte, fc, ELODIE)
    adresse = f"/ma-demande/{demande.nud}/aide/"
    page = texte(porte.get(adresse))
    assert "Si ce n’est pas vous, arrêtez-la" in page
    assert "Mme Odile Vasseur" in page
    papier, jugement = MandatAide.objects.order_by("mesure")
    assert [f"{adresse}{un.id}/" in page for un in (papier, jugement)] == [True, False]
    assert porte.post(f"{adresse}{jugement.id}/").status_code == 409
    assert porte.post(f"{adresse}{papier.id}/").status_code == 302
    assert [un.fin for un in MandatAide.objects.order_by("mesure")] == ["REVOQUE", ""]


@pytest.mark.django_db(transaction=True)
def test_with_the_rights_of_the_portal_alone(porte: Client, fc: Fournisseur) -> None:
    h.creer_aidant(courriel="aidante@exemple.fr")
    demande = deposer(jours=100)
    with servie_par_le_portail():
        se_connecter(porte, fc, ELODIE)
        assert signer(porte, demande.nud).status_code == 302
        cle = MandatAide.objects.get().id
        assert porte.post(f"/ma-demande/{demande.nud}/aide/{cle}/").status_code == 302


def test_after_the_person_stops_the_very_next_request_is_refused(
    porte: Client,
    fc: Fournisseur,
) -> None:
    """Both doors, by HTTP: signed, accepted, renewed, read by the person, stopped."""
    aidante, pro = h.creer_aidant(courriel="aidante@exemple.fr"), Client()
    demande = deposer(jours=340)
    se_connecter(porte, fc, ELODIE)
    signer(porte, demande.nud)
    cle = MandatAide.objects.get().id
    page = f"/personnes-aidees/{cle}/"
    with chez_les_professionnels():
        h.connecter(pro, aidante)
        assert page in texte(pro.get("/personnes-aidees/"))
        avant = texte(pro.get(page))
        assert "J’autorise" in avant
        assert "Les personnes à loger" not in avant
        acceptee = texte(pro.post(page, {"accepter": "oui"}, follow=True))
        assert "Vous pouvez aider cette personne jusqu’au" in acceptee
        relue = texte(pro.get(f"{page}renouveler/"))
        assert "Rien n’a changé" in relue
        faite = texte(pro.post(f"{page}renouveler/", champs_de(relue), follow=True))
        assert "La demande est renouvelée jusqu’au" in faite
    assert Demande.objects.get(id=demande.id).date_dernier_renouvellement is not None
    histoire = texte(porte.get(f"/ma-demande/{demande.nud}/historique/"))
    nom = MandatAide.objects.get().organisme_nom
    assert re.search(rf"{nom}, que vous avez autorisé jusqu’au [^,]+, a renouvelé votre demande", histoire)
    porte.post(f"/ma-demande/{demande.nud}/aide/{cle}/")
    with chez_les_professionnels():
        apres = texte(pro.get(page))
        assert "Vous ne voyez plus rien de cette demande" in apres
        assert "Les personnes à loger" not in apres
        assert pro.post(f"{page}renouveler/", {"revision": "2"}).status_code == 409
        assert pro.get(f"{page}renouveler/").status_code == 302
