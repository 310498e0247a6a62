"""督导: visits to branches, checklists, who is overseen by which group, and asking branches to go on."""
