"""What follows a sending: its receipt, who is told, a number at once, what is erased; by which ways."""

from datetime import date, timedelta
from typing import Any
from unittest import mock

import pytest
from django.db import connection

from sne.demandeurs.rules.niveaux import Voie
from sne.documents.models import Document
from sne.documents.rules import EtatDocument
from sne.journal.models import Entree
from sne.notifications.models import Message, MessageAgent
from sne.notifications.rules import Canal
from sne.notifications.selectors import lire_chiffre
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.depot_en_ligne import DepotEnLigne
from sne.registre.demande.rules.services import horloge_du_registre
from sne.registre.depot_en_ligne.actions import effacer, recevoir
from sne.registre.depot_en_ligne.actions.effacer import purger_depots
from sne.registre.depot_en_ligne.actions.envoyer import completer_depot_en_ligne
from sne.registre.depot_en_ligne.actions.verifier import (
    demander_document,
    reconnaitre_depot,
    refuser_depot,
)
from sne.registre.depot_en_ligne.selectors.envois import DepotEnvoye
from sne.registre.depot_en_ligne.tasks import purger, suivre
from sne.registre.enquete.models.enquete import DossierEnquete
from sne.registre.joindre.rules.canaux import Joignable, canaux_du_numero
from sne.registre.rattachement.actions.annoncer import annoncer_rattachement
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import NonHabilite
from tests.habilitations.factories import creer_gestionnaire
from tests.registre import factories as f
from tests.registre.depot_en_ligne import envois as e
from tests.registre.rattachement.test_rattacher import NEE, pivot

pytestmark = pytest.mark.django_db
CONTACT = {"courriel": "elodie@exemple.fr", "telephone_portable": "06 12 34 56 78"}


def contenu(**autres: Any) -> Any:
    identite, contact = NEE | autres.pop("identite", {}), autres.pop("contact", CONTACT)
    preferences = {"notification_sms": True} if "telephone_portable" in contact else {}
    demandeur = f.personne(identite=identite, contact=contact)
    return f.contenu(demandeur=demandeur, preferences=preferences, **autres)


def traiter(envoi: DepotEnvoye) -> list[tuple[str, str]]:
    """As the worker does; kind and channel of what it prepared."""
    (entree,) = Entree.objects.filter(verbe="ENVOYER_DEPOT", faits__depot=str(envoi.id))
    with mock.patch("sne.registre.depot_en_ligne.tasks.maintenant", return_value=f.MAINTENANT):
        suivre(entree_id=str(entree.id))
    connection.check_constraints()
    return messages()


def messages() -> list[tuple[str, str]]:
    return sorted(Message.objects.values_list("genre", "canal"))


@pytest.mark.parametrize("courriel", [True, False])
@pytest.mark.parametrize("sms", [True, False])
@pytest.mark.parametrize("papier", [True, False])
@pytest.mark.parametrize("secrete", [True, False])
@pytest.mark.parametrize("adresse", [True, False])
def test_ways_of_telling_a_number(
    courriel: bool, sms: bool, papier: bool, secrete: bool, adresse: bool
) -> None:
    moyens = Joignable(
        courriel=courriel, verifie=False, adresse=adresse, papier=papier, secrete=secrete, sms=sms
    )
    attendus = {
        Canal.COURRIEL: courriel,
        Canal.SMS: sms and not secrete,
        Canal.LETTRE: adresse and (papier or not courriel),
    }
    assert canaux_du_numero(moyens) == tuple(c for c, retenu in attendus.items() if retenu)


def test_receipt_leaves_by_each_way_that_was_given_and_once() -> None:
    envoi = e.envoyer(contenu())
    recus = [("DEPOT_RECU", "COURRIEL"), ("DEPOT_RECU", "SMS")]
    assert traiter(envoi) == recus
    assert traiter(envoi) == recus
    message = Message.objects.get(canal="COURRIEL")
    assert (message.demande, message.revision, message.nud) == (envoi.id, None, envoi.reference)
    assert lire_chiffre(message, "contexte") == {
        "reference": envoi.reference,
        "date": "24 novembre 2026",
        "avant": "1er décembre 2026",
    }
    assert message.secours  # an e-mail that does not arrive becomes a letter


