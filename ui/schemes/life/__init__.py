"""The life of enrolments: approved, submitted, active, ended, rejected, replaced."""
