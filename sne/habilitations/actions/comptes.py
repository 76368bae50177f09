"""Accounts: opening one, changing its password, giving a new way in."""

import base64
import uuid
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email
from django.db import IntegrityError, transaction

from sne.habilitations import policies
from sne.habilitations.models import Appareil, Compte
from sne.habilitations.models.appareils import SECRET_MAX
from sne.habilitations.possible import exiger_reinitialiser
from sne.habilitations.rules import normaliser_courriel, se_devine
from sne.habilitations.verbes import VerbeHabilitation
from sne.journal.actions import inscrire
from sne.journal.rules import Cote, Entree, Valeur
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, require
from sne.socle.horloge import jour
from sne.socle.lignes import trouver

LONGUEUR_COURRIEL, LONGUEUR_NOM = 254, 80  # signs, as the columns
SE_DEVINE = (
    "Mot de passe\u00a0: il se devine trop vite. Évitez les suites de touches, les répétitions et les mots attendus. "
    "Prenez plutôt quatre mots sans rapport entre eux."
)
PRENOM_DE_LOGICIEL = "Logiciel"
TAILLE_MINIMALE_CLE = 16  # bytes of a TOTP secret (RFC 4226, § 4)


@dataclass(frozen=True, slots=True)
class NouveauCompte:
    """A person to be. ``cle_totp`` (base32) is given when the second factor is handed over with the account.

    ``provisoire``: the password serves once, to choose another one.
    """

    courriel: str
    prenom: str
    nom: str
    mot_de_passe: str
    cle_totp: str = ""
    provisoire: bool = True


@dataclass(frozen=True, slots=True)
class NouveauLogiciel:
    """The account of a software to be: nobody signs in by it. ``courriel``: where its vendor is written to."""

    courriel: str
    nom: str


def creer_compte(nouveau: NouveauCompte | NouveauLogiciel, *, acte: Acte) -> uuid.UUID:
    """Open an account without any role; returns its identifier (CCH R441-2-5 II).

    Raises ``NonHabilite``, or ``Interdit`` (address unreadable or already used, empty name, weak password, bad secret).
    """
    mandat = policies.require_mandat(
        policies.mandat_pour_creer_compte(acte.acteur),
        "Vous ne pouvez pas créer un compte : demandez au gestionnaire territorial.",
    )
    compte = _construire(nouveau, cree_le=acte.survenu_le)
    totp = nouveau.cle_totp if isinstance(nouveau, NouveauCompte) else ""
    cle = _lire_cle(totp) if totp else b""
    try:
        with transaction.atomic():
            compte.save(force_insert=True)
            if cle:
                Appareil.objects.create(
                    user=compte, name="remis avec le compte", key=cle.hex(), confirmed=True
                )
            inscrire(
                Entree(
                    VerbeHabilitation.CREER_COMPTE,
                    acte,
                    role=mandat.role,
                    faits={"compte": str(compte.id), "second_facteur_remis": bool(cle)},
                    valeurs=_valeurs(courriel=compte.courriel, prenom=compte.prenom, nom=compte.nom),
                )
            )
    except IntegrityError as exc:
        raise Interdit(
            "Adresse électronique : un compte existe déjà avec cette adresse. Une adresse désigne une seule personne.",
            champ="courriel",
        ) from exc
    return compte.id


def _construire(nouveau: NouveauCompte | NouveauLogiciel, *, cree_le: datetime) -> Compte:
    compte = Compte(courriel=normaliser_courriel(nouveau.courriel), nom=nouveau.nom.strip(), cree_le=cree_le)
    if isinstance(nouveau, NouveauLogiciel):
        compte.prenom, compte.logiciel = PRENOM_DE_LOGICIEL, True
    else:
        compte.prenom, compte.mot_de_passe_provisoire = nouveau.prenom.strip(), nouveau.provisoire
    try:
        validate_email(compte.courriel)
        MaxLengthValidator(LONGUEUR_COURRIEL)(compte.courriel)
    except ValidationError as exc:
        raise Interdit(
            "Adresse électronique : elle ne se lit pas. Vérifiez-la, par exemple prenom.nom@exemple.fr.",
            champ="courriel",
        ) from exc
    for champ, libelle in (("prenom", "Prénom"), ("nom", "Nom")):
        if not 0 < len(getattr(compte, champ)) <= LONGUEUR_NOM:
            raise Interdit(f"{libelle} : 1 à {LONGUEUR_NOM} signes sont attendus. Corrigez-le.", champ=champ)
    if isinstance(nouveau, NouveauLogiciel):
        compte.set_unusable_password()
    else:
        _poser_mot_de_passe(compte, nouveau.mot_de_passe, champ="mot_de_passe")
    return compte


