"""Where the person of a link is reached, as their session reads it: in full, masked, or not at all."""

from sne.demandeurs.rules.niveaux import Geste
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.rattachement.rules.contacts import adresses_de, sien
from sne.registre.rattachement.selectors.visites import Visite
from sne.socle.masques import courriel_masque, telephone_masque


def list_siens(visite: Visite, contenu: Contenu) -> tuple[str, ...]:
    """Their e-mail, their mobile. Raises ``Introuvable``."""
    if not visite.peut(Geste.LIRE_COORDONNEES_MASQUEES):
        return ()
    _, adulte = sien(contenu, visite.lien.personne_id)
    adresses = adresses_de(adulte.contact)
    return adresses if visite.peut(Geste.LIRE_COORDONNEES) else tuple(map(masquer, adresses))


def masquer(adresse: str) -> str:
    """Enough to recognise one's own."""
    return courriel_masque(adresse) if "@" in adresse else telephone_masque(adresse)
