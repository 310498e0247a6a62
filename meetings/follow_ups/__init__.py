"""What was done afterwards for members who were not there: told of the meeting, made up for its study."""
