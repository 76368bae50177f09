"""The household: co-holders, dependants, children in custody, births expected, to the tree and back."""

from collections.abc import Sequence
from typing import Any

from sne.referentiels.rules import Geographie
from sne.registre.contenu.rules.arbre.foyer import EnfantEnGarde, PersonneACharge
from sne.registre.contenu.rules.arbre.personnes import Cotitulaire
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.saisie.brut import Brut
from sne.saisie.composition.chemins import poser, tirer
from sne.saisie.composition.personne import identite, traits
from sne.saisie.composition.textes import Valeurs, en_brut, prefixer
from sne.saisie.forms.foyer import FormulaireCotitulaire, FormulaireNaissances
from sne.saisie.forms.personne import FormulaireContact


def avec_foyer(
    contenu: Contenu,
    *,
    cotitulaires: Sequence[Valeurs],
    charges: Sequence[Valeurs],
    gardes: Sequence[Valeurs],
    naissances: Valeurs,
    geographie: Geographie,
) -> Contenu:
    """The content with the other members of the household; known rows keep what this page does not show."""
    foyer = contenu.foyer.model_copy(
        update={
            "personnes_a_charge": _charges(contenu, charges),
            "enfants_en_garde": tuple(poser(EnfantEnGarde(), v) for v in gardes),
            "enfants_a_naitre": poser(contenu.foyer.enfants_a_naitre, naissances),
        }
    )
    adultes = tuple(
        _cotitulaire(_connu(contenu, rang, v), v, geographie) for rang, v in enumerate(cotitulaires)
    )
    return contenu.model_copy(update={"cotitulaires": adultes, "foyer": foyer})


def saisie_foyer(contenu: Contenu, geographie: Geographie) -> Brut:
    """What would be typed to obtain the other members of the household."""
    valeurs: dict[str, Any] = {}
    for rang, adulte in enumerate(contenu.cotitulaires, start=1):
        ligne = traits(adulte.identite, geographie) | tirer(adulte.contact, FormulaireContact)
        ligne |= tirer(adulte, FormulaireCotitulaire)
        valeurs |= prefixer(f"cotitulaires-{rang}", ligne)
    for groupe, personnes in (
        ("enfants", contenu.foyer.personnes_a_charge),
        ("gardes", contenu.foyer.enfants_en_garde),
    ):
        for rang, personne in enumerate(personnes, start=1):
            valeurs |= prefixer(f"{groupe}-{rang}", personne.model_dump())
        valeurs[f"{groupe}-nombre"] = len(personnes)
    naissances = contenu.foyer.enfants_a_naitre
    valeurs |= {"cotitulaires-nombre": len(contenu.cotitulaires)}
    return en_brut(valeurs | tirer(naissances, FormulaireNaissances))


def _connu(contenu: Contenu, rang: int, valeurs: Valeurs) -> Cotitulaire | None:
    """The co-holder that a row speaks of: by their key; by rank as long as nobody has one."""
    personne = valeurs.get("personne") or None
    if personne is None and rang < len(contenu.cotitulaires) and contenu.cotitulaires[rang].personne is None:
        return contenu.cotitulaires[rang]
    return next((c for c in contenu.cotitulaires if c.personne and c.personne == personne), None)


def _cotitulaire(connu: Cotitulaire | None, valeurs: Valeurs, geographie: Geographie) -> Cotitulaire:
    base = connu or Cotitulaire()
    return poser(base, {**valeurs, "personne": base.personne}).model_copy(
        update={
            "identite": identite(base.identite, valeurs, geographie),
            "contact": poser(base.contact, valeurs),
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
        charges.append(poser(PersonneACharge(identifiant=cle), {**v, "identifiant": cle}))
    return tuple(charges)
