"""Stories of the demonstration, documents then identities: by the true doors, one a file, alive on the screens."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import time_machine
from django.db import connection

from config.settings.base import storage_sur_disque
from sne.demo.dossier import Dossier
from sne.demo.generation import changements, comptoir, en_ligne
from sne.demo.generation import pieces as scenes
from sne.demo.generation.atelier import decor_du_territoire, ecrire_lot
from sne.demo.generation.comptoir import titulaire
from sne.demo.generation.menages import Generateur
from sne.demo.generation.papiers import SPECIMEN, carte, page
from sne.demo.ouverture import ouvrir_comptes
from sne.documents.models import Document
from sne.documents.verification import verifier
from sne.habilitations.rules import Role
from sne.registre.attente.models import Attente
from sne.registre.avis.models import Opposition
from sne.registre.controle.models import Operation
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.depot_en_ligne import DepotEnLigne
from sne.registre.demande.models.personne import Identite
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.depot_en_ligne.selectors.a_verifier import list_a_verifier
from sne.registre.enquete.models.restauration import RequeteRestauration
from sne.registre.faits.models import Evenement
from sne.registre.identite.selectors.relectures import compter_relectures
from sne.registre.pieces.models import ExplicationPiece, Piece, QualificationPiece
from sne.socle.erreurs import Interdit
from sne.socle.horloge import PARIS
from tests.demo.decors import JOUR

pytestmark = pytest.mark.django_db
MIDI = datetime(JOUR.year, JOUR.month, JOUR.day, 12, tzinfo=PARIS)
TAILLE = 240


@pytest.fixture
def generateur(settings: Any, tmp_path: Path) -> Generateur:
    """Enough households written for every scene."""
    settings.DOSSIER_VAR, settings.DOSSIER_DOCUMENTS = tmp_path, tmp_path
    settings.STORAGES = {**settings.STORAGES, "documents_disque": storage_sur_disque(tmp_path)}
    settings.DEMONSTRATION, settings.ANTIVIRUS = True, "aucun"
    with time_machine.travel(MIDI, tick=False):
        ouvrir_comptes(Dossier(tmp_path))
    generateur = Generateur(decor_du_territoire(JOUR))
    ecrire_lot(generateur, [r for r in range(TAILLE) if r < 50 or generateur.menage(r).guichet == "G0993"])
    return generateur


def refuser(*_: object, **__: object) -> None:
    raise Interdit("Aucun fichier ne peut être lu sur cette machine.")


def test_each_scene_is_played_on_a_file_of_its_own(
    generateur: Generateur, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as sans_lecture:
        sans_lecture.setattr(comptoir, "recevoir", refuser)
        assert scenes.deposer_pieces(generateur, TAILLE, maintenant=MIDI) == 0
    assert not Piece.objects.exists(), "where no file can be read, the demonstration has none"
    assert scenes.deposer_pieces(generateur, TAILLE, maintenant=MIDI) == len(scenes.SCENES)
    assert Piece.objects.values("demande").distinct().count() == len(scenes.SCENES)
    assert (
        not Demande.objects.filter(id__in=Piece.objects.values("demande"))
        .exclude(statut=Statut.ACTIVE)
        .exists()
    )
    assert (
        Document.objects.filter(etat="DISPONIBLE").count()
        == Piece.objects.exclude(document=None).count()
        == 9
    )
    dites = QualificationPiece.objects.values_list("qualification", flat=True)
    assert sorted(dites) == ["INEXPLOITABLE", "INEXPLOITABLE", "VALIDE", "VALIDE"]
    assert (Evenement.objects.count(), ExplicationPiece.objects.count()) == (1, 1)
    assert Piece.objects.exclude(remplace=None).count() == 1
    assert set(Attente.objects.values_list("nature", flat=True)) >= {"PIECES", "PIECE_A_VERIFIER"}
    assert verifier(recu_avant=MIDI).bon
    assert scenes.deposer_pieces(generateur, TAILLE, maintenant=MIDI) == 0, "once"
    _raconter_les_changements(generateur)
    _envoyer_en_ligne(generateur, monkeypatch)


def _envoyer_en_ligne(generateur: Generateur, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counters find what waits for them online: each kind once."""
    with monkeypatch.context() as sans_lecture:
        sans_lecture.setattr(en_ligne, "recevoir", refuser)
        sans_lecture.setattr(en_ligne, "ENVOIS", en_ligne.ENVOIS[2:3])
        sans_lecture.setattr(en_ligne, "REQUETES", ())
        assert en_ligne.jouer_en_ligne(generateur, TAILLE, maintenant=MIDI) == 1, "sent without its photo"
    restent = len(en_ligne.ENVOIS) + len(en_ligne.REQUETES) - 1
    assert en_ligne.jouer_en_ligne(generateur, TAILLE, maintenant=MIDI) == restent
    connection.check_constraints()
    agent = titulaire(Role.AGENT_GUICHET, maintenant=MIDI)
    attendent = list_a_verifier(agent, instant=MIDI).lignes
    assert [(ligne.passee, ligne.sans_piece) for ligne in attendent] == [
        (True, False),
        (False, True),
        (False, True),
    ]
    assert {*Attente.objects.values_list("nature", flat=True)} >= {"REQUETE"}
    assert DepotEnLigne.objects.get(statut="INVALIDEE").motif == "ILLISIBLE"
    assert en_ligne.jouer_en_ligne(generateur, TAILLE, maintenant=MIDI) == 0, "once"


def _raconter_les_changements(generateur: Generateur) -> None:
    """Beside those files, each change of identity is a story that its readers find where it waits."""
    assert changements.jouer_changements(generateur, changements.RANGS - 1, maintenant=MIDI) == 0
    assert changements.jouer_changements(generateur, TAILLE, maintenant=MIDI) == len(changements.SCENES)
    connection.check_constraints()
    issues = Identite.objects.filter(voie="CONTROLE").values_list("decision__issue", flat=True)
    assert sorted(map(str, issues)) == ["None", "None", "None", "REFUSEE", "VALIDEE", "VALIDEE"]
    scores = Operation.objects.filter(score__gte=0.45).values_list("auteur", "observation")
    agent, gestionnaire = (
        titulaire(role, maintenant=MIDI) for role in (Role.AGENT_GUICHET, Role.GESTIONNAIRE_TERRITORIAL)
    )
    assert set(scores) == {(agent.id, None)}
    assert compter_relectures(gestionnaire, le=JOUR) >= 1  # another may be drawn
    assert RequeteRestauration.objects.count() == Opposition.objects.count() == 1
    attendues = {"IDENTITE", "QUESTION_IDENTITE", "RESTAURATION", "OPPOSITION"}
    assert set(Attente.objects.values_list("nature", flat=True)) >= attendues
    assert changements.jouer_changements(generateur, TAILLE, maintenant=MIDI) == 0, "once"


def test_papers_say_that_they_are_none() -> None:
    (feuille,) = pypdfium2.PdfDocument(page("Avis (1)", ["Nom \\ prénom"]))
    lu = feuille.get_textpage().get_text_range()
    assert all(texte in lu for texte in (SPECIMEN, "Avis (1)", "Nom \\ prénom"))
    assert carte("Carte", ["Nom"]) != carte("Carte", ["Nom"], floue=True)
