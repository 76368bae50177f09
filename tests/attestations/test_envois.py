"""The attestation of a registration leaves by itself: by e-mail with its file, else by post."""

import hashlib
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from procrastinate.contrib.django import app

from sne.attestations import tasks
from sne.attestations.actions import emettre_attestation, expedier_attestation
from sne.attestations.models import Attestation, AttestationARemettre
from sne.habilitations.rules import Role
from sne.journal.handlers import abonnes
from sne.journal.models import Entree
from sne.notifications import tasks as envois
from sne.notifications.envois.pieces import PieceIndisponible
from sne.notifications.models import Message
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.models.demande import Demande, RequeteAnteriorite
from sne.registre.demande.models.separation import Separation
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.demande.selectors.etat import get_contenu
from sne.registre.depot.actions.decider_anteriorite import decider_anteriorite
from sne.registre.depot.actions.deposer import Recepisse
from sne.registre.depot_en_ligne.actions.verifier import valider_depot_en_ligne
from sne.registre.modification.actions.reconcilier import Saisie
from sne.registre.separation.actions.examiner_separation import examiner_separation
from sne.registre.vie.actions.radier import radier_demande
from sne.registre.vie.actions.renouveler import renouveler_demande
from sne.registre.vie.rules.radiation import FaitsRadiation
from sne.socle.acte import Acte
from tests.registre import factories as f
from tests.registre.depot_en_ligne import envois as en_ligne
from tests.registre.depot_en_ligne.test_verifier import LUE
from tests.registre.separation.separations import ANCIEN, PAUL, couple, separer, seul

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var")]
ADRESSE = {
    "etranger": False,
    "numero": "12",
    "voie": "rue des Tanneurs",
    "code_postal": "99240",
    "commune": "99002",
}
COURRIEL = {"courriel": "Elodie@exemple.fr"}


def deposer(contact: dict[str, str] | None = None, **autres: Any) -> Recepisse:
    demandeur = f.personne(contact=contact or {}, adresse_courrier=autres.pop("adresse", ADRESSE))
    return f.deposer(f.contenu(demandeur=demandeur, **autres))


def executer(tache: str, *, le: datetime = f.MAINTENANT, **arguments: Any) -> None:
    with time_machine.travel(le, tick=False):
        app.tasks[tache](**arguments)
    connection.check_constraints()


def emettre(recepisse: Recepisse) -> dict[str, str]:
    """Run the issue that follows a registration, as the journal's delivery does; its arguments."""
    entree = Entree.objects.get(verbe="DEPOSER", demande=recepisse.demande_id)
    arguments = {
        "entree_id": str(entree.id),
        "demande_id": str(recepisse.demande_id),
        "territoire": "099",
        "verbe": "DEPOSER",
    }
    executer(tasks.EMETTRE, **arguments)
    return arguments


@pytest.mark.decision("D-2024-11")
def test_email_carries_the_very_file_that_was_issued(var: Path) -> None:
    arguments = emettre(deposer(COURRIEL))
    message, attestation = Message.objects.get(), Attestation.objects.get()
    assert (message.canal, message.revision, str(message.origine)) == ("COURRIEL", 1, arguments["entree_id"])
    executer(envois.ENVOYER, entree_id=str(message.entree))
    (fichier,) = (var / "courriels").iterdir()
    lu = message_from_bytes(fichier.read_bytes(), policy=policy.default)
    (piece,) = lu.iter_attachments()
    assert hashlib.sha256(piece.get_content()).digest() == bytes(attestation.empreinte)
    assert piece.get_filename() == f"attestation-{attestation.donnees['numero']}.pdf"
    assert attestation.donnees["numero"][-5:] in str(lu["Subject"])


def test_same_event_prepares_nothing_twice() -> None:
    arguments = emettre(deposer(COURRIEL))
    executer(tasks.EMETTRE, **arguments)
    assert Message.objects.count() == Attestation.objects.count() == 1


