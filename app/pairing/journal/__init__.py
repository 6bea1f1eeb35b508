"""The journal of pairs (结对记录): letters, calls, visits and meetings after the pairs are published."""
