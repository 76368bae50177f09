"""Editions: made again at their seal from the lake itself, equal or not; read by who reads their place; then erased."""

import uuid
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from unittest import mock

import pytest
from django.db import IntegrityError, connection, transaction

from sne.habilitations.models import Compte
from sne.infocentre.abonnements.actions.editions import effacer_editions, emporter_edition
from sne.infocentre.abonnements.models import Edition
from sne.infocentre.abonnements.rules.editions import Comparaison, depuis_octets, en_octets
from sne.infocentre.abonnements.rules.places import Place
from sne.infocentre.abonnements.selectors import editions
from sne.infocentre.abonnements.selectors.editions import get_edition, refaire_edition
from sne.infocentre.abonnements.tasks import fournir_edition, service_des_abonnements
from sne.infocentre.fichiers.formats import Format
from sne.infocentre.lac.actions.verser import service_du_lac, verser
from sne.infocentre.moteur.lancer import MoteurEnPanne
from sne.infocentre.rapports.selectors import lieux
from sne.infocentre.rapports.selectors.tableau import COMPTES_AILLEURS
from sne.journal.models import Entree
from sne.notifications.envois.pieces import PieceIndisponible
from sne.socle.acte import Acte
from sne.socle.erreurs import Efface, Interdit, Introuvable, NonHabilite
from tests.habilitations.factories import creer_exploitation, creer_gestionnaire, creer_responsable
from tests.infocentre import f1
from tests.infocentre.abonnements.monde import ICI, abonner_ici, acteur, compter, courrier, le, nuit
from tests.journal.test_journal import tout_sceller

DEBUT = le(2024, 1, 10)


@pytest.fixture
def edition(db: None, gt: Compte) -> Edition:
    """The one that left on the second of February."""
    for n in range(1, 13):
        compter(date(2023, n, 1), EVENEMENTS=3, DEPOTS=40)
    abonner_ici(gt, DEBUT)
    nuit(le(2024, 2, 2))
    return Edition.objects.get()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("moteur_ici")
def test_an_edition_is_made_again_at_its_seal_whatever_was_known_since(
    lac: Path, gt: Compte, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Real acts, poured: the edition of May, computed again in December after corrections, is the same; it says when
    another server counted some of its territory.
    """
    abonner_ici(gt, le(2024, 4, 1))
    histoire = f1.F1().jouer()
    for _ in range(2):
        jour = next(histoire)
        tout_sceller()
        verser(acte=Acte(service_du_lac(), f1.midi(jour) + timedelta(hours=13)))
    courrier(le(2024, 6, 2))
    for jour in histoire:
        tout_sceller()
        verser(acte=Acte(service_du_lac(), f1.midi(jour) + timedelta(hours=13)))
    derniere = Edition.objects.order_by("-du").first()
    assert derniere is not None
    vue = get_edition(derniere.id, acteur(gt, le(2024, 12, 31)))
    assert any(c.valeur for ligne in vue.tableau.lignes for c in ligne.cellules)
    assert refaire_edition(vue, instant=le(2024, 12, 31)) == Comparaison(egale=True)
    monkeypatch.setattr(lieux, "list_places", lambda: {"099": ("annuaire", False)})
    ailleurs = refaire_edition(vue, instant=le(2024, 12, 31))
    assert (ailleurs.egale, [COMPTES_AILLEURS in dit for dit in ailleurs.avertissements]) == (True, [True])


def test_a_figure_that_moved_is_counted(edition: Edition, gt: Compte) -> None:
    vue = get_edition(edition.id, acteur(gt, DEBUT))
    ligne = vue.tableau.lignes[0]
    autre = replace(
        vue.tableau, lignes=(replace(ligne, cellules=ligne.cellules[::-1]), *vue.tableau.lignes[1:])
    )
    with mock.patch.object(editions, "etablir", return_value=autre):
        refaite = refaire_edition(vue, instant=DEBUT)
    assert not refaite.egale
    assert refaite.ecarts > 0


def test_an_engine_that_does_not_answer_is_told(edition: Edition, gt: Compte) -> None:
    vue = get_edition(edition.id, acteur(gt, DEBUT))
    with (
        mock.patch.object(editions, "etablir", side_effect=MoteurEnPanne("no answer")),
        pytest.raises(Interdit, match="n’a pas pu être refaite"),
    ):
        refaire_edition(vue, instant=DEBUT)


def test_it_is_read_by_who_reads_all_its_place(edition: Edition, gt: Compte) -> None:
    lue = get_edition(edition.id, acteur(creer_exploitation(le=DEBUT), DEBUT))
    assert lue.place == ICI
    for compte in (creer_gestionnaire("02B", le=DEBUT), creer_responsable(le=DEBUT)):
        with pytest.raises(Introuvable):
            get_edition(edition.id, acteur(compte, DEBUT))
    with pytest.raises(Introuvable):
        get_edition(uuid.UUID(int=7), acteur(gt, DEBUT))


def test_ones_own_is_read_by_oneself_alone(db: None, gt: Compte) -> None:
    compter(date(2023, 12, 1), DEPOTS=4)
    abonner_ici(gt, DEBUT, place=Place(ICI.lieu, compte=gt.id))
    nuit(le(2024, 2, 2))
    sienne = Edition.objects.get()
    assert get_edition(sienne.id, acteur(gt, DEBUT)).place.compte == gt.id
    with pytest.raises(Introuvable):
        get_edition(sienne.id, acteur(creer_gestionnaire(le=DEBUT), DEBUT))


def test_it_is_taken_away_once_the_journal_says_so(edition: Edition, gt: Compte) -> None:
    emporter_edition(edition.id, Format.ODS, acte=Acte(acteur(gt, DEBUT), DEBUT))
    dit = Entree.objects.get(verbe="EXPORTER_RAPPORT")
    assert (dit.faits["edition"], dit.faits["format"], dit.territoire) == (str(edition.id), "ods", "099")
    with pytest.raises(NonHabilite):
        emporter_edition(
            edition.id, Format.ODS, acte=Acte(acteur(creer_exploitation(le=DEBUT), DEBUT), DEBUT)
        )


def test_its_figures_go_after_their_time_and_nothing_else(edition: Edition, gt: Compte) -> None:
    def passer(instant: datetime) -> int:
        return effacer_editions(acte=Acte(service_des_abonnements(), instant))

    assert passer(le(2029, 2, 2)) == 0
    assert passer(le(2029, 2, 3)) == 1
    assert passer(le(2029, 2, 4)) == 0
    with pytest.raises(Efface):
        get_edition(edition.id, acteur(gt, DEBUT))
    with pytest.raises(PieceIndisponible):
        fournir_edition(f"{edition.id}.csv", "099")
    with pytest.raises(NonHabilite):
        effacer_editions(acte=Acte(acteur(gt, DEBUT), DEBUT))


def test_the_database_lets_nobody_change_its_figures(edition: Edition) -> None:
    table = depuis_octets(bytes(edition.octets or b""))
    faux = en_octets(replace(table, lignes=()))
    with pytest.raises(IntegrityError, match="ne changent pas"), transaction.atomic():
        Edition.objects.filter(id=edition.id).update(octets=faux)
    connection.check_constraints()
