"""What is known of the addresses and companies of a file, in words: what nobody checked is said « non vérifiée »."""

from collections.abc import Iterable, Mapping

from sne.registre.verification.rules.cles import Source
from sne.registre.verification.rules.etats import EtatVerification
from sne.registre.verification.selectors import Verifie
from sne.saisie.forms.pages import page_du_chemin
from sne.saisie.presentation.mots import Bloc, Ligne
from sne.socle.templatetags.socle_tags import date_fr

TITRE = "Vérifications"
NON_VERIFIEE = "Non vérifiée."
SOURCES: Mapping[Source, str] = {
    Source.BAN: "Base adresse nationale",
    Source.INDEX: "index des adresses de ce service",
    Source.ENTREPRISES: "Recherche d’entreprises",
    Source.BAILLEURS: "liste des bailleurs sociaux",
}


def bloc_des_verifications(verifies: Iterable[Verifie], code: str) -> list[Bloc]:
    """The lines about what is typed on one page; none when there is nothing to check there."""
    lignes = [
        Ligne(v.lieu.libelle, dire_verification(v)) for v in verifies if page_du_chemin(v.lieu.chemin) == code
    ]
    return [Bloc(lignes, TITRE)] if lignes else []


def dire_verification(v: Verifie) -> str:
    """A sentence; a proposal is never more than that."""
    if v.etat is None or v.source is None or v.le is None:
        return NON_VERIFIEE if v.lieu.adresse else "Numéro non vérifié."
    qui = f"le {date_fr(v.le)}, {SOURCES[v.source]}"
    match v.etat:
        case EtatVerification.VERIFIEE:
            return f"Vérifiée {qui}\u00a0: {v.libelle}"
        case EtatVerification.PROPOSEE:
            return f"{NON_VERIFIEE} Proposition trouvée {qui}\u00a0: {v.libelle}. Demandez à la personne."
        case EtatVerification.NON_TROUVEE:
            return f"{NON_VERIFIEE} Aucune adresse semblable {qui}."
        case EtatVerification.ACTIVE:
            return f"Numéro vérifié {qui}\u00a0: {v.libelle}"
        case _:
            return f"{v.avis} ({qui}) {v.libelle}".rstrip()
