"""督导反馈意见 on paper, to print or to open in Word."""
