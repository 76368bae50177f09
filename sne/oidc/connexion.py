"""The two steps of a sign-in, for the screens above: send a browser away, make somebody of what it brings back."""

import logging
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sne.oidc.actions import ouvrir_etat, prendre_etat
from sne.oidc.client import Client, Connexion
from sne.oidc.rules.echange import adresse_de_connexion, lire_retour
from sne.oidc.rules.refus import ConnexionRefusee

lignes = logging.getLogger("sne.oidc")


@dataclass(frozen=True, slots=True)
class Arrivee:
    """Somebody who is back, and the page that they wanted. ``identifie_le``: when they identified themselves at the
    provider, if it says so; never after now, whatever its clock.
    """

    connexion: Connexion
    retour: str
    identifie_le: datetime | None


def commencer(client: Client, *, temoin: str, retour: str, survenu_le: datetime) -> str:
    """The address of the provider where this browser signs in. Raises :class:`ConnexionRefusee` with its number."""
    try:
        adresses = client.adresses()
    except ConnexionRefusee as refus:
        raise _numeroter(refus, client) from None
    ouvert = ouvrir_etat(client.fournisseur, temoin=temoin, retour=retour, survenu_le=survenu_le)
    return adresse_de_connexion(client.fournisseur, adresses, ouvert)


def conclure(
    client: Client, champs: Mapping[str, Sequence[str]], *, temoin: str, survenu_le: datetime
) -> Arrivee:
    """Who came back with these parameters of the callback. Raises :class:`ConnexionRefusee` with its number.

    The state is taken before anything is asked of the provider, an error included: no callback is played twice.
    """
    try:
        recu = lire_retour(champs, client.fournisseur)
        pris = prendre_etat(client.fournisseur, etat=recu.etat, temoin=temoin, survenu_le=survenu_le)
        if recu.erreur:
            raise ConnexionRefusee(recu.erreur)
        connexion = client.echanger(
            recu.code,
            verifieur=pris.verifieur,
            nonce=pris.nonce,
            depuis=int(pris.ouvert_le.timestamp()),
            instant=int(survenu_le.timestamp()),
        )
    except ConnexionRefusee as refus:
        raise _numeroter(refus, client) from None
    dit = connexion.identifie_le
    identifie_le = None if dit is None else min(survenu_le, datetime.fromtimestamp(dit, UTC))
    return Arrivee(connexion, pris.retour, identifie_le)


def _numeroter(refus: ConnexionRefusee, client: Client) -> ConnexionRefusee:
    """The same refusal in the provider's name, with a number that the technical log bears too: reason, no claim."""
    numero = secrets.token_hex(4).upper()
    lignes.warning("sign-in refused: %s at %s, number %s", refus.motif.value, client.fournisseur.code, numero)
    return ConnexionRefusee(refus.motif, fournisseur=client.fournisseur.nom, numero=numero)
