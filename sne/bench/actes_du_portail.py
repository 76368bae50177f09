"""What a household does on the portal, by the pages of its own server."""

from datetime import date
from http import HTTPStatus

from django.conf import settings

from sne.bench import foyers
from sne.bench.equipe import Poste
from sne.bench.pgbench import MesureImpossible
from sne.bench.web import Navigateur
from sne.demandeurs.actions.sessions import Venue, accueillir
from sne.oidc.rules.identite import IdentitePivot
from sne.registre.depot.actions.deposer import deposer_demande
from sne.registre.rattachement.actions.rattacher import Issue, rattacher_par_numero
from sne.socle.acte import Acte
from sne.socle.horloge import maintenant

BASTIA = "2B033"


def pivot(prenoms: str, nom: str, naissance: date, civilite: str, commune: str) -> IdentitePivot:
    """The civil status of a file, as FranceConnect would give it."""
    return IdentitePivot(
        sub="mesure",
        given_name=prenoms.replace(",", ""),
        family_name=nom,
        birthdate=naissance,
        gender="male" if civilite == "1" else "female",
        birthplace=commune,
    )


def venir(rang: int) -> Venue:
    """A session of the woman of that rank, whose demande has just been registered and found by its number.

    Raises ``MesureImpossible``.
    """
    instant, qui = maintenant(), foyers.adulte(rang, sexe=2)
    depose = deposer_demande(foyers.depot(rang, instant), acte=Acte(foyers.agent(), instant))
    personne = pivot(qui.prenoms, qui.nom, qui.naissance, "2", BASTIA)
    venue = accueillir(personne, jeton="mesure", fournisseur="mesure", prouvee_le=instant, survenu_le=instant)
    reponse = rattacher_par_numero(depose.nud, personne, compte=venue.compte, survenu_le=instant)
    if reponse.issue is not Issue.RELIEE:
        raise MesureImpossible(f"La personne n’est pas reconnue : {reponse.issue}.")
    return venue


class LireMaDemande:
    """« Ma demande », read by its holder signed in with FranceConnect. Option: ``port`` of the portal."""

    def __init__(self, poste: Poste) -> None:
        cookies = {settings.COOKIE_DE_SESSION: venir(poste.premier_rang).secret}
        self.navigateur = Navigateur(poste.options["port"], cookies)

    def preparer(self, nombre: int) -> None:
        """Nothing."""

    def agir(self) -> None:
        """One page."""
        statut, suite, _ = self.navigateur.demander("GET", "/ma-demande/", compression=True)
        if statut != HTTPStatus.OK:
            raise MesureImpossible(f"« Ma demande » refusée ({statut} {suite})")
