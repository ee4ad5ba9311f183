"""Health check of the web container: exit 0 when /gezond answers 200."""

import http.client
import sys

connection = http.client.HTTPConnection("127.0.0.1", 8000, timeout=11)
connection.request("GET", "/gezond", headers={"Host": "127.0.0.1"})
sys.exit(0 if connection.getresponse().status == 200 else 1)