@pytest.mark.decision("D-2024-11")
@pytest.mark.parametrize(
    ("contact", "accompagnant"),
    [({}, {}), (COURRIEL, {"accompagne": True})],
    ids=["sans courriel", "accompagné"],
)
def test_post_without_email_or_when_helped(
    var: Path, contact: dict[str, str], accompagnant: dict[str, Any]
) -> None:
    emettre(deposer(contact, accompagnant=accompagnant))
    assert Message.objects.get().canal == "LETTRE"
    executer(envois.DEPOSER_LETTRES, timestamp=0)
    (depot,) = (var / "courriers").iterdir()
    attestation = Attestation.objects.get()
    jointe = next(depot.glob("*-2.pdf")).read_bytes()
    assert hashlib.sha256(jointe).digest() == bytes(attestation.empreinte)
    assert "Élodie Dubreuil;12 rue des Tanneurs;99240 Les Ormeaux" in (depot / "index.csv").read_text()


def test_no_address_that_fits_leaves_it_to_the_counter() -> None:
    emettre(deposer(adresse={**ADRESSE, "voie": "x" * 39, "numero": None}))
    assert Message.objects.count() == 0
    assert AttestationARemettre.objects.count() == 1


def test_a_number_asked_for_online_is_told_by_all_that_was_given() -> None:
    """E-mail and SMS, whatever the channel of the attestation: both carry the number."""
    personne = f.personne(
        contact=COURRIEL | {"telephone_portable": "06 12 34 56 78"}, adresse_courrier=ADRESSE
    )
    joindre = {"notification_sms": True}
    envoi = en_ligne.envoyer(f.contenu(demandeur=personne, preferences=joindre))
    acte = Acte(f.creer_acteur(guichet="G0991"), f.MAINTENANT)
    emettre(valider_depot_en_ligne(envoi.id, LUE, acte=acte))
    assert sorted(Message.objects.values_list("canal", flat=True)) == ["COURRIEL", "SMS"]


def test_association_is_written_to() -> None:
    association = {"nom": "Toits d’Aurette", "contact": COURRIEL, "adresse_courrier": ADRESSE}
    souhaits = f.contenu().souhaits.model_dump(mode="json")
    brut = {"titulaire": "ASSOCIATION", "association": association, "souhaits": souhaits}
    emettre(f.deposer(Contenu.model_validate(brut)))
    assert Message.objects.get().canal == "COURRIEL"


@pytest.mark.parametrize(("contact", "canal"), [(COURRIEL, "COURRIEL"), ({}, "LETTRE")])
def test_attestation_of_a_renewal_leaves_by_the_same_channels(
    var: Path, contact: dict[str, str], canal: str
) -> None:
    depot = f.MAINTENANT - timedelta(days=340)
    demandeur = f.personne(contact=contact, adresse_courrier=ADRESSE)
    contenu = f.contenu(demandeur=demandeur)
    recepisse = f.deposer(contenu, le=depot)
    renouveler_demande(
        recepisse.demande_id,
        saisie=Saisie(contenu=contenu, revision=1),
        acte=Acte(f.creer_acteur(), f.MAINTENANT),
        sans_changement=True,
    )
    entree = Entree.objects.get(verbe="RENOUVELER")
    for _ in range(2):
        executer(
            tasks.EMETTRE,
            entree_id=str(entree.id),
            demande_id=str(recepisse.demande_id),
            territoire="099",
            verbe="RENOUVELER",
        )
    message = Message.objects.get()
    assert (message.canal, message.genre) == (canal, "ATTESTATION_RENOUVELLEMENT")


def test_attestation_issued_at_the_counter_is_not_sent() -> None:
    recepisse = deposer(COURRIEL)
    emise = emettre_attestation(recepisse.demande_id, acte=Acte(f.creer_acteur(), f.MAINTENANT))
    emettre(recepisse)
    assert Message.objects.count() == 0
    assert expedier_attestation(emise, acte=Acte(f.creer_acteur(), f.MAINTENANT)) is None


def test_file_that_cannot_be_made_again_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    emettre(deposer(COURRIEL))
    reference = Attestation.objects.get().reference
    monkeypatch.setattr("sne.attestations.selectors.fichiers.rendu.rendre", lambda *_, **__: b"autre")
    with pytest.raises(PieceIndisponible):
        tasks.fournir_attestation(reference, "099")


