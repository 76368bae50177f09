"""Reference data, real and dated: geography, code lists, parameters, bodies and counters."""
