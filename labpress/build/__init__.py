"""The build: what is read, what is kept, what is rendered anew, what is written."""
