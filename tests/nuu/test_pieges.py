"""What software that already speaks this interface does: each of these was seen to break a server."""

import base64
import re
from io import BytesIO
from pathlib import Path

import pytest

from sne.nuu import wsdl
from sne.nuu.rules.ecriture import ecrire_doublons
from sne.registre.demande.models.demande import Demande
from sne.socle.entrees import SANS_FIN, CorpsEnMorceaux, SansEntetesDeCertificat
from sne.socle.horloge import aujourd_hui
from sne.socle.sante import Sante
from tests.nuu.arbres import ecrire, lire
from tests.nuu.conftest import XOP, enveloppe, parties, type_mime
from tests.nuu.messages import message
from tests.nuu.test_messages import champ, codes, creer
from tests.registre.factories import contenu

pytestmark = pytest.mark.django_db
ENFANTS = {"nomFichierDemande": "DEM.xml", "nomCertificat": "CER.pem", "certificat": XOP.format("cert")}
CERT = ("cert", "application/octet-stream", b"")


def _envoi():
    return message(jour=aujourd_hui()).encode()


def _poster(vendeur, racine, *morceaux, start="<racine>", **autres):
    toutes = parties(("racine", "application/xop+xml", racine.encode()), CERT, *morceaux)
    return vendeur.poster(toutes, type_mime(start), **autres)


def _numero(fichier):
    return enveloppe("numUniqueParametres", ENFANTS | {"fichierDemande": fichier})


def test_prefix_has_three_signs_and_its_namespace_on_the_root(vendeur):
    texte = vendeur.consulter(creer(vendeur)).content.decode()
    debut = texte.index(":interfaceNuu")
    assert texte[debut - 4 : debut] == "<ns1"
    assert texte[debut:].startswith(
        ':interfaceNuu xmlns:ns1="http://nuu.application.i2/" versionInterface="02.01">'
    )


def test_nothing_before_the_file_names_it(vendeur):
    corps = vendeur.numero(message(jour=aujourd_hui())).content.decode()
    avant = corps[: corps.index("<ns1:interfaceNuu")]
    assert ":interfaceNuu" not in avant
    assert ":listeDoublons" not in avant
    assert re.search(r"cid:[0-9a-f]{32}@sne", avant)


def test_nothing_found_is_an_explicit_pair_of_tags():
    texte = ecrire_doublons([])
    assert texte.endswith('<ns1:listeDoublons xmlns:ns1="http://nuu.application.i2/"></ns1:listeDoublons>')


def test_a_good_answer_has_no_list_of_anomalies_and_a_bad_one_starts_with_its_text(vendeur):
    assert b"listeAnomalie" not in vendeur.numero(message(jour=aujourd_hui())).content
    corps = vendeur.numero(message("COP")).content.decode()
    assert re.search(r"<ns1:anomalie code=\"CTRL_DEM_1801\"[^>]*><ns1:message>", corps)
    assert "complement" not in corps


def test_the_whole_answer_is_utf_8_text(vendeur):
    reponse = vendeur.numero(message(jour=aujourd_hui()))
    pdf = (
        reponse.content.split(b"Content-Type: application/pdf")[1]
        .partition(b"\r\n\r\n")[2]
        .partition(b"\r\n--")[0]
    )
    assert reponse.content.decode("utf-8")
    assert base64.b64decode(pdf).startswith(b"%PDF")


def test_no_compression_whatever_is_accepted(vendeur):
    reponse = vendeur.numero(message(jour=aujourd_hui()), HTTP_ACCEPT_ENCODING="deflate, gzip")
    assert "Content-Encoding" not in reponse.headers


def test_any_host_no_redirection(vendeur):
    hote = "nuu-ws.ecole.application.developpement-durable.gouv.fr"
    assert vendeur.numero(message(jour=aujourd_hui()), HTTP_HOST=hote).status_code == 200
    sans_barre = vendeur.poster(b"", "text/xml", adresse="/services/DemandeLogementImplService")
    assert sans_barre.status_code == 400


