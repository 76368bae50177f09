"""F1 through the report: each figure of the hand-made table, as known at four dates; as many demandes as it says."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from sne.infocentre.lac.actions.verser import service_du_lac, verser
from sne.infocentre.lac.models import AgregatEfface
from sne.infocentre.lac.selectors import Sceau, get_fraicheur, get_sceau
from sne.infocentre.moteur.cellules import AXE_GUICHET
from sne.infocentre.moteur.lancer import MoteurEnPanne
from sne.infocentre.rapports.rules.derriere import derriere
from sne.infocentre.rapports.rules.grains import Grain
from sne.infocentre.rapports.rules.lieux import Lieu, NatureLieu, Portee
from sne.infocentre.rapports.rules.lignes import dresser
from sne.infocentre.rapports.rules.periodes import Periode
from sne.infocentre.rapports.selectors import detail, tableau
from sne.infocentre.rapports.selectors.catalogue import list_catalogue
from sne.infocentre.rapports.selectors.detail import LigneChoisie, get_ligne, list_dossiers_derriere
from sne.infocentre.rapports.selectors.tableau import EFFACEES, RIEN_DE_CONNU, Demandee, assembler
from sne.infocentre.rapports.selectors.versions import get_rapport
from sne.infocentre.rapports.tableau import EtatCellule
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from sne.socle.horloge import aujourd_hui
from tests.infocentre import f1
from tests.journal.test_journal import tout_sceller
from tests.registre import factories as f

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("moteur_ici")]
COLONNES = "4.1 4.7 4.8 2.2 2.4 2.5 2.7 2.11 2.13 2.14 2.15"
# 4.1, then (numerator, denominator): as known on each of the four days.
ATTENDUS = (
    (3, (1, 3), (2, 3), 1, 1, (1, 1), (1, 1), (1, 1), (0, 1), (0, 1), (0, 1)),
    (3, (1, 3), (1, 3), 1, 1, (1, 1), (1, 1), (1, 1), (0, 1), (0, 1), (0, 1)),
    (3, (1, 3), (1, 3), 3, 2, (2, 3), (2, 3), (1, 3), (1, 3), (1, 3), (1, 3)),
    (3, (1, 3), (1, 3), 3, 1, (1, 3), (2, 3), (1, 3), (1, 3), (1, 3), (1, 3)),
)


def lire(demandee: Demandee, scellement: int | None) -> tuple[object, ...]:
    lu = assembler(demandee, instant=f.MAINTENANT, scellement=scellement)
    ligne = next(x for x in lu.tableau.lignes if x.cle == f"GUICHET:{f1.LIGNE}")
    par_repere = {d.repere: c for d, c in zip(lu.matiere.definitions, ligne.cellules, strict=True)}
    lues = [par_repere[repere] for repere in COLONNES.split()]
    assert {c.etat for c in lues if c.denominateur is not None} == {EtatCellule.TROP_PETIT}
    return tuple(c.numerateur if c.denominateur is None else (c.numerateur, c.denominateur) for c in lues)


def test_the_hand_made_table_at_four_dates(lac: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    portee = Portee(Lieu(NatureLieu.TERRITOIRE, f1.TERRITOIRE), (f1.TERRITOIRE,))
    annee = Periode(date(2024, 1, 1), date(2024, 12, 31))
    demandee = Demandee(get_rapport("TB06").versions[1], portee, annee)
    sceaux = []
    for jour, attendu in zip(f1.F1().jouer(), ATTENDUS, strict=True):
        tout_sceller()
        verser(acte=Acte(service_du_lac(), f1.midi(jour)))
        sceaux.append(get_fraicheur().scellement)
        assert lire(demandee, None) == attendu, jour
    assert lire(demandee, sceaux[2]) == ATTENDUS[2], "as known on 31/08, once it has been corrected"
    _autant_de_demandes(demandee)
    _tel_que_connu(demandee, Sceau(sceaux[2], f1.midi(date(2024, 8, 31))), monkeypatch)


def _tel_que_connu(demandee: Demandee, sceau: Sceau, monkeypatch: pytest.MonkeyPatch) -> None:
    """As known on a day, table and demandes behind it; before the first seal nothing was; without an engine, a
    sentence.
    """
    assert get_sceau(aujourd_hui()) == get_sceau(aujourd_hui() + timedelta(days=1))
    assert get_sceau(aujourd_hui() - timedelta(days=2)) is None
    jadis = replace(demandee, connu_le=date(2024, 1, 31))
    rien = assembler(jadis, instant=f.MAINTENANT).tableau
    assert {c.motif for c in rien.lignes[-1].cellules if c.etat is EtatCellule.NON_DISPONIBLE} == {
        RIEN_DE_CONNU
    }
    assert ("Tel que connu le", "31/01/2024, avant le premier scellement") in rien.filtres
    mesures = derriere(next(d for d in list_catalogue() if d.repere == "2.4"), {})
    assert mesures is not None
    ligne = LigneChoisie("", (f1.LIGNE,))
    assert list_dossiers_derriere(mesures, jadis, ligne).demandes == ()
    for module in (tableau, detail):
        monkeypatch.setattr(module, "get_sceau", lambda _: sceau)
    alors = replace(demandee, connu_le=date(2024, 8, 31))
    assert lire(alors, None) == ATTENDUS[2]
    assert [len(list_dossiers_derriere(mesures, d, ligne).demandes) for d in (alors, demandee)] == [
        2,
        1,
    ]
    AgregatEfface.objects.create(
        territoire=f1.TERRITOIRE,
        axe=AXE_GUICHET,
        mois=date(2024, 5, 1),
        ligne=f1.LIGNE,
        mesure="DEPOTS",
        valeur=1,
    )
    dit = assembler(alors, instant=f.MAINTENANT).tableau
    assert (EFFACEES in dit.avertissements, dit.scelle_le) == (True, sceau.scelle_le)

    def tomber(*_: object, **__: object) -> None:
        raise MoteurEnPanne

    monkeypatch.setattr(tableau, "relire", tomber)
    with pytest.raises(Interdit, match="n’ont pas pu être relus"):
        assembler(alors, instant=f.MAINTENANT)
    with pytest.raises(MoteurEnPanne):
        assembler(demandee, instant=f.MAINTENANT, scellement=sceau.numero)


def _autant_de_demandes(demandee: Demandee) -> None:
    """Every figure of the counter that opens has as many demandes behind it as it says; so has that of its body."""
    lu = assembler(demandee, instant=f.MAINTENANT)
    ligne = next(x for x in lu.tableau.lignes if x.cle == f"GUICHET:{f1.LIGNE}")
    organisme = next(x for x in dresser(lu.matiere, Grain.ORGANISME) if x.libelle == "Habitat Val-d’Aurette")
    ouverts = 0
    for definition, cellule in zip(lu.matiere.definitions, ligne.cellules, strict=True):
        mesures = derriere(definition, {})
        if mesures is None or not cellule.numerateur or cellule.denominateur is None:
            continue
        choisie = get_ligne(demandee, ligne.cle if ouverts else organisme.cle)
        dossiers = list_dossiers_derriere(mesures, demandee, choisie)
        if definition.unite == "%":
            assert len(dossiers.demandes) == cellule.numerateur, definition.code
        ouverts += 1
    assert ouverts >= 8