def _poser_mot_de_passe(compte: Compte, mot_de_passe: str, *, champ: str) -> None:
    try:
        validate_password(mot_de_passe, user=compte)
    except ValidationError as exc:
        raise Interdit("Mot de passe : " + " ".join(exc.messages), champ=champ) from exc
    if se_devine(mot_de_passe):
        raise Interdit(SE_DEVINE, champ=champ)
    compte.set_password(mot_de_passe)


def _lire_cle(base32: str) -> bytes:
    propre = base32.replace(" ", "").upper()
    try:
        cle = base64.b32decode(propre + "=" * (-len(propre) % 8))
    except ValueError:  # not base32, or not even ASCII
        cle = b""
    if not TAILLE_MINIMALE_CLE <= len(cle) <= SECRET_MAX:
        raise Interdit(
            "Clé du second facteur\u00a0: 26 à 44 lettres et chiffres sont attendus.", champ="cle_totp"
        )
    return cle


def _valeurs(**champs: str) -> tuple[Valeur, ...]:
    return tuple(Valeur(champ, Cote.APRES, valeur) for champ, valeur in champs.items())


@transaction.atomic
def changer_mot_de_passe(compte_id: uuid.UUID, *, ancien: str, nouveau: str, acte: Acte) -> None:
    """Change one's own password; every other session of the account ends with it.

    Raises ``NonHabilite`` (somebody else's account), or ``Interdit`` (wrong current password, weak or same new one).
    """
    require(
        policies.can_changer_mot_de_passe(acte.acteur, compte_id=compte_id),
        "Vous ne pouvez changer que votre propre mot de passe.",
    )
    compte = Compte.objects.select_for_update().get(pk=compte_id)
    if not compte.check_password(ancien):
        raise Interdit("Mot de passe actuel : ce n’est pas le bon. Saisissez-le de nouveau.", champ="ancien")
    if ancien == nouveau:
        raise Interdit("Nouveau mot de passe : c’est le même. Choisissez-en un autre.", champ="nouveau")
    _poser_mot_de_passe(compte, nouveau, champ="nouveau")
    compte.mot_de_passe_provisoire = False
    compte.save(update_fields=["password", "mot_de_passe_provisoire"])
    faits = {"compte": str(compte.id), "champ": "MOT_DE_PASSE"}
    inscrire(Entree(VerbeHabilitation.MODIFIER_COMPTE, acte, faits=faits))


@transaction.atomic
def reinitialiser_acces(compte_id: uuid.UUID, *, mot_de_passe: str, acte: Acte) -> None:
    """Lost telephone or forgotten password: a new password; the code application, the link with ProConnect and every
    session end.

    The next sign-in enrols a new application. Raises ``Introuvable``, ``NonHabilite``, or ``Interdit`` (weak password,
    account of a software).
    """
    compte = trouver(
        Compte.objects.select_for_update().filter(pk=compte_id), "Ce compte n’existe pas. Vérifiez l’adresse."
    )
    mandat = exiger_reinitialiser(acte.acteur, compte, le=jour(acte.survenu_le))
    _poser_mot_de_passe(compte, mot_de_passe, champ="mot_de_passe")
    compte.mot_de_passe_provisoire, compte.proconnect = True, None
    compte.save(update_fields=["password", "mot_de_passe_provisoire", "proconnect"])
    Appareil.objects.filter(user=compte).delete()
    faits = {"compte": str(compte.id), "champ": "ACCES"}
    inscrire(Entree(VerbeHabilitation.MODIFIER_COMPTE, acte, role=mandat.role, faits=faits))
