"""Pure part of the changes of parameters: how a value is typed and said, what refuses it, how a proposal ends."""
