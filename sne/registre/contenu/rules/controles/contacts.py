"""Controls 6 and 7: addresses, phones, e-mails, ways to be told."""

import re
from collections.abc import Iterator

from rapidfuzz.distance import OSA

from sne.registre.contenu.rules.arbre.lieux import Adresse, Localite
from sne.registre.contenu.rules.arbre.personnes import Contact
from sne.registre.contenu.rules.arbre.telephone import Telephone
from sne.registre.contenu.rules.controles.contexte import Constat, Contexte, constat
from sne.socle.signes import INSECABLE

DOMAINES = (
    "gmail.com",
    "orange.fr",
    "free.fr",
    "hotmail.fr",
    "hotmail.com",
    "outlook.fr",
    "outlook.com",
    "yahoo.fr",
    "yahoo.com",
    "laposte.net",
    "wanadoo.fr",
    "sfr.fr",
    "live.fr",
    "icloud.com",
    "bbox.fr",
)
"""Domains that most households use; one sign away from one of them, an address was probably mistyped."""
VOISINS = frozenset({"ymail.com", "email.com", "mail.com", "hotmail.be", "outlook.be"})
"""Domains one sign away that do exist."""
HEBERGES = frozenset({"CPE", "CP", "SH", "SLHT"})
COURRIEL = re.compile(r"[^\s@]+@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9][a-z0-9-]*[a-z0-9]")


def adresses(contexte: Contexte) -> Iterator[tuple[str, Adresse]]:
    """(path, address) of every postal address of the tree."""
    contenu = contexte.contenu
    trouvees = {
        "demandeur.adresse_courrier": contenu.demandeur.adresse_courrier if contenu.demandeur else None,
        "logement_actuel.adresse": contenu.logement_actuel.adresse,
        "association.adresse_courrier": contenu.association.adresse_courrier if contenu.association else None,
    }
    yield from ((chemin, adresse) for chemin, adresse in trouvees.items() if adresse is not None)


def localites(contexte: Contexte) -> Iterator[tuple[str, Localite]]:
    """(path, place) of every locality of the tree, addresses included."""
    yield from adresses(contexte)
    for _, bloc, adulte in contexte.adultes:
        chemin = f"{bloc}.situation_professionnelle.lieu_travail"
        yield chemin, adulte.situation_professionnelle.lieu_travail
    yield "logement_possede.localite", contexte.contenu.logement_possede.localite


def adresse_sans_voie(contexte: Contexte) -> Iterator[Constat]:
    """Rule 6: a French address has a street or a place name."""
    for chemin, adresse in adresses(contexte):
        if (
            not adresse.renseignee_a_l_etranger
            and not adresse.etranger
            and not (adresse.voie or adresse.lieu_dit)
        ):
            yield constat(f"{chemin}.voie", "indiquez la voie ou le lieu-dit.")


def adresse_sans_localite(contexte: Contexte) -> Iterator[Constat]:
    """Rule 6: postal code and commune in France, city and country abroad."""
    for chemin, adresse in adresses(contexte):
        if adresse.etranger or (adresse.renseignee_a_l_etranger and not adresse.renseignee_en_france):
            attendus = {"ville_etrangere": "la ville", "pays": "le pays"}
        else:
            attendus = {"code_postal": "le code postal", "commune": "la commune"}
        for nom, quoi in attendus.items():
            if getattr(adresse, nom) is None:
                yield constat(f"{chemin}.{nom}", f"indiquez {quoi} de l’adresse.")


def localite_discordante(contexte: Contexte) -> Iterator[Constat]:
    """Rule 6: « à l’étranger » agrees with what was filled, and only one group is."""
    for chemin, lieu in localites(contexte):
        if lieu.renseignee_en_france and (lieu.etranger or lieu.renseignee_a_l_etranger):
            yield constat(
                f"{chemin}.etranger",
                "une commune française est indiquée pour un lieu à l’étranger. Gardez l’une ou l’autre.",
            )
        elif lieu.renseignee_a_l_etranger and lieu.etranger is False:
            yield constat(f"{chemin}.etranger", "une ville étrangère est indiquée. Cochez « à l’étranger ».")


def hebergeant_absent(contexte: Contexte) -> Iterator[Constat]:
    """Rule 6: hosted, but at whose place?"""
    logement, demandeur = contexte.contenu.logement_actuel, contexte.contenu.demandeur
    if demandeur is None or not HEBERGES.intersection(logement.statuts_occupation):
        return
    chemin = "logement_actuel.adresse" if logement.adresse else "demandeur.adresse_courrier"
    adresse = logement.adresse or demandeur.adresse_courrier
    if adresse is not None and adresse.hebergeant is None:
        yield constat(f"{chemin}.hebergeant", "indiquez la personne ou la structure qui héberge.")


def _contact_principal(contexte: Contexte) -> tuple[str, Contact]:
    contenu = contexte.contenu
    if contenu.association is not None:
        return "association.contact", contenu.association.contact
    return "demandeur.contact", contenu.demandeur.contact if contenu.demandeur else Contact()


def sms_sans_portable(contexte: Contexte) -> Iterator[Constat]:
    """Rule 7: text messages need a mobile."""
    chemin, contact = _contact_principal(contexte)
    portable = contact.telephone_portable
    if contexte.contenu.preferences.notification_sms and (portable is None or not portable.mobile):
        yield constat(
            f"{chemin}.telephone_portable",
            "indiquez un numéro de téléphone portable, ou renoncez aux notifications par SMS.",
        )


def renouvellement_sans_courriel(contexte: Contexte) -> Iterator[Constat]:
    """Rule 7: an electronic renewal notice needs an e-mail (CCH R441-2-7)."""
    chemin, contact = _contact_principal(contexte)
    if contexte.contenu.preferences.avis_renouvellement_electronique and contact.courriel is None:
        yield constat(
            f"{chemin}.courriel",
            "indiquez une adresse électronique, ou choisissez l’avis de renouvellement par courrier.",
        )


def telephone_incomplet(contexte: Contexte) -> Iterator[Constat]:
    """A number that nobody can call: kept when received, refused when typed."""
    for chemin, _, valeur in contexte.valeurs:
        if isinstance(valeur, Telephone) and valeur.e164 is None:
            yield constat(
                chemin,
                f"le numéro est incomplet{INSECABLE}: 10 chiffres, ou « + » et l’indicatif pour l’étranger.",
            )


def courriel_invalide(contexte: Contexte) -> Iterator[Constat]:
    """An address that no message can reach."""
    for chemin, _, valeur in contexte.valeurs:
        if chemin.endswith("courriel") and not COURRIEL.fullmatch(str(valeur)):
            yield constat(
                chemin, f"l’adresse n’a pas la bonne forme{INSECABLE}: nom@domaine.fr, sans espace."
            )


def courriel_douteux(contexte: Contexte) -> Iterator[Constat]:
    """A domain one sign away from a usual one: « gmial.com »."""
    for chemin, _, valeur in contexte.valeurs:
        propose = proposer_domaine(str(valeur)) if chemin.endswith("courriel") else ""
        if propose:
            yield constat(chemin, f"vérifiez l’adresse, qui ressemble à «{INSECABLE}@{propose}{INSECABLE}».")


def proposer_domaine(courriel: str) -> str:
    """The usual domain that this address probably meant; empty when it looks right."""
    domaine = courriel.rpartition("@")[2].lower()
    if domaine in DOMAINES or domaine in VOISINS:
        return ""
    return next((connu for connu in DOMAINES if OSA.distance(domaine, connu, score_cutoff=1) == 1), "")
