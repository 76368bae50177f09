"""What the state of a demande changes in what waits on it: nothing of its own is awaited here."""

from sne.registre.attente.rules import suivre
from sne.registre.pieces.attentes import AttentePiece
from sne.registre.vie.verbes import VerbeVie

suivre(dict.fromkeys((VerbeVie.RADIER, VerbeVie.ANNULER, VerbeVie.RETABLIR), (AttentePiece.PIECES,)))
