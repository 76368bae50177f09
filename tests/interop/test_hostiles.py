"""Fifty hostile bodies against the listener as vendors meet it: refused soon, nothing kept, and its memory stays."""

import base64
import gzip
import http.client
import json
import os
import ssl
from collections.abc import Mapping
from pathlib import Path

from sne.imports.models import Import
from sne.registre.demande.models.demande import Demande
from sne.socle.horloge import aujourd_hui
from tests.imports.factories import deposer
from tests.interop.certificats import Autorite
from tests.interop.conftest import Ecoute
from tests.nuu.conftest import FRONTIERE, SERVICE_DEMANDE, XOP, enveloppe, parties, type_mime
from tests.nuu.messages import message

SOAP, REST, IMPORTS = SERVICE_DEMANDE, "/api/v1/demandes", "/api/v1/imports"
JSON, NDJSON = {"Content-Type": "application/json"}, {"Content-Type": "application/x-ndjson"}
ENTITES = '<!DOCTYPE a [<!ENTITY b "x">{}]>'.format(
    "".join(f'<!ENTITY b{n} "{f"&b{n - 1};" * 10}">' for n in range(1, 9)).replace("&b0;", "&b;")
)
TROP, PATIENCE = 64 << 20, 60
SECONDES = 2.0  # of processor, whatever else the machine does
Hostile = tuple[str, Mapping[str, str], bytes]


def en_parties(fichier: bytes, *, type_: str = "", racine: str = "") -> Hostile:
    """A file in its part, of a call that is right otherwise."""
    appel = racine or enveloppe("numUniqueParametres", {"fichierDemande": XOP.format("fichier")})
    corps = parties(("racine", "application/xop+xml", appel.encode()), ("fichier", "text/xml", fichier))
    return SOAP, {"Content-Type": type_ or type_mime()}, corps


def en_ligne(corps: bytes, genre: str = "application/soap+xml; charset=UTF-8") -> Hostile:
    """An envelope alone."""
    return SOAP, {"Content-Type": genre}, corps


def messages() -> list[Hostile]:
    """What an XML reader, or one of parts, is attacked with."""
    bon = message(jour=aujourd_hui()).encode()
    profond, large = b"<a>" * 300 + b"</a>" * 300, b"<a>" + b"<b/>" * 400_000 + b"</a>"
    attributs = b"<a " + b" ".join(b'a%d=""' % n for n in range(100_000)) + b"/>"
    fichiers = [
        *(b"", b"\x00", b"<a", b"\xff\xfe<\x00a\x00/\x00>\x00", bon[:-9], bon * 2, profond, large, attributs),
        *(f'<?xml version="1.0"?>{avant}<a>&b8;</a>'.encode() for avant in (ENTITES, ENTITES.lower())),
        *(f'<!DOCTYPE a SYSTEM "{ou}"><a/>'.encode() for ou in ("file:///etc/passwd", "http://127.0.0.1:1/")),
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode("utf-16"),
        b'<a xmlns:x="http://www.w3.org/2001/XInclude"><x:include href="/etc/passwd" parse="text"/></a>',
        b"<a>" + b"x" * (11 << 20) + b"</a>",
        bon.replace(b"<ns1:entete>", b"<ns1:entete>" + b"<ns1:x/>" * 30_000),
        bon.replace(b"Dubreuil", b"&#xFFFE;"),
    ]
    boucle = enveloppe("numUniqueParametres", {"fichierDemande": XOP.format("racine")})
    corps = base64.b64encode(b"<a/>").decode()
    return [
        *(en_parties(fichier) for fichier in fichiers),
        *(en_parties(bon, type_=t) for t in ("multipart/related", "text/plain")),
        en_parties(bon, racine=boucle),
        en_parties(bon, racine="<a/>"),
        (SOAP, {"Content-Type": type_mime()}, b"--" + FRONTIERE.encode() + b"\r\n" * 200_000),
        (SOAP, {"Content-Type": type_mime()}, parties(*((f"p{n}", "a/b", b"") for n in range(400)))),
        (SOAP, {"Content-Type": type_mime()}, parties(("racine", "a" * 200_000, b""))),
        en_ligne(ENTITES.encode() + enveloppe("numUniqueParametres", {"fichierDemande": corps}).encode()),
        en_ligne(enveloppe("toutEffacerParametres", {}).encode()),
        en_ligne(enveloppe("numUniqueParametres", {"fichierDemande": "!!"}).encode()),
        en_ligne(b"x" * (13 << 20)),
        en_ligne(gzip.compress(b"<a/>" * (5 << 20)), "application/soap+xml"),
    ]


