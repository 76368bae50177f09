"""Un passage sur un export : ce qui a été changé, supprimé, ajouté, déplacé ou coupé, nommé entrée par entrée."""

import base64
import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from verifier_journal.empreintes import Arbre, Illisible, feuille_de, racine_de, sha256
from verifier_journal.lecture import Dossier, Groupes
from verifier_journal.notes import Cle, Jalon, champs, is_signe

MODIFIEE, SUPPRIMEE, AJOUTEE, DEPLACEE = "modifiée", "supprimée", "ajoutée", "déplacée"
TRONQUE, REECRIT, VALEUR, SIGNATURE = "tronqué", "réécrit", "valeur", "signature"
OUBLIEE = "oubliée"
ID, DEMANDE, VERBE, FAITS, INSCRIT_LE, ERE, XID = 0, 2, 4, 6, 9, 10, 11  # places dans la forme canonique


@dataclass(frozen=True)
class Ecart:
    """Une chose qui ne se prouve pas : genre, phrase, et où (scellement, rang, entrée) quand on le sait."""

    genre: str
    phrase: str
    scellement: int | None = None
    rang: int | None = None
    entree: str | None = None


@dataclass
class Bilan:
    """Ce qui a été vérifié, et les écarts."""

    entrees: int = 0
    scellements: int = 0
    jalons: int = 0
    jalons_recus: int = 0
    jalons_anterieurs_a_la_cle: int = 0
    entrees_sous_jalon: int = 0
    valeurs: int = 0
    valeurs_effacees: int = 0
    entrees_retirees: int = 0
    horodatages: int = 0
    horodatages_verifies: int = 0
    ecarts: list[Ecart] = field(default_factory=list)


