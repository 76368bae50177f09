"""What kind of device somebody holds. Pure."""

APPAREILS = (("ipad", "une tablette"), ("tablet", "une tablette"), ("mobi", "un téléphone"))
"""Signs of a browser's own name, and what it runs on, the first that is found."""


def appareil_de(navigateur: str) -> str:
    """The kind of device that a browser says it runs on, in words; a name that says nothing is a computer's."""
    signes = navigateur.lower()
    return next((mots for signe, mots in APPAREILS if signe in signes), "un ordinateur")