@pytest.mark.parametrize("start", ["racine", "<racine>", "autre"])
def test_root_with_and_without_brackets(vendeur, start):
    reponse = _poster(vendeur, _numero(XOP.format("f")), ("f", "text/xml", _envoi()), start=start)
    assert champ(reponse, "numUnique")


@pytest.mark.parametrize(
    "entete", ["", "http://ws.metier.nuu.application.i2/getDoublons", '"n’importe quoi"']
)
def test_the_body_says_the_operation_never_an_action(vendeur, entete):
    reponse = _poster(
        vendeur,
        _numero(XOP.format("f")),
        ("f", "text/xml", _envoi()),
        HTTP_SOAPACTION=entete.encode().decode("latin-1"),
    )
    assert champ(reponse, "numUnique")


def test_parts_are_found_by_name_escaped_or_not(vendeur):
    inclusion = XOP.format("un%40fichier")
    assert champ(_poster(vendeur, _numero(inclusion), ("un@fichier", "text/xml", _envoi())), "numUnique")


def test_a_file_inlined_in_the_envelope_is_the_same_message(vendeur):
    racine = _numero(base64.encodebytes(_envoi()).decode()).replace(XOP.format("cert"), "")
    reponse = vendeur.poster(racine.encode(), "application/soap+xml; charset=utf-8")
    assert champ(reponse, "numUnique")


def test_white_space_before_the_declaration(vendeur):
    reponse = _poster(vendeur, _numero(XOP.format("f")), ("f", "text/xml", b"\r\n" + _envoi() + b"\n"))
    assert champ(reponse, "numUnique")


@pytest.mark.parametrize("codage", ["UTF-8", "ISO-8859-1", "windows-1252"])
def test_the_document_says_its_encoding_not_its_part(vendeur, codage):
    envoi = message(jour=aujourd_hui()).replace("UTF-8", codage).encode(codage)
    reponse = _poster(vendeur, _numero(XOP.format("f")), ("f", "text/xml; charset=us-ascii", envoi))
    assert champ(reponse, "prenom") == "Élodie"


def test_fault_of_the_sender_and_of_the_service(vendeur, monkeypatch):
    malforme = vendeur.numero("<a")
    assert (malforme.status_code, b"soap:Sender" in malforme.content) == (400, True)
    inconnue = vendeur.appeler("autreChose", {})
    assert (inconnue.status_code, b"soap:Sender" in inconnue.content) == (400, True)

    def tomber(*_args, **_kwargs):
        raise RuntimeError("secret")

    monkeypatch.setattr("sne.nuu.operations.depot.deposer_demande", tomber)
    panne = vendeur.numero(message(jour=aujourd_hui()))
    assert (panne.status_code, panne.headers["Retry-After"]) == (500, "5")
    texte = panne.content.decode()
    assert "Une erreur inattendue est survenue lors du traitement de la demande." in texte
    assert panne.headers["X-Request-ID"] in texte
    assert "secret" not in texte


def test_signs_that_no_xml_holds_are_refused_when_read_and_left_out_when_written():
    with pytest.raises(ValueError, match="caractère de commande"):
        contenu(precisions="a\ufffeb")
    sale = contenu().model_copy(update={"precisions": "a\ufffe\x0bb"})
    assert ">ab</ns1:precision>" in ecrire(sale)


@pytest.mark.parametrize("jour", ["1987-03-14Z", "1987-03-14+14:00", "1987-03-14"])
def test_a_zone_never_moves_a_day(jour):
    lu, _ = lire(ecrire(contenu()).replace("1987-03-14", jour)).contenu()
    assert lu is not None
    assert lu.demandeur is not None
    assert str(lu.demandeur.identite.date_naissance) == "1987-03-14"


