"""Finding a file: by number, or by name and birth date, within the actor's territories; both roles."""

import re
import uuid
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Exists, F, FloatField, Func, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat, Greatest

from sne.habilitations.rules import Permission
from sne.registre.models import Identite, Personne
from sne.registre.rules import numero_unique
from sne.registre.rules.identite import Voie
from sne.socle.acteur import Acteur

PROCHE = 0.4
DATE = re.compile(r"\b(\d{1,2})[/.\- ]?(\d{1,2})[/.\- ]?(\d{4})\b")


@dataclass(frozen=True, slots=True)
class Requete:
    """What was typed, understood: a number, or words of a name with or without a birth date."""

    texte: str
    nud: str = ""
    mots: str = ""
    date_naissance: date | None = None


@dataclass(frozen=True, slots=True)
class LigneDemande:
    """One file found, with what confirms the person and why it is there (French)."""

    demande_id: uuid.UUID
    nud: str
    statut: str
    date_depot: date
    date_expiration: date
    nom: str
    prenoms: str
    date_naissance: date
    commune: str
    role: str
    pourquoi: str
    identite_en_attente: bool


def comprendre(texte: str) -> Requete:
    """Read a search box: a number when it is one, else a birth date wherever it stands and the words around it."""
    texte = texte.strip()[:200]
    try:
        return Requete(texte, nud=numero_unique.lire(texte).canonique)
    except numero_unique.NumeroInvalide:
        pass
    trouve, naissance = DATE.search(texte), None
    mots = texte
    if trouve:
        naissance = _date(trouve)
        mots = (texte[: trouve.start()] + " " + texte[trouve.end() :]).strip()
    return Requete(texte, mots=mots, date_naissance=naissance)


def _date(trouve: re.Match[str]) -> date | None:
    jour, mois, annee = (int(g) for g in trouve.groups())
    try:
        return date(annee, mois, jour)
    except ValueError:
        return None


def list_demandes(
    requete: Requete, acteur: Acteur, *, seuil: float, au_plus: int
) -> tuple[LigneDemande, ...]:
    """Files of the actor's territories that answer, the closest first; one above ``au_plus`` says there are more."""
    personnes = Personne.objects.filter(retire_le=None).select_related("demande", "identite_courante")
    territoires = acteur.territoires(Permission.DEMANDE_RECHERCHER)
    if territoires is not None:
        personnes = personnes.filter(territoire__in=sorted(territoires))
    attente = Identite.objects.filter(demande=OuterRef("demande"), voie=Voie.CONTROLE, decision=None)
    annotees: QuerySet[Personne] = personnes.annotate(attend=Exists(attente))
    if requete.nud:
        trouvees = annotees.filter(demande__nud=requete.nud).order_by("rang")[:1]
    elif requete.mots or requete.date_naissance:
        trouvees = _par_nom(annotees, requete, seuil)[: au_plus + 1]
    else:
        return ()
    return tuple(_ligne(p, requete) for p in trouvees)


def _par_nom(personnes: QuerySet[Personne], requete: Requete, seuil: float) -> QuerySet[Personne]:
    """By birth date with the closest names first; by name alone, its beginning in either order of the words."""
    nom, prenoms = F("identite_courante__nom_norm"), F("identite_courante__prenoms_norm")
    complet = Concat(nom, Value(" "), prenoms, output_field=TextField())
    # A surname typed alone would look far from « surname first names »: the better of the two counts.
    proximite = Greatest(_ressemblance(nom, requete.mots), _ressemblance(complet, requete.mots))
    personnes = personnes.annotate(proximite=proximite)
    if requete.date_naissance:
        trouvees = personnes.filter(identite_courante__date_naissance=requete.date_naissance)
        if requete.mots:
            trouvees = trouvees.filter(proximite__gte=seuil)
    else:
        mots = _normaliser(requete.mots).split()
        debuts = Q()
        for mot in {mots[0], mots[-1]} if mots else {"\0"}:
            debuts |= Q(identite_courante__nom_norm__startswith=mot) | Q(
                identite_courante__usage_norm__startswith=mot
            )
        trouvees = personnes.filter(debuts)
    return trouvees.order_by("-proximite", "identite_courante__nom_norm", "id")


def _ressemblance(valeur: F | Concat, mots: str) -> Func:
    """Trigram similarity (0 to 1) of a normalised column and of what was typed."""
    tape = Func(Value(mots), function="normaliser", output_field=TextField())
    return Func(valeur, tape, function="similarity", output_field=FloatField())


def _normaliser(texte: str) -> str:
    """The same key as the SQL function, for the beginning of a name typed alone."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT normaliser(%s::text)", [texte])
        return str(curseur.fetchone()[0])


def _ligne(personne: Personne, requete: Requete) -> LigneDemande:
    demande, identite = personne.demande, personne.identite_courante
    return LigneDemande(
        demande_id=demande.id,
        nud=demande.nud,
        statut=demande.statut,
        date_depot=demande.date_depot,
        date_expiration=demande.date_expiration,
        nom=identite.nom_naissance,
        prenoms=identite.prenoms,
        date_naissance=identite.date_naissance,
        commune=demande.communes_souhaitees[0] if demande.communes_souhaitees else "",
        role=personne.role,
        pourquoi=_pourquoi(personne, requete),
        identite_en_attente=bool(getattr(personne, "attend", False)),
    )


def _pourquoi(personne: Personne, requete: Requete) -> str:
    if requete.nud:
        return "Numéro exact"
    proximite = getattr(personne, "proximite", 0.0)
    nom = "même nom" if proximite >= 0.99 else "nom proche" if proximite >= PROCHE else "nom différent"
    raisons = ["même date de naissance"] if requete.date_naissance else []
    raisons += [nom] if requete.mots else []
    raisons += ["cotitulaire"] if personne.role == "COTITULAIRE" else []
    return ", ".join(raisons).capitalize()
