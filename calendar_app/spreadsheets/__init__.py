"""Tables as files for Excel and its kin: XLSX and CSV."""
