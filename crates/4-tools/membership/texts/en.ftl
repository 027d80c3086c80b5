# The front door.
