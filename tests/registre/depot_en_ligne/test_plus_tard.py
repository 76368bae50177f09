"""The number when the picture has come, and reminders of what is unfinished: each once, each when it is due."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from sne.demandeurs.rules.niveaux import Voie
from sne.documents.models import Document
from sne.documents.rules import EtatDocument
from sne.journal.models import Entree
from sne.notifications.models import Message
from sne.notifications.selectors import lire_chiffre
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.rules.services import service_du_registre
from sne.registre.depot_en_ligne.actions.envoyer import PieceRecue, completer_depot_en_ligne
from sne.registre.depot_en_ligne.actions.rappeler import rappeler_depots
from sne.registre.depot_en_ligne.actions.recevoir import tenter_le_numero
from sne.registre.depot_en_ligne.actions.verifier import demander_document, refuser_depot
from sne.registre.depot_en_ligne.selectors.envois import DepotEnvoye
from sne.registre.depot_en_ligne.tasks import rappeler, tenter, tenter_ceux_qui_attendent
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from tests.registre import factories as f
from tests.registre.depot_en_ligne import envois as e
from tests.registre.depot_en_ligne.test_suites import IMMEDIAT, contenu, ouvrir, traiter
from tests.registre.rattachement.test_rattacher import pivot

pytestmark = pytest.mark.django_db


def completer(envoi: DepotEnvoye, piece: PieceRecue | None = None) -> None:
    """The picture follows; the worker does what it asks for, twice."""
    completer_depot_en_ligne(envoi.id, [piece or e.document()], acte=e.acte(envoi.id))
    with time_machine.travel(f.MAINTENANT, tick=False):
        for entree in Entree.objects.filter(verbe="COMPLETER_DEPOT"):
            tenter(entree_id=str(entree.id))
            tenter(entree_id=str(entree.id))


@pytest.mark.parametrize(
    ("territoires", "identite", "autres", "etat", "numero"),
    [
        (["099"], {}, {}, EtatDocument.DISPONIBLE, True),
        (["099"], {"nationalite": "2"}, {}, EtatDocument.DISPONIBLE, True),
        ([], {}, {}, EtatDocument.DISPONIBLE, False),
        (["069"], {}, {}, EtatDocument.DISPONIBLE, False),
        (["099"], {}, {"voie": Voie.COURRIEL, "pivot": None}, EtatDocument.DISPONIBLE, False),
        (["099"], {}, {"voie": Voie.CODE, "pivot": None}, EtatDocument.DISPONIBLE, False),
        (["099"], {}, {"voie": Voie.FC_AIDANT}, EtatDocument.DISPONIBLE, False),
        (["099"], {}, {"pivot": pivot(family_name="ZIMMER")}, EtatDocument.DISPONIBLE, False),
        (["099"], {"nationalite": "3"}, {}, EtatDocument.DISPONIBLE, False),
        (["099"], {}, {}, EtatDocument.QUARANTAINE, False),
    ],
)
def test_the_picture_that_follows_gives_the_number_where_nothing_else_is_to_be_verified(
    territoires: list[str], identite: dict[str, str], autres: dict[str, Any], etat: EtatDocument, numero: bool
) -> None:
    envoi = e.envoyer(contenu(identite=identite), pieces=[], **IMMEDIAT | autres)
    with ouvrir(*territoires):
        traiter(envoi)
        recus = list(Message.objects.values_list("genre", "canal"))
        completer(envoi, e.document(etat))
    assert (e.ligne(envoi).statut == "VALIDEE") is numero
    assert list(Message.objects.values_list("genre", "canal")) == recus  # nothing is told twice


@pytest.mark.parametrize("connu", ["proche", "en_ligne", "quittee"])
def test_somebody_like_them_leaves_the_number_to_a_counter(connu: str) -> None:
    match connu:
        case "proche":
            f.deposer(contenu())
        case "en_ligne":
            e.envoyer(contenu(), compte=e.AUTRE_COMPTE)
        case _:
            f.remplacer()
    envoi = e.envoyer(contenu(), pieces=[], **IMMEDIAT)
    with ouvrir("099"):
        completer(envoi)
    assert e.ligne(envoi).statut == "A_VALIDER"


def test_a_picture_let_through_later_gives_the_number_within_the_hour() -> None:
    envoi = e.envoyer(contenu(), pieces=[], **IMMEDIAT)
    piece = e.document(EtatDocument.QUARANTAINE)
    with ouvrir("099"), time_machine.travel(f.MAINTENANT, tick=False):
        completer(envoi, piece)
        assert tenter_ceux_qui_attendent(0) == 0
        vues = Document.objects.filter(id=piece.document)
        vues.update(etat=EtatDocument.DISPONIBLE, antivirus_le=f.MAINTENANT)
        assert tenter_ceux_qui_attendent(0) == 1
        assert tenter_ceux_qui_attendent(0) == 0
        assert tenter_le_numero(envoi.id, survenu_le=f.MAINTENANT) is False
    assert Demande.objects.filter(id=envoi.id).exists()


def test_once_a_counter_has_answered_the_number_is_the_counter_s() -> None:
    envoi = e.envoyer(contenu(), pieces=[], **IMMEDIAT)
    demander_document(envoi.id, motif="ABSENTE", acte=Acte(f.creer_acteur(), f.MAINTENANT))
    with ouvrir("099"):
        completer(envoi)
    assert e.ligne(envoi).statut == "A_VALIDER"


def rappels(envoi: DepotEnvoye, jours: int) -> int:
    """So many reminders by e-mail that many days after the document was asked for, the task having run twice."""
    with time_machine.travel(f.MAINTENANT + timedelta(days=jours), tick=False):
        rappeler(0)
        rappeler(0)
    return Message.objects.filter(genre="DEPOT_RAPPEL", canal="COURRIEL", demande=envoi.id).count()


def test_what_waits_for_a_document_is_recalled_twice_before_it_goes() -> None:
    envoi, acte = e.envoyer(contenu()), Acte(f.creer_acteur(), f.MAINTENANT)
    refuse = e.envoyer(f.contenu(), compte=e.AUTRE_COMPTE)
    assert rappels(envoi, 70) == 0
    demander_document(envoi.id, motif="ILLISIBLE", acte=acte)
    refuser_depot(refuse.id, motif="RENONCE", acte=acte)
    assert [rappels(envoi, jours) for jours in (59, 60, 79, 80, 89)] == [0, 1, 1, 2, 2]
    mots = lire_chiffre(Message.objects.filter(genre="DEPOT_RAPPEL").latest("inscrit_le"), "contexte")
    assert mots["fin"] == "22 février 2027"
    assert not Message.objects.filter(genre="DEPOT_RAPPEL", demande=refuse.id).exists()
    assert Entree.objects.filter(verbe="RAPPELER_DEPOT").count() == 2


def test_completed_meanwhile_it_is_recalled_no_more() -> None:
    envoi = e.envoyer(contenu())
    demander_document(envoi.id, motif="ILLISIBLE", acte=Acte(f.creer_acteur(), f.MAINTENANT))

    def apres(territoire: str) -> Acteur:
        completer_depot_en_ligne(envoi.id, [e.document()], acte=e.acte(envoi.id))
        return service_du_registre(territoire)

    assert rappeler_depots(apres, survenu_le=f.MAINTENANT + timedelta(days=61)) == 0
