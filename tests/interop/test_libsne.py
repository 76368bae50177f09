"""The unmodified public client, over mutual TLS, does its work by changing nothing but its host name."""

import re

from lxml import etree

from sne.registre.demande.models.demande import Demande
from sne.socle.horloge import aujourd_hui
from tests.nuu.messages import message

NS = "{http://nuu.application.i2/}"


def _echanger(libsne, service, vendeur, ecoute, **kwargs):
    certificat, cle = vendeur
    if "xml" in kwargs:  # the client reads text, which may not say its encoding
        kwargs["xml"] = kwargs["xml"].partition("?>\n")[2]
    return libsne.echanger(service, str(certificat), str(cle), hostname=ecoute, **kwargs)


def _champ(reponse: str, nom: str) -> str:
    racine = etree.fromstring(reponse)
    trouve = racine.find(f".//{NS}{nom}")
    assert trouve is not None
    return trouve.text or trouve.get("code") or ""


def test_creation_gives_a_number(libsne, vendeur, ecoute):
    reponse = _echanger(
        libsne, "numUnique", vendeur, ecoute, xml=message(jour=aujourd_hui(), reference="REF-1")
    )
    numero = _champ(reponse, "numUnique")
    assert re.fullmatch(r"[0-9A-Z]{18}", numero)
    assert Demande.objects.get().nud == numero
    assert _champ(reponse, "refInterne") == "REF-1"
    assert numero in _echanger(libsne, "demandeLogement", vendeur, ecoute, num_unique=numero)
