"""An address and a name as an envelope takes them, line by line. Pure."""

from sne.referentiels.rules import Geographie
from sne.registre.contenu.rules import arbre


def lignes_d_adresse(adresse: arbre.Adresse | None, geographie: Geographie) -> tuple[str, ...]:
    """An address as on an envelope, one line each; empty when there is none."""
    if adresse is None:
        return ()
    logement = _joindre(
        [(adresse.appartement, "Appartement "), (adresse.etage, "Étage "), (adresse.escalier, "Escalier ")]
    )
    batiment = _joindre([(adresse.batiment, "Bâtiment "), (adresse.complement, "")])
    lignes = (
        f"Chez {adresse.hebergeant}" if adresse.hebergeant else "",
        logement,
        batiment,
        " ".join(filter(None, (adresse.numero, adresse.voie))),
        adresse.lieu_dit or "",
        localite(adresse, geographie),
    )
    return tuple(filter(None, lignes))


def localite(lieu: arbre.Localite, geographie: Geographie) -> str:
    """« 99240 Les Ormeaux », or city and country abroad."""
    if lieu.etranger or lieu.renseignee_a_l_etranger:
        ville = " ".join(filter(None, (lieu.code_postal_etranger, lieu.ville_etrangere)))
        return ", ".join(filter(None, (ville, lieu.pays)))
    nom = geographie.nom_commune(lieu.commune) if lieu.commune else ""
    return " ".join(filter(None, (lieu.code_postal, nom)))


def nom_sur_l_enveloppe(prenoms: str, *, nom_naissance: str, nom_usage: str) -> str:
    """The first of the first names, the used name when there is one."""
    prenom = prenoms.replace(",", " ").split(" ")[0]
    return f"{prenom} {nom_usage or nom_naissance}".strip()


def _joindre(morceaux: list[tuple[str | None, str]]) -> str:
    return ", ".join(f"{mot}{valeur}" for valeur, mot in morceaux if valeur)
