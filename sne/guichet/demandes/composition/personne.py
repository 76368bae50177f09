"""The applicant: civil status, family situation, address and contacts, to the tree and back."""

from collections.abc import Iterable
from typing import Any

from sne.guichet.demandes.brut import Brut
from sne.guichet.demandes.composition.textes import Valeurs, demandeur_de, en_brut
from sne.referentiels.rules import Geographie
from sne.registre.rules.contenu import Adresse, Contact, Contenu, Identite, Telephone

TRAITS = ("civilite", "nom_naissance", "nom_usage", "prenoms", "date_naissance", "nationalite")
LIGNES_ADRESSE = ("hebergeant", "numero", "voie", "complement", "lieu_dit")
TELEPHONES = ("telephone_portable", "telephone_domicile")


def avec_demandeur(contenu: Contenu, valeurs: Valeurs) -> Contenu:
    """The content with the applicant's civil status and family situation; a NIR is never put in the tree."""
    demandeur = demandeur_de(contenu)
    changes = {
        "identite": identite(demandeur.identite, valeurs),
        "situation_familiale": valeurs.get("situation_familiale") or None,
    }
    return contenu.model_copy(update={"demandeur": demandeur.model_copy(update=changes)})


def avec_coordonnees(contenu: Contenu, lieu: Valeurs, joindre: Valeurs) -> Contenu:
    """The content with the postal address and the applicant's contacts."""
    demandeur = demandeur_de(contenu)
    changes = {
        "adresse_courrier": adresse(demandeur.adresse_courrier, lieu),
        "contact": contact(demandeur.contact, joindre, TELEPHONES),
    }
    return contenu.model_copy(update={"demandeur": demandeur.model_copy(update=changes)})


def saisie_personne(contenu: Contenu) -> Brut:
    """What would be typed to obtain the applicant's civil status (the NIR is never shown again)."""
    demandeur = demandeur_de(contenu)
    return en_brut(traits(demandeur.identite) | {"situation_familiale": demandeur.situation_familiale})


def saisie_coordonnees(contenu: Contenu, geographie: Geographie) -> Brut:
    """What would be typed to obtain the address and the contacts."""
    demandeur = demandeur_de(contenu)
    lieu = demandeur.adresse_courrier or Adresse()
    valeurs: dict[str, Any] = {nom: getattr(lieu, nom) for nom in LIGNES_ADRESSE}
    valeurs |= {nom: getattr(lieu, nom) for nom in ("code_postal", "ville_etrangere", "pays")}
    valeurs["pays_adresse"] = "etranger" if lieu.etranger else "france"
    valeurs["commune"] = geographie.nom_commune(lieu.commune) if lieu.commune else ""
    return en_brut(valeurs | contacts(demandeur.contact, TELEPHONES))


# -- parts shared with the other adults ------------------------------------------------------------------------


def identite(connue: Identite, valeurs: Valeurs) -> Identite:
    """Civil status as typed; what the form does not show stays."""
    presumee = True if valeurs.get("date_naissance_presumee") else None
    changes = {trait: valeurs.get(trait) for trait in TRAITS} | {"date_naissance_presumee": presumee}
    return Identite.model_validate(connue.model_dump() | changes)


def contact(connu: Contact, valeurs: Valeurs, telephones: Iterable[str]) -> Contact:
    """Ways to reach an adult, ``telephones`` being the numbers that the form shows."""
    changes: dict[str, Any] = {nom: _telephone(getattr(connu, nom), valeurs.get(nom)) for nom in telephones}
    return Contact.model_validate(connu.model_dump() | changes | {"courriel": valeurs.get("courriel")})


def _telephone(connu: Telephone | None, saisi: str | None) -> Any:
    """The number as typed; an unchanged one keeps its stored form."""
    return connu.model_dump() if connu is not None and connu.saisi == saisi else saisi


def adresse(connue: Adresse | None, valeurs: Valeurs) -> Adresse:
    """A postal address; the branch that was not chosen is forgotten."""
    lignes = {nom: valeurs.get(nom) for nom in LIGNES_ADRESSE}
    if valeurs.get("pays_adresse") == "etranger":
        lieu = {
            "etranger": True,
            "ville_etrangere": valeurs.get("ville_etrangere"),
            "pays": valeurs.get("pays"),
        }
        return Adresse(**lignes, **lieu)
    commune = valeurs.get("commune_lue")
    garde = connue.model_dump(include={"appartement", "etage", "escalier", "batiment"}) if connue else {}
    return Adresse(
        **garde,
        **lignes,
        etranger=False,
        code_postal=valeurs.get("code_postal") if commune else None,
        commune=commune.code if commune else None,
    )


def traits(connue: Identite) -> dict[str, Any]:
    """Civil status back to its fields; « Mademoiselle » is no longer offered."""
    valeurs: dict[str, Any] = {trait: getattr(connue, trait) for trait in TRAITS}
    valeurs["civilite"] = "2" if connue.civilite == "3" else connue.civilite
    return valeurs | {"date_naissance_presumee": "on" if connue.date_naissance_presumee else None}


def contacts(connu: Contact, telephones: Iterable[str]) -> dict[str, Any]:
    """Contacts back to their fields."""
    numeros = {nom: getattr(connu, nom) for nom in telephones}
    return {nom: numero.saisi if numero else None for nom, numero in numeros.items()} | {
        "courriel": connu.courriel
    }
