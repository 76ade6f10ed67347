"""Marks and rules to standings: a pure function, exact, with every step kept so that it can be explained."""
