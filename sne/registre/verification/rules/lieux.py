"""What a content holds that can be checked: its addresses in France, the numbers of its companies."""

from collections.abc import Iterator
from dataclasses import dataclass

from sne.registre.contenu.rules.arbre.lieux import Adresse
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import adultes
from sne.registre.verification.rules.cles import cle_d_adresse, cle_d_entreprise


@dataclass(frozen=True, slots=True)
class Lieu:
    """One place of a content. ``cle``: what it says; ``adresse``: if it is one, else ``cle`` is a SIREN or a SIRET."""

    chemin: str
    libelle: str
    cle: str
    adresse: Adresse | None = None


def lieux_a_verifier(contenu: Contenu) -> tuple[Lieu, ...]:
    """Each of them that is typed, in the order of the content; an address abroad is nobody's to check."""
    return tuple(lieu for lieu in (*_adresses(contenu), *_entreprises(contenu)) if lieu.cle)


def _adresses(contenu: Contenu) -> Iterator[Lieu]:
    titulaire, nom = (
        contenu.demandeur or contenu.association,
        "demandeur" if contenu.demandeur else "association",
    )
    if titulaire is not None:
        yield _adresse(f"{nom}.adresse_courrier", "Adresse où écrire", titulaire.adresse_courrier)
    yield _adresse(
        "logement_actuel.adresse", "Adresse où la personne habite", contenu.logement_actuel.adresse
    )


def _adresse(chemin: str, libelle: str, adresse: Adresse | None) -> Lieu:
    lue = adresse or Adresse()
    cle = cle_d_adresse(
        numero=lue.numero,
        voie=lue.voie or lue.lieu_dit,
        code_postal=lue.code_postal,
        commune=None if lue.etranger else lue.commune,
    )
    return Lieu(chemin, libelle, cle, lue)


def _entreprises(contenu: Contenu) -> Iterator[Lieu]:
    for rang, (_, adulte) in enumerate(adultes(contenu)):
        qui = f"cotitulaires[{rang - 1}]" if rang else "demandeur"
        siret = adulte.situation_professionnelle.employeur_siret
        chemin = f"{qui}.situation_professionnelle.employeur_siret"
        yield Lieu(chemin, "Employeur", cle_d_entreprise(siret))
    siren = contenu.logement_actuel.bailleur_social.siren
    yield Lieu("logement_actuel.bailleur_social.siren", "Bailleur", cle_d_entreprise(siren))
