"""Gather what an attestation prints: the demande, the counter, landlords, commissions, documents of that day."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings

from sne.attestations.rules import (
    CommuneDemandee,
    Documents,
    DonneesAttestation,
    DonneesCompletes,
    Lecture,
    Mediation,
    Modele,
    Rubrique,
    Service,
    lire_donnees,
    lire_donnees_completes,
    resumer,
    tirer_reference,
)
from sne.referentiels.rules import (
    CataloguePieces,
    Commission,
    Geographie,
    NiveauPiece,
    departement_de_commune,
)
from sne.referentiels.selectors import (
    get_geographie,
    get_guichet,
    get_nomenclatures,
    get_parametres,
    get_pieces,
    list_bailleurs,
    list_commissions,
)
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.mois import ajouter_mois
from sne.registre.demande.parametres import ParametresDemande
from sne.registre.demande.selectors.attestation import DonneesDemande, get_contenu_declare
from sne.registre.joindre.rules import lignes_d_adresse
from sne.registre.vie.rules.renouvellement import UN_JOUR
from sne.registre.vie.selectors.renouvellement import get_fenetre_depuis

LISTES = {
    NiveauPiece.INSTRUCTION: "À fournir pour l’instruction de votre demande",
    NiveauPiece.COMPLEMENT: "Peuvent vous être demandés, selon votre situation",
    NiveauPiece.JAMAIS: "Ne vous sont jamais demandés",
}


class CommissionInconnue(Exception):
    """The mediation commission of a département is not in the reference data: no full attestation without it."""


def composer(demande: DonneesDemande, modele: Modele, *, jour: date) -> DonneesAttestation | DonneesCompletes:
    """The data of a new attestation delivered on ``jour``, under a new reference. Raises ``CommissionInconnue``."""
    communs = {
        "territoire": demande.territoire,
        "numero": demande.nud,
        "nom_naissance": demande.nom_naissance,
        "nom_usage": demande.nom_usage,
        "prenoms": demande.prenoms,
        "association": demande.titulaire == "ASSOCIATION",
        "date_depot": demande.date_depot,
        "date_expiration": demande.date_expiration,
        "date_delivrance": jour,
        "validite_mois": get_parametres(demande.base_validite)[ParametresDemande].delaiz_mois,
        "portail": settings.URL_PUBLIQUE,
        "reference": tirer_reference(),
        "demonstration": settings.DEMONSTRATION,
        "portail_menages": settings.URL_PORTAIL,
    }
    if modele is Modele.SIMPLIFIEE:
        return lire_donnees(communs)
    return lire_donnees_completes(communs | _details(demande, modele, jour))


def _details(demande: DonneesDemande, modele: Modele, jour: date) -> dict[str, object]:
    """What the full attestation says more (CCH R441-2-4)."""
    contenu, geographie = get_contenu_declare(demande.version_id), get_geographie()
    communes = list(dict.fromkeys(x.commune for x in contenu.souhaits.localisations if x.commune))
    fenetre = get_fenetre_depuis(demande.base_validite, demande.date_expiration, le=jour)
    titulaire = contenu.demandeur or contenu.association
    return {
        "modele": modele,
        "adresse": lignes_d_adresse(titulaire.adresse_courrier if titulaire else None, geographie),
        "service": _service(demande, geographie),
        "date_dernier_renouvellement": demande.date_dernier_renouvellement,
        "preavis_mois": get_parametres(jour)[ParametresDemande].preavis_mois,
        "radiation_le": fenetre.fermeture + UN_JOUR,
        "reactivation_jusqu_au": fenetre.reactivation_jusqu_au,
        "communes": _communes(communes, geographie, jour),
        "autres_communes": bool(contenu.souhaits.accepte_autres_communes),
        "commissions": _commissions(communes, demande.date_depot, jour),
        "resume": _resume(contenu, geographie, jour),
        "documents": _documents(get_pieces(jour), jour),
    }


def _service(demande: DonneesDemande, geographie: Geographie) -> Service:
    """The registering service, as it was on the day of the registration."""
    guichet = get_guichet(demande.territoire, demande.guichet_createur, le=demande.date_enregistrement)
    if guichet is None:  # a former system was taken over from a counter that was never recorded
        return Service(nom=f"Guichet {demande.guichet_createur}")
    ville = geographie.nom_commune(guichet.commune) if guichet.commune else ""
    lignes = (guichet.voie, " ".join(filter(None, (guichet.code_postal, ville))))
    return Service(
        nom=guichet.libelle,
        adresse=tuple(filter(None, (*lignes, "" if any(lignes) else settings.URL_PORTAIL))),
        horaires=guichet.horaires,
        telephone=guichet.telephone,
        courriel=guichet.courriel,
    )


def _communes(codes: list[str], geographie: Geographie, jour: date) -> tuple[CommuneDemandee, ...]:
    bailleurs = list_bailleurs(codes, le=jour)
    return tuple(
        CommuneDemandee(
            nom=geographie.nom_commune(code), bailleurs=tuple(b.nom for b in bailleurs.get(code, ()))
        )
        for code in codes
    )


def _commissions(communes: Iterable[str], depot: date, jour: date) -> tuple[Mediation, ...]:
    """The commission of each département asked for; the wait counts from the reception (CCH R441-2-3)."""
    departements = {departement_de_commune(code) for code in communes}
    connues = list_commissions(departements, le=jour)
    if not connues or {c.departement for c in connues} != departements:
        raise CommissionInconnue
    return tuple(_mediation(c, depot) for c in connues)


def _mediation(commission: Commission, depot: date) -> Mediation:
    lignes = (commission.service, commission.voie, f"{commission.code_postal} {commission.ville}")
    return Mediation(
        nom=commission.nom,
        adresse=tuple(filter(None, lignes)),
        telephone=commission.telephone,
        courriel=commission.courriel,
        delai_mois=commission.delai_anormal_mois,
        saisissable_le=ajouter_mois(depot, commission.delai_anormal_mois),
    )


def _resume(contenu: Contenu, geographie: Geographie, jour: date) -> tuple[Rubrique, ...]:
    rubriques = resumer(contenu, Lecture(get_nomenclatures(jour), geographie))
    return tuple(Rubrique(titre=titre, lignes=lignes) for titre, lignes in rubriques)


def _documents(catalogue: CataloguePieces, jour: date) -> tuple[Documents, ...]:
    """The closed list of the order: what to produce, what may be asked, what may never be."""
    return tuple(
        Documents(
            titre=titre,
            documents=tuple((t.intitule(jour), t.exemples) for t in catalogue.de_niveau(niveau)),
        )
        for niveau, titre in LISTES.items()
    )
