"""`make bench`: what the portal's pages and acts cost, beside bare views under the same gunicorn.

The unit is CPU milliseconds of the web server's workers per request, and ratios to the bare views of the
same run: those hold on any machine, absolute times do not. Nothing here judges.
"""
