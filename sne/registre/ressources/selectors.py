"""Monthly resources as they are kept, and what decides whether they may be asked for and shown."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet

from sne.connecteurs.drm.rules.lecture import Demandee
from sne.registre.contenu.rules import nir as regles_nir
from sne.registre.contenu.rules.identite import Voie, cle
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Identite, Personne, SecretNir
from sne.registre.demande.rules.cycle_de_vie import OUVERTES
from sne.registre.demande.selectors.identites import get_nir
from sne.registre.enquete.models.enquete import DemandeEnquetee, Gel
from sne.registre.enquete.rules.enquete import OrigineEnquete
from sne.registre.ressources.models import AppelRessources, LigneDeLot, LotRessources
from sne.registre.ressources.rules.montrer import Appel, Situation, derniers_mois, texte_d_identite
from sne.registre.ressources.rules.stockage import Colonnes, de_colonnes
from sne.socle.chiffrement import dechiffrer, empreinte
from sne.socle.horloge import jour

USAGE = "ressources:identite"
DEMANDEUR = "DEMANDEUR"
TRAITS = tuple(
    f"identite_courante__{nom}"
    for nom in ("nom_naissance", "prenoms", "date_naissance", "civilite", "nir_empreinte")
)
"""What the fingerprint is made of, in the order of :func:`_empreinte`."""


def get_situation(demande: Demande) -> Situation:
    """What decides of this demande now."""
    return get_situations([demande])[demande.id]


def get_situations(demandes: Sequence[Demande]) -> dict[uuid.UUID, Situation]:
    """What decides of these demandes now, in one statement: the identity in force of the applicant, what waits or is
    contested of any adult, the freeze.
    """
    lignes = (
        Personne.objects.filter(demande__in=demandes, role=DEMANDEUR, retire_le=None)
        .annotate(
            attend=Exists(
                Identite.objects.filter(demande=OuterRef("demande"), voie=Voie.CONTROLE, decision=None)
            ),
            contestee=Exists(
                DemandeEnquetee.objects.filter(
                    demande=OuterRef("demande"),
                    enquete__clos_le=None,
                    enquete__origine=OrigineEnquete.OPPOSITION,
                )
            ),
            figee=Exists(Gel.objects.filter(demande=OuterRef("demande"), leve_le=None)),
        )
        .values_list("demande_id", "identite_courante__nir_etat", "attend", "contestee", "figee", *TRAITS)
    )
    ouvertes = {demande.id: demande.statut in OUVERTES for demande in demandes}
    situations = {cle: Situation(demandeur=False, ouverte=ouverte) for cle, ouverte in ouvertes.items()}
    for cle_, nir_etat, attend, contestee, figee, *traits in lignes:
        situations[cle_] = Situation(
            demandeur=True,
            ouverte=ouvertes[cle_],
            nir_etat=nir_etat,
            en_attente=attend,
            contestee=contestee,
            figee=figee,
            empreinte=_empreinte(*traits),
        )
    return situations


def empreinte_de(identite: Identite) -> bytes:
    """Keyed fingerprint (32 bytes) of who the source is asked about."""
    return _empreinte(
        identite.nom_naissance,
        identite.prenoms,
        identite.date_naissance,
        identite.civilite,
        bytes(identite.nir_empreinte or b""),
    )


def _empreinte(nom: str, prenoms: str, naissance: date, civilite: str, nir: bytes | None) -> bytes:
    texte = texte_d_identite(
        nom=cle(nom),
        prenoms=cle(prenoms),
        naissance=naissance,
        civilite=regles_nir.sexe(civilite),
        nir=bytes(nir or b""),
    )
    return empreinte(texte, usage=USAGE)


def get_demandee(demande: Demande, *, instant: datetime) -> Demandee:
    """Who the source is asked about, and for which months: no more than it needs. The caller has asked whether it may
    be, and hands it to the port at once: it holds the number.
    """
    personne = Personne.objects.select_related("identite_courante").get(
        demande=demande, role=DEMANDEUR, retire_le=None
    )
    identite = personne.identite_courante
    nir = get_nir(personne.id, bytes(identite.nir_empreinte or b"").hex())
    return _demandee(identite, nir, instant=instant)


def _demandee(identite: Identite, nir: str, *, instant: datetime) -> Demandee:
    mois = derniers_mois(jour(instant))
    return Demandee(
        nir=nir,
        nom_naissance=identite.nom_naissance,
        prenoms=tuple(identite.prenoms.replace(",", " ").split()),
        date_naissance=identite.date_naissance,
        sexe="M" if regles_nir.sexe(identite.civilite) == "1" else "F",
        debut=mois[-1],
        fin=mois[0],
    )


def list_appels(demande: Demande) -> tuple[Appel, ...]:
    """The calls kept of a demande, the newest first. Nothing of them is shown but by ``rules.montrer``."""
    lignes = (
        AppelRessources.objects.filter(territoire=demande.territoire, demande=demande)
        .prefetch_related("mois")
        .order_by("-survenu_le", "-id")
    )
    return tuple(
        Appel(
            ligne.survenu_le,
            bytes(ligne.empreinte),
            tuple(
                de_colonnes(Colonnes(m.mois, m.etat, m.raison, m.montant, m.natures))
                for m in sorted(ligne.mois.all(), key=lambda m: m.mois, reverse=True)
            ),
        )
        for ligne in lignes
    )


def has_appels(territoire: str) -> bool:
    """Whether anybody was ever asked about in this territory."""
    return AppelRessources.objects.filter(territoire=territoire).exists()


def derniere_reponse(demande: Demande) -> datetime | None:
    """When the source last answered about it."""
    return (
        AppelRessources.objects.filter(territoire=demande.territoire, demande=demande, repondu=True)
        .order_by("-survenu_le")
        .values_list("survenu_le", flat=True)
        .first()
    )


def list_remplaces(nouveaux: Mapping[uuid.UUID, bool]) -> list[uuid.UUID]:
    """Calls that new ones take the place of: all those of a demande about which the source answered (true), else those
    that were not answered.
    """
    deja = AppelRessources.objects.filter(demande__in=nouveaux).values_list("id", "demande", "repondu")
    return [cle for cle, demande, repondu in deja if nouveaux[demande] or not repondu]


def list_lots_en_cours(territoire: str) -> tuple[LotRessources, ...]:
    """Lots that were composed and are not finished, the oldest first."""
    return tuple(LotRessources.objects.filter(territoire=territoire, fini_le=None).order_by("id"))


def demandees(lignes: QuerySet[LigneDeLot], *, instant: datetime) -> dict[str, Demandee]:
    """Who is asked about under each reference of these lines, if their identity is still that of then."""
    par_demande = {ligne.demande_id: ligne for ligne in lignes}
    personnes = Personne.objects.filter(
        demande__in=par_demande, role=DEMANDEUR, retire_le=None
    ).select_related("identite_courante")
    secrets = {
        (s.personne_id, bytes(s.nir_empreinte)): s
        for s in SecretNir.objects.filter(personne__in=[p.id for p in personnes])
    }
    trouvees = {}
    for personne in personnes:
        ligne, identite = par_demande[personne.demande_id], personne.identite_courante
        secret = secrets.get((personne.id, bytes(identite.nir_empreinte or b"")))
        if secret is not None and empreinte_de(identite) == bytes(ligne.empreinte):
            nir = dechiffrer(bytes(secret.chiffre), lie_a=personne.id.bytes).decode("ascii")
            trouvees[str(ligne.id)] = _demandee(identite, nir, instant=instant)
    return trouvees
