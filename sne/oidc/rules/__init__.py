"""Rules of sign-in at a provider: pure. ``jetons`` alone loads the library of tokens, with whoever verifies one."""
