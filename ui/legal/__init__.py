"""The register of legal bases on the screen: what allows it, until when, and the attached scans."""
