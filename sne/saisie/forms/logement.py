"""Forms of the present dwelling, of another that is owned, and of the reasons to ask for one."""

from datetime import date
from typing import Any

from django import forms

from sne.registre.contenu.rules.controles.logement import HLM, NOMMES, SEJOURS
from sne.registre.contenu.rules.controles.souhaits import AUTRE
from sne.saisie.forms.champs import Cadre, Chiffres, Montant, Nombre, OuiNon, TexteLong, laisser_voir_le_vide
from sne.saisie.forms.localite import FormulaireLocalite
from sne.saisie.forms.propose import ChoixFait, TextePropose
from sne.socle.forms import HORS_LISTE, Cases, Choix, DateSaisie, Formulaire, Texte

MAX_HABITANTS = 99
NOMBRE_DE_MOTIFS = 3
FUTURE = "Cette date est dans l’avenir. Vérifiez l’année."


class FormulaireLogement(Formulaire):
    """Where the household lives (CCH R441-2-2, f). The details of a status are asked once it is chosen."""

    statut = Choix(label="Situation de logement", widget=forms.Select())
    autres_statuts = forms.MultipleChoiceField(
        label="Autres situations déclarées",
        required=False,
        widget=Cases(),
        error_messages={"invalid_choice": HORS_LISTE},
    )
    bailleur_social__nom = TextePropose(
        "bailleur_social__nom", label="Nom du bailleur social", help_text="Son nom, ou son SIREN"
    )
    bailleur_social__nom_choix = ChoixFait()
    bailleur_social__siren = Chiffres(label="SIREN du bailleur", longueur=9, help_text="9 chiffres")
    residence_sociale__depuis = DateSaisie(
        label="En résidence sociale, foyer ou pension de famille depuis le"
    )
    residence_hoteliere__depuis = DateSaisie(label="En résidence hôtelière à vocation sociale depuis le")
    sous_location__depuis = DateSaisie(label="Sous-locataire ou hébergé à titre temporaire depuis le")
    structure_hebergement__nom = Texte(label="Nom de la structure d’hébergement")
    structure_hebergement__depuis = DateSaisie(label="En structure d’hébergement depuis le")
    centre_enfance__nom = Texte(label="Nom du centre")
    centre_enfance__depuis = DateSaisie(label="Dans ce centre depuis le")
    date_entree = DateSaisie(label="Y habite depuis le")
    nombre_habitants = Nombre(label="Nombre de personnes qui y habitent", maximum=MAX_HABITANTS)
    categorie = Choix(label="Appartement ou maison")
    type = Choix(label="Taille", widget=forms.Select())
    surface = Montant(label="Surface, en mètres carrés", max_value=9999)
    loyer_mensuel = Montant(label="Loyer par mois, en euros", help_text="Charges comprises")
    aide_logement_mensuelle = Montant(label="Aide au logement par mois, en euros", help_text="APL ou AL")

    def __init__(self, *args: Any, cadre: Cadre, autres: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cadre = cadre
        self.fields["statut"].choices = cadre.choix("ListeModeleLogement", vide="Choisir")
        self.fields["categorie"].choices = cadre.choix("ListeCategorieLogement")
        self.fields["type"].choices = cadre.choix("ListeTypeLogement", vide="Choisir")
        # A file received from elsewhere may declare several statuses: each is shown, and may be taken out.
        libelle = cadre.nomenclatures.libelle
        self.fields["autres_statuts"].choices = [(c, libelle("ListeModeleLogement", c)) for c in autres]
        laisser_voir_le_vide(self.fields.values())

    def clean(self) -> dict[str, Any]:
        """Since when and where, for the statuses that ask it; no future date (contents rule 11)."""
        donnees: dict[str, Any] = super().clean() or {}
        statuts = {donnees.get("statut"), *donnees.get("autres_statuts", ())}
        for sejour, statut in SEJOURS.items():
            if statut in statuts:
                self.exiger(donnees, f"{sejour}__depuis", "Tapez la date d’arrivée.")
                if sejour in NOMMES:
                    self.exiger(donnees, f"{sejour}__nom", "Tapez-le.")
        if HLM in statuts:
            self.exiger(donnees, "bailleur_social__nom", "Tapez le nom du bailleur.")
        for nom, valeur in [*donnees.items()]:
            if isinstance(valeur, date) and valeur > self.cadre.aujourd_hui:
                self.add_error(nom, FUTURE)
        return donnees


class FormulairePossede(FormulaireLocalite):
    """Another dwelling owned, anywhere (contents rule 13)."""

    possede = OuiNon(label="Possède un autre logement", required=False)
    type_possede = Choix(label="Taille de ce logement", widget=forms.Select())

    field_order = ("possede", "type_possede")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["type_possede"].choices = self.cadre.choix("ListeTypeLogement", vide="Choisir")
        self.fields["pays_adresse"].label = "Ce logement se trouve"

    def clean(self) -> dict[str, Any]:
        """An owned dwelling has a type and a place."""
        donnees = super().clean()
        if donnees.get("possede"):
            self.exiger(donnees, "type_possede", "Choisissez sa taille.")
            lieu = "ville_etrangere" if donnees.get("pays_adresse") == "etranger" else "commune"
            self.exiger(donnees, lieu, "Tapez où il se trouve.")
        return donnees


class FormulaireMotifs(Formulaire):
    """Why they ask: up to three reasons, the main one first (CCH R441-2-2, g)."""

    motif_1 = Choix(label="Motif principal", widget=forms.Select())
    motif_2 = Choix(label="Deuxième motif", widget=forms.Select())
    motif_3 = Choix(label="Troisième motif", widget=forms.Select())
    date_jugement_expulsion = DateSaisie(
        label="Date du jugement d’expulsion", help_text="Si un jugement a été rendu"
    )
    autre_motif = TexteLong(label="Autre motif", help_text="En quelques mots, sans information de santé")

    def __init__(self, *args: Any, cadre: Cadre, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cadre = cadre
        for rang in range(1, NOMBRE_DE_MOTIFS + 1):
            self.fields[f"motif_{rang}"].choices = cadre.choix("ListeMotifDemande", vide="Choisir")
        laisser_voir_le_vide(self.fields.values())

    def clean(self) -> dict[str, Any]:
        """Each reason once, « other » said in words, no judgment of tomorrow (contents rule 14)."""
        donnees: dict[str, Any] = super().clean() or {}
        codes: list[str] = []
        for rang in range(1, NOMBRE_DE_MOTIFS + 1):
            code = donnees.get(f"motif_{rang}")
            if code and code in codes:
                self.add_error(f"motif_{rang}", "Ce motif est déjà choisi. Choisissez-en un autre.")
            elif code:
                codes.append(code)
        if AUTRE in codes and not donnees.get("autre_motif") and "autre_motif" not in self.errors:
            self.add_error("autre_motif", "Précisez-le en quelques mots.")
        jugement = donnees.get("date_jugement_expulsion")
        if jugement and jugement > self.cadre.aujourd_hui:
            self.add_error("date_jugement_expulsion", FUTURE)
        return {**donnees, "codes": codes}
