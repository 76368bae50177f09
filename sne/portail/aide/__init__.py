"""Being helped, and helping a relative: what is signed, and the code of an invitation."""
