"""What happens to a demande elsewhere: events, commissions, allocations, DALO, documents asked."""
