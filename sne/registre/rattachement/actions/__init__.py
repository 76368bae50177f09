"""Linking somebody who is known for certain to their demande, telling it, undoing it."""
