"""Operations of the interface: each reads a call, asks an action of the register, and writes the answer."""
