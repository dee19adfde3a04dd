"""What people do on the top floor: draft a notice, sign it off, issue it, receive it."""
