"""The life of a demande: renewed, struck off, brought back, taken back, erased, by a person or by the clock."""
