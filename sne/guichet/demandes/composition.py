"""From cleaned values to the content tree, and back to what would be typed; what is not shown stays."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sne.guichet.demandes.brut import Brut
from sne.referentiels.rules import Geographie
from sne.registre.rules.contenu import (
    Adresse,
    Contact,
    Contenu,
    Cotitulaire,
    Demandeur,
    EnfantEnGarde,
    EnfantsANaitre,
    Identite,
    Localisation,
    PersonneACharge,
    Souhaits,
    Telephone,
    Titulaire,
)

Valeurs = Mapping[str, Any]

TRAITS = ("civilite", "nom_naissance", "nom_usage", "prenoms", "date_naissance", "nationalite")
MAX_COMMUNES_ECRAN = 8
LIGNES_ADRESSE = ("hebergeant", "numero", "voie", "complement", "lieu_dit")
TELEPHONES = ("telephone_portable", "telephone_domicile")


def vide() -> Contenu:
    """The content of a person who has said nothing yet."""
    return Contenu(titulaire=Titulaire.PERSONNE, demandeur=Demandeur())


# -- towards the tree ----------------------------------------------------------------------------------------


def avec_demandeur(contenu: Contenu, valeurs: Valeurs) -> Contenu:
    """The content with the applicant's civil status and family situation; a NIR is never put in the tree."""
    demandeur = _demandeur(contenu)
    changes = {
        "identite": _identite(demandeur.identite, valeurs),
        "situation_familiale": valeurs.get("situation_familiale") or None,
    }
    return contenu.model_copy(update={"demandeur": demandeur.model_copy(update=changes)})


def avec_coordonnees(contenu: Contenu, adresse: Valeurs, contact: Valeurs) -> Contenu:
    """The content with the postal address and the applicant's contacts."""
    demandeur = _demandeur(contenu)
    changes = {
        "adresse_courrier": _adresse(demandeur.adresse_courrier, adresse),
        "contact": _contact(demandeur.contact, contact, TELEPHONES),
    }
    return contenu.model_copy(update={"demandeur": demandeur.model_copy(update=changes)})


def avec_foyer(
    contenu: Contenu,
    *,
    cotitulaires: Sequence[Valeurs],
    charges: Sequence[Valeurs],
    gardes: Sequence[Valeurs],
    naissances: Valeurs,
) -> Contenu:
    """The content with the other members of the household; known rows keep what this page does not show."""
    connus = {c.personne: c for c in contenu.cotitulaires if c.personne}
    foyer = contenu.foyer.model_copy(
        update={
            "personnes_a_charge": _charges(contenu, charges),
            "enfants_en_garde": tuple(EnfantEnGarde(**_choisir(v, EnfantEnGarde)) for v in gardes),
            "enfants_a_naitre": EnfantsANaitre(
                nombre=naissances.get("nombre"), date_prevue=naissances.get("date_prevue")
            ),
        }
    )
    adultes = tuple(_cotitulaire(connus.get(v.get("personne") or ""), v) for v in cotitulaires)
    return contenu.model_copy(update={"cotitulaires": adultes, "foyer": foyer})


def avec_souhaits(contenu: Contenu, valeurs: Valeurs, communes: Iterable[str]) -> Contenu:
    """The content with the dwelling sought; ``communes`` are INSEE codes in the order wished."""
    connus = {lieu.commune: lieu for lieu in contenu.souhaits.localisations}
    lieux: dict[str | None, Localisation] = {
        code: connus.get(code, Localisation(commune=code)) for code in communes
    }
    # A file received from elsewhere may wish more communes than the screen shows: they stay, at the end.
    lieux |= {lieu.commune: lieu for lieu in contenu.souhaits.localisations[MAX_COMMUNES_ECRAN:]}
    souhaits = contenu.souhaits.model_copy(
        update={
            "types_logement": tuple(valeurs.get("types_logement") or ()),
            "categorie": valeurs.get("categorie") or None,
            "accepte_autres_communes": valeurs.get("accepte_autres_communes"),
            "loyer_maximum": valeurs.get("loyer_maximum"),
            "localisations": tuple(lieux.values()),
        }
    )
    return contenu.model_copy(update={"souhaits": Souhaits.model_validate(souhaits.model_dump())})


def _demandeur(contenu: Contenu) -> Demandeur:
    return contenu.demandeur or Demandeur()


def _identite(connue: Identite, valeurs: Valeurs) -> Identite:
    presumee = True if valeurs.get("date_naissance_presumee") else None
    changes = {trait: valeurs.get(trait) for trait in TRAITS} | {"date_naissance_presumee": presumee}
    return Identite.model_validate(connue.model_dump() | changes)


def _contact(connu: Contact, valeurs: Valeurs, telephones: Iterable[str]) -> Contact:
    changes: dict[str, Any] = {nom: _telephone(getattr(connu, nom), valeurs.get(nom)) for nom in telephones}
    return Contact.model_validate(connu.model_dump() | changes | {"courriel": valeurs.get("courriel")})


def _telephone(connu: Telephone | None, saisi: str | None) -> Any:
    """The number as typed; an unchanged one keeps its stored form."""
    return connu.model_dump() if connu is not None and connu.saisi == saisi else saisi


def _adresse(connue: Adresse | None, valeurs: Valeurs) -> Adresse:
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


def _cotitulaire(connu: Cotitulaire | None, valeurs: Valeurs) -> Cotitulaire:
    base = connu or Cotitulaire()
    return base.model_copy(
        update={
            "identite": _identite(base.identite, valeurs),
            "situation_familiale": valeurs.get("situation_familiale") or None,
            "lien_demandeur": valeurs.get("lien_demandeur") or None,
            "contact": _contact(base.contact, valeurs, ("telephone_portable",)),
        }
    )


