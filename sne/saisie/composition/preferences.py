"""How they wish to be told and who helps them, to the tree and back; then an association that applies."""

from sne.referentiels.rules import Geographie
from sne.registre.contenu.rules.arbre.racine import Association, Contenu
from sne.saisie.brut import Brut
from sne.saisie.composition.chemins import poser, tirer
from sne.saisie.composition.lieux import adresse, saisie_adresse
from sne.saisie.composition.textes import Valeurs, en_brut
from sne.saisie.forms.personne import FormulaireContact
from sne.saisie.forms.preferences import FormulaireAssociation, FormulairePreferences


def avec_preferences(contenu: Contenu, valeurs: Valeurs) -> Contenu:
    """The content with what they said of messages and of the person who helps them."""
    aide = {"accompagne": valeurs.get("accompagne"), "courriel": valeurs.get("courriel_accompagnant")}
    return contenu.model_copy(
        update={
            "preferences": poser(contenu.preferences, valeurs),
            "accompagnant": poser(contenu.accompagnant, aide),
        }
    )


def saisie_preferences(contenu: Contenu) -> Brut:
    """What would be typed to obtain these wishes."""
    aide = contenu.accompagnant
    return en_brut(
        tirer(contenu.preferences, FormulairePreferences)
        | {"accompagne": aide.accompagne, "courriel_accompagnant": aide.courriel}
    )


def avec_association(contenu: Contenu, dits: Valeurs, lieu: Valeurs, joindre: Valeurs) -> Contenu:
    """The content with the association: its name, its number, where to write and how to reach it."""
    connue = contenu.association or Association()
    association = poser(connue, dits).model_copy(
        update={
            "contact": poser(connue.contact, joindre),
            "adresse_courrier": adresse(connue.adresse_courrier, lieu),
        }
    )
    return contenu.model_copy(update={"association": association})


def saisie_association(contenu: Contenu, geographie: Geographie) -> Brut:
    """What would be typed to obtain this association."""
    association = contenu.association or Association()
    return en_brut(
        tirer(association, FormulaireAssociation)
        | saisie_adresse(association.adresse_courrier, geographie)
        | tirer(association.contact, FormulaireContact)
    )