def test_who_is_helped_has_a_letter_besides() -> None:
    aide = contenu(accompagnant={"accompagne": True}, contact={"courriel": "elodie@exemple.fr"})
    traiter(e.envoyer(aide))
    assert messages() == [("DEPOT_RECU", "COURRIEL"), ("DEPOT_RECU", "LETTRE")]


def test_each_answer_is_told_to_whoever_sent_it() -> None:
    envoi, acte = e.envoyer(contenu()), Acte(f.creer_acteur(), f.MAINTENANT)
    demander_document(envoi.id, motif="ILLISIBLE", acte=acte)
    (courriel,) = Message.objects.filter(genre="DEPOT_A_COMPLETER", canal="COURRIEL")
    mots = lire_chiffre(courriel, "contexte")
    assert mots["raison"] == "La photo de votre pièce d’identité n’est pas lisible."
    assert mots["fin"] == "22 février 2027"
    completer_depot_en_ligne(envoi.id, [e.document()], acte=e.acte(envoi.id))
    refuser_depot(envoi.id, motif="FICTIF", acte=acte)
    assert Message.objects.filter(genre="DEPOT_REFUSE").count() == 2


def test_a_household_that_is_registered_is_told_where_it_is_reached_and_the_screen_says_nothing() -> None:
    nir = f.nir_de(date(1987, 3, 14))
    connue = f.deposer(contenu(contact={"courriel": "ancienne@exemple.fr"}), nirs={"demandeur": nir})
    envoi = e.envoyer(contenu(), nirs={"demandeur": nir})
    assert (envoi.statut, envoi.raison) == ("A_VALIDER", "")
    traiter(envoi)
    traiter(envoi)
    (message,) = Message.objects.filter(genre="DEPOT_DEJA_CONNU")
    assert message.demande == connue.demande_id
    acte = Acte(f.creer_acteur(), f.MAINTENANT)
    reconnaitre_depot(envoi.id, nud=connue.nud, acte=acte)
    assert Message.objects.filter(genre="DEPOT_RECONNU").count() == 2


def test_same_civil_status_whole_is_the_same_household() -> None:
    f.deposer(contenu(contact={"courriel": "ancienne@exemple.fr"}))
    traiter(e.envoyer(contenu()))
    assert Message.objects.filter(genre="DEPOT_DEJA_CONNU").exists()


def test_a_protected_household_is_written_nothing_and_its_manager_is_told_once() -> None:
    creer_gestionnaire(courriel="gt@exemple.fr", le=f.MAINTENANT)
    f.deposer(contenu(contact={"courriel": "ancienne@exemple.fr"}, motifs={"codes": ["06"]}))
    envoi = e.envoyer(contenu())
    traiter(envoi)
    traiter(envoi)
    assert not Message.objects.filter(genre="DEPOT_DEJA_CONNU").exists()
    (message,) = MessageAgent.objects.filter(genre="DEPOT_SUR_PROTEGEE")
    assert envoi.reference in lire_chiffre(message, "contexte")["lignes"]


def test_a_demande_that_has_ended_is_told_of_nothing() -> None:
    f.deposer(contenu())
    envoi = e.envoyer(contenu())
    with mock.patch.object(recevoir, "OUVERTES", frozenset()):
        traiter(envoi)
    assert not Message.objects.filter(genre="DEPOT_DEJA_CONNU").exists()


def test_a_past_identity_opens_an_enquiry_and_says_nothing() -> None:
    f.remplacer()
    envoi = e.envoyer(contenu(), nirs={})
    traiter(envoi)
    assert DossierEnquete.objects.count() == 1
    assert e.ligne(envoi).statut == "A_VALIDER"


IMMEDIAT: dict[str, Any] = {"voie": Voie.FC, "pivot": pivot()}


def ouvrir(*territoires: str) -> Any:
    """The parameter of this day."""
    vrai = recevoir.get_parametres
    return mock.patch.object(
        recevoir, "get_parametres", lambda jour: vrai(jour).avec(portail_numero_immediat=list(territoires))
    )