def _charges(contenu: Contenu, lignes: Sequence[Valeurs]) -> tuple[PersonneACharge, ...]:
    """Dependants, each with a key unique in the household: the known one, or the next free one."""
    pris = {v["identifiant"] for v in lignes if v.get("identifiant")}
    pris |= {p.identifiant for p in contenu.foyer.personnes_a_charge}
    libres = (f"p{n}" for n in range(1, 1000) if f"p{n}" not in pris)
    vus: set[str] = set()
    charges = []
    for v in lignes:
        cle = v.get("identifiant") or ""
        cle = cle if cle and cle not in vus else next(libres)
        vus.add(cle)
        charges.append(PersonneACharge(**(_choisir(v, PersonneACharge) | {"identifiant": cle})))
    return tuple(charges)


def _choisir(valeurs: Valeurs, noeud: type[PersonneACharge] | type[EnfantEnGarde]) -> dict[str, Any]:
    return {nom: valeurs.get(nom) or None for nom in noeud.model_fields}


# -- back to what would be typed -----------------------------------------------------------------------------


def saisie_personne(contenu: Contenu) -> Brut:
    """What would be typed to obtain the applicant's civil status (the NIR is never shown again)."""
    demandeur = _demandeur(contenu)
    return _brut(_traits(demandeur.identite) | {"situation_familiale": demandeur.situation_familiale})


def saisie_coordonnees(contenu: Contenu, geographie: Geographie) -> Brut:
    """What would be typed to obtain the address and the contacts."""
    demandeur = _demandeur(contenu)
    adresse = demandeur.adresse_courrier or Adresse()
    valeurs: dict[str, Any] = {nom: getattr(adresse, nom) for nom in LIGNES_ADRESSE}
    valeurs |= {nom: getattr(adresse, nom) for nom in ("code_postal", "ville_etrangere", "pays")}
    valeurs["pays_adresse"] = "etranger" if adresse.etranger else "france"
    valeurs["commune"] = geographie.nom_commune(adresse.commune) if adresse.commune else ""
    return _brut(valeurs | _contacts(demandeur.contact, TELEPHONES))


def saisie_foyer(contenu: Contenu) -> Brut:
    """What would be typed to obtain the other members of the household."""
    valeurs: dict[str, Any] = {}
    for rang, adulte in enumerate(contenu.cotitulaires, start=1):
        ligne = _traits(adulte.identite) | _contacts(adulte.contact, ("telephone_portable",))
        ligne |= {
            "personne": adulte.personne,
            "lien_demandeur": adulte.lien_demandeur,
            "situation_familiale": adulte.situation_familiale,
        }
        valeurs |= {f"cotitulaires-{rang}-{nom}": valeur for nom, valeur in ligne.items()}
    for groupe, personnes in (
        ("enfants", contenu.foyer.personnes_a_charge),
        ("gardes", contenu.foyer.enfants_en_garde),
    ):
        for rang, personne in enumerate(personnes, start=1):
            valeurs |= {f"{groupe}-{rang}-{nom}": v for nom, v in personne.model_dump().items()}
        valeurs[f"{groupe}-nombre"] = len(personnes)
    naissances = contenu.foyer.enfants_a_naitre
    valeurs |= {"cotitulaires-nombre": len(contenu.cotitulaires)}
    return _brut(valeurs | {"nombre": naissances.nombre, "date_prevue": naissances.date_prevue})


def saisie_souhaits(contenu: Contenu, geographie: Geographie) -> Brut:
    """What would be typed to obtain the dwelling sought."""
    souhaits = contenu.souhaits
    valeurs: dict[str, Any] = {
        "categorie": souhaits.categorie,
        "loyer_maximum": souhaits.loyer_maximum,
        "accepte_autres_communes": souhaits.accepte_autres_communes,
        "types_logement": souhaits.types_logement,
    }
    for rang, lieu in enumerate(souhaits.localisations[:MAX_COMMUNES_ECRAN], start=1):
        commune = geographie.commune(lieu.commune) if lieu.commune else None
        valeurs[f"commune_{rang}"] = commune.libelle if commune else lieu.commune
    return _brut(valeurs)


def _traits(identite: Identite) -> dict[str, Any]:
    traits: dict[str, Any] = {trait: getattr(identite, trait) for trait in TRAITS}
    traits["civilite"] = "2" if identite.civilite == "3" else identite.civilite  # no longer offered
    return traits | {"date_naissance_presumee": "on" if identite.date_naissance_presumee else None}


def _contacts(contact: Contact, telephones: Iterable[str]) -> dict[str, Any]:
    numeros = {nom: getattr(contact, nom) for nom in telephones}
    return {nom: numero.saisi if numero else None for nom, numero in numeros.items()} | {
        "courriel": contact.courriel
    }


def _brut(valeurs: Valeurs) -> Brut:
    return {nom: _textes(valeur) for nom, valeur in valeurs.items() if valeur not in (None, "", ())}


def _textes(valeur: Any) -> list[str]:
    if isinstance(valeur, bool):
        return ["oui" if valeur else "non"]
    if isinstance(valeur, date):
        return [valeur.strftime("%d/%m/%Y")]
    if isinstance(valeur, Decimal):
        return [f"{valeur.normalize():f}".replace(".", ",")]
    return [str(v) for v in valeur] if isinstance(valeur, tuple) else [str(valeur)]
