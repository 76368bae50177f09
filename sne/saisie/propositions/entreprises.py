"""Employers and landlords proposed for a name or a number: social landlords from our own list first."""

from collections.abc import Mapping

from sne.connecteurs.entreprises.port import chercher_entreprises
from sne.connecteurs.entreprises.rules.etats import (
    INTROUVABLE,
    Entreprise,
    Etablissement,
    dire_entreprise,
    dire_etablissement,
)
from sne.connecteurs.entreprises.rules.lecture import RechercheEntreprise
from sne.connecteurs.entreprises.rules.numeros import SIREN, SIRET, faute, lire_numero
from sne.connecteurs.rules import SansReponse
from sne.referentiels.rules import Geographie, Trouvee
from sne.referentiels.selectors import list_bailleurs_nommes
from sne.registre.verification.rules.cles import Source, cle_d_entreprise
from sne.registre.verification.rules.conclusions import etat_de
from sne.registre.verification.rules.etats import EtatVerification
from sne.saisie.propositions.choix import Choix
from sne.saisie.propositions.dites import Ou, Proposition, Propositions, proposees, sans_aide
from sne.socle.forms import LONGUEUR_TEXTE

LIGNES_MAX = 6
SANS_NOM = "Nom non montré"
EMPLOYEUR, SIRET_EMPLOYEUR = "employeur", "employeur_siret"
BAILLEUR, SIREN_BAILLEUR = "bailleur_social__nom", "bailleur_social__siren"


def proposer_employeurs(valeurs: Mapping[str, str], *, geographie: Geographie, ou: Ou) -> Propositions:
    """Establishments that answer the name, in the commune of work if it is known; or the one of a whole number."""
    saisi = valeurs[EMPLOYEUR]
    dit = _chercher(saisi or valeurs[SIRET_EMPLOYEUR], _commune(valeurs, geographie), ou)
    if isinstance(dit, Propositions):
        return _pour(dit, saisi)
    lignes = [_etablissement(e, v, ou) for e in dit for v in e.etablissements]
    return proposees(EMPLOYEUR, saisi, tuple(lignes[:LIGNES_MAX]))


def proposer_bailleurs(valeurs: Mapping[str, str], *, geographie: Geographie, ou: Ou) -> Propositions:  # noqa: ARG001 - as all
    """Social landlords of our own list; when none answers, companies."""
    saisi = valeurs[BAILLEUR]
    texte = saisi or valeurs[SIREN_BAILLEUR]
    connus = list_bailleurs_nommes(texte, le=ou.le)
    if connus:
        lignes = [_bailleur(siren, nom, ou) for siren, nom in connus.items()]
        return proposees(BAILLEUR, saisi, tuple(lignes[:LIGNES_MAX]))
    dit = _chercher(texte, "", ou)
    if isinstance(dit, Propositions):
        return _pour(dit, saisi)
    lignes = [_bailleur(e.siren, e.nom, ou, vue=e) for e in dit]
    return proposees(BAILLEUR, saisi, tuple(lignes[:LIGNES_MAX]))


def _pour(dites: Propositions, saisi: str) -> Propositions:
    return Propositions(saisi, phrase=dites.phrase, aide=dites.aide)


def _chercher(texte: str, commune: str, ou: Ou) -> tuple[Entreprise, ...] | Propositions:
    """The companies; or what is to be said instead: a wrong key asks nobody, and a right one may be shown by nobody."""
    numero = lire_numero(texte)
    entier = numero.isdigit() and len(numero) in {SIREN, SIRET}
    if entier and (fausse := faute(numero)):
        return Propositions("", phrase=fausse.value)
    dit = chercher_entreprises(RechercheEntreprise(texte, code_commune=commune), pour=ou.pour)
    if isinstance(dit, SansReponse):
        return sans_aide("", dit)
    return Propositions("", phrase=INTROUVABLE) if entier and not dit.valeur else dit.valeur


def _commune(valeurs: Mapping[str, str], geographie: Geographie) -> str:
    nom, code_postal = valeurs["commune"], valeurs["code_postal"].replace(" ", "")
    resolution = geographie.resoudre_partout(nom, code_postal) if nom else None
    return resolution.commune.code if isinstance(resolution, Trouvee) else ""


def _etablissement(e: Entreprise, v: Etablissement, ou: Ou) -> tuple[Proposition, Choix]:
    nom = e.nom or v.enseigne
    valeurs = {SIRET_EMPLOYEUR: v.siret} | ({EMPLOYEUR: nom[:LONGUEUR_TEXTE]} if nom else {})
    avis = dire_etablissement(v)
    detail = ". ".join(filter(None, (f"SIRET {v.siret}", v.adresse, avis)))
    choix = Choix(
        valeurs,
        cle=cle_d_entreprise(v.siret),
        etat=etat_de(v),
        libelle=nom or SANS_NOM,
        avis=avis,
        source=Source.ENTREPRISES,
        le=ou.le.isoformat(),
    )
    return Proposition(choix.libelle, valeurs, detail), choix


def _bailleur(siren: str, nom: str, ou: Ou, *, vue: Entreprise | None = None) -> tuple[Proposition, Choix]:
    """A landlord of our list, or a company (``vue``)."""
    avis = dire_entreprise(vue) if vue else ""
    valeurs = {SIREN_BAILLEUR: siren} | ({BAILLEUR: nom[:LONGUEUR_TEXTE]} if nom else {})
    choix = Choix(
        valeurs,
        cle=cle_d_entreprise(siren),
        etat=etat_de(vue) if vue else EtatVerification.ACTIVE,
        libelle=nom or SANS_NOM,
        avis=avis,
        source=Source.ENTREPRISES if vue else Source.BAILLEURS,
        le=ou.le.isoformat(),
    )
    detail = ". ".join(filter(None, (f"SIREN {siren}", avis if vue else "Bailleur social")))
    return Proposition(choix.libelle, valeurs, detail), choix
