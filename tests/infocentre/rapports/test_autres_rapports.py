"""The other reports on F1: each figure worked out by hand, by counter and by axis, and again as known on a day."""

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.db import connections
from django.db.utils import load_backend

from config.settings.base import base_de_donnees
from sne.infocentre.lac.actions import manifeste
from sne.infocentre.lac.actions.verser import service_du_lac, verser
from sne.infocentre.lac.selectors import get_fraicheur, sommer
from sne.infocentre.lac.selectors.preuve import list_ecarts
from sne.infocentre.mesures.faits import FAITS
from sne.infocentre.rapports.rules.derriere import Derriere, derriere
from sne.infocentre.rapports.rules.grains import AXES, Grain
from sne.infocentre.rapports.rules.lieux import Lieu, NatureLieu, Portee
from sne.infocentre.rapports.rules.periodes import Periode, fin_du_mois
from sne.infocentre.rapports.rules.termes import lire_terme
from sne.infocentre.rapports.selectors.detail import get_ligne, list_dossiers_derriere
from sne.infocentre.rapports.selectors.series import list_points
from sne.infocentre.rapports.selectors.tableau import Demandee, assembler
from sne.infocentre.rapports.selectors.versions import get_rapport, list_rapports
from sne.infocentre.rapports.tableau import Cellule, EtatCellule
from sne.socle.acte import Acte
from sne.socle.templatetags.socle_tags import mois_en_lettres
from tests.infocentre import f1
from tests.infocentre.rpls.extraits import SIREN, charger, extrait, logement
from tests.journal.test_journal import tout_sceller
from tests.registre import factories as f

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("moteur_ici")]
ANNEE = Periode(date(2024, 1, 1), date(2024, 12, 31))
PORTEE = Portee(Lieu(NatureLieu.TERRITOIRE, f1.TERRITOIRE), (f1.TERRITOIRE,))
G, T = f"GUICHET:{f1.LIGNE}", "TOTAL:"
# (report, lines, line, column) → (numerator, denominator), as known on 31/12/2024: d2 and d3 wait, d5 too (an
# association); d0, d1 and d4 were housed after 1 901, 19 and 91 days.
ATTENDUS: dict[tuple[str, Grain, str, str], tuple[int | None, int | None]] = {
    ("R01", Grain.GUICHET, G, "DEMANDES_ACTIVES"): (2, None),
    ("R01", Grain.GUICHET, G, "DEMANDES_ASSOCIATIONS"): (1, None),
    ("R01", Grain.GUICHET, G, "EVOLUTION_1_AN"): (1, None),
    ("R01", Grain.GUICHET, G, "PART_EVOLUTION_1_AN"): (1, 1),
    ("R01", Grain.GUICHET, G, "EVOLUTION_1_MOIS"): (0, None),
    ("R01", Grain.COMMUNE, "COMMUNE:99001", "DEMANDES_ACTIVES"): (2, None),
    ("R02", Grain.GUICHET, G, "DEMANDES_FIN_M5"): (2, None),
    ("R02", Grain.GUICHET, G, "DEMANDES_FIN_M6"): (3, None),
    ("R02", Grain.GUICHET, G, "DEMANDES_FIN_A1"): (1, None),
    ("R02", Grain.GUICHET, G, "DEMANDES_FIN_T3"): (3, None),
    ("R02", Grain.GUICHET, G, "DEPOTS_M8"): (1, None),
    ("R02", Grain.GUICHET, G, "RADIATIONS_M10"): (1, None),
    ("R03", Grain.CIBLE, "CIBLE:T1-T2", "DEMANDES_ACTIVES"): (2, None),
    ("R03", Grain.CIBLE, "CIBLE:T1-T2", "PART_DANS_LE_TOTAL"): (2, 2),
    ("R03", Grain.AGE, "AGE:50-64", "DEMANDES_ACTIVES"): (1, None),
    ("R04", Grain.GUICHET, G, "SOLDE"): (1, None),
    ("R04", Grain.GUICHET, T, "SOLDE"): (2, None),
    ("R04", Grain.GUICHET, T, "VARIATION_DES_OUVERTES"): (2, None),
    ("R04", Grain.GUICHET, T, "RADIATIONS_RENONCIATION"): (0, None),
    ("R05", Grain.BAILLEUR, f"BAILLEUR:{SIREN}", "ATTRIBUTIONS_SNE"): (3, None),
    ("R05", Grain.BAILLEUR, f"BAILLEUR:{SIREN}", "ATTRIBUTIONS_QPV"): (1, None),
    ("R05", Grain.BAILLEUR, f"BAILLEUR:{SIREN}", "ATTRIBUTIONS_HORS_QPV"): (1, None),
    ("R05", Grain.BAILLEUR, f"BAILLEUR:{SIREN}", "ATTRIBUTIONS_QPV_NON_DIT"): (1, None),
    ("R05", Grain.CONTINGENT, "CONTINGENT:COLTER", "ATTRIBUTIONS_SNE"): (1, None),
    ("R05", Grain.CONTINGENT, "CONTINGENT:PPRIOR", "PART_ATTRIBUTIONS_DU_TOTAL"): (1, 3),
    ("R05", Grain.GUICHET, G, "ATTRIBUTIONS_SANS_BAIL"): (0, None),
    ("R06", Grain.GUICHET, G, "PRESSION"): (2, 3),
    ("R06", Grain.CIBLE, "CIBLE:T1-T2", "DESEQUILIBRE"): (2, 3),
    ("R06", Grain.GUICHET, G, "PRESSION_ANNEE_PRECEDENTE"): (1, 0),
    ("R07", Grain.GUICHET, G, "ATTENTE_MEDIANE"): (None, 3),
    ("R07", Grain.GUICHET, G, "ANCIENNETE_MEDIANE"): (None, 2),
    ("R08", Grain.GUICHET, G, "ANOMALIE_SANS_IDENTITE"): (1, None),
    ("R08", Grain.GUICHET, G, "ANOMALIE_SANS_RFR"): (2, None),
    ("R08", Grain.GUICHET, G, "ANOMALIE_10_ANS"): (0, None),
    ("R08", Grain.GUICHET, G, "ANOMALIE_RPLS_ABSENT"): (1, None),
    ("R08", Grain.GUICHET, G, "ANOMALIE_BAIL_NON_RADIE"): (0, None),
    ("R08", Grain.GUICHET, G, "ANOMALIE_RADIATION_TARDIVE"): (1, None),
    ("R11", Grain.GUICHET, G, "DECISIONS_ATTR"): (0, None),
    ("R12", Grain.GUICHET, G, "PART_PRIORITAIRES"): (0, 3),
    ("R13", Grain.ORGANISME, f"ORGANISME:099-{SIREN}", "ATTRIBUTIONS_A0"): (3, None),
    ("R14", Grain.CANAL, "CANAL:PGP", "NOUVELLES_DEMANDES"): (1, None),
    ("R14", Grain.CANAL, "CANAL:GUICHET", "PART_ENREGISTREMENT_PLUS_30J"): (1, 3),
    ("R14", Grain.CANAL, "CANAL:PGP", "PART_SANS_PIECE_IDENTITE"): (0, 1),
}


