"""Floor 3: what each role does, said without a screen: judging, issuing, collecting, ranking, the ceremony."""
