"""What people are told: in the inbox always, by e-mail or text message where somebody switched that on."""
