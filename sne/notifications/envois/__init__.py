"""Ports and adapters of the sending: what speaks to a mail server, a provider or a folder. Tasks alone use them."""
