"""Messages that change something, through the listener: what is registered, what is answered."""

import re
from datetime import timedelta

import pytest
from lxml import etree

from sne.conventions.actions import fermer_portee
from sne.conventions.models import Echange
from sne.conventions.rules.portees import Portee
from sne.registre.demande.models.demande import Demande
from sne.socle.horloge import aujourd_hui, maintenant
from tests.conventions.factories import acte
from tests.habilitations.factories import creer_exploitation
from tests.nuu.messages import message
from tests.registre.factories import contenu, deposer, personne

NS = "{http://nuu.application.i2/}"
pytestmark = pytest.mark.django_db


def fichier(reponse):
    """The business file of an answer."""
    texte = reponse.content.decode("utf-8")
    trouve = re.search(r"<ns1:interfaceNuu.*</ns1:interfaceNuu>", texte, re.DOTALL)
    assert trouve is not None, texte[:2000]
    return etree.fromstring(trouve.group())


def champ(reponse, nom):
    trouve = fichier(reponse).find(f".//{NS}{nom}")
    return None if trouve is None else trouve.text or trouve.get("code")


def codes(reponse):
    return [anomalie.get("code") for anomalie in fichier(reponse).iter(f"{NS}anomalie")]


def creer(vendeur, **autres):
    reponse = vendeur.numero(message(jour=aujourd_hui(), **autres))
    assert codes(reponse) == []
    return champ(reponse, "numUnique")


def test_registration_gives_number_and_attestation_once(vendeur):
    envoi = message(jour=aujourd_hui(), reference="R1")
    reponse = vendeur.numero(envoi)
    assert reponse.status_code == 200
    numero = champ(reponse, "numUnique")
    assert b"Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64" in reponse.content
    assert f"<nomAttestation>ATT{numero}.pdf</nomAttestation>".encode() in reponse.content
    assert champ(reponse, "refInterne") == "R1"
    assert champ(vendeur.numero(envoi), "numUnique") == numero
    assert Demande.objects.count() == 1
    assert Demande.objects.get().canal == "INTERFACE"


@pytest.mark.parametrize("lit_dalo", [True, False])
def test_the_answer_of_a_registration_is_what_a_consult_gives(vendeur, convention, lit_dalo):
    if not lit_dalo:
        fermer_portee(convention, Portee.DALO_LIRE, acte=acte(creer_exploitation()))
    sante = contenu(cotitulaires=[personne("Morel", "Luc", lien_demandeur="M")])
    for sent in (contenu(), sante):
        recue = vendeur.numero(message(jour=aujourd_hui(), contenu_=sent, reference="R1", forcer=True))
        lue = vendeur.consulter(champ(recue, "numUnique"))
        enregistree, consultee = (
            re.sub(rb">(CRE|RET)<|>[0-9-]{10}T[^<]*<", b"><", etree.tostring(fichier(r)))
            for r in (recue, lue)
        )
        assert enregistree == consultee


def test_what_is_wrong_comes_back_and_nothing_is_registered(vendeur):
    reponse = vendeur.numero(message(contenu_=contenu(demandeur=personne(""))))
    assert codes(reponse) == ["CTRL_DEM_1063"]
    assert champ(reponse, "typeFichier") == "CRE"
    assert champ(reponse, "prenom") == "Élodie"
    anomalie = next(fichier(reponse).iter(f"{NS}anomalie"))
    assert anomalie.get("propriete") == "demande/demandeLogement/personnePhysique/demandeur/nomPatronymique"
    assert Demande.objects.count() == 0


def test_consult_sent_back_changes_nothing(vendeur):
    numero = creer(vendeur)
    consulte = etree.tostring(fichier(vendeur.consulter(numero)), encoding="unicode").replace(
        ">RET<", ">MOD<"
    )
    assert codes(vendeur.numero(consulte)) == []
    assert Demande.objects.get().revision == 1


