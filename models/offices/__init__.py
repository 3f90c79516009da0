"""The office that keeps the register: its district, its regions, its settings, its backups."""
