"""The page open to strangers, and the answers somebody with a code may read there."""
