"""A page of a draft left open in a tab: what it would post, whatever happened to the draft since."""

from dataclasses import dataclass, field

from django.http import HttpResponse
from django.test import Client

from sne.saisie.brut import Brut


@dataclass
class Onglet:
    """One tab on one page, opened when it is made."""

    client: Client
    adresse: str
    champs: Brut = field(init=False)

    def __post_init__(self) -> None:
        self.champs = champs_de(self.client.get(self.adresse))

    def envoyer(self, bouton: str = "continuer", **changes: str | list[str]) -> HttpResponse:
        """Post it with these fields changed (``__`` for the hyphen of a row); what was typed stays in the tab."""
        for nom, valeur in changes.items():
            self.champs[nom.replace("__", "-")] = valeur if isinstance(valeur, list) else [valeur]
        reponse = self.client.post(self.adresse, self.champs | {bouton: ["oui"]})
        if reponse.status_code == 409:
            self.champs = champs_de(reponse)
        return reponse

    def choisir(self, **choix: str) -> HttpResponse:
        """Post the page of choices that the tab shows now, with these sides."""
        return self.envoyer(**choix)


def champs_de(reponse: HttpResponse) -> Brut:
    """Every field of a page, or of the page of choices, as it would be posted."""
    contexte = reponse.context
    if "caches" in contexte:
        champs: Brut = {"vue": [str(contexte["vue"])]}
        for nom, valeur in contexte["caches"]:
            champs.setdefault(nom, []).append(str(valeur))
        return champs
    champs = {"lu": [str(contexte["lu"])]}
    page = contexte["page"]
    for groupe in page.groupes:
        champs[f"{groupe}-nombre"] = page.brut.get(f"{groupe}-nombre", ["0"])
    champs |= {nom: list(v) for nom, v in page.brut.items() if nom.endswith("-nombre")}
    for formulaire in page.formulaires:
        for champ in formulaire:
            valeur = champ.value()
            if valeur not in (None, "", False):
                valeurs = valeur if isinstance(valeur, list | tuple) else [valeur]
                champs[champ.html_name] = [str(v) for v in valeurs]
    return champs
