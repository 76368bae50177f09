"""Reports that leave by themselves: a subscription belongs to a place, follows its report, and each occurrence ends."""
