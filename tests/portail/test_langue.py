"""The language of messages: chosen by the person, followed by what is sent; what was sent, on a page."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client, override_settings

from sne.demandeurs.actions import acteur_de, choisir_langue
from sne.demandeurs.models import CompteDemandeur
from sne.demandeurs.selectors import get_langue
from sne.journal.models import Entree
from sne.notifications.models import Message
from sne.notifications.rules import Genre
from sne.notifications.selectors import get_contenu
from sne.notifications.tasks import composer
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.rattachement import Rattachement
from sne.registre.demande.rules.rattachement import FinRattachement
from sne.registre.joindre.selectors.langues import get_langue_du_foyer
from sne.registre.rattachement import tasks
from sne.registre.rattachement.actions.rattacher import detacher
from sne.registre.rattachement.selectors.contacts import list_contacts
from sne.registre.requete.actions.annoncer import annoncer_requete
from sne.simulation.fournisseur.protocole import Fournisseur
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from tests.notifications.factories import preparer
from tests.portail.conftest import ELODIE, KARIM, NADIA, YVONNE
from tests.portail.test_code import code_recu, demander, deposer, distribuer, entrer, lire
from tests.portail.test_connexion import se_connecter
from tests.portail.test_cotitulaire import CONJOINT
from tests.portail.test_numero_perdu import NAISSANCE
from tests.portail.test_renouveler import deposer as a_renouveler
from tests.registre import factories as f
from tests.registre.avis import avis as a

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("un_jour_sans_fin")]
ADRESSE = "/mon-compte/langue/"


def langues(genre: str) -> set[str]:
    return set(Message.objects.filter(genre=genre).values_list("langue", flat=True))


def courriel(genre: str) -> str:
    """The last e-mail of a kind, as it leaves."""
    message = Message.objects.filter(genre=genre, canal="COURRIEL").latest("inscrit_le")
    contenu = get_contenu(message.id)
    assert contenu is not None
    return composer(contenu).texte.texte


def test_what_somebody_chose_is_followed_and_the_french_comes_after(porte: Client) -> None:
    demande = deposer()
    entrer(porte, demande)
    assert langues("CODE_CONNEXION") == {"fr"}
    page = lire(porte, f"/ar{ADRESSE}")
    assert 'value="ar" id="id_langue_2" checked' in page
    assert "<bdi>Français</bdi>" in page
    assert porte.post(f"/ar{ADRESSE}", {"langue": "uk"}).status_code == 302
    porte.post(ADRESSE, {"langue": "uk"})  # once more: nothing new
    (dite,) = Entree.objects.filter(verbe="CHOISIR_LANGUE")
    assert (dite.faits, dite.demande) == ({"langue": "uk"}, None)
    assert "<bdi>Українська</bdi>" in lire(porte, ADRESSE)
    ailleurs = Client()
    demander(ailleurs, demande)
    distribuer()
    assert langues("CODE_CONNEXION") == {"fr", "uk"}
    ecrit = courriel("CODE_CONNEXION")
    assert ecrit.index("Ваш код") < ecrit.index("Votre code")
    assert code_recu() in ecrit


def test_a_page_in_another_language_sends_its_code_in_it_to_who_chose_none(porte: Client) -> None:
    demande = deposer()
    porte.post("/pt/connexion/code/", {"numero": demande.nud, "contact": a.MOBILE})
    porte.post("/tr/numero-perdu/", {"contact": a.AVANT, "naissance": NAISSANCE})
    distribuer()
    assert langues("CODE_CONNEXION") == {"pt"}
    assert langues("NUMERO_RETROUVE") == {"tr"}


def test_before_any_demande_who_the_state_vouches_for_chooses(porte: Client, fc: Fournisseur) -> None:
    se_connecter(porte, fc, NADIA)
    assert porte.post(ADRESSE, {"langue": "tr"}).status_code == 302
    assert CompteDemandeur.objects.get().langue == "tr"
    assert "<bdi>Türkçe</bdi>" in lire(porte, ADRESSE)


def test_a_helper_does_not_nor_who_reads_the_same_mailbox(porte: Client, fc: Fournisseur) -> None:
    deposer()
    se_connecter(porte, fc, YVONNE)
    assert "sans aidant" in lire(porte, ADRESSE)
    assert porte.post(ADRESSE, {"langue": "tr"}).status_code == 403
    assert not CompteDemandeur.objects.exclude(langue="").exists()


def test_a_helper_before_any_demande_neither(porte: Client, fc: Fournisseur) -> None:
    se_connecter(porte, fc, YVONNE)
    assert porte.post(ADRESSE, {"langue": "tr"}).status_code == 403


def test_no_language_or_one_that_is_none_is_said_and_nothing_changes(porte: Client) -> None:
    entrer(porte, deposer())
    saisis: dict[str, dict[str, str]] = {"Choisissez une langue.": {}, "n’existe pas": {"langue": "xx"}}
    for phrase, saisi in saisis.items():
        assert phrase in porte.post(ADRESSE, saisi).content.decode()
    compte = CompteDemandeur.objects.get()
    with pytest.raises(Interdit):
        choisir_langue(compte.id, "xx", acte=Acte(acteur_de(compte.id), f.MAINTENANT))
    assert get_langue([compte.id]) == ""


def choisir(demande: Demande, langue: str, *, il_y_a: int) -> None:
    compte = Rattachement.objects.get(demande=demande).compte
    acte = Acte(acteur_de(compte), f.MAINTENANT - timedelta(days=il_y_a))
    choisir_langue(compte, langue, acte=acte)


@pytest.mark.parametrize(("il_y_a", "attendue"), [(0, "fr"), (90, "ar")])
def test_whoever_has_just_come_in_does_not_choose_how_others_are_warned(
    porte: Client, il_y_a: int, attendue: str
) -> None:
    """A notice of change in a language that its reader cannot read would hide it, in an SMS above all."""
    demande = deposer()
    entrer(porte, demande)
    choisir(demande, "ar", il_y_a=il_y_a)
    assert get_langue_du_foyer(demande.id) == "ar"
    with override_settings(ROOT_URLCONF="config.urls"):  # the worker's
        a.changer(demande.id, a.contenu(courriel="voleur@exemple.fr"))
    assert langues("AVIS_CHANGEMENT") == {attendue}
    lus = [lu for m in Message.objects.filter(genre="AVIS_CHANGEMENT") if (lu := get_contenu(m.id))]
    assert {"/ar/pas-moi/" in lu.contexte["lien"] for lu in lus} == {attendue == "ar"}  # the page too


def test_a_language_goes_with_the_link(porte: Client) -> None:
    demande = deposer()
    entrer(porte, demande)
    choisir(demande, "ar", il_y_a=1)
    lien = Rattachement.objects.get()
    acte = Acte(f.creer_acteur(), f.MAINTENANT)
    detacher(lien.id, de=demande.id, motif=FinRattachement.GUICHET, acte=acte)
    assert get_langue_du_foyer(demande.id) == "fr"
    assert get_langue_du_foyer(uuid.uuid4()) == "fr"


def test_our_messages_are_listed_with_how_far_they_went_and_no_code(porte: Client) -> None:
    demande = deposer()
    entrer(porte, demande)
    page = lire(porte, f"/ma-demande/{demande.nud}/messages/")
    assert "Aucun message pour l’instant." in page
    preparer(demande_id=demande.id, territoire=demande.territoire, nud=demande.nud)
    page = lire(porte, f"/en/ma-demande/{demande.nud}/messages/")
    assert "Certificate of registration" in page
    assert "not sent yet" in page
    assert "sign-in code" not in page


def test_every_contact_is_told_that_codes_open_it_no_more_then_again(porte: Client, fc: Fournisseur) -> None:
    demande = a_renouveler()
    se_connecter(porte, fc, ELODIE)
    for choix in ("fermer", "rouvrir"):
        assert porte.post(f"/ma-demande/{demande.nud}/codes/", {"code": choix}).status_code in {302, 303}
    for entree in [*Entree.objects.filter(verbe__in=["FERMER_AU_CODE", "ROUVRIR_AU_CODE"])] * 2:
        tasks.annoncer_un_changement(
            entree_id=str(entree.id), demande_id=str(demande.id), territoire=demande.territoire
        )
    lus = [
        get_contenu(cle)
        for cle in Message.objects.filter(genre="CONNEXION_CHANGEE").values_list("id", flat=True)
    ]
    dits = [(lu.destinataire, lu.contexte["fait"]) for lu in lus if lu]
    assert len(dits) == len(set(dits)) > 0
    for fait in ("ne s’ouvre plus par un code", "s’ouvre de nouveau par un code"):
        assert {ou for ou, dit in dits if dit == fait and ou} == {c.adresse for c in list_contacts(demande)}


AVIS = "/mon-compte/messages/"


def test_three_kinds_of_message_may_be_done_without_and_no_other() -> None:
    refusables = {genre.value for genre in Genre.tous().values() if genre.modele.famille}
    assert refusables == {"DEMANDE_PIECES", "PIECE_INEXPLOITABLE", "REQUETE_SUIVI"}


def test_the_page_says_what_always_leaves_and_what_somebody_does_without_is_not_sent(
    porte: Client,
    fc: Fournisseur,
) -> None:
    demande = a_renouveler(jours=10)
    se_connecter(porte, fc, ELODIE)
    page = lire(porte, AVIS)
    assert page.count(" checked") == 2
    assert "La loi le veut, et votre ancienneté en dépend." in page
    assert porte.post(AVIS, {"recus": ["INCONNU"]}).status_code == 200
    for _ in range(2):  # chosen already, nothing
        assert porte.post(AVIS, {"recus": ["DOCUMENTS"]}).status_code == 302
    (dite,) = Entree.objects.filter(verbe="CHOISIR_AVIS")
    assert (dite.faits, dite.demande) == ({"refuses": ["REQUETES"]}, None)
    assert lire(porte, AVIS).count(" checked") == 1
    porte.post(f"/ma-demande/{demande.nud}/changements/", requete_de_nom())
    demandee = Entree.objects.get(verbe="DEPOSER_REQUETE")
    acte = Acte(f.creer_acteur(), f.MAINTENANT)
    assert annoncer_requete(demandee.id, acte=acte) == 0
    porte.post(AVIS, {"recus": ["DOCUMENTS", "REQUETES"]})
    assert annoncer_requete(demandee.id, acte=acte) == 1


def requete_de_nom() -> dict[str, str]:
    return {"formulaire": str(uuid.uuid4()), "genre": "NOM_USAGE", "texte": "Martin"}


def test_by_code_nor_as_a_co_holder_no_message_is_done_without(porte: Client, fc: Fournisseur) -> None:
    demande = deposer(a.contenu(cotitulaires=[CONJOINT]))
    entrer(porte, demande)
    assert "FranceConnect" in lire(porte, AVIS)
    assert porte.post(AVIS, {}).status_code == 403
    lui = Client()
    se_connecter(lui, fc, KARIM)
    assert "à la personne qui a déposé la demande" in lire(lui, AVIS)
    assert lui.post(AVIS, {}).status_code == 403
    assert not CompteDemandeur.objects.exclude(avis_refuses=[]).exists()
