"""评定等次: one grade a member and round, from the opinion of the branch to an answer that ends an objection."""
