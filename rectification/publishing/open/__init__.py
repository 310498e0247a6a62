"""The board as people without an account read it: no cookie, no session, no account, the same page for everybody."""