def lire(
    rapport: str, grain: Grain, *, scellement: int | None = None, periode: Periode = ANNEE
) -> dict[tuple[str, str], Cellule]:
    demandee = Demandee(get_rapport(rapport).versions[1], PORTEE, periode, grain)
    tableau = assembler(demandee, instant=f.MAINTENANT, scellement=scellement).tableau
    return {
        (ligne.cle, colonne.code): cellule
        for ligne in tableau.lignes
        for colonne, cellule in zip(tableau.colonnes, ligne.cellules, strict=True)
    }


def lus(scellement: int | None = None) -> dict[tuple[str, Grain, str, str], tuple[int | None, int | None]]:
    tables = {(r, g): lire(r, g, scellement=scellement) for r, g in {(r, g) for r, g, _, _ in ATTENDUS}}
    trouves = {}
    for rapport, grain, ligne, colonne in ATTENDUS:
        cellule = tables[rapport, grain][ligne, colonne]
        trouves[rapport, grain, ligne, colonne] = (cellule.numerateur, cellule.denominateur)
    return trouves


def test_each_report_by_hand_then_as_known_on_that_day(lac: Path) -> None:
    for _ in f1.F1().jouer():
        tout_sceller()
    verser(acte=Acte(service_du_lac(), f.MAINTENANT))
    assert lus() == ATTENDUS
    connu = get_fraicheur().scellement
    plus_tard = f1.F1()
    plus_tard.deposer("d2", f1.le(3, 10), rfr=True)
    tout_sceller()
    verser(acte=Acte(service_du_lac(), f.MAINTENANT))
    assert lire("R01", Grain.GUICHET)[G, "DEMANDES_ACTIVES"].valeur == 3
    assert lus(connu) == ATTENDUS, "as known before it came"
    _titres_et_etats()
    _annee_et_periode()
    _autant_de_demandes()


