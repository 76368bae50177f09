"""F1: real acts, poured as they come; what is read at each date, and read again later as known then."""

from pathlib import Path

import duckdb
import pytest

from sne.infocentre.lac.actions.verser import service_du_lac, verser
from sne.infocentre.lac.models import Fichier
from sne.infocentre.lac.selectors import (
    get_debut,
    get_fraicheur,
    list_derriere,
    recalculer,
    sommer,
    sommer_par_mois,
)
from sne.infocentre.lac.selectors.preuve import list_ecarts, list_fichiers_abimes
from sne.registre.demande.models.demande import Demande
from sne.socle.acte import Acte
from tests.infocentre import f1
from tests.infocentre.f1 import ANNEE, AU_GUICHET, F1, LIGNE, LUES, PORTAIL, TERRITOIRE
from tests.journal.test_journal import tout_sceller
from tests.registre import factories as f

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("moteur_ici")]


def test_figures_at_four_dates_then_as_known_at_each_of_them(lac: Path) -> None:
    histoire = F1()
    sceaux = []
    for jour, attendu in zip(histoire.jouer(), AU_GUICHET, strict=True):
        tout_sceller()
        assert verser(acte=Acte(service_du_lac(), f1.midi(jour)))
        sceaux.append(get_fraicheur().scellement)
        lues = sommer(LUES, territoires=[TERRITOIRE], **ANNEE)
        assert lues[LIGNE] == attendu, jour
        assert recalculer(LUES, territoires=[TERRITOIRE], **ANNEE) == lues
    for sceau, attendu in zip(sceaux, AU_GUICHET, strict=True):
        connues = recalculer(LUES, territoires=[TERRITOIRE], scellement=sceau, **ANNEE)
        assert connues[LIGNE] == attendu
        assert connues[PORTAIL] == {"DEPOTS": 1, "IDENTITES_FOURNIES": 1}
    assert recalculer(LUES, territoires=["075"], **ANNEE) == {}
    assert verser(acte=Acte(service_du_lac(), f.MAINTENANT)) == [], "nothing new, nothing poured"
    assert (list_ecarts(), list_fichiers_abimes()) == ([], [])
    _par_mois_et_derriere(histoire)
    _personne_n_y_est_nomme(lac, histoire)


def _par_mois_et_derriere(histoire: F1) -> None:
    assert get_debut([TERRITOIRE]) == f1.date(2019, 5, 1)
    par_mois = sommer_par_mois(["ATTRIBUTIONS_ETAT"], territoires=[TERRITOIRE], **ANNEE)
    assert par_mois == {(LIGNE, f1.date(2024, 2, 1)): {"ATTRIBUTIONS_ETAT": 1}}
    derriere = list_derriere("ATTRIBUTIONS", guichets=[LIGNE], territoires=[TERRITOIRE], **ANNEE)
    assert set(derriere.demandes) == {histoire.cles[d] for d in ("d0", "d1", "d4")}
    assert derriere.effacees == 0
    expliques = list_derriere(
        "ATTRIBUTIONS", guichets=[LIGNE], territoires=[TERRITOIRE], dire=["saisie"], **ANNEE
    )
    assert expliques.dits[histoire.cles["d1"]] == ("2024-02-20", "2024-02-28")


def _personne_n_y_est_nomme(lac: Path, histoire: F1) -> None:
    """No number, name, identifier of a demande, of a dwelling nor public in any column of any file."""
    textes = set()
    for fichier in Fichier.objects.all():
        for ligne in duckdb.sql(f"SELECT * FROM read_parquet('{lac / fichier.chemin}')").fetchall():
            textes |= {str(valeur) for valeur in ligne}
    tout = " ".join(textes)
    assert "099G0991" in textes
    numeros = set(Demande.objects.values_list("nud", flat=True))
    interdits = {*f1.NOMS.values(), *numeros, *map(str, histoire.cles.values()), "A1B2C3D4E5", "Tanneurs"}
    assert {mot for mot in interdits if mot in tout} == set()
