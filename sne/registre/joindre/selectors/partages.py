"""Addresses that several people share: what is sent there is read by others."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from sne.notifications.rules import AdressePostale, adresse_postale
from sne.referentiels.selectors import get_geographie
from sne.registre.contenu.rules import arbre
from sne.registre.contenu.rules.arbre.lieux import Adresse
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.models.demande import Demande, Version
from sne.registre.demande.models.personne import Identite, Personne
from sne.registre.demande.models.separation import Separation
from sne.registre.demande.selectors.etat import assembler
from sne.registre.joindre.rules import lignes_d_adresse


def get_partages(demande: Demande) -> Callable[[str | AdressePostale], bool]:
    """Says of an address whether it is also that of somebody who left this demande, or of the household it left."""
    valeurs = frozenset(_partages(demande))
    return lambda adresse: bool(valeurs) and _comparable(adresse) in valeurs


def _assembler(versions: Sequence[Version]) -> list[Contenu]:
    identites = Identite.objects.in_bulk({cle for version in versions for cle in version.identites})
    return [assembler(version, identites=identites, avec_sante=False) for version in versions]


def _enveloppe(nom: str, adresse: Adresse | None) -> AdressePostale | None:
    return adresse_postale(nom, lignes_d_adresse(adresse, get_geographie()))


def _partages(demande: Demande) -> Iterator[str]:
    """Every way to those who left this demande, to the demandes they made, and to the household this one left."""
    partis = {
        str(p)
        for p in Personne.objects.filter(demande=demande).exclude(retire_le=None).values_list("id", flat=True)
    }
    if partis:
        siennes = Version.objects.filter(demande=demande).defer("contenu_protege")
        for contenu in _assembler(list(siennes)):
            yield from _voies((a for _, a in arbre.adultes(contenu) if a.personne in partis), postales=False)
        for s in Separation.objects.filter(demande=demande).select_related("nouvelle__version_courante"):
            contenu = assembler(s.nouvelle.version_courante, avec_sante=False)
            yield from _voies((a for _, a in arbre.adultes(contenu)), postales=True)
    quittee = Separation.objects.filter(nouvelle=demande).first()
    if quittee is not None:
        leurs = Version.objects.filter(demande=quittee.demande_id, numero__gte=quittee.revision - 1)
        for contenu in _assembler(list(leurs.defer("contenu_protege"))):
            restes = (a for _, a in arbre.adultes(contenu) if a.personne != str(quittee.personne_id))
            yield from _voies(restes, postales=True)


def _voies(adultes: Iterable[arbre.Adulte], *, postales: bool) -> Iterator[str]:
    """E-mails, numbers and postal addresses of these persons, as they are compared."""
    for adulte in adultes:
        contact = adulte.contact
        if contact.courriel:
            yield _comparable(contact.courriel)
        for telephone in (contact.telephone_domicile, contact.telephone_portable, contact.telephone_travail):
            if telephone and telephone.e164:
                yield telephone.e164
        enveloppe = _enveloppe("x", getattr(adulte, "adresse_courrier", None)) if postales else None
        if enveloppe is not None:
            yield _comparable(enveloppe)


def _comparable(adresse: str | AdressePostale) -> str:
    """An e-mail or a number without case; of a postal address, street and town, without signs nor spaces.

    Name and flat are left out: in doubt, two addresses count as the same one.
    """
    if isinstance(adresse, str):
        return adresse.casefold()
    lieu = adresse.lignes[-2:] if len(adresse.lignes) > 2 else adresse.lignes[-1:]
    return "".join(s for s in "".join(lieu).casefold() if s.isalnum())