def _titres_et_etats() -> None:
    """What a window reads is in the title; what an axis or a year cannot say has its state, never zero."""
    demandee = Demandee(get_rapport("R02").versions[1], PORTEE, ANNEE)
    titres = {c.code: c.libelle for c in assembler(demandee, instant=f.MAINTENANT).tableau.colonnes}
    assert titres["DEMANDES_FIN_M1"] == "En cours fin novembre 2024"
    assert titres["DEMANDES_FIN_T3"] == "En cours fin mars 2024"
    assert titres["DEMANDES_FIN_A2"] == "En cours fin décembre 2022"
    r13 = lire("R13", Grain.ORGANISME)
    assert r13[f"ORGANISME:099-{SIREN}", "LOCATIONS_RPLS_A0"].etat is EtatCellule.NON_DISPONIBLE
    assert r13[f"ORGANISME:099-{SIREN}", "PART_ATTRIBUTIONS_APPARIEES"].etat is EtatCellule.VIDE
    sans = lire("R05", Grain.CIBLE)["CIBLE:T1-T2", "ATTRIBUTIONS_SANS_BAIL"]
    assert sans.etat is EtatCellule.SANS_OBJET
    for grain, ligne in ((Grain.GUICHET, G), (Grain.BAILLEUR, f"BAILLEUR:{SIREN}")):
        quartile = lire("R05", grain)[ligne, "ATTRIBUTIONS_QUARTILE_HORS_QPV"]
        assert quartile.etat is EtatCellule.NON_DISPONIBLE
        assert "ne connaît pas le quartile" in quartile.motif
    assert lire("R07", Grain.GUICHET)[G, "PART_HORS_DELAI"].etat is EtatCellule.TROP_PETIT
    assert lire("R07", Grain.COMMUNE)["COMMUNE:99001", "PART_HORS_DELAI"].etat is EtatCellule.SANS_OBJET
    ancien = Demandee(get_rapport("R01").versions[1], PORTEE, Periode(date(2019, 5, 1), date(2019, 12, 31)))
    cellules = dict(
        zip(
            [c.code for c in assembler(ancien, instant=f.MAINTENANT).tableau.colonnes],
            assembler(ancien, instant=f.MAINTENANT).tableau.lignes[-1].cellules,
            strict=True,
        )
    )
    assert cellules["DEMANDES_ACTIVES"].valeur == 1
    assert cellules["EVOLUTION_1_AN"].etat is EtatCellule.NON_DISPONIBLE, "before the first figure: not zero"


