"""How they wish to be told and who helps them, to the tree and back; then an association that applies."""

from sne.referentiels.rules import Geographie
from sne.registre.contenu.rules.arbre.racine import Accompagnant, Association, Contenu, Preferences
from sne.saisie.brut import Brut
from sne.saisie.composition.lieux import adresse, saisie_adresse
from sne.saisie.composition.personne import contact, contacts
from sne.saisie.composition.textes import Valeurs, en_brut

PREFERENCES = tuple(Preferences.model_fields)


def avec_preferences(contenu: Contenu, valeurs: Valeurs) -> Contenu:
    """The content with what they said of messages and of the person who helps them."""
    preferences = {nom: valeurs.get(nom) for nom in PREFERENCES}
    accompagnant = {
        "accompagne": valeurs.get("accompagne"),
        "courriel": valeurs.get("courriel_accompagnant"),
    }
    return contenu.model_copy(
        update={
            "preferences": Preferences.model_validate(preferences),
            "accompagnant": Accompagnant.model_validate(accompagnant),
        }
    )


def saisie_preferences(contenu: Contenu) -> Brut:
    """What would be typed to obtain these wishes."""
    accompagnant = contenu.accompagnant
    return en_brut(
        contenu.preferences.model_dump()
        | {"accompagne": accompagnant.accompagne, "courriel_accompagnant": accompagnant.courriel}
    )


def avec_association(contenu: Contenu, dits: Valeurs, lieu: Valeurs, joindre: Valeurs) -> Contenu:
    """The content with the association: its name, its number, where to write and how to reach it."""
    connue = contenu.association or Association()
    association = connue.model_copy(
        update={
            "nom": dits.get("nom") or None,
            "siren": dits.get("siren") or None,
            "contact": contact(connue.contact, joindre),
            "adresse_courrier": adresse(connue.adresse_courrier, lieu),
        }
    )
    return contenu.model_copy(update={"association": Association.model_validate(association.model_dump())})


def saisie_association(contenu: Contenu, geographie: Geographie) -> Brut:
    """What would be typed to obtain this association."""
    association = contenu.association or Association()
    return en_brut(
        {"nom": association.nom, "siren": association.siren}
        | saisie_adresse(association.adresse_courrier, geographie)
        | contacts(association.contact)
    )
