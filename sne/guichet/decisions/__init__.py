"""What waits for a decision of the territorial manager."""
