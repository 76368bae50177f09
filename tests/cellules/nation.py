"""What is asked of the whole nation while a territory is in another cell: searches, figures, what to look at."""

from dataclasses import replace
from datetime import date
from typing import Any

from sne.cellules.routage import ANNUAIRE, dans
from sne.habilitations.rules import Role
from sne.infocentre.lac.models import Agregat
from sne.infocentre.lac.selectors import get_debut, sommer, sommer_par_mois
from sne.registre.depot.actions.deposer import Recepisse
from sne.registre.recherche.actions.rechercher import rechercher_demandes, suggerer_demandes
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur, Perimetre
from sne.suivi.actions.activite import service_du_suivi
from sne.suivi.actions.national import calculer_veille
from sne.suivi.models import VeilleTerritoire
from sne.suivi.selectors.national import get_veille_nationale
from tests.cellules.paire import NORD
from tests.registre import factories as f

OCTOBRE, NOVEMBRE = date(2026, 10, 1), date(2026, 11, 1)


def de_la_nation() -> Acteur:
    """An agent who may look for a demande of any territory, and acts from none."""
    agent = f.creer_acteur()
    mandats = tuple(replace(mandat, perimetre=Perimetre()) for mandat in agent.mandats)
    return replace(agent, mandats=mandats, territoire="", guichet="")


def chercher_partout(recepisse: Recepisse, nom: str) -> None:
    """From the directory, by number, by name, while typing: found where it is, and journalled there."""
    acte = Acte(de_la_nation(), f.MAINTENANT)
    for texte in (recepisse.nud, nom):
        (trouvee,) = rechercher_demandes(texte, acte=acte).lignes
        assert trouvee.nud == recepisse.nud
    assert [ligne.nud for ligne in suggerer_demandes(nom[:5], acte=acte, deja_vues=[]).lignes] == [
        recepisse.nud
    ]
    assert not rechercher_demandes("Personne Decenom", acte=acte).lignes


def compter_partout(cellule: str) -> None:
    """Figures are those of both lakes, added up."""
    for ou, mois, valeur in ((ANNUAIRE, OCTOBRE, 3), (cellule, NOVEMBRE, 4)):
        with dans(ou):
            Agregat.objects.create(
                territoire="099", axe="GUICHET", mois=mois, ligne="099G0993", mesure="DEPOTS", valeur=valeur
            )
    lieux: dict[str, Any] = {"territoires": ["099"], "du": OCTOBRE, "au": date(2026, 11, 30)}
    assert sommer(["DEPOTS"], **lieux) == {"099G0993": {"DEPOTS": 7}}
    assert sommer_par_mois(["DEPOTS"], **lieux) == {
        ("099G0993", OCTOBRE): {"DEPOTS": 3},
        ("099G0993", NOVEMBRE): {"DEPOTS": 4},
    }
    assert get_debut(["099"]) == OCTOBRE


def veiller_partout(cellule: str) -> None:
    """Each cell counts its territories by night; the nation has each once."""
    for ou in (ANNUAIRE, NORD):
        with dans(ou):
            calculer_veille(acte=Acte(service_du_suivi(), f.MAINTENANT))
            assert VeilleTerritoire.objects.filter(territoire="099").exists() is (ou == cellule)
    national = get_veille_nationale(f.creer_acteur(Role.EXPLOITATION_NATIONALE))
    codes = [code for code, _, _ in national.territoires]
    assert len(codes) == len(set(codes))
    assert national.calculee_le == f.MAINTENANT
