"""组织领导 and 实施方案: who leads a round and the steps it takes, of the superior and of each branch."""
