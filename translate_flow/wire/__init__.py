"""One line to the services that are asked over HTTP: addresses, keys, pace, retries."""