def _annee_et_periode() -> None:
    """Where RPLS is of a civil year beside figures of another period, it is said; not where titles say which year."""
    for rapport, version, debut, dit in (("TB06", 2, 1, False), ("TB06", 2, 2, True), ("R13", 1, 2, False)):
        periode = Periode(date(2024, debut, 1), date(2024, 12, 31))
        demandee = Demandee(get_rapport(rapport).versions[version], PORTEE, periode, Grain.ORGANISME)
        avertis = assembler(demandee, instant=f.MAINTENANT).tableau.avertissements
        assert any("de l’année civile 2024 entière" in a for a in avertis) is dit


def _autant_de_demandes() -> None:
    """Every figure that opens, in every report, by counter and by axis, has as many demandes behind it as it says."""
    ouvertes = 0
    for rapport, grain, cle in (
        ("R01", Grain.GUICHET, G),
        ("R03", Grain.EPCI, ""),
        ("R05", Grain.CONTINGENT, "CONTINGENT:PPRIOR"),
        ("R08", Grain.GUICHET, G),
        ("R14", Grain.CANAL, "CANAL:PGP"),
    ):
        demandee = Demandee(get_rapport(rapport).versions[1], PORTEE, ANNEE, grain)
        lu = assembler(demandee, instant=f.MAINTENANT)
        ligne = next(x for x in lu.tableau.lignes if x.cle == cle or not cle)
        for definition, cellule in zip(lu.matiere.definitions, ligne.cellules, strict=True):
            mesures = derriere(definition, {})
            if mesures is None or not cellule.numerateur:
                continue
            dossiers = list_dossiers_derriere(mesures, demandee, get_ligne(demandee, ligne.cle))
            assert len(dossiers.demandes) == cellule.numerateur, (rapport, definition.code)
            ouvertes += 1
    assert ouvertes >= 10
    for terme, attendues in (("ANCIENNETE_MOIS>9", 1), ("ANCIENNETE_MOIS>8", 2), ("RETARD_JOURS>29", 2)):
        demandee = Demandee(get_rapport("R08").versions[1], PORTEE, ANNEE)
        passees = Derriere((lire_terme(terme),))
        assert len(list_dossiers_derriere(passees, demandee, get_ligne(demandee, G)).demandes) == attendues


