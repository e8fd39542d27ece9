"""Papers made when they are asked for, for citizens to take away: nothing of them is stored."""
