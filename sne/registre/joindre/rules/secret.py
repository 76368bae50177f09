"""A separation that must stay secret from the person who was left."""

from collections.abc import Iterator

from sne.registre.contenu.rules.anomalie import Anomalie, bloquer
from sne.registre.contenu.rules.arbre.racine import Contenu, Titulaire
from sne.registre.contenu.rules.arbre.references import adultes

VIOLENCES = "06"
"""Reason of a demande that makes its address secret (``ListeMotifDemande``)."""


def est_secrete(contenu: Contenu, *, dite: bool) -> bool:
    """Whether nobody of the household left may learn of this demande: the agent said so, or its reasons do."""
    return dite or VIOLENCES in contenu.motifs.codes


def garde_ses_adresses(contenu: Contenu, *, dite: bool) -> bool:
    """Whether its addresses are asked about to nobody outside: it is secret, or nobody has said yet why a person
    applies, and violence may be the reason.
    """
    muette = contenu.titulaire is Titulaire.PERSONNE and not contenu.motifs.codes
    return muette or est_secrete(contenu, dite=dite)


def verifier_secret(nouvelle: Contenu, ancienne: Contenu) -> Iterator[Anomalie]:
    """The contacts by which a message about the new demande would reach the household left, field by field."""
    if nouvelle.demandeur is None:
        return
    pris = {valeur for _, valeur in _contacts(ancienne)}
    for chemin, valeur in _contacts(nouvelle):
        if valeur in pris:
            yield bloquer(
                chemin,
                "Ce contact est aussi celui du foyer quitté, qui recevrait les messages. Retirez-le, ou donnez-en un "
                "que la personne est seule à lire.",
            )
    ici, la = _adresse(nouvelle), _adresse(ancienne)
    if ici and ici == la:
        yield bloquer(
            "demandeur.adresse_courrier",
            "Cette adresse est celle du foyer quitté, qui recevrait les courriers. Donnez une autre adresse, par "
            "exemple celle d’un organisme de domiciliation.",
        )


def _contacts(contenu: Contenu) -> Iterator[tuple[str, str]]:
    """Path and comparable value of each e-mail address and telephone that reaches the household."""
    for rang, (_, adulte) in enumerate(adultes(contenu)):
        prefixe = f"cotitulaires[{rang - 1}].contact" if rang else "demandeur.contact"
        contact = adulte.contact
        if contact.courriel:
            yield f"{prefixe}.courriel", contact.courriel.casefold()
        for nom in ("telephone_domicile", "telephone_portable", "telephone_travail"):
            telephone = getattr(contact, nom)
            if telephone is not None and telephone.e164:
                yield f"{prefixe}.{nom}", telephone.e164
    if contenu.accompagnant.courriel:
        yield "accompagnant.courriel", contenu.accompagnant.courriel.casefold()


def _adresse(contenu: Contenu) -> tuple[str, ...]:
    """The lines that bring a letter to its address, in lower case, letters and digits only."""
    adresse = contenu.demandeur.adresse_courrier if contenu.demandeur else None
    if adresse is None:
        return ()
    voie = adresse.voie or adresse.lieu_dit or ""
    lignes = (adresse.numero or "", voie, adresse.code_postal or adresse.ville_etrangere or "")
    return tuple("".join(s for s in ligne.casefold() if s.isalnum()) for ligne in lignes)
