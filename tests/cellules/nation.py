"""What is asked of the whole nation while a territory is in another cell: searches, figures, what to look at, somebody
recognised from one to the other, work left by who goes.
"""

import uuid
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction

from sne.attestations.models import Attestation
from sne.attestations.rules import EtatVerification
from sne.attestations.selectors import verifier_reference
from sne.cellules.routage import ANNUAIRE, dans, ici
from sne.habilitations.actions.annonces import annoncer_retraits
from sne.habilitations.detenus import Passation, confier_les_detenus, list_detenus
from sne.habilitations.models import Habilitation
from sne.habilitations.rules import MotifRetrait, Role
from sne.habilitations.rules.carences import Lieu
from sne.infocentre.lac.models import Agregat
from sne.infocentre.lac.selectors import get_debut, sommer, sommer_par_mois
from sne.notifications.models import MessageAgent
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.depot.actions.deposer import Recepisse
from sne.registre.doublons.selectors.anciens_ailleurs import EnqueteAilleurs, list_enquetes_ailleurs
from sne.registre.enquete.actions.enquetes import clore_enquete
from sne.registre.enquete.models.enquete import DossierEnquete
from sne.registre.enquete.selectors.enquetes import get_enquete
from sne.registre.modification.actions.brouillons import ouvrir_brouillon
from sne.registre.modification.models import Brouillon
from sne.registre.recherche.actions.rechercher import rechercher_demandes, suggerer_demandes
from sne.registre.recherche.selectors.depuis import AU_DEBUT, list_radiees
from sne.registre.vie.actions.radier import radier_demande
from sne.registre.vie.rules.radiation import FaitsRadiation
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur, Perimetre
from sne.socle.erreurs import Interdit
from sne.suivi.actions.activite import service_du_suivi
from sne.suivi.actions.national import calculer_veille
from sne.suivi.models import VeilleTerritoire
from sne.suivi.selectors.national import get_veille_nationale
from tests.cellules.paire import NORD
from tests.habilitations.factories import creer_agent
from tests.registre import factories as f
from tests.registre.doublons.anciens import nuit, remplacer
from tests.registre.doublons.test_anciens_ailleurs import GT_CORSE, en_corse
from tests.registre.enquete import enquetes as e

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


def verifier_partout(recepisse: Recepisse, cellule: str) -> None:
    """A reference says no territory: each cell is asked."""
    with dans(cellule):
        reference = Attestation.objects.values_list("reference", flat=True).get(
            demande_id=recepisse.demande_id
        )
    assert ici() == ANNUAIRE
    assert verifier_reference(reference, aujourd_hui=f.AUJOURD_HUI).etat is EtatVerification.VALABLE


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


def reconnaitre_partout(cellule: str) -> None:
    """Somebody put out of a demande of this cell registers in another: the enquiry is where the older one is."""
    with dans(cellule):
        remplacer(f.deposer(le=f.ANCIEN, guichet="G0993", doublons_ecartes="Un autre ménage.").demande_id)
    agent = f.creer_acteur(territoire="02A", guichet="G2A01")
    recente = en_corse(acteur=agent)
    for jours in (2, 3):
        nuit(jours, "02A")
    gt = e.gt()
    with dans(cellule):
        enquete = DossierEnquete.objects.get()
        assert (enquete.territoire, enquete.origine) == ("099", "VICTIME_POSSIBLE")
        (element,) = get_enquete(enquete.id, gt).elements
        assert element.ailleurs is not None
        assert (element.ailleurs.territoire, element.ailleurs.nud) == ("02A", recente.nud)
        with pytest.raises(Interdit, match="a ouvert cette enquête"):
            clore_enquete(
                enquete.id,
                issue="AUTRE_PERSONNE",
                motif="HOMONYME",
                precision="",
                acte=Acte(replace(gt, id=agent.id), f.MAINTENANT),
            )
    [ouverte] = list_enquetes_ailleurs(recente.id, f.creer_acteur(**GT_CORSE))
    assert (ouverte.territoire, type(ouverte)) == ("099", EnqueteAilleurs)
    assert list_enquetes_ailleurs(recente.id, gt) == ()


def lire_la_nation(recepisse: Recepisse, nom: str, cellule: str) -> None:
    """All of these, while the territory is in ``cellule``."""
    chercher_partout(recepisse, nom)
    veiller_partout(cellule)
    compter_partout(cellule)
    reconnaitre_partout(cellule)


def radier(recepisse: Recepisse) -> str:
    """Struck off, by its counter; its number."""
    faits = FaitsRadiation(MotifRadiation.RADABA, date_courrier=f.AUJOURD_HUI, document="Lettre, classeur B")
    radier_demande(recepisse.demande_id, faits, acte=Acte(f.creer_acteur(), f.MAINTENANT))
    return recepisse.nud


def lire_les_radiees(cellule: str) -> list[str]:
    """What a software is told of since the day before, page after page, wherever it was sealed."""
    nuds, place = list[str](), AU_DEBUT
    with dans(cellule):
        while True:
            page = list_radiees(
                f.MAINTENANT - timedelta(days=1), territoires=frozenset({"099"}), au_plus=1, apres=place
            )
            nuds += [ligne.nud for ligne in page.lignes]
            if page.suite is None:
                assert _suivre_les_instants() == nuds
                return nuds
            place = page.suite


def _suivre_les_instants() -> list[str]:
    """The same, by whoever asks again since the last instant that they were given; a page holds two lines."""
    nuds, depuis = list[str](), f.MAINTENANT - timedelta(days=1)
    for _ in range(5):
        page = list_radiees(depuis, territoires=frozenset({"099"}), au_plus=2)
        nuds += [ligne.nud for ligne in page.lignes]
        depuis = page.lignes[-1].scelle_le
        if page.suite is None:
            return list(dict.fromkeys(nuds))
    raise AssertionError("no page goes further than the one before")


def quitter_le_service(cellule: str) -> uuid.UUID:
    """Rights end in the directory: a draft is handed over where it is, what is written of rights stays there; whose it
    was.
    """
    compte, successeur = creer_agent(), creer_agent()
    qui = replace(f.creer_acteur(), id=compte.id)
    with dans(cellule):
        brouillon = ouvrir_brouillon({}, acte=Acte(qui, f.MAINTENANT), territoire="099")
    lieu = Lieu("099", qui.guichet)
    assert [d.libelle for d in list_detenus(compte.id, [lieu])] == ["1 saisie en cours"]
    with transaction.atomic():
        passation = Passation(compte.id, successeur.id, frozenset({lieu}), Acte(qui, f.MAINTENANT))
        assert confier_les_detenus(passation)["registre"] == 1
        retirees = list(Habilitation.objects.filter(compte=compte))
        annoncer_retraits(compte, retirees, motif=MotifRetrait.DEPART, survenu_le=f.MAINTENANT)
    with dans(cellule):
        assert Brouillon.objects.get(id=brouillon).auteur == successeur.id
    ecrits_de_droits(compte.id)
    return compte.id


def ecrits_de_droits(compte: uuid.UUID) -> None:
    """Where they are: in the directory, of the territory that they name."""
    for ou in (ANNUAIRE, NORD):
        with dans(ou):
            assert MessageAgent.objects.filter(compte=compte, territoire="099").exists() is (ou == ANNUAIRE)
