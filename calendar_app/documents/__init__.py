"""The covering letter and the topic list as official documents: DOCX and PDF, in Kazakh and in Russian."""
