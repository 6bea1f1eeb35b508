"""The channels by which messages leave the house: e-mail, text messages. None of them is needed."""
