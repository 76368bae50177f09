"""Work lists: one function for each says where its lines are; reading, counting and walking are the same for all."""