def test_number_at_once_by_the_same_act_where_nothing_is_to_be_verified() -> None:
    envoi = e.envoyer(contenu(), **IMMEDIAT)
    with ouvrir("099"):
        assert traiter(envoi) == []  # the attestation brings the number
    demande = Demande.objects.get(id=envoi.id)
    assert (demande.canal, demande.nud[13:], demande.guichet_gestionnaire) == ("PGP", "GDPUB", "GDPUB")
    assert demande.version_courante.auteur == e.COMPTE
    assert demande.version_courante.piece_vue is None
    assert e.ligne(envoi).statut == "VALIDEE"
    with ouvrir("099"):
        assert traiter(envoi) == []
    (lien,) = Entree.objects.filter(verbe="RATTACHER", demande=demande.id)
    acte = Acte(horloge_du_registre("099"), f.MAINTENANT)
    annoncer_rattachement(lien.id, acte=acte)
    assert not Message.objects.filter(genre="RATTACHEMENT").exists()


@pytest.mark.parametrize(
    ("territoires", "identite", "autres"),
    [
        ([], {}, {}),
        (["069"], {}, {}),
        (["099"], {}, {"voie": Voie.CODE}),
        (["099"], {}, {"pivot": pivot(family_name="ZIMMER")}),
        (["099"], {"nationalite": "3"}, {}),
        (["099"], {}, {"pieces": []}),
    ],
)
def test_anything_to_verify_waits(
    territoires: list[str], identite: dict[str, str], autres: dict[str, Any]
) -> None:
    envoi = e.envoyer(contenu(identite=identite), **IMMEDIAT | autres)
    with ouvrir(*territoires):
        traiter(envoi)
    assert e.ligne(envoi).statut == "A_VALIDER"


def test_a_picture_in_quarantine_or_somebody_close_waits() -> None:
    quarantaine = e.envoyer(contenu(), pieces=[e.document(EtatDocument.QUARANTAINE)], **IMMEDIAT)
    with ouvrir("099"):
        traiter(quarantaine)
    autre = e.envoyer(contenu(), compte=e.AUTRE_COMPTE, **IMMEDIAT)
    with ouvrir("099"):
        traiter(autre)  # close to the one that waits
    assert set(DepotEnLigne.objects.values_list("statut", flat=True)) == {"A_VALIDER"}


def test_what_came_to_nothing_is_erased_with_its_files_and_addresses() -> None:
    envoi, acte = e.envoyer(contenu()), Acte(f.creer_acteur(), f.MAINTENANT)
    traiter(envoi)
    demander_document(envoi.id, motif="ILLISIBLE", acte=acte)
    assert purger_depots(horloge_du_registre, survenu_le=f.MAINTENANT + timedelta(days=90)) == 0
    apres = f.MAINTENANT + timedelta(days=91)
    with mock.patch.object(effacer, "PAR_FOIS", 0):
        assert purger_depots(horloge_du_registre, survenu_le=apres) == 0
    with pytest.raises(NonHabilite):
        purger_depots(lambda _: f.creer_acteur(), survenu_le=apres)
    with mock.patch("sne.registre.depot_en_ligne.tasks.maintenant", return_value=apres):
        assert purger(0) == 3  # what was sent, and the two e-mails that led to it
        assert purger(0) == 0
    connection.check_constraints()
    assert not DepotEnLigne.objects.exists()
    assert Document.objects.get().etat == EtatDocument.EFFACE
    restes = Message.objects.values_list("destinataire", "contexte", "secours")
    assert set(restes) == {(None, None, None)}
    assert Entree.objects.get(verbe="EFFACER_DEPOT").faits == {"depot": str(envoi.id)}


def test_one_that_was_completed_meanwhile_stays() -> None:
    envoi, acte = e.envoyer(contenu()), Acte(f.creer_acteur(), f.MAINTENANT)
    demander_document(envoi.id, motif="ILLISIBLE", acte=acte)

    def completer(territoire: str) -> Acteur:
        completer_depot_en_ligne(envoi.id, [e.document()], acte=e.acte(envoi.id))
        return horloge_du_registre(territoire)

    assert purger_depots(completer, survenu_le=f.MAINTENANT + timedelta(days=91)) == 0
    assert e.ligne(envoi).statut == "A_VALIDER"
