"""Addresses proposed for a street that is typed, in the commune typed beside it."""

from collections.abc import Mapping

from sne.connecteurs.adresses.rules import lire_question
from sne.connecteurs.allumage import adresses_en_local
from sne.connecteurs.ban.port import chercher_adresses
from sne.connecteurs.ban.rules import Adresse, Nature, RechercheAdresse
from sne.connecteurs.rules import Motif, SansReponse
from sne.referentiels.rules import Geographie, Trouvee
from sne.registre.verification.rules.cles import Source, cle_d_adresse
from sne.registre.verification.rules.etats import EtatVerification
from sne.saisie.propositions.choix import Choix
from sne.saisie.propositions.dites import Ou, Proposition, Propositions, proposees, sans_aide

GARDEE = (
    "Cette adresse n’est cherchée nulle part\u00a0: elle ne quitte pas le service tant que les motifs de la demande ne "
    "sont pas saisis, ni si elle est à protéger. Continuez à la main."
)
NUMERO_INCONNU = "Le n°\u00a0{} n’y est pas connu."


def proposer_adresses(valeurs: Mapping[str, str], *, geographie: Geographie, ou: Ou) -> Propositions:
    """What answers « 12 », « rue des til », « 99240 », « les ormeaux »; an address to protect is told to nobody."""
    voie = valeurs.get("voie", "")
    texte = voie if _numero(voie) else f"{valeurs.get('numero', '')} {voie}".strip()
    dit = chercher_adresses(_situer(texte, valeurs, geographie, protegee=not ou.dehors), pour=ou.pour)
    if isinstance(dit, SansReponse):
        gardee = not ou.dehors and dit.motif is Motif.ETEINT
        return Propositions(voie, phrase=GARDEE, aide=False) if gardee else sans_aide(voie, dit)
    source = Source.BAN if ou.dehors and not adresses_en_local() else Source.INDEX
    numero = _numero(texte) or valeurs.get("numero", "")
    trouvees = [a for a in dit.valeur if a.nature is not Nature.COMMUNE]
    return proposees("voie", voie, tuple(_ligne(a, numero, source=source, ou=ou) for a in trouvees))


def _numero(texte: str) -> str:
    """The number that a line begins with: « 12 bis »."""
    return lire_question(f"{texte} ").numero


def _situer(
    texte: str, valeurs: Mapping[str, str], geographie: Geographie, *, protegee: bool
) -> RechercheAdresse:
    """The commune narrows the search when it is known without doubt; else what was typed of it goes with the street."""
    nom, code_postal = valeurs.get("commune", ""), valeurs.get("code_postal", "").replace(" ", "")
    resolution = geographie.resoudre_partout(nom, code_postal) if nom or code_postal else None
    if isinstance(resolution, Trouvee):
        return RechercheAdresse(texte, code_commune=resolution.commune.code, protegee=protegee)
    return RechercheAdresse(" ".join(filter(None, (texte, code_postal, nom))), protegee=protegee)


def _ligne(a: Adresse, numero: str, *, source: Source, ou: Ou) -> tuple[Proposition, Choix]:
    """The number that was typed stays, known or not; an address is checked only with one that is known."""
    valeurs = {
        "numero": a.numero or numero,
        "voie": a.voie,
        "code_postal": a.code_postal,
        "commune": a.commune,
    }
    connu = a.numero or not numero
    lieu = {nom: valeurs[nom] for nom in ("numero", "voie", "code_postal")}
    cle = cle_d_adresse(**lieu, commune=a.code_commune) if connu else ""
    detail = "" if connu else NUMERO_INCONNU.format(numero)
    choix = Choix(
        valeurs,
        cle=cle,
        etat=EtatVerification.VERIFIEE,
        libelle=a.libelle,
        source=source,
        le=ou.le.isoformat(),
    )
    return Proposition(a.libelle, valeurs, detail), choix
