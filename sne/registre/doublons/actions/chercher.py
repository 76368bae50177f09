"""Looking for the demandes of one household, before a registration."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from sne.journal.rules import Cote, Valeur
from sne.referentiels.selectors import get_parametres
from sne.registre.contenu.rules import nir as regles_nir
from sne.registre.contenu.rules.arbre.telephone import lire_e164
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.policies import can_deposer
from sne.registre.demande.rules.refus import PAS_ICI
from sne.registre.doublons.parametres import ParametresDoublons
from sne.registre.doublons.selectors.en_ligne import EnAttente, list_en_attente
from sne.registre.doublons.selectors.proches import PersonneCherchee, Proche, list_proches
from sne.registre.doublons.verbes import VerbeDoublon
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.chiffrement import empreinte_nir
from sne.socle.erreurs import require


@dataclass(frozen=True, slots=True)
class RechercheDoublon:
    """What the agent knows of the person before registering them; empty means not given. ``nir`` is raw."""

    nom: str
    prenoms: str
    date_naissance: date | None
    nir: str = ""
    telephone: str = ""
    usage: str = ""


@transaction.atomic
def chercher_doublons(
    recherche: RechercheDoublon, *, acte: Acte, territoire: str, sauf: uuid.UUID | None = None
) -> tuple[Proche, ...]:
    """Close demandes of the territory, before registering, the closest first (both roles, NIR and phone included).

    ``sauf``: the demande that the person is leaving, which is no duplicate.

    Raises ``NonHabilite``, and ``NirInvalide`` with a French sentence.
    """
    require(can_deposer(acte.acteur, territoire=territoire, guichet=acte.acteur.guichet), PAS_ICI)
    seuil = get_parametres(horloge.jour(acte.survenu_le))[ParametresDoublons].seuil_doublon_proposition
    proches = list_proches([personne_cherchee(recherche)], territoire=territoire, seuil=seuil, sauf=sauf)
    typed = f"{recherche.nom} {recherche.prenoms} {recherche.date_naissance or ''}"
    trouvees = [proche.demande_id for proche in proches]
    journaliser_recherche("DOUBLONS", typed, trouvees, acte=acte)
    return proches


@transaction.atomic
def chercher_envois(
    recherches: Sequence[RechercheDoublon], *, acte: Acte, territoire: str
) -> tuple[EnAttente, ...]:
    """What these persons may have sent online and nobody has verified, the closest first.

    Raises as :func:`chercher_doublons`.
    """
    require(can_deposer(acte.acteur, territoire=territoire, guichet=acte.acteur.guichet), PAS_ICI)
    seuil = get_parametres(horloge.jour(acte.survenu_le))[ParametresDoublons].seuil_doublon_proposition
    personnes = [personne_cherchee(recherche) for recherche in recherches]
    envois = list_en_attente(personnes, territoire=territoire, seuil=seuil)
    if envois:
        faits = {"recherche": "ENVOIS", "resultats": len(envois), "depots": [str(e.depot_id) for e in envois]}
        dire(VerbeDoublon.RECHERCHER, acte.acteur.territoire, acte=acte, faits=faits)
    return envois


def personne_cherchee(recherche: RechercheDoublon) -> PersonneCherchee:
    """The look-up keys of what was typed. Raises ``NirInvalide``."""
    return PersonneCherchee(
        nom=recherche.nom,
        usage=recherche.usage,
        prenoms=recherche.prenoms,
        date_naissance=recherche.date_naissance,
        nir_empreinte=empreinte_nir(regles_nir.normaliser(recherche.nir)) if recherche.nir.strip() else None,
        telephone=lire_e164(recherche.telephone) or "",
    )


def journaliser_recherche(quoi: str, texte: str, trouvees: Sequence[uuid.UUID], *, acte: Acte) -> None:
    """The demandes found are named, so that what was typed to find one is erased with it."""
    dire(
        VerbeDoublon.RECHERCHER,
        acte.acteur.territoire,
        acte=acte,
        faits={"recherche": quoi, "resultats": len(trouvees), "demandes": [str(d) for d in trouvees]},
        valeurs=(Valeur("recherche", Cote.APRES, sans_nir(texte.strip())),),
    )


def sans_nir(texte: str) -> str:
    """What was typed, unless it holds a NIR: no NIR is ever written in the journal."""
    return "numéro de sécurité sociale" if regles_nir.en_contient(texte) else texte
