"""Whatever is answered is valid for the interface's own schemas, but for three known deviations."""

import base64
import email.policy
from collections import Counter
from collections.abc import Iterator
from email.message import Message
from functools import cache

from lxml import etree

from sne.nuu.rules.enveloppe import SOAP
from tests.interop.client_public import schemas

ECARTS = {
    "code de 13 signes": "has a length of '13'; this exceeds the allowed maximum length of '10'",
    "liste vide": "Missing child element(s)",
    "plusieurs demandes": "{http://nuu.application.i2/}demande': This element is not expected.",
}
XOP = "{http://www.w3.org/2004/08/xop/include}Include"
SOEURS = {
    "RechercheDemandeImplService": "InterfaceNuuRecherche_v0200",
    "GestionPartageeEVTImplService": "InterfaceNuuGPEvenement_v0200",
}


@cache
def valideur(nom: str) -> etree.XMLSchema:
    """The validator of one schema (``InterfaceNuu_v0201``), or of the types that a service's description holds."""
    if nom.endswith(".wsdl"):
        types = etree.tostring(next(etree.parse(schemas() / nom).iter("{*}schema")))
        return etree.XMLSchema(etree.fromstring(types, base_url=str(schemas() / nom)))
    return etree.XMLSchema(etree.parse(schemas() / f"{nom}.xsd"))


def fautes(nom: str, element: etree._Element) -> Counter[str]:
    """What this schema refuses of an element: the name of a known deviation, or the sentence of the schema."""
    schema = valideur(nom)
    schema.validate(etree.fromstring(etree.tostring(element)))
    dites = [erreur.message for erreur in schema.error_log]
    return Counter(
        next((ecart for ecart, dit in ECARTS.items() if dit in phrase), phrase) for phrase in dites
    )


def fautes_du_fichier(octets: bytes, service: str, action: str = "") -> Counter[str]:
    """The same of a business file, by the schema of its service and of its version; of each file in a wrapper."""
    racine = etree.fromstring(octets.strip())
    if racine.tag == "demandes":
        return sum((fautes_du_fichier(etree.tostring(f), service) for f in racine), Counter())
    nom = SOEURS.get(service) or f"InterfaceNuu_v{racine.get('versionInterface', '02.01').replace('.', '')}"
    if action.startswith("listerTypes"):
        nom = "InterfaceNuuGPTypeEvenement_v0200"
    return fautes(nom, racine)


def verifier(
    genre: str, corps: bytes, service: str, *, action: str = "", envoye: bytes = b""
) -> Counter[str]:
    """Refuse an answer that its schemas refuse; the known deviations that it shows.

    ``envoye``: the file of the message, given back when it is refused; what was wrong in it is its sender's.
    """
    message = email.message_from_bytes(
        b"Content-Type: " + genre.encode() + b"\r\n\r\n" + corps, policy=email.policy.HTTP
    )
    parties = list(message.iter_parts()) if message.is_multipart() else [message]
    fichiers = {str(p["Content-ID"])[1:-1]: _octets(p) for p in parties[1:]}
    enveloppe = etree.fromstring(_octets(parties[0]))
    lues = [fichiers[cid] for cid in _deplier(enveloppe, fichiers)]
    contenu = enveloppe.find(f"{{{SOAP}}}Body")[0]
    dedans = [contenu]
    if contenu.tag == f"{{{SOAP}}}Fault":  # what a fault details is its service's, where it has any
        dedans = [element for detail in contenu.iter(f"{{{SOAP}}}Detail") for element in detail]
    trouvees = sum((fautes(f"{service}.wsdl", element) for element in dedans), Counter())
    for octets in lues:
        if not octets.startswith(b"%PDF"):
            recues = fautes_du_fichier(envoye, service, action) if envoye else Counter()
            trouvees += fautes_du_fichier(octets, service, action) - recues
    assert trouvees.keys() <= ECARTS.keys(), trouvees
    return trouvees


def _octets(partie: Message) -> bytes:
    lus = partie.get_payload(decode=True)
    assert isinstance(lus, bytes)
    return lus


def _deplier(enveloppe: etree._Element, fichiers: dict[str, bytes]) -> Iterator[str]:
    """Put each file in the place of its inclusion, in base64; gives their identifiers."""
    for inclusion in list(enveloppe.iter(XOP)):
        cid = inclusion.get("href", "").removeprefix("cid:")
        porteur = inclusion.getparent()
        porteur.remove(inclusion)
        porteur.text = base64.b64encode(fichiers[cid]).decode()
        yield cid
