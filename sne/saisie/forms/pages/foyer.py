"""Step « Le foyer »: everybody else who will live in the dwelling."""

from collections.abc import Sequence
from secrets import token_hex
from typing import Any, override

from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.types_de_champ import MAX_COTITULAIRES
from sne.saisie.brut import Brut, nombre_de_lignes, premier
from sne.saisie.composition import foyer as composition
from sne.saisie.composition.textes import Valeurs, demandeur_de
from sne.saisie.forms.champs import Cadre
from sne.saisie.forms.foyer import (
    MAX_CHARGES,
    MAX_GARDES,
    FormulaireCharge,
    FormulaireCotitulaire,
    FormulaireGarde,
    FormulaireNaissances,
)
from sne.saisie.forms.lignes import Lignes, construire, propres
from sne.saisie.forms.pages.page import Page, Saisie
from sne.socle.forms import Formulaire

LIENS = {"M": "M", "P": "P", "U": "C"}
"""Family situation of the applicant → link of the other adult, where only one makes sense."""


class PageFoyer(Page):
    """Co-holders, dependants, children hosted part of the time, births expected."""

    code = "foyer"
    titre = "Le foyer"
    objet = "le foyer"
    gabarit = "saisie/champs_foyer.html"
    chemins = ("cotitulaires", "foyer")
    etat_civil = True
    groupes = {"cotitulaires": MAX_COTITULAIRES, "enfants": MAX_CHARGES, "gardes": MAX_GARDES}
    premiers_champs = {"cotitulaires": "lien_demandeur", "enfants": "nom", "gardes": "date_naissance"}
    sans_valeur = {
        "cotitulaires": FormulaireCotitulaire.sans_valeur,
        "enfants": FormulaireCharge.sans_valeur,
        "gardes": FormulaireGarde.sans_valeur,
    }

    def __init__(self, brut: Saisie, **options: Any) -> None:
        super().__init__(brut, **options)
        communs: dict[str, Any] = {"controler": self.controler, "cadre": self.cadre}
        self.cotitulaires = Lignes(
            "cotitulaires",
            FormulaireCotitulaire,
            brut,
            maximum=MAX_COTITULAIRES,
            nommer=lambda rang, _: f"Cotitulaire {rang}",
            **communs,
        )
        self.enfants = Lignes(
            "enfants", FormulaireCharge, brut, maximum=MAX_CHARGES, nommer=nommer_charge, **communs
        )
        self.gardes = Lignes(
            "gardes",
            FormulaireGarde,
            brut,
            maximum=MAX_GARDES,
            nommer=lambda rang, _: f"Enfant accueilli {rang}",
            **communs,
        )
        self.naissances = construire(FormulaireNaissances, brut, controler=self.controler)
        connus = {c.personne: c.identite for c in self.contenu.cotitulaires if c.personne}
        for formulaire in self.cotitulaires.formulaires:
            formulaire.refuser_case_si_connu(connus.get(propres(formulaire).get("personne") or ""))

    @classmethod
    def saisie(cls, contenu: Contenu, cadre: Cadre) -> Brut:
        return composition.saisie_foyer(contenu, cadre.geographie)

    @classmethod
    @override
    def proposer_lignes(cls, brut: Brut, groupe: str, contenu: Contenu) -> Brut:
        """The surname of a child, the link of the first other adult: as the rest of the household says them."""
        demandeur = demandeur_de(contenu)
        rangs = range(1, nombre_de_lignes(brut, groupe) + 1)
        if groupe == "enfants":
            dits = [premier(brut, f"enfants-{rang}-nom") for rang in rangs]
            parents = (premier(brut, "cotitulaires-1-nom_naissance"), demandeur.identite.nom_naissance)
            nom = next(filter(None, (*reversed(dits), *parents)), "")
            noms = {f"enfants-{rang}-nom": [dit or nom] for rang, dit in zip(rangs, dits, strict=True)}
            return brut | noms | {"enfants-propose": [nom]}
        lien = LIENS.get(demandeur.situation_familiale or "")
        if groupe == "cotitulaires" and lien and not premier(brut, "cotitulaires-1-lien_demandeur"):
            deduit = {"lien_demandeur": lien, "situation_familiale": demandeur.situation_familiale or ""}
            return brut | {f"cotitulaires-1-{nom}": [code] for nom, code in deduit.items()}
        return brut

    @classmethod
    def completer(cls, brut: Brut) -> Brut:
        """Each dependant gets a key that no other ever had: disability sheets point at it."""
        rangs = range(1, nombre_de_lignes(brut, "enfants") + 1)
        cles = {f"enfants-{rang}-identifiant" for rang in rangs}
        return brut | {cle: [f"p{token_hex(4)}"] for cle in cles if not premier(brut, cle)}

    @property
    def enfants_proposes(self) -> str:
        """The surname that was put in rows of dependants: alone, it says nothing."""
        return premier(self.brut, "enfants-propose")

    @property
    def formulaires(self) -> list[Formulaire]:
        return [*self.cotitulaires, *self.enfants, *self.gardes, self.naissances]

    def composer(self, contenu: Contenu) -> Contenu:
        return self._avec(contenu, self.cotitulaires.remplies, self.enfants.remplies)

    def _avec(self, contenu: Contenu, cotitulaires: Sequence[Valeurs], charges: Sequence[Valeurs]) -> Contenu:
        return composition.avec_foyer(
            contenu,
            cotitulaires=cotitulaires,
            charges=charges,
            gardes=self.gardes.remplies,
            naissances=propres(self.naissances),
            geographie=self.cadre.geographie,
        )

    @override
    def montrer(self, contenu: Contenu) -> Contenu:
        return self._avec(
            contenu, *([propres(f) for f in lignes] for lignes in (self.cotitulaires, self.enfants))
        )

    def nirs(self) -> dict[str, str]:
        lignes = enumerate(self.cotitulaires.remplies, start=1)
        return {f"cotitulaire:{rang}": ligne["nir"] for rang, ligne in lignes if ligne.get("nir")}


def nommer_charge(rang: int, brut: Saisie) -> str:
    """« Enfant 3 », or « Personne à charge 3 » when the link chosen is not a child."""
    return (
        f"Enfant {rang}"
        if premier(brut, f"enfants-{rang}-lien_parente") in {"", "E"}
        else f"Personne à charge {rang}"
    )