class TestAncienneteReprise:
    """A seniority given back after a separation makes the paper that the household holds false: a new one leaves."""

    @pytest.fixture
    def nouvelle(self) -> Demande:
        """Registered and given its attestation, the seniority waits."""
        premiere = Demande.objects.get(id=f.deposer(couple("C"), le=ANCIEN).demande_id)
        nouvelle = separer(premiere, seul(f.personne(**PAUL, contact=COURRIEL)))
        self.suivre(nouvelle, "DEPOSER")
        return nouvelle

    def suivre(self, demande: Demande, verbe: str, *, le: datetime = f.MAINTENANT) -> None:
        """The delivery of the entry, twice; subscribed, or it would not come."""
        (tache,) = (a.tache for a in abonnes() if a.nom.startswith("attestations") and verbe in a.verbes)
        entree = Entree.objects.get(verbe=verbe, demande=demande.id)
        for _ in range(2):
            executer(
                tache,
                le=le,
                entree_id=str(entree.id),
                demande_id=str(demande.id),
                territoire="099",
                verbe=verbe,
                revision=entree.revision,
            )

    def repondre(self, issue: str, le: datetime = f.MAINTENANT) -> None:
        gt = f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL)
        examiner_separation(Separation.objects.get().id, issue=issue, motif="Vu", acte=Acte(gt, le))

    def test_granted_one_says_the_date_that_counts(self, nouvelle: Demande) -> None:
        self.repondre("HERITEE")
        self.suivre(nouvelle, "DECIDER_SEPARATION")
        avant, apres = Attestation.objects.order_by("survenu_le", "id")
        assert (avant.donnees["date_depot"], apres.donnees["date_depot"]) == (
            str(f.AUJOURD_HUI),
            str(ANCIEN.date()),
        )
        assert (apres.remplace, apres.modele) == (avant, "SIMPLIFIEE")
        assert Message.objects.filter(origine=apres.origine, canal="COURRIEL").count() == 1

    def test_refused_nothing_new_is_to_be_said(self, nouvelle: Demande) -> None:
        self.repondre("NON_HERITEE")
        self.suivre(nouvelle, "DECIDER_SEPARATION")
        assert Attestation.objects.count() == Message.objects.count() == 1

    def test_renewed_meanwhile_it_is_the_one_of_the_renewal(self, nouvelle: Demande) -> None:
        le = f.MAINTENANT + timedelta(days=330)
        lu = get_contenu(nouvelle.id, 1, acteur=f.creer_acteur())
        renouveler_demande(
            nouvelle.id,
            saisie=Saisie(lu, 1),
            acte=Acte(f.creer_acteur(), le),
            sans_changement=True,
        )
        self.suivre(nouvelle, "RENOUVELER", le=le)
        self.repondre("HERITEE", le=le)
        self.suivre(nouvelle, "DECIDER_SEPARATION", le=le)
        en_vigueur = Attestation.objects.filter(remplacante=None)
        assert dict(en_vigueur.values_list("modele", "donnees__date_depot")) == {
            "SIMPLIFIEE": str(ANCIEN.date()),
            "RENOUVELLEMENT": str(ANCIEN.date()),
        }
        envoyee = Message.objects.latest("id")  # the other is the counter's
        assert envoyee.genre == "ATTESTATION_RENOUVELLEMENT"
        assert envoyee.origine == en_vigueur.get(modele="RENOUVELLEMENT").origine

    def test_an_earlier_date_granted_is_said_too(self) -> None:
        recue = f.AUJOURD_HUI - timedelta(days=400)
        contenu = f.contenu(demandeur=f.personne(contact=COURRIEL))
        demande = Demande.objects.get(
            id=f.deposer(contenu, date_reception=recue, anteriorite_motif="Dossier perdu").demande_id
        )
        self.suivre(demande, "DEPOSER")
        gt = f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL)
        requete = RequeteAnteriorite.objects.get()
        decider_anteriorite(requete.id, issue="ACCORDEE", motif="Vu", acte=Acte(gt, f.MAINTENANT))
        self.suivre(demande, "DECIDER_ANTERIORITE")
        derniere = Attestation.objects.latest("id")
        assert (derniere.donnees["date_depot"], Attestation.objects.count()) == (str(recue), 2)
        assert Message.objects.filter(origine=derniere.origine, canal="COURRIEL").count() == 1

    def test_struck_off_meanwhile_there_is_nothing_to_attest(self, nouvelle: Demande) -> None:
        self.repondre("HERITEE")
        radier_demande(
            nouvelle.id,
            FaitsRadiation(MotifRadiation.RADABA, date_courrier=f.AUJOURD_HUI, document="Lettre"),
            acte=Acte(f.creer_acteur(), f.MAINTENANT),
        )
        self.suivre(nouvelle, "DECIDER_SEPARATION")
        assert Attestation.objects.count() == 1
