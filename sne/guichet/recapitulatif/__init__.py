"""The recap of counters: one month on screen, sorted as one likes, and a file of several."""
