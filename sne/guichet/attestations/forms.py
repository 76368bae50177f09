"""What is typed about attestations: which kind to issue, how one was given, what was done by hand."""

from collections.abc import Iterable
from typing import Any

from django import forms

from sne.attestations.rules import CANAUX_CONSIGNES, LIBELLES_CANAL_REMISE, CanalRemise, Modele
from sne.socle.forms import Choix, Formulaire, Texte

CANAUX = [(canal.value, LIBELLES_CANAL_REMISE[canal]) for canal in CANAUX_CONSIGNES]
PREVUS = [(canal.value, libelle) for canal, libelle in LIBELLES_CANAL_REMISE.items()]


class FormulaireSuite(Formulaire):
    """How the household got its attestation."""

    suite = Texte(
        label="Suite donnée",
        help_text="Par exemple\u00a0: établie à la main et remise en main propre",
        max_length=300,
        absence="Dites en une phrase comment l’attestation a été remise.",
    )


class FormulaireModele(Formulaire):
    """Which attestation to issue; the simplified one when nothing is said."""

    modele = Choix(label="Modèle", choices=[(m.value, m.value) for m in Modele], required=False)

    def clean_modele(self) -> Modele:
        """The kind asked for."""
        return Modele(self.cleaned_data["modele"] or Modele.SIMPLIFIEE)


class FormulaireRemise(Formulaire):
    """How an attestation was given to the household."""

    canal = Choix(label="Remise", choices=CANAUX, absence="Choisissez comment l’attestation a été remise.")

    def clean_canal(self) -> CanalRemise:
        """The way it was given."""
        return CanalRemise(self.cleaned_data["canal"])


class FormulaireFiltre(Formulaire):
    """What a list shows: one counter of the territory, one way of handing over. A wrong value filters nothing."""

    guichet = Choix(label="Guichet", required=False, widget=forms.Select())
    remise = Choix(
        label="Remise prévue", required=False, widget=forms.Select(), choices=[("", "Toutes"), *PREVUS]
    )

    def __init__(self, *args: Any, guichets: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choix = list(guichets)
        if choix:
            self.fields["guichet"].choices = [("", "Tous"), *choix]
        else:
            del self.fields["guichet"]