class Verification:
    """Un passage sur un export, en une lecture."""

    def __init__(self, export: Dossier, cles: list[Cle], recus: list[str], reference: Dossier | None) -> None:
        self.export, self.cles, self.bilan = export, cles, Bilan()
        self.jalons = self._jalons(recus)
        self.par_scellement: dict[int, list[Jalon]] = {}
        for jalon in self.jalons:
            self.par_scellement.setdefault(jalon.scellement, []).append(jalon)
        self.retraits = self._retraits()
        self.feuilles_retirees = {mois: (hashlib.sha256(), Counter()) for mois in self.retraits}
        self.reference = Groupes(reference.entrees()) if reference else None
        self.purgees: set[str] = set()
        self.sans_valeur: dict[str, list[Ecart]] = {}
        self.position = 0  # rang de la dernière entrée depuis le début du journal
        self.prouve = (0, 0)  # dernier jalon tenu : scellement, position
        self.rompu = False
        self.scelle_avant: dict[str, int] = {}  # ère : première transaction que ses scellements n’ont pas

    def ecart(self, genre: str, phrase: str, **ou: Any) -> None:
        self.bilan.ecarts.append(Ecart(genre, phrase, **ou))

    def _jalons(self, recus: list[str]) -> list[Jalon]:
        lignes = list(self.export.lire("jalons.jsonl"))
        jalons = [Jalon.lire(ligne["note"], ecarte="ecarte" in ligne) for ligne in lignes]
        connus = {j.numero for j in jalons}
        for numero in sorted(set(range(1, max(connus, default=0) + 1)) - connus):
            self.ecart(SUPPRIMEE, f"Le jalon n° {numero} a été supprimé.")
        jalons += [Jalon.lire(note, recu=True) for note in recus]
        self.bilan.jalons_recus = len(recus)
        return sorted((j for j in jalons if self._is_fiable(j)), key=lambda j: (j.scellement, j.numero))

    def _is_fiable(self, jalon: Jalon) -> bool:
        signe = is_signe(jalon.note, jalon.numero, self.cles)
        if jalon.ecarte:
            if signe:
                self.ecart(SIGNATURE, f"Le jalon n° {jalon.numero} a été écarté bien que signé.")
            return False
        if signe is None and jalon.recu:
            raise Illisible(
                f"Le jalon reçu n° {jalon.numero} est signé par une clé plus ancienne que celle de --cle : "
                "donnez celle-là, l’export porte les suivantes."
            )
        if signe is None:
            self.bilan.jalons_anterieurs_a_la_cle += 1
        elif not signe:
            self.ecart(SIGNATURE, f"Le jalon n° {jalon.numero} n’est pas signé par la clé en service.")
        self.bilan.jalons += bool(signe)
        return bool(signe)

    def _retraits(self) -> dict[str, dict[str, str]]:
        retraits = {}
        for ligne in self.export.lire("retraits.jsonl"):
            lus = champs(ligne["note"])
            # Une clé tournée depuis le dernier jalon signe déjà : celle du jalon, ou la suivante.
            if any(is_signe(ligne["note"], int(lus["jalon"]) + n, self.cles) for n in (0, 1)):
                retraits[lus["retrait"]] = lus
            else:
                self.ecart(
                    SIGNATURE,
                    f"Le retrait de {lus['retrait']} n’est pas signé par une clé de confiance en service ce jour-là.",
                )
        return retraits

    def verifier(self) -> Bilan:
        """Tout l’export, du premier scellement au dernier."""
        depuis, manifeste = self.export.manifeste["depuis_scellement"], self.export.manifeste
        self.arbre: Arbre | None = Arbre(depuis, map(bytes.fromhex, manifeste["cretes"]))
        self.dernier, self.chaine = depuis, bytes.fromhex(manifeste["precedent"])
        if depuis:
            self._partir_d_un_jalon(depuis)
        if self.reference:
            for _ in self.reference.jusqu_a(depuis):
                pass  # ce qui précède l’export n’est pas à comparer
        entrees = Groupes(self.export.entrees())
        for sceau in self.export.lire("scellements.jsonl"):
            self._scellement(sceau, entrees)
        for ligne in entrees.jusqu_a(float("inf")):
            self._nommer(AJOUTEE, ligne, "ne tient à aucun scellement")
        self._comparer_la_fin()
        self._finir()
        return self.bilan

    def _partir_d_un_jalon(self, depuis: int) -> None:
        """Un export partiel s’appuie sur le jalon d’où il part."""
        jalon = next((j for j in self.jalons if j.scellement == depuis), None)
        if jalon is None or jalon.chaine != self.chaine or self.arbre.racine() != jalon.racine:
            raise Illisible("L’export partiel ne part pas d’un jalon signé par la clé de confiance.")
        self.position, self.prouve = jalon.entrees, (depuis, jalon.entrees)

    def _scellement(self, sceau: dict[str, Any], entrees: Groupes) -> None:
        numero = sceau["numero"]
        for ligne in entrees.jusqu_a(numero - 1):
            self._nommer(SUPPRIMEE, ligne, "a perdu son scellement")
        attendu, self.dernier = self.dernier + 1, numero
        if numero != attendu:
            self.ecart(
                SUPPRIMEE, f"Les scellements {attendu} à {numero - 1} ont été supprimés.", scellement=attendu
            )
            self.arbre = None
        empreinte, precedent = bytes.fromhex(sceau["empreinte"]), bytes.fromhex(sceau["precedent"])
        texte = json.loads(sceau["texte"])
        maillon = sha256(b"\x02", precedent, bytes.fromhex(sceau["racine"]), sceau["texte"].encode())
        if maillon != empreinte or [texte[0], texte[4]] != [numero, sceau["nombre"]]:
            self.ecart(MODIFIEE, f"Le scellement {numero} a été modifié.", scellement=numero)
        elif numero == attendu and precedent != self.chaine:
            self.ecart(REECRIT, f"Le scellement {numero} ne suit pas le précédent.", scellement=numero)
        self.scelle_avant[texte[1]] = int(texte[3])
        self._entrees(sceau, texte, list(entrees.jusqu_a(numero)))
        self.position += sceau["nombre"]
        self.chaine = empreinte
        self.bilan.scellements += 1
        if self.arbre:
            self.arbre.ajouter(feuille_de(empreinte))
        for jalon in self.par_scellement.get(numero, ()):
            self._au_jalon(jalon)

    def _au_jalon(self, jalon: Jalon) -> None:
        arbre_bon = self.arbre is None or self.arbre.racine() == jalon.racine
        if jalon.chaine == self.chaine and arbre_bon and self.position == jalon.entrees:
            self.prouve = (jalon.scellement, jalon.entrees)
            self.bilan.entrees_sous_jalon = jalon.entrees
        elif not self.rompu:
            self.rompu = True
            manque = jalon.entrees - self.position
            suite = (
                f" Il en manque {manque}."
                if manque > 0
                else f" Il y en a {-manque} de trop."
                if manque
                else ""
            )
            self.ecart(
                REECRIT,
                f"Le jalon n° {jalon.numero}{' reçu par un témoin' if jalon.recu else ''} atteste un autre journal : "
                f"les scellements {self.prouve[0] + 1} à {jalon.scellement} ont été réécrits, soit les entrées "
                f"{self.prouve[1] + 1} à {jalon.entrees}.{suite}",
                scellement=jalon.scellement,
            )

    def _entrees(self, sceau: dict[str, Any], texte: list[Any], lignes: list[dict[str, Any]]) -> None:
        nombre, rangs = sceau["nombre"], {}
        if self.reference:
            self._comparer(list(self.reference.jusqu_a(sceau["numero"])), lignes)
        for ligne in lignes:
            if ligne["rang"] in rangs or not 1 <= ligne["rang"] <= nombre:
                self._nommer(AJOUTEE, ligne, f"est de trop : le scellement en a {nombre}")
            else:
                rangs[ligne["rang"]] = ligne
        for rang in sorted(set(range(1, nombre + 1)) - set(rangs)):
            self._nommer(SUPPRIMEE, {"scellement": sceau["numero"], "rang": rang}, "n’est plus là")
        places = {ligne["feuille"]: rang for rang, ligne in rangs.items()}
        entieres = [ligne for ligne in rangs.values() if self._entree(ligne, texte, places)]
        if len(rangs) == nombre:
            self._racine(sceau, rangs, entieres)

    def _entree(self, ligne: dict[str, Any], texte: list[Any], places: dict[str, int]) -> bool:
        """Une entrée contre l’empreinte que garde sa position ; vrai quand rien n’est à en dire."""
        self.bilan.entrees += 1
        if ligne["canonique"] is None:
            return self._absente(ligne)
        empreinte = feuille_de(ligne["canonique"].encode()).hex()
        lue = json.loads(ligne["canonique"])
        if empreinte != ligne["feuille"]:
            ailleurs = places.get(empreinte)
            suite = f"était au rang {ailleurs}" if ailleurs else "ne répond plus à son empreinte"
            self._nommer(DEPLACEE if ailleurs else MODIFIEE, ligne, suite)
            return False
        if (
            lue[ID] != ligne["entree"]
            or lue[ERE] != texte[1]
            or not int(texte[2]) <= int(lue[XID]) < int(texte[3])
        ):
            self._nommer(DEPLACEE, ligne, "vient d’un autre scellement")
            return False
        if lue[VERBE] == "PURGER":
            self.purgees.add(lue[DEMANDE])
        if self.export.manifeste["valeurs"]:
            self._valeurs(ligne, lue)
        return True

    def _absente(self, ligne: dict[str, Any]) -> bool:
        mois = ligne.get("retrait")
        retrait = self.retraits.get(mois)
        if retrait:
            du, au = map(int, retrait["scellements"].split())
            if du <= ligne["scellement"] <= au:
                somme, compte = self.feuilles_retirees[mois]
                octets = ligne["scellement"].to_bytes(8, "big") + ligne["rang"].to_bytes(4, "big")
                somme.update(octets + bytes.fromhex(ligne["feuille"]))
                compte["entrees"] += 1
                self.bilan.entrees_retirees += 1
                return True
        self._nommer(SUPPRIMEE, ligne, "n’est plus là")
        return False

    def _racine(self, sceau: dict[str, Any], rangs: dict[int, Any], entieres: list[dict[str, Any]]) -> None:
        """Les empreintes du scellement donnent sa racine ; sinon, l’ordre que dit leur contenu la donne peut-être."""
        ordre = [rangs[rang] for rang in sorted(rangs)]
        racine = bytes.fromhex(sceau["racine"])
        if racine_de([bytes.fromhex(x["feuille"]) for x in ordre]) == racine:
            return
        if len(entieres) == len(ordre) and all(x["canonique"] for x in ordre):
            trie = sorted(ordre, key=_place)
            if racine_de([bytes.fromhex(x["feuille"]) for x in trie]) == racine:
                for rang, (ici, la) in enumerate(zip(ordre, trie, strict=True), start=1):
                    if ici is not la:
                        self._nommer(DEPLACEE, ici, f"n’était pas au rang {rang}")
                return
        if len(entieres) == len(ordre):  # sinon ce qui est déjà nommé l’explique
            self.ecart(
                REECRIT,
                f"Les empreintes du scellement {sceau['numero']} ne donnent plus sa racine : une de ses entrées "
                "au moins a été changée avec son empreinte. Un export plus ancien (--reference) dirait laquelle.",
                scellement=sceau["numero"],
            )

    def _comparer(self, avant: list[dict[str, Any]], apres: list[dict[str, Any]]) -> None:
        """Contre un export plus ancien : chaque entrée changée est nommée, même quand tout a été recalculé."""
        anciennes, nouvelles = {x["entree"]: x for x in avant}, {x["entree"]: x for x in apres}
        for entree in anciennes.keys() - nouvelles.keys():
            self._nommer(SUPPRIMEE, anciennes[entree], "est dans l’export de référence")
        communes = [e for e in anciennes if e in nouvelles]
        ordre = [e for e in nouvelles if e in anciennes]
        for entree, a_cette_place in zip(communes, ordre, strict=True):
            if anciennes[entree]["feuille"] != nouvelles[entree]["feuille"]:
                self._nommer(MODIFIEE, nouvelles[entree], "diffère de l’export de référence")
            elif entree != a_cette_place:
                self._nommer(DEPLACEE, nouvelles[entree], "n’est pas à sa place de l’export de référence")
        if avant:
            for entree in nouvelles.keys() - anciennes.keys():
                self._nommer(AJOUTEE, nouvelles[entree], "n’est pas dans l’export de référence")

    def _valeurs(self, ligne: dict[str, Any], lue: list[Any]) -> None:
        engagements = dict(lue[FAITS].get("engagements", {}))
        ou = {"scellement": ligne["scellement"], "rang": ligne["rang"], "entree": ligne["entree"]}
        for v in ligne.get("valeurs", []):
            attendu = engagements.pop(f"{v['champ']}.{v['cote']}", None)
            forme = json.dumps([v["champ"], v["cote"], v["valeur"]], ensure_ascii=False)
            self.bilan.valeurs += 1
            if sha256(bytes.fromhex(v["sel"]), forme.encode()).hex() != attendu:
                phrase = (
                    f"La valeur « {v['champ']} » ({v['cote']}) de l’entrée {ligne['entree']} a été modifiée."
                )
                self.ecart(VALEUR, phrase, **ou)
        for cle in engagements:
            phrase = f"La valeur « {cle} » de l’entrée {ligne['entree']} a disparu sans que la demande soit effacée."
            # Ce qui a été tapé pour chercher part avec les demandes trouvées : l’entrée n’en nomme aucune.
            if cle.startswith("recherche."):
                self.bilan.valeurs_effacees += 1
            else:
                self.sans_valeur.setdefault(lue[DEMANDE] or "", []).append(Ecart(VALEUR, phrase, **ou))

    def _nommer(self, genre: str, ligne: dict[str, Any], suite: str) -> None:
        scellement, rang, entree = ligne["scellement"], ligne["rang"], ligne.get("entree")
        nom = f"L’entrée {entree}" if entree else "Une entrée"
        phrase = f"{nom} (scellement {scellement}, rang {rang}) a été {genre} : elle {suite}."
        if not any(
            (e.genre, e.scellement, e.rang, e.entree or entree) == (genre, scellement, rang, entree)
            for e in self.bilan.ecarts[-1000:]
        ):
            self.ecart(genre, phrase, scellement=scellement, rang=rang, entree=entree)

    def _comparer_la_fin(self) -> None:
        au_dela = [j for j in self.jalons if j.scellement > self.dernier]
        if self.reference:
            for ligne in self.reference.jusqu_a(float("inf")):
                self._nommer(SUPPRIMEE, ligne, "est dans l’export de référence")
        if au_dela:
            jalon = au_dela[-1]
            self.ecart(
                TRONQUE,
                f"Le journal s’arrête au scellement {self.dernier} (entrée {self.position}). Le jalon "
                f"n° {jalon.numero} atteste {jalon.entrees} entrées : les "
                f"entrées {self.position + 1} à {jalon.entrees} ont été coupées.",
                scellement=self.dernier,
            )

    def _hors_sceau(self, ligne: dict[str, Any]) -> None:
        """Ajoutée quand sa transaction est déjà scellée ; sinon laissée par un serveur qui n’est plus là."""
        lue = json.loads(ligne["canonique"])
        if int(lue[XID]) < self.scelle_avant.get(lue[ERE], 0):
            genre, suite = AJOUTEE, "a été ajoutée après coup"
        else:
            genre, suite = OUBLIEE, f"a été laissée par un serveur précédent (ère {lue[ERE]})"
        phrase = f"L’entrée {ligne['entree']} {suite} : aucun scellement ne la tient."
        self.ecart(genre, phrase, entree=ligne["entree"])

    def _finir(self) -> None:
        if not self.bilan.jalons:
            self.ecart(SIGNATURE, "Aucun jalon de confiance : rien n’est attesté hors de la base.")
        for ligne in self.export.lire("hors-sceau.jsonl"):
            self._hors_sceau(ligne)
        for demande, ecarts in self.sans_valeur.items():
            if demande in self.purgees:
                self.bilan.valeurs_effacees += len(ecarts)
            else:
                self.bilan.ecarts.extend(ecarts)
        for mois, (somme, compte) in self.feuilles_retirees.items():
            signe = self.retraits[mois]
            du = int(signe["scellements"].split()[0])
            complet = base64.b64encode(somme.digest()).decode() == signe["feuilles"]
            if du > self.export.manifeste["depuis_scellement"] and not complet:
                self.ecart(
                    SUPPRIMEE,
                    f"Le retrait signé de {mois} porte sur {signe['entrees']} entrées, l’export en montre "
                    f"{compte['entrees']} : ce ne sont pas les mêmes.",
                )


def _place(ligne: dict[str, Any]) -> tuple[int, Decimal, str]:
    """L’ordre dans un scellement : transaction, instant, identifiant."""
    lue = json.loads(ligne["canonique"])
    return int(lue[XID]), Decimal(lue[INSCRIT_LE]), lue[ID]