def test_change_is_in_force_at_once(vendeur):
    numero = creer(vendeur)
    consulte = etree.tostring(fichier(vendeur.consulter(numero)), encoding="unicode").replace(
        ">RET<", ">MOD<"
    )
    reponse = vendeur.numero(consulte.replace("<ns1:precision/>", "<ns1:precision>Urgent</ns1:precision>"))
    assert champ(reponse, "precision") == "Urgent"
    assert Demande.objects.get().revision == 2


def test_two_partners_who_change_two_fields_hold_both(vendeur):
    numero = creer(vendeur)
    consulte = etree.tostring(fichier(vendeur.consulter(numero)), encoding="unicode").replace(
        ">RET<", ">MOD<"
    )
    vendeur.numero(consulte.replace("<ns1:precision/>", "<ns1:precision>Urgent</ns1:precision>"))
    Echange.objects.update(revision_emise=1)
    avec_loyer = consulte.replace(
        "<ns1:demandeElargie>", "<ns1:montantLoyer>500</ns1:montantLoyer><ns1:demandeElargie>"
    )
    reponse = vendeur.numero(avec_loyer)
    assert (champ(reponse, "precision"), champ(reponse, "montantLoyer")) == ("Urgent", "500")
    Echange.objects.update(revision_emise=1)
    reponse = vendeur.numero(consulte.replace("<ns1:precision/>", "<ns1:precision>Autre</ns1:precision>"))
    assert codes(reponse) == ["CTRL_DEM_1207"]


def test_another_creation_date_is_another_file(vendeur):
    numero = creer(vendeur)
    autre = message("MOD", jour=aujourd_hui() - timedelta(days=1), numero_unique=numero)
    assert codes(vendeur.numero(autre)) == ["CTRL_DEM_1208"]


def test_renewal_of_an_image_equal_to_the_file(vendeur):
    numero = creer(vendeur)
    reponse = vendeur.numero(message("REN", jour=aujourd_hui(), numero_unique=numero))
    assert codes(reponse) == ["CTRL_DEM_1205"]


def test_unknown_number_and_foreign_guichet(vendeur):
    inconnu = message("MOD", numero_unique="099112600041200000")
    assert codes(vendeur.numero(inconnu)) == ["CTRL_DEM_1102"]
    assert codes(vendeur.consulter("099112600041200000")) == ["CTRL_DEM_1102"]
    assert codes(vendeur.numero(message("MOD"))) == ["CTRL_DEM_1063"]
    assert codes(vendeur.numero(message(guichet="G9999"))) == ["CTRL_DEM_1101"]


@pytest.mark.parametrize(
    ("genre", "code"), [("COP", "1801"), ("DIS", "1802"), ("RET", "1802"), ("XYZ", "1804")]
)
def test_kinds_that_are_not_served(vendeur, genre, code):
    assert codes(vendeur.numero(message(genre))) == [f"CTRL_DEM_{code}"]


def test_another_birth_name_waits_for_a_decision(vendeur):
    numero = deposer(le=maintenant() - timedelta(days=200)).nud
    consulte = etree.tostring(fichier(vendeur.consulter(numero)), encoding="unicode").replace(
        ">RET<", ">MOD<"
    )
    autre = consulte.replace("<ns1:nom>Dubreuil<", "<ns1:nom>Zimmer<")
    reponse = vendeur.numero(autre.replace("<ns1:precision/>", "<ns1:precision>Urgent</ns1:precision>"))
    assert codes(reponse) == ["CTRL_DEM_1301"]
    assert (champ(reponse, "nom"), champ(reponse, "precision")) == ("Dubreuil", "Urgent")
    revision = Demande.objects.get().revision
    assert (
        codes(vendeur.numero(autre.replace("<ns1:precision/>", "<ns1:precision>Urgent</ns1:precision>")))
        != []
    )
    assert Demande.objects.get().revision == revision


def test_an_older_reception_date_is_asked_of_the_manager(vendeur):
    reponse = vendeur.numero(message(jour=aujourd_hui() - timedelta(days=300)))
    assert codes(reponse) == ["CTRL_DEM_1306"]
    assert champ(reponse, "dateCreationDemande") == str(aujourd_hui())
