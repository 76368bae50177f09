"""Signing in at an OpenID provider: what is asked, what is believed of its answer. Knows no account, no demande."""
