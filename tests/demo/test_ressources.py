"""The demonstration has each of the six states, each by the true acts, once."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine

from sne.demo.dossier import Dossier
from sne.demo.generation.atelier import decor_du_territoire, ecrire_lot
from sne.demo.generation.menages import Generateur
from sne.demo.generation.ressources import RANGS, demander_des_ressources
from sne.demo.ouverture import ouvrir_comptes
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.ressources.models import AppelRessources, RessourceMensuelle
from sne.registre.ressources.rules.montrer import refus_de_montrer
from sne.registre.ressources.selectors import get_situations
from sne.socle.horloge import PARIS
from tests.demo.decors import JOUR

pytestmark = pytest.mark.django_db
MIDI = datetime(JOUR.year, JOUR.month, JOUR.day, 12, tzinfo=PARIS)


def test_a_visitor_sees_each_state(settings: Any, tmp_path: Path) -> None:
    settings.DOSSIER_VAR = tmp_path
    with time_machine.travel(MIDI, tick=False):
        ouvrir_comptes(Dossier(tmp_path))
        generateur = Generateur(decor_du_territoire(JOUR))
        ecrire_lot(generateur, list(range(RANGS)))
        demandees = demander_des_ressources(generateur, RANGS, maintenant=MIDI)
        assert demander_des_ressources(generateur, RANGS, maintenant=MIDI) == 0, "once"
    assert AppelRessources.objects.filter(repondu=True).count() == demandees
    etats = set(RessourceMensuelle.objects.values_list("etat", flat=True))
    assert etats == {
        "MONTANT",
        "ZERO_CONFIRME",
        "AUCUNE_DONNEE",
        "DISCORDANCE_IDENTITE",
        "SOURCE_INDISPONIBLE",
    }
    actives = list(Demande.objects.filter(statut=Statut.ACTIVE))
    assert any(refus_de_montrer(s) for s in get_situations(actives).values()), (
        "and nobody is asked about these"
    )