def test_months_poured_before_a_column_do_not_say_it(lac: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Poured on 24/11/2026 by files of before: leases are told of from December; ends of validity, whose notice comes
    up to sixty days before, from February."""
    anciens = {code: replace(fait, schema=1) for code, fait in FAITS.items()}
    with monkeypatch.context() as avant:
        avant.setattr(manifeste, "FAITS", anciens)
        for _ in f1.F1().jouer():
            tout_sceller()
        verser(acte=Acte(service_du_lac(), f.MAINTENANT))
    qpv, nul_lecteur = ("R05", "ATTRIBUTIONS_QPV"), ("R10", "ECHEANCES_SANS_LECTEUR")
    decembre, fevrier = (fin_du_mois(date(*m, 1)) for m in ((2026, 12), (2027, 2)))
    for (rapport, colonne), premier in ((qpv, decembre), (nul_lecteur, fevrier)):
        connue = Periode(premier.replace(day=1), premier)
        a_cheval = replace(connue, du=date(2026, 11, 1))
        lues = [lire(rapport, Grain.GUICHET, periode=p)[T, colonne] for p in (ANNEE, a_cheval, connue)]
        assert [c.etat for c in lues] == [
            EtatCellule.NON_DISPONIBLE,
            EtatCellule.NON_DISPONIBLE,
            EtatCellule.ZERO,
        ]
        assert lues[0].motif == f"Ce chiffre n’est connu qu’à partir de {mois_en_lettres(premier)}."
    assert lire("R05", Grain.GUICHET)[T, "ATTRIBUTIONS_SNE"].valeur == 3
    assert lire("R05", Grain.GUICHET)[T, "ATTRIBUTIONS_QPV_NON_DIT"].etat is EtatCellule.NON_DISPONIBLE
    demandee = Demandee(get_rapport("R05").versions[1], PORTEE, Periode(date(2026, 12, 1), decembre))
    matiere = assembler(demandee, instant=f.MAINTENANT).matiere
    par_code = {d.code: d for d in matiere.definitions}
    points = list_points(demandee, par_code["ATTRIBUTIONS_QPV"], matiere)
    assert [c.etat for _, c in points[-2:]] == [EtatCellule.NON_DISPONIBLE, EtatCellule.ZERO]
    assert {c.etat for _, c in list_points(demandee, par_code["ATTRIBUTIONS_SNE"], matiere)} == {
        EtatCellule.ZERO
    }


@contextlib.contextmanager
def comme_owner(url: str) -> Iterator[None]:
    ancienne = connections["default"]
    reglages = {**ancienne.settings_dict, **base_de_donnees(url)}
    connections["default"] = load_backend(reglages["ENGINE"]).DatabaseWrapper(reglages, alias="default")
    try:
        yield
    finally:
        connections["default"].close()
        connections["default"] = ancienne


def test_a_vintage_tells_which_leases_it_knows(lac: Path, url_owner: str) -> None:
    for _ in f1.F1().jouer():
        pass
    tout_sceller()
    verser(acte=Acte(service_du_lac(), f.MAINTENANT))
    mesures = {"ATTRIBUTIONS", "ATTRIBUTIONS_RPLS_COUVERTES", "ATTRIBUTIONS_RPLS_APPARIEES"}
    avant = sommer(mesures, territoires=[f1.TERRITOIRE], **f1.ANNEE)[f1.LIGNE]
    assert avant == {"ATTRIBUTIONS": 3}
    connu = get_fraicheur().scellement
    with comme_owner(url_owner):
        charger(
            extrait(
                logement(1, ident="A1B2C3D4E5", bail="02/2024"),
                *(logement(n, bail="05/2024") for n in (2, 3, 4, 5)),
            ),
            millesime=2025,
        )
    tout_sceller()
    assert verser(acte=Acte(service_du_lac(), f.MAINTENANT)), "a load alone pours"
    apres = sommer(mesures, territoires=[f1.TERRITOIRE], **f1.ANNEE)[f1.LIGNE]
    assert apres == {"ATTRIBUTIONS": 3, "ATTRIBUTIONS_RPLS_COUVERTES": 3, "ATTRIBUTIONS_RPLS_APPARIEES": 1}
    assert list_ecarts() == []
    r13 = lire("R13", Grain.ORGANISME)
    deficit = r13[f"ORGANISME:099-{SIREN}", "PART_DEFICIT_A0"]
    assert (deficit.numerateur, deficit.denominateur) == (5 - 3, 5)
    connus = lire("R13", Grain.GUICHET, scellement=connu)[G, "PART_ATTRIBUTIONS_APPARIEES"]
    assert connus.etat is EtatCellule.VIDE, "as known before the load"


def test_every_report_opens_by_every_line(lac: Path) -> None:
    f1.F1().deposer("d1", f1.le(1, 12, 2023), rfr=True)
    tout_sceller()
    verser(acte=Acte(service_du_lac(), f.MAINTENANT))
    codes = [r.code for r in list_rapports()]
    assert codes == ["TB06", *(f"R{n:02d}" for n in (1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14))]
    for code in codes:
        demandee = Demandee(get_rapport(code).versions[1], PORTEE, ANNEE)
        assert assembler(demandee, instant=f.MAINTENANT).tableau.lignes
    for grain in AXES:
        assert any(cle.startswith(f"{grain}:") for cle, _ in lire("R03", grain)) is (
            grain not in {Grain.BAILLEUR, Grain.CONTINGENT, Grain.CANAL}
        )