def objets() -> list[Hostile]:
    """What a reader of JSON, or of files of lines, is attacked with."""
    bon = deposer("x", 1)["corps"]
    textes = [
        *(b"", b"{", b"null", b"[]", b'"a"', b"1e400", b'{"a": NaN}', b"\xff\xfe", b'{"a":1,"a":2}'),
        *(b"[" * 200_000, b'{"a":' * 500 + b"1" + b"}" * 500, b'{"a": "\\ud800"}', b'{"a": "\\u0000"}'),
        b'{"a": ' + b"9" * 100_000 + b"}",
        json.dumps(bon | {"inconnu": "x" * (1 << 19)}).encode(),
        json.dumps(bon | {"nirs": {"demandeur": "1" * 100_000}}).encode(),
        json.dumps(bon | {"contenu": {"cotitulaires": [{}] * 20_000}}).encode(),
        b"x" * (2 << 20),
    ]
    return [
        *((REST, JSON, texte) for texte in textes),
        (REST, {"Content-Type": "text/xml"}, b"<a/>"),
        (IMPORTS, NDJSON | {"Content-Encoding": "br"}, b"{}"),
    ]


def ouvriers(pid: int) -> list[Path]:
    """What the system says of the workers of this server."""
    return [Path("/proc") / enfant for enfant in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def processeur(pid: int) -> float:
    """Seconds of processor that its workers have taken."""
    lues = [(ouvrier / "stat").read_text().rpartition(")")[2].split()[11:13] for ouvrier in ouvriers(pid)]
    return sum(int(dite) for dites in lues for dite in dites) / os.sysconf("SC_CLK_TCK")


def memoire(pid: int) -> int:
    """Bytes held by its workers."""
    lignes = [(ouvrier / "status").read_text() for ouvrier in ouvriers(pid)]
    return sum(int(texte.partition("VmHWM:")[2].split()[0]) << 10 for texte in lignes)


def test_hostile_bodies_are_refused_and_nothing_is_kept(
    serveur: Ecoute, autorite: Autorite, vendeur: tuple[Path, Path]
) -> None:
    contexte = ssl.create_default_context(cafile=str(autorite.racine))
    contexte.load_cert_chain(*vendeur)

    def envoyer(rang: int, hostile: Hostile) -> tuple[int, bytes]:
        adresse, entetes, corps = hostile
        dits = {"Authorization": f"Bearer {serveur.cle}", "SNE-Guichet": "G0993", "SNE-Agent": "a-1"}
        dits |= {"Idempotency-Key": f"hostile-{rang}", **entetes}
        connexion = http.client.HTTPSConnection(serveur.adresse, context=contexte, timeout=PATIENCE)
        try:
            connexion.request("POST", adresse, corps, dits)
            reponse = connexion.getresponse()
            return reponse.status, reponse.read()
        except OSError:  # too much was announced: the line is closed before all of it is sent
            return 413, b""
        finally:
            connexion.close()

    bon = (REST, JSON, json.dumps(deposer("x", 1)["corps"]).encode())
    assert envoyer(0, bon)[0] == 201
    hostiles = [*messages(), *objets()]
    assert len(hostiles) >= 50
    tenue, pid = [], serveur.processus.pid
    for passage in range(2):  # the first time, what reads them is loaded
        for rang, hostile in enumerate(hostiles, start=1 + passage * len(hostiles)):
            avant = processeur(pid)
            statut, lu = envoyer(rang, hostile)
            assert passage == 0 or processeur(pid) - avant < SECONDES, (rang, hostile[2][:80])
            refuse = statut in {400, 413, 415, 422} or b"listeAnomalie" in lu
            assert refuse, (rang, statut, hostile[2][:80], lu[:300])
        tenue.append(memoire(pid))
    assert (Demande.objects.count(), Import.objects.count()) == (1, 0)
    assert tenue[1] - tenue[0] < TROP
