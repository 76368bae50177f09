"""Signs that French sentences need and that no keyboard types. Pure."""

INSECABLE = "\u00a0"  # before « : ; ? ! » and inside quotation marks, between a number and its unit
