"""Money for enrolments: funds, what was received, what is committed, what is paid, what is left."""
