"""The dwelling sought."""

from sne.registre.contenu.rules.arbre.souhaits import Localisation, Souhaits
from sne.saisie.presentation.mots import Lecture, Ligne, dites, euros, oui_non


def lignes_souhaits(souhaits: Souhaits, lecture: Lecture) -> list[Ligne]:
    """The dwelling sought."""
    types = [lecture.libelle("ListeTypeLogement", code) for code in souhaits.types_logement]
    communes = [
        f"{rang}.\u00a0{_lieu(lieu, lecture)}"
        for rang, lieu in enumerate(souhaits.localisations, start=1)
        if lieu.commune
    ]
    loyer = f"{euros(souhaits.loyer_maximum)} charges comprises" if souhaits.loyer_maximum is not None else ""
    ailleurs = {None: "", True: "Accepte le reste du territoire", False: "Ces communes seulement"}
    categorie = lecture.libelle("ListeCategorieLogementRecherche", souhaits.categorie)
    return [
        Ligne("Taille", ", ".join(types)),
        Ligne("Catégorie", categorie),
        Ligne("Communes", ", ".join(communes)),
        Ligne("Loyer maximum", loyer),
        Ligne("Ailleurs", ailleurs[souhaits.accepte_autres_communes]),
        *dites(
            [
                Ligne("Accepte un rez-de-chaussée", oui_non(souhaits.accepte_rez_de_chaussee)),
                Ligne("Accepte sans ascenseur", oui_non(souhaits.accepte_sans_ascenseur)),
                Ligne("Accepte un quartier prioritaire", oui_non(souhaits.accepte_quartier_prioritaire)),
                Ligne("Stationnement", oui_non(souhaits.avec_stationnement)),
                Ligne("Colocation", oui_non(souhaits.colocation)),
            ]
        ),
    ]


def _lieu(lieu: Localisation, lecture: Lecture) -> str:
    """« Clairval », or « Clairval (les Tilleuls) »."""
    nom = lecture.geographie.nom_commune(lieu.commune or "")
    return f"{nom} ({lieu.quartier})" if lieu.quartier else nom
