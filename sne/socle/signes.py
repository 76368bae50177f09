"""What French sentences need: a sign that no keyboard types, the names of the months. Pure."""

INSECABLE = "\u00a0"  # before « : ; ? ! » and inside quotation marks, between a number and its unit
MOIS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
