"""From a content tree to unsaved rows: no database, no clock; what the writer then puts in one statement."""

import json
import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sne.journal.rules import Cote, Valeur
from sne.registre.contenu.rules import arbre
from sne.registre.contenu.rules import nir as regles_nir
from sne.registre.contenu.rules.anomalie import Anomalie, Niveau
from sne.registre.contenu.rules.arbre.derive import projeter
from sne.registre.contenu.rules.arbre.difference import Changement
from sne.registre.contenu.rules.arbre.personnes import Nir
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import Adulte, chemin_de
from sne.registre.contenu.rules.arbre.stockage import SCHEMA, vers_stockage
from sne.registre.contenu.rules.completude import nombre_manquant
from sne.registre.contenu.rules.identite import Voie
from sne.registre.demande.actions.ecrire import Lignes
from sne.registre.demande.actions.places import place
from sne.registre.demande.models.demande import Demande, Version
from sne.registre.demande.models.personne import Identite, Personne, SecretNir, TitreAnciennete
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.demande.rules.refus import DepotIncomplet
from sne.socle.acte import Acte
from sne.socle.chiffrement import chiffrer, empreinte_nir
from sne.socle.identifiants import uuid7


def valeurs_de(changements: Sequence[Changement]) -> tuple[Valeur, ...]:
    """Before and after of each change, erasable; ``changements`` must be without health. When one person left and
    another took the same rank, the value before is that of the first, the value after that of the second.
    """
    valeurs: dict[tuple[str, Cote], str | None] = {}
    for c in changements:
        for cote, valeur in ((Cote.AVANT, c.avant), (Cote.APRES, c.apres)):
            valeurs[c.chemin, cote] = texte(valeur) or valeurs.get((c.chemin, cote))
    return tuple(Valeur(chemin, cote, valeur) for (chemin, cote), valeur in valeurs.items())


OUVERTES = frozenset({Statut.ACTIVE, Statut.EXPIREE})
TRAITS_JOURNALISES = ("civilite", "nom_naissance", "nom_usage", "prenoms", "date_naissance")


def normaliser_nirs(nirs: Mapping[str, str], contenu: Contenu) -> dict[str, str]:
    """The numbers really given, in 15 signs, by reference. Raises ``DepotIncomplet`` naming each wrong one."""
    lus, anomalies = {}, []
    for reference, saisie in nirs.items():
        if not saisie.strip():
            continue
        try:
            lus[reference] = regles_nir.normaliser(saisie)
        except regles_nir.NirInvalide as exc:
            chemin = f"{chemin_de(reference, contenu)}.identite.nir"
            anomalies.append(Anomalie("NIR", Niveau.BLOQUANT, chemin, str(exc)))
    if anomalies:
        raise DepotIncomplet(anomalies)
    return lus


def traces_nir(numeros: Mapping[str, str]) -> dict[str, Nir]:
    """State and fingerprint of normalised numbers, by reference."""
    return {
        reference: Nir(etat=regles_nir.etat(numero), empreinte=empreinte_nir(numero).hex())
        for reference, numero in numeros.items()
    }


def colonnes_projetees(contenu: Contenu) -> dict[str, Any]:
    """The projected columns of ``demande`` for this tree."""
    p = projeter(contenu)
    return {
        "titulaire": p.titulaire,
        "nb_personnes": p.nb_personnes,
        "communes_souhaitees": list(p.communes_souhaitees),
        "types_logement": list(p.types_logement),
        "categorie_logement": p.categorie_logement,
        "accepte_autres_communes": p.accepte_autres_communes,
        "loyer_maximum": p.loyer_maximum,
        "rfr_reference": p.rfr_reference,
        "deja_locataire_hlm": p.deja_locataire_hlm,
        "elements_manquants": nombre_manquant(contenu),
        "remarques": None,  # examined apart, soon after: no act waits for what only warns
    }


def construire_identite(
    identite: arbre.Identite,
    *,
    personne_id: uuid.UUID,
    demande: Demande,
    acte: Acte,
    voie: Voie = Voie.DEPOT,
    revision: int | None = None,
) -> Identite:
    """One identity row, of the demande's revision unless another is said.

    The NIR is there by state and fingerprint only. The birth date is of the minimal set.
    """
    nir = identite.nir
    if identite.date_naissance is None:
        raise ValueError("an identity without birth date was not controlled")
    return Identite(
        id=uuid7(),
        territoire=demande.territoire,
        demande_id=demande.id,
        personne_id=personne_id,
        revision=revision or demande.revision,
        civilite=identite.civilite or "",
        nom_naissance=identite.nom_naissance or "",
        nom_usage=identite.nom_usage or "",
        prenoms=identite.prenoms or "",
        date_naissance=identite.date_naissance,
        date_naissance_presumee=bool(identite.date_naissance_presumee),
        naissance_commune=identite.lieu_naissance.commune or "",
        naissance_pays=identite.lieu_naissance.pays or "",
        nationalite=identite.nationalite or "",
        nir_etat=str(nir.etat) if nir else "",
        nir_empreinte=bytes.fromhex(nir.empreinte) if nir and nir.empreinte else None,
        voie=voie,
        auteur=acte.acteur.id,
        guichet=acte.acteur.guichet,
        survenu_le=acte.survenu_le,
    )


