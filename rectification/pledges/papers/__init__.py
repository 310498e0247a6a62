"""The pledges of a branch on paper 公开承诺, to hang up or to open in Word."""
