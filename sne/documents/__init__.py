"""Files and nothing else: received, made safe, encrypted, kept and erased. It knows no demande and no person."""
