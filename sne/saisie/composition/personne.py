"""The applicant: civil status, family situation, address and contacts, to the tree and back."""

from typing import Any

from sne.referentiels.rules import Geographie
from sne.registre.contenu.rules.arbre.personnes import EtatNir, Identite, Nir
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.saisie.brut import Brut
from sne.saisie.composition.chemins import poser, tirer
from sne.saisie.composition.lieux import adresse, lieu_naissance, saisie_adresse, texte_naissance
from sne.saisie.composition.textes import Valeurs, demandeur_de, en_brut, prefixer
from sne.saisie.forms.personne import FormulaireContact, FormulaireIdentite

LOGEMENT = "logement"
"""Prefix of the address where they live, when it is not where to write."""


def avec_demandeur(contenu: Contenu, valeurs: Valeurs, geographie: Geographie) -> Contenu:
    """The content with the applicant's civil status and family situation; a number is never put in the tree."""
    demandeur = demandeur_de(contenu)
    changes = {
        "identite": identite(demandeur.identite, valeurs, geographie),
        "situation_familiale": valeurs.get("situation_familiale") or None,
    }
    return contenu.model_copy(update={"demandeur": demandeur.model_copy(update=changes)})


def avec_coordonnees(
    contenu: Contenu, lieu: Valeurs, joindre: Valeurs | None, *, ailleurs: Valeurs | None = None
) -> Contenu:
    """The content with the postal address, the applicant's contacts, and where they live if it is elsewhere.

    ``joindre``: ``None`` where contacts are not asked, and stay.
    """
    demandeur = demandeur_de(contenu)
    changes = {
        "adresse_courrier": adresse(demandeur.adresse_courrier, lieu),
        "contact": demandeur.contact if joindre is None else poser(demandeur.contact, joindre),
    }
    habite = None if ailleurs is None else adresse(contenu.logement_actuel.adresse, ailleurs)
    return contenu.model_copy(
        update={
            "demandeur": demandeur.model_copy(update=changes),
            "logement_actuel": contenu.logement_actuel.model_copy(update={"adresse": habite}),
        }
    )


def saisie_personne(contenu: Contenu, geographie: Geographie) -> Brut:
    """What would be typed to obtain the applicant's civil status (the NIR is never shown again)."""
    demandeur = demandeur_de(contenu)
    situation = {"situation_familiale": demandeur.situation_familiale}
    return en_brut(traits(demandeur.identite, geographie) | situation)


def saisie_coordonnees(contenu: Contenu, geographie: Geographie) -> Brut:
    """What would be typed to obtain the addresses and the contacts."""
    demandeur, habite = demandeur_de(contenu), contenu.logement_actuel.adresse
    valeurs = saisie_adresse(demandeur.adresse_courrier, geographie) | tirer(
        demandeur.contact, FormulaireContact
    )
    if habite is not None:
        valeurs |= {"habite_ailleurs": "on"} | prefixer(LOGEMENT, saisie_adresse(habite, geographie))
    return en_brut(valeurs)


# -- parts shared with the other adults ------------------------------------------------------------------------
def identite(connue: Identite, valeurs: Valeurs, geographie: Geographie) -> Identite:
    """Civil status as typed; what the form does not show stays."""
    # A box left empty says « no » where the file says it already, and nothing elsewhere.
    sinon = False if connue.date_naissance_presumee is False else None
    presumee = True if valeurs.get("date_naissance_presumee") else sinon
    changes: dict[str, Any] = {"date_naissance_presumee": presumee}
    if (
        connue.civilite == "3" and valeurs.get("civilite") == "2"
    ):  # « Mademoiselle », shown « Madame », is kept
        changes["civilite"] = "3"
    lieu = lieu_naissance(connue.lieu_naissance, valeurs.get("lieu_naissance"), geographie)
    nir = _nir(connue, sans=bool(valeurs.get("sans_nir")))
    return poser(connue, {**valeurs, **changes}).model_copy(update={"lieu_naissance": lieu, "nir": nir})


def _nir(connue: Identite, *, sans: bool) -> Nir | None:
    """None held, as the box says; a known number stays: it is in no form."""
    if sans:
        return Nir(etat=EtatNir.AUCUN)
    return None if connue.sans_nir else connue.nir


def traits(connue: Identite, geographie: Geographie) -> dict[str, Any]:
    """Civil status back to its fields; « Mademoiselle » is no longer offered."""
    return tirer(connue, FormulaireIdentite) | {
        "civilite": "2" if connue.civilite == "3" else connue.civilite,
        "lieu_naissance": texte_naissance(connue.lieu_naissance, geographie),
        "date_naissance_presumee": "on" if connue.date_naissance_presumee else None,
        "sans_nir": "on" if connue.sans_nir else None,
    }
