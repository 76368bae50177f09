"""Screens of enquiries and freezes, for the territorial manager and the DPO."""
