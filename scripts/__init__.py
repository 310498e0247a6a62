"""Tools of the workshop, started by the Makefile; the product imports nothing from here."""