def test_corsican_communes_and_no_wished_dwelling(vendeur):
    corse = contenu(souhaits={"localisations": [{"commune": "2A004"}], "types_logement": ["T2"]})
    assert lire(ecrire(corse)).contenu()[0].souhaits.localisations[0].commune == "2A004"
    sans = message(jour=aujourd_hui(), contenu_=contenu(souhaits={}))
    assert "CTRL_DEM_1063" in codes(vendeur.numero(sans))


class _Application:
    """Keeps what it was given."""

    environ = None

    def __call__(self, environ, start_response):
        self.environ = environ
        start_response("200 OK", [])
        return [environ["wsgi.input"].read()] if "wsgi.input" in environ else []


def test_a_body_in_chunks_has_a_length_for_django():
    application, statuts = _Application(), []
    porte = CorpsEnMorceaux(application, maximum=10, au_fil="/fichiers")

    def appeler(corps, **environ):
        depart = {"wsgi.input": BytesIO(corps), **environ}
        return b"".join(porte(depart, lambda statut, _entetes: statuts.append(statut)))

    assert appeler(b"0123456789", HTTP_TRANSFER_ENCODING="chunked") == b"0123456789"
    assert application.environ["CONTENT_LENGTH"] == "10"
    assert appeler(b"0123456789A", HTTP_TRANSFER_ENCODING="chunked") == b""
    assert appeler(b"0123456789A", CONTENT_LENGTH="11") == b"0123456789A"
    assert statuts == ["200 OK", "413 Content Too Large", "200 OK"]
    au_fil = appeler(b"0123456789A", HTTP_TRANSFER_ENCODING="chunked", PATH_INFO="/fichiers")
    assert (au_fil, application.environ["CONTENT_LENGTH"]) == (b"0123456789A", str(SANS_FIN))


def test_web_listeners_drop_what_speaks_of_certificates(client):
    application = _Application()
    porte = SansEntetesDeCertificat(application)
    porte({"HTTP_X_SNE_CERTIFICAT": "a", "HTTP_X_SNE_AUTRE": "b", "HTTP_HOST": "c"}, lambda *_: None)
    assert application.environ == {"HTTP_HOST": "c"}


def test_every_page_of_the_web_goes_through_the_same_door():
    from config import wsgi

    assert isinstance(wsgi.application.application, Sante)  # which reads no header
    assert isinstance(wsgi.application.application.application, SansEntetesDeCertificat)
    asgi = (
        Path(wsgi.__file__).with_name("asgi.py").read_text("utf-8")
    )  # it refuses the key that tests sign with
    assert "from config.wsgi import application as pages" in asgi


def test_the_listener_believes_no_header_unless_a_proxy_stands_before_it(vendeur, settings):
    refuse = vendeur.client.post("/services/DemandeLogementImplService/", b"x", content_type="text/xml")
    assert refuse.status_code == 403
    falsifie = vendeur.client.post(
        "/services/DemandeLogementImplService/", b"x", content_type="text/xml", HTTP_X_SNE_CERTIFICAT="x"
    )
    assert falsifie.status_code == 403
    settings.CERTIFICAT_PAR_ENTETE = True
    illisible = vendeur.poster(b"x", "text/xml", HTTP_X_SNE_CERTIFICAT="pas%20un%20certificat")
    assert illisible.status_code == 403


def test_a_description_for_each_service(vendeur):
    for nom in wsdl.SERVICES:
        reponse = vendeur.client.get(f"/services/{nom}/?wsdl")
        assert reponse.status_code == 200
        assert f'<wsdl:service name="{nom}">' in reponse.content.decode()
    assert vendeur.client.get("/services/DemandeLogementImplService/").status_code == 405
    assert vendeur.client.get("/services/Autre/").status_code == 404


def test_a_service_that_is_not_offered_says_so(vendeur):
    reponse = vendeur.appeler("declarationNouveauDaloParametres", {"nomFichierDalo": "x"})
    assert reponse.status_code == 400
    assert "Service non offert." in reponse.content.decode()
    assert Demande.objects.count() == 0
