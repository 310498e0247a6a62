"""班子和个人整改清单 on paper, to print or to open in Word."""
