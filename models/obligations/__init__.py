"""Who is obliged to whom: rosters, promises, Perisai agents and their events, and how far each has come."""
