"""What a household reads of its own demande, at the counter: shown to who answers it, handed over."""
