"""A publication on paper, to hang up on a board or to open in Word."""
