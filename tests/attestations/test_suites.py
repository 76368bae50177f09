"""Sent, arrived, handed over are three states: what nothing shows to have reached anybody is still to hand over."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine

from sne.attestations import tasks
from sne.attestations.actions import consigner_remises, emettre_attestation
from sne.attestations.models import Attestation, AttestationARemettre, Remise
from sne.attestations.rules import CanalRemise, EtatRemise
from sne.attestations.selectors import AttestationEmise, list_attestations
from sne.habilitations.rules import Role
from sne.journal.handlers import abonnes
from sne.journal.models import Entree
from sne.notifications import tasks as envois
from sne.notifications.actions import noter_retour
from sne.notifications.models import Message
from sne.notifications.rules import Issue, Resultat
from sne.registre.demande.models.personne import Personne
from sne.registre.demande.rules.personne import EtatCourriel
from sne.registre.joindre.actions.verifier_courriel import verifier_courriel
from sne.registre.joindre.selectors.courriels import Lien, marque_d_adresse, signer_lien
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, NonHabilite
from sne.socle.identifiants import uuid7
from tests.attestations.test_envois import ADRESSE, COURRIEL, deposer, emettre, executer
from tests.registre import factories as f

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var")]
SANS_LETTRE = {**ADRESSE, "voie": "x" * 39, "numero": None}
PLUS_TARD = f.MAINTENANT + timedelta(hours=2)


def suivre(*verbes: str) -> None:
    """The delivery of these entries, twice; subscribed, or they would not come."""
    (abonne,) = (a for a in abonnes() if a.tache == tasks.SUIVRE)
    assert abonne.verbes >= set(verbes)
    for entree in Entree.objects.filter(verbe__in=verbes).order_by("inscrit_le", "id"):
        for _ in range(2):
            executer(
                tasks.SUIVRE,
                entree_id=str(entree.id),
                demande_id=str(entree.demande),
                territoire="099",
                verbe=entree.verbe,
            )


def envoyer(*, contact: dict[str, str] | None = None, **autres: Any) -> Attestation:
    """Registered, its attestation issued and sent by e-mail, else posted."""
    emettre(deposer(COURRIEL if contact is None else contact, **autres))
    partir()
    return Attestation.objects.get()


def partir(le: datetime = f.MAINTENANT) -> None:
    for message in Message.objects.filter(canal="COURRIEL"):
        executer(envois.ENVOYER, le=le, entree_id=str(message.entree))
    executer(envois.DEPOSER_LETTRES, le=le, timestamp=0)
    suivre("ENVOYER_MESSAGE")


def retour(issue: Issue, code: str = "") -> None:
    noter_retour(
        Message.objects.get(canal="COURRIEL").id,
        Resultat(issue, code),
        source=f"retour {issue}",
        acte=Acte(envois.service_des_messages(), PLUS_TARD),
    )
    suivre("DELIVRER_MESSAGE", "REJETER_MESSAGE")


def verifier() -> None:
    """The household opens the link that was sent to its address, and presses the button."""
    attestation = Attestation.objects.get()
    (personne,) = Personne.objects.filter(demande=attestation.demande_id)
    lien = Lien(attestation.demande_id, "099", marque_d_adresse(personne.courriel), "une fois")
    with time_machine.travel(PLUS_TARD, tick=False):
        verifier_courriel(signer_lien(lien), survenu_le=PLUS_TARD)
    suivre("VERIFIER_COURRIEL")


def lue() -> AttestationEmise:
    (emise,) = list_attestations(Attestation.objects.get().demande_id, acteur=f.creer_acteur())
    return emise


def au_guichet() -> bool:
    """Whether the counter has it to hand over: its list and the state of the line say the same."""
    en_attente = AttestationARemettre.objects.exists()
    assert lue().a_remettre is en_attente
    return en_attente


def test_sent_to_an_address_that_nobody_verified_it_is_still_to_be_handed_over() -> None:
    envoyer(contact={"courriel": "elodie@gmial.com"})
    assert (lue().etat, au_guichet()) == (EtatRemise.ENVOYEE, True)
    assert Remise.objects.count() == 0
    assert not Entree.objects.filter(verbe="REMETTRE_ATTESTATION").exists()


def test_it_arrived_once_the_household_opened_the_link_sent_there() -> None:
    envoyer()
    verifier()
    assert (lue().etat, au_guichet()) == (EtatRemise.ARRIVEE, False)


def test_it_arrived_once_the_provider_says_so() -> None:
    envoyer()
    retour(Issue.DELIVRE)
    assert (lue().etat, au_guichet()) == (EtatRemise.ARRIVEE, False)


def test_sent_to_an_address_verified_before_it_is_sent_and_no_more() -> None:
    emettre(deposer(COURRIEL))
    Personne.objects.update(courriel_etat=EtatCourriel.VERIFIEE)
    assert (lue().etat, au_guichet()) == (EtatRemise.PREPAREE, True)
    partir()
    assert (lue().etat, au_guichet()) == (EtatRemise.ENVOYEE, False)


def test_another_address_verified_says_nothing_of_this_one() -> None:
    envoyer()
    Personne.objects.update(courriel="ailleurs@exemple.fr")
    verifier()
    assert (lue().etat, au_guichet()) == (EtatRemise.ENVOYEE, True)


def test_refused_it_came_back_and_the_counter_hands_it_over() -> None:
    envoyer(adresse=SANS_LETTRE)
    retour(Issue.PERMANENT, "5.1.1")
    assert (lue().etat, au_guichet()) == (EtatRemise.REVENUE, True)
    assert AttestationARemettre.objects.get().canal_prevu == CanalRemise.GUICHET


@pytest.mark.parametrize("avant", [Issue.DELIVRE, None], ids=["dite délivrée", "partie"])
def test_refused_after_it_left_the_list_it_goes_back_there(avant: Issue | None) -> None:
    envoyer(adresse=SANS_LETTRE)
    if avant:
        retour(avant)
        assert not au_guichet()
    retour(Issue.PERMANENT, "5.1.1")
    assert (lue().etat, au_guichet()) == (EtatRemise.REVENUE, True)


def test_refused_email_that_a_letter_makes_up_for_is_sent_once_posted() -> None:
    envoyer()
    retour(Issue.PERMANENT, "5.1.1")
    assert (lue().etat, au_guichet()) == (EtatRemise.PREPAREE, True)
    partir(PLUS_TARD)
    assert (lue().etat, au_guichet()) == (EtatRemise.ENVOYEE, False)


def test_a_letter_is_sent_and_nothing_more_will_be_known() -> None:
    envoyer(contact={})
    assert (lue().etat, au_guichet()) == (EtatRemise.ENVOYEE, False)


@pytest.mark.parametrize(
    ("canal", "etat"), [(CanalRemise.GUICHET, EtatRemise.REMISE), (CanalRemise.COURRIER, EtatRemise.ENVOYEE)]
)
def test_what_somebody_did_by_hand_ends_it_whatever_the_email_becomes(
    canal: CanalRemise, etat: EtatRemise
) -> None:
    emise = envoyer(adresse=SANS_LETTRE)
    consigner_remises([emise.reference], canal=canal, acte=Acte(f.creer_acteur(), f.MAINTENANT))
    assert (lue().etat, au_guichet()) == (etat, False)
    retour(Issue.PERMANENT, "5.1.1")
    assert (lue().etat, au_guichet()) == (etat, False)


def test_an_email_is_no_hand_over() -> None:
    emise = envoyer()
    with pytest.raises(Interdit, match="ne se consigne pas"):
        consigner_remises(
            [emise.reference],
            canal=CanalRemise.COURRIEL,
            acte=Acte(f.creer_acteur(), f.MAINTENANT),
        )


def test_an_entry_of_another_message_changes_nothing() -> None:
    emise = envoyer(contact={})
    assert not au_guichet()
    executer(
        tasks.SUIVRE,
        entree_id=str(uuid7()),
        demande_id=str(emise.demande_id),
        territoire="099",
        verbe="ENVOYER_MESSAGE",
    )
    assert not au_guichet()


def test_one_replaced_while_its_message_left_stays_out() -> None:
    ancienne = envoyer(adresse=SANS_LETTRE)
    emettre_attestation(ancienne.demande_id, acte=Acte(f.creer_acteur(), f.MAINTENANT + timedelta(days=1)))
    retour(Issue.PERMANENT, "5.1.1")
    assert AttestationARemettre.objects.get().attestation_id != ancienne.id


def test_erased_address_is_nobody_s() -> None:
    envoyer()
    Message.objects.update(destinataire=None)
    verifier()
    assert (lue().etat, au_guichet()) == (EtatRemise.ENVOYEE, True)


def test_the_list_is_kept_by_who_may_hand_over() -> None:
    emise = envoyer()
    with pytest.raises(NonHabilite):
        tasks.tenir_la_liste(emise.demande_id, acteur=f.creer_acteur(Role.SUPPORT_N1))
