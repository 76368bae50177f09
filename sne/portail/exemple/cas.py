"""Where a demande may stand, one fictional demande for each: what its household is shown, and nothing is read of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.utils.translation import gettext, gettext_noop

from sne.notifications.rules import Canal
from sne.portail.exemple.foyer import SANS_COMPTE, TERRITOIRE
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.demande.rules.depot_en_ligne import MotifInvalidite, StatutDepot, dire_raison
from sne.registre.depot_en_ligne.rules.reference import reference_de
from sne.registre.depot_en_ligne.selectors.envois import DepotEnvoye
from sne.registre.rattachement.actions.suivre import Suivie
from sne.registre.requete.rules.requete import DOCUMENTS, LIBELLES, PAPIERS, GenreRequete, StatutRequete
from sne.registre.requete.selectors.requetes import RequeteLue
from sne.registre.vie.selectors.preavis import PreavisLu
from sne.socle.horloge import debut_du_jour

ACTIVE, ARRETEE = "ACTIVE", "RADIEE"
NUMERO = "0991126{rang:06d}GDPUB"
"""099 is no département: no such number is, nor will be, that of somebody."""


@dataclass(frozen=True, slots=True)
class Cas:
    """One situation: its title, and what of :class:`Suivie` differs from an active and complete demande."""

    intitule: str
    ecarts: Mapping[str, object] = field(default_factory=dict)

    @property
    def titre(self) -> str:
        """In the language of the page."""
        return gettext(self.intitule)


CAS: Mapping[str, Cas] = {
    "active": Cas(gettext_noop("Une demande active et complète")),
    "incomplete": Cas(gettext_noop("Une demande active, des documents attendus"), {"documents": 3}),
    "a-renouveler": Cas(
        gettext_noop("Une demande à renouveler"),
        {"a_renouveler": True, "renouvelable_ici": True, "restent": 45},
    ),
    "changement": Cas(gettext_noop("Un changement demandé à un guichet")),
    "arret": Cas(gettext_noop("Un arrêt demandé par une personne de la demande")),
    "protegee": Cas(gettext_noop("Un dossier bloqué pour le protéger"), {"gelee": True}),
    "arretee": Cas(
        gettext_noop("Une demande arrêtée"),
        {"statut": Statut(ARRETEE), "requerable": False, "modifiable": False},
    ),
}
ENVOYEE, A_COMPLETER = "envoyee", "a-completer"
ENVOIS: Mapping[str, str] = {
    ENVOYEE: gettext_noop("Une demande envoyée en ligne, qui attend un guichet"),
    A_COMPLETER: gettext_noop("Une demande envoyée en ligne, dont la photo est à reprendre"),
}


def numero_de(cas: str) -> str:
    """The number of the fictional demande that stands so."""
    return NUMERO.format(rang=list(CAS).index(cas) + 1)


def cas_de(nud: str) -> str | None:
    """The reverse; ``None`` for any other number."""
    return next((cas for cas in CAS if numero_de(cas) == nud), None)


def suivre_le_cas(cas: str, le: date) -> Suivie:
    """What a household whose demande stands so is shown on ``le``."""
    active = Suivie(
        nud=numero_de(cas),
        statut=Statut(ACTIVE),
        anciennete=le - timedelta(days=320),
        jusqu_au=le + timedelta(days=200),
        renouvelable_du=le + timedelta(days=140),
        renouvelable_au=le + timedelta(days=230),
        restent=200,
        historique=True,
        relisible=True,
        modifiable=True,
        requerable=True,
        aidable=True,
    )
    if cas == "a-renouveler":
        avis = PreavisLu(le - timedelta(days=14), (Canal.COURRIEL,), le + timedelta(days=75), True, False)
        active = replace(
            active,
            jusqu_au=le + timedelta(days=45),
            renouvelable_du=le - timedelta(days=15),
            renouvelable_au=le + timedelta(days=75),
            preavis=avis,
        )
    if cas == "arret":
        active = replace(active, arret_le=le + timedelta(days=7))
    return replace(active, **CAS[cas].ecarts)  # type: ignore[arg-type]


def requete_du_cas(le: date) -> RequeteLue:
    """A change that a counter was asked for, which nobody has taken yet."""
    return RequeteLue(
        id=SANS_COMPTE,
        reference=f"D-{le.year}-000000",
        quoi=LIBELLES[GenreRequete.NOM_USAGE],
        document=DOCUMENTS[GenreRequete.NOM_USAGE],
        valeur="Exemple-Modèle",
        statut=StatutRequete.DEPOSEE,
        survenu_le=debut_du_jour(le),
        prendre_avant=le + timedelta(days=14),
        refus="",
        precision="",
        sienne=True,
        papiers=PAPIERS[GenreRequete.NOM_USAGE],
    )


def envoi_du_cas(cas: str, le: date) -> DepotEnvoye:
    """What was sent online and has no number yet."""
    a_reprendre = cas == A_COMPLETER
    return DepotEnvoye(
        id=SANS_COMPTE,
        reference=reference_de(SANS_COMPTE, TERRITOIRE),
        territoire=TERRITOIRE,
        statut=StatutDepot.INVALIDEE if a_reprendre else StatutDepot.A_VALIDER,
        envoye_le=debut_du_jour(le - timedelta(days=1)),
        avant_le=le + timedelta(days=6),
        raison=dire_raison(MotifInvalidite.ILLISIBLE) if a_reprendre else "",
        completable=a_reprendre,
        attend_une_piece=a_reprendre,
        pieces=() if a_reprendre else ("CNI",),
        demande_id=None,
    )
