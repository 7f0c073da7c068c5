"""The machinery of the access matrix: routes, people, requests, digests. The matrix itself is data."""
