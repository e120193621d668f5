"""Services on the net, one module each: questions as addresses, answers as records. Nothing is sent from here."""
