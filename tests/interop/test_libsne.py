"""The unmodified public client, over mutual TLS, does its work by changing nothing but its host name."""

import re
import socket
import ssl
from datetime import timedelta

import pytest
from lxml import etree

from sne.registre.demande.models.demande import Demande
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.demande.rules.services import horloge_du_registre
from sne.registre.vie.actions.radier import radier_demande
from sne.registre.vie.rules.radiation import FaitsRadiation
from sne.socle.acte import Acte
from sne.socle.horloge import aujourd_hui, maintenant
from tests.interop.certificats import Autorite
from tests.interop.schemas import ECARTS, fautes_du_fichier
from tests.journal.test_journal import tout_sceller
from tests.nuu.messages import message
from tests.registre.factories import contenu, deposer, personne

NS = "{http://nuu.application.i2/}"
PATIENCE = 90.0  # seconds, on a machine at work
ALERTE, FATALE, VERSION_DU_PROTOCOLE = 21, 2, 70  # RFC 8446, 6


@pytest.fixture
def echanger(libsne, vendeur, ecoute):
    """The client's own function, for this listener; what it gives back, parsed."""

    def appeler(service, *, qui=vendeur, **kwargs):
        if "xml" in kwargs:  # the client reads text, which may not say its encoding
            kwargs["xml"] = kwargs["xml"].partition("?>\n")[2]
        certificat, cle = qui
        racine = etree.fromstring(
            libsne.echanger(service, str(certificat), str(cle), hostname=ecoute, **kwargs)
        )
        fautes = fautes_du_fichier(etree.tostring(racine), "DemandeLogementImplService")
        assert fautes.keys() <= ECARTS.keys(), fautes
        return racine

    return appeler


def _champ(racine, nom):
    trouve = racine.find(f".//{NS}{nom}")
    assert trouve is not None
    return trouve.text or trouve.get("code") or ""


def _renvoyer(racine, genre, avant="", apres=""):
    texte = etree.tostring(racine, encoding="unicode")
    assert avant in texte
    return (
        f"<?x?>\n{texte}".replace(">RET<", f">{genre}<").replace(">CRE<", f">{genre}<").replace(avant, apres)
    )


def _radiees_une_fois_scellees(echanger, depuis):
    """Numbers struck off since."""
    tout_sceller()
    radiees = echanger("demandesRadieesDepuisLe", date=depuis)
    return [_champ(demande, "numUnique") for demande in radiees.iter(f"{NS}demande")]


def test_a_demande_from_its_number_to_its_end(echanger, libsne):
    doublons = libsne.AnomaliesException
    cree = echanger("numUnique", xml=message(jour=aujourd_hui(), reference="REF-1"))
    numero = _champ(cree, "numUnique")
    assert re.fullmatch(r"[0-9A-Z]{18}", numero)
    assert _champ(cree, "refInterne") == "REF-1"
    lu = echanger("demandeLogement", num_unique=numero)
    assert _champ(lu, "refInterne") == "REF-1"
    change = _renvoyer(lu, "MOD", "<ns1:precision/>", "<ns1:precision>Urgent</ns1:precision>")
    assert _champ(echanger("numUnique", xml=change), "precision") == "Urgent"
    with pytest.raises(doublons, match="CTRL_DEM_1205"):
        echanger("numUnique", xml=_renvoyer(lu, "REN"))
    assert [_champ(d, "numUnique") for d in echanger("doublons", xml=message())] == [numero]
    personne_d_autre = contenu(demandeur=personne("Autre", "Nom"))
    assert len(echanger("doublons", xml=message(contenu_=personne_d_autre))) == 0
    depuis = (maintenant() - timedelta(hours=1)).isoformat()
    for service in ("demandesRadieesDepuisLe", "nouveauxDaloDepuisLe"):
        assert list(echanger(service, date=depuis).iter(f"{NS}demande")) == []
    radiation = {"date": aujourd_hui(), "motif": "RADABA", "date_courrier_sans_reponse": aujourd_hui()}
    radiee = message("RAD", jour=aujourd_hui(), numero_unique=numero, radiation=radiation)
    assert _champ(echanger("numUnique", xml=radiee), "motifRadiation") == "RADABA"
    assert Demande.objects.get().statut == "RADIEE"
    assert _radiees_une_fois_scellees(echanger, depuis) == [numero]
    retour = message("RAD", jour=aujourd_hui(), numero_unique=numero, radiation={"date": aujourd_hui()})
    with pytest.raises(doublons, match="CTRL_DEM_1104"):
        echanger("numUnique", xml=retour)
    _renouvelee_et_revenue(echanger)


def _renouvelee_et_revenue(echanger):
    """A demande near its end is renewed; one that nobody renewed comes back by a message without a reason."""
    a_finir = deposer(contenu(demandeur=personne("Aubry", "Inès")), le=maintenant() - timedelta(days=340))
    renouvelee = echanger(
        "numUnique", xml=_renvoyer(echanger("demandeLogement", num_unique=a_finir.nud), "REN")
    )
    assert _champ(renouvelee, "dateRenouvellement") == aujourd_hui().isoformat()
    finie = deposer(contenu(demandeur=personne("Bonnet", "Paul")), le=maintenant() - timedelta(days=400))
    horloge = Acte(horloge_du_registre("099"), maintenant())
    radier_demande(finie.demande_id, FaitsRadiation(MotifRadiation.RADREN), acte=horloge)
    lue = echanger("demandeLogement", num_unique=finie.nud)
    assert _champ(lue, "motifRadiation") == "RADREN"
    for motif in lue.iter(f"{NS}motifRadiation"):
        del motif.attrib["code"]
    revenue = echanger("numUnique", xml=_renvoyer(lue, "RAD"))
    assert revenue.find(f".//{NS}radiation") is None
    assert Demande.objects.get(id=finie.demande_id).statut == "ACTIVE"


def test_another_authority_is_refused_at_the_handshake(echanger, tmp_path):
    intrus = Autorite(tmp_path, "intruse").emettre("editeur")
    with pytest.raises((ssl.SSLError, ConnectionError, BrokenPipeError)):
        echanger("demandeLogement", num_unique="x", qui=intrus)


def test_an_old_protocol_is_refused_at_the_handshake(ecoute):
    """A greeting of TLS 1.1, written by hand: no library of today says it any more."""
    suites = bytes.fromhex("c013c009002f0035")
    salut = b"\x03\x02" + bytes(32) + b"\x00" + len(suites).to_bytes(2) + suites + b"\x01\x00"
    poignee = b"\x01" + len(salut).to_bytes(3) + salut
    hote, _, port = ecoute.partition(":")
    with socket.create_connection((hote, int(port)), timeout=PATIENCE) as ligne:
        ligne.sendall(b"\x16\x03\x01" + len(poignee).to_bytes(2) + poignee)
        alerte = ligne.recv(7)
    assert (alerte[0], alerte[5:]) == (ALERTE, bytes((FATALE, VERSION_DU_PROTOCOLE)))
