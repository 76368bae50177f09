"""The copy of a history as a tagged file: handed over and told to the journal in one go, or neither."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from sne.attestations import rendu
from sne.attestations.actions.remettre import FichierRemis
from sne.attestations.rules import GlypheManquant
from sne.attestations.rules.historique import COUPEE, RESERVEES, DonneesHistorique, LigneImprimee
from sne.registre.lecture.actions.historique_demandeur import Copie, Format, remettre_historique
from sne.registre.lecture.selectors.historique_demandeur import LigneMontree
from sne.registre.rattachement.actions.historique import copier_son_historique
from sne.registre.rattachement.selectors.visites import Visite
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from sne.socle.templatetags.socle_tags import heure_fr, instant_fr, jour_en_lettres

SANS_DESSIN = "Un signe de cet historique ne peut pas être imprimé. Choisissez le format CSV."


@transaction.atomic
def imprimer_historique(nud: str, *, rang: int, verifiee: bool, acte: Acte) -> FichierRemis:
    """The copy of a demande's history for one of its adults, as a PDF.

    Raises as :func:`remettre_historique`, and ``Interdit`` on a sign that cannot be drawn: nothing is journalled then.
    """
    return _imprimer(remettre_historique(nud, rang=rang, format_=Format.PDF, verifiee=verifiee, acte=acte))


@transaction.atomic
def imprimer_son_historique(visite: Visite, *, survenu_le: datetime) -> FichierRemis:
    """The same, taken online by who is surely its holder. Raises as :func:`copier_son_historique`, and ``Interdit``."""
    return _imprimer(copier_son_historique(visite, Format.PDF, survenu_le=survenu_le))


def _imprimer(copie: Copie) -> FichierRemis:
    try:
        contenu = rendu.rendre_historique(_donnees(copie))
    except GlypheManquant:
        raise Interdit(SANS_DESSIN, champ="format") from None
    return FichierRemis(nom=f"historique-{copie.demande.nud}.pdf", contenu=contenu)


def _donnees(copie: Copie) -> DonneesHistorique:
    return DonneesHistorique(
        numero=copie.demande.nud,
        nom=copie.adulte.nom,
        le=horloge.jour(copie.le),
        lignes=tuple(_ligne(ligne) for ligne in copie.lignes),
        avertissements=tuple(
            phrase for phrase, vrai in ((COUPEE, copie.coupe), (RESERVEES, copie.reserves)) if vrai
        ),
        demonstration=settings.DEMONSTRATION,
    )


def _ligne(ligne: LigneMontree) -> LigneImprimee:
    return LigneImprimee(
        jour=ligne.jour,
        quand=f"{jour_en_lettres(ligne.jour)} à {heure_fr(ligne.instant)}",
        phrase=ligne.phrase,
        role=ligne.role,
        raison=ligne.raison,
        changements=tuple((c.libelle, c.avant.dit, c.apres.dit, c.muet) for c in ligne.changements),
        preuve=_preuve(ligne),
        attente=ligne.attente,
    )


def _preuve(ligne: LigneMontree) -> tuple[str, ...]:
    reference = f"Référence {ligne.id}"
    if ligne.scelle is None:
        return reference, "sceau à venir"
    sceau = ligne.scelle
    return (
        reference,
        f"sceau {sceau.scellement}, ligne {sceau.rang}, posé le {instant_fr(sceau.scelle_le)}",
        f"empreinte {sceau.empreinte}",
    )
