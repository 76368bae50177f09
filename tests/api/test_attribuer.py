"""A lease is signed, then the demande ends: by a landlord's software in one message, or by REST in its two acts."""

import pytest

from sne.conventions.actions import couvrir_guichet
from sne.conventions.models import Convention
from sne.registre.demande.models.demande import Demande
from sne.registre.faits.models import Attribution, FaitDalo
from tests.api.conftest import Editeur
from tests.conventions.factories import acte
from tests.habilitations.factories import creer_gestionnaire
from tests.nuu.conftest import SERVICE_DEMANDE, XOP, enveloppe, parties, type_mime
from tests.nuu.messages import message
from tests.registre import factories as f
from tests.registre.faits.faits import BAILLEUR, ETAT

pytestmark = pytest.mark.django_db
JOUR = f.AUJOURD_HUI.isoformat()
LOGEMENT = {"commune": "99001", "type_logement": "T3"}
ADRESSE = {"numero": "12", "voie": "rue du Lavoir", "code_postal": "99100"}


def au(editeur: Editeur, guichet: str) -> Editeur:
    """The same software, at another guichet of its agreement."""
    couvrir_guichet(Convention.objects.get().id, "099", guichet, acte=acte(creer_gestionnaire()))
    return Editeur(editeur.client, cle=editeur.cle, guichet=guichet)


def test_by_rest(editeur: Editeur) -> None:
    bailleur, etat, nud = au(editeur, BAILLEUR), au(editeur, ETAT), f.deposer(le=f.ANCIEN).nud
    dalo = {
        "nature": "STATUT",
        "jour": JOUR,
        "statut": "ACTIF",
        "diagnostic_social": True,
        "accompagnement_social": False,
        "typologie": "03",
    }
    dit = etat("POST", f"/demandes/{nud}/dalo", dalo)
    assert dit.status_code == 201, dit.content.decode()
    fait = FaitDalo.objects.get(demande__nud=nud)
    assert (fait.statut, fait.diagnostic_social, fait.accompagnement_social) == ("ACTIF", True, False)
    (lu,) = etat("GET", f"/demandes/{nud}/dalo").json()["data"]
    assert (lu["detail"]["statut"], lu["detail"]["typologie"]) == ("ACTIF", "03")
    sans_bail = bailleur("POST", f"/demandes/{nud}/radiations", {"motif": "RADATT"}, If_Match='"r1"')
    assert sans_bail.status_code in {409, 422}, sans_bail.content.decode()
    attribution = LOGEMENT | {
        "jour": JOUR,
        "bail_signe": True,
        "bail_signe_le": JOUR,
        "deja_loge": "NON",
        "accord": "AUCUN",
        "reservataire": "PPRIOR",
        "surface": "64.5",
        "loyer": "412.50",
        "adresse": ADRESSE,
        "au_titre_dalo": True,
        "quartier_prioritaire": "ZUSNON",
        "publics": ["DALO"],
    }
    faite = bailleur("POST", f"/demandes/{nud}/attributions", attribution, cle="bail")
    assert faite.status_code == 201, faite.content.decode()
    assert bailleur("POST", f"/demandes/{nud}/attributions", attribution, cle="bail").content == faite.content
    (lu,) = bailleur("GET", f"/demandes/{nud}/attributions").json()["data"]
    assert lu["detail"]["adresse"] == ADRESSE
    assert (lu["detail"]["loyer"], lu["detail"]["au_titre_dalo"]) == ("412.50", True)
    etiquette = bailleur("GET", f"/demandes/{nud}")["ETag"]
    radiee = bailleur("POST", f"/demandes/{nud}/radiations", {"motif": "RADATT"}, If_Match=etiquette)
    assert radiee.status_code == 201, radiee.content.decode()
    assert Demande.objects.get(nud=nud).statut == "RADIEE"


def test_in_one_message(editeur: Editeur) -> None:
    au(editeur, BAILLEUR)
    demande = Demande.objects.get(id=f.deposer(le=f.ANCIEN).demande_id)
    attribution = {
        "date_signature_bail": f.AUJOURD_HUI,
        "deja_loge_par_le_bailleur": "NON",
        "accord_collectif": "AUCUN",
        "type_reservataire": "PPRIOR",
        "attribue_au_titre_dalo": True,
        "en_quartier_prioritaire": "ZUSNON",
        "type_logement": "T3",
        "surface": 64,
        "loyer": 412,
        "adresse": ADRESSE | {"commune": "99001"},
    }
    fichier = message(
        "RAD",
        jour=demande.date_depot,
        guichet=BAILLEUR,
        numero_unique=demande.nud,
        radiation={"date": f.AUJOURD_HUI, "motif": "RADATT"},
        attribution=attribution,
    )
    for _ in range(2):  # the very same file is the very same act
        racine = enveloppe("numUniqueParametres", {"fichierDemande": XOP.format("f")}).encode()
        corps = parties(("racine", "application/xop+xml", racine), ("f", "text/xml", fichier.encode()))
        rendu = editeur.client.post(SERVICE_DEMANDE, corps, content_type=type_mime()).content.decode()
        assert "listeAnomalie" not in rendu, rendu
        assert 'motifRadiation code="RADATT"' in rendu
    attribuee = Attribution.objects.get(demande=demande)
    assert (attribuee.bail_signe_le, attribuee.au_titre_dalo, attribuee.commune) == (
        f.AUJOURD_HUI,
        True,
        "99001",
    )
    assert attribuee.adresse == ADRESSE
    demande.refresh_from_db()
    assert demande.statut == "RADIEE"
