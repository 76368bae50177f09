"""Streets that answer what is typed: words known, words meant, then all words but one. Two short statements mostly.

Streets are asked for by their words (GIN), the first four hundred are ranked by likeness, size of the commune, and
whether they have the number. They lie in order of size within a département: the first ones are the likely ones.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from sne.connecteurs.adresses.rules import (
    LETTRES_DEUX_FAUTES,
    Question,
    cle_du_numero,
    proches,
    requete,
    requete_sauf_un,
    sans_une_lettre,
)
from sne.connecteurs.ban.rules import Adresse, Nature

CANDIDATS = 400
MOTS = """
SELECT q.mot, EXISTS (SELECT FROM mot_adresse m WHERE m.mot = q.mot),
    q.mot = %s AND EXISTS (SELECT FROM mot_adresse m WHERE m.mot ~>~ q.mot AND m.mot ~<~ (q.mot || '{')),
    CASE WHEN NOT EXISTS (SELECT FROM mot_adresse m WHERE m.mot = q.mot)
    THEN ARRAY(SELECT m.mot FROM mot_adresse m WHERE m.sans_une && string_to_array(q.restes, ' ')::varchar[]) END
FROM unnest(%s::text[], %s::text[]) AS q(mot, restes)
"""
A_UNE_FAUTE = "SELECT mot FROM mot_adresse WHERE sans_une && %s::varchar[]"
RESSEMBLANTS = "SELECT mot FROM mot_adresse WHERE mot %% %s ORDER BY similarity(mot, %s) DESC LIMIT 40"
VOIES = f"""
SELECT nom, code_postal, commune, nom_commune, identifiant, numero, ressemblance FROM (
    SELECT *, word_similarity(%(texte)s, cherche) AS ressemblance,
        similarity(split_part(cherche, ',', 1), %(texte)s) AS de_la_voie,
        numeros @> ARRAY[%(numero)s]::varchar[] AS numero
    FROM (
        SELECT * FROM voie_adresse
        WHERE jetons @@ %(requete)s::tsquery AND (%(commune)s = '' OR commune = %(commune)s) LIMIT {CANDIDATS}
    ) AS candidats
) AS rangees
ORDER BY ressemblance + de_la_voie / 2 + 0.02 * ln(1 + population) + CASE WHEN numero THEN 0.15 ELSE 0 END DESC,
    population DESC, nom
LIMIT %(limite)s
"""  # noqa: S608 - a constant of this file


def chercher_voies(question: Question, *, commune: str = "", limite: int) -> tuple[Adresse, ...]:
    """The best streets, each with the number if it has it. ``commune``: of this INSEE code only."""
    if not question.mots:
        return ()
    choix = _choisir(question)
    trouvees = _lire(requete(choix), question, commune=commune, limite=limite) if all(choix) else []
    if not trouvees:
        choix = [
            list(dict.fromkeys([*un, *_voisins(mot)])) for un, mot in zip(choix, question.mots, strict=True)
        ]
        choix = [un for un in choix if un]  # what nobody knows says nothing
        trouvees = _lire(requete(choix), question, commune=commune, limite=limite) if choix else []
    if not trouvees and (large := requete_sauf_un(choix)):
        trouvees = _lire(large, question, commune=commune, limite=limite)
    return tuple(_adresse(ligne, question.numero) for ligne in trouvees)


def _choisir(question: Question) -> list[list[str]]:
    """What each word may be: itself when it is known, its beginnings while it is typed, else its neighbours."""
    dernier = question.mots[-1] if question.en_cours else ""
    restes = [" ".join(sans_une_lettre(mot)) for mot in question.mots]
    with connection.cursor() as curseur:
        curseur.execute(MOTS, [dernier, list(question.mots), restes])
        connus = {mot: (est, commence, voisins) for mot, est, commence, voisins in curseur.fetchall()}
    choix = []
    for mot in question.mots:
        est, commence, voisins = connus[mot]
        if commence:
            choix.append([f"{mot}*"])
        elif est:
            choix.append([mot])
        else:
            choix.append(proches(mot, voisins, fautes=1) or _ressemblants(mot))
    return choix


def _voisins(mot: str) -> list[str]:
    """Known words that this one, known too, may be a slip for."""
    restes = sans_une_lettre(mot)
    if not restes:
        return []
    with connection.cursor() as curseur:
        curseur.execute(A_UNE_FAUTE, [restes])
        voisins = proches(mot, [autre for (autre,) in curseur.fetchall()], fautes=1)
    return voisins or _ressemblants(mot)


def _ressemblants(mot: str) -> list[str]:
    """Known words that are two slips away from a long one."""
    if not mot.isalpha() or len(mot) < LETTRES_DEUX_FAUTES:
        return []
    with connection.cursor() as curseur:
        curseur.execute(RESSEMBLANTS, [mot, mot])
        return proches(mot, [autre for (autre,) in curseur.fetchall()], fautes=2)


def _lire(voulue: str, question: Question, *, commune: str, limite: int) -> Sequence[Any]:
    texte = " ".join(question.mots)
    voulus = (("texte", texte), ("numero", question.numero), ("requete", voulue), ("commune", commune))
    with connection.cursor() as curseur:
        curseur.execute(VOIES, {**dict(voulus), "limite": limite})
        return list(curseur.fetchall())


def _adresse(ligne: Any, numero: str) -> Adresse:
    nom, code_postal, commune, nom_commune, cle, a_le_numero, ressemblance = ligne
    voie = f"{numero} {nom}" if a_le_numero else nom
    return Adresse(
        nature=Nature.NUMERO if a_le_numero else Nature.VOIE,
        libelle=f"{voie} {code_postal} {nom_commune}",
        numero=numero if a_le_numero else "",
        voie=nom,
        code_postal=code_postal,
        code_commune=commune,
        commune=nom_commune,
        identifiant=cle_du_numero(cle, numero) if a_le_numero else cle,
        score=round(float(ressemblance), 4),
    )
