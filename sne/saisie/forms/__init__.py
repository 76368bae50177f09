"""Forms of an application: shape and syntax of what is typed; the register decides what it is worth."""
