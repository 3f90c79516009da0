"""The only place with SQL: the file, its tables, its migrations, its backups."""
