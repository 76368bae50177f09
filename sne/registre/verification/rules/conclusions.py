"""What is concluded of what a service answered: verified, proposed, found nowhere; open, closed, hidden."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sne.connecteurs.ban.rules import Adresse, Nature
from sne.connecteurs.entreprises.rules.etats import (
    INTROUVABLE,
    Entreprise,
    Etablissement,
    Etat,
    dire_entreprise,
    dire_etablissement,
)
from sne.connecteurs.entreprises.rules.numeros import SIRET
from sne.registre.verification.rules.cles import Source, cle_d_adresse
from sne.registre.verification.rules.etats import EtatVerification
from sne.registre.verification.rules.lieux import Lieu


@dataclass(frozen=True, slots=True)
class Constat:
    """One conclusion, about what ``cle`` says at ``chemin``. ``saisi``: what was typed to find it, when somebody chose.

    ``libelle``: the address or the company as the source names it; ``avis``: a sentence on it.
    """

    chemin: str
    cle: str
    etat: EtatVerification
    source: Source
    le: date
    libelle: str = ""
    avis: str = ""
    saisi: str = ""


def conclure_adresse(
    lieu: Lieu, trouvees: Sequence[Adresse], *, source: Source, le: date, certitude: float
) -> Constat:
    """The first answer speaks: the very address, or one so close that has its number, or one to be proposed."""
    trouvee = next((a for a in trouvees if a.nature is not Nature.COMMUNE), None)
    if trouvee is None:
        return Constat(lieu.chemin, lieu.cle, EtatVerification.NON_TROUVEE, source, le)
    meme = lieu.cle == cle_d_adresse(
        numero=trouvee.numero,
        voie=trouvee.voie,
        code_postal=trouvee.code_postal,
        commune=trouvee.code_commune,
    )
    sure = meme or (trouvee.nature is Nature.NUMERO and trouvee.score >= certitude)
    etat = EtatVerification.VERIFIEE if sure else EtatVerification.PROPOSEE
    return Constat(lieu.chemin, lieu.cle, etat, source, le, trouvee.libelle)


def conclure_entreprise(lieu: Lieu, trouvees: Sequence[Entreprise], *, le: date) -> Constat:
    """What became of the company of this number, or of its establishment."""
    if not trouvees:
        return Constat(
            lieu.chemin, lieu.cle, EtatVerification.INTROUVABLE, Source.ENTREPRISES, le, avis=INTROUVABLE
        )
    entreprise = trouvees[0]
    vue = entreprise.etablissements[0] if len(lieu.cle) == SIRET else entreprise
    return Constat(
        lieu.chemin,
        lieu.cle,
        etat_de(vue),
        Source.ENTREPRISES,
        le,
        entreprise.nom,
        dire_entreprise(vue) if isinstance(vue, Entreprise) else dire_etablissement(vue),
    )


def etat_de(vue: Entreprise | Etablissement) -> EtatVerification:
    """Closed is said before hidden: it asks for something."""
    if vue.etat is Etat.FERME:
        return EtatVerification.FERMEE
    masquee = vue.masquee if isinstance(vue, Entreprise) else vue.masque
    return EtatVerification.MASQUEE if masquee else EtatVerification.ACTIVE
