"""What is worth a look before a site is published: each module finds one kind of fault, and changes nothing."""
