"""Reading of received files: what they truly are, and a safe form of them."""

from sne.documents.lecture.provisoire import analyser, filigraner

__all__ = ["analyser", "filigraner"]