def construire_personne(adulte: Adulte, *, rang: int, identite: Identite, demande: Demande) -> Personne:
    """One person row; ``rang`` 0 is the applicant."""
    return Personne(
        id=identite.personne_id,
        territoire=demande.territoire,
        demande_id=demande.id,
        role="COTITULAIRE" if rang else "DEMANDEUR",
        rang=rang,
        identite_courante_id=identite.id,
        **cles_de_contact(adulte),
    )


def cles_de_contact(adulte: Adulte) -> dict[str, str]:
    """Contact keys of a person: the e-mail in lower case, the mobile (else the first phone) in E.164."""
    contact = adulte.contact
    telephones = (contact.telephone_portable, contact.telephone_domicile, contact.telephone_travail)
    e164 = next((t.e164 for t in telephones if t is not None and t.e164), "")
    return {"courriel": (contact.courriel or "").lower(), "telephone": e164}


def construire_secret(identite: Identite, numero: str) -> SecretNir:
    """The encrypted number of an identity's person; ``numero`` is normalised (15 signs)."""
    return SecretNir(
        territoire=identite.territoire,
        personne_id=identite.personne_id,
        nir_empreinte=identite.nir_empreinte,
        chiffre=chiffrer(numero.encode("ascii"), lie_a=identite.personne_id.bytes),
    )


def ajouter_nir(lignes: Lignes, identite: Identite, numero: str) -> None:
    """The encrypted number of an identity and, while the demande is open, the place that it holds."""
    if identite.nir_empreinte is None or not numero:
        return
    lignes.ajouter(construire_secret(identite, numero))
    if lignes.demande.statut in OUVERTES:
        lignes.ajouter(place(lignes.demande, bytes(identite.nir_empreinte)))


def texte(valeur: object) -> str | None:
    """A JSON-ready value as the journal keeps it: text as it is, the rest as JSON, absence as ``None``."""
    if valeur is None or isinstance(valeur, str):
        return valeur
    return json.dumps(valeur, ensure_ascii=False)


PROJETEES = (
    "statut",
    "date_depot",
    "date_dernier_renouvellement",
    "date_expiration",
    "guichet_gestionnaire",
)
"""Columns of the demande that each version keeps as they were."""


def construire_version(
    contenu: Contenu, *, identites: list[Identite], demande: Demande, acte: Acte
) -> Version:
    """The version row of the demande's present revision."""
    document = vers_stockage(contenu)
    return Version(
        id=uuid7(),
        territoire=demande.territoire,
        demande_id=demande.id,
        numero=demande.revision,
        **{colonne: getattr(demande, colonne) for colonne in PROJETEES},
        contenu=document.contenu,
        contenu_protege=document.protege or None,
        identites=[i.id for i in identites],
        schema=SCHEMA,
        auteur=acte.acteur.id,
        survenu_le=acte.survenu_le,
    )


def copier_version(version: Version, *, survenu_le: datetime) -> Version:
    """The same content, for the next version: its number, status and dates are those that the revision gives it."""
    return Version(
        id=uuid7(),
        territoire=version.territoire,
        demande_id=version.demande_id,
        contenu=version.contenu,
        contenu_protege=version.contenu_protege,
        identites=version.identites,
        pieces=version.pieces,
        piece_vue=version.piece_vue,
        schema=version.schema,
        auteur=version.auteur,
        survenu_le=survenu_le,
    )


def construire_titre(
    demande: Demande,
    personne_id: uuid.UUID | None,
    *,
    origine: str,
    date_depot: date,
    acte: Acte,
) -> TitreAnciennete:
    """One seniority title; ``personne_id`` is ``None`` for an association."""
    return TitreAnciennete(
        territoire=demande.territoire,
        demande_id=demande.id,
        personne_id=personne_id,
        date_depot=date_depot,
        acte=origine,
        auteur=acte.acteur.id,
        survenu_le=acte.survenu_le,
    )


def valeurs_initiales(identites: list[Identite]) -> tuple[Valeur, ...]:
    """The protected traits of new identities as erasable values; a NIR is told by its state, never by its number."""
    valeurs = []
    for rang, identite in enumerate(identites):
        prefixe = f"cotitulaires[{rang - 1}].identite" if rang else "demandeur.identite"
        valeurs += [
            Valeur(f"{prefixe}.{trait}", Cote.APRES, str(getattr(identite, trait)))
            for trait in TRAITS_JOURNALISES
            if getattr(identite, trait)
        ]
        if identite.nir_etat:
            valeurs.append(Valeur(f"{prefixe}.nir", Cote.APRES, identite.nir_etat))
    return tuple(valeurs)
